//! What is written at nearly every message: a question, and where its conversation stands.
//!
//! On SQLite one writes at a time, and each waits for the disk. So what several callers want written goes to disk together,
//! and they wait once: however many ask at the same time, none of them waits for all the others.

use sqlx::sqlite::SqlitePool;
use tokio::sync::{mpsc, oneshot};

use super::db::{Db, on, plain};
use super::question::nearest_json;
use super::{Complaint, NewQuestion, Store, StoreError};
use crate::knowledge::EntryId;

/// How much goes to disk together at most.
const AT_ONCE: usize = 256;
/// How much may wait; who comes then waits to be let in.
const WAITING: usize = 4_096;

/// What is to be written.
#[derive(Debug)]
pub(super) enum Written {
    /// A question that is to be logged.
    Question(NewQuestion),
    /// Where a conversation stands, in place of where it stood.
    Conversation {
        /// Its name.
        id: String,
        /// As JSON.
        json: String,
        /// When it changed, in milliseconds UTC.
        now: i64,
    },
}

/// Writes a row, with a pool or within a transaction of either database; how many rows that changed.
macro_rules! put {
    ($row:expr, $executor:expr) => {
        match $row {
            Written::Question(question) => {
                const RECORD: &str = "insert into question \
                    (receipt, conversation, wording, language, channel, reason, office, nearest, asked_at, changed_at, \
                    grouping, complaint, remark) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, $12) \
                    on conflict (receipt) do nothing";
                sqlx::query(RECORD)
                    .bind(question.receipt.as_str())
                    .bind(&*plain(&question.conversation))
                    .bind(&*plain(&question.wording))
                    .bind(&*plain(&question.language))
                    .bind(&*plain(&question.channel))
                    .bind(question.reason.code())
                    .bind(question.office.as_ref().map(EntryId::as_str))
                    .bind(&*nearest_json(&question.nearest))
                    .bind(question.asked_at)
                    .bind(&*plain(&question.grouping))
                    .bind(question.complaint.map(Complaint::code))
                    .bind(&*plain(&question.remark))
                    .execute($executor)
                    .await
            }
            Written::Conversation { id, json, now } => {
                const SAVE: &str = "insert into conversation (id, body, changed_at) values ($1, $2, $3) \
                    on conflict (id) do update set body = excluded.body, changed_at = excluded.changed_at";
                sqlx::query(SAVE)
                    .bind(&*plain(id))
                    .bind(&*plain(json))
                    .bind(now)
                    .execute($executor)
                    .await
            }
        }
        .map(|done| done.rows_affected())
    };
}

impl Store {
    /// Writes a row; how many rows that changed. It is on disk when this returns. One that nobody waits for any longer is
    /// written all the same. Fails when the database does not answer.
    pub(super) async fn write(&self, row: Written) -> Result<u64, StoreError> {
        match &self.together {
            Some(together) => together.write(row).await,
            None => Ok(on!(&self.db, pool => put!(&row, pool))?),
        }
    }
}

/// Has what many want written go to disk together.
#[derive(Clone, Debug)]
pub(super) struct Together {
    wanted: mpsc::Sender<Wanted>,
}

/// A row, and who waits for it.
#[derive(Debug)]
struct Wanted {
    row: Written,
    written: oneshot::Sender<Result<u64, StoreError>>,
}

impl Together {
    /// For a database where that helps. It ends when nobody can want anything written any longer.
    pub(super) fn begin(db: &Db) -> Option<Together> {
        let Db::Lite(pool) = db else { return None };
        let (wanted, queue) = mpsc::channel(WAITING);
        tokio::spawn(write_on(pool.clone(), queue));
        Some(Together { wanted })
    }

    async fn write(&self, row: Written) -> Result<u64, StoreError> {
        let ended = |_| StoreError::Unavailable("the program is ending".to_owned());
        let (written, outcome) = oneshot::channel();
        let wanted = Wanted { row, written };
        self.wanted
            .send(wanted)
            .await
            .map_err(|e| ended(e.to_string()))?;
        outcome.await.map_err(|e| ended(e.to_string()))?
    }
}

/// Writes whatever has come while the last was written.
async fn write_on(pool: SqlitePool, mut queue: mpsc::Receiver<Wanted>) {
    let mut all = Vec::with_capacity(AT_ONCE);
    while queue.recv_many(&mut all, AT_ONCE).await > 0 {
        let outcome = write_all(&pool, &all).await;
        let each = match outcome {
            Ok(each) => each,
            Err(error) => {
                let error = StoreError::from(error);
                all.iter().map(|_| Err(error.clone())).collect()
            }
        };
        for (wanted, outcome) in all.drain(..).zip(each) {
            // Whoever has stopped waiting does not need to know.
            _ = wanted.written.send(outcome);
        }
    }
}

/// Writes all of it in one transaction. What is wrong with one row is no fault of the others.
async fn write_all(
    pool: &SqlitePool,
    all: &[Wanted],
) -> Result<Vec<Result<u64, StoreError>>, sqlx::Error> {
    let mut transaction = pool.begin_with("begin immediate").await?;
    let mut each = Vec::with_capacity(all.len());
    for wanted in all {
        let written = put!(&wanted.row, &mut *transaction);
        each.push(written.map_err(StoreError::from));
    }
    transaction.commit().await?;
    Ok(each)
}
