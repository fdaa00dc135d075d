//! Deleting what is old enough, and keeping a record of having done so.

use jiff::Timestamp;

use super::cluster::{TURN, mark};
use super::db::{on, plain};
use super::{IdeaState, Receipt, State, Store, StoreError};

/// A rule of deletion, as the municipality has decided it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurgeRule {
    /// What the record calls it.
    pub name: String,
    /// What it deletes.
    pub what: Purgeable,
    /// How many days must have passed since the row last changed.
    pub older_than_days: u32,
}

/// What a rule can delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purgeable {
    /// Questions that are in this state.
    Questions(State),
    /// Conversations, but not the questions that they led to.
    Conversations,
    /// Ideas that are in this state.
    Ideas(IdeaState),
    /// How far people have come on the guided ways in, by day.
    PathSteps,
    /// How much is asked and how it goes, by day.
    Tallies,
    /// Those who wanted to be reminded of a last day; counted from that day.
    Reminders,
    /// Those who wanted to be called, whether someone has or not; counted from when they asked.
    CallBacks,
    /// Drafts that nobody goes on with, and what was typed for changes that were taken back: emptied, for they may hold
    /// wordings of questions that are gone.
    Drafts,
    /// What has been told outside the console, and what is to be.
    Deliveries,
}

/// A line of the record: what one rule, or one run of all the rules, has deleted; or what someone has had erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurgeLine {
    /// What the run is called: no two have the same name.
    pub run: String,
    /// The name of the rule; `None` for the run as a whole. What people have had erased begins with `erased-`.
    pub rule: Option<String>,
    /// How many rows were deleted.
    pub count: u64,
    /// The time, in milliseconds UTC, since when the deleted rows had not changed; for a whole run, when it ran.
    pub cutoff: i64,
    /// When the run began, in milliseconds UTC.
    pub ran_at: i64,
    /// The decision that it rests on, as it was stated then; empty when none was.
    pub decision: String,
}

/// How many rows go in one transaction: few enough that a resident who asks meanwhile does not notice.
const BATCH: i64 = 500;

const DAY: i64 = 24 * 60 * 60 * 1000;

impl Store {
    /// Deletes what the rules say, in batches, and returns what the record says of this run: first one line for the
    /// run as a whole, which is there even when nothing was deleted, then one for each rule that deleted something, in
    /// the order of the rules. What staff hold is left. `decision` is what the rules rest on. `now` is in milliseconds, UTC.
    ///
    /// A batch and the lines that tell of it are written together, so that the record holds even if the run is cut
    /// short. Fails when the database does not answer; what was deleted until then stays deleted and on record.
    pub async fn purge(
        &self,
        rules: &[PurgeRule],
        decision: &str,
        now: i64,
    ) -> Result<Vec<PurgeLine>, StoreError> {
        // The first part sorts as time does; the second keeps apart two replicas that begin at the same moment.
        let run = format!("{now}-{}", Receipt::new());
        let mut whole = PurgeLine {
            run: run.clone(),
            rule: None,
            count: 0,
            cutoff: now,
            ran_at: now,
            decision: plain(decision).into_owned(),
        };
        on!(&self.db, pool => sqlx::query(NOTE).bind(note_id(&run, 0)).bind(None::<&str>).bind(0_i64).bind(now).bind(now)
            .bind(&whole.decision).execute(pool).await.map(|_| ()))?;
        let mut lines = Vec::new();
        for (position, rule) in rules.iter().enumerate() {
            let cutoff = now.saturating_sub(i64::from(rule.older_than_days).saturating_mul(DAY));
            let mut line = PurgeLine {
                rule: Some(rule.name.clone()),
                cutoff,
                count: 0,
                ..whole.clone()
            };
            loop {
                let removed = self.purge_batch(position + 1, &line, rule.what).await?;
                if removed == 0 {
                    break;
                }
                line.count += removed;
                whole.count += removed;
            }
            if line.count > 0 {
                lines.push(line);
            }
        }
        if whole.count > 0 {
            self.db.settle().await;
        }
        lines.insert(0, whole);
        Ok(lines)
    }

