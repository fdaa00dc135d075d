//! What the municipality states of how it treats what people write, and what is set up that residents are told of.

use std::fmt;
use std::sync::Arc;

use super::Desk;
use crate::store::Rhythm;

/// What the municipality states, and what is set up.
#[derive(Clone, Debug, Default)]
pub struct Practice {
    /// The decision that the times of deletion rest on.
    pub archive_decision: Option<String>,
    /// The mail address of the data protection officer.
    pub data_protection: Option<String>,
    /// Whether lots answers on Discord.
    pub is_on_discord: bool,
    /// Whether staff are told there of new questions, as they are kept.
    pub tells_staff_on_discord: bool,
    /// What people on Discord are called in what is kept, when that can be known.
    pub naming: Option<Naming>,
}

/// By what someone is found in what is kept who is known by an id elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What the ids of all of their conversations begin with.
    pub prefix: String,
    /// The channel.
    pub channel: String,
    /// Where they want to be told, if they do.
    pub address: String,
}

/// What tells the names of people from ids that lead to them.
type NameOf = dyn Fn(&str) -> Option<Named> + Send + Sync;

/// Gives the names of people, from ids that lead to them.
#[derive(Clone)]
pub struct Naming(Arc<NameOf>);

impl Naming {
    /// Names as something says, which gives none for what is no id.
    pub fn new(name: impl Fn(&str) -> Option<Named> + Send + Sync + 'static) -> Naming {
        Naming(Arc::new(name))
    }

    /// What the one with this id is called; `None` when that is no id.
    pub fn name(&self, id: &str) -> Option<Named> {
        (self.0)(id)
    }
}

impl fmt::Debug for Naming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Naming")
    }
}

impl Desk {
    /// The desk of a municipality that states something of how it treats what people write.
    pub fn with_practice(self, practice: Practice) -> Desk {
        Desk { practice, ..self }
    }

    /// Whether staff are sent what was asked most, by mail or to a channel of theirs; it is taken to be so when the database
    /// is away.
    pub async fn sends_to_staff(&self) -> bool {
        let all = match self.open_store() {
            Ok(store) => store.subscriptions().await,
            Err(error) => Err(error),
        };
        all.map_or(true, |all| {
            all.iter().any(|one| one.rhythm != Rhythm::Never)
        })
    }

    /// What the municipality states, and what is set up.
    pub fn practice(&self) -> &Practice {
        &self.practice
    }
}
