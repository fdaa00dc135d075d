//! What staff do with the questions that could not be answered, through the desk, on Provby's base.

mod acting;
mod keeping;
mod publishing;
mod replicas;

use std::path::PathBuf;

use lots::answering::Decision;
use lots::desk::{
    AnswerForm, AuditCheck, AuditFilter, Cluster, Desk, Form, Origin, Queue, QueueFilter, Receipt,
    Review, Role, Staff, TextForm,
};
use tempfile::TempDir;

use crate::stage::{UNKNOWN, ask, copy, desk_of, provby, provby_folder, sqlite};

const PASSWORD: &str = "fyra ord som jag minns";
/// The same as [`UNKNOWN`], in other words.
const OTHERWISE: &str = "hur många katter finns det på månen";
/// A body outside Provby.
const BODY: &str = "Rymdstyrelsen";
const ELSEWHERE: &str = r#"
[[elsewhere]]
name_sv = "Rymdstyrelsen"
name_en = "The Space Agency"
website = "https://rymd.example"
text_sv = "Det sköter Rymdstyrelsen, inte kommunen."
text_en = "The Space Agency handles this, not the municipality."
about_sv = ["raketer, satelliter, rymdresor"]
about_en = ["rockets, satellites, space travel"]
"#;

/// A desk on a base of its own, and someone who may answer.
struct Town {
    desk: Desk,
    eva: Staff,
    folder: TempDir,
}

impl Town {
    async fn new() -> Town {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().join("base");
        copy(&provby_folder(), &base);
        std::fs::write(base.join("elsewhere.toml"), ELSEWHERE).unwrap();
        let origin = Origin::Folder(base);
        let answerer = lots::desk::open(&origin).unwrap();
        let desk = desk_of(answerer, &sqlite(folder.path()))
            .await
            .with_files_of(origin);
        let eva = staff(&desk, "eva", Role::Editor).await;
        Town { desk, eva, folder }
    }

    fn base(&self) -> PathBuf {
        self.folder.path().join("base")
    }

    fn review(&self) -> Review<'_> {
        self.desk.review(&self.eva)
    }

    async fn queue(&self) -> Queue {
        self.review().queue(&QueueFilter::default()).await.unwrap()
    }

    /// What waits, the most asked first: its wording, and how many ask.
    async fn waiting(&self) -> Vec<(String, u64)> {
        let all = self.queue().await.clusters.into_iter();
        all.map(|c| (c.wording, c.questions)).collect()
    }

    /// Has someone ask; the receipt.
    async fn asks(&self, who: &str, text: &str) -> Receipt {
        let reply = ask(&self.desk, who, text).await;
        reply
            .receipt
            .unwrap_or_else(|| panic!("{text} is not logged: {:?}", reply.answer))
    }

    /// Has someone ask what nobody knows; the cluster that it comes to.
    async fn cluster(&self, text: &str) -> Cluster {
        self.asks(&Desk::new_conversation(), text).await;
        let found = self.queue().await.clusters.into_iter();
        let mut found = found.filter(|c| c.wording == text);
        found.next().unwrap()
    }

    async fn now(&self, id: &str) -> Cluster {
        self.review().cluster(id).await.unwrap().unwrap().cluster
    }

    /// The entry that someone is answered with who asks now.
    async fn answered_with(&self, text: &str) -> Option<String> {
        answered_with(&self.desk, text).await
    }

    /// Publishes an answer to a cluster; the name of the change.
    async fn publishes(&self, cluster: &str, form: AnswerForm) -> String {
        let id = self.review().begin_answer(cluster).await.unwrap();
        self.saves_and_publishes(id, Form::Answer(Box::new(form)))
            .await
    }

    async fn saves_and_publishes(&self, id: String, form: Form) -> String {
        let draft = self.review().save(&id, 0, &form).await.unwrap();
        assert!(draft.checkup.is_passed(), "{:?}", draft.checkup.problems);
        self.review().publish(&id, 1, "").await.unwrap();
        id
    }

    /// What the trail says has been done, the latest last.
    async fn acts(&self) -> Vec<String> {
        let filter = AuditFilter {
            limit: 500,
            ..AuditFilter::default()
        };
        let lines = self.desk.audit_lines(&Desk::command_line(), &filter).await;
        let lines = lines.unwrap().into_iter().rev();
        let done = lines.filter(|l| !l.act.starts_with("account") && !l.act.starts_with("signed"));
        done.map(|l| format!("{} {}", l.who, l.act)).collect()
    }

    async fn holds_its_trail(&self) {
        let trail = self.desk.verify_audit(&Desk::command_line()).await.unwrap();
        assert!(matches!(trail, AuditCheck::Whole { .. }), "{trail:?}");
    }
}

/// Someone who is signed in with a role.
async fn staff(desk: &Desk, name: &str, role: Role) -> Staff {
    let by = Desk::command_line();
    desk.add_account(&by, name, role, None, PASSWORD)
        .await
        .unwrap();
    desk.sign_in(name, PASSWORD, "192.0.2.7")
        .await
        .unwrap()
        .staff
}

async fn answered_with(desk: &Desk, text: &str) -> Option<String> {
    let answer = ask(desk, &Desk::new_conversation(), text).await.answer;
    let is_answered = answer.decision == Decision::Answer;
    let shown = answer.shown.first().filter(|_| is_answered);
    shown.map(ToString::to_string)
}

/// An entry that answers [`UNKNOWN`], as it is typed.
fn cats() -> AnswerForm {
    let text = |title: &str, questions: [&str; 8], body: &str| TextForm {
        title: title.to_owned(),
        questions: questions.join("\n"),
        body: body.to_owned(),
        ..TextForm::default()
    };
    AnswerForm {
        kind: "guides".to_owned(),
        office: "offices/byggkontoret".to_owned(),
        contact: "offices/byggkontoret".to_owned(),
        standing: "current".to_owned(),
        review_by: "2027-05-02".to_owned(),
        sources: "Provby kommun, Månen | https://provby.example/manen | 2026".to_owned(),
        sv: text(
            "Katter på månen",
            [
                UNKNOWN,
                OTHERWISE,
                "bor det katter på månen",
                "månkatter",
                "Vem räknar katterna på månen?",
                "antal månkatter",
                "katt i rymden",
                "Har månen någon katt?",
            ],
            "Det bor sju katter på månen. Ring Byggkontoret om du ser en åttonde.\n\n## För vem\nKatterna är till för \
             alla.\n\n## Så gör du\n1. Titta upp.\n\n## När\nKatterna syns varje kväll.\n\n## Kostnad\nDet är gratis att titta.",
        ),
        en: text(
            "Cats on the moon",
            [
                "How many cats live on the moon?",
                "moon cats",
                "are there cats on the moon",
                "Who counts the cats on the moon?",
                "number of moon cats",
                "cat in space",
                "Does the moon have a cat?",
                "how many cats are there on the moon",
            ],
            "Seven cats live on the moon. Call the building office if you see an eighth.\n\n## Who it is for\nThe cats are \
             for everyone.\n\n## How to do it\n1. Look up.\n\n## When\nThe cats are seen every evening.\n\n## Cost\nIt is \
             free to look.",
        ),
        ..AnswerForm::default()
    }
}

/// A second desk on the same base and the same database.
async fn beside(url: &str) -> Desk {
    desk_of(provby(), url)
        .await
        .with_files_of(Origin::Folder(provby_folder()))
}
