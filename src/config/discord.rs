//! The settings of the Discord channel.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// More reminders of one last day would be a nuisance.
const MOST_REMIND_DAYS: usize = 5;

/// `[discord]` in `lots.toml`. Without a token there is no Discord channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DiscordSettings {
    /// The token of the application's bot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<Secret>,
    /// The base address of an HTTP proxy that speaks Discord's REST. It gives the gateway's address too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<String>,
    /// Commands are registered in this server only, which takes effect at once: for development.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild: Option<Snowflake>,
    /// The channel where staff are told of unanswered questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff_channel: Option<Snowflake>,
    /// The role that may list unanswered questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff_role: Option<Snowflake>,
    /// The hour, 0 to 23 in the municipality's time zone, of the daily digest in the staff channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest_hour: Option<u8>,
    /// How many questions and presses of buttons a user may make in a minute.
    pub rate: u32,
    /// Users that get no answer.
    pub ignored: Vec<Snowflake>,
    /// How many connections the bot keeps.
    pub shards: Shards,
    /// How many days before a last day those who wish it are reminded.
    pub remind_days: Vec<u16>,
}

impl Default for DiscordSettings {
    fn default() -> Self {
        DiscordSettings {
            token: None,
            proxy: None,
            guild: None,
            staff_channel: None,
            staff_role: None,
            digest_hour: None,
            rate: 20,
            ignored: Vec::new(),
            shards: Shards::Auto,
            remind_days: vec![14, 2],
        }
    }
}

impl DiscordSettings {
    /// Puts what the environment says over what was read.
    pub(super) fn overlay(&mut self, environment: impl Fn(&str) -> Option<String>) {
        let token = environment("LOTS_DISCORD_TOKEN").or_else(|| environment("DISCORD_TOKEN"));
        if let Some(token) = token {
            self.token = Some(Secret::new(token));
        }
        if let Some(proxy) = environment("LOTS_DISCORD_PROXY") {
            self.proxy = Some(proxy);
        }
    }

    /// Fails when a value makes no sense, with what to mend. Never says what the token is.
    pub(super) fn reasonable(&self) -> anyhow::Result<()> {
        if let Some(token) = &self.token {
            let token = token.reveal();
            anyhow::ensure!(
                !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic()),
                "the Discord token (LOTS_DISCORD_TOKEN) has spaces or signs that no token has; copy it again from the \
                 page Bot of the application"
            );
        }
        if let Some(proxy) = &self.proxy {
            let host = proxy
                .strip_prefix("http://")
                .or_else(|| proxy.strip_prefix("https://"))
                .map(|rest| rest.trim_end_matches('/'));
            anyhow::ensure!(
                host.is_some_and(|h| !h.is_empty() && !h.contains(['/', '?', '#', '@', ' '])),
                "the Discord proxy (LOTS_DISCORD_PROXY) must be scheme, host and port alone, such as \
                 http://127.0.0.1:3000, not {proxy:?}"
            );
        }
        if let Some(hour) = self.digest_hour {
            anyhow::ensure!(
                hour < 24,
                "discord.digest_hour must be an hour from 0 to 23, not {hour}"
            );
            anyhow::ensure!(
                self.staff_channel.is_some(),
                "discord.digest_hour needs discord.staff_channel, the channel to write the digest in"
            );
        }
        anyhow::ensure!(
            (1..=600).contains(&self.rate),
            "discord.rate must be from 1 to 600 questions a minute, not {}",
            self.rate
        );
        let days = &self.remind_days;
        anyhow::ensure!(
            (1..=MOST_REMIND_DAYS).contains(&days.len())
                && days.iter().all(|d| (1..=365).contains(d)),
            "discord.remind_days must be one to {MOST_REMIND_DAYS} numbers of days from 1 to 365, as in [14, 2], not {days:?}"
        );
        Ok(())
    }
}

/// A text that is never shown: not in logs, not by `lots config`.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct Secret(String);

impl Secret {
    /// Hides a text. Space around it is dropped, and the `Bot ` that some put before a token.
    pub fn new(text: impl AsRef<str>) -> Secret {
        let text = text.as_ref().trim();
        Secret(text.strip_prefix("Bot ").unwrap_or(text).trim().to_owned())
    }

    /// The text, for the one who needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Secret {
        Secret::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("***")
    }
}

/// An id of Discord's: of a server, a channel, a role or a user. Never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Snowflake(u64);

impl Snowflake {
    /// The id as a number.
    pub fn get(self) -> u64 {
        self.0
    }
}

impl TryFrom<u64> for Snowflake {
    type Error = String;
    fn try_from(id: u64) -> Result<Snowflake, String> {
        if id == 0 {
            Err("0 is no id of Discord's; copy the id from Discord in developer mode".to_owned())
        } else {
            Ok(Snowflake(id))
        }
    }
}

