//! What a notice looks like to whoever takes it: Microsoft Teams, Slack, Discord, or a program.
//!
//! Each has limits of its own, and marks that mean something to it. A [`Notice`](super::Notice) is far within the limits as
//! the desk makes it; what is cut here is cut so that nothing is refused for its length.

use serde_json::{Value, json};

use super::notice::{Notice, inert};

/// A header of Slack's, in characters.
const SLACK_HEADER: usize = 150;
/// A text of Slack's.
const SLACK_TEXT: usize = 3_000;
/// A title of Discord's.
const DISCORD_TITLE: usize = 256;
/// A description of Discord's.
const DISCORD_TEXT: usize = 4_096;
/// A footer of Discord's.
const DISCORD_FOOTER: usize = 2_048;
/// The colour of what lots writes on Discord.
const SEA: u32 = 0x00_6e_8c;

/// Who takes a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Microsoft Teams, by a workflow that posts to a channel.
    Teams,
    /// Slack, by an incoming webhook.
    Slack,
    /// Discord, by a webhook of a channel.
    Discord,
    /// A program.
    Json,
}

impl Shape {
    /// The body to send; `id` is that of the delivery, the same whenever it is tried.
    pub(in crate::outside) fn draw(self, notice: &Notice, id: &str) -> Value {
        match self {
            Shape::Teams => teams(notice),
            Shape::Slack => slack(notice),
            Shape::Discord => discord(notice),
            Shape::Json => notice.for_programs(id),
        }
    }
}

/// An Adaptive Card. What residents wrote stands in runs of text, in which Teams knows no Markdown; and there are no entities,
/// without which nothing is a mention.
fn teams(notice: &Notice) -> Value {
    let run =
        |text: &str, subtle: bool| json!({ "type": "TextRun", "text": text, "isSubtle": subtle });
    let block =
        |runs: Vec<Value>| json!({ "type": "RichTextBlock", "inlines": runs, "spacing": "Small" });
    let title = json!({
        "type": "RichTextBlock",
        "inlines": [{ "type": "TextRun", "text": notice.subject, "size": "Large", "weight": "Bolder" }],
    });
    let mut body = vec![title];
    body.extend(
        notice
            .lines
            .iter()
            .map(|line| block(vec![run(line, false)])),
    );
    if let Some(asked) = &notice.asked {
        let heading = json!({ "type": "TextRun", "text": asked.heading, "weight": "Bolder" });
        body.push(json!({ "type": "RichTextBlock", "inlines": [heading], "spacing": "Medium" }));
        body.extend(asked.items.iter().map(|(wording, about)| {
            let about = format!("  ({about})");
            block(vec![run(&inert(wording), false), run(&about, true)])
        }));
    }
    body.push(json!({
        "type": "RichTextBlock",
        "inlines": [{ "type": "TextRun", "text": notice.footer, "size": "Small", "isSubtle": true }],
        "spacing": "Medium",
    }));
    let link = notice.link.iter();
    let actions: Vec<Value> = link
        .map(|(label, address)| json!({ "type": "Action.OpenUrl", "title": label, "url": address }))
        .collect();
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "body": body,
                "actions": actions,
            },
        }],
    })
}

/// Blocks of plain text, in which Slack knows no marks, no mentions and, as it is told, no emoji. The text beside them is what
/// a notification shows.
fn slack(notice: &Notice) -> Value {
    let plain =
        |text: &str, most| json!({ "type": "plain_text", "text": cut(text, most), "emoji": false });
    let section = |text: &str| json!({ "type": "section", "text": plain(text, SLACK_TEXT) });
    let mut blocks = vec![
        json!({ "type": "header", "text": plain(&notice.subject, SLACK_HEADER) }),
        section(&notice.lines.join("\n")),
    ];
    if let Some(asked) = &notice.asked {
        let items: Vec<String> = asked
            .items
            .iter()
            .map(|item| bullet(item, str::to_owned))
            .collect();
        blocks.push(section(&format!(
            "{}:\n{}",
            asked.heading,
            items.join("\n")
        )));
    }
    if let Some((label, address)) = &notice.link {
        blocks.push(json!({
            "type": "actions",
            "elements": [{ "type": "button", "text": plain(label, 75), "url": address }],
        }));
    }
    blocks.push(json!({ "type": "context", "elements": [plain(&notice.footer, SLACK_TEXT)] }));
    let text = notice
        .subject
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    json!({ "text": cut(&text, SLACK_TEXT), "blocks": blocks, "unfurl_links": false, "unfurl_media": false })
}

/// An embed, in which every mark of Discord's is taken away, and which may call nobody whatever stands in it.
fn discord(notice: &Notice) -> Value {
    let mut text = literal(&notice.lines.join("\n"));
    if let Some(asked) = &notice.asked {
        let items: Vec<String> = asked
            .items
            .iter()
            .map(|item| bullet(item, literal))
            .collect();
        text.push_str(&format!(
            "\n\n**{}**\n{}",
            literal(&asked.heading),
            items.join("\n")
        ));
    }
    if let Some((label, address)) = &notice.link {
        // The address is one of ours; it is left out rather than let out of its brackets.
        if !address.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>')) {
            text.push_str(&format!("\n\n[{}]({address})", literal(label)));
        }
    }
    json!({
        "allowed_mentions": { "parse": [] },
        "embeds": [{
            "title": cut(&literal(&notice.subject), DISCORD_TITLE),
            "description": cut(&text, DISCORD_TEXT),
            "color": SEA,
            "footer": { "text": cut(&notice.footer, DISCORD_FOOTER) },
        }],
    })
}

