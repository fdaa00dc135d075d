//! Staff answer, teach and pass on: tried out, published, taken back.

use lots::answering::{Decision, Outcome as Comes};
use lots::desk::{
    AnswerForm, Desk, Form, Outcome, QueueFilter, ReviewError, Stage, State, TextForm,
};
use lots::knowledge::{EntryId, Language};

use super::{BODY, OTHERWISE, Town, cats};
use crate::stage::{UNKNOWN, ask};

const CATS: &str = "guides/katter-pa-manen";

#[tokio::test]
async fn an_answer_is_published_and_whoever_asked_is_told() {
    let town = Town::new().await;
    let receipt = town.asks("a", UNKNOWN).await;
    town.asks("b", OTHERWISE).await;
    let cluster = town.queue().await.clusters.remove(0);
    let review = town.review();
    let id = review.begin_answer(&cluster.id).await.unwrap();
    let begun = review.draft(&id).await.unwrap();
    let Form::Answer(form) = &begun.form else {
        panic!("{:?}", begun.form)
    };
    assert!(form.sv.questions.contains(OTHERWISE), "{form:?}");
    assert!(!begun.checkup.is_passed());
    // What is wrong is no hindrance to saving, but to publishing.
    let unfinished = AnswerForm {
        sources: String::new(),
        office: "offices/nowhere".to_owned(),
        ..cats()
    };
    let draft = review
        .save(&id, 0, &Form::Answer(Box::new(unfinished)))
        .await
        .unwrap();
    assert!(!draft.checkup.is_passed());
    let refused = review.publish(&id, 1, "").await;
    assert!(
        matches!(refused, Err(ReviewError::Problems(_))),
        "{refused:?}"
    );
    let form = Form::Answer(Box::new(cats()));
    let late = review.save(&id, 0, &form).await;
    assert!(matches!(late, Err(ReviewError::Changed { .. })), "{late:?}");
    let draft = review.save(&id, 1, &form).await.unwrap();
    assert!(draft.checkup.is_passed(), "{:?}", draft.checkup.problems);
    assert_eq!(town.answered_with(UNKNOWN).await, None, "it is a draft");

    let replay = review.replay(&id).await.unwrap();
    let cats = Comes::Entry(EntryId::parse(CATS).unwrap());
    assert!(replay.own.iter().all(|l| l.after == cats), "{replay:?}");
    assert_eq!(replay.broken, 0);
    let late = review.publish(&id, 1, "").await;
    assert!(matches!(late, Err(ReviewError::Changed { .. })), "{late:?}");
    let published = review.publish(&id, 2, "").await.unwrap();
    assert_eq!((published.kept, published.left), (2, 0));
    assert_eq!(town.answered_with(UNKNOWN).await.as_deref(), Some(CATS));
    let (outcome, told) = town.desk.outcome(&receipt, Language::Swedish).await;
    assert_eq!(outcome, Outcome::Answered);
    assert!(told.contains("sju katter på månen"), "{told}");
    let kept = review.regressions().await.unwrap();
    assert!(kept.iter().all(|(_, now)| *now == cats) && kept.len() == 2);
    assert_eq!(town.now(&cluster.id).await.state, State::Answered);
    let done = QueueFilter {
        done: true,
        ..QueueFilter::default()
    };
    assert_eq!(review.queue(&done).await.unwrap().clusters.len(), 1);
    let again = review.publish(&id, 3, "").await;
    assert!(again.is_err(), "{again:?}");
    assert_eq!(
        town.acts().await,
        ["eva draft-begun", "eva change-published"]
    );
    town.holds_its_trail().await;
}

