//! Text as Discord draws it: the little Markdown that entries have, and everything else taken literally.

/// The Markdown of the base: paragraphs, lists and links. Whatever else Discord would take for formatting, a mention or
/// a mark of its own stands as it was written.
pub(super) fn from_base(text: &str) -> String {
    let paragraphs: Vec<String> = text.split("\n\n").map(paragraph).collect();
    paragraphs.join("\n\n")
}

/// Text that a resident has written, or that is nobody's Markdown: nothing in it means anything to Discord.
pub(super) fn literal(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| line_start(line, &escaped(line)))
        .collect();
    lines.join("\n")
}

/// A link that Discord draws under a label; the label alone when the address cannot be one.
pub(super) fn link(label: &str, address: &str) -> String {
    let can_be_linked = (address.starts_with("https://") || address.starts_with("http://"))
        && !address.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>'));
    if can_be_linked {
        format!("[{}]({address})", escaped(label))
    } else {
        escaped(label)
    }
}

fn paragraph(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim();
        let marker = list_marker(line);
        if !out.is_empty() {
            // A line that goes on is one with the line before; Discord would break it.
            out.push(if marker.is_some() { '\n' } else { ' ' });
        }
        let (marker, rest) = line.split_at(marker.unwrap_or(0));
        out.push_str(marker);
        let rest_drawn = inline(rest);
        out.push_str(&line_start(rest, &rest_drawn));
    }
    out
}

/// How long the mark of a list item at the start of a line is.
fn list_marker(line: &str) -> Option<usize> {
    if line.starts_with("- ") {
        return Some(2);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    ((1..=3).contains(&digits) && line[digits..].starts_with(". ")).then_some(digits + 2)
}

/// Links as they are, the rest literally.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('[') {
        let found = rest[start + 1..]
            .split_once("](")
            .and_then(|(label, tail)| {
                tail.split_once(')')
                    .map(|(address, after)| (label, address, after))
            });
        let Some((label, address, after)) = found.filter(|(label, ..)| !label.contains('[')) else {
            out.push_str(&words(&rest[..start]));
            out.push_str("\\[");
            rest = &rest[start + 1..];
            continue;
        };
        out.push_str(&words(&rest[..start]));
        out.push_str(&labelled(label, address));
        rest = after;
    }
    out.push_str(&words(rest));
    out
}

fn labelled(label: &str, address: &str) -> String {
    let bare = |text: &str| {
        let text = text.trim_start_matches("https://");
        text.trim_start_matches("www.")
            .trim_end_matches('/')
            .to_owned()
    };
    if address.starts_with("mailto:") || address.starts_with("tel:") {
        // Discord links neither; the number or the address is what can be used.
        let value = address.split_once(':').map_or(address, |(_, value)| value);
        return if label == value {
            words(label)
        } else {
            format!("{} ({})", escaped(label), words(value))
        };
    }
    // Discord draws no link under a label that looks like an address.
    if bare(label) == bare(address) {
        words(address)
    } else {
        link(label, address)
    }
}

/// Text word by word: addresses of the web stay as they are, since Discord makes links of them.
fn words(text: &str) -> String {
    text.split_inclusive(char::is_whitespace)
        .map(|word| {
            if word.starts_with("https://") || word.starts_with("http://") {
                word.to_owned()
            } else {
                escaped(word)
            }
        })
        .collect()
}

/// The text with a backslash before everything that could be formatting, a link, a mention, a time or an emoji.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '>' | '[' | ']'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The drawn text of a line, with a backslash where the line's start alone would mean a heading or a list.
fn line_start(line: &str, drawn: &str) -> String {
    let first = line.trim_start();
    let indent = line.len() - first.len();
    if first.starts_with(['#', '-', '+']) && drawn.len() >= indent {
        return format!("{}\\{}", &drawn[..indent], &drawn[indent..]);
    }
    let digits = first.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && first[digits..].starts_with(". ") && drawn.len() >= indent + digits {
        let (number, rest) = drawn.split_at(indent + digits);
        return format!("{number}\\{rest}");
    }
    drawn.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_base_keeps_its_lists_and_links() {
        let text = "Mejla planen\ntill [Kundcenter](https://provby.example/a_b).\n\n1. Skriv *nu*\n2. Vänta_lite\n- en\n  punkt";
        assert_eq!(
            from_base(text),
            "Mejla planen till [Kundcenter](https://provby.example/a_b).\n\n1. Skriv \\*nu\\*\n2. Vänta\\_lite\n- en punkt"
        );
        assert_eq!(
            from_base("Se [bris.se](https://www.bris.se/)."),
            "Se https://www.bris.se/."
        );
        assert_eq!(
            from_base("[a@b.se](mailto:a@b.se) [växeln](tel:08123)"),
            "a@b.se växeln (08123)"
        );
        assert_eq!(
            from_base("https://a.se/x_y_z och a_b"),
            "https://a.se/x_y_z och a\\_b"
        );
        assert_eq!(from_base("[inte en länk] (x)"), "\\[inte en länk\\] (x)");
    }

    #[test]
    fn what_residents_write_means_nothing() {
        for (text, drawn) in [
            ("**fet** <@123> `x`", "\\*\\*fet\\*\\* \\<@123\\> \\`x\\`"),
            ("# stor", "\\# stor"),
            ("-# liten\n> citat", "\\-# liten\n\\> citat"),
            ("1. ett", "1\\. ett"),
            (
                "[klicka](https://x.example)",
                "\\[klicka\\](https://x.example)",
            ),
            (
                "||dold|| ~~struken~~ <:e:1>",
                "\\|\\|dold\\|\\| \\~\\~struken\\~\\~ \\<:e:1\\>",
            ),
        ] {
            assert_eq!(literal(text), drawn);
        }
    }

    proptest! {
        #[test]
        fn every_sign_of_a_resident_is_escaped(text in any::<String>()) {
            let drawn = literal(&text);
            let mut before = None;
            for c in drawn.chars() {
                if matches!(c, '*' | '_' | '~' | '`' | '|' | '<' | '>' | '[' | ']') {
                    prop_assert_eq!(before, Some('\\'), "{}", drawn);
                }
                before = if before == Some('\\') && c == '\\' { None } else { Some(c) };
            }
        }

        #[test]
        fn any_base_can_be_drawn(text in any::<String>()) {
            _ = from_base(&text);
        }
    }
}
