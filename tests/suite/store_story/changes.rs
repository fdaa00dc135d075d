//! The part of the story about what staff change about the base.

use lots::store::{
    Act, AuditFilter, KeptChange, NewAudit, OVERLAY, Publication, Regression, Stage, State, Store,
};

use super::clusters::{act, ask, clear, found, here, one};
use super::{DAY, NOON, entry};

pub(super) async fn a_draft_is_saved_until_it_is_published(store: &Store) {
    let change = draft("c-1", "");
    store
        .begin_change(&change, &audit("draft-begun", "c-1"))
        .await
        .unwrap();
    let kept = store.change("c-1").await.unwrap().unwrap();
    assert_eq!(kept, change);
    assert_eq!(store.change("c-\0").await.unwrap(), None);
    let mine = KeptChange {
        form: "{\"typed\":\"å 🗓 '; --\"}".to_owned(),
        changed_by: "bo".to_owned(),
        changed_at: NOON + 5,
        ..change.clone()
    };
    let (one, other) = tokio::join!(store.save_change(&mine), store.save_change(&mine));
    assert!(one.unwrap() != other.unwrap(), "of two one is told");
    let kept = store.change("c-1").await.unwrap().unwrap();
    assert_eq!(
        (kept.form, kept.version, kept.made_by.as_str()),
        (mine.form.clone(), 1, "eva")
    );
    for id in ["c-2", "c-3"] {
        store
            .begin_change(&draft(id, "some"), &audit("draft-begun", id))
            .await
            .unwrap();
    }
    let names = async |stage, after| {
        let all = store.changes(stage, after, 2).await.unwrap();
        all.into_iter().map(|c| c.id).collect::<Vec<_>>()
    };
    assert_eq!(names(None, None).await, ["c-1", "c-3"]);
    assert_eq!(
        names(None, Some((NOON, "c-3".to_owned()))).await,
        ["c-2"],
        "and on the next page"
    );
    assert_eq!(names(Some(Stage::Live), None).await, [""; 0]);
    assert_eq!(store.changes_of("some").await.unwrap().len(), 2);
    for id in ["c-1", "c-2", "c-3"] {
        let discard = (Stage::Draft, Stage::Discarded);
        assert!(
            store
                .move_change(id, discard, &audit("discarded", id))
                .await
                .unwrap()
        );
        assert!(
            !store
                .move_change(id, discard, &audit("discarded", id))
                .await
                .unwrap()
        );
    }
    assert_eq!(names(None, None).await, [""; 0]);
    assert!(!store.save_change(&mine).await.unwrap(), "it is no draft");
}

