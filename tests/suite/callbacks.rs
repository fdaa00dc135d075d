//! Whoever wants to be called is promised a day by the right office, and what they left is kept for that alone.

use jiff::Timestamp;
use lots::answering::Decision;
use lots::desk::{
    AddressKind, AuditFilter, CallBackCount, CallBackField, CallBackRefusal, Desk, Keep,
    LONGEST_SUBJECT, Library, MOST_CALL_BACKS, Outcome, Promised, ReviewError, Role, Staff, State,
    Wanted,
};
use lots::knowledge::{BestTime, EntryId, Language};
use tempfile::TempDir;

use crate::stage::{
    CRISIS, ROUTED, UNKNOWN, ask, bytes_of, desk_of, holds, provby, sqlite, waiting,
};

const NUMBER: &str = "070-174 06 05";

async fn desk() -> (Desk, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk_of(provby(), &sqlite(folder.path())).await;
    (desk, folder)
}

fn wanted<'a>(subject: &'a str, address: &'a str) -> Wanted<'a> {
    Wanted {
        office: None,
        address,
        subject,
        best_time: BestTime::Anytime,
        language: Language::Swedish,
    }
}

async fn wish(
    desk: &Desk,
    conversation: &str,
    wanted: &Wanted<'_>,
) -> Result<Promised, CallBackRefusal> {
    desk.ask_call_back(conversation, "web", wanted).await
}

fn office(id: &str) -> EntryId {
    EntryId::parse(id).unwrap()
}

#[tokio::test]
async fn the_office_that_owns_the_matter_calls_and_else_the_way_in() {
    let (desk, _folder) = desk().await;
    let conversation = Desk::new_conversation();
    for (subject, chosen, expected) in [
        (ROUTED, None, "offices/byggkontoret"),
        (UNKNOWN, None, "offices/kundcenter"),
        ("hej", None, "offices/kundcenter"),
        (
            UNKNOWN,
            Some("offices/byggkontoret"),
            "offices/byggkontoret",
        ),
    ] {
        let asked = Wanted {
            office: chosen.map(office),
            ..wanted(subject, NUMBER)
        };
        let promised = wish(&desk, &conversation, &asked).await.unwrap();
        let withdrawn = desk.withdraw_call_back(&conversation, &promised.id);
        assert!(withdrawn.await.unwrap());
        assert_eq!(promised.office, office(expected), "{subject}");
    }
    assert_eq!(
        desk.questions(None, 10).await.unwrap().len(),
        0,
        "what someone wants to talk about is no question that nobody could answer"
    );
    let gone = Wanted {
        office: Some(office("offices/gone")),
        ..wanted(ROUTED, NUMBER)
    };
    let refusal = wish(&desk, &conversation, &gone).await.unwrap_err();
    assert_eq!(refusal.field(), Some(CallBackField::Office));
}

