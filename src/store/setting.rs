//! What all replicas hold to, how they hear that it has changed, and what one of them does at a time.

use std::time::Duration;

use sqlx::postgres::{PgListener, PgPoolOptions};

use super::audit::append;
use super::db::{Db, on, plain};
use super::{NewAudit, Store, StoreError};

/// The channel by which PostgreSQL tells replicas that a setting has changed.
const CHANNEL: &str = "lots";

/// Something that all replicas hold to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// What it is set to.
    pub value: String,
    /// Grows whenever it is set; 0 for one that never was.
    pub version: i64,
    /// When it was set, in milliseconds UTC.
    pub changed_at: i64,
    /// Who set it.
    pub changed_by: String,
}

/// Sets a setting: its name, value, by whom, when.
pub(super) const SET: &str = "insert into setting (name, value, version, changed_by, changed_at) \
    values ($1, $2, 1, $3, $4) on conflict (name) do update set value = excluded.value, version = setting.version + 1, \
    changed_by = excluded.changed_by, changed_at = excluded.changed_at";

impl Store {
    /// A setting by its name. Fails when the database does not answer.
    pub async fn setting(&self, name: &str) -> Result<Setting, StoreError> {
        const GET: &str =
            "select value, version, changed_at, changed_by from setting where name = $1";
        let row: Option<(String, i64, i64, String)> =
            on!(&self.db, pool => sqlx::query_as(GET).bind(name).fetch_optional(pool).await)?;
        Ok(row.map_or_else(
            Setting::default,
            |(value, version, changed_at, changed_by)| Setting {
                value,
                version,
                changed_at,
                changed_by,
            },
        ))
    }

    /// The names of all settings, each with its version. Fails when the database does not answer.
    pub async fn setting_versions(&self) -> Result<Vec<(String, i64)>, StoreError> {
        const VERSIONS: &str = "select name, version from setting order by name";
        Ok(on!(&self.db, pool => sqlx::query_as(VERSIONS).fetch_all(pool).await)?)
    }

    /// Sets a setting, and tells the other replicas. Fails when the database does not answer.
    pub async fn set(&self, name: &str, value: &str, audit: &NewAudit) -> Result<(), StoreError> {
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            sqlx::query(SET)
                .bind(name)
                .bind(&*plain(value))
                .bind(&*plain(&audit.who))
                .bind(audit.at)
                .execute(&mut *transaction)
                .await?;
            append!(transaction, audit)?;
            transaction.commit().await?;
            Ok::<(), StoreError>(())
        })?;
        self.announce(name).await;
        Ok(())
    }

    /// Tells the other replicas that something has changed. One that does not hear of it sees it when it looks.
    pub(super) async fn announce(&self, name: &str) {
        let Db::Pg(pool) = &self.db else { return };
        let told = sqlx::query("select pg_notify($1, $2)")
            .bind(CHANNEL)
            .bind(name)
            .execute(pool)
            .await;
        if let Err(error) = told {
            tracing::debug!(%error, "the other replicas were not told; they will see when they look");
        }
    }

    /// Waits until another replica tells of a change, or for so long at most. Replicas that share a SQLite file tell each
    /// other nothing.
    pub async fn hear(&self, ear: &mut Option<Ear>, patience: Duration) {
        let listen = async {
            let Db::Pg(pool) = &self.db else {
                return std::future::pending().await;
            };
            if ear.is_none() {
                // A connection of its own: closing the pool would wait for one of the pool's.
                let options = pool.connect_options().as_ref().clone();
                let own = PgPoolOptions::new()
                    .max_connections(1)
                    .connect_with(options);
                let mut listener = PgListener::connect_with(&own.await?).await?;
                listener.listen(CHANNEL).await?;
                *ear = Some(Ear(listener));
            }
            match ear {
                Some(Ear(listener)) => listener.recv().await.map(|_| ()),
                None => Ok(()),
            }
        };
        // Looking now and then is what is left when it cannot be listened.
        if let Ok(Err(error)) = tokio::time::timeout(patience, listen).await {
            let error: sqlx::Error = error;
            tracing::debug!(%error, "other replicas cannot be listened to");
            *ear = None;
            tokio::time::sleep(patience).await;
        }
    }

    /// Takes it upon the caller to do something until a time, both in milliseconds UTC. Returns false while another does
    /// it. One that was taken until more than a day from now, by a clock that was wrong, is nobody's. Fails when the database
    /// does not answer.
    pub async fn claim_lease(&self, name: &str, now: i64, until: i64) -> Result<bool, StoreError> {
        const CLAIM: &str = "insert into lease (name, until) values ($1, $3) \
            on conflict (name) do update set until = excluded.until \
            where lease.until <= $2 or lease.until > $2 + 86400000";
        let claimed = on!(&self.db, pool => {
            sqlx::query(CLAIM)
                .bind(name)
                .bind(now)
                .bind(until)
                .execute(pool)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(claimed > 0)
    }

    /// Lets the next do it. Fails when the database does not answer.
    pub async fn release_lease(&self, name: &str) -> Result<(), StoreError> {
        const RELEASE: &str = "update lease set until = 0 where name = $1";
        on!(&self.db, pool => sqlx::query(RELEASE).bind(name).execute(pool).await.map(|_| ()))?;
        Ok(())
    }
}

/// What listens to the other replicas.
pub struct Ear(PgListener);

impl std::fmt::Debug for Ear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ear")
    }
}
