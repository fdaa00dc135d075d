//! Questions that ask the same, taken together, and what staff have been told of them.

use crate::knowledge::EntryId;

use super::db::{on, plain};
use super::{Receipt, Store, StoreError};

/// Open questions that ask the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they have in common; the receipt of a question that stands for itself.
    pub grouping: String,
    /// How many they are.
    pub count: u64,
    /// When the latest was asked, in milliseconds UTC.
    pub latest: i64,
    /// One of them.
    pub receipt: Receipt,
    /// How that one was worded, masked.
    pub wording: String,
    /// The code of the language it was asked in.
    pub language: String,
    /// The office that has it, if one does.
    pub office: Option<EntryId>,
}

/// What a channel shows of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The message; `None` when it has not been written yet.
    pub message: Option<String>,
    /// How many questions it says there are.
    pub count: u64,
    /// Whether it says that they have been dealt with.
    pub closed: bool,
}

/// A group that a channel does not show as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnshownGroup {
    /// The group as it is.
    pub group: Group,
    /// What is shown of it; `None` when nobody has begun to.
    pub shown: Option<Shown>,
}

/// What is shown of a group without open questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffPost {
    /// The channel it is shown in.
    pub channel: String,
    /// The group.
    pub grouping: String,
    /// What is shown.
    pub shown: Shown,
    /// One of the questions that are left, answered or dismissed; `None` when every one has been deleted.
    pub left: Option<Receipt>,
}

/// What the questions since a time come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many have been asked since.
    pub asked: u64,
    /// How many have been answered since.
    pub answered: u64,
    /// How many wait for an answer, whenever they were asked.
    pub open: u64,
}

/// Open questions by group. `$1` is a channel, `$2` a time that the latest must have been asked since.
macro_rules! open_groups {
    ($which:literal) => {
        concat!(
            "select g.grouping, g.asked, g.latest, g.sample, q.wording, q.language, q.office, p.message, p.shown, p.state ",
            "from (select case when grouping = '' then receipt else grouping end as grouping, count(*) as asked, ",
            "max(asked_at) as latest, min(receipt) as sample from question where state in ('new', 'assigned') ",
            "group by 1 having max(asked_at) >= $2) g ",
            "join question q on q.receipt = g.sample ",
            "left join staff_post p on p.channel = $1 and p.grouping = g.grouping ",
            $which
        )
    };
}

