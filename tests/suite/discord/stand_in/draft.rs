//! A message as it is handed in, held to Discord's limits.

use serde_json::{Value, json};

use super::components;
use super::pings;
use super::refusal::{Form, Refusal};
use super::world::id_in;

/// How much text all embeds of a message may have together.
const EMBEDDED: usize = 6_000;
/// The flag that would change what components are; the stand-in does not know those.
const COMPONENTS_V2: u64 = 1 << 15;

/// A message as it is handed in. What was not said is none, which leaves it as it is when a message is edited.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) content: Option<String>,
    pub(super) embeds: Option<Vec<Value>>,
    pub(super) components: Option<Vec<Value>>,
    pub(super) flags: u64,
    pub(super) allowed_mentions: Value,
    pub(super) replies_to: Option<u64>,
    /// Whether a message to reply to must exist.
    pub(super) must_exist: bool,
    /// What tells it from every other message, when Discord is to see to it that it is written once.
    pub(super) nonce: Option<String>,
}

impl Draft {
    /// Reads a body. Fails as Discord does when a limit is passed.
    pub(super) fn read(body: &Value) -> Result<Draft, Refusal> {
        let mut form = Form::default();
        form.text("content", &body["content"], 0..=2_000);
        let embeds = form.list("embeds", &body["embeds"], 0..=10);
        for (i, embed) in embeds.iter().enumerate() {
            check_embed(&mut form, &format!("embeds.{i}"), embed);
        }
        if embeds.iter().map(embedded).sum::<usize>() > EMBEDDED {
            let message = format!("Embed size exceeds maximum size of {EMBEDDED}");
            form.wrong("embeds", "MAX_EMBED_SIZE_EXCEEDED", &message);
        }
        components::check(&mut form, &body["components"]);
        pings::check_allowed(&mut form, &body["allowed_mentions"]);
        let flags = body["flags"].as_u64().unwrap_or_default();
        if flags & COMPONENTS_V2 != 0 {
            form.wrong(
                "flags",
                "STAND_IN_CANNOT",
                "the stand-in does not know components v2",
            );
        }
        form.text("nonce", &body["nonce"], 0..=25);
        form.finish()?;
        let list = |key: &str| {
            body.get(key)
                .map(|v| v.as_array().cloned().unwrap_or_default())
        };
        let reference = &body["message_reference"];
        Ok(Draft {
            content: body
                .get("content")
                .map(|c| c.as_str().unwrap_or_default().trim().to_owned()),
            embeds: list("embeds").map(|embeds| embeds.into_iter().map(as_shown).collect()),
            components: list("components"),
            flags,
            allowed_mentions: body["allowed_mentions"].clone(),
            replies_to: id_in(&reference["message_id"]),
            must_exist: reference["fail_if_not_exists"] != false,
            nonce: body["nonce"]
                .as_str()
                .filter(|_| body["enforce_nonce"] == true)
                .map(str::to_owned),
        })
    }

    /// Whether there is nothing in it to show.
    pub(super) fn is_empty(&self) -> bool {
        self.content.as_ref().is_none_or(String::is_empty)
            && self.embeds.as_ref().is_none_or(Vec::is_empty)
    }
}

fn check_embed(form: &mut Form, at: &str, embed: &Value) {
    form.text(&format!("{at}.title"), &embed["title"], 0..=256);
    form.text(
        &format!("{at}.description"),
        &embed["description"],
        0..=4_096,
    );
    form.address(&format!("{at}.url"), &embed["url"]);
    form.number(&format!("{at}.color"), &embed["color"], 0..=0xFF_FFFF);
    let fields = form.list(&format!("{at}.fields"), &embed["fields"], 0..=25);
    for (i, field) in fields.iter().enumerate() {
        form.text(&format!("{at}.fields.{i}.name"), &field["name"], 1..=256);
        form.text(
            &format!("{at}.fields.{i}.value"),
            &field["value"],
            1..=1_024,
        );
    }
    if !embed["footer"].is_null() {
        form.text(
            &format!("{at}.footer.text"),
            &embed["footer"]["text"],
            1..=2_048,
        );
    }
    if !embed["author"].is_null() {
        form.text(
            &format!("{at}.author.name"),
            &embed["author"]["name"],
            1..=256,
        );
        form.address(&format!("{at}.author.url"), &embed["author"]["url"]);
    }
    for picture in ["image", "thumbnail"]
        .iter()
        .filter(|p| !embed[**p].is_null())
    {
        form.address(&format!("{at}.{picture}.url"), &embed[picture]["url"]);
    }
    if let Some(time) = embed["timestamp"].as_str()
        && time.parse::<jiff::Timestamp>().is_err()
    {
        let message = "Could not parse timestamp. Should be ISO8601.";
        form.wrong(&format!("{at}.timestamp"), "DATE_TIME_TYPE_PARSE", message);
    }
    if embedded(embed) == 0 && embed["image"].is_null() && embed["thumbnail"].is_null() {
        // Discord drops an embed of nothing. Nobody means to send one, so it is refused.
        form.required(&format!("{at}.description"));
    }
}

/// How much text of an embed counts.
fn embedded(embed: &Value) -> usize {
    let texts = [
        &embed["title"],
        &embed["description"],
        &embed["footer"]["text"],
        &embed["author"]["name"],
    ];
    let fields = embed["fields"].as_array().into_iter().flatten();
    let in_fields = fields.flat_map(|field| [&field["name"], &field["value"]]);
    let all = texts.into_iter().chain(in_fields).filter_map(Value::as_str);
    all.map(|text| text.encode_utf16().count()).sum()
}

/// An embed as Discord gives it back.
fn as_shown(mut embed: Value) -> Value {
    embed["type"] = json!("rich");
    embed
}