fn bullet((wording, about): &(String, String), drawn: impl Fn(&str) -> String) -> String {
    format!("• {} ({})", drawn(&inert(wording)), drawn(about))
}

/// Text in which no letter means anything to Discord.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if matches!(
            letter,
            '\\' | '*'
                | '_'
                | '~'
                | '`'
                | '|'
                | '>'
                | '<'
                | '['
                | ']'
                | '('
                | ')'
                | '#'
                | '-'
                | '@'
        ) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// The beginning of a text, so many characters of it.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let begin: String = text.chars().take(most - 1).collect();
    // Half an escape would take the next letter with it.
    format!("{}…", begin.trim_end_matches('\\'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::outside::Asked;

    const EVIL: &str = "<!channel> @everyone <@123> [tryck](https://evil.example) **x** {{DATE(2026)}} <at>Ada</at> \
        https://evil.example/a";

    fn notice(wording: &str) -> Notice {
        Notice {
            subject: "Dagens läge i Provby & Väst".to_owned(),
            lines: vec!["Nya frågor: 3.".to_owned(), "Väntar: 7.".to_owned()],
            asked: Some(Asked {
                heading: "Det flest har frågat om".to_owned(),
                items: vec![(wording.to_owned(), "ställd i 2 samtal".to_owned())],
            }),
            link: Some((
                "Öppna konsolen".to_owned(),
                "https://lots.example/sv/konsol".to_owned(),
            )),
            footer: "Det ändras i konsolen.".to_owned(),
            data: serde_json::json!({ "fresh": 3 }),
        }
    }

    /// Every text in a value.
    fn texts(value: &Value) -> Vec<String> {
        match value {
            Value::String(text) => vec![text.clone()],
            Value::Array(all) => all.iter().flat_map(texts).collect(),
            Value::Object(all) => all.values().flat_map(texts).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
        }
    }

    #[test]
    fn nobody_is_mentioned_and_nothing_can_be_pressed_that_a_resident_wrote() {
        for shape in [Shape::Teams, Shape::Slack, Shape::Discord] {
            let drawn = shape.draw(&notice(EVIL), "1");
            let all = texts(&drawn).join("\n");
            for mark in [
                "<!channel",
                "@everyone",
                "<@123",
                "](https://evil",
                "<at>",
                "{{DATE",
                "://evil",
                "evil.example",
            ] {
                assert!(!all.contains(mark), "{shape:?}: {mark} in {all}");
            }
            assert!(all.contains("https://lots.example/sv/konsol"), "{shape:?}");
            assert!(all.contains("everyone"), "{shape:?}: it can still be read");
        }
        let discord = Shape::Discord.draw(&notice(EVIL), "1");
        assert_eq!(discord["allowed_mentions"]["parse"], serde_json::json!([]));
        assert!(discord.get("content").is_none());
    }

    #[test]
    fn each_takes_the_shape_that_it_knows() {
        let teams = Shape::Teams.draw(&notice("Var är badet?"), "1");
        let card = &teams["attachments"][0];
        assert_eq!(
            card["contentType"],
            "application/vnd.microsoft.card.adaptive"
        );
        assert_eq!(
            card["content"]["actions"][0]["url"],
            "https://lots.example/sv/konsol"
        );
        let slack = Shape::Slack.draw(&notice("Var är badet?"), "1");
        assert_eq!(slack["text"], "Dagens läge i Provby &amp; Väst");
        assert_eq!(slack["blocks"][0]["type"], "header");
        let discord = Shape::Discord.draw(&notice("Var är badet?"), "1");
        let text = discord["embeds"][0]["description"].as_str().unwrap();
        assert!(text.starts_with("Nya frågor: 3."), "{text}");
        let json = Shape::Json.draw(&notice("Var är badet? https://a.example"), "7f3k");
        assert_eq!(
            (&json["id"], &json["data"]["fresh"]),
            (&"7f3k".into(), &3.into())
        );
        assert_eq!(
            json["questions"][0]["wording"],
            "Var är badet? https://a.example"
        );
    }

    proptest! {
        #[test]
        fn nothing_is_longer_than_it_may_be(text in "\\PC{0,3000}", many in 1_usize..9) {
            let mut notice = notice(&text);
            notice.subject = text.clone();
            notice.lines = vec![text.clone(); many];
            notice.footer = text.clone();
            let length = |value: &Value| value.as_str().unwrap_or_default().chars().count();
            let discord = Shape::Discord.draw(&notice, "1");
            let embed = &discord["embeds"][0];
            prop_assert!(length(&embed["title"]) <= DISCORD_TITLE);
            prop_assert!(length(&embed["description"]) <= DISCORD_TEXT);
            let slack = Shape::Slack.draw(&notice, "1");
            prop_assert!(length(&slack["blocks"][0]["text"]["text"]) <= SLACK_HEADER);
            for block in slack["blocks"].as_array().unwrap() {
                prop_assert!(length(&block["text"]["text"]) <= SLACK_TEXT);
            }
        }
    }
}
