//! An idea that someone hands over is kept without who they are, answered by staff, and followed by its receipt.

use lots::answering::Decision;
use lots::desk::{
    AuditFilter, Desk, HandedIdea, IdeaFilter, IdeaRefusal, IdeaState, Keep, LONGEST_IDEA,
    LONGEST_REPLY, Library, MOST_IDEAS, Outcome, Receipt, ReviewError, Role, Staff, State,
};
use lots::knowledge::{Audience, Language, Need};
use tempfile::TempDir;

use crate::stage::{CRISIS, bytes_of, copy, desk_of, holds, provby, provby_folder, sqlite};

const IDEA: &str = "En gemensam odling vid ån, säger Kerstin Berg, 070-174 06 05.";
const ANSWER: &str = "Vad roligt! Kom förbi kontoret på torsdag.";

async fn desk() -> (Desk, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk_of(provby(), &sqlite(folder.path())).await;
    (desk, folder)
}

fn idea(words: &str) -> HandedIdea<'_> {
    HandedIdea {
        words,
        audiences: &[Audience::Old],
        needs: &[Need::Premises, Need::Money],
        company: "friends",
        language: Language::Swedish,
    }
}

async fn hand_over(desk: &Desk, conversation: &str, words: &str) -> Result<Receipt, IdeaRefusal> {
    desk.hand_over_idea(conversation, "web", &idea(words)).await
}

async fn staff(desk: &Desk, name: &str, role: Role) -> Staff {
    const PASSWORD: &str = "fyra ord som jag minns";
    let by = Desk::command_line();
    let added = desk.add_account(&by, name, role, None, PASSWORD);
    added.await.unwrap();
    let signed_in = desk.sign_in(name, PASSWORD, "127.0.0.1");
    signed_in.await.unwrap().staff
}

#[tokio::test]
async fn an_idea_is_answered_and_whoever_has_it_is_told() {
    let (desk, folder) = desk().await;
    let conversation = Desk::new_conversation();
    let receipt = hand_over(&desk, &conversation, IDEA).await.unwrap();
    let again = hand_over(&desk, &conversation, &format!(" {IDEA}\n")).await;
    assert_eq!(again.unwrap(), receipt, "the same words are one idea");
    let text = desk.handed_over_text(&receipt, Language::Swedish);
    assert!(
        text.contains(receipt.as_str()) && text.contains("Kundcenter"),
        "{text}"
    );
    let (outcome, text) = desk.outcome(&receipt, Language::Swedish).await;
    assert_eq!(outcome, Outcome::Open, "{text}");

    let (eva, bo) = (
        staff(&desk, "eva", Role::Editor).await,
        staff(&desk, "bo", Role::Editor).await,
    );
    let (by_eva, by_bo) = (desk.review(&eva), desk.review(&bo));
    let listed = by_eva.ideas(&IdeaFilter::default()).await.unwrap();
    assert_eq!(
        (listed.ideas.len(), listed.waiting, listed.next),
        (1, 1, None)
    );
    let seen = by_eva.idea(&receipt).await.unwrap();
    assert_eq!(
        seen.words,
        "En gemensam odling vid ån, säger [namn], [telefon]."
    );
    assert_eq!(seen.needs, [Need::Premises, Need::Money]);
    assert_eq!(
        (seen.company.as_str(), seen.state),
        ("friends", IdeaState::New)
    );

    assert!(
        desk.tell_me(&receipt, "discord", "4711", Language::Swedish)
            .await
    );
    assert!(desk.to_tell("discord").await.unwrap().is_empty());
    by_eva
        .answer_idea(&receipt, seen.version, ANSWER)
        .await
        .unwrap();
    let late = by_bo.close_idea(&receipt, seen.version, "Nej.").await;
    assert!(matches!(late, Err(ReviewError::Changed { by }) if by == "eva"));
    let (outcome, text) = desk.outcome(&receipt, Language::Swedish).await;
    assert_eq!(outcome, Outcome::Answered);
    assert!(text.contains(ANSWER), "{text}");
    let told = desk.to_tell("discord").await.unwrap();
    assert_eq!(told[0].address(), "4711");
    assert!(told[0].reply.answer.plain_text().contains(ANSWER));
    desk.told(&told[0]).await.unwrap();

    let now = by_bo.idea(&receipt).await.unwrap();
    by_bo
        .close_idea(&receipt, now.version, "Det blev inte av.")
        .await
        .unwrap();
    let (outcome, text) = desk.outcome(&receipt, Language::Swedish).await;
    assert_eq!(outcome, Outcome::Closed);
    assert!(text.contains("Det blev inte av."), "{text}");

    let trail = desk
        .audit_lines(&eva, &AuditFilter::default())
        .await
        .unwrap();
    let acts: Vec<_> = trail
        .iter()
        .filter(|line| line.about.starts_with("idea/"))
        .map(|line| (line.who.as_str(), line.before.as_str(), line.after.as_str()))
        .collect();
    assert_eq!(
        acts,
        [("bo", "answered", "closed"), ("eva", "new", "answered")]
    );
    let trail = format!("{trail:?}");
    for kept_out in ["odling", ANSWER, receipt.as_str()] {
        assert!(!trail.contains(kept_out), "{kept_out}");
    }
    desk.close().await;
    let bytes = bytes_of(folder.path());
    for personal in ["Kerstin", "070-174 06 05"] {
        assert!(!holds(&bytes, personal), "{personal}");
    }
}

