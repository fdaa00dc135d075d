//! The part of the story about conversations, and about what is erased and purged.

use lots::store::{Filter, NewQuestion, PurgeLine, PurgeRule, Purgeable, State, Store};

use super::{DAY, NOON, question, record_some};

pub(super) async fn a_conversation_is_saved_and_loaded(store: &Store) {
    assert_eq!(store.load_conversation("samtal å").await.unwrap(), None);
    let first = r#"{"about":"grants/aktivitetsstod","said":"Hej på er! 🌲"}"#;
    store
        .save_conversation("samtal å", first, NOON)
        .await
        .unwrap();
    assert_eq!(
        store
            .load_conversation("samtal å")
            .await
            .unwrap()
            .as_deref(),
        Some(first)
    );
    let saves: Vec<_> = (0..8)
        .map(|i| {
            let store = store.clone();
            tokio::spawn(async move {
                store
                    .save_conversation("samtal å", &format!("[{i}]"), NOON + i)
                    .await
            })
        })
        .collect();
    for save in saves {
        save.await.unwrap().unwrap();
    }
    store
        .save_conversation("samtal å", "{}", NOON + 9)
        .await
        .unwrap();
    assert_eq!(
        store
            .load_conversation("samtal å")
            .await
            .unwrap()
            .as_deref(),
        Some("{}")
    );
    assert_eq!(
        store.erase("samtal å").await.unwrap(),
        0,
        "a conversation need not have led to a question"
    );
    assert_eq!(store.load_conversation("samtal å").await.unwrap(), None);
}

pub(super) async fn a_conversation_is_erased_with_its_questions(store: &Store) {
    for id in ["leaves", "stays"] {
        store.save_conversation(id, "{}", NOON).await.unwrap();
        record_some(store.clone(), 3, id, NOON).await;
    }
    assert_eq!(store.erase("leaves").await.unwrap(), 3);
    assert_eq!(store.erase("leaves").await.unwrap(), 0);
    assert_eq!(store.load_conversation("leaves").await.unwrap(), None);
    assert!(store.load_conversation("stays").await.unwrap().is_some());
    assert!(
        store
            .questions(&Filter::default())
            .await
            .unwrap()
            .iter()
            .all(|q| q.conversation == "stays")
    );
    assert_eq!(store.erase("stays").await.unwrap(), 3);
}

pub(super) async fn what_is_old_is_purged_and_the_record_says_so(store: &Store) {
    // More than one batch of questions that may go, and beside them whatever a careless rule would take as well.
    let old = NOON - 30 * DAY;
    let tasks: Vec<_> = (0..8)
        .map(|_| tokio::spawn(record_some(store.clone(), 70, "old", old - 1000)))
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let young = NewQuestion {
        asked_at: old,
        ..question("young", old)
    };
    let worked_on = question("worked on", old - DAY);
    let answered = question("answered", old - DAY);
    for asked in [&young, &worked_on, &answered] {
        store.record(asked).await.unwrap();
    }
    store
        .set_state(&worked_on.receipt, State::New, None, NOON)
        .await
        .unwrap();
    store
        .answer(&answered.receipt, "Ja.", "redaktör", old - 1)
        .await
        .unwrap();
    store
        .save_conversation("quiet", "{}", old - 1)
        .await
        .unwrap();
    store
        .save_conversation("under way", "{}", old)
        .await
        .unwrap();

    let rule = |name: &str, what| PurgeRule {
        name: name.to_owned(),
        what,
        older_than_days: 30,
    };
    let rules = [
        rule("nya frågor", Purgeable::Questions(State::New)),
        rule("lärda frågor", Purgeable::Questions(State::Taught)),
        rule("samtal", Purgeable::Conversations),
    ];
    let line = |rule: Option<&str>, count, cutoff, ran_at| PurgeLine {
        rule: rule.map(str::to_owned),
        count,
        cutoff,
        ran_at,
    };
    assert_eq!(store.purge_record(10).await.unwrap(), []);
    let lines = store.purge(&rules, NOON).await.unwrap();
    let expected = [
        line(None, 561, NOON, NOON),
        line(Some("nya frågor"), 560, old, NOON),
        line(Some("samtal"), 1, old, NOON),
    ];
    assert_eq!(lines, expected);
    assert_eq!(store.purge_record(10).await.unwrap(), expected);

    let patient = rules.map(|rule| PurgeRule {
        older_than_days: 90,
        ..rule
    });
    let later = store.purge(&patient, NOON + 1).await.unwrap();
    assert_eq!(
        later,
        [line(None, 0, NOON + 1, NOON + 1)],
        "a run that finds nothing is on record too"
    );
    let record = store.purge_record(2).await.unwrap();
    assert_eq!(
        record,
        [later[0].clone(), expected[0].clone()],
        "latest run first"
    );

    assert_eq!(store.load_conversation("quiet").await.unwrap(), None);
    assert!(
        store
            .load_conversation("under way")
            .await
            .unwrap()
            .is_some()
    );
    for asked in [&young, &worked_on, &answered] {
        assert!(
            store.question(&asked.receipt).await.unwrap().is_some(),
            "{}",
            asked.conversation
        );
        assert_eq!(store.erase(&asked.conversation).await.unwrap(), 1);
    }
    store.erase("under way").await.unwrap();
}

pub(super) async fn two_replicas_purge_at_once(store: &Store) {
    record_some(store.clone(), 40, "old", NOON - 3 * DAY).await;
    let rules = [PurgeRule {
        name: "allt".to_owned(),
        what: Purgeable::Questions(State::New),
        older_than_days: 1,
    }];
    let (one, other) = tokio::join!(store.purge(&rules, NOON + 2), store.purge(&rules, NOON + 2));
    let removed = one.unwrap()[0].count + other.unwrap()[0].count;
    assert_eq!(removed, 40, "each row is counted once");
    let runs = store.purge_record(100).await.unwrap();
    let told: u64 = runs
        .iter()
        .filter(|l| l.ran_at == NOON + 2 && l.rule.is_none())
        .map(|l| l.count)
        .sum();
    assert_eq!(told, 40);
}
