//! In a conversation, "in English please, when is the deadline?": a language is asked for, and a question beside it.

use crate::knowledge::Language;
use crate::language::words;

/// The words that name a language.
const NAMES: [(Language, &[&str]); 2] = [
    (Language::Swedish, &["svenska", "swedish"]),
    (Language::English, &["engelska", "english"]),
];
/// What a part of a message says beside the name of the language when it asks for that and nothing else.
const ASKS: &str = "pa in to tack please pls kan vi ta det ga gar bra ocksa du skriva svara byta till switch switching can could \
    you we i do it that this explain say answer write reply for my guest friend only speaks speak and och men ok \
    hej hi hello sorry forklara saga tar vill jag ha would like now nu min van bara pratar talar again igen the \
    same samma sak";

/// The language that a message asks for, and the message without the part that asks; `None` when it asks for none.
pub(super) fn wished_language(text: &str) -> Option<(Language, String)> {
    let mut wished = None;
    let mut rest = String::with_capacity(text.len());
    for part in text.split_inclusive(['.', ',', '!', '?', ':', ';', '\n']) {
        let said = words(part);
        let named = NAMES
            .iter()
            .find(|(_, names)| said.iter().any(|w| names.contains(&w.as_str())));
        let asks = |(_, names): &&(Language, &[&str])| {
            let known = |w: &String| names.contains(&w.as_str()) || ASKS.split(' ').any(|a| a == w);
            said.len() > 1 && said.iter().all(known)
        };
        match named.filter(asks) {
            Some((language, _)) => wished = Some(*language),
            None => rest.push_str(part),
        }
    }
    // "In English, please" says nothing beside the wish either.
    let says = words(&rest).iter().any(|w| ASKS.split(' ').all(|a| a != w));
    let rest = if says { rest.trim() } else { "" };
    wished.map(|language| (language, rest.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_told_from_the_question_beside_it() {
        let of = |text: &str| wished_language(text);
        assert_eq!(
            of("In English please, which ages was it for?"),
            Some((Language::English, "which ages was it for?".to_owned()))
        );
        assert_eq!(
            of("Går bra på svenska också. Vad kostar det?"),
            Some((Language::Swedish, "Vad kostar det?".to_owned()))
        );
        assert_eq!(
            of("Could you explain that in English, please?"),
            Some((Language::English, String::new()))
        );
        assert_eq!(of("Var kan jag öva svenska?"), None);
        assert_eq!(of("Is there an English book club?"), None);
        assert_eq!(of("engelska"), None);
    }
}
