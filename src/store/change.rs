//! What staff change about the base: written as drafts, live when published, undone at will. What a change is made of is
//! JSON that only `desk` reads and writes.

use super::audit::{append, change};
use super::cluster::{Settled, settle};
use super::db::{on, plain};
use super::setting::SET;
use super::{Act, NewAudit, Regression, Stage, Store, StoreError};

/// The setting whose version grows whenever other changes are live.
pub const OVERLAY: &str = "overlay";

/// A change, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptChange {
    /// Its name.
    pub id: String,
    /// The cluster that it answers; empty for none.
    pub cluster: String,
    /// What staff do by it: `answer`, `teach`, `pass-on` or `mend`.
    pub act: String,
    /// What it is about: an entry, an office, another body.
    pub about: String,
    /// What it is called in a list.
    pub title: String,
    /// What is laid, as JSON.
    pub body: String,
    /// What was typed, as JSON.
    pub form: String,
    /// How far it has come.
    pub stage: Stage,
    /// Grows whenever it is saved.
    pub version: i64,
    /// Who began it.
    pub made_by: String,
    /// When, in milliseconds UTC.
    pub made_at: i64,
    /// Who saved it last.
    pub changed_by: String,
    /// When.
    pub changed_at: i64,
    /// Who published it; empty while nobody has.
    pub published_by: String,
    /// When; 0 while nobody has.
    pub published_at: i64,
    /// Why it was published although it broke something.
    pub reason: String,
    /// Where the cluster stood before, as JSON.
    pub before: String,
}

/// What publishing a change does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication<'a> {
    /// The change.
    pub change: &'a str,
    /// Its version, as the one who publishes has seen it.
    pub version: i64,
    /// Why it is published although it breaks something; empty when it does not.
    pub reason: &'a str,
    /// Where its cluster stood before, as JSON.
    pub before: &'a str,
    /// The version of the setting [`OVERLAY`] that says what it was tried with.
    pub laid: i64,
    /// What becomes of its cluster.
    pub act: Option<&'a Act>,
    /// The wordings that must be answered so from now on.
    pub regressions: &'a [Regression],
}

/// A change is read with these columns.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, cluster, act, about, title, body, form, state, version, made_by, made_at, changed_by, changed_at, \
             published_by, published_at, reason, before from change ",
            $rest
        )
    };
}

