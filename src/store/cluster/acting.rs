//! What staff do with a cluster: settle it, merge it, split it. Each act is done whole, together with the line of the
//! audit trail that tells of it, or not at all.

use super::TURN;
use crate::knowledge::EntryId;
use crate::store::audit::append;
use crate::store::db::on;
use crate::store::{NewAudit, Receipt, State, Store, StoreError};

/// Where staff put a cluster and all its open questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// The cluster.
    pub cluster: String,
    /// Its version, as the one who acts has seen it.
    pub version: i64,
    /// What becomes of it.
    pub state: State,
    /// The office that has it from now on; `None` leaves it where it is.
    pub office: Option<EntryId>,
    /// Whether the one who acts has said which office is the right one.
    pub judges_office: bool,
    /// The entry that answers it.
    pub entry: Option<EntryId>,
    /// What the receipts of those who asked in Swedish show, when no entry does.
    pub told: Option<String>,
    /// The same in English.
    pub told_in_english: Option<String>,
    /// Who acts.
    pub by: String,
    /// When, in milliseconds UTC.
    pub at: i64,
}

/// What a cluster was left as, to be put back when an act is undone.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Left {
    /// The code of its state.
    pub state: String,
    /// The office that had it.
    pub office: Option<EntryId>,
}

/// Moves the cluster, if it is as the one who acts has seen it.
pub(in crate::store) const MOVE: &str = "update cluster set state = $3, is_open = $4, office = coalesce($5, office), entry = $6, \
    version = version + 1, changed_by = $7, changed_at = $8 where id = $1 and version = $2 and state <> 'merged'";
/// Moves its questions: those that are open, and of the others those of [`Settled`].
pub(in crate::store) const MOVE_QUESTIONS: &str = "update question set state = $2, \
    routed = case when $3 = 1 and routed is null then coalesce(office, '') else routed end, \
    office = coalesce($4, office), entry = $5, \
    answer = case when language = 'en' then coalesce($7, $6) else $6 end, \
    answered_by = case when $2 in ('new', 'assigned') then null else 'staff' end, \
    answered_at = case when $2 in ('new', 'assigned') then null else $8 end, changed_at = $8 \
    where cluster = $1 and (state in ('new', 'assigned') or $9 = 1 or answered_at = $10)";

/// Which of the questions that are settled an act moves with the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Settled {
    /// None: what was settled before by itself stays so.
    None,
    /// Those that were settled at this very time, in milliseconds UTC, which is by one act.
    At(i64),
    /// All.
    All,
}

impl Settled {
    /// How a statement says it: 1 for all, and the time.
    pub(in crate::store) fn binds(self) -> (i64, Option<i64>) {
        match self {
            Settled::None => (0, None),
            Settled::At(time) => (0, Some(time)),
            Settled::All => (1, None),
        }
    }
}

/// Does an act within an open transaction of either database: how many clusters it moved, one or none.
macro_rules! settle {
    ($transaction:expr, $act:expr, $settled:expr) => {
        async {
            use $crate::store::cluster::{MOVE, MOVE_QUESTIONS};
            let act: &$crate::store::Act = $act;
            let (office, entry) = (
                act.office.as_ref().map($crate::knowledge::EntryId::as_str),
                act.entry.as_ref().map($crate::knowledge::EntryId::as_str),
            );
            let (all, at) = $crate::store::cluster::Settled::binds($settled);
            let is_open = matches!(
                act.state,
                $crate::store::State::New | $crate::store::State::Assigned
            );
            let moved = sqlx::query(MOVE)
                .bind(&act.cluster)
                .bind(act.version)
                .bind(act.state.code())
                .bind(i64::from(is_open))
                .bind(office)
                .bind(entry)
                .bind(&act.by)
                .bind(act.at)
                .execute(&mut *$transaction)
                .await?
                .rows_affected();
            if moved > 0 {
                sqlx::query(MOVE_QUESTIONS)
                    .bind(&act.cluster)
                    .bind(act.state.code())
                    .bind(i64::from(act.judges_office))
                    .bind(office)
                    .bind(entry)
                    .bind(act.told.as_deref())
                    .bind(act.told_in_english.as_deref())
                    .bind(act.at)
                    .bind(all)
                    .bind(at)
                    .execute(&mut *$transaction)
                    .await?;
            }
            Ok::<u64, sqlx::Error>(moved)
        }
        .await
    };
}
pub(in crate::store) use settle;

