//! The sections of the console, and where they are.

use crate::desk::Role;
use crate::knowledge::{FramePhrases, Language};

/// A section of the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// The questions that wait for an answer.
    Queue,
    /// Those who want to be called.
    Calls,
    /// Ideas that were handed over.
    Ideas,
    /// How much is asked and how it goes.
    Figures,
    /// How far people come on the guided ways in.
    Paths,
    /// What is to be gone through.
    Freshness,
    /// What has been changed in what lots knows.
    Changes,
    /// The accounts of staff.
    Accounts,
    /// The trail of what staff have done.
    Audit,
    /// What is held, erased and deleted, and the diary.
    Records,
    /// What is switched for everyone.
    Settings,
    /// One's own account, which stands apart from the others.
    Account,
}

impl Section {
    /// Those in the row at the top, in its order.
    pub(super) const ROW: [Section; 11] = [
        Section::Queue,
        Section::Calls,
        Section::Ideas,
        Section::Figures,
        Section::Paths,
        Section::Freshness,
        Section::Changes,
        Section::Accounts,
        Section::Records,
        Section::Audit,
        Section::Settings,
    ];

    /// The first part of its paths, after the console's own; the same in every language.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Section::Queue => "queue",
            Section::Calls => "calls",
            Section::Ideas => "ideas",
            Section::Figures => "figures",
            Section::Paths => "paths",
            Section::Freshness => "freshness",
            Section::Changes => "changes",
            Section::Accounts => "accounts",
            Section::Records => "records",
            Section::Audit => "audit",
            Section::Settings => "settings",
            Section::Account => "account",
        }
    }

    /// The role that it takes to see it.
    pub(super) fn role(self) -> Role {
        match self {
            Section::Queue
            | Section::Calls
            | Section::Ideas
            | Section::Figures
            | Section::Paths
            | Section::Freshness
            | Section::Changes
            | Section::Records
            | Section::Audit
            | Section::Settings
            | Section::Account => Role::Reader,
            Section::Accounts => Role::Admin,
        }
    }

    /// What it is called.
    pub(super) fn name(self, phrases: &FramePhrases) -> &str {
        match self {
            Section::Queue => &phrases.queue,
            Section::Calls => &phrases.calls,
            Section::Ideas => &phrases.ideas,
            Section::Figures => &phrases.figures,
            Section::Paths => &phrases.paths,
            Section::Freshness => &phrases.freshness,
            Section::Changes => &phrases.changes,
            Section::Accounts => &phrases.accounts,
            Section::Records => &phrases.records,
            Section::Audit => &phrases.audit,
            Section::Settings => &phrases.settings,
            Section::Account => &phrases.account_label,
        }
    }
}

/// The path of the console in a language, without a slash at its end.
pub fn home(language: Language) -> &'static str {
    match language {
        Language::Swedish => "/sv/konsol",
        Language::English => "/en/console",
    }
}

/// What follows the console's own path in a path, without a slash before it; `None` for a path that is not the console's.
pub(super) fn within(path: &str) -> Option<&str> {
    let below = |language| path.strip_prefix(home(language));
    let rest = Language::ALL.into_iter().find_map(below)?;
    match rest.strip_prefix('/') {
        Some(rest) => Some(rest),
        None => (rest.is_empty() || rest.starts_with('?')).then_some(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn a_path_of_the_console_is_told_from_others() {
        for (path, expected) in [
            ("/sv/konsol", Some("")),
            ("/en/console/queue?page=2", Some("queue?page=2")),
            ("/sv/konsol?x", Some("?x")),
            ("/sv/konsoler", None),
            ("/sv/", None),
            ("//evil.example/sv/konsol", None),
        ] {
            assert_eq!(within(path), expected, "{path}");
        }
    }
}