impl Store {
    /// Begins a change. Fails when the database does not answer.
    pub async fn begin_change(
        &self,
        change: &KeptChange,
        audit: &NewAudit,
    ) -> Result<(), StoreError> {
        const BEGIN: &str = "insert into change (id, cluster, act, about, title, body, form, made_by, made_at, changed_by, \
            changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $9)";
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            sqlx::query(BEGIN)
                .bind(&change.id)
                .bind(&*plain(&change.cluster))
                .bind(&change.act)
                .bind(&*plain(&change.about))
                .bind(&*plain(&change.title))
                .bind(&*plain(&change.body))
                .bind(&*plain(&change.form))
                .bind(&change.made_by)
                .bind(change.made_at)
                .execute(&mut *transaction)
                .await?;
            append!(transaction, audit)?;
            transaction.commit().await?;
            Ok(())
        })
    }

    /// Saves a draft, given with the version that the one who writes it has seen. Whether it was saved: not when somebody
    /// has saved it since, or it is no draft any longer. Fails when the database does not answer.
    pub async fn save_change(&self, change: &KeptChange) -> Result<bool, StoreError> {
        const SAVE: &str = "update change set about = $3, title = $4, body = $5, form = $6, changed_by = $7, \
            changed_at = $8, version = version + 1 where id = $1 and version = $2 and state = 'draft'";
        let saved = on!(&self.db, pool => {
            sqlx::query(SAVE)
                .bind(&change.id)
                .bind(change.version)
                .bind(&*plain(&change.about))
                .bind(&*plain(&change.title))
                .bind(&*plain(&change.body))
                .bind(&*plain(&change.form))
                .bind(&change.changed_by)
                .bind(change.changed_at)
                .execute(pool)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(saved > 0)
    }

    /// The change with this name. Fails when the database does not answer.
    pub async fn change(&self, id: &str) -> Result<Option<KeptChange>, StoreError> {
        const ONE: &str = select!("where id = $1");
        let id = plain(id);
        let row: Option<Row> =
            on!(&self.db, pool => sqlx::query_as(ONE).bind(&*id).fetch_optional(pool).await)?;
        row.map(KeptChange::try_from).transpose()
    }

    /// The changes at a stage, or all but the discarded, those that were changed last first; `after` is the time and name
    /// of the last of the page before. Fails when the database does not answer.
    pub async fn changes(
        &self,
        stage: Option<Stage>,
        after: Option<(i64, String)>,
        limit: u32,
    ) -> Result<Vec<KeptChange>, StoreError> {
        const MANY: &str = select!(
            "where (state = $1 or ($1 is null and state <> 'discarded')) and (changed_at, id) < ($2, $3) \
            order by changed_at desc, id desc limit $4"
        );
        let (at, id) = after.unwrap_or((i64::MAX, String::new()));
        let id = plain(&id);
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(MANY)
                .bind(stage.map(Stage::code))
                .bind(at)
                .bind(&*id)
                .bind(i64::from(limit))
                .fetch_all(pool)
                .await
        })?;
        rows.into_iter().map(KeptChange::try_from).collect()
    }

    /// The drafts and live changes that answer a cluster, the latest first. Fails when the database does not answer.
    pub async fn changes_of(&self, cluster: &str) -> Result<Vec<KeptChange>, StoreError> {
        const OF: &str = select!(
            "where cluster = $1 and state in ('draft', 'live') order by changed_at desc, id desc limit 20"
        );
        let cluster = plain(cluster);
        let rows: Vec<Row> =
            on!(&self.db, pool => sqlx::query_as(OF).bind(&*cluster).fetch_all(pool).await)?;
        rows.into_iter().map(KeptChange::try_from).collect()
    }

    /// All that is laid over the files, in the order in which it is: names and JSON. Fails when the database does not
    /// answer.
    pub async fn live_changes(&self) -> Result<Vec<(String, String)>, StoreError> {
        const LIVE: &str = "select id, body from change where state = 'live' order by place, id";
        Ok(on!(&self.db, pool => sqlx::query_as(LIVE).fetch_all(pool).await)?)
    }

    /// Publishes a draft: it is live, its cluster moves, its regression questions exist, and the trail tells of it, or
    /// none of this. Whether it was done: not when somebody has changed the draft or its cluster since, and not when other
    /// changes are live than those that it was tried with. Fails when the database does not answer.
    pub async fn publish_change(
        &self,
        publication: &Publication<'_>,
        audit: &NewAudit,
    ) -> Result<bool, StoreError> {
        const PUBLISH: &str = "update change set state = 'live', version = version + 1, published_by = $3, \
            published_at = $4, changed_by = $3, changed_at = $4, reason = $5, before = $6, \
            place = (select coalesce(max(other.place), 0) + 1 from change other) \
            where id = $1 and version = $2 and state = 'draft'";
        const LAID: &str = "select version from setting where name = $1";
        const KEEP: &str = "insert into regression (id, wording, language, expected, change, made_at) \
            values ($1, $2, $3, $4, $5, $6)";
        let published = on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            // First, so that one at a time publishes or undoes.
            sqlx::query(SET).bind(OVERLAY).bind("").bind(&audit.who).bind(audit.at).execute(&mut *transaction).await?;
            let (laid,): (i64,) = sqlx::query_as(LAID).bind(OVERLAY).fetch_one(&mut *transaction).await?;
            if laid != publication.laid + 1 {
                return Ok(false);
            }
            let published = sqlx::query(PUBLISH)
                .bind(publication.change)
                .bind(publication.version)
                .bind(&audit.who)
                .bind(audit.at)
                .bind(&*plain(publication.reason))
                .bind(&*plain(publication.before))
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            if published == 0 {
                return Ok(false);
            }
            if let Some(act) = publication.act
                && settle!(transaction, act, Settled::None)? == 0
            {
                return Ok(false);
            }
            for regression in publication.regressions {
                sqlx::query(KEEP)
                    .bind(&regression.id)
                    .bind(&*plain(&regression.wording))
                    .bind(&*plain(&regression.language))
                    .bind(&*plain(&regression.expected))
                    .bind(publication.change)
                    .bind(regression.made_at)
                    .execute(&mut *transaction)
                    .await?;
            }
            append!(transaction, audit)?;
            transaction.commit().await?;
            Ok::<bool, StoreError>(true)
        })?;
        if published {
            self.announce(OVERLAY).await;
        }
        Ok(published)
    }

    /// Takes a live change off again, and its regression questions with it; its cluster moves to where `act` says, with
    /// the questions that the change has settled. Whether it was done: not when somebody has been faster. Fails when the database does not answer.
    pub async fn undo_change(
        &self,
        id: &str,
        act: Option<&Act>,
        audit: &NewAudit,
    ) -> Result<bool, StoreError> {
        const UNDO: &str = "update change set state = 'undone', version = version + 1, changed_by = $2, changed_at = $3 \
            where id = $1 and state = 'live' returning published_at";
        const FORGET: &str =
            "update regression set state = 'undone', wording = '' where change = $1";
        let undone = on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            sqlx::query(SET).bind(OVERLAY).bind("").bind(&audit.who).bind(audit.at).execute(&mut *transaction).await?;
            let undone: Option<(i64,)> = sqlx::query_as(UNDO)
                .bind(id)
                .bind(&audit.who)
                .bind(audit.at)
                .fetch_optional(&mut *transaction)
                .await?;
            let Some((published_at,)) = undone else {
                return Ok(false);
            };
            // What was settled by itself, or before, stays so.
            let settled = Settled::At(published_at);
            sqlx::query(FORGET).bind(id).execute(&mut *transaction).await?;
            if let Some(act) = act
                && settle!(transaction, act, settled)? == 0
            {
                return Ok(false);
            }
            append!(transaction, audit)?;
            transaction.commit().await?;
            Ok::<bool, StoreError>(true)
        })?;
        if undone {
            self.announce(OVERLAY).await;
        }
        Ok(undone)
    }

    /// Moves a change from one stage to another, without its cluster: a draft that is given up, a live one that the files
    /// of the base say by now. Whether it was at that stage. Fails when the database does not answer.
    pub async fn move_change(
        &self,
        id: &str,
        (from, to): (Stage, Stage),
        audit: &NewAudit,
    ) -> Result<bool, StoreError> {
        // What is given up may hold wordings that nobody has made part of the base.
        const MOVE: &str = "update change set state = $3, version = version + 1, changed_by = $4, changed_at = $5, \
            title = case when $3 = 'discarded' then '' else title end, \
            body = case when $3 = 'discarded' then '[]' else body end, \
            form = case when $3 = 'discarded' then '{}' else form end where id = $1 and state = $2";
        change!(
            &self.db,
            sqlx::query(MOVE)
                .bind(id)
                .bind(from.code())
                .bind(to.code())
                .bind(&audit.who)
                .bind(audit.at),
            audit
        )
    }
}

/// A row of the table.
#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    cluster: String,
    act: String,
    about: String,
    title: String,
    body: String,
    form: String,
    state: String,
    version: i64,
    made_by: String,
    made_at: i64,
    changed_by: String,
    changed_at: i64,
    published_by: String,
    published_at: i64,
    reason: String,
    before: String,
}

impl TryFrom<Row> for KeptChange {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let stage = Stage::from_code(&row.state).ok_or_else(|| {
            StoreError::Corrupt(format!("change {} has `{}` for state", row.id, row.state))
        })?;
        Ok(KeptChange {
            stage,
            id: row.id,
            cluster: row.cluster,
            act: row.act,
            about: row.about,
            title: row.title,
            body: row.body,
            form: row.form,
            version: row.version,
            made_by: row.made_by,
            made_at: row.made_at,
            changed_by: row.changed_by,
            changed_at: row.changed_at,
            published_by: row.published_by,
            published_at: row.published_at,
            reason: row.reason,
            before: row.before,
        })
    }
}