#[tokio::test]
async fn only_who_may_answer_does_and_only_what_may_be_shown() {
    let (desk, _folder) = desk().await;
    let conversation = Desk::new_conversation();
    let receipt = hand_over(&desk, &conversation, "En odling.").await.unwrap();
    let rut = staff(&desk, "rut", Role::Reader).await;
    let by_rut = desk.review(&rut);
    assert!(by_rut.idea(&receipt).await.is_ok());
    for refused in [
        by_rut.answer_idea(&receipt, 0, ANSWER).await,
        by_rut.close_idea(&receipt, 0, ANSWER).await,
    ] {
        assert!(matches!(
            refused,
            Err(ReviewError::NotAllowed(Role::Editor))
        ));
    }
    let eva = staff(&desk, "eva", Role::Editor).await;
    let by_eva = desk.review(&eva);
    let long = "a".repeat(LONGEST_REPLY + 1);
    for text in [
        " ",
        &long,
        "Ring Bo på 070-123 45 67.",
        "Skriv till bo.ek@gmail.com.",
    ] {
        let refused = by_eva.answer_idea(&receipt, 0, text).await;
        let Err(ReviewError::Problems(problems)) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(problems.len(), 1, "{problems:?}");
    }
    let gone = by_eva.answer_idea(&Receipt::new(), 0, ANSWER).await;
    assert!(matches!(gone, Err(ReviewError::NotFound)));
    assert_eq!(by_eva.idea(&receipt).await.unwrap().version, 0);
}

#[tokio::test]
async fn what_is_no_idea_is_not_kept() {
    let (desk, folder) = desk().await;
    let conversation = Desk::new_conversation();
    let base = desk.library().current();
    let long = "ö".repeat(LONGEST_IDEA + 1);
    for (words, said) in [(" \n", "Skriv något"), (&long, "högst 2000 tecken")] {
        let refusal = hand_over(&desk, &conversation, words).await.unwrap_err();
        let text = refusal.text(base.knowledge(), Language::Swedish);
        assert!(text.contains(said), "{text}");
    }
    let refusal = hand_over(&desk, &conversation, CRISIS).await.unwrap_err();
    let IdeaRefusal::InNeed(reply) = refusal else {
        panic!("{refusal:?}")
    };
    assert_eq!(reply.answer.decision, Decision::Crisis);
    for i in 0..MOST_IDEAS {
        hand_over(&desk, &conversation, &format!("Idé {i}"))
            .await
            .unwrap();
    }
    let refusal = hand_over(&desk, &conversation, "En till").await;
    assert!(matches!(refusal, Err(IdeaRefusal::TooMany)));
    assert!(
        hand_over(&desk, &Desk::new_conversation(), "En till")
            .await
            .is_ok()
    );
    desk.close().await;
    assert!(!holds(&bytes_of(folder.path()), "leva längre"));
}

#[tokio::test]
async fn where_nobody_takes_ideas_or_nothing_can_be_saved_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().join("base");
    copy(&provby_folder(), &base);
    let file = base.join("municipality.toml");
    let settings = std::fs::read_to_string(&file).unwrap();
    let (settings, _) = settings.split_once("[paths]").unwrap();
    std::fs::write(&file, settings).unwrap();
    let answerer = lots::desk::open(&lots::desk::Origin::Folder(base)).unwrap();
    let desk = desk_of(answerer, &sqlite(folder.path())).await;
    let refusal = hand_over(&desk, "a", "En odling.").await;
    assert!(matches!(refusal, Err(IdeaRefusal::NoReceiver)));

    let away = format!("sqlite://{}/not/there/lots.db", folder.path().display());
    let desk = desk_of(provby(), &away).await;
    let refusal = hand_over(&desk, "a", "En odling.").await.unwrap_err();
    let base = desk.library().current();
    let text = refusal.text(base.knowledge(), Language::English);
    assert!(text.contains("nothing has been saved"), "{text}");
}

#[tokio::test]
async fn an_idea_goes_when_it_is_forgotten_or_old() {
    const WORDS: &str = "Ett torg med bänkar.";
    let (desk, folder) = desk().await;
    let is_kept = || holds(&bytes_of(folder.path()), WORDS);
    let conversation = Desk::new_conversation();
    let leave = async || {
        let receipt = hand_over(&desk, &conversation, WORDS).await.unwrap();
        assert!(is_kept());
        receipt
    };
    let receipt = leave().await;
    desk.forget(&conversation).await;
    assert!(!is_kept());
    let (outcome, _) = desk.outcome(&receipt, Language::English).await;
    assert_eq!(outcome, Outcome::NoSuchReceipt);

    leave().await;
    desk.erase_person(&conversation, "web", "", Language::Swedish)
        .await;
    assert!(!is_kept());

    leave().await;
    desk.purge().await.unwrap();
    assert!(is_kept(), "someone is still to answer");
    desk.close().await;
    let keep = Keep {
        questions: vec![(State::New, 0), (State::Answered, 180)],
        conversations: 7,
        call_backs: 14,
    };
    let forgetful = Desk::open(Library::new(provby()), &sqlite(folder.path()), keep)
        .await
        .unwrap();
    let lines = forgetful.purge().await.unwrap();
    let told: Vec<_> = lines.iter().map(|l| (l.rule.as_deref(), l.count)).collect();
    assert_eq!(told, [(None, 1), (Some("ideas-new"), 1)]);
    assert!(!is_kept());
}
