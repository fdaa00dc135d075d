//! The links of the base: whether they still lead somewhere. What is found changes no answer; staff see it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc};
use tokio::time::sleep;

use super::{Desk, now};
use crate::knowledge::EntryId;
use crate::language::hash;
use crate::outside::{Finding, LinkChecker, Looked};
use crate::store::{Link, Store, StoreError};

/// How often it is seen whether the time of a link has come.
const LOOK: Duration = Duration::from_secs(5 * 60);
/// How many are looked at each time: their times lie spread over the day, and there are seldom more.
const AT_A_TIME: u32 = 20;
/// The lease of the replica that looks, and how long it is held: longer than it takes, however slow the sites are.
const LEASE: &str = "links";
const HELD_FOR: i64 = 60 * 60 * 1_000;
/// So many sites are asked at once when every link is looked at.
const SITES_AT_ONCE: usize = 8;
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// A link of the base, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkStanding {
    /// Where it leads.
    pub address: String,
    /// The entries that it stands in; none when it stands beside them.
    pub entries: Vec<EntryId>,
    /// What was found behind it; `None` while nobody has looked.
    pub finding: Option<Finding>,
    /// The status that the site answered with, such as 404.
    pub status: Option<u16>,
    /// Where the page has moved to for good, when it has.
    pub moved: Option<String>,
    /// Since when nothing is found, in milliseconds UTC.
    pub failed_at: Option<i64>,
    /// When it was looked at last, in milliseconds UTC.
    pub checked_at: Option<i64>,
}

impl LinkStanding {
    fn of(link: &Link, entries: &[EntryId]) -> LinkStanding {
        let at = |milliseconds: i64| Some(milliseconds).filter(|at| *at > 0);
        LinkStanding {
            address: link.address.clone(),
            entries: entries.to_vec(),
            finding: Finding::from_code(&link.finding),
            status: u16::try_from(link.status).ok().filter(|s| *s > 0),
            moved: Some(link.moved.clone()).filter(|m| !m.is_empty()),
            failed_at: at(link.failed_at),
            checked_at: at(link.checked_at),
        }
    }

    /// Whether nothing was found twice, a day apart: a site may be away for a while.
    pub fn is_dead(&self) -> bool {
        match (self.failed_at, self.checked_at) {
            (Some(failed), Some(checked)) => checked - failed >= DAY,
            (_, _) => false,
        }
    }
}

impl Desk {
    /// Looks at each link of the base once in so many days, until it is cancelled; one replica at a time does.
    pub async fn tend_links(&self, checker: &LinkChecker, days: u16) {
        loop {
            if let Err(error) = self.look_at_due_links(checker, days).await {
                tracing::debug!(%error, "the links could not be looked at; it is tried again");
            }
            sleep(LOOK).await;
        }
    }

    /// Looks at the links whose time has come, unless another replica does. Fails when the database is away.
    async fn look_at_due_links(&self, checker: &LinkChecker, days: u16) -> Result<(), StoreError> {
        let store = self.open_store()?;
        let begun = now();
        if !store.claim_lease(LEASE, begun, begun + HELD_FOR).await? {
            return Ok(());
        }
        let looked = async {
            self.keep_links(&store).await?;
            for link in store.due_links(begun, AT_A_TIME).await? {
                let looked = checker.look(&link.address).await;
                store.note_link(&noted(&link, &looked, now(), days)).await?;
                metrics::counter!("lots_links_checked_total", "finding" => looked.finding.code())
                    .increment(1);
            }
            Ok::<(), StoreError>(())
        };
        let outcome = looked.await;
        store.release_lease(LEASE).await?;
        outcome
    }

    /// Looks at every link of the base now, several sites at once, and tells what is found of each as soon as it is known.
    /// Fails when the database is away.
    pub async fn look_at_all_links(
        &self,
        checker: &Arc<LinkChecker>,
        mut tell: impl FnMut(&LinkStanding),
    ) -> Result<(), StoreError> {
        let store = self.open_store()?;
        self.keep_links(&store).await?;
        let of = self.library.current().knowledge().addresses();
        let mut sites: BTreeMap<String, Vec<Link>> = BTreeMap::new();
        for link in store.links().await? {
            let site = link.address.split('/').nth(2).unwrap_or_default();
            sites.entry(site.to_owned()).or_default().push(link);
        }
        let turns = Arc::new(Semaphore::new(SITES_AT_ONCE));
        let (found, mut heard) = mpsc::channel(SITES_AT_ONCE);
        for links in sites.into_values() {
            let (turns, checker, found) = (Arc::clone(&turns), Arc::clone(checker), found.clone());
            tokio::spawn(async move {
                // The turns are never closed, so that there is one in the end.
                let _turn = turns.acquire().await;
                for link in links {
                    let looked = checker.look(&link.address).await;
                    if found.send((link, looked)).await.is_err() {
                        // Nobody waits for it any longer.
                        return;
                    }
                }
            });
        }
        drop(found);
        while let Some((link, looked)) = heard.recv().await {
            let due_at = link.due_at;
            let mut link = noted(&link, &looked, now(), 1);
            // It is looked at when it would have been, beside the others, unless it is in doubt or wants to be let be.
            if link.failed_at == 0 && looked.finding != Finding::Busy {
                link.due_at = due_at;
            }
            store.note_link(&link).await?;
            let entries = of.get(&link.address).map_or(&[][..], Vec::as_slice);
            let mut standing = LinkStanding::of(&link, entries);
            standing.finding = Some(looked.finding);
            tell(&standing);
        }
        Ok(())
    }

