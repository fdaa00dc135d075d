//! What was found behind the addresses that the base leads to, and when each is to be looked at again.

use std::collections::BTreeSet;

use super::db::{on, plain};
use super::{Store, StoreError};

/// An address that the base leads to, and what was found behind it. Times are in milliseconds UTC.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Link {
    /// The address.
    pub address: String,
    /// What was found, as a code; empty while nobody has looked.
    pub finding: String,
    /// The status that the site answered with; 0 for none.
    pub status: i64,
    /// Where the page has moved to for good; empty when it has not.
    pub moved: String,
    /// Since when nothing is found; 0 while something is.
    pub failed_at: i64,
    /// When it was looked at last; 0 while nobody has.
    pub checked_at: i64,
    /// When it is to be looked at next.
    pub due_at: i64,
}

/// A link is read with these columns.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select address, finding, status, moved, failed_at, checked_at, due_at from link ",
            $rest
        )
    };
}

impl Store {
    /// Every link, by address. Fails when the database does not answer.
    pub async fn links(&self) -> Result<Vec<Link>, StoreError> {
        const ALL: &str = select!("order by address");
        Ok(on!(&self.db, pool => sqlx::query_as(ALL).fetch_all(pool).await)?)
    }

    /// Those whose time has come, the longest due first, and those that were put off by more than a month, for then the clock
    /// ran ahead. Fails when the database does not answer.
    pub async fn due_links(&self, now: i64, limit: u32) -> Result<Vec<Link>, StoreError> {
        const DUE: &str = select!(
            "where due_at <= $1 or due_at > $1 + 2678400000 order by due_at, address limit $2"
        );
        Ok(on!(&self.db, pool => {
            sqlx::query_as(DUE).bind(now).bind(i64::from(limit)).fetch_all(pool).await
        })?)
    }

    /// Keeps these addresses and no others, each with when it is to be looked at first; what is known of those that are
    /// there stays. Fails when the database does not answer.
    pub async fn keep_links(&self, wanted: &[(String, i64)]) -> Result<(), StoreError> {
        const ADD: &str =
            "insert into link (address, due_at) values ($1, $2) on conflict (address) do nothing";
        const DROP: &str = "delete from link where address = $1";
        let there: BTreeSet<String> = self.links().await?.into_iter().map(|l| l.address).collect();
        let wanted: Vec<(String, i64)> = wanted
            .iter()
            .map(|(address, due_at)| (plain(address).into_owned(), *due_at))
            .collect();
        let named: BTreeSet<&str> = wanted.iter().map(|(a, _)| a.as_str()).collect();
        let new: Vec<_> = wanted.iter().filter(|(a, _)| !there.contains(a)).collect();
        let gone: Vec<_> = there
            .iter()
            .filter(|a| !named.contains(a.as_str()))
            .collect();
        if new.is_empty() && gone.is_empty() {
            return Ok(());
        }
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            for (address, due_at) in new {
                sqlx::query(ADD).bind(address).bind(due_at).execute(&mut *transaction).await?;
            }
            for address in gone {
                sqlx::query(DROP).bind(address).execute(&mut *transaction).await?;
            }
            transaction.commit().await?;
            Ok(())
        })
    }

    /// Writes down what was found behind a link; nothing when the base does not lead there any longer. Fails when the
    /// database does not answer.
    pub async fn note_link(&self, link: &Link) -> Result<(), StoreError> {
        const NOTE: &str = "update link set finding = $2, status = $3, moved = $4, failed_at = $5, checked_at = $6, \
            due_at = $7 where address = $1";
        on!(&self.db, pool => {
            sqlx::query(NOTE)
                .bind(&*plain(&link.address))
                .bind(&link.finding)
                .bind(link.status)
                .bind(&*plain(&link.moved))
                .bind(link.failed_at)
                .bind(link.checked_at)
                .bind(link.due_at)
                .execute(pool)
                .await
                .map(|_| ())
        })?;
        Ok(())
    }
}
