//! Who is signed in, and how often someone has tried to.

use super::account::{Account, END, Row, act, columns};
use super::audit::append;
use super::db::{on, plain};
use super::{Store, StoreError};

/// How far the clocks of replicas may differ, in milliseconds. What was written further ahead than that was written by a
/// clock that was wrong and has been set right.
const AHEAD: i64 = 10 * 60 * 1000;

/// Someone who is about to be signed in.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    /// The hash of the token that the browser is given.
    pub token: &'a str,
    /// The account.
    pub account: &'a str,
    /// The hash of the password that was right: when it has been changed meanwhile, nobody is signed in.
    pub password: &'a str,
    /// When, in milliseconds UTC.
    pub now: i64,
    /// When it ends at the latest, in milliseconds UTC.
    pub until: i64,
}

/// A session that has not ended.
#[derive(Clone, Debug)]
pub struct Session {
    /// Whose it is.
    pub account: Account,
    /// When it was last used, to the minute, in milliseconds UTC.
    pub seen_at: i64,
}

impl Store {
    /// Signs someone in. Returns false when the account has been closed, or its password changed. Fails when the
    /// database does not answer.
    pub async fn begin_session(&self, new: &NewSession<'_>) -> Result<bool, StoreError> {
        const BEGIN: &str = "insert into staff_session (token, account, begun_at, seen_at, until) \
            select $1, name, $4, $4, $5 from account where name = $2 and password = $3 and state = 'open'";
        let act = act(
            new.account,
            "signed-in",
            new.account,
            Default::default(),
            new.now,
        );
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            let begun = sqlx::query(BEGIN)
                .bind(new.token)
                .bind(new.account)
                .bind(new.password)
                .bind(new.now)
                .bind(new.until)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            if begun > 0 {
                append!(transaction, &act)?;
                transaction.commit().await?;
            }
            Ok(begun > 0)
        })
    }

    /// The session of a token, by its hash; `None` when there is none, when it has ended, when it was last used at
    /// `idle_since` or before, and when it was begun while the clock ran far ahead. Times are in milliseconds, UTC. Fails when
    /// the database does not answer.
    pub async fn session(
        &self,
        token: &str,
        now: i64,
        idle_since: i64,
    ) -> Result<Option<Session>, StoreError> {
        const FIND: &str = concat!(
            "select ",
            columns!(),
            ", s.seen_at from staff_session s join account a on a.name = s.account ",
            "where s.token = $1 and s.until > $2 and s.seen_at > $3 and s.begun_at <= $4 and a.state = 'open'",
        );
        let latest = now.saturating_add(AHEAD);
        let row: Option<SessionRow> = on!(&self.db, pool => {
            sqlx::query_as(FIND).bind(token).bind(now).bind(idle_since).bind(latest).fetch_optional(pool).await
        })?;
        let session = |row: SessionRow| {
            Ok(Session {
                account: row.account.read()?,
                seen_at: row.seen_at,
            })
        };
        row.map(session).transpose()
    }

    /// Notes that a session is in use. Fails when the database does not answer.
    pub async fn session_seen(&self, token: &str, now: i64) -> Result<(), StoreError> {
        const SEEN: &str = "update staff_session set seen_at = $2 where token = $1";
        on!(&self.db, pool => sqlx::query(SEEN).bind(token).bind(now).execute(pool).await.map(|_| ()))?;
        Ok(())
    }

    /// Ends a session, by the hash of its token; the ID token that it was begun with, when that was at a provider. Fails
    /// when the database does not answer.
    pub async fn end_session(&self, token: &str, now: i64) -> Result<Option<String>, StoreError> {
        const END: &str = "delete from staff_session where token = $1 returning account, id_token";
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            let ended: Option<(String, String)> =
                sqlx::query_as(END).bind(token).fetch_optional(&mut *transaction).await?;
            let Some((name, id_token)) = ended else {
                return Ok(None);
            };
            let act = act(&name, "signed-out", &name, Default::default(), now);
            append!(transaction, &act)?;
            transaction.commit().await?;
            Ok(Some(id_token).filter(|token| !token.is_empty()))
        })
    }

    /// Ends every session of an account; how many there were. Fails when the database does not answer.
    pub async fn end_sessions(
        &self,
        account: &str,
        who: &str,
        now: i64,
    ) -> Result<u64, StoreError> {
        let account = plain(account);
        let act = act(
            who,
            "signed-out-everywhere",
            &account,
            Default::default(),
            now,
        );
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            let ended = sqlx::query(END[0]).bind(&*account).execute(&mut *transaction).await?.rows_affected();
            append!(transaction, &act)?;
            transaction.commit().await?;
            Ok(ended)
        })
    }

    /// Counts an attempt to sign in, before it is made, so that many at once are counted too; how many there have been,
    /// counted anew when the first was made at `since` or before, or while the clock ran far ahead. Fails when the database does
    /// not answer.
    pub async fn attempt(&self, subject: &str, now: i64, since: i64) -> Result<i64, StoreError> {
        const COUNT: &str = "insert into sign_in_attempt (subject, attempts, since) values ($1, 1, $2) \
            on conflict (subject) do update set \
            attempts = case when sign_in_attempt.since > $3 and sign_in_attempt.since <= $4 \
            then sign_in_attempt.attempts + 1 else 1 end, \
            since = case when sign_in_attempt.since > $3 and sign_in_attempt.since <= $4 \
            then sign_in_attempt.since else $2 end \
            returning attempts";
        let latest = now.saturating_add(AHEAD);
        Ok(on!(&self.db, pool => {
            sqlx::query_scalar(COUNT).bind(subject).bind(now).bind(since).bind(latest).fetch_one(pool).await
        })?)
    }

    /// Takes back what was counted for an attempt that succeeded: all of its name, and the one of its client. Fails when
    /// the database does not answer.
    pub async fn forgive(&self, name: &str, client: &str) -> Result<(), StoreError> {
        const FORGIVE: &str = "update sign_in_attempt set \
            attempts = case when subject = $1 then 0 else attempts - 1 end where subject in ($1, $2)";
        on!(&self.db, pool => sqlx::query(FORGIVE).bind(name).bind(client).execute(pool).await.map(|_| ()))?;
        Ok(())
    }

    /// Deletes the sessions that have ended at `now`, or were last used at `idle_since` or before, whatever someone was
    /// signing in to whose time is up, and the attempts that were first made at `attempts_since` or before, and sessions
    /// and attempts from when the clock ran far ahead. Times are in milliseconds, UTC. Fails when the database does not
    /// answer.
    pub async fn purge_sessions(
        &self,
        now: i64,
        idle_since: i64,
        attempts_since: i64,
    ) -> Result<(), StoreError> {
        const SESSIONS: &str =
            "delete from staff_session where until <= $1 or seen_at <= $2 or begun_at > $3";
        const STEPS: &str = "delete from sign_in_step where until <= $1";
        const ATTEMPTS: &str = "delete from sign_in_attempt where since <= $1 or since > $2";
        let latest = now.saturating_add(AHEAD);
        on!(&self.db, pool => {
            sqlx::query(SESSIONS).bind(now).bind(idle_since).bind(latest).execute(pool).await.map(|_| ())?;
            sqlx::query(STEPS).bind(now).execute(pool).await.map(|_| ())?;
            sqlx::query(ATTEMPTS).bind(attempts_since).bind(latest).execute(pool).await.map(|_| ())
        })?;
        Ok(())
    }
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    #[sqlx(flatten)]
    account: Row,
    seen_at: i64,
}
