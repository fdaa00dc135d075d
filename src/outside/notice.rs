//! What is told outside the console, before it is known how it is sent; and how words of residents are kept from meaning
//! anything to whoever draws them.

use serde_json::{Value, json};

/// A zero-width space: what stands on either side of it is no address, no mention and no mark.
const GAP: char = '\u{200b}';
/// Nothing that a resident wrote is shown longer than this, in characters.
const LONGEST: usize = 300;

/// Something to tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notice {
    /// What it is, in a line.
    pub subject: String,
    /// What there is to know, a line each.
    pub lines: Vec<String>,
    /// What residents have asked.
    pub asked: Option<Asked>,
    /// Where to go on: a label and an address.
    pub link: Option<(String, String)>,
    /// Why whoever reads it gets it.
    pub footer: String,
    /// The same for programs: names and numbers.
    pub data: Value,
}

/// What residents have asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What stands above it.
    pub heading: String,
    /// Each wording, masked and otherwise as it was written, and what there is to know of it.
    pub items: Vec<(String, String)>,
}

impl Notice {
    /// As plain text, for a mail.
    pub(in crate::outside) fn plain(&self) -> String {
        let mut parts = vec![self.lines.join("\n")];
        if let Some(asked) = &self.asked {
            let items = asked.items.iter().map(|(wording, about)| {
                let wording = inert(wording);
                format!("- {wording}\n  ({about})")
            });
            let items: Vec<String> = items.collect();
            parts.push(format!("{}:\n\n{}", asked.heading, items.join("\n")));
        }
        if let Some((label, address)) = &self.link {
            parts.push(format!("{label}: {address}"));
        }
        if !self.footer.is_empty() {
            // The mark by which mail programs know that what follows is no part of the message.
            parts.push(format!("-- \n{}", self.footer));
        }
        parts.join("\n\n") + "\n"
    }

    /// As JSON for a program. What residents wrote stands there as they did.
    pub(in crate::outside) fn for_programs(&self, id: &str) -> Value {
        let asked = self.asked.iter().flat_map(|asked| &asked.items);
        let questions: Vec<Value> = asked
            .map(|(wording, about)| json!({ "wording": short(wording), "about": about }))
            .collect();
        json!({
            "id": id,
            "subject": self.subject,
            "lines": self.lines,
            "questions": questions,
            "link": self.link.as_ref().map(|(_, address)| address),
            "data": self.data,
        })
    }
}

/// Words of a resident in one line: nothing in them is taken for an address to press, for a mention or for a mail address,
/// and nothing turns round what stands beside them.
pub(in crate::outside) fn inert(text: &str) -> String {
    let text = short(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        out.push(letter);
        let goes_on = letters.peek().is_some_and(|next| !next.is_whitespace());
        if goes_on && matches!(letter, '.' | ':' | '@' | '/' | '&' | '{' | '<' | '[' | ']') {
            out.push(GAP);
        }
    }
    out
}

/// One line of plain letters, not too long.
fn short(text: &str) -> String {
    let visible = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c });
    let visible: String = visible.filter(|c| !is_control(*c)).collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let begin: String = line.chars().take(LONGEST).collect();
    format!("{}…", begin.trim_end())
}

/// Whether a character is not seen but changes how others are.
fn is_control(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_in_words_of_a_resident_can_be_pressed_or_calls_anyone(text in ".{0,400}") {
            let inert = inert(&text);
            for mark in ["://", "www.a", "@a", "<@", "<!", "](", "{{", "\n", "\r", "\u{202e}"] {
                prop_assert!(!inert.contains(mark), "{inert:?}");
            }
            prop_assert!(inert.chars().filter(|c| *c != GAP).count() <= LONGEST + 1);
        }

        #[test]
        fn the_words_are_still_there(text in "[a-zåäö ,!?]{0,200}") {
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(inert(&text), words);
        }
    }

    #[test]
    fn an_address_is_broken_and_still_read() {
        let seen = |text: &str| inert(text).replace(GAP, "·");
        assert_eq!(
            seen("se https://evil.example/x"),
            "se https:·/·/·evil.·example/·x"
        );
        assert_eq!(seen("@everyone kl. 8.30"), "@·everyone kl. 8.·30");
        assert_eq!(seen("a\u{202e}b\r\nc"), "ab c");
    }
}