impl<'de> Deserialize<'de> for Snowflake {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Number(u64),
            Text(String),
        }
        let refuse = |what: &str| {
            serde::de::Error::custom(format!(
                "{what:?} is no id of Discord's, which is some eighteen digits; copy it from Discord in developer mode"
            ))
        };
        let id = match Written::deserialize(deserializer)? {
            Written::Number(id) => id,
            Written::Text(text) => text.trim().parse().map_err(|_| refuse(&text))?,
        };
        Snowflake::try_from(id).map_err(|_| refuse("0"))
    }
}

impl Serialize for Snowflake {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // As text: a number of eighteen digits is not safe in every reader of TOML.
        serializer.serialize_str(&self.0.to_string())
    }
}

/// How many connections the bot keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shards {
    /// As many as Discord recommends.
    #[default]
    Auto,
    /// So many.
    Count(u16),
}

impl<'de> Deserialize<'de> for Shards {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Number(i64),
            Text(String),
        }
        let count = match Written::deserialize(deserializer)? {
            Written::Text(text) if text == "auto" => return Ok(Shards::Auto),
            Written::Text(text) => text.parse().ok(),
            Written::Number(count) => u16::try_from(count).ok(),
        };
        count.filter(|n| *n > 0).map(Shards::Count).ok_or_else(|| {
            serde::de::Error::custom("shards must be \"auto\" or a number from 1 to 65535")
        })
    }
}

impl Serialize for Shards {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Shards::Auto => serializer.serialize_str("auto"),
            Shards::Count(count) => serializer.serialize_u16(*count),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> anyhow::Result<DiscordSettings> {
        let settings: DiscordSettings = toml::from_str(text)?;
        settings.reasonable()?;
        Ok(settings)
    }

    #[test]
    fn ids_are_read_as_numbers_and_as_text() {
        let settings = read(
            "guild = 1112223334445556667\nstaff_channel = \"42\"\nignored = [1, \"2\"]\nshards = 4",
        )
        .unwrap();
        assert_eq!(
            settings.guild.map(Snowflake::get),
            Some(1_112_223_334_445_556_667)
        );
        assert_eq!(settings.staff_channel.map(Snowflake::get), Some(42));
        assert_eq!(
            (settings.ignored.len(), settings.shards, settings.rate),
            (2, Shards::Count(4), 20)
        );
        assert_eq!(
            read("shards = \"auto\"").unwrap(),
            DiscordSettings::default()
        );
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_a_reason() {
        for (text, reason) in [
            ("token = \"two words\"", "LOTS_DISCORD_TOKEN"),
            ("token = \"\"", "LOTS_DISCORD_TOKEN"),
            ("proxy = \"localhost:3000\"", "http://127.0.0.1:3000"),
            ("proxy = \"http://localhost/api/v10\"", "LOTS_DISCORD_PROXY"),
            ("digest_hour = 24\nstaff_channel = 1", "0 to 23"),
            ("digest_hour = 8", "staff_channel"),
            ("rate = 0", "discord.rate"),
            ("remind_days = []", "[14, 2]"),
            ("remind_days = [14, 0]", "[14, 2]"),
            ("guild = \"min server\"", "developer mode"),
            ("guild = 0", "developer mode"),
            ("shards = 0", "auto"),
            ("shards = \"many\"", "auto"),
            ("tokn = \"x\"", "tokn"),
        ] {
            let error = format!("{:#}", read(text).unwrap_err());
            assert!(error.contains(reason), "{text}: {error}");
        }
        let error = format!("{:#}", read("token = \"hem ligt\"").unwrap_err());
        assert!(!error.contains("hem ligt"), "{error}");
    }

    #[test]
    fn the_token_is_never_shown() {
        let settings = read("token = \"Bot hemligt\"").unwrap();
        assert_eq!(settings.token.as_ref().map(Secret::reveal), Some("hemligt"));
        let shown = format!("{settings:?}{}", toml::to_string(&settings).unwrap());
        assert!(
            !shown.contains("hemligt") && shown.contains("***"),
            "{shown}"
        );
    }

    #[test]
    fn the_environment_wins() {
        let mut settings = read("token = \"file\"\nproxy = \"http://file:1\"").unwrap();
        settings.overlay(|name| match name {
            "DISCORD_TOKEN" => Some("environment".to_owned()),
            "LOTS_DISCORD_PROXY" => Some("http://environment:2".to_owned()),
            _ => None,
        });
        assert_eq!(settings.token, Some(Secret::new("environment")));
        assert_eq!(settings.proxy.as_deref(), Some("http://environment:2"));
        settings.overlay(|name| name.ends_with("DISCORD_TOKEN").then(|| name.to_owned()));
        assert_eq!(
            settings.token,
            Some(Secret::new("LOTS_DISCORD_TOKEN")),
            "ours over the general one"
        );
    }
}
