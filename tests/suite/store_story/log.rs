//! The part of the story about questions: recorded, read, worked on, listed.

use std::collections::BTreeSet;

use lots::store::{
    Complaint, Filter, NewQuestion, Question, Reason, Receipt, State, Store, StoreError,
};

use super::{NOON, entry, erase, question, record_some};

pub(super) async fn a_question_is_recorded_and_read_back(store: &Store) {
    let asked = NewQuestion {
        wording: "Får vår förening bidrag till båten på Färingsö? 🛶👩🏽‍🦽 «ÅÄÖ» 'citat' \"och\" % _ \\ \r\n\tslut".to_owned(),
        channel: "discord".to_owned(),
        reason: Reason::Routed,
        office: Some(entry("offices/kultur-och-fritidsforvaltningen")),
        nearest: vec![(entry("grants/aktivitetsstod"), 0.412_345_67), (entry("guides/starta-forening"), 0.1)],
        complaint: Some(Complaint::OutOfDate),
        remark: "Det gällde \"förra\" året 🗓 '; --".to_owned(),
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
        complaint: asked.complaint,
        remark: asked.remark.clone(),
        state: State::New,
        answer: None,
        answered_at: None,
        answered_by: None,
        changed_at: NOON,
        cluster: None,
        entry: None,
    };
    assert_eq!(read, expected);
    assert_eq!(store.question(&Receipt::new()).await.unwrap(), None);

    // PostgreSQL cannot hold U+0000, and a question must not be lost for it.
    let odd = NewQuestion {
        wording: "a\0b".to_owned(),
        remark: "c\0d".to_owned(),
        ..question("first", NOON)
    };
    store.record(&odd).await.unwrap();
    let read = store.question(&odd.receipt).await.unwrap().unwrap();
    assert_eq!(
        (read.wording.as_str(), read.remark.as_str()),
        ("a\u{fffd}b", "c\u{fffd}d")
    );
    for complaint in Complaint::ALL {
        let asked = NewQuestion {
            complaint: Some(complaint),
            ..question("first", NOON)
        };
        store.record(&asked).await.unwrap();
        let read = store.question(&asked.receipt).await.unwrap().unwrap();
        assert_eq!(
            (read.complaint, read.remark),
            (Some(complaint), String::new())
        );
    }
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
    assert_eq!(erase(store, "first").await, 9);
}

pub(super) async fn a_receipt_belongs_to_one_conversation(store: &Store) {
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
    assert_eq!(erase(store, &winner).await, 1);
    assert_eq!(erase(store, "owner").await, 1);
}

pub(super) async fn staff_work_through_the_questions(store: &Store) {
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
    assert_eq!(erase(store, "staff").await, 1);
}

pub(super) async fn questions_are_filtered(store: &Store) {
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
                until: Some(NOON + 3),
                channel: Some("web".to_owned()),
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
    assert_eq!(erase(store, "filter").await, 4);
}

pub(super) async fn many_record_at_once_and_the_list_is_paged(store: &Store) {
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
    assert_eq!(erase(store, "crowd").await, 200);
}
