//! HTML as a strict reader takes it: every element is known and closed in order, no attribute acts, and links lead only where
//! they may.

/// Elements that have no end.
const VOID: [&str; 8] = ["meta", "link", "input", "br", "hr", "img", "source", "wbr"];
/// Where a link of ours may lead.
const LEADS: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

/// What a reader finds wrong first; nothing, when all is well. With `only`, no other elements may stand there.
pub(super) fn wrong_with(html: &str, only: Option<&[&str]>) -> Option<String> {
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix("!DOCTYPE html>") {
            rest = after;
            continue;
        }
        let Some(end) = end_of(rest) else {
            return Some(format!("a tag has no end: {:.60}", rest));
        };
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            match open.pop() {
                Some(last) if last == name => continue,
                last => return Some(format!("</{name}> closes {last:?}")),
            }
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let name = name.trim_end_matches('/');
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Some(format!("<{tag}> is no tag"));
        }
        if only.is_some_and(|only| !only.contains(&name)) {
            return Some(format!("<{name}> stands there"));
        }
        if open.last().is_some_and(|o| o == "p") && ["p", "ul", "ol", "li", "div"].contains(&name) {
            return Some(format!("<{name}> stands in a paragraph"));
        }
        let attributes = match read(attributes) {
            Ok(attributes) => attributes,
            Err(wrong) => return Some(format!("<{tag}>: {wrong}")),
        };
        for (key, value) in &attributes {
            if let Some(wrong) = wrong_attribute(key, value, only.is_some()) {
                return Some(format!("<{tag}>: {wrong}"));
            }
        }
        if name == "script" || name == "style" {
            let is_ours = attributes.iter().any(|(key, value)| {
                key == "src" && value.starts_with('/') || value == "application/ld+json"
            });
            if !is_ours {
                return Some(format!("<{tag}> is not ours"));
            }
            let end = format!("</{name}>");
            let Some(at) = rest.find(&end) else {
                return Some(format!("<{name}> has no end"));
            };
            rest = &rest[at + end.len()..];
        } else if !VOID.contains(&name) && !tag.ends_with('/') {
            open.push(name.to_owned());
        }
    }
    open.pop().map(|left| format!("<{left}> is not closed"))
}

/// Where a tag ends: the first `>` that stands in no value.
fn end_of(tag: &str) -> Option<usize> {
    let mut quoted = false;
    tag.char_indices().find_map(|(at, c)| {
        if c == '"' {
            quoted = !quoted;
        }
        (c == '>' && !quoted).then_some(at)
    })
}

fn wrong_attribute(key: &str, value: &str, strict: bool) -> Option<String> {
    let leads = || {
        let lower = value.trim_start().to_ascii_lowercase();
        let local =
            value.starts_with('/') && !value.starts_with("//") || value.starts_with(['#', '?']);
        LEADS.iter().any(|scheme| lower.starts_with(scheme)) || local && !strict
    };
    match key {
        "href" | "action" | "src" | "formaction" if !leads() => {
            Some(format!("it leads to {value:?}"))
        }
        "href" => None,
        "start" if value.bytes().all(|b| b.is_ascii_digit()) => None,
        _ if strict => Some(format!("{key} is not written")),
        "style" | "srcdoc" => Some(format!("{key} is not written")),
        _ if key.starts_with("on") => Some(format!("{key} acts")),
        _ => None,
    }
}

/// The attributes of a tag, with their values as they are read.
fn read(mut text: &str) -> Result<Vec<(String, String)>, String> {
    let mut all = Vec::new();
    loop {
        text = text.trim_start().trim_end_matches('/');
        if text.is_empty() {
            return Ok(all);
        }
        let end = text
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != ':')
            .unwrap_or(text.len());
        if end == 0 {
            return Err(format!("{text:?} is no attribute"));
        }
        let (key, after) = text.split_at(end);
        match after.strip_prefix("=\"") {
            Some(value) => {
                let (value, after) = value.split_once('"').ok_or("a value has no end")?;
                if value.contains('<') {
                    return Err(format!("{value:?} is not escaped"));
                }
                all.push((key.to_owned(), unescaped(value)));
                text = after;
            }
            None if after.is_empty() || after.starts_with(' ') => {
                all.push((key.to_owned(), String::new()));
                text = after;
            }
            None => return Err(format!("{after:?} follows {key}")),
        }
    }
}

fn unescaped(text: &str) -> String {
    let known = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ];
    known
        .iter()
        .fold(text.to_owned(), |text, (code, c)| text.replace(code, c))
}

#[test]
fn what_is_wrong_is_seen() {
    for (html, wrong) in [
        ("<p>a <em>b</em></p>", None),
        ("<p>a", Some("<p> is not closed")),
        ("<p><em>a</p></em>", Some("</p> closes Some(\"em\")")),
        ("<p><ul></ul></p>", Some("<ul> stands in a paragraph")),
        ("<b>a</b>", Some("<b> stands there")),
        (
            "<a href=\"javascript:x\">a</a>",
            Some("<a href=\"javascript:x\">: it leads to \"javascript:x\""),
        ),
        (
            "<p onclick=\"x\">a</p>",
            Some("<p onclick=\"x\">: onclick is not written"),
        ),
        ("<p", Some("a tag has no end: p")),
    ] {
        let found = wrong_with(html, Some(&["p", "em", "ul", "a"]));
        assert_eq!(found.as_deref(), wrong, "{html}");
    }
}
