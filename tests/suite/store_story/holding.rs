//! The part of the story about what staff hold, and about erasing by a receipt.

use lots::store::{
    Erased, HeldFor, KeptChange, MarkCount, NewAudit, NewQuestion, Publication, PurgeRule,
    Purgeable, Receipt, Regression, Stage, State, Store, Theirs, ToHold, Wish,
};

use super::clusters::{ask, clear, found};
use super::{DAY, NOON, erase, question};

pub(super) async fn what_is_held_stays_until_nobody_holds_it(store: &Store) {
    let (held, other) = (question("holds", NOON), question("holds", NOON + 1));
    for asked in [&held, &other] {
        store.record(asked).await.unwrap();
    }
    let receipt = &held.receipt;
    let what = ToHold::Question(receipt);
    let note = "dnr 17\0";
    let hold = async |why, note: &str, who: &str, at| {
        let audit = by(who, at);
        store.hold(what, why, note, &audit).await.unwrap()
    };
    assert!(hold(HeldFor::Request, note, "eva", NOON + 2).await);
    assert!(
        !hold(HeldFor::Diary, "", "ada", NOON + 3).await,
        "it is held already"
    );
    let marks = store.marks(receipt).await.unwrap().unwrap();
    let hold = marks.hold.unwrap();
    assert_eq!(
        (hold.why, hold.note.as_str(), hold.by.as_str(), hold.at),
        (HeldFor::Request, "dnr 17\u{fffd}", "eva", NOON + 2)
    );
    assert_eq!((marks.erase_asked_at, marks.registered_at), (None, None));

    let rules = [PurgeRule {
        name: "nya".to_owned(),
        what: Purgeable::Questions(State::New),
        older_than_days: 1,
    }];
    let lines = store.purge(&rules, "", NOON + 3 * DAY).await.unwrap();
    assert_eq!(lines[0].count, 1, "only the other is past its time");
    assert!(store.question(receipt).await.unwrap().is_some());

    let wish = Wish {
        receipt: receipt.clone(),
        channel: "discord".to_owned(),
        address: "7".to_owned(),
        language: "sv".to_owned(),
    };
    assert!(store.wish(&wish, NOON).await.unwrap());
    assert_eq!(store.wished_by(receipt).await.unwrap(), ["discord"]);
    let theirs = Theirs::Conversation("holds");
    let erased = store.erase(&theirs, NOON + 4, None).await.unwrap();
    assert_eq!(
        (erased.questions, erased.held, erased.is_any()),
        (0, 1, true)
    );
    let again = store.erase(&theirs, NOON + 5, None).await.unwrap();
    assert_eq!(again.held, 1);
    let marks = store.marks(receipt).await.unwrap().unwrap();
    assert_eq!(marks.erase_asked_at, Some(NOON + 4), "since the first time");
    assert!(
        store.wished_by(receipt).await.unwrap().is_empty(),
        "an address is no part of what is held"
    );
    assert_eq!(store.held_questions(10).await.unwrap(), [marks]);

    let nobody = Receipt::new();
    assert!(!store.release(&nobody, &by("eva", NOON)).await.unwrap());
    assert!(!store.register(&nobody, &by("eva", NOON)).await.unwrap());
    assert_eq!(store.marks(&nobody).await.unwrap(), None);
    assert!(store.register(receipt, &by("eva", NOON + 6)).await.unwrap());
    assert!(store.release(receipt, &by("eva", NOON + 7)).await.unwrap());
    assert!(!store.release(receipt, &by("eva", NOON + 8)).await.unwrap());
    let marks = store.marks(receipt).await.unwrap().unwrap();
    assert_eq!((marks.hold, marks.registered_at), (None, Some(NOON + 6)));
    assert_eq!(erase(store, "holds").await, 1);
    assert!(store.held_questions(10).await.unwrap().is_empty());
}

pub(super) async fn what_has_a_receipt_is_erased_by_it(store: &Store) {
    let (one, other) = (question("shared", NOON), question("shared", NOON + 1));
    for asked in [&one, &other] {
        store.record(asked).await.unwrap();
    }
    store.save_conversation("shared", "{}", NOON).await.unwrap();
    let audit = by("ada", NOON + 2);
    let theirs = Theirs::Receipt(&one.receipt);
    let erased = store.erase(&theirs, NOON + 2, Some(&audit)).await.unwrap();
    assert_eq!(
        erased,
        Erased {
            questions: 1,
            ..Erased::default()
        },
        "another has asked in the same words"
    );
    assert!(store.question(&one.receipt).await.unwrap().is_none());
    assert!(store.question(&other.receipt).await.unwrap().is_some());
    assert_eq!(store.load_conversation("shared").await.unwrap(), None);
    let nothing = store.erase(&theirs, NOON + 3, Some(&audit)).await.unwrap();
    assert!(!nothing.is_any());

    let record = store.purge_record((NOON + 2, NOON + 3), 100).await.unwrap();
    let told: Vec<_> = record
        .iter()
        .filter_map(|line| Some((line.rule.as_deref()?, line.count)))
        .filter(|(rule, _)| rule.starts_with("erased-"))
        .collect();
    assert_eq!(
        told,
        [("erased-conversations", 1), ("erased-questions", 1)],
        "{record:?}"
    );
    let theirs = Theirs::Receipt(&other.receipt);
    let last = store.erase(&theirs, NOON + 4, None).await.unwrap();
    assert_eq!(last.gone, [other.wording]);
}