    /// What is known of each link of the base in use. Fails when the database is away.
    pub(super) async fn link_standings(&self) -> Result<Vec<LinkStanding>, StoreError> {
        let known = self.open_store()?.links().await?;
        let known: HashMap<&str, &Link> = known.iter().map(|l| (l.address.as_str(), l)).collect();
        let of = self.library.current().knowledge().addresses();
        let standings = of.iter().filter_map(|(address, entries)| {
            Some(LinkStanding::of(known.get(address.as_str())?, entries))
        });
        Ok(standings.collect())
    }

    /// Keeps the links that the base has now; each new one is looked at some time within a day, at an hour of its own.
    async fn keep_links(&self, store: &Store) -> Result<(), StoreError> {
        let now = now();
        let of = self.library.current().knowledge().addresses();
        let spread = |address: &str| {
            let day = u64::try_from(DAY).unwrap_or(u64::MAX);
            i64::try_from(hash(address) % day).unwrap_or_default()
        };
        let wanted: Vec<(String, i64)> = of
            .into_keys()
            .map(|address| {
                let due_at = now + spread(&address);
                (address, due_at)
            })
            .collect();
        store.keep_links(&wanted).await
    }
}

/// What is known of a link after it was looked at, and when it is looked at next: in so many days, or a day after it first
/// failed.
fn noted(before: &Link, looked: &Looked, now: i64, days: u16) -> Link {
    let next = now + i64::from(days) * DAY;
    if looked.finding == Finding::Busy {
        let wait = looked
            .wait
            .map_or(DAY, |w| i64::try_from(w.as_millis()).unwrap_or(DAY));
        return Link {
            due_at: now + wait,
            ..before.clone()
        };
    }
    let failed_at = match (looked.finding.is_failure(), before.failed_at) {
        (false, _) => 0,
        (true, 0) => now,
        (true, since) => since,
    };
    let is_in_doubt = failed_at > 0 && now - failed_at < DAY;
    Link {
        address: before.address.clone(),
        finding: looked.finding.code().to_owned(),
        status: looked.status.map_or(0, i64::from),
        moved: looked.moved.clone().unwrap_or_default(),
        failed_at,
        checked_at: now,
        due_at: if is_in_doubt { failed_at + DAY } else { next },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh() -> Link {
        Link {
            address: "https://a.se".to_owned(),
            ..Link::default()
        }
    }

    fn is_dead(link: &Link) -> bool {
        LinkStanding::of(link, &[]).is_dead()
    }

    #[test]
    fn a_link_is_dead_when_it_has_failed_twice_a_day_apart() {
        let missing = Looked::from(Finding::Missing);
        let once = noted(&fresh(), &missing, DAY, 7);
        assert_eq!((once.failed_at, once.due_at), (DAY, 2 * DAY));
        assert!(!is_dead(&once));
        let soon = noted(&once, &missing, DAY + 10, 7);
        assert_eq!((soon.failed_at, soon.due_at), (DAY, 2 * DAY));
        assert!(!is_dead(&soon), "twice in a moment is once");
        let twice = noted(&soon, &Looked::from(Finding::Slow), 2 * DAY, 7);
        assert_eq!((twice.failed_at, twice.due_at), (DAY, 9 * DAY));
        assert!(is_dead(&twice));
        let back = noted(&twice, &Looked::from(Finding::Found), 9 * DAY, 7);
        assert_eq!((back.failed_at, back.due_at), (0, 16 * DAY));
        assert!(!is_dead(&back));
    }

    #[test]
    fn what_cannot_be_looked_at_is_not_dead() {
        let once = noted(&fresh(), &Looked::from(Finding::Missing), DAY, 1);
        for finding in [Finding::Denied, Finding::Robots, Finding::Barred] {
            let after = noted(&once, &Looked::from(finding), 3 * DAY, 1);
            assert!(!is_dead(&after) && after.failed_at == 0, "{finding:?}");
        }
        let busy = Looked {
            wait: Some(Duration::from_secs(60)),
            ..Finding::Busy.into()
        };
        let after = noted(&once, &busy, DAY + 5, 1);
        assert_eq!(after.due_at, DAY + 5 + 60_000);
        assert_eq!(
            (after.failed_at, after.checked_at),
            (DAY, DAY),
            "it says nothing of the link"
        );
    }
}
