//! What is remembered: questions, conversations and what was deleted. The only room that says sqlx.
//!
//! One text per statement for SQLite and PostgreSQL. What comes here has been masked; nothing here leads to
//! a person who asks but an address to be told or called at, which someone leaves on purpose and which is deleted when it
//! has been used. Where staff are told how things stand is the municipality's own.

mod account;
mod address;
mod audit;
mod backup;
mod callback;
mod change;
mod cluster;
mod code;
mod complaint;
mod conversation;
mod db;
mod delivery;
mod erasing;
mod error;
mod filter;
mod group;
mod hold;
mod idea;
mod link;
mod measure;
mod path_step;
mod purge;
mod question;
mod receipt;
mod regression;
mod reminder;
mod reviewed;
mod setting;
mod sign_on;
mod staff_session;
mod stage;
mod standing;
mod state;
mod subscription;
mod tally;
mod topic;
mod unpublished;
mod wish;
mod writing;

use std::time::Duration;

pub use account::{Account, AccountChange, Changed, NewAccount, Role, Way};
pub use address::redact;
pub use audit::{AuditCheck, AuditFilter, AuditLine, Flaw, NewAudit};
pub use callback::{AddressKind, CallBack, CallBackCount, CallBackState};
pub use change::{KeptChange, OVERLAY, Publication};
pub use cluster::{
    Act, Alike, Cluster, ClusterFilter, Found, Left, NewCluster, Order, Retold, Stale, Unsorted,
};
pub use code::{CodeSecret, NewStep, Proof, SignInStep};
pub use complaint::Complaint;
pub use delivery::{Delivery, DeliveryKind, DeliveryState, Tried};
pub use erasing::{Erased, Theirs};
pub use error::StoreError;
pub use filter::Filter;
pub use group::{Group, Shown, StaffPost, Tally, UnshownGroup};
pub use hold::{HeldFor, Hold, MarkCount, Marks, ToHold};
pub use idea::{Idea, IdeaAct, IdeaPlace, IdeaState};
pub use link::Link;
pub use measure::{AskedMost, Measured, RoutedTo};
pub use path_step::{Happening, PathStep};
pub use purge::{PurgeLine, PurgeRule, Purgeable};
pub use question::{NewQuestion, Question};
pub use receipt::Receipt;
pub use regression::Regression;
pub use reminder::{NOT_TOLD, Reminder};
pub use reviewed::OpenComplaint;
pub use setting::{Ear, Setting};
pub use sign_on::{Identity, NewSignOn, SignedOn};
pub use staff_session::{NewSession, Session};
pub use stage::Stage;
pub use standing::{FreshCluster, QueueStanding};
pub use state::{Reason, State};
pub use subscription::{Courier, DueDigest, Rhythm, Subscription};
pub use tally::{Occurrence, Tallied};
pub use topic::Topic;
pub use unpublished::Unpublished;
pub use wish::Wish;

use db::{Db, on};
use writing::Together;

/// How long [`Store::is_up`] waits for a sign of life.
const PATIENCE: Duration = Duration::from_secs(2);

/// The database, open and with every migration run. Clones share their connections.
#[derive(Clone)]
pub struct Store {
    db: Db,
    /// Where it helps that what many want written goes to disk together.
    together: Option<Together>,
}

impl Store {
    /// Opens `sqlite://file`, `sqlite::memory:` or `postgres://…`, creates the SQLite file when it is missing and runs
    /// the migrations that have not been run; several replicas may do so at the same time.
    ///
    /// A database that a newer version has migrated is taken as it is: migrations only add, so that a deployment can be
    /// rolled back. Fails with [`StoreError::Url`] when the address cannot be used, with [`StoreError::Unavailable`]
    /// when the database does not answer, and with [`StoreError::Corrupt`] when it is not one of ours.
    pub async fn open(url: &str) -> Result<Store, StoreError> {
        let db = Db::open(url).await?;
        let together = Together::begin(&db);
        Ok(Store { db, together })
    }

    /// Closes every connection, after waiting for those in use. Calls made afterwards, on any clone, fail with
    /// [`StoreError::Unavailable`].
    pub async fn close(&self) {
        on!(&self.db, pool => pool.close().await);
    }

    /// Whether other programs may go on with the same conversations: so it is with a database on a server, which replicas
    /// share.
    pub fn is_shared(&self) -> bool {
        matches!(self.db, Db::Pg(_))
    }

    /// Whether the database answers a question about its tables within two seconds.
    pub async fn is_up(&self) -> bool {
        const LOOK: &str = "select receipt from question limit 1";
        let look =
            async { on!(&self.db, pool => sqlx::query(LOOK).fetch_optional(pool).await.is_ok()) };
        tokio::time::timeout(PATIENCE, look).await.unwrap_or(false)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match &self.db {
            Db::Lite(_) => "Store(SQLite)",
            Db::Pg(_) => "Store(PostgreSQL)",
        })
    }
}
