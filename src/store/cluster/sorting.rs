//! Putting new questions where they belong: into a cluster of the same meaning, or into one of their own.

use super::TURN;
use crate::knowledge::EntryId;
use crate::store::db::{on, plain};
use crate::store::{Reason, Receipt, Store, StoreError};

/// How many clusters a new question is compared with, at most.
const COMPARED: i64 = 60;
/// How many words one is found by.
const KEYS: usize = 6;

/// A question that is in no cluster yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsorted {
    /// Its receipt.
    pub receipt: Receipt,
    /// Its wording, masked.
    pub wording: String,
    /// The code of its language.
    pub language: String,
    /// The channel it came by.
    pub channel: String,
    /// Whether it is there because an answer did not help.
    pub is_unhelpful: bool,
    /// The office that was named.
    pub office: Option<EntryId>,
    /// When it was asked, in milliseconds UTC.
    pub asked_at: i64,
    /// What it has in common with those in the same words.
    pub grouping: String,
}

/// A cluster that a question may belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// Its name.
    pub id: String,
    /// Wordings of it, that which stands for all of them first.
    pub wordings: Vec<String>,
}

/// A cluster to be made of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCluster {
    /// Its name.
    pub id: String,
    /// The words that it is found by.
    pub words: Vec<String>,
    /// Its wording, folded.
    pub seek: String,
}

/// Puts a question into a cluster.
///
/// One that an office has been given has been judged, and so is what comes to it later; elsewhere the office stays the one
/// that was named.
const JOIN: &str = "update question set cluster = $2, \
    state = (select case when cluster.state = 'assigned' then 'assigned' else question.state end from cluster where id = $2), \
    routed = (select case when cluster.state = 'assigned' and question.routed is null then coalesce(question.office, '') \
    else question.routed end from cluster where id = $2), \
    office = (select case when cluster.state = 'assigned' then coalesce(cluster.office, question.office) \
    else question.office end from cluster where id = $2) \
    where receipt = $1 and cluster = '' and state in ('new', 'assigned')";
const WORD: &str = "insert into cluster_word (word, cluster) values ($1, $2) on conflict (word, cluster) do nothing";

impl Store {
    /// Open questions that are in no cluster, the oldest first, at most `limit`. Fails when the database does not answer.
    pub async fn unsorted(&self, limit: u32) -> Result<Vec<Unsorted>, StoreError> {
        const UNSORTED: &str = "select receipt, wording, language, channel, reason, office, asked_at, grouping \
            from question where cluster = '' and state in ('new', 'assigned') order by asked_at, receipt limit $1";
        type Row = (
            String,
            String,
            String,
            String,
            String,
            Option<String>,
            i64,
            String,
        );
        let rows: Vec<Row> = on!(&self.db, pool => sqlx::query_as(UNSORTED).bind(i64::from(limit)).fetch_all(pool).await)?;
        let read =
            |(receipt, wording, language, channel, reason, office, asked_at, grouping): Row| {
                let receipt = Receipt::parse(&receipt)
                    .ok_or_else(|| StoreError::Corrupt(format!("{receipt} is no receipt")))?;
                Ok(Unsorted {
                    receipt,
                    wording,
                    language,
                    channel,
                    is_unhelpful: reason == Reason::Unhelpful.code(),
                    office: office.and_then(|o| EntryId::parse(&o).ok()),
                    asked_at,
                    grouping,
                })
            };
        rows.into_iter().map(read).collect()
    }

    /// The open cluster that holds the latest question in the same words, if one does. Fails when the database does not
    /// answer.
    pub async fn cluster_in_words(&self, grouping: &str) -> Result<Option<String>, StoreError> {
        const SAME: &str = "select cluster.id from question join cluster on cluster.id = question.cluster \
            where question.grouping = $1 and $1 <> '' and cluster.is_open = 1 \
            order by question.asked_at desc, question.receipt limit 1";
        let grouping = plain(grouping);
        let found: Option<(String,)> = on!(&self.db, pool => sqlx::query_as(SAME).bind(&*grouping).fetch_optional(pool).await)?;
        Ok(found.map(|(id,)| id))
    }

