//! Who did what, and when: a trail that is only added to, in which every line vouches for the one before it.
//!
//! A line that is changed, taken out, put in or cut off the end breaks the chain, and [`Store::verify_audit`] says where.
//! Someone who may write to the database could make the whole chain anew: so whoever must be sure of it keeps the number
//! and the hash of the last line in another place, as [`AuditCheck::Whole`] gives them, and compares.

use sha2::{Digest, Sha256};

use super::db::{on, plain};
use super::{Store, StoreError};

/// How many lines are verified at a time.
const PAGE: u32 = 500;

/// Takes the next number and gives the hash of the last line. The row stays locked until the transaction ends.
pub(super) const NEXT: &str =
    "update audit_head set seq = seq + 1 where id = 'head' returning seq, hash";
/// Adds a line.
pub(super) const ADD: &str = "insert into audit (seq, at, who, act, about, before, after, reason, hash) \
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
/// Moves the end of the chain to the line that was added.
pub(super) const MOVE: &str = "update audit_head set hash = $1 where id = 'head'";
const HEAD: &str = "select seq, hash from audit_head where id = 'head'";

/// An act that is to be written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewAudit {
    /// Who acted: a sign-in name, or where the act came from.
    pub who: String,
    /// What was done, as a code such as `account-added`.
    pub act: String,
    /// What it was done to, such as `account/anna`.
    pub about: String,
    /// How that was before; empty when it was not there.
    pub before: String,
    /// How it is after; empty when it is gone.
    pub after: String,
    /// Why, when that was said.
    pub reason: String,
    /// When, in milliseconds UTC.
    pub at: i64,
}

/// A line of the trail.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditLine {
    /// Its number: 1 for the first, and then without a gap.
    pub seq: i64,
    /// When, in milliseconds UTC.
    pub at: i64,
    /// Who acted.
    pub who: String,
    /// What was done.
    pub act: String,
    /// What it was done to.
    pub about: String,
    /// How that was before.
    pub before: String,
    /// How it is after.
    pub after: String,
    /// Why.
    pub reason: String,
    /// What vouches for this line and all before it, in hexadecimal.
    pub hash: String,
}

/// Which lines to list. Each part that is `None` lets every line through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only what this one has done.
    pub who: Option<String>,
    /// Only what has been done to this.
    pub about: Option<String>,
    /// Only lines with a lower number: that of the last line of the page before.
    pub before: Option<i64>,
    /// How many, at most; 50 unless set.
    pub limit: u32,
}

impl Default for AuditFilter {
    fn default() -> Self {
        AuditFilter {
            who: None,
            about: None,
            before: None,
            limit: 50,
        }
    }
}

/// What going through the whole trail comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditCheck {
    /// Every line is there, and as it was written.
    Whole {
        /// How many there are, which is the number of the last.
        lines: i64,
        /// The hash of the last line; empty when there is none.
        last: String,
    },
    /// The chain is broken.
    Broken {
        /// The number of the first line that is not right.
        seq: i64,
        /// What is wrong with it.
        why: Flaw,
    },
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It is not as it was written, or does not follow on the line before.
    Changed,
    /// It is not there.
    Missing,
    /// It is there, though the trail ended before it.
    Added,
}

/// Writes a [`NewAudit`] as the last line of the trail, within an open transaction of either database, so that it is
/// there if and only if what it tells of is. To be called after the other statements of the transaction: everyone else
/// who wants to add a line waits from then on.
macro_rules! append {
    ($transaction:expr, $audit:expr) => {
        async {
            use $crate::store::audit::{ADD, AuditLine, MOVE, NEXT};
            let end: (i64, String) = sqlx::query_as(NEXT).fetch_one(&mut *$transaction).await?;
            let line = AuditLine::following(end, $audit);
            sqlx::query(ADD)
                .bind(line.seq)
                .bind(line.at)
                .bind(&line.who)
                .bind(&line.act)
                .bind(&line.about)
                .bind(&line.before)
                .bind(&line.after)
                .bind(&line.reason)
                .bind(&line.hash)
                .execute(&mut *$transaction)
                .await?;
            sqlx::query(MOVE)
                .bind(&line.hash)
                .execute(&mut *$transaction)
                .await?;
            Ok::<(), sqlx::Error>(())
        }
        .await
    };
}
pub(super) use append;

/// Carries out a change and adds to the trail, both or neither; whether there was anything to change.
macro_rules! change {
    ($db:expr, $change:expr, $audit:expr) => {{
        let db = $db;
        $crate::store::db::on!(db, pool => {
            let mut transaction = pool.begin_with(db.begin()).await?;
            let changed = $change.execute(&mut *transaction).await?.rows_affected();
            if changed == 0 {
                return Ok(false);
            }
            $crate::store::audit::append!(transaction, $audit)?;
            transaction.commit().await?;
            Ok(true)
        })
    }};
}
pub(super) use change;

