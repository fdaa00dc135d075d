//! Names for people that lead back to nobody without the token: keyed hashes of Discord's ids.
//!
//! What is stored of a conversation is such a name, so that the database alone tells nothing of who has asked. When the
//! token is changed, the names change with it, and what stands under the old ones goes when its time is up.

use std::fmt;
use std::str::FromStr;

use hmac::{Hmac, Mac};
use serenity::model::id::{ChannelId, UserId};
use sha2::Sha256;

/// Keeps the key apart from whatever else may be made of the token.
const PURPOSE: &[u8] = b"lots: names of people on Discord, 1";

/// Gives names. The key is made of the token, which is long and random.
pub(super) struct Names {
    key: Hmac<Sha256>,
}

/// A short name of a person: enough to tell people apart, and to see whether someone is the one who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tag([u8; 8]);

impl Names {
    pub(super) fn new(token: &str) -> Names {
        let key = mac(token.as_bytes())
            .chain_update(PURPOSE)
            .finalize()
            .into_bytes();
        Names { key: mac(&key) }
    }

    /// What the ids of all of a person's conversations begin with.
    pub(super) fn person(&self, user: UserId) -> String {
        format!(
            "discord:{}:",
            hex(&self.hash("person", &[user.get()])[..16])
        )
    }

    /// The id of a person's conversation in a channel.
    pub(super) fn conversation(&self, user: UserId, channel: ChannelId) -> String {
        let place = self.hash("place", &[user.get(), channel.get()]);
        format!("{}{}", self.person(user), hex(&place[..8]))
    }

    /// A person's short name.
    pub(super) fn tag(&self, user: UserId) -> Tag {
        let mut tag = [0; 8];
        tag.copy_from_slice(&self.hash("tag", &[user.get()])[..8]);
        Tag(tag)
    }

    fn hash(&self, what: &str, ids: &[u64]) -> [u8; 32] {
        let mut mac = self.key.clone().chain_update(what);
        ids.iter().for_each(|id| mac.update(&id.to_be_bytes()));
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Names")
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl FromStr for Tag {
    type Err = ();
    fn from_str(text: &str) -> Result<Tag, ()> {
        let is_hex = |b: u8| b.is_ascii_digit() || matches!(b, b'a'..=b'f');
        if text.len() != 16 || !text.bytes().all(is_hex) {
            return Err(());
        }
        u64::from_str_radix(text, 16)
            .map(|number| Tag(number.to_be_bytes()))
            .map_err(|_| ())
    }
}

fn mac(key: &[u8]) -> Hmac<Sha256> {
    // HMAC takes keys of any length; the empty key stands in for an error that cannot come.
    Hmac::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&Default::default()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_one_name_and_a_conversation_per_channel() {
        let names = Names::new("token");
        let (ada, bo) = (UserId::new(1), UserId::new(2));
        let (here, there) = (ChannelId::new(1), ChannelId::new(2));
        assert_eq!(names.conversation(ada, here), names.conversation(ada, here));
        assert_ne!(
            names.conversation(ada, here),
            names.conversation(ada, there)
        );
        assert_ne!(names.conversation(ada, here), names.conversation(bo, here));
        assert!(
            names
                .conversation(ada, there)
                .starts_with(&names.person(ada))
        );
        assert!(!names.conversation(bo, here).starts_with(&names.person(ada)));
        assert_ne!(Names::new("other").person(ada), names.person(ada));
    }

    #[test]
    fn no_name_holds_an_id() {
        let (user, channel) = (
            UserId::new(112_233_445_566_778_899),
            ChannelId::new(998_877_665_544_332_211),
        );
        let name = Names::new("token").conversation(user, channel);
        assert!(!name.contains("112233445566778899") && !name.contains("998877665544332211"));
        assert_eq!(name.len(), "discord:".len() + 32 + 1 + 16);
    }

    #[test]
    fn tags_are_read_back() {
        let tag = Names::new("token").tag(UserId::new(7));
        assert_eq!(tag.to_string().parse(), Ok(tag));
        for text in [
            "",
            "0123",
            "+123456789abcdef",
            "0123456789ABCDEF",
            "0123456789abcdeg",
        ] {
            assert_eq!(text.parse::<Tag>(), Err(()), "{text}");
        }
    }
}
