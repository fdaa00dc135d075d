//! Personal data in a text becomes a word in brackets that says what stood there, before the text is stored or logged.
//!
//! The text is cut into tokens once. At each of them a list of recognisers is asked whether personal data begins there.
//! A recogniser sees the tokens before, where masked data is already one token, and the tokens ahead, and looks at a
//! bounded number of them: so the work is linear, and a masked text reads as the text that it was masked from.
//! In doubt they mask: a number too many is lost to the log, a number too few is somebody's.

mod cues;
mod dates;
mod names;
mod numbers;
mod streets;
mod tokens;
mod words;
mod written;

use dates::{birth_date, other_date};
use names::name;
use numbers::{account, iban, personal_number, phone, public};
use streets::address;
use tokens::{Kind, Token, read};
use written::{spelled_mail, user_name};

/// A text without personal data, and what was taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Masked {
    /// The text, with a word in brackets such as `[telefon]` in place of each piece of personal data.
    pub text: String,
    /// The kinds of what was taken out, in order of place.
    pub found: Vec<PersonalData>,
}

/// What kind of personal data stood in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PersonalData {
    /// A personnummer or samordningsnummer, also with its last digits hidden.
    PersonalNumber,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A street address, with what belongs to it.
    Address,
    /// The day when somebody was born.
    BirthDate,
    /// The name of a person.
    Name,
    /// An account number, an IBAN or a card number.
    Account,
    /// A name in a social medium.
    UserName,
}

impl PersonalData {
    const ALL: [Self; 8] = [
        Self::PersonalNumber,
        Self::Phone,
        Self::Email,
        Self::Address,
        Self::BirthDate,
        Self::Name,
        Self::Account,
        Self::UserName,
    ];

    /// What stands in a masked text; the same in every language, so that logs can be searched for it.
    const fn label(self) -> &'static str {
        match self {
            Self::PersonalNumber => "[personnummer]",
            Self::Phone => "[telefon]",
            Self::Email => "[e-post]",
            Self::Address => "[adress]",
            Self::BirthDate => "[födelsedatum]",
            Self::Name => "[namn]",
            Self::Account => "[kontonummer]",
            Self::UserName => "[användarnamn]",
        }
    }
}

/// Takes personal data out of a text. Masking a masked text changes nothing.
pub fn mask(text: &str) -> Masked {
    let mut tokens = read(text);
    // What is masked may show more beside it, as it would in the masked text; hardly ever twice.
    for _ in 0..4 {
        if !sweep(&mut tokens) {
            break;
        }
    }
    let mut masked = Masked {
        text: String::with_capacity(text.len()),
        found: Vec::new(),
    };
    let mut copied = 0;
    for token in tokens {
        if let Kind::Masked(kind) = token.kind
            && token.text != kind.label()
        {
            masked.text.push_str(&text[copied..token.start]);
            masked.text.push_str(kind.label());
            masked.found.push(kind);
            copied = token.end;
        }
    }
    masked.text.push_str(&text[copied..]);
    masked
}

/// Makes one token of each piece of personal data, and says whether there was any.
fn sweep(tokens: &mut Vec<Token>) -> bool {
    let (mut written, mut next, mut masked) = (0, 0, false);
    while next < tokens.len() {
        let (step, kind) = recognise(&tokens[..written], &tokens[next..]).unwrap_or((1, None));
        let step = step.clamp(1, tokens.len() - next);
        let mut kept = step;
        if let Some(kind) = kind {
            tokens[next].end = tokens[next + step - 1].end;
            tokens[next].kind = Kind::Masked(kind);
            tokens[next].key.clear();
            (kept, masked) = (1, true);
        }
        for seen in next..next + kept {
            tokens.swap(written, seen);
            written += 1;
        }
        next += step;
    }
    tokens.truncate(written);
    masked
}

/// Says how many of the tokens ahead are one piece of personal data, given the tokens before.
type Recogniser = fn(&[Token], &[Token]) -> Option<usize>;

/// In the order in which they are asked; what has no kind is public and is stepped over.
const RECOGNISERS: [(Recogniser, Option<PersonalData>); 11] = [
    (spelled_mail, Some(PersonalData::Email)),
    (user_name, Some(PersonalData::UserName)),
    (iban, Some(PersonalData::Account)),
    (address, Some(PersonalData::Address)),
    (public, None),
    (personal_number, Some(PersonalData::PersonalNumber)),
    (birth_date, Some(PersonalData::BirthDate)),
    (account, Some(PersonalData::Account)),
    (phone, Some(PersonalData::Phone)),
    (name, Some(PersonalData::Name)),
    (other_date, None),
];

fn recognise(before: &[Token], ahead: &[Token]) -> Option<(usize, Option<PersonalData>)> {
    match ahead.first()?.kind {
        Kind::Personal(kind) => Some((1, Some(kind))),
        Kind::Masked(_) | Kind::Web => None,
        _ => RECOGNISERS
            .iter()
            .find_map(|(recogniser, kind)| Some((recogniser(before, ahead)?, *kind))),
    }
}

#[cfg(test)]
mod tests;
