//! One story that runs every statement of the store, told on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

use std::collections::BTreeSet;

use lots::knowledge::EntryId;
use lots::store::{
    Filter, NewQuestion, PurgeLine, PurgeRule, Purgeable, Question, Reason, Receipt, State, Store,
    StoreError,
};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor};

/// 2026-11-23 12:00 UTC.
const NOON: i64 = 1_795_435_200_000;
const DAY: i64 = 24 * 60 * 60 * 1000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    story(&format!(
        "sqlite://{}",
        folder.path().join("lots å.db").display()
    ))
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite_in_memory() {
    let store = Store::open("sqlite::memory:").await.unwrap();
    let tasks = (0..4).map(|_| tokio::spawn(record_some(store.clone(), 10, "memory", NOON)));
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert_eq!(store.questions(&Filter::default()).await.unwrap().len(), 40);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgresql() {
    let Ok(url) = std::env::var("LOTS_TEST_POSTGRES") else {
        panic!(
            "LOTS_TEST_POSTGRES is not set: run the tests with tests/run, which starts a PostgreSQL for them"
        );
    };
    // A schema of its own for each run, so that runs neither see each other nor leave anything behind.
    let schema = format!(
        "lots_{}",
        Receipt::new().as_str().replace('-', "").to_lowercase()
    );
    let options: sqlx::postgres::PgConnectOptions =
        url.parse().expect("LOTS_TEST_POSTGRES is not an address");
    let mut plain = options
        .connect()
        .await
        .expect("the PostgreSQL of LOTS_TEST_POSTGRES does not answer");
    plain
        .execute(AssertSqlSafe(format!("create schema {schema}")))
        .await
        .unwrap();
    let separator = if url.contains('?') { '&' } else { '?' };
    story(&format!(
        "{url}{separator}options=-c%20search_path%3D{schema}"
    ))
    .await;
    plain
        .execute(AssertSqlSafe(format!("drop schema {schema} cascade")))
        .await
        .unwrap();
}

/// Told as a task of its own, so that the compiler holds every call to what a server with several threads needs.
async fn story(url: &str) {
    let url = url.to_owned();
    tokio::spawn(async move { tell(&url).await }).await.unwrap();
}

async fn tell(url: &str) {
    let store = open_by_several_at_once(url).await;
    assert!(store.is_up().await);
    a_question_is_recorded_and_read_back(&store).await;
    a_receipt_belongs_to_one_conversation(&store).await;
    staff_work_through_the_questions(&store).await;
    questions_are_filtered(&store).await;
    many_record_at_once_and_the_list_is_paged(&store).await;
    a_conversation_is_saved_and_loaded(&store).await;
    a_conversation_is_erased_with_its_questions(&store).await;
    what_is_old_is_purged_and_the_record_says_so(&store).await;
    two_replicas_purge_at_once(&store).await;

    let counts = store.count_by_state().await.unwrap();
    store.close().await;
    assert!(!store.is_up().await);
    assert!(matches!(
        store.count_by_state().await,
        Err(StoreError::Unavailable(_))
    ));
    let reopened = Store::open(url).await.unwrap();
    assert_eq!(
        reopened.count_by_state().await.unwrap(),
        counts,
        "everything is there after a restart"
    );
    reopened.close().await;
}

async fn open_by_several_at_once(url: &str) -> Store {
    let openings: Vec<_> = (0..4)
        .map(|_| {
            let url = url.to_owned();
            tokio::spawn(async move { Store::open(&url).await })
        })
        .collect();
    let mut stores = Vec::new();
    for opening in openings {
        stores.push(opening.await.unwrap().unwrap());
    }
    let last = stores.pop().unwrap();
    for store in stores {
        assert!(store.is_up().await);
        store.close().await;
    }
    last
}

async fn a_question_is_recorded_and_read_back(store: &Store) {
    let asked = NewQuestion {
        wording: "Får vår förening bidrag till båten på Färingsö? 🛶👩🏽‍🦽 «ÅÄÖ» 'citat' \"och\" % _ \\ \r\n\tslut".to_owned(),
        channel: "discord".to_owned(),
        reason: Reason::Routed,
        office: Some(entry("offices/kultur-och-fritidsforvaltningen")),
        nearest: vec![(entry("grants/aktivitetsstod"), 0.412_345_67), (entry("guides/starta-forening"), 0.1)],
        ..question("first", NOON)
    };
    store.record(&asked).await.unwrap();
    let read = store.question(&asked.receipt).await.unwrap().unwrap();
    let expected = Question {
        receipt: asked.receipt.clone(),
        conversation: "first".to_owned(),
        wording: asked.wording.clone(),
        language: "sv".to_owned(),
        channel: "discord".to_owned(),
        reason: Reason::Routed,
        office: asked.office.clone(),
        nearest: asked.nearest.clone(),
        asked_at: NOON,
        state: State::New,
        answer: None,
        answered_at: None,
        answered_by: None,
        changed_at: NOON,
    };
    assert_eq!(read, expected);
    assert_eq!(store.question(&Receipt::new()).await.unwrap(), None);

    // PostgreSQL cannot hold U+0000, and a question must not be lost for it.
    let odd = NewQuestion {
        wording: "a\0b".to_owned(),
        ..question("first", NOON)
    };
    store.record(&odd).await.unwrap();
    assert_eq!(
        store.question(&odd.receipt).await.unwrap().unwrap().wording,
        "a\u{fffd}b"
    );
    for reason in Reason::ALL {
        let asked = NewQuestion {
            reason,
            nearest: vec![(entry("guides/idrott"), f32::NAN)],
            ..question("first", NOON)
        };
        store.record(&asked).await.unwrap();
        let read = store.question(&asked.receipt).await.unwrap().unwrap();
        assert_eq!(
            (read.reason, read.nearest),
            (reason, vec![(entry("guides/idrott"), 0.0)])
        );
    }
    assert_eq!(store.erase("first").await.unwrap(), 5);
}

async fn a_receipt_belongs_to_one_conversation(store: &Store) {
    let asked = question("owner", NOON);
    store.record(&asked).await.unwrap();
    store
        .answer(&asked.receipt, "Ja.", "föreningsrådgivare", NOON + 1)
        .await
        .unwrap();
    let again = NewQuestion {
        wording: "something else".to_owned(),
        ..asked.clone()
    };
    store.record(&again).await.unwrap();
    let read = store.question(&asked.receipt).await.unwrap().unwrap();
    assert_eq!(
        (read.wording, read.state),
        (asked.wording.clone(), State::Answered),
        "trying again changes nothing"
    );
    let other = NewQuestion {
        conversation: "other".to_owned(),
        ..asked.clone()
    };
    assert!(matches!(
        store.record(&other).await,
        Err(StoreError::Duplicate)
    ));

    // Of several conversations that draw the same receipt at the same moment, one gets it.
    let contested = Receipt::new();
    let attempts: Vec<_> = (0..8)
        .map(|i| {
            let asked = NewQuestion {
                receipt: contested.clone(),
                ..question(&format!("rival {i}"), NOON)
            };
            let store = store.clone();
            tokio::spawn(async move { store.record(&asked).await })
        })
        .collect();
    let mut won = 0;
    for attempt in attempts {
        match attempt.await.unwrap() {
            Ok(()) => won += 1,
            Err(error) => assert!(matches!(error, StoreError::Duplicate), "{error}"),
        }
    }
    assert_eq!(won, 1);
    let winner = store
        .question(&contested)
        .await
        .unwrap()
        .unwrap()
        .conversation;
    assert_eq!(store.erase(&winner).await.unwrap(), 1);
    assert_eq!(store.erase("owner").await.unwrap(), 1);
}

async fn staff_work_through_the_questions(store: &Store) {
    let asked = question("staff", NOON);
    store.record(&asked).await.unwrap();
    let receipt = &asked.receipt;
    let office = entry("offices/idrott");

    assert!(
        store
            .set_state(receipt, State::Assigned, Some(&office), NOON + 1)
            .await
            .unwrap()
    );
    let read = store.question(receipt).await.unwrap().unwrap();
    assert_eq!(
        (read.state, read.office, read.changed_at),
        (State::Assigned, Some(office.clone()), NOON + 1)
    );

    assert!(
        store
            .answer(receipt, "Nej, men sök på våren 🌱", "handläggare", NOON + 2)
            .await
            .unwrap()
    );
    assert!(
        store
            .answer(receipt, "Ja, sök före 1 mars", "redaktör", NOON + 3)
            .await
            .unwrap()
    );
    let read = store.question(receipt).await.unwrap().unwrap();
    assert_eq!(read.state, State::Answered);
    assert_eq!(read.answer.as_deref(), Some("Ja, sök före 1 mars"));
    assert_eq!(read.answered_by.as_deref(), Some("redaktör"));
    assert_eq!(
        (read.answered_at, read.changed_at, read.asked_at),
        (Some(NOON + 3), NOON + 3, NOON)
    );
    assert_eq!(read.office, Some(office.clone()));

    for state in State::ALL {
        assert!(
            store
                .set_state(receipt, state, None, NOON + 4)
                .await
                .unwrap()
        );
        let read = store.question(receipt).await.unwrap().unwrap();
        assert_eq!((read.state, read.office.as_ref()), (state, Some(&office)));
        assert!(read.answer.is_some(), "a state takes no answer away");
        let counts = store.count_by_state().await.unwrap();
        assert_eq!(counts, State::ALL.map(|s| (s, i64::from(s == state))));
    }

    let nobody = Receipt::new();
    assert!(
        !store
            .answer(&nobody, "Ja.", "redaktör", NOON)
            .await
            .unwrap()
    );
    assert!(
        !store
            .set_state(&nobody, State::Dismissed, None, NOON)
            .await
            .unwrap()
    );
    assert_eq!(store.erase("staff").await.unwrap(), 1);
}

async fn questions_are_filtered(store: &Store) {
    let office = entry("offices/idrott");
    let plain = question("filter", NOON);
    let office_s = NewQuestion {
        office: Some(office.clone()),
        ..question("filter", NOON + 1)
    };
    let english = NewQuestion {
        language: "en".to_owned(),
        ..question("filter", NOON + 2)
    };
    let dismissed = NewQuestion {
        office: Some(office.clone()),
        ..question("filter", NOON + 3)
    };
    for asked in [&plain, &office_s, &english, &dismissed] {
        store.record(asked).await.unwrap();
    }
    store
        .set_state(&dismissed.receipt, State::Dismissed, None, NOON + 9)
        .await
        .unwrap();

    let all = Filter::default();
    let cases = [
        (all.clone(), vec![&dismissed, &english, &office_s, &plain]),
        (
            Filter {
                state: Some(State::New),
                ..all.clone()
            },
            vec![&english, &office_s, &plain],
        ),
        (
            Filter {
                state: Some(State::Taught),
                ..all.clone()
            },
            vec![],
        ),
        (
            Filter {
                office: Some(office.clone()),
                ..all.clone()
            },
            vec![&dismissed, &office_s],
        ),
        (
            Filter {
                language: Some("en".to_owned()),
                ..all.clone()
            },
            vec![&english],
        ),
        (
            Filter {
                since: Some(NOON + 2),
                ..all.clone()
            },
            vec![&dismissed, &english],
        ),
        (
            Filter {
                limit: 2,
                ..all.clone()
            },
            vec![&dismissed, &english],
        ),
        (
            Filter {
                limit: 0,
                ..all.clone()
            },
            vec![],
        ),
        (
            Filter {
                before: Some((NOON + 1, office_s.receipt.to_string())),
                ..all.clone()
            },
            vec![&plain],
        ),
        (
            Filter {
                before: Some((NOON + 1, String::new())),
                ..all.clone()
            },
            vec![&plain],
        ),
        (
            Filter {
                state: Some(State::New),
                office: Some(office),
                language: Some("sv".to_owned()),
                since: Some(NOON),
                limit: 9,
                before: Some((NOON + 2, english.receipt.to_string())),
            },
            vec![&office_s],
        ),
    ];
    for (filter, expected) in cases {
        let listed: Vec<Receipt> = store
            .questions(&filter)
            .await
            .unwrap()
            .into_iter()
            .map(|q| q.receipt)
            .collect();
        let expected: Vec<Receipt> = expected.into_iter().map(|q| q.receipt.clone()).collect();
        assert_eq!(listed, expected, "{filter:?}");
    }
    assert_eq!(store.erase("filter").await.unwrap(), 4);
}

async fn many_record_at_once_and_the_list_is_paged(store: &Store) {
    let tasks: Vec<_> = (0..8)
        .map(|_| tokio::spawn(record_some(store.clone(), 25, "crowd", NOON)))
        .collect();
    let mut recorded = BTreeSet::new();
    for task in tasks {
        recorded.extend(task.await.unwrap());
    }
    assert_eq!(recorded.len(), 200);

    let mut listed: Vec<(i64, String)> = Vec::new();
    loop {
        let filter = Filter {
            limit: 30,
            before: listed.last().cloned(),
            ..Filter::default()
        };
        let page = store.questions(&filter).await.unwrap();
        if page.is_empty() {
            break;
        }
        listed.extend(page.iter().map(Question::place));
    }
    assert!(
        listed.windows(2).all(|pair| pair[0] > pair[1]),
        "newest first, and nothing twice"
    );
    let listed: BTreeSet<String> = listed.into_iter().map(|(_, receipt)| receipt).collect();
    assert_eq!(listed, recorded);
    assert_eq!(store.questions(&Filter::default()).await.unwrap().len(), 50);
    assert_eq!(store.erase("crowd").await.unwrap(), 200);
}

async fn a_conversation_is_saved_and_loaded(store: &Store) {
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

async fn a_conversation_is_erased_with_its_questions(store: &Store) {
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

async fn what_is_old_is_purged_and_the_record_says_so(store: &Store) {
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

async fn two_replicas_purge_at_once(store: &Store) {
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

/// Records some questions of one conversation, several in the same millisecond; returns their receipts.
async fn record_some(store: Store, count: i64, conversation: &str, from: i64) -> Vec<String> {
    let mut receipts = Vec::new();
    for i in 0..count {
        let asked = question(conversation, from + i / 3);
        store.record(&asked).await.unwrap();
        receipts.push(asked.receipt.to_string());
    }
    receipts
}

fn question(conversation: &str, asked_at: i64) -> NewQuestion {
    NewQuestion {
        receipt: Receipt::new(),
        conversation: conversation.to_owned(),
        wording: "Var kan vi låna en lokal?".to_owned(),
        language: "sv".to_owned(),
        channel: "web".to_owned(),
        reason: Reason::Unknown,
        office: None,
        nearest: Vec::new(),
        asked_at,
    }
}

fn entry(id: &str) -> EntryId {
    EntryId::parse(id).unwrap()
}
