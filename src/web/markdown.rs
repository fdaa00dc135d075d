//! The Markdown of the base as HTML: paragraphs, lists, emphasis and links. Anything else that it could hold is left out,
//! and raw HTML with it.

use maud::{Markup, PreEscaped};
use pulldown_cmark::{Event, Parser, Tag, TagEnd, html};

/// The schemes that a link may have.
const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

/// A text of the base as HTML.
pub fn draw(text: &str) -> Markup {
    // The ends of links that were left out, so that they are left out as well.
    let mut links = Vec::new();
    let events = Parser::new(text).filter_map(|event| match event {
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            id,
            ..
        }) => {
            let kept = is_followed(&dest_url);
            links.push(kept);
            let title = "".into();
            kept.then_some(Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }))
        }
        Event::End(TagEnd::Link) => links.pop().unwrap_or(false).then_some(event),
        Event::Start(Tag::Paragraph | Tag::List(_) | Tag::Item | Tag::Emphasis | Tag::Strong)
        | Event::End(
            TagEnd::Paragraph | TagEnd::List(_) | TagEnd::Item | TagEnd::Emphasis | TagEnd::Strong,
        )
        | Event::Text(_)
        | Event::SoftBreak
        | Event::HardBreak => Some(event),
        // Headings of the text's own would stand above those of the page.
        Event::Start(Tag::Heading { .. }) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::Heading(_)) => Some(Event::End(TagEnd::Paragraph)),
        Event::Code(code) => Some(Event::Text(code)),
        _ => None,
    });
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    html::push_html(&mut out, events);
    PreEscaped(out)
}

/// Whether a link may lead where it does.
pub(super) fn is_followed(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    SCHEMES.iter().any(|scheme| lower.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_base_has_is_drawn_and_nothing_else() {
        let cases = [
            ("Ett\nstycke.\n\nTvå.", "<p>Ett\nstycke.</p>\n<p>Två.</p>\n"),
            ("- ett\n- två", "<ul>\n<li>ett</li>\n<li>två</li>\n</ul>\n"),
            (
                "1. ett\n2. två",
                "<ol>\n<li>ett</li>\n<li>två</li>\n</ol>\n",
            ),
            ("*så* **här**", "<p><em>så</em> <strong>här</strong></p>\n"),
            (
                "[Kundcenter](https://provby.example/?a=1&b=2)",
                "<p><a href=\"https://provby.example/?a=1&amp;b=2\">Kundcenter</a></p>\n",
            ),
            (
                "[ring](tel:0812345)",
                "<p><a href=\"tel:0812345\">ring</a></p>\n",
            ),
            (
                "[ring](tel:0812345 \"nu\")",
                "<p><a href=\"tel:0812345\">ring</a></p>\n",
            ),
            ("[x](javascript:alert(1)) y", "<p>x y</p>\n"),
            ("[x](/sv/) [y](data:text/html,z)", "<p>x y</p>\n"),
            ("<script>alert(1)</script>", ""),
            ("a <b onclick=x>b</b> c", "<p>a b c</p>\n"),
            ("![bild](https://provby.example/b.png)", "<p>bild</p>\n"),
            ("# Stor", "<p>Stor</p>\n"),
            ("`<i>`", "<p>&lt;i&gt;</p>\n"),
        ];
        for (text, drawn) in cases {
            assert_eq!(draw(text).into_string(), drawn, "{text}");
        }
    }
}
