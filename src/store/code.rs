//! Signing in in two steps: who is between them, and the codes of the second.

use super::account::{Account, BY_NAME, RECOVERY, Row, act};
use super::audit::append;
use super::db::{on, plain};
use super::{NewSession, Store, StoreError};

/// Where someone is who is signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInStep {
    /// At the provider.
    SignOn,
    /// Before the code.
    Code,
    /// Before their first code.
    SetUp,
}

impl SignInStep {
    /// The code in the database.
    fn code(self) -> &'static str {
        match self {
            SignInStep::SignOn => "sign-on",
            SignInStep::Code => "code",
            SignInStep::SetUp => "set-up",
        }
    }
}

/// Someone who is signing in.
#[derive(Clone, Debug)]
pub struct NewStep<'a> {
    /// The hash of the token that the browser is given.
    pub token: &'a str,
    /// Where they are.
    pub step: SignInStep,
    /// Their account; empty for those at the provider.
    pub account: &'a str,
    /// The page that they wanted.
    pub place: &'a str,
    /// When it is too late, in milliseconds UTC.
    pub until: i64,
}

/// What codes are made from.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CodeSecret {
    /// As it was given.
    pub secret: String,
    /// How many codes are left that are taken instead of one.
    pub recovery_left: i64,
}

/// What someone has brought after the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof<'a> {
    /// A code, made for this half minute.
    Step(i64),
    /// The hash of what is taken instead.
    Recovery(&'a str),
}

/// Uses up a proof within an open transaction of either database; whether it held.
macro_rules! holds {
    ($transaction:expr, $account:expr, $proof:expr) => {{
        let taken = match $proof {
            Proof::Step(step) => sqlx::query(TAKE_STEP).bind($account).bind(step),
            Proof::Recovery(code) => sqlx::query(TAKE_RECOVERY).bind($account).bind(code),
        };
        taken.execute(&mut *$transaction).await?.rows_affected() > 0
    }};
}

impl Store {
    /// Remembers that someone is signing in. Fails when the database does not answer.
    pub async fn begin_step(&self, new: &NewStep<'_>) -> Result<(), StoreError> {
        const BEGIN: &str = "insert into sign_in_step (token, step, account, place, until) values ($1, $2, $3, $4, $5)";
        on!(&self.db, pool => {
            sqlx::query(BEGIN)
                .bind(new.token)
                .bind(new.step.code())
                .bind(&*plain(new.account))
                .bind(&*plain(new.place))
                .bind(new.until)
                .execute(pool)
                .await
                .map(|_| ())
        })?;
        Ok(())
    }

    /// The account and the place of someone who is signing in; `None` when there is nobody, or it is too late. Fails when
    /// the database does not answer.
    pub async fn step(
        &self,
        token: &str,
        step: SignInStep,
        now: i64,
    ) -> Result<Option<(String, String)>, StoreError> {
        const FIND: &str =
            "select account, place from sign_in_step where token = $1 and step = $2 and until > $3";
        Ok(on!(&self.db, pool => {
            sqlx::query_as(FIND).bind(token).bind(step.code()).bind(now).fetch_optional(pool).await
        })?)
    }

    /// The same, and it cannot be done again. Fails when the database does not answer.
    pub async fn take_step(
        &self,
        token: &str,
        step: SignInStep,
        now: i64,
    ) -> Result<Option<(String, String)>, StoreError> {
        const TAKE: &str = "delete from sign_in_step where token = $1 and step = $2 and until > $3 returning account, place";
        Ok(on!(&self.db, pool => {
            sqlx::query_as(TAKE).bind(token).bind(step.code()).bind(now).fetch_optional(pool).await
        })?)
    }

    /// What the codes of an account are made from; `None` when its password is enough. Fails when the database does not
    /// answer.
    pub async fn code_secret(&self, account: &str) -> Result<Option<CodeSecret>, StoreError> {
        const FIND: &str = "select secret, (select count(*) from recovery_code r where r.account = c.account) as recovery_left \
            from code_secret c where c.account = $1";
        let account = plain(account);
        Ok(on!(&self.db, pool => {
            sqlx::query_as(FIND).bind(&*account).fetch_optional(pool).await
        })?)
    }

