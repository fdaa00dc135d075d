//! Texts of the base where only plain text can stand: in lists, descriptions and calendars.

use pulldown_cmark::{Event, Parser, TagEnd};

/// A text without its Markdown, in one line.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for event in Parser::new(text) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                out.push(' ');
            }
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first sentence of a text.
pub(super) fn first_sentence(text: &str) -> &str {
    let paragraph = text.trim_start().split("\n\n").next().unwrap_or_default();
    let mut ends = paragraph
        .match_indices(['.', '!', '?'])
        .map(|(at, mark)| at + mark.len());
    let end = ends
        .find(|end| ends_sentence(paragraph, *end))
        .unwrap_or(paragraph.len());
    paragraph[..end].trim_end()
}

/// Whether a sentence ends here: a space follows and a new one begins, and it is no abbreviation such as `t.ex.`.
fn ends_sentence(text: &str, end: usize) -> bool {
    let (before, after) = text.split_at(end);
    let mut next = after.chars();
    let begins = next.next().is_none_or(char::is_whitespace)
        && next
            .find(|c| !c.is_whitespace())
            .is_none_or(|c| !c.is_lowercase() && !c.is_ascii_digit());
    let word = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let abbreviates = before.ends_with('.') && word.trim_end_matches('.').contains('.');
    begins && !abbreviates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_where_a_reader_thinks_so() {
        let cases = [
            ("Ett. Två.", "Ett."),
            ("Stöd till t.ex. Bris. Mer.", "Stöd till t.ex. Bris."),
            ("Öppet kl. 14 alla dagar. Mer.", "Öppet kl. 14 alla dagar."),
            ("Vad gäller? Mer.", "Vad gäller?"),
            (
                "Se ekero.example/sida för mer. Mer.",
                "Se ekero.example/sida för mer.",
            ),
            ("Utan punkt\n\nMer.", "Utan punkt"),
            ("Ring 112.", "Ring 112."),
            ("", ""),
        ];
        for (text, first) in cases {
            assert_eq!(first_sentence(text), first, "{text}");
        }
    }

    #[test]
    fn nothing_of_the_markdown_is_left() {
        assert_eq!(
            plain("Fråga *alltid* [Kundcenter](https://provby.example).\n\n- ett\n- två"),
            "Fråga alltid Kundcenter. ett två"
        );
    }
}