    /// The record from a time on and before another, in milliseconds UTC, latest run first; within a run, the line for the
    /// run as a whole and then those of its rules. At most `limit` lines. Fails when the database does not answer.
    pub async fn purge_record(
        &self,
        (from, before): (i64, i64),
        limit: u32,
    ) -> Result<Vec<PurgeLine>, StoreError> {
        const READ: &str = "select id, rule, removed, cutoff, ran_at, decision from purge_record \
            where ran_at >= $1 and ran_at < $2 order by ran_at desc, id limit $3";
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(READ).bind(from).bind(before).bind(i64::from(limit)).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(PurgeLine::from).collect())
    }

    /// Deletes one batch and notes it; returns how many rows went, 0 when there are none left.
    async fn purge_batch(
        &self,
        rule: usize,
        line: &PurgeLine,
        what: Purgeable,
    ) -> Result<u64, StoreError> {
        let day = day(line.cutoff);
        let (delete, state) = match what {
            Purgeable::Questions(state) => (QUESTIONS, state.code()),
            Purgeable::Conversations => (CONVERSATIONS, ""),
            Purgeable::CallBacks => (CALL_BACKS, ""),
            Purgeable::Deliveries => (DELIVERIES, ""),
            Purgeable::Ideas(state) => (IDEAS, state.code()),
            Purgeable::PathSteps => (PATH_STEPS, day.as_str()),
            Purgeable::Drafts => (DRAFTS, ""),
            Purgeable::Tallies => (TALLIES, day.as_str()),
            Purgeable::Reminders => (REMINDERS, day.as_str()),
        };
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            if let Purgeable::Questions(_) = what {
                sqlx::query(TURN).execute(&mut *transaction).await?;
                sqlx::query(MARK).bind(line.cutoff).bind(BATCH).bind(state).execute(&mut *transaction).await?;
            }
            let removed = sqlx::query(delete).bind(line.cutoff).bind(BATCH).bind(state)
                .execute(&mut *transaction).await?.rows_affected();
            if removed > 0 {
                let count = i64::try_from(removed).unwrap_or(i64::MAX);
                sqlx::query(NOTE).bind(note_id(&line.run, rule)).bind(line.rule.as_deref()).bind(count).bind(line.cutoff)
                    .bind(line.ran_at).bind(&line.decision).execute(&mut *transaction).await?;
                sqlx::query(NOTE).bind(note_id(&line.run, 0)).bind(None::<&str>).bind(count).bind(line.ran_at)
                    .bind(line.ran_at).bind(&line.decision).execute(&mut *transaction).await?;
            }
            transaction.commit().await?;
            Ok(removed)
        })
    }
}

// The conditions stand twice because PostgreSQL looks again, at the outer ones only, when a row has been changed by
// someone else since it was picked: a question that staff have just reopened, or hold, must not go.
const QUESTIONS: &str = "delete from question where state = $3 and changed_at < $1 and held_at = 0 and receipt in (\
    select receipt from question where state = $3 and changed_at < $1 and held_at = 0 order by changed_at, receipt limit $2)";

const MARK: &str = mark!(
    "state = $3 and changed_at < $1 and held_at = 0 and receipt in (\
     select receipt from question where state = $3 and changed_at < $1 and held_at = 0 order by changed_at, receipt limit $2)"
);

// The last condition is always true; it lets both deletions be given the same values.
const CONVERSATIONS: &str = "delete from conversation where changed_at < $1 and id in (\
    select id from conversation where changed_at < $1 order by changed_at, id limit $2) and $3 = ''";

const CALL_BACKS: &str = "delete from callback where id in (\
    select id from callback where asked_at < $1 order by asked_at, id limit $2) and $3 = ''";

const DELIVERIES: &str = "delete from delivery where id in (\
    select id from delivery where created_at < $1 order by created_at, id limit $2) and $3 = ''";

const IDEAS: &str = "delete from idea where state = $3 and changed_at < $1 and receipt in (\
    select receipt from idea where state = $3 and changed_at < $1 order by changed_at, receipt limit $2)";

// They have a day in place of a time; the last condition is always true.
const PATH_STEPS: &str = "delete from path_step where (day, path, step, happening) in (\
    select day, path, step, happening from path_step where day < $3 order by day, path, step, happening limit $2) \
    and $1 = $1";

// The last condition is always true.
const DRAFTS: &str = "update change set state = case when state = 'draft' then 'discarded' else state end, title = about, \
    body = '[]', form = '{}', version = version + 1 where state in ('draft', 'undone') and form <> '{}' and changed_at < $1 \
    and id in (select id from change where state in ('draft', 'undone') and form <> '{}' and changed_at < $1 \
    order by changed_at, id limit $2) and $3 = ''";

const TALLIES: &str = "delete from tally where (day, happening, language, channel, office, entry) in (\
    select day, happening, language, channel, office, entry from tally where day < $3 \
    order by day, happening, language, channel, office, entry limit $2) and $1 = $1";

const REMINDERS: &str = "delete from reminder where (channel, address, entry) in (\
    select channel, address, entry from reminder where day < $3 order by day, channel, address, entry limit $2) \
    and day < $3 and $1 = $1";

const NOTE: &str = "insert into purge_record (id, rule, removed, cutoff, ran_at, decision) values ($1, $2, $3, $4, $5, $6) \
    on conflict (id) do update set removed = purge_record.removed + excluded.removed";

/// A row of the record.
#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    rule: Option<String>,
    removed: i64,
    cutoff: i64,
    ran_at: i64,
    decision: String,
}

impl From<Row> for PurgeLine {
    fn from(row: Row) -> PurgeLine {
        let run = row.id.split('/').next().unwrap_or_default();
        PurgeLine {
            run: run.to_owned(),
            rule: row.rule,
            count: u64::try_from(row.removed).unwrap_or_default(),
            cutoff: row.cutoff,
            ran_at: row.ran_at,
            decision: row.decision,
        }
    }
}

/// The day that a time in milliseconds UTC lies in.
fn day(milliseconds: i64) -> String {
    let time = Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MIN);
    time.strftime("%Y-%m-%d").to_string()
}

/// The id of a line: the run, then the place of the rule among the rules, 0 for the run as a whole.
fn note_id(run: &str, rule: usize) -> String {
    format!("{run}/{rule:04}")
}
