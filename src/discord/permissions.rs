//! What the bot must be allowed, and how that is said.

use serenity::model::permissions::Permissions;

use crate::knowledge::Phrases;

/// What the bot needs in a channel where it answers.
pub(super) fn needed() -> Permissions {
    Permissions::VIEW_CHANNEL
        | Permissions::SEND_MESSAGES
        | Permissions::SEND_MESSAGES_IN_THREADS
        | Permissions::EMBED_LINKS
        | Permissions::READ_MESSAGE_HISTORY
}

/// The address where a server's owner lets the bot in, with the permissions and the commands it needs.
pub(super) fn invitation(application: u64) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={}",
        needed().bits()
    )
}

/// Discord's names of what is missing in a channel; of all that is needed, when it is not known what the bot has there.
pub(super) fn missing(has: Option<Permissions>, phrases: &Phrases) -> String {
    let has = has.filter(|p| !p.administrator()).unwrap_or_default();
    let names = [
        (Permissions::VIEW_CHANNEL, &phrases.discord.may_see),
        (Permissions::SEND_MESSAGES, &phrases.discord.may_write),
        (Permissions::EMBED_LINKS, &phrases.discord.may_embed),
        (Permissions::READ_MESSAGE_HISTORY, &phrases.discord.may_read),
    ];
    let all: Vec<&str> = names.iter().map(|(_, name)| name.as_str()).collect();
    let lacking: Vec<&str> = names
        .iter()
        .filter(|(permission, _)| !has.contains(*permission))
        .map(|(_, name)| name.as_str())
        .collect();
    // Refused although nothing seems to be missing: someone has changed it meanwhile.
    if lacking.is_empty() { all } else { lacking }.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_asks_for_no_more_than_is_needed() {
        assert_eq!(
            invitation(42),
            "https://discord.com/oauth2/authorize?client_id=42&scope=bot+applications.commands&permissions=274877991936"
        );
        assert!(!needed().administrator());
    }
}
