//! What staff hold stays, and what has been deleted stands in the record.

use lots::desk::{Desk, HeldFor, Keep, Period, Practice, ReviewError, Role, State};

use super::{NUMBER, Town, admin};
use crate::stage::{ROUTED, UNKNOWN, ask, holds, provby, sqlite};

#[tokio::test]
async fn what_is_held_stays_and_both_sides_are_told() {
    let town = Town::with(Practice {
        data_protection: Some("dataskydd@provby.example".to_owned()),
        ..Practice::default()
    })
    .await;
    let by = admin();
    let review = town.desk.review(&by);
    let conversation = Desk::new_conversation();
    let held = town.asked(&conversation, UNKNOWN).await;
    let free = town.asked(&conversation, ROUTED).await;
    let note = "Begäran från Kerstin Berg, 070-174 06 05";
    review.hold(&held, HeldFor::Request, note).await.unwrap();
    let again = review.hold(&held, HeldFor::Diary, "").await;
    assert!(matches!(again, Err(ReviewError::NotFound)));

    let reply = town.desk.erase(&conversation).await.answer.plain_text();
    for part in [
        "raderades: 1",
        "tills vidare: 1",
        "dataskydd@provby.example",
    ] {
        assert!(reply.contains(part), "{part}: {reply}");
    }
    assert!(!town.is_there(&free).await && town.is_there(&held).await);
    let told = town.told(&held).await;
    for part in ["någon har begärt att få se den", "dataskydd@provby.example"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(
        !told.contains("Begäran från"),
        "the note is for staff: {told}"
    );

    let records = review.records().await.unwrap();
    let [waits] = records.wanted_erased.as_slice() else {
        panic!("{records:?}")
    };
    assert_eq!((&waits.receipt, records.held.len()), (&held, 0));
    assert!(waits.hold.as_ref().unwrap().note.contains("[telefon]"));
    assert!(!holds(&town.bytes(), NUMBER), "a note is masked as well");

    assert!(
        review.release(&held, "Utlämnad").await.unwrap(),
        "it is erased now"
    );
    assert!(!town.is_there(&held).await);
    assert_eq!(
        review.records().await.unwrap(),
        lots::desk::Records::default()
    );
    let trail = town
        .desk
        .audit_lines(&by, &Default::default())
        .await
        .unwrap();
    let acts: Vec<&str> = trail.iter().rev().map(|line| line.act.as_str()).collect();
    assert_eq!(acts, ["question-held", "question-released"]);
    for line in &trail {
        let whole = format!("{line:?}");
        assert!(
            !whole.contains(held.as_str()) && !whole.contains(NUMBER),
            "{whole}"
        );
        assert!(line.about.starts_with("receipt/"), "{whole}");
    }
}

#[tokio::test]
async fn another_reason_has_to_be_given_and_roles_hold() {
    let town = Town::open().await;
    let receipt = town.asked("a", UNKNOWN).await;
    let by = admin();
    let nameless = town
        .desk
        .review(&by)
        .hold(&receipt, HeldFor::Other, " ")
        .await;
    assert!(matches!(nameless, Err(ReviewError::Problems(_))));
    for (name, role) in [("rut", Role::Reader), ("eva", Role::Editor)] {
        let added = town
            .desk
            .add_account(&by, name, role, None, "fyra ord som jag minns");
        added.await.unwrap();
        let signed = town
            .desk
            .sign_in(name, "fyra ord som jag minns", "here")
            .await;
        let staff = signed.unwrap().staff;
        let review = town.desk.review(&staff);
        let refused =
            |done: Result<(), ReviewError>| matches!(done, Err(ReviewError::NotAllowed(_)));
        let held = review.hold(&receipt, HeldFor::Request, "").await;
        assert_eq!(refused(held), role == Role::Reader, "{name}");
        let registered = review.register(&receipt).await.map(|_| ());
        assert_eq!(refused(registered), role == Role::Reader, "{name}");
        let erased = review.erase_receipt(&receipt, false, "").await.map(|_| ());
        assert!(refused(erased), "{name}");
        let person = review.erase_person("7", "").await.map(|_| ());
        assert!(refused(person), "{name}");
        assert!(review.dossier(&receipt).await.is_ok(), "{name}");
    }
}

#[tokio::test]
async fn what_is_held_outlives_its_time_and_the_record_says_what_went() {
    let folder = tempfile::tempdir().unwrap();
    let keep = Keep {
        questions: State::ALL.map(|state| (state, 0)).to_vec(),
        conversations: 0,
        call_backs: 14,
    };
    let library = lots::desk::Library::new(provby());
    let desk = Desk::open(library, &sqlite(folder.path()), keep)
        .await
        .unwrap();
    let desk = desk.with_practice(Practice {
        archive_decision: Some("KS 2026/17".to_owned()),
        ..Practice::default()
    });
    let by = admin();
    let review = desk.review(&by);
    let held = ask(&desk, "a", UNKNOWN).await.receipt.unwrap();
    let free = ask(&desk, "b", ROUTED).await.receipt.unwrap();
    let erased = ask(&desk, "c", UNKNOWN).await.receipt.unwrap();
    desk.erase_receipt(&erased, false).await.unwrap();
    review.hold(&held, HeldFor::Complaint, "").await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    desk.purge().await.unwrap();
    assert!(desk.question(&held).await.unwrap().is_some());
    assert!(desk.question(&free).await.unwrap().is_none());

    let month = desk.this_month();
    let purged = review.purged(month).await.unwrap();
    let totals: Vec<_> = purged
        .totals
        .iter()
        .map(|(r, n)| (r.as_str(), *n))
        .collect();
    for expected in [
        ("questions-new", 1),
        ("erased-questions", 1),
        ("erased-conversations", 1),
    ] {
        assert!(totals.contains(&expected), "{totals:?}");
    }
    assert_eq!(purged.runs, 1);
    let row = purged
        .rows
        .iter()
        .find(|row| row.rule == "questions-new")
        .unwrap();
    assert_eq!((row.days, row.decision.as_str()), (Some(0), "KS 2026/17"));
    let row = purged
        .rows
        .iter()
        .find(|row| row.rule == "erased-questions")
        .unwrap();
    assert_eq!((row.days, row.decision.as_str()), (None, ""));
    let text = desk.purged_csv(&purged).unwrap();
    let mut read = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(read.records().count(), purged.rows.len(), "{text}");
    assert!(
        text.starts_with("time,rule,deleted,days,decision,run\n"),
        "{text}"
    );
    for unsaid in [UNKNOWN, ROUTED, free.as_str(), erased.as_str()] {
        assert!(!text.contains(unsaid), "{unsaid}: {text}");
    }
    let long_ago = Period::month_until(jiff::civil::date(2020, 1, 31));
    assert_eq!(review.purged(long_ago).await.unwrap(), Default::default());

    // What whoever asked wants erased goes when nobody holds it any longer.
    desk.forget("a").await.unwrap();
    assert!(review.release(&held, "").await.unwrap());
    assert!(desk.question(&held).await.unwrap().is_none());
}
