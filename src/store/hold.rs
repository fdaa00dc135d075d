//! What staff have marked a question with: that it is held, and that it stands in the diary.

use super::audit::change;
use super::db::{on, plain};
use super::{NewAudit, Receipt, Store, StoreError};

/// Why a question is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldFor {
    /// Someone has asked to see it.
    Request,
    /// A complaint about it is being tried.
    Complaint,
    /// It stands in the diary.
    Diary,
    /// Something else, which the note says.
    Other,
}

impl HeldFor {
    /// Every reason, in the order of the variants.
    pub const ALL: [HeldFor; 4] = [
        HeldFor::Request,
        HeldFor::Complaint,
        HeldFor::Diary,
        HeldFor::Other,
    ];

    /// The reason as it stands in the table and in forms: `request`, `complaint`, `diary` or `other`.
    pub fn code(self) -> &'static str {
        match self {
            HeldFor::Request => "request",
            HeldFor::Complaint => "complaint",
            HeldFor::Diary => "diary",
            HeldFor::Other => "other",
        }
    }

    /// The reason with this code; `None` for any other.
    pub fn from_code(code: &str) -> Option<HeldFor> {
        HeldFor::ALL.into_iter().find(|why| why.code() == code)
    }
}

/// That a question is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Why.
    pub why: HeldFor,
    /// More about that, masked; empty when nothing was said.
    pub note: String,
    /// Who of the staff holds it.
    pub by: String,
    /// Since when, in milliseconds UTC.
    pub at: i64,
}

/// A question, and what staff have marked it with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    /// The question.
    pub receipt: Receipt,
    /// The cluster it is in; empty when it is in none yet.
    pub cluster: String,
    /// How it was worded, masked.
    pub wording: String,
    /// That it is held.
    pub hold: Option<Hold>,
    /// When whoever asked wanted it erased, in milliseconds UTC; only of one that is held, or was until now.
    pub erase_asked_at: Option<i64>,
    /// When it was last exported to the diary, in milliseconds UTC.
    pub registered_at: Option<i64>,
}

/// How many questions of a cluster are marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarkCount {
    /// Those that are held.
    pub held: u64,
    /// Those of them that whoever asked wants erased.
    pub erase_asked: u64,
    /// Those that stand in the diary.
    pub registered: u64,
}

/// What is to be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToHold<'a> {
    /// One question.
    Question(&'a Receipt),
    /// All questions that are in a cluster now.
    Cluster(&'a str),
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select receipt, cluster, wording, held_for, held_note, held_by, held_at, erase_asked_at, registered_at \
             from question where ",
            $rest
        )
    };
}

/// How many questions are marked with what.
macro_rules! count {
    ($rest:literal) => {
        concat!(
            "select max(cluster), count(case when held_at > 0 then 1 end), \
             count(case when erase_asked_at > 0 then 1 end), count(case when registered_at > 0 then 1 end) from question ",
            $rest
        )
    };
}

impl Store {
    /// Holds what nobody holds yet. Returns whether there was any. Fails when the database does not answer.
    pub async fn hold(
        &self,
        what: ToHold<'_>,
        why: HeldFor,
        note: &str,
        audit: &NewAudit,
    ) -> Result<bool, StoreError> {
        const ONE: &str = "update question set held_for = $2, held_note = $3, held_by = $4, held_at = $5 \
            where receipt = $1 and held_at = 0";
        const ALL: &str = "update question set held_for = $2, held_note = $3, held_by = $4, held_at = $5 \
            where cluster = $1 and cluster <> '' and held_at = 0";
        let (sql, name) = match what {
            ToHold::Question(receipt) => (ONE, receipt.as_str()),
            ToHold::Cluster(id) => (ALL, id),
        };
        let (name, note, who) = (plain(name), plain(note), plain(&audit.who));
        change!(
            &self.db,
            sqlx::query(sql)
                .bind(&*name)
                .bind(why.code())
                .bind(&*note)
                .bind(&*who)
                .bind(audit.at),
            audit
        )
    }

    /// Holds a question no longer. Returns whether somebody held it. Fails when the database does not answer.
    pub async fn release(&self, receipt: &Receipt, audit: &NewAudit) -> Result<bool, StoreError> {
        const RELEASE: &str = "update question set held_for = '', held_note = '', held_by = '', held_at = 0 \
            where receipt = $1 and held_at > 0";
        change!(&self.db, sqlx::query(RELEASE).bind(receipt.as_str()), audit)
    }

