//! The links of a base, asked of a site on loopback.

use std::time::Duration;

use lots::desk::LinkStanding;
use lots::outside::{Finding, LinkChecker, Policy};

use super::{Town, bike, id, serve};
use crate::stage::{ask, sqlite};

#[tokio::test]
async fn links_are_looked_at_and_change_no_answer() {
    let site = serve().await;
    let links = format!("{site}/fine {site}/gone#del {site}/old {site}/members {site}/fine");
    let town = Town::with(&[("guides/laga.md", bike("2027-05-02", &links))]).await;
    let before = ask(&town.desk, "a", "hur lagar man trasiga cyklar").await;
    let seen = town.looks().await;
    let of = |path: &str| {
        let address = format!("{site}{path}");
        seen.iter()
            .find(|l| l.address == address)
            .unwrap_or_else(|| panic!("{path}: {seen:?}"))
    };
    assert_eq!(of("/fine").finding, Some(Finding::Found));
    assert_eq!(of("/fine").entries, [id("guides/laga")]);
    assert_eq!(of("/gone").finding, Some(Finding::Missing));
    assert_eq!(of("/old").moved, Some(format!("{site}/fine")));
    assert_eq!(of("/members").finding, Some(Finding::Denied));
    assert!(seen.iter().all(|l| !l.is_dead()), "once is not enough");
    assert!(
        town.looks().await.iter().all(|l| !l.is_dead()),
        "twice in a moment is once"
    );
    town.run("update link set failed_at = failed_at - 86400000 where failed_at > 0 and address like 'http://127.%'").await;
    let dead: Vec<String> = town
        .looks()
        .await
        .into_iter()
        .filter(LinkStanding::is_dead)
        .map(|l| l.address)
        .collect();
    assert!(dead.contains(&format!("{site}/gone")), "{dead:?}");
    assert!(!dead.contains(&format!("{site}/members")), "{dead:?}");
    let after = ask(&town.desk, "b", "hur lagar man trasiga cyklar").await;
    assert_eq!(before.answer.plain_text(), after.answer.plain_text());
    town.desk.close().await;
}

#[tokio::test]
async fn the_links_of_a_new_base_are_looked_at_within_a_day() {
    let site = serve().await;
    let links = format!("{site}/fine");
    let town = Town::with(&[("guides/laga.md", bike("2027-05-02", &links))]).await;
    let policy = Policy::widened_by(&["127.0.0.1"]).unwrap();
    let checker = LinkChecker::new(policy, None, Duration::ZERO).unwrap();
    // Once round, as the program does beside everything else.
    let once = async || {
        let round = town.desk.tend_links(&checker, 7);
        // Long enough for one round on a busy machine.
        let waited = tokio::time::timeout(Duration::from_secs(6), round).await;
        assert!(waited.is_err(), "it goes on until it is cancelled");
    };
    once().await;
    let known = async || {
        let store = lots::store::Store::open(&sqlite(town.folder.path()))
            .await
            .unwrap();
        let links = store.links().await.unwrap();
        store.close().await;
        links
            .into_iter()
            .find(|l| l.address.ends_with("/fine"))
            .unwrap()
    };
    let first = known().await;
    assert_eq!(
        (first.finding.as_str(), first.checked_at),
        ("", 0),
        "its hour has not come"
    );
    town.run("update link set due_at = 0 where address like '%/fine'")
        .await;
    once().await;
    let then = known().await;
    assert_eq!((then.finding.as_str(), then.status), ("found", 200));
    assert_eq!(then.due_at - then.checked_at, 7 * 24 * 3_600_000);
    town.desk.close().await;
}
