//! The part of the story about the links of the base, and about entries that were gone through.

use lots::store::{
    Complaint, KeptChange, Link, NewAudit, NewQuestion, OVERLAY, OpenComplaint, Reason, Stage,
    State, Store,
};

use super::{DAY, NOON, entry, erase, question};

pub(super) async fn links_are_kept_while_the_base_leads_there(store: &Store) {
    let wanted = |all: &[(&str, i64)]| -> Vec<(String, i64)> {
        all.iter().map(|(a, at)| ((*a).to_owned(), *at)).collect()
    };
    let first = wanted(&[
        ("https://b.se/å", NOON + 5),
        ("https://a.se", NOON),
        ("https://c\0.se", NOON),
    ]);
    store.keep_links(&first).await.unwrap();
    let (one, other) = tokio::join!(store.keep_links(&first), store.keep_links(&first));
    assert!(one.is_ok() && other.is_ok());
    let fresh = |address: &str, due_at| Link {
        address: address.to_owned(),
        due_at,
        ..Link::default()
    };
    let expected = [
        fresh("https://a.se", NOON),
        fresh("https://b.se/å", NOON + 5),
        fresh("https://c\u{fffd}.se", NOON),
    ];
    assert_eq!(store.links().await.unwrap(), expected);
    assert_eq!(store.due_links(NOON, 10).await.unwrap().len(), 2);
    assert_eq!(store.due_links(NOON + 5, 1).await.unwrap(), expected[..1]);

    let failed = Link {
        finding: "missing".to_owned(),
        status: 404,
        moved: "https://x.se/\0".to_owned(),
        failed_at: NOON,
        checked_at: NOON + DAY,
        due_at: NOON + 2 * DAY,
        ..expected[0].clone()
    };
    store.note_link(&failed).await.unwrap();
    store
        .note_link(&fresh("https://nowhere.se", 1))
        .await
        .unwrap();
    // What is known stays, whatever is said of when it is to be looked at first; what the base has left is forgotten.
    store
        .keep_links(&wanted(&[("https://a.se", 7), ("https://d.se", 8)]))
        .await
        .unwrap();
    let kept = Link {
        moved: "https://x.se/\u{fffd}".to_owned(),
        ..failed
    };
    assert_eq!(
        store.links().await.unwrap(),
        [kept, fresh("https://d.se", 8)]
    );
    store.keep_links(&[]).await.unwrap();
    assert_eq!(store.links().await.unwrap(), []);
}

pub(super) async fn an_entry_is_found_to_hold(store: &Store) {
    let complain = async |about: &str, complaint, at| {
        let unhelpful = NewQuestion {
            reason: Reason::Unhelpful,
            nearest: vec![(entry(about), 1.0)],
            complaint,
            ..question("holds", at)
        };
        store.record(&unhelpful).await.unwrap();
        unhelpful.receipt
    };
    let late = complain("guides/holds", Some(Complaint::OutOfDate), NOON + DAY).await;
    complain("guides/holds", None, NOON).await;
    let dealt_with = complain("guides/other", Some(Complaint::Incomplete), NOON + 1).await;
    store.record(&question("holds", NOON + 2)).await.unwrap();
    store
        .set_state(&dealt_with, State::Dismissed, None, NOON + 3)
        .await
        .unwrap();
    let of = async |limit| -> Vec<OpenComplaint> {
        let all = store.open_complaints(limit).await.unwrap();
        all.into_iter()
            .filter(|c| c.entry == entry("guides/holds"))
            .collect()
    };
    let open = |complaint, asked_at| OpenComplaint {
        entry: entry("guides/holds"),
        complaint,
        asked_at,
        cluster: String::new(),
    };
    let expected = [
        open(Some(Complaint::OutOfDate), NOON + DAY),
        open(None, NOON),
    ];
    assert_eq!(of(1_000).await, expected);
    store
        .set_state(&late, State::Answered, None, NOON + 4)
        .await
        .unwrap();
    assert_eq!(of(1_000).await, expected[1..]);

    let change = KeptChange {
        id: "holds-1".to_owned(),
        cluster: String::new(),
        act: "mend".to_owned(),
        about: "guides/holds".to_owned(),
        title: "Å\0".to_owned(),
        body: "[]".to_owned(),
        form: "{}".to_owned(),
        stage: Stage::Live,
        version: 1,
        made_by: "eva".to_owned(),
        made_at: NOON + DAY,
        changed_by: "eva".to_owned(),
        changed_at: NOON + DAY,
        published_by: "eva".to_owned(),
        published_at: NOON + DAY,
        reason: "kontrollerat".to_owned(),
        before: "null".to_owned(),
    };
    let audit = NewAudit {
        who: "eva".to_owned(),
        act: "entry-reviewed".to_owned(),
        about: "entry/guides/holds".to_owned(),
        at: NOON + DAY,
        ..NewAudit::default()
    };
    let laid = store.setting(OVERLAY).await.unwrap().version;
    assert!(
        !store
            .publish_at_once(&change, laid + 1, &audit)
            .await
            .unwrap()
    );
    assert_eq!(
        store.change("holds-1").await.unwrap(),
        None,
        "nothing of it was done"
    );
    let twice = KeptChange {
        id: "holds-2".to_owned(),
        ..change.clone()
    };
    let (one, other) = tokio::join!(
        store.publish_at_once(&change, laid, &audit),
        store.publish_at_once(&twice, laid, &audit)
    );
    assert!(one.unwrap() != other.unwrap(), "of two one is told");
    let mut kept = store.changes(Some(Stage::Live), None, 1).await.unwrap();
    let kept = kept.remove(0);
    let expected = KeptChange {
        id: kept.id.clone(),
        title: "Å\u{fffd}".to_owned(),
        ..change.clone()
    };
    assert_eq!(kept, expected);
    assert_eq!(store.setting(OVERLAY).await.unwrap().version, laid + 1);
    let mended = store.last_mended().await.unwrap();
    assert!(
        mended.contains(&(entry("guides/holds"), NOON + DAY)),
        "{mended:?}"
    );
    assert!(store.undo_change(&kept.id, None, &audit).await.unwrap());
    let mended = store.last_mended().await.unwrap();
    assert!(
        mended.iter().all(|(e, _)| *e != entry("guides/holds")),
        "{mended:?}"
    );
    erase(store, "holds").await;
}