pub(super) async fn what_is_written_of_an_erased_question_is_reworded(store: &Store) {
    let secret = NewQuestion {
        wording: "Min egen fråga?".to_owned(),
        ..question("writes", NOON)
    };
    store.record(&secret).await.unwrap();
    let draft = KeptChange {
        id: "reword-1".to_owned(),
        cluster: String::new(),
        act: "teach".to_owned(),
        about: "guides/lana-lokal".to_owned(),
        title: "Min egen fråga?".to_owned(),
        body: "[1]".to_owned(),
        form: r#"{"act":"teach","wordings":"Min egen fråga?"}"#.to_owned(),
        stage: Stage::Draft,
        version: 0,
        made_by: "eva".to_owned(),
        made_at: NOON,
        changed_by: "eva".to_owned(),
        changed_at: NOON,
        published_by: String::new(),
        published_at: 0,
        reason: String::new(),
        before: String::new(),
    };
    let second = KeptChange {
        id: "reword-2".to_owned(),
        ..draft.clone()
    };
    for change in [&draft, &second] {
        store.begin_change(change, &by("eva", NOON)).await.unwrap();
    }
    let laid = store.setting(lots::store::OVERLAY).await.unwrap().version;
    let regression = Regression {
        id: "reword-r".to_owned(),
        wording: secret.wording.clone(),
        language: "sv".to_owned(),
        expected: "entry guides/lana-lokal".to_owned(),
        change: second.id.clone(),
        made_at: NOON,
    };
    let publication = Publication {
        change: &second.id,
        version: 0,
        reason: "",
        before: "{}",
        laid,
        act: None,
        regressions: std::slice::from_ref(&regression),
    };
    let audit = by("eva", NOON + 1);
    let published = store.publish_change(&publication, &audit).await.unwrap();
    assert!(published);
    let live = store.regressions(1000).await.unwrap();
    assert!(live.contains(&regression));

    let theirs = Theirs::Receipt(&secret.receipt);
    let erased = store.erase(&theirs, NOON + 2, None).await.unwrap();
    assert_eq!(erased.gone, std::slice::from_ref(&secret.wording));
    let live = store.regressions(1000).await.unwrap();
    assert!(!live.iter().any(|r| r.id == regression.id), "{live:?}");

    let unpublished = store.unpublished().await.unwrap();
    let found = unpublished.iter().find(|u| u.id == draft.id).unwrap();
    assert!(!unpublished.iter().any(|u| u.id == second.id), "it is live");
    let words = (
        "guides/lana-lokal",
        "[]",
        r#"{"act":"teach","wordings":""}"#,
    );
    assert!(store.reword(found, words).await.unwrap());
    assert!(!store.reword(found, words).await.unwrap(), "it has changed");
    let kept = store.change(&draft.id).await.unwrap().unwrap();
    assert_eq!(
        (kept.title.as_str(), kept.body.as_str(), kept.form.as_str()),
        words
    );
    assert_eq!(
        (kept.stage, kept.changed_by.as_str()),
        (Stage::Draft, "eva")
    );

    // What nobody goes on with, and what was taken back, is emptied when its time is up.
    let audit = by("eva", NOON + 3);
    let undone = store.undo_change(&second.id, None, &audit).await.unwrap();
    assert!(undone);
    let rules = [PurgeRule {
        name: "drafts".to_owned(),
        what: Purgeable::Drafts,
        older_than_days: 180,
    }];
    let early = store.purge(&rules, "", NOON + 100 * DAY).await.unwrap();
    assert_eq!(early[0].count, 0);
    let lines = store.purge(&rules, "", NOON + 181 * DAY).await.unwrap();
    assert!(lines[0].count >= 2, "{lines:?}");
    for (id, stage) in [(&draft.id, Stage::Discarded), (&second.id, Stage::Undone)] {
        let kept = store.change(id).await.unwrap().unwrap();
        assert_eq!((kept.stage, kept.form.as_str()), (stage, "{}"));
        assert_eq!(kept.title, "guides/lana-lokal");
    }
}

pub(super) async fn a_cluster_is_held_whole_and_says_so(store: &Store) {
    let receipt = ask(store, "whole", "Får vi låna hallen?", NOON).await;
    found(store, &receipt, "hold-1", &["hallen"]).await;
    let none = store.mark_count("hold-1").await.unwrap();
    assert_eq!(none, MarkCount::default());
    let hold = |why| {
        let audit = by("eva", NOON + 1);
        async move {
            store
                .hold(ToHold::Cluster("hold-1"), why, "", &audit)
                .await
                .unwrap()
        }
    };
    assert!(hold(HeldFor::Complaint).await);
    assert!(!hold(HeldFor::Complaint).await);
    let (none, audit) = (ToHold::Cluster(""), by("eva", NOON));
    let nothing = store.hold(none, HeldFor::Other, "", &audit).await.unwrap();
    assert!(!nothing, "those in no cluster are not meant");
    let held = MarkCount {
        held: 1,
        ..MarkCount::default()
    };
    assert_eq!(store.mark_count("hold-1").await.unwrap(), held);
    assert_eq!(
        store.marked_clusters().await.unwrap(),
        [("hold-1".to_owned(), held)]
    );
    store.release(&receipt, &by("eva", NOON + 2)).await.unwrap();
    assert!(store.marked_clusters().await.unwrap().is_empty());
    clear(store, &["whole"]).await;
}

fn by(who: &str, at: i64) -> NewAudit {
    NewAudit {
        who: who.to_owned(),
        act: "question-held".to_owned(),
        about: "receipt/7F3K".to_owned(),
        at,
        ..NewAudit::default()
    }
}