pub(super) async fn publishing_is_done_whole_or_not_at_all(store: &Store) {
    let first = ask(store, "publish", "Vem sköter vågen?", NOON).await;
    let alone = ask(store, "publish", "vågen, vem", NOON + 1).await;
    let cluster = found(store, &first, "p-1", &[]).await;
    super::clusters::put(store, &alone, &cluster).await;
    store
        .answer(&alone, "Hamnkaptenen.", "staff", NOON + 2)
        .await
        .unwrap();
    super::clusters::tidy(store).await;
    store
        .begin_change(&draft("p-c", &cluster), &audit("draft-begun", "p-c"))
        .await
        .unwrap();
    let seen = here(store, &cluster).await;
    let settles = Act {
        entry: Some(entry("guides/vag")),
        at: NOON + 60,
        ..act(&seen, State::Answered)
    };
    let regressions = [regression("r-1", "p-c"), regression("r-2", "p-c")];
    let laid = store.setting(OVERLAY).await.unwrap().version;
    let publication = Publication {
        change: "p-c",
        version: 0,
        reason: "för att",
        before: "{\"state\":\"new\",\"office\":null}",
        laid,
        act: Some(&settles),
        regressions: &regressions,
    };
    let lines = count_lines(store).await;
    // Nothing of it is done when one part of it cannot be.
    let stale_act = Act {
        version: 99,
        ..settles.clone()
    };
    for wrong in [
        Publication {
            version: 7,
            ..publication.clone()
        },
        Publication {
            laid: laid + 1,
            ..publication.clone()
        },
        Publication {
            act: Some(&stale_act),
            ..publication.clone()
        },
        Publication {
            change: "nothing",
            ..publication.clone()
        },
    ] {
        assert!(
            !store
                .publish_change(&wrong, &audit("published", "p-c"))
                .await
                .unwrap()
        );
    }
    assert_eq!(store.setting(OVERLAY).await.unwrap().version, laid);
    assert_eq!(store.regressions(10).await.unwrap(), []);
    assert_eq!(store.live_changes().await.unwrap(), []);
    assert_eq!(count_lines(store).await, lines);
    assert_eq!(here(store, &cluster).await, seen);

    // Of two who publish at once one does.
    let at = audit("published", "p-c");
    let (one_of, other) = tokio::join!(
        store.publish_change(&publication, &at),
        store.publish_change(&publication, &at)
    );
    assert!(one_of.unwrap() != other.unwrap());
    assert_eq!(store.setting(OVERLAY).await.unwrap().version, laid + 1);
    assert_eq!(count_lines(store).await, lines + 1);
    let kept = store.change("p-c").await.unwrap().unwrap();
    assert_eq!(
        (kept.stage, kept.reason.as_str(), kept.published_by.as_str()),
        (Stage::Live, "för att", "eva")
    );
    assert_eq!(
        store.live_changes().await.unwrap(),
        [("p-c".to_owned(), "[]".to_owned())]
    );
    assert_eq!(store.regressions(10).await.unwrap(), regressions);
    assert_eq!(here(store, &cluster).await.state, State::Answered);
    let told = one(store, &first).await;
    assert_eq!(
        (told.state, told.entry),
        (State::Answered, Some(entry("guides/vag")))
    );

    // The order in which they were published is that in which they are laid.
    for (id, laid) in [("p-b", laid + 1), ("p-a", laid + 2)] {
        store
            .begin_change(&draft(id, ""), &audit("draft-begun", id))
            .await
            .unwrap();
        let next = Publication {
            change: id,
            laid,
            act: None,
            regressions: &[],
            ..publication.clone()
        };
        assert!(
            store
                .publish_change(&next, &audit("published", id))
                .await
                .unwrap()
        );
    }
    let order: Vec<String> = store
        .live_changes()
        .await
        .unwrap()
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    assert_eq!(order, ["p-c", "p-b", "p-a"]);

    // What was answered by itself is not opened again by an undoing.
    let reopens = Act {
        version: here(store, &cluster).await.version,
        state: State::New,
        entry: None,
        ..settles
    };
    assert!(
        store
            .retire_regression("r-2", &audit("retired", "r-2"))
            .await
            .unwrap()
    );
    assert!(
        store
            .undo_change("p-c", Some(&reopens), &audit("undone", "p-c"))
            .await
            .unwrap()
    );
    assert!(
        !store
            .undo_change("p-c", Some(&reopens), &audit("undone", "p-c"))
            .await
            .unwrap()
    );
    assert_eq!(store.regressions(10).await.unwrap(), []);
    assert_eq!(here(store, &cluster).await.state, State::New);
    assert_eq!(one(store, &first).await.state, State::New);
    let alone = one(store, &alone).await;
    assert_eq!(alone.answer.as_deref(), Some("Hamnkaptenen."));
    assert_eq!(store.setting(OVERLAY).await.unwrap().version, laid + 4);
    for id in ["p-a", "p-b"] {
        let retire = (Stage::Live, Stage::Retired);
        assert!(
            store
                .move_change(id, retire, &audit("retired", id))
                .await
                .unwrap()
        );
    }
    assert_eq!(store.live_changes().await.unwrap(), []);
    let asked = store.wordings_since(NOON, 50).await.unwrap();
    assert!(asked.contains(&("vågen, vem".to_owned(), 1)), "{asked:?}");
    assert_eq!(
        store.wordings_since(NOON + 900 * DAY, 50).await.unwrap(),
        []
    );
    clear(store, &["publish"]).await;
}

fn draft(id: &str, cluster: &str) -> KeptChange {
    KeptChange {
        id: id.to_owned(),
        cluster: cluster.to_owned(),
        act: "answer".to_owned(),
        about: "guides/vag".to_owned(),
        title: "Vågen".to_owned(),
        body: "[]".to_owned(),
        form: "{}".to_owned(),
        stage: Stage::Draft,
        version: 0,
        made_by: "eva".to_owned(),
        made_at: NOON,
        changed_by: "eva".to_owned(),
        changed_at: NOON,
        published_by: String::new(),
        published_at: 0,
        reason: String::new(),
        before: "{}".to_owned(),
    }
}

fn regression(id: &str, change: &str) -> Regression {
    Regression {
        id: id.to_owned(),
        wording: format!("Fråga {id}?"),
        language: "sv".to_owned(),
        expected: "guides/vag".to_owned(),
        change: change.to_owned(),
        made_at: NOON,
    }
}

fn audit(what: &str, id: &str) -> NewAudit {
    NewAudit {
        who: "eva".to_owned(),
        act: format!("change-{what}"),
        about: format!("change/{id}"),
        at: NOON + 60,
        ..NewAudit::default()
    }
}

/// How many lines the trail has.
async fn count_lines(store: &Store) -> i64 {
    let last = AuditFilter {
        limit: 1,
        ..AuditFilter::default()
    };
    let lines = store.audit_lines(&last).await.unwrap();
    lines.first().map_or(0, |l| l.seq)
}