    /// Notes that a question was exported to the diary. Returns whether there is such a question. Fails when the database
    /// does not answer.
    pub async fn register(&self, receipt: &Receipt, audit: &NewAudit) -> Result<bool, StoreError> {
        const REGISTER: &str =
            "update question set registered_by = $2, registered_at = $3 where receipt = $1";
        let who = plain(&audit.who);
        change!(
            &self.db,
            sqlx::query(REGISTER)
                .bind(receipt.as_str())
                .bind(&*who)
                .bind(audit.at),
            audit
        )
    }

    /// What a question is marked with; `None` when there is none with this receipt. Fails when the database does not
    /// answer.
    pub async fn marks(&self, receipt: &Receipt) -> Result<Option<Marks>, StoreError> {
        const ONE: &str = select!("receipt = $1");
        let row: Option<Row> = on!(&self.db, pool => {
            sqlx::query_as(ONE).bind(receipt.as_str()).fetch_optional(pool).await
        })?;
        row.map(Marks::try_from).transpose()
    }

    /// The questions that are held or that someone wants erased, those wanted erased first and of each the latest; at most
    /// `limit`. Fails when the database does not answer.
    pub async fn held_questions(&self, limit: u32) -> Result<Vec<Marks>, StoreError> {
        // The first condition is that of the index.
        const HELD: &str = select!(
            "(held_at > 0 or registered_at > 0 or erase_asked_at > 0) and (held_at > 0 or erase_asked_at > 0) order by erase_asked_at desc, held_at desc, receipt limit $1"
        );
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(HELD).bind(i64::from(limit)).fetch_all(pool).await
        })?;
        rows.into_iter().map(Marks::try_from).collect()
    }

    /// The questions that someone wants erased and that nobody holds any longer. Fails when the database does not answer.
    pub async fn released(&self) -> Result<Vec<Receipt>, StoreError> {
        // The first condition is that of the index.
        const RELEASED: &str = "select receipt from question \
            where (held_at > 0 or registered_at > 0 or erase_asked_at > 0) and erase_asked_at > 0 and held_at = 0";
        let rows: Vec<String> =
            on!(&self.db, pool => sqlx::query_scalar(RELEASED).fetch_all(pool).await)?;
        Ok(rows
            .iter()
            .filter_map(|code| Receipt::parse(code))
            .collect())
    }

    /// How many questions of a cluster are marked with something. Fails when the database does not answer.
    pub async fn mark_count(&self, cluster: &str) -> Result<MarkCount, StoreError> {
        const COUNT: &str = count!("where cluster = $1");
        let cluster = plain(cluster);
        let (_, held, erase_asked, registered): (Option<String>, i64, i64, i64) = on!(&self.db, pool => {
            sqlx::query_as(COUNT).bind(&*cluster).fetch_one(pool).await
        })?;
        Ok(MarkCount::of(held, erase_asked, registered))
    }

    /// The clusters with questions that are marked, each with how many. Fails when the database does not answer.
    pub async fn marked_clusters(&self) -> Result<Vec<(String, MarkCount)>, StoreError> {
        const MARKED: &str = count!(
            "where held_at > 0 or registered_at > 0 or erase_asked_at > 0 group by cluster order by 1"
        );
        let rows: Vec<(Option<String>, i64, i64, i64)> =
            on!(&self.db, pool => sqlx::query_as(MARKED).fetch_all(pool).await)?;
        let marked = |(cluster, held, erase_asked, registered): (Option<String>, i64, i64, i64)| {
            let cluster = cluster.unwrap_or_default();
            (cluster, MarkCount::of(held, erase_asked, registered))
        };
        Ok(rows.into_iter().map(marked).collect())
    }
}

impl MarkCount {
    fn of(held: i64, erase_asked: i64, registered: i64) -> MarkCount {
        let count = |n| u64::try_from(n).unwrap_or_default();
        MarkCount {
            held: count(held),
            erase_asked: count(erase_asked),
            registered: count(registered),
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    receipt: String,
    cluster: String,
    wording: String,
    held_for: String,
    held_note: String,
    held_by: String,
    held_at: i64,
    erase_asked_at: i64,
    registered_at: i64,
}

impl TryFrom<Row> for Marks {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Marks, StoreError> {
        let receipt = Receipt::parse(&row.receipt)
            .ok_or_else(|| StoreError::Corrupt(format!("{} is no receipt", row.receipt)))?;
        let hold = (row.held_at > 0).then(|| Hold {
            // A reason that only a newer version knows is some other.
            why: HeldFor::from_code(&row.held_for).unwrap_or(HeldFor::Other),
            note: row.held_note,
            by: row.held_by,
            at: row.held_at,
        });
        let time = |at: i64| Some(at).filter(|at| *at > 0);
        Ok(Marks {
            receipt,
            cluster: row.cluster,
            wording: row.wording,
            hold,
            erase_asked_at: time(row.erase_asked_at),
            registered_at: time(row.registered_at),
        })
    }
}