#[tokio::test]
async fn what_breaks_an_answer_needs_a_reason_and_can_be_taken_back() {
    let town = Town::new().await;
    let receipt = town.asks("a", UNKNOWN).await;
    let cluster = town.queue().await.clusters.remove(0);
    let first = town.publishes(&cluster.id, cats()).await;
    let review = town.review();
    let entry = EntryId::parse(CATS).unwrap();
    let mend = review.begin_mend(None, &entry).await.unwrap();
    let Form::Answer(mut form) = review.draft(&mend).await.unwrap().form else {
        panic!("no entry is mended")
    };
    form.sv = dogs(&form.sv);
    let draft = review.save(&mend, 0, &Form::Answer(form)).await.unwrap();
    assert!(draft.checkup.is_passed(), "{:?}", draft.checkup.problems);
    let refused = review.publish(&mend, 1, " ").await;
    assert!(
        matches!(refused, Err(ReviewError::NeedsReason(1))),
        "{refused:?}"
    );
    review
        .publish(&mend, 1, "katterna har flyttat")
        .await
        .unwrap();
    assert_ne!(town.answered_with(UNKNOWN).await.as_deref(), Some(CATS));
    let broken = review.regressions().await.unwrap();
    assert_ne!(broken[0].1, Comes::Entry(entry));
    review.undo(&mend, "de är kvar").await.unwrap();
    assert_eq!(town.answered_with(UNKNOWN).await.as_deref(), Some(CATS));
    assert_eq!(
        town.now(&cluster.id).await.state,
        State::Answered,
        "the other change answers it"
    );

    review.undo(&first, "").await.unwrap();
    let twice = review.undo(&first, "").await;
    assert!(
        matches!(twice, Err(ReviewError::Changed { .. })),
        "{twice:?}"
    );
    assert_eq!(town.answered_with(UNKNOWN).await, None);
    assert_eq!(town.now(&cluster.id).await.state, State::New);
    let (outcome, _) = town.desk.outcome(&receipt, Language::Swedish).await;
    assert_eq!(outcome, Outcome::Open);
    assert_eq!(review.regressions().await.unwrap().len(), 0);
    let undone = review.changes(Some(Stage::Undone), None).await.unwrap();
    assert_eq!(undone.len(), 2);
    town.holds_its_trail().await;
}

#[tokio::test]
async fn what_another_change_leads_to_cannot_be_taken_back() {
    let town = Town::new().await;
    let cluster = town.cluster(UNKNOWN).await;
    let first = town.publishes(&cluster.id, cats()).await;
    let other = town
        .cluster("Vem ordnar tivoli i hamnen med karuseller?")
        .await;
    let form = AnswerForm {
        slug: "tivoli".to_owned(),
        more: format!("see_also = [\"{CATS}\"]"),
        sv: TextForm {
            title: "Tivoli i hamnen".to_owned(),
            questions: numbered("tivoli i hamnen"),
            ..cats().sv
        },
        en: TextForm {
            title: "Funfair in the harbour".to_owned(),
            questions: numbered("funfair in the harbour"),
            ..cats().en
        },
        ..cats()
    };
    let second = town.publishes(&other.id, form).await;
    let review = town.review();
    let refused = review.undo(&first, "").await;
    assert!(
        matches!(refused, Err(ReviewError::Problems(_))),
        "{refused:?}"
    );
    assert_eq!(town.answered_with(UNKNOWN).await.as_deref(), Some(CATS));
    review.undo(&second, "").await.unwrap();
    review.undo(&first, "").await.unwrap();
    assert_eq!(town.answered_with(UNKNOWN).await, None);
}