impl Store {
    /// Does an act. Whether it was done: not when somebody has acted since, or the cluster is gone. Fails when the
    /// database does not answer.
    pub async fn act(&self, act: &Act, audit: &NewAudit) -> Result<bool, StoreError> {
        // What is opened again is opened with all its questions.
        let settled = if act.state == State::New {
            Settled::All
        } else {
            Settled::None
        };
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            if settle!(transaction, act, settled)? == 0 {
                return Ok(false);
            }
            append!(transaction, audit)?;
            transaction.commit().await?;
            Ok(true)
        })
    }

    /// Moves all questions of a cluster into another, which is named from then on wherever the first was. Each is given
    /// with the version that the one who acts has seen. Whether it was done, as in [`Store::act`]. To be followed by
    /// [`Store::stale_clusters`].
    pub async fn merge_clusters(
        &self,
        (from, from_version): (&str, i64),
        (into, into_version): (&str, i64),
        audit: &NewAudit,
    ) -> Result<bool, StoreError> {
        const TAKE: &str = "update cluster set version = version + 1, changed_by = $3, changed_at = $4, stale = stale + 1 \
            where id = $1 and version = $2 and state <> 'merged'";
        const GIVE: &str = "update cluster set state = 'merged', is_open = 0, merged_into = $3, wording = '', also = '[]', \
            seek = '', questions = 0, stale = 0, version = version + 1 where id = $1 and version = $2 and state <> 'merged'";
        // Those that were open fare as the cluster that they come to: its office is theirs when it was given one, and what
        // answers it answers them.
        const OPEN: &str = "update question set \
            routed = case when (select state from cluster where id = $2) = 'assigned' and routed is null \
            then coalesce(office, '') else routed end, \
            office = case when (select state from cluster where id = $2) = 'assigned' \
            then coalesce((select office from cluster where id = $2), office) else office end, \
            entry = (select entry from cluster where id = $2), \
            answer = coalesce((select max(other.answer) from question other where other.cluster = $2 \
            and other.state = 'not-ours' and other.language = question.language), (select max(other.answer) \
            from question other where other.cluster = $2 and other.state = 'not-ours')), \
            answered_by = case when (select is_open from cluster where id = $2) = 0 then 'staff' end, \
            answered_at = case when (select is_open from cluster where id = $2) = 0 then coalesce((select max(other.answered_at) \
            from question other where other.cluster = $2), $3) end, \
            state = (select state from cluster where id = $2), changed_at = $3 \
            where cluster = $1 and state in ('new', 'assigned')";
        const QUESTIONS: &str = "update question set cluster = $2 where cluster = $1";
        const WORDS: &str = "insert into cluster_word (word, cluster) \
            select word, $2 from cluster_word where cluster = $1 on conflict (word, cluster) do nothing";
        const FORGET: &str = "delete from cluster_word where cluster = $1";
        // Those that came to the first before are led on.
        const LEAD_ON: &str = "update cluster set merged_into = $2 where merged_into = $1";
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            sqlx::query(TURN).execute(&mut *transaction).await?;
            let took = sqlx::query(TAKE)
                .bind(into)
                .bind(into_version)
                .bind(&audit.who)
                .bind(audit.at)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            let gave = sqlx::query(GIVE)
                .bind(from)
                .bind(from_version)
                .bind(into)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            if took == 0 || gave == 0 {
                return Ok(false);
            }
            sqlx::query(OPEN).bind(from).bind(into).bind(audit.at).execute(&mut *transaction).await?;
            for sql in [QUESTIONS, WORDS, LEAD_ON] {
                sqlx::query(sql).bind(from).bind(into).execute(&mut *transaction).await?;
            }
            sqlx::query(FORGET).bind(from).execute(&mut *transaction).await?;
            append!(transaction, audit)?;
            transaction.commit().await?;
            Ok(true)
        })
    }

    /// Moves some questions of a cluster into a new one with the name `new`. Whether it was done, as in [`Store::act`];
    /// not when one of the two would be left without any. To be followed by [`Store::stale_clusters`].
    pub async fn split_cluster(
        &self,
        (cluster, version): (&str, i64),
        receipts: &[Receipt],
        new: &str,
        audit: &NewAudit,
    ) -> Result<bool, StoreError> {
        const LEAVE: &str = "update cluster set version = version + 1, changed_by = $3, changed_at = $4, stale = stale + 1 \
            where id = $1 and version = $2 and state <> 'merged'";
        const FOUND: &str = "insert into cluster (id, language, state, is_open, office, entry, changed_by, changed_at, stale) \
            select $2, language, state, is_open, office, entry, $3, $4, 1 from cluster where id = $1";
        const TAKE: &str = "update question set cluster = $2 where receipt = $3 and cluster = $1";
        const REST: &str = "select count(*) from question where cluster = $1";
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            sqlx::query(TURN).execute(&mut *transaction).await?;
            let left = sqlx::query(LEAVE)
                .bind(cluster)
                .bind(version)
                .bind(&audit.who)
                .bind(audit.at)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            if left == 0 {
                return Ok(false);
            }
            sqlx::query(FOUND)
                .bind(cluster)
                .bind(new)
                .bind(&audit.who)
                .bind(audit.at)
                .execute(&mut *transaction)
                .await?;
            let mut taken = 0;
            for receipt in receipts {
                taken += sqlx::query(TAKE)
                    .bind(cluster)
                    .bind(new)
                    .bind(receipt.as_str())
                    .execute(&mut *transaction)
                    .await?
                    .rows_affected();
            }
            let (rest,): (i64,) = sqlx::query_as(REST).bind(cluster).fetch_one(&mut *transaction).await?;
            if taken == 0 || rest == 0 {
                return Ok(false);
            }
            append!(transaction, audit)?;
            transaction.commit().await?;
            Ok(true)
        })
    }

    /// Of the questions whose office staff have judged: how many there are, and for how many the office that was named
    /// was the right one. Fails when the database does not answer.
    pub async fn routing_accuracy(&self) -> Result<(u64, u64), StoreError> {
        const JUDGED: &str = "select count(*), \
            cast(coalesce(sum(case when routed = office then 1 else 0 end), 0) as bigint) \
            from question where routed is not null and routed <> ''";
        let (all, right): (i64, i64) =
            on!(&self.db, pool => sqlx::query_as(JUDGED).fetch_one(pool).await)?;
        Ok((super::count(all), super::count(right)))
    }
}
