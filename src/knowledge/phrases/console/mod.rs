//! The sentences of the console, where staff work. A section has a table and a file of its own.

mod account;
mod accounts;
mod audit;
mod calls;
mod changes;
mod cluster;
mod codes;
mod digests;
mod drafts;
mod figures;
mod frame;
mod freshness;
mod ideas;
mod paths;
mod queue;
mod records;
mod replay;
mod settings;
mod shortcuts;
mod sign_in;
mod sign_on;

use std::collections::BTreeMap;

use serde::Deserialize;

pub use account::AccountPhrases;
pub use accounts::AccountsPhrases;
pub use audit::AuditPhrases;
pub use calls::CallsPhrases;
pub use changes::{ChangesPhrases, RegressionsPhrases};
pub use cluster::{ClusterPhrases, PassOnPhrases};
pub use codes::CodesPhrases;
pub use digests::DigestsPhrases;
pub use drafts::{DraftsPhrases, FieldWords};
pub use figures::FiguresPhrases;
pub use frame::FramePhrases;
pub use freshness::FreshnessPhrases;
pub use ideas::IdeasPhrases;
pub use paths::PathsPhrases;
pub use queue::{QueuePhrases, StatesPhrases};
pub use records::RecordsPhrases;
pub use replay::ReplayPhrases;
pub use settings::SettingsPhrases;
pub use shortcuts::ShortcutsPhrases;
pub use sign_in::SignInPhrases;
pub use sign_on::SignOnPhrases;

/// `[console]` of a phrases file. The larger tables lie apart: while a file is read, this is handed on by value.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ConsolePhrases {
    /// What stands around every page of it.
    pub frame: FramePhrases,
    /// Signing in.
    pub sign_in: SignInPhrases,
    /// Signing in at the identity provider.
    pub sign_on: Box<SignOnPhrases>,
    /// Codes that follow the password.
    pub codes: Box<CodesPhrases>,
    /// The accounts of others.
    pub accounts: Box<AccountsPhrases>,
    /// One's own account.
    pub account: AccountPhrases,
    /// Those who want to be called.
    pub calls: CallsPhrases,
    /// The ideas.
    pub ideas: IdeasPhrases,
    /// How much is asked and how it goes.
    pub figures: Box<FiguresPhrases>,
    /// How far people come on the guided ways in.
    pub paths: PathsPhrases,
    /// The trail of what staff have done.
    pub audit: AuditPhrases,
    /// What is being written.
    pub drafts: Box<DraftsPhrases>,
    /// What is wrong with it, by the rule that it breaks; what is not here is said as the check says it.
    pub problems: BTreeMap<String, String>,
    /// Trying it out, and publishing it.
    pub replay: ReplayPhrases,
    /// Which entries are to be gone through.
    pub freshness: FreshnessPhrases,
    /// What has been changed.
    pub changes: ChangesPhrases,
    /// What must stay as it is.
    pub regressions: RegressionsPhrases,
    /// What is switched for everyone.
    pub settings: SettingsPhrases,
    /// Who is told outside the console how things stand.
    pub digests: Box<DigestsPhrases>,
    /// The questions that wait.
    pub queue: Box<QueuePhrases>,
    /// How far staff have come with a question.
    pub states: StatesPhrases,
    /// One question, with all who have asked it.
    pub cluster: Box<ClusterPhrases>,
    /// Passing a question on.
    pub pass_on: PassOnPhrases,
    /// What is held, erased and deleted, and the diary.
    pub records: Box<RecordsPhrases>,
    /// Keys that do what a button does.
    pub shortcuts: ShortcutsPhrases,
}