impl Store {
    /// Writes an act down. It is on disk when this returns. Fails when the database does not answer.
    pub async fn audit(&self, act: &NewAudit) -> Result<(), StoreError> {
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            append!(transaction, act)?;
            transaction.commit().await?;
            Ok(())
        })
    }

    /// The lines that a filter lets through, newest first. Fails when the database does not answer.
    pub async fn audit_lines(&self, filter: &AuditFilter) -> Result<Vec<AuditLine>, StoreError> {
        const LINES: &str = "select seq, at, who, act, about, before, after, reason, hash from audit \
            where who = coalesce($1, who) and about = coalesce($2, about) and seq < $3 order by seq desc limit $4";
        let (who, about) = (
            filter.who.as_deref().map(plain),
            filter.about.as_deref().map(plain),
        );
        let lines = on!(&self.db, pool => {
            sqlx::query_as(LINES)
                .bind(who.as_deref())
                .bind(about.as_deref())
                .bind(filter.before.unwrap_or(i64::MAX))
                .bind(i64::from(filter.limit))
                .fetch_all(pool)
                .await
        })?;
        Ok(lines)
    }

    /// Goes through the whole trail from its beginning. What is added meanwhile is no flaw. Fails when the database does
    /// not answer.
    pub async fn verify_audit(&self) -> Result<AuditCheck, StoreError> {
        const PAGE_AFTER: &str = "select seq, at, who, act, about, before, after, reason, hash from audit \
            where seq > $1 order by seq limit $2";
        let end = self.audit_end().await?;
        let mut at = (0_i64, String::new());
        loop {
            let page: Vec<AuditLine> = on!(&self.db, pool => {
                sqlx::query_as(PAGE_AFTER).bind(at.0).bind(i64::from(PAGE)).fetch_all(pool).await
            })?;
            if page.is_empty() {
                break;
            }
            for line in page {
                if let Some(why) = line.flaw(&at, &end) {
                    let seq = at.0 + 1;
                    return Ok(AuditCheck::Broken { seq, why });
                }
                at = (line.seq, line.hash);
            }
        }
        let broken = |seq, why| Ok(AuditCheck::Broken { seq, why });
        if at.0 < end.0 {
            return broken(at.0 + 1, Flaw::Missing);
        }
        let end = self.audit_end().await?;
        if at.0 > end.0 {
            return broken(end.0 + 1, Flaw::Added);
        }
        let (lines, last) = at;
        Ok(AuditCheck::Whole { lines, last })
    }

    /// The number and the hash that the last line has to have.
    async fn audit_end(&self) -> Result<(i64, String), StoreError> {
        Ok(on!(&self.db, pool => sqlx::query_as(HEAD).fetch_one(pool).await)?)
    }
}

impl AuditLine {
    /// The line for an act, given its number and the hash of the line before it.
    pub(super) fn following((seq, previous): (i64, String), act: &NewAudit) -> AuditLine {
        let mut line = AuditLine {
            seq,
            at: act.at,
            who: plain(&act.who).into_owned(),
            act: plain(&act.act).into_owned(),
            about: plain(&act.about).into_owned(),
            before: plain(&act.before).into_owned(),
            after: plain(&act.after).into_owned(),
            reason: plain(&act.reason).into_owned(),
            hash: String::new(),
        };
        line.hash = line.hash_after(&previous);
        line
    }

    /// What is wrong with the line, as the one that is read after the line with the number and hash in `before`, in a
    /// trail that ends at `end`.
    fn flaw(&self, before: &(i64, String), end: &(i64, String)) -> Option<Flaw> {
        let is_last = self.seq == end.0;
        if self.seq != before.0 + 1 {
            Some(Flaw::Missing)
        } else if self.hash != self.hash_after(&before.1) || (is_last && self.hash != end.1) {
            Some(Flaw::Changed)
        } else {
            None
        }
    }

    /// The hash that the line has when it follows on a line with another. Each part is preceded by its length, so that
    /// no two lines come to the same bytes.
    fn hash_after(&self, previous: &str) -> String {
        let (seq, at) = (self.seq.to_string(), self.at.to_string());
        let parts: [&str; 9] = [
            previous,
            &seq,
            &at,
            &self.who,
            &self.act,
            &self.about,
            &self.before,
            &self.after,
            &self.reason,
        ];
        let hash = parts.iter().fold(Sha256::new(), |hash, part| {
            hash.chain_update(part.len().to_string())
                .chain_update(":")
                .chain_update(part)
        });
        hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_one_part_is_never_taken_for_another() {
        let act = |who: &str, act: &str| NewAudit {
            who: who.to_owned(),
            act: act.to_owned(),
            ..NewAudit::default()
        };
        let hash = |a: &NewAudit| AuditLine::following((1, String::new()), a).hash;
        assert_ne!(hash(&act("anna", "closed")), hash(&act("annac", "losed")));
        assert_ne!(hash(&act("a1:", "")), hash(&act("a", "1:")));
        assert_ne!(
            AuditLine::following((2, "00".to_owned()), &act("a", "b")).hash,
            AuditLine::following((2, "01".to_owned()), &act("a", "b")).hash
        );
    }
}