#[tokio::test]
async fn staff_see_whom_to_call_until_someone_has() {
    let (desk, folder) = desk().await;
    let conversation = Desk::new_conversation();
    let asked = wanted(
        "Bygglov, jag heter Kerstin Berg och nås på 070-174 06 99.",
        NUMBER,
    );
    let promised = wish(&desk, &conversation, &asked).await.unwrap();
    assert_eq!(promised.kind, AddressKind::Phone);
    let again = wish(&desk, &conversation, &asked).await.unwrap();
    assert_eq!(again, promised, "asking twice is asking once");
    let told = async || {
        let (outcome, text) = desk.outcome(&promised.receipt, Language::Swedish).await;
        for personal in [NUMBER, "Kerstin", "Bygglov"] {
            assert!(!text.contains(personal), "{text}");
        }
        (outcome, text)
    };
    let (outcome, text) = told().await;
    assert_eq!(outcome, Outcome::Open);
    assert!(text.contains("ringer dig senast"), "{text}");

    let queue = waiting(&desk).await;
    let [first] = queue.as_slice() else {
        panic!("{queue:?}")
    };
    assert_eq!((first.address.as_str(), &first.id), (NUMBER, &promised.id));
    for personal in ["Kerstin", "070-174 06 99"] {
        assert!(!first.subject.contains(personal), "{}", first.subject);
    }
    assert!(first.due_at > Timestamp::now().as_millisecond());
    let counted = |waiting, overdue| CallBackCount { waiting, overdue };
    let (ada, bo) = (
        editor(&desk, "ada", None).await,
        editor(&desk, "bo", None).await,
    );
    let counted_by_ada = desk.review(&ada).count_call_backs().await.unwrap();
    assert_eq!(counted_by_ada, counted(1, 0));
    let kim = editor(&desk, "kim", Some("offices/kundcenter")).await;
    let of_another_office = desk.review(&kim);
    assert_eq!(
        of_another_office.count_call_backs().await.unwrap(),
        counted(0, 0)
    );
    assert_eq!(of_another_office.call_backs().await.unwrap(), []);
    let taken = of_another_office.take_call_back(&promised.id).await;
    assert!(matches!(taken, Err(ReviewError::NotFound)));

    assert!(holds(&bytes_of(folder.path()), NUMBER));
    let (by_ada, by_bo) = (desk.review(&ada), desk.review(&bo));
    by_ada.take_call_back(&promised.id).await.unwrap();
    let (outcome, text) = told().await;
    assert_eq!(outcome, Outcome::Assigned);
    assert!(!text.contains("ada"), "{text}");
    let taken = by_bo.take_call_back(&promised.id).await;
    assert!(matches!(taken, Err(ReviewError::Changed { by }) if by == "ada"));
    by_ada.call_back_handled(&promised.id).await.unwrap();
    let (outcome, text) = told().await;
    assert_eq!(outcome, Outcome::Answered);
    assert!(!text.contains("senast"), "{text}");
    let again = by_ada.call_back_handled(&promised.id).await;
    assert!(matches!(again, Err(ReviewError::NotFound)));
    let trail = desk
        .audit_lines(&ada, &AuditFilter::default())
        .await
        .unwrap();
    assert!(
        trail
            .iter()
            .any(|line| line.act == "call-back-handled" && line.who == "ada")
    );
    assert!(!holds(&bytes_of(folder.path()), NUMBER), "it has been used");
    assert_eq!(waiting(&desk).await, []);
}

#[tokio::test]
async fn what_is_missing_or_wrong_is_said_at_its_field() {
    let (desk, folder) = desk().await;
    let conversation = Desk::new_conversation();
    let long = "a".repeat(LONGEST_SUBJECT + 1);
    let (subject, address) = (CallBackField::Subject, CallBackField::Address);
    for (asked, field, said) in [
        (wanted(" ", NUMBER), subject, "Skriv vad det gäller"),
        (wanted(&long, NUMBER), subject, "högst 300 tecken"),
        (wanted(ROUTED, " "), address, "Skriv ett telefonnummer"),
        (wanted(ROUTED, "ring mig"), address, "riktnummer"),
    ] {
        let refusal = wish(&desk, &conversation, &asked).await.unwrap_err();
        assert_eq!(refusal.field(), Some(field), "{asked:?}");
        let base = desk.library().current();
        let text = refusal.text(base.knowledge(), Language::Swedish);
        assert!(text.contains(said), "{text}");
    }
    assert!(!holds(&bytes_of(folder.path()), &conversation));

    for i in 0..MOST_CALL_BACKS {
        let subject = format!("Bygglov {i}");
        wish(&desk, &conversation, &wanted(&subject, NUMBER))
            .await
            .unwrap();
    }
    let refusal = wish(&desk, &conversation, &wanted("Ännu ett", NUMBER)).await;
    assert!(matches!(refusal, Err(CallBackRefusal::TooMany)));
    let elsewhere = Desk::new_conversation();
    let refusal = wish(&desk, &elsewhere, &wanted("Ett", NUMBER)).await;
    assert!(matches!(refusal, Err(CallBackRefusal::TooMany)));
    let another = wanted("Ett", "08-465 004 00");
    assert!(wish(&desk, &elsewhere, &another).await.is_ok());
}

#[tokio::test]
async fn a_cry_for_help_is_answered_and_not_kept() {
    let (desk, folder) = desk().await;
    for asked in [wanted(CRISIS, NUMBER), wanted("Bygglov", CRISIS)] {
        let conversation = Desk::new_conversation();
        let refusal = wish(&desk, &conversation, &asked).await.unwrap_err();
        let CallBackRefusal::InNeed(reply) = refusal else {
            panic!("{refusal:?}")
        };
        assert_eq!(reply.answer.decision, Decision::Crisis);
    }
    desk.close().await;
    let bytes = bytes_of(folder.path());
    assert!(!holds(&bytes, NUMBER) && !holds(&bytes, "leva längre"));
}

