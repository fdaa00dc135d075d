//! The queue, in its orders and as it is filtered.

use lots::store::{Cluster, ClusterFilter, NewQuestion, Order, Reason, State, Store};

use super::{ask, clear, found, join, list, settle};
use crate::store_story::{NOON, entry, question};

pub(in crate::store_story) async fn the_queue_is_listed(store: &Store) {
    let make = async |name: &str, count: i64, at: i64| {
        for i in 0..count {
            let receipt = ask(store, "queue", &format!("{name} {i}"), at + i).await;
            match i {
                0 => _ = found(store, &receipt, name, &[name]).await,
                _ => assert!(join(store, &receipt, name).await),
            }
        }
    };
    make("a-few 100%", 2, NOON).await;
    make("b-most snake_case", 4, NOON + 100).await;
    make("c-one hey!", 1, NOON + 50).await;
    make("d-one plain", 1, NOON - 900).await;
    let english = NewQuestion {
        language: "en".to_owned(),
        channel: "discord".to_owned(),
        reason: Reason::Unhelpful,
        office: Some(entry("offices/bygg")),
        ..question("queue", NOON + 60)
    };
    store.record(&english).await.unwrap();
    _ = found(store, &english.receipt, "e-english", &[]).await;
    let names = async |filter: ClusterFilter| {
        let all = list(store, &filter).await;
        let first = |c: Cluster| c.id.chars().next().unwrap();
        all.into_iter().map(first).collect::<String>()
    };
    let all = ClusterFilter::default();
    let by = |order| ClusterFilter {
        order,
        ..ClusterFilter::default()
    };
    assert_eq!(names(all.clone()).await, "baedc");
    assert_eq!(names(by(Order::Latest)).await, "becad");
    assert_eq!(names(by(Order::Oldest)).await, "daceb");
    for order in [Order::Most, Order::Latest, Order::Oldest] {
        let whole = names(by(order)).await;
        let (mut paged, mut after) = (String::new(), None);
        loop {
            let page = ClusterFilter {
                after: after.take(),
                limit: 2,
                ..by(order)
            };
            let page = store.clusters(&page).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.place(order));
            paged.extend(page.iter().map(|c| c.id.chars().next().unwrap()));
        }
        assert_eq!(paged, whole, "{order:?}");
    }
    let seek = |letters: &str| ClusterFilter {
        seek: letters.to_owned(),
        ..ClusterFilter::default()
    };
    for (letters, expected) in [
        ("0%", "a"),
        ("e_c", "b"),
        ("y!", "c"),
        ("%", "a"),
        ("_", "b"),
        ("!", "c"),
        ("plain", "d"),
        ("\\", ""),
        ("'", ""),
        ("\0", ""),
    ] {
        assert_eq!(names(seek(letters)).await, expected, "{letters:?}");
    }
    for (filter, expected) in [
        (
            ClusterFilter {
                language: Some("en".to_owned()),
                ..all.clone()
            },
            "e",
        ),
        (
            ClusterFilter {
                channel: Some("discord".to_owned()),
                ..all.clone()
            },
            "e",
        ),
        (
            ClusterFilter {
                channel: Some("disc".to_owned()),
                ..all.clone()
            },
            "",
        ),
        (
            ClusterFilter {
                only_unhelpful: true,
                ..all.clone()
            },
            "e",
        ),
        (
            ClusterFilter {
                office: Some(entry("offices/bygg")),
                ..all.clone()
            },
            "e",
        ),
        (
            ClusterFilter {
                state: Some(State::Assigned),
                ..all.clone()
            },
            "",
        ),
        (
            ClusterFilter {
                is_done: true,
                ..all.clone()
            },
            "",
        ),
    ] {
        assert_eq!(names(filter.clone()).await, expected, "{filter:?}");
    }
    assert_eq!(store.waiting().await.unwrap(), (5, 9));
    let one = "c-one hey!";
    assert!(settle(store, one, State::Dismissed, None).await);
    assert_eq!(store.waiting().await.unwrap(), (4, 8));
    let done = ClusterFilter {
        is_done: true,
        ..all.clone()
    };
    assert_eq!(names(done).await, "c");
    clear(store, &["queue"]).await;
}