impl Store {
    /// The largest groups of open questions, at most `limit`; among equals the one asked last comes first. Fails when
    /// the database does not answer.
    pub async fn largest_groups(&self, limit: u32) -> Result<Vec<Group>, StoreError> {
        const LARGEST: &str =
            open_groups!("order by g.asked desc, g.latest desc, g.grouping limit $3");
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(LARGEST).bind("").bind(i64::MIN).bind(i64::from(limit)).fetch_all(pool).await
        })?;
        let shown: Result<Vec<UnshownGroup>, _> = rows.into_iter().map(Row::read).collect();
        Ok(shown?.into_iter().map(|s| s.group).collect())
    }

    /// Groups of open questions, the last one asked at `since` or later, that a channel does not show or not with the
    /// right count, the oldest first; except those that someone is about to show. Times are in milliseconds, UTC. Fails
    /// when the database does not answer.
    pub async fn unshown_groups(
        &self,
        channel: &str,
        since: i64,
        now: i64,
        limit: u32,
    ) -> Result<Vec<UnshownGroup>, StoreError> {
        const UNSHOWN: &str = open_groups!(
            "where g.grouping <> g.sample and (p.grouping is null or (not p.claimed_until between $3 and $3 + 86400000 \
            and (p.shown <> g.asked or p.message = '' or p.state = 'closed'))) \
            order by g.latest, g.grouping limit $4"
        );
        let channel = plain(channel);
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(UNSHOWN)
                .bind(&*channel)
                .bind(since)
                .bind(now)
                .bind(i64::from(limit))
                .fetch_all(pool)
                .await
        })?;
        rows.into_iter().map(Row::read).collect()
    }

    /// Takes it upon the caller to show a group in a channel until a time, when it is still shown as `seen`. Returns
    /// false when another has, or has shown it since. Fails when the database does not answer.
    pub async fn claim_group(
        &self,
        channel: &str,
        grouping: &str,
        seen: Option<&Shown>,
        now: i64,
        until: i64,
    ) -> Result<bool, StoreError> {
        const FIRST: &str = "insert into staff_post (channel, grouping, posted_at, claimed_until) \
            values ($1, $2, $3, $4) on conflict (channel, grouping) do nothing";
        const AGAIN: &str = "update staff_post set claimed_until = $4 where channel = $1 and grouping = $2 \
            and not claimed_until between $3 and $3 + 86400000 and message = $5 and shown = $6 and state = $7";
        let (channel, grouping) = (plain(channel), plain(grouping));
        let statement = if seen.is_some() { AGAIN } else { FIRST };
        let claimed = on!(&self.db, pool => {
            let claim = sqlx::query(statement).bind(&*channel).bind(&*grouping).bind(now).bind(until);
            let claim = match seen {
                Some(seen) => claim
                    .bind(seen.message.as_deref().unwrap_or_default())
                    .bind(i64::try_from(seen.count).unwrap_or(i64::MAX))
                    .bind(state(seen.closed)),
                None => claim,
            };
            claim.execute(pool).await.map(|done| done.rows_affected())
        })?;
        Ok(claimed > 0)
    }

    /// Notes that a message shows a group with a count, or with none that it has been answered, and gives the group
    /// back. Fails when the database does not answer.
    pub async fn group_shown(
        &self,
        channel: &str,
        grouping: &str,
        message: &str,
        count: Option<u64>,
    ) -> Result<(), StoreError> {
        const SHOWN: &str = "update staff_post set message = $3, shown = $4, state = $5, claimed_until = 0 \
            where channel = $1 and grouping = $2";
        let (channel, grouping, message) = (plain(channel), plain(grouping), plain(message));
        let shown = count.map_or(0, |n| i64::try_from(n).unwrap_or(i64::MAX));
        on!(&self.db, pool => {
            sqlx::query(SHOWN)
                .bind(&*channel)
                .bind(&*grouping)
                .bind(&*message)
                .bind(shown)
                .bind(state(count.is_none()))
                .execute(pool)
                .await
                .map(|_| ())
        })?;
        Ok(())
    }

    /// Messages that show a group as open which has no open question left, and those about a group of which nothing is
    /// left at all; in any channel, at most `limit`, except those that someone is about to change. Fails when the
    /// database does not answer.
    pub async fn settled_posts(&self, now: i64, limit: u32) -> Result<Vec<StaffPost>, StoreError> {
        const SETTLED: &str = "select * from (select p.channel, p.grouping, p.message, p.shown, p.state, (\
            select min(receipt) from question q where q.grouping = p.grouping) as remaining from staff_post p \
            where not p.claimed_until between $1 and $1 + 86400000 and not exists (select 1 from question q \
            where q.grouping = p.grouping and q.state in ('new', 'assigned'))) s \
            where s.state = 'open' or s.remaining is null order by s.channel, s.grouping limit $2";
        let rows: Vec<PostRow> = on!(&self.db, pool => {
            sqlx::query_as(SETTLED).bind(now).bind(i64::from(limit)).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(StaffPost::from).collect())
    }

    /// Forgets what a channel shows of a group. Fails when the database does not answer.
    pub async fn forget_post(&self, channel: &str, grouping: &str) -> Result<(), StoreError> {
        const FORGET: &str = "delete from staff_post where channel = $1 and grouping = $2";
        let (channel, grouping) = (plain(channel), plain(grouping));
        on!(&self.db, pool => {
            sqlx::query(FORGET).bind(&*channel).bind(&*grouping).execute(pool).await.map(|_| ())
        })?;
        Ok(())
    }

    /// How many questions have been asked and answered since a time, in milliseconds UTC, and how many wait. Fails when
    /// the database does not answer.
    pub async fn tally(&self, since: i64) -> Result<Tally, StoreError> {
        const TALLY: &str = "select count(case when asked_at >= $1 then 1 end), \
            count(case when answered_at >= $1 then 1 end), \
            count(case when state in ('new', 'assigned') then 1 end) from question";
        let (asked, answered, open): (i64, i64, i64) =
            on!(&self.db, pool => sqlx::query_as(TALLY).bind(since).fetch_one(pool).await)?;
        let count = |n| u64::try_from(n).unwrap_or_default();
        Ok(Tally {
            asked: count(asked),
            answered: count(answered),
            open: count(open),
        })
    }

    /// Takes it upon the caller to write a channel's digest of a day. Returns false when another has. Fails when the
    /// database does not answer.
    pub async fn claim_digest(
        &self,
        channel: &str,
        day: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        const CLAIM: &str = "insert into digest (channel, day, written_at) values ($1, $2, $3) \
            on conflict (channel, day) do nothing";
        let (channel, day) = (plain(channel), plain(day));
        let claimed = on!(&self.db, pool => {
            sqlx::query(CLAIM).bind(&*channel).bind(&*day).bind(now).execute(pool).await.map(|done| done.rows_affected())
        })?;
        Ok(claimed > 0)
    }

    /// Gives back a digest that could not be written. Fails when the database does not answer.
    pub async fn release_digest(&self, channel: &str, day: &str) -> Result<(), StoreError> {
        const RELEASE: &str = "delete from digest where channel = $1 and day = $2";
        let (channel, day) = (plain(channel), plain(day));
        on!(&self.db, pool => sqlx::query(RELEASE).bind(&*channel).bind(&*day).execute(pool).await.map(|_| ()))?;
        Ok(())
    }
}