#[tokio::test]
async fn a_wording_is_taught() {
    let town = Town::new().await;
    let receipt = town.asks("a", UNKNOWN).await;
    let cluster = town.queue().await.clusters.remove(0);
    let review = town.review();
    let id = review
        .begin_teach(&cluster.id, "grants/lovpeng")
        .await
        .unwrap();
    review.publish(&id, 0, "").await.unwrap();
    assert_eq!(
        town.answered_with(UNKNOWN).await.as_deref(),
        Some("grants/lovpeng")
    );
    assert_eq!(town.now(&cluster.id).await.state, State::Taught);
    let (outcome, told) = town.desk.outcome(&receipt, Language::English).await;
    assert_eq!(outcome, Outcome::Answered);
    assert!(!told.is_empty());
    let nowhere = town.cluster("Vem ordnar tivoli i hamnen?").await;
    let id = review
        .begin_teach(&nowhere.id, "grants/nothing")
        .await
        .unwrap();
    let refused = review.publish(&id, 0, "").await;
    assert!(
        matches!(refused, Err(ReviewError::Problems(_))),
        "{refused:?}"
    );
    review.discard(&id).await.unwrap();
    let discarded = review.discard(&id).await;
    assert!(matches!(discarded, Err(ReviewError::Changed { .. })));
    assert_eq!(
        town.acts().await,
        [
            "eva draft-begun",
            "eva change-published",
            "eva draft-begun",
            "eva draft-discarded"
        ]
    );
}

#[tokio::test]
async fn a_question_is_passed_on_to_an_office() {
    let town = Town::new().await;
    let cluster = town.cluster(UNKNOWN).await;
    let review = town.review();
    let id = review
        .begin_pass_on(&cluster.id, "offices/byggkontoret")
        .await
        .unwrap();
    review.publish(&id, 0, "").await.unwrap();
    let now = town.now(&cluster.id).await;
    let office = EntryId::parse("offices/byggkontoret").unwrap();
    assert_eq!(
        (now.state, now.office),
        (State::Assigned, Some(office.clone()))
    );
    let reply = ask(&town.desk, "next", UNKNOWN).await;
    assert_eq!(
        (reply.answer.decision, reply.answer.office),
        (Decision::Route, Some(office))
    );
    // It has been judged which office is the right one, so that whoever asks next counts.
    town.queue().await;
    assert_eq!(town.now(&cluster.id).await.questions, 2);
    let figures = review.figures().await.unwrap();
    assert_eq!((figures.judged, figures.rightly_routed), (1, 1));
    review.undo(&id, "").await.unwrap();
    assert_eq!(town.now(&cluster.id).await.state, State::New);
    assert_eq!(ask(&town.desk, "x", UNKNOWN).await.answer.office, None);
}

#[tokio::test]
async fn a_question_is_passed_on_to_another_body() {
    let town = Town::new().await;
    let receipt = town.asks("a", UNKNOWN).await;
    let cluster = town.queue().await.clusters.remove(0);
    let review = town.review();
    let to = format!("⇢ {BODY}");
    let id = review.begin_pass_on(&cluster.id, &to).await.unwrap();
    let published = review.publish(&id, 0, "").await.unwrap();
    assert_eq!((published.kept, published.left), (1, 0));
    assert_eq!(town.now(&cluster.id).await.state, State::NotOurs);
    for (language, words) in [
        (Language::Swedish, "Det sköter Rymdstyrelsen"),
        (Language::English, "Det sköter Rymdstyrelsen"),
    ] {
        let (outcome, told) = town.desk.outcome(&receipt, language).await;
        assert_eq!(outcome, Outcome::Closed);
        assert!(told.contains(words), "{told}");
    }
    let reply = ask(&town.desk, &Desk::new_conversation(), UNKNOWN).await;
    let text = reply.answer.plain_text();
    assert!(text.contains("Det sköter Rymdstyrelsen"), "{text}");
}

/// Eight ways to ask.
fn numbered(subject: &str) -> String {
    let ask = |i: i32| format!("{subject} {i}");
    (1..=8).map(ask).collect::<Vec<_>>().join("\n")
}

/// The same about dogs on Mars.
fn dogs(text: &TextForm) -> TextForm {
    let replace = |text: &str| {
        let text = text.replace("katter", "hundar").replace("Katter", "Hundar");
        let text = text.replace("katt", "hund").replace("månen", "Mars");
        let text = text.replace("Månen", "Mars").replace("månkatt", "marshund");
        text.replace("mån", "mars").replace("Hur många", "Vem ser")
    };
    TextForm {
        title: replace(&text.title),
        questions: replace(&text.questions),
        body: replace(&text.body),
        ..text.clone()
    }
}
