//! What a digest tells: read when it is sent, so that it is as things stand then.

use jiff::Timestamp;

use crate::desk::{Desk, now};
use crate::knowledge::EntryId;
use crate::store::{CallBackCount, FreshCluster, QueueStanding, StoreError};

/// How many questions a digest shows.
const SHOWN: u32 = 5;

/// How things stand, for an office or for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// From when it tells, in milliseconds UTC.
    pub(super) since: i64,
    /// Up to when.
    pub(super) until: i64,
    /// The questions that wait.
    pub(super) queue: QueueStanding,
    /// What was asked most in that time, by how many.
    pub(super) top: Vec<FreshCluster>,
    /// For how many whole days the oldest has waited.
    pub(super) oldest_days: u64,
    /// How many ideas wait.
    pub(super) ideas: u64,
    /// Those who want to be called.
    pub(super) calls: CallBackCount,
    /// How many entries should have been gone through again.
    pub(super) overdue_reviews: u64,
    /// How many links lead nowhere.
    pub(super) dead_links: u64,
}

impl Standing {
    /// Whether nothing waits for anyone to do anything about.
    pub(super) fn is_quiet(&self) -> bool {
        let Standing {
            since: _,
            until: _,
            queue,
            top: _,
            oldest_days: _,
            ideas,
            calls,
            overdue_reviews,
            dead_links,
        } = self;
        queue.fresh == 0
            && queue.open == 0
            && *ideas == 0
            && calls.waiting == 0
            && *overdue_reviews == 0
            && *dead_links == 0
    }
}

impl Desk {
    /// How things stand, and what came in a time, both in milliseconds UTC. Fails when the database is away.
    pub(super) async fn standing(
        &self,
        office: Option<&EntryId>,
        since: i64,
        until: i64,
    ) -> Result<Standing, StoreError> {
        let store = self.open_store()?;
        self.tidy_clusters().await?;
        self.sort_questions().await?;
        let queue = store.queue_standing(office, since, until).await?;
        let ideas = store.waiting_ideas().await?;
        let ideas = ideas
            .iter()
            .filter(|(receiver, _)| self.is_of(receiver, office));
        let texts = self.freshness_count(office).await?;
        let count = |texts: usize| u64::try_from(texts).unwrap_or(u64::MAX);
        Ok(Standing {
            since,
            until,
            queue,
            top: store.fresh_clusters(office, since, until, SHOWN).await?,
            oldest_days: queue.oldest_at.map_or(0, whole_days_since),
            ideas: ideas.map(|(_, count)| count).sum(),
            calls: store.count_call_backs(office, now()).await?,
            overdue_reviews: count(texts.overdue),
            dead_links: count(texts.dead_links),
        })
    }

    /// Whether an entry is an office's: the office itself, or one that it owns.
    fn is_of(&self, entry: &EntryId, office: Option<&EntryId>) -> bool {
        let Some(office) = office else { return true };
        let answerer = self.library.current();
        let owner = answerer
            .knowledge()
            .entry(entry)
            .and_then(|e| e.office.as_ref());
        entry == office || owner == Some(office)
    }
}

/// How many whole days have gone since a time in milliseconds, UTC.
fn whole_days_since(time: i64) -> u64 {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let gone = Timestamp::now().as_millisecond() - time;
    u64::try_from(gone / DAY).unwrap_or_default()
}