    /// From now on the password of an account is not enough: what its codes are made from, the half minute of the one
    /// that showed that its owner has it, and the hashes of what is taken instead. Returns false when it was so already.
    /// Fails when the database does not answer.
    pub async fn set_codes(
        &self,
        account: &str,
        secret: &str,
        last_step: i64,
        recovery: &[String],
        now: i64,
    ) -> Result<bool, StoreError> {
        const SET: &str = "insert into code_secret (account, secret, last_step, set_at) \
            select name, $2, $3, $4 from account where name = $1 and way = 'password' and state = 'open' \
            on conflict (account) do nothing";
        let act = act(
            account,
            "codes-on",
            account,
            (OFF.to_owned(), ON.to_owned()),
            now,
        );
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            let set = sqlx::query(SET)
                .bind(account)
                .bind(secret)
                .bind(last_step)
                .bind(now)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            if set == 0 {
                return Ok(false);
            }
            for code in recovery {
                sqlx::query(KEEP).bind(account).bind(code).execute(&mut *transaction).await?;
            }
            append!(transaction, &act)?;
            transaction.commit().await?;
            Ok(true)
        })
    }

    /// Puts other codes in the place of those that are taken instead of one. Returns false when the proof does not hold.
    /// Fails when the database does not answer.
    pub async fn renew_recovery(
        &self,
        account: &str,
        proof: Proof<'_>,
        recovery: &[String],
        now: i64,
    ) -> Result<bool, StoreError> {
        let act = act(
            account,
            "recovery-codes-renewed",
            account,
            Default::default(),
            now,
        );
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            if !holds!(transaction, account, proof) {
                return Ok(false);
            }
            sqlx::query(RECOVERY).bind(account).execute(&mut *transaction).await?;
            for code in recovery {
                sqlx::query(KEEP).bind(account).bind(code).execute(&mut *transaction).await?;
            }
            append!(transaction, &act)?;
            transaction.commit().await?;
            Ok(true)
        })
    }

    /// Uses up what someone has brought; whether it held. Fails when the database does not answer.
    pub async fn prove(&self, account: &str, proof: Proof<'_>) -> Result<bool, StoreError> {
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            let holds = holds!(transaction, account, proof);
            transaction.commit().await?;
            Ok(holds)
        })
    }

    /// Signs someone in who has come as far as `step`, by the hash of that token, and has brought a proof when one is
    /// needed; all of it is used up. `None` when it is too late, when the proof does not hold, and when the account has
    /// been changed meanwhile. The password of `new` is not looked at. Fails when the database does not answer.
    pub async fn end_step(
        &self,
        new: &NewSession<'_>,
        (token, step): (&str, SignInStep),
        proof: Option<Proof<'_>>,
    ) -> Result<Option<Account>, StoreError> {
        const TAKE: &str = "delete from sign_in_step where token = $1 and step = $2 and account = $3 and until > $4";
        const BEGIN: &str = "insert into staff_session (token, account, begun_at, seen_at, until) \
            select $1, name, $3, $3, $4 from account where name = $2 and way = 'password' and state = 'open'";
        let code = match proof {
            Some(Proof::Recovery(_)) => "signed-in-by-recovery-code",
            Some(Proof::Step(_)) | None => "signed-in",
        };
        let act = act(new.account, code, new.account, Default::default(), new.now);
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            let taken = sqlx::query(TAKE)
                .bind(token)
                .bind(step.code())
                .bind(new.account)
                .bind(new.now)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            if taken == 0 {
                return Ok(None);
            }
            if let Some(proof) = proof
                && !holds!(transaction, new.account, proof)
            {
                return Ok(None);
            }
            let begun = sqlx::query(BEGIN)
                .bind(new.token)
                .bind(new.account)
                .bind(new.now)
                .bind(new.until)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            if begun == 0 {
                return Ok(None);
            }
            let row: Row =
                sqlx::query_as(BY_NAME).bind(new.account).fetch_one(&mut *transaction).await?;
            let account = row.read()?;
            append!(transaction, &act)?;
            transaction.commit().await?;
            Ok(Some(account))
        })
    }
}

const ON: &str = "on";
const OFF: &str = "off";
/// Keeps what is taken instead of a code.
const KEEP: &str = "insert into recovery_code (account, code) values ($1, $2)";
/// Takes a code, unless it or a later one has been taken already.
const TAKE_STEP: &str =
    "update code_secret set last_step = $2 where account = $1 and last_step < $2";
/// Takes what is taken instead.
const TAKE_RECOVERY: &str = "delete from recovery_code where account = $1 and code = $2";