#[tokio::test]
async fn an_address_goes_when_it_is_taken_back_forgotten_or_old() {
    let (desk, folder) = desk().await;
    let is_kept = || holds(&bytes_of(folder.path()), NUMBER);
    let conversation = Desk::new_conversation();
    let leave = async || {
        let promised = wish(&desk, &conversation, &wanted(ROUTED, NUMBER)).await;
        assert!(is_kept());
        promised.unwrap()
    };
    let promised = leave().await;
    let other = Desk::new_conversation();
    let withdrawn = desk.withdraw_call_back(&other, &promised.id).await;
    assert!(!withdrawn.unwrap() && is_kept());
    let withdrawn = desk.withdraw_call_back(&conversation, &promised.id).await;
    assert!(withdrawn.unwrap() && !is_kept());
    let outcome = async |promised: &Promised| {
        let (outcome, _) = desk.outcome(&promised.receipt, Language::English).await;
        outcome
    };
    assert_eq!(outcome(&promised).await, Outcome::Closed);

    leave().await;
    desk.erase(&conversation).await;
    assert!(!is_kept());
    assert_eq!(outcome(&promised).await, Outcome::NoSuchReceipt);

    leave().await;
    desk.erase_person(&conversation, "web", "", Language::Swedish)
        .await;
    assert!(!is_kept());

    leave().await;
    desk.purge().await.unwrap();
    assert!(is_kept(), "someone is still to call");
    desk.close().await;
    let keep = Keep {
        questions: vec![(State::New, 180)],
        conversations: 7,
        call_backs: 0,
    };
    let forgetful = Desk::open(Library::new(provby()), &sqlite(folder.path()), keep)
        .await
        .unwrap();
    let lines = forgetful.purge().await.unwrap();
    let told: Vec<_> = lines.iter().map(|l| (l.rule.as_deref(), l.count)).collect();
    assert_eq!(told, [(None, 1), (Some("call-backs"), 1)]);
    assert!(!is_kept());
}

#[tokio::test]
async fn without_a_database_nobody_is_promised_anything() {
    let folder = tempfile::tempdir().unwrap();
    let away = format!("sqlite://{}/not/there/lots.db", folder.path().display());
    let desk = desk_of(provby(), &away).await;
    let conversation = Desk::new_conversation();
    ask(&desk, &conversation, ROUTED).await;
    let refusal = wish(&desk, &conversation, &wanted(ROUTED, NUMBER))
        .await
        .unwrap_err();
    let base = desk.library().current();
    let text = refusal.text(base.knowledge(), Language::English);
    assert!(text.contains("nothing has been saved"), "{text}");
}

#[tokio::test]
async fn the_promise_names_who_calls_when_and_what_is_kept() {
    let (desk, _folder) = desk().await;
    let conversation = Desk::new_conversation();
    let told = async |subject: &str, address: &str| {
        let promised = wish(&desk, &conversation, &wanted(subject, address)).await;
        let promised = promised.unwrap();
        let text = desk.promised_text(&promised, Language::Swedish);
        assert!(text.contains(promised.receipt.as_str()), "{text}");
        text
    };
    let with_hour = told(ROUTED, "anna@provby.example").await;
    assert!(
        with_hour.starts_with("Byggkontoret mejlar dig senast "),
        "{with_hour}"
    );
    assert!(with_hour.contains(" klockan 11:00."), "{with_hour}");
    assert!(with_hour.contains("efter 14 dagar"), "{with_hour}");
    // Nobody has said when the way in is open, and so only a day is promised.
    let with_day = told(UNKNOWN, NUMBER).await;
    assert!(with_day.starts_with("Kundcenter"), "{with_day}");
    assert!(!with_day.contains("klockan"), "{with_day}");
}

/// Someone of the staff who has signed in.
async fn editor(desk: &Desk, name: &str, of: Option<&str>) -> Staff {
    const PASSWORD: &str = "fyra ord som jag minns";
    let by = Desk::command_line();
    let added = desk.add_account(&by, name, Role::Editor, of.map(office), PASSWORD);
    added.await.unwrap();
    desk.sign_in(name, PASSWORD, "127.0.0.1")
        .await
        .unwrap()
        .staff
}
