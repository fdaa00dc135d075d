//! Whom a message pings: who is mentioned in it, less what its `allowed_mentions` forbid.

use serde_json::Value;

use super::refusal::Form;
use super::world::id_in;

/// Someone who was pinged by a message of the bot's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ping {
    pub(crate) message: u64,
    pub(crate) whom: Pinged,
}

/// Who was pinged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pinged {
    /// `@everyone` or `@here`.
    Everyone,
    User(u64),
    Role(u64),
}

/// Whom a text mentions, whether or not it would ping them.
pub(super) fn mentioned(content: &str) -> Vec<Pinged> {
    let mut found = Vec::new();
    if content.contains("@everyone") || content.contains("@here") {
        found.push(Pinged::Everyone);
    }
    for part in content.split("<@").skip(1) {
        let Some((inside, _)) = part.split_once('>') else {
            continue;
        };
        let pinged = match inside.strip_prefix('&') {
            Some(role) => role.parse().map(Pinged::Role),
            None => inside.trim_start_matches('!').parse().map(Pinged::User),
        };
        found.extend(pinged);
    }
    found
}

/// Whom a message pings. Without `allowed_mentions`, everyone it mentions and whom it replies to.
pub(super) fn pinged(content: &str, replied_to: Option<u64>, allowed: &Value) -> Vec<Pinged> {
    let all = allowed.is_null();
    let lists = |key: &str, id: u64| {
        let ids = allowed[key].as_array().into_iter().flatten();
        ids.filter_map(id_in).any(|listed| listed == id)
    };
    let parses = |kind: &str| {
        let kinds = allowed["parse"].as_array().into_iter().flatten();
        all || kinds.into_iter().any(|listed| listed == kind)
    };
    let is_allowed = |pinged: &Pinged| match pinged {
        Pinged::Everyone => parses("everyone"),
        Pinged::User(id) => parses("users") || lists("users", *id),
        Pinged::Role(id) => parses("roles") || lists("roles", *id),
    };
    let mut found = mentioned(content);
    found.retain(is_allowed);
    let replied_to = replied_to.filter(|_| all || allowed["replied_user"] == true);
    found.extend(replied_to.map(Pinged::User));
    found
}

/// Holds `allowed_mentions` to what Discord takes.
pub(super) fn check_allowed(form: &mut Form, allowed: &Value) {
    let at = "allowed_mentions";
    for kind in form.list(&format!("{at}.parse"), &allowed["parse"], 0..=3) {
        if !["everyone", "users", "roles"]
            .iter()
            .any(|known| kind == known)
        {
            let message = "Value must be one of ('roles', 'users', 'everyone').";
            form.wrong(&format!("{at}.parse"), "BASE_TYPE_CHOICES", message);
        }
        if kind
            .as_str()
            .is_some_and(|kind| allowed[kind].as_array().is_some_and(|ids| !ids.is_empty()))
        {
            let code = "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE";
            form.wrong(
                at,
                code,
                "parse and an explicit list are mutually exclusive",
            );
        }
    }
    for key in ["users", "roles"] {
        form.list(&format!("{at}.{key}"), &allowed[key], 0..=100);
    }
}
