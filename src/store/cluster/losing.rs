//! Clusters that have lost questions or gained some: counted anew, and told anew from what is left. No wording outlives
//! the question it comes from.

use super::TURN;
use crate::store::db::{on, plain};
use crate::store::{Store, StoreError};

/// Clusters that are counted anew at a time.
const AT_ONCE: i64 = 100;
/// How many wordings of a cluster are looked at.
const LOOKED_AT: i64 = 40;

/// A cluster that has lost questions or gained some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// Its name.
    pub id: String,
    /// How often it had changed so when it was counted.
    pub mark: i64,
    /// The wording that stood for it; empty when it never had one.
    pub wording: String,
    /// The wordings that its questions have, the most frequent first.
    pub wordings: Vec<String>,
    /// The channels that they came by.
    pub channels: Vec<String>,
}

/// What a cluster is from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retold {
    /// Its name.
    pub id: String,
    /// [`Stale::mark`] of what it is told from.
    pub mark: i64,
    /// The wording that stands for it.
    pub wording: String,
    /// More of its wordings, to compare new questions with.
    pub also: Vec<String>,
    /// All of these, folded.
    pub seek: String,
    /// The channels that its questions came by.
    pub channels: Vec<String>,
    /// The words that it is found by.
    pub words: Vec<String>,
}

/// What is done before questions are deleted, within the same transaction and after [`TURN`]: their clusters are marked. Given the condition
/// by which they are deleted.
macro_rules! mark {
    ($where:literal) => {
        concat!(
            "update cluster set stale = stale + 1 where id in (select cluster from question where ",
            $where,
            ")"
        )
    };
}
pub(in crate::store) use mark;

/// A statement about the first of the clusters that are stale.
macro_rules! some {
    ($statement:literal) => {
        concat!(
            $statement,
            " id in (select id from cluster where stale > 0 order by id limit $1)"
        )
    };
}

impl Store {
    /// Some clusters that have changed by losing or gaining questions, counted anew; those that have none left are deleted.
    /// Each is to be given to [`Store::retell_cluster`], until there are no more. Fails when the database does not answer.
    pub async fn stale_clusters(&self) -> Result<Vec<Stale>, StoreError> {
        const ANY: &str = "select id from cluster where stale > 0 limit 1";
        const COUNT: &str = some!(
            "update cluster set \
            questions = (select count(*) from question where question.cluster = cluster.id), \
            unhelpful = (select count(*) from question where question.cluster = cluster.id and reason = 'unhelpful'), \
            first_at = (select coalesce(min(asked_at), 0) from question where question.cluster = cluster.id), \
            last_at = (select coalesce(max(asked_at), 0) from question where question.cluster = cluster.id) where"
        );
        // Staff may have dealt with the questions one by one.
        const CLOSE: &str = some!(
            "update cluster set state = 'answered', is_open = 0 where is_open = 1 and not exists \
            (select 1 from question where question.cluster = cluster.id and state in ('new', 'assigned')) and"
        );
        const STALE: &str = some!("select id, wording, stale, questions from cluster where");
        const EMPTY: &str = some!("delete from cluster where questions = 0 and");
        const LOST: &str = "delete from cluster where merged_into is not null \
            and not exists (select 1 from cluster other where other.id = cluster.merged_into)";
        const WORDINGS: &str = "select wording from question where cluster = $1 group by wording \
            order by count(*) desc, min(asked_at), wording limit $2";
        const CHANNELS: &str =
            "select distinct channel from question where cluster = $1 order by channel";
        loop {
            let (stale, emptied) = on!(&self.db, pool => {
                let any: Option<(String,)> = sqlx::query_as(ANY).fetch_optional(pool).await?;
                if any.is_none() {
                    return Ok(Vec::new());
                }
                let mut transaction = pool.begin_with(self.db.begin()).await?;
                sqlx::query(TURN).execute(&mut *transaction).await?;
                for sql in [COUNT, CLOSE] {
                    sqlx::query(sql).bind(AT_ONCE).execute(&mut *transaction).await?;
                }
                let rows: Vec<(String, String, i64, i64)> =
                    sqlx::query_as(STALE).bind(AT_ONCE).fetch_all(&mut *transaction).await?;
                let emptied = rows.iter().any(|(.., questions)| *questions == 0);
                if emptied {
                    sqlx::query(EMPTY).bind(AT_ONCE).execute(&mut *transaction).await?;
                    sqlx::query(LOST).execute(&mut *transaction).await?;
                }
                let mut all = Vec::with_capacity(rows.len());
                for (id, wording, mark, _) in rows.into_iter().filter(|(.., questions)| *questions > 0) {
                    let wordings: Vec<(String,)> =
                        sqlx::query_as(WORDINGS).bind(&id).bind(LOOKED_AT).fetch_all(&mut *transaction).await?;
                    let channels: Vec<(String,)> =
                        sqlx::query_as(CHANNELS).bind(&id).fetch_all(&mut *transaction).await?;
                    all.push(Stale {
                        id,
                        mark,
                        wording,
                        wordings: wordings.into_iter().map(|(w,)| w).collect(),
                        channels: channels.into_iter().map(|(c,)| c).collect(),
                    });
                }
                transaction.commit().await?;
                Ok::<_, StoreError>((all, emptied))
            })?;
            if emptied {
                self.db.settle().await;
            }
            if !stale.is_empty() {
                return Ok(stale);
            }
        }
    }

    /// Has nothing of what was told before stand anywhere on disk: to be called when all have been told anew.
    pub async fn settle_clusters(&self) {
        self.db.settle().await;
    }

    /// Notes what a cluster is from now on, unless it has lost or gained questions since: then it is stale as before, so that
    /// nothing is said of it that stands in no question of its any longer. Fails when the database does not answer.
    pub async fn retell_cluster(&self, retold: &Retold) -> Result<(), StoreError> {
        const RETELL: &str = "update cluster set wording = $2, also = $3, seek = $4, channels = $5, stale = 0 where id = $1 and stale = $6";
        const FORGET: &str = "delete from cluster_word where cluster = $1";
        const WORD: &str = "insert into cluster_word (word, cluster) select $1, id from cluster where id = $2 \
            on conflict (word, cluster) do nothing";
        let also = serde_json::json!(retold.also).to_string();
        let channels = format!("|{}|", retold.channels.join("|"));
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            let told = sqlx::query(RETELL)
                .bind(&retold.id)
                .bind(&*plain(&retold.wording))
                .bind(&*plain(&also))
                .bind(&*plain(&retold.seek))
                .bind(&*plain(&channels))
                .bind(retold.mark)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            if told == 0 {
                return Ok(());
            }
            sqlx::query(FORGET).bind(&retold.id).execute(&mut *transaction).await?;
            for word in &retold.words {
                sqlx::query(WORD).bind(word).bind(&retold.id).execute(&mut *transaction).await?;
            }
            transaction.commit().await?;
            Ok(())
        })
    }
}
