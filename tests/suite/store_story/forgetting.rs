//! The part of the story about conversations, and about what is erased and purged.

use lots::store::{Filter, NewQuestion, PurgeLine, PurgeRule, Purgeable, State, Store};

use super::{DAY, NOON, erase, question, record_some};

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
        erase(store, "samtal å").await,
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
    assert_eq!(erase(store, "leaves").await, 3);
    assert_eq!(erase(store, "leaves").await, 0);
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
    assert_eq!(erase(store, "stays").await, 3);
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
    let decided = "KS 2026/17\0";
    let of = |run: &PurgeLine, rule: Option<&str>, count, cutoff| PurgeLine {
        rule: rule.map(str::to_owned),
        count,
        cutoff,
        ..run.clone()
    };
    let at_rules = async |limit| {
        let record = store.purge_record((0, i64::MAX), limit).await.unwrap();
        let is_erased = |line: &PurgeLine| {
            line.rule
                .as_deref()
                .is_some_and(|r| r.starts_with("erased-"))
        };
        record
            .into_iter()
            .filter(|line| !is_erased(line))
            .collect::<Vec<_>>()
    };
    assert_eq!(at_rules(1000).await, []);
    let lines = store.purge(&rules, decided, NOON).await.unwrap();
    let run = lines[0].clone();
    assert_eq!(
        (run.ran_at, run.decision.as_str()),
        (NOON, "KS 2026/17\u{fffd}")
    );
    let expected = [
        of(&run, None, 561, NOON),
        of(&run, Some("nya frågor"), 560, old),
        of(&run, Some("samtal"), 1, old),
    ];
    assert_eq!(lines, expected);
    assert_eq!(at_rules(1000).await, expected);

    let patient = rules.map(|rule| PurgeRule {
        older_than_days: 90,
        ..rule
    });
    let later = store.purge(&patient, "", NOON + 1).await.unwrap();
    let [found_nothing] = later.as_slice() else {
        panic!("{later:?}")
    };
    assert_eq!((found_nothing.count, &found_nothing.rule), (0, &None));
    let record = store.purge_record((0, i64::MAX), 2).await.unwrap();
    assert_eq!(
        record,
        [later[0].clone(), expected[0].clone()],
        "latest run first, also one that finds nothing"
    );
    for (between, runs) in [
        ((NOON, NOON + 1), 1),
        ((NOON, NOON + 2), 2),
        ((NOON + 2, i64::MAX), 0),
    ] {
        let record = store.purge_record(between, 1000).await.unwrap();
        assert_eq!(
            record.iter().filter(|l| l.rule.is_none()).count(),
            runs,
            "{between:?}"
        );
    }

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
        assert_eq!(erase(store, &asked.conversation).await, 1);
    }
    erase(store, "under way").await;
}

pub(super) async fn two_replicas_purge_at_once(store: &Store) {
    record_some(store.clone(), 40, "old", NOON - 3 * DAY).await;
    let rules = [PurgeRule {
        name: "allt".to_owned(),
        what: Purgeable::Questions(State::New),
        older_than_days: 1,
    }];
    let (one, other) = tokio::join!(
        store.purge(&rules, "", NOON + 2),
        store.purge(&rules, "", NOON + 2)
    );
    let removed = one.unwrap()[0].count + other.unwrap()[0].count;
    assert_eq!(removed, 40, "each row is counted once");
    let runs = store.purge_record((0, i64::MAX), 1000).await.unwrap();
    let told: u64 = runs
        .iter()
        .filter(|l| l.ran_at == NOON + 2 && l.rule.is_none())
        .map(|l| l.count)
        .sum();
    assert_eq!(told, 40);
}