/// The state of what is shown, as it stands in the table.
fn state(closed: bool) -> &'static str {
    if closed { "closed" } else { "open" }
}

impl Shown {
    fn new(message: String, count: i64, state: &str) -> Shown {
        Shown {
            message: Some(message).filter(|m| !m.is_empty()),
            count: u64::try_from(count).unwrap_or_default(),
            closed: state == self::state(true),
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    grouping: String,
    asked: i64,
    latest: i64,
    sample: String,
    wording: String,
    language: String,
    office: Option<String>,
    message: Option<String>,
    shown: Option<i64>,
    state: Option<String>,
}

impl Row {
    fn read(self) -> Result<UnshownGroup, StoreError> {
        let receipt = Receipt::parse(&self.sample)
            .ok_or_else(|| StoreError::Corrupt(format!("{} is no receipt", self.sample)))?;
        let shown = (self.message.zip(self.shown).zip(self.state))
            .map(|((message, count), state)| Shown::new(message, count, &state));
        Ok(UnshownGroup {
            group: Group {
                grouping: self.grouping,
                count: u64::try_from(self.asked).unwrap_or_default(),
                latest: self.latest,
                receipt,
                wording: self.wording,
                language: self.language,
                office: self.office.and_then(|id| EntryId::parse(&id).ok()),
            },
            shown,
        })
    }
}

#[derive(sqlx::FromRow)]
struct PostRow {
    channel: String,
    grouping: String,
    message: String,
    shown: i64,
    state: String,
    remaining: Option<String>,
}

impl From<PostRow> for StaffPost {
    fn from(row: PostRow) -> StaffPost {
        StaffPost {
            channel: row.channel,
            grouping: row.grouping,
            shown: Shown::new(row.message, row.shown, &row.state),
            left: row.remaining.as_deref().and_then(Receipt::parse),
        }
    }
}