    /// Open clusters that have some of these words, those with most of them first. No more than six words are looked
    /// for. Fails when the database does not answer.
    pub async fn clusters_alike(&self, words: &[String]) -> Result<Vec<Alike>, StoreError> {
        // `cross join` has SQLite look for the words first, not through all clusters.
        const ALIKE: &str = "select cluster.id, cluster.wording, cluster.also \
            from (select cluster as id, count(*) as hits from cluster_word where word in ($1, $2, $3, $4, $5, $6) \
            group by cluster) as hit cross join cluster where cluster.id = hit.id and cluster.is_open = 1 \
            order by hit.hits desc, cluster.last_at desc limit $7";
        let rows: Vec<(String, String, String)> = on!(&self.db, pool => {
            let mut query = sqlx::query_as(ALIKE);
            for place in 0..KEYS {
                query = query.bind(words.get(place).map_or("", String::as_str));
            }
            query.bind(COMPARED).fetch_all(pool).await
        })?;
        let alike = |(id, wording, also): (String, String, String)| {
            let mut wordings = vec![wording];
            wordings.extend(serde_json::from_str::<Vec<String>>(&also).unwrap_or_default());
            Alike { id, wordings }
        };
        Ok(rows.into_iter().map(alike).collect())
    }

    /// Puts a question into a cluster. `other` is its wording, and that wording folded, when the cluster is to be compared
    /// by it from now on too, with the words to be found by. Whether the question went there: not when another has put it
    /// somewhere meanwhile, and not when the cluster is no longer open. Fails when the database does not answer.
    pub async fn join_cluster(
        &self,
        question: &Unsorted,
        cluster: &str,
        other: Option<&Alike>,
        more: &NewCluster,
    ) -> Result<bool, StoreError> {
        const GROW: &str = "update cluster set questions = questions + 1, unhelpful = unhelpful + $2, \
            first_at = case when $3 < first_at then $3 else first_at end, \
            last_at = case when $3 > last_at then $3 else last_at end, \
            channels = case when channels like '%|' || $4 || '|%' then channels else channels || $4 || '|' end, \
            also = coalesce($5, also), seek = case when $5 is null then seek else seek || ' / ' || $6 end, \
            stale = case when stale > 0 then stale + 1 else 0 end where id = $1 and is_open = 1";
        let also = other.map(|alike| serde_json::json!(alike.wordings).to_string());
        let channel = plain(&question.channel);
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            sqlx::query(TURN).execute(&mut *transaction).await?;
            let grown = sqlx::query(GROW)
                .bind(cluster)
                .bind(i64::from(question.is_unhelpful))
                .bind(question.asked_at)
                .bind(&*channel)
                .bind(also.as_deref().map(plain).as_deref())
                .bind(&*plain(&more.seek))
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            if grown == 0 {
                return Ok(false);
            }
            let joined = sqlx::query(JOIN)
                .bind(question.receipt.as_str())
                .bind(cluster)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            if joined == 0 {
                return Ok(false);
            }
            for word in more.words.iter().filter(|_| other.is_some()) {
                sqlx::query(WORD).bind(word).bind(cluster).execute(&mut *transaction).await?;
            }
            transaction.commit().await?;
            Ok(true)
        })
    }

    /// Makes a cluster of a question. Whether it was made: not when another has put the question somewhere meanwhile.
    /// Fails when the database does not answer.
    pub async fn found_cluster(
        &self,
        question: &Unsorted,
        new: &NewCluster,
    ) -> Result<bool, StoreError> {
        const FOUND: &str = "insert into cluster (id, wording, seek, language, channels, office, questions, unhelpful, \
            first_at, last_at) values ($1, $2, $3, $4, '|' || $5 || '|', $6, 1, $7, $8, $8)";
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            sqlx::query(TURN).execute(&mut *transaction).await?;
            sqlx::query(FOUND)
                .bind(&new.id)
                .bind(&*plain(&question.wording))
                .bind(&*plain(&new.seek))
                .bind(&*plain(&question.language))
                .bind(&*plain(&question.channel))
                .bind(question.office.as_ref().map(EntryId::as_str))
                .bind(i64::from(question.is_unhelpful))
                .bind(question.asked_at)
                .execute(&mut *transaction)
                .await?;
            let joined = sqlx::query(JOIN)
                .bind(question.receipt.as_str())
                .bind(&new.id)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            if joined == 0 {
                return Ok(false);
            }
            for word in &new.words {
                sqlx::query(WORD).bind(word).bind(&new.id).execute(&mut *transaction).await?;
            }
            transaction.commit().await?;
            Ok(true)
        })
    }
}
