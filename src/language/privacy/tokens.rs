//! A text is cut into words, numbers and marks, and what its characters alone tell apart: web and mail addresses.

use super::PersonalData;
use super::words::SOCIAL;

/// A word, a number or a mark, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) gap: Gap,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: &'a str,
    /// A word folded, a number in ASCII digits; empty for everything else.
    pub(super) key: String,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, with hyphens and apostrophes between them; whether it is written as names are.
    Word { capital: bool },
    /// Digits of any script.
    Number,
    /// Any other character; every dash is a hyphen.
    Mark(char),
    /// A web address, which is let be.
    Web,
    /// Personal data that is recognised by its characters alone.
    Personal(PersonalData),
    /// What is masked already.
    Masked(PersonalData),
}

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    None,
    Space,
    Line,
}

impl Token<'_> {
    pub(super) fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    pub(super) fn word(&self) -> bool {
        matches!(self.kind, Kind::Word { .. })
    }

    pub(super) fn capital(&self) -> bool {
        self.kind == Kind::Word { capital: true }
    }
}

/// Cuts a text into tokens. Every character is looked at a bounded number of times.
pub(super) fn read(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut at, mut gap, mut no_mail) = (0, Gap::Line, 0);
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if first.is_whitespace() {
            gap = gap.max(if first == '\n' { Gap::Line } else { Gap::Space });
            at += first.len_utf8();
            continue;
        }
        let mail = if at < no_mail {
            Err(no_mail - at)
        } else {
            mail(rest)
        };
        let (kind, len) = match mail {
            Ok(found) => found,
            Err(without) => {
                no_mail = at + without;
                plain(rest, first)
            }
        };
        let text = &rest[..len];
        let key = match kind {
            Kind::Word { .. } => text
                .chars()
                .flat_map(char::to_lowercase)
                .filter_map(fold)
                .collect(),
            Kind::Number => text.chars().filter_map(digit).collect(),
            _ => String::new(),
        };
        tokens.push(Token {
            kind,
            gap,
            start: at,
            end: at + len,
            text,
            key,
        });
        (at, gap) = (at + len, Gap::None);
    }
    tokens
}

/// The kind and length of the token that a text begins with, when it is no mail address.
fn plain(rest: &str, first: char) -> (Kind, usize) {
    if let Some(kind) = PersonalData::ALL
        .into_iter()
        .find(|kind| rest.starts_with(kind.label()))
    {
        return (Kind::Masked(kind), kind.label().len());
    }
    if let Some(len) = web(rest) {
        return (Kind::Web, len);
    }
    if digit(first).is_some() {
        return (Kind::Number, run(rest, |c| digit(c).is_some()));
    }
    if !first.is_alphabetic() {
        let mark = if matches!(first, '‐' | '‑' | '–' | '—' | '−') {
            '-'
        } else {
            first
        };
        return (Kind::Mark(mark), first.len_utf8());
    }
    let letter = |c: char| c.is_alphabetic() || combining(c);
    let mut len = run(rest, letter);
    // One hyphen or apostrophe joins two parts of a word.
    while let Some(joint) = rest[len..]
        .chars()
        .next()
        .filter(|c| matches!(c, '-' | '\'' | '’'))
    {
        let more = run(&rest[len + joint.len_utf8()..], letter);
        if more == 0 {
            break;
        }
        len += joint.len_utf8() + more;
    }
    // A word in capitals only may be anything that is shouted.
    let shouted =
        rest[..len].chars().nth(1).is_some() && !rest[..len].chars().any(char::is_lowercase);
    (
        Kind::Word {
            capital: first.is_uppercase() && !shouted,
        },
        len,
    )
}

/// A mail address or a user name that a text begins with, or how far no mail address can begin.
fn mail(text: &str) -> Result<(Kind, usize), usize> {
    let local = run(text, |c| {
        c.is_alphanumeric() || combining(c) || "._%+-".contains(c)
    });
    let Some(at) = text[local..]
        .chars()
        .next()
        .filter(|c| matches!(c, '@' | '＠'))
    else {
        // In the query of a web address the sign is written in this way.
        let encoded = text[..local]
            .find("%40")
            .is_some_and(|at| at > 0 && at + 3 < local);
        return if encoded {
            Ok((Kind::Personal(PersonalData::Email), local))
        } else {
            Err(local)
        };
    };
    let host = &text[local + at.len_utf8()..];
    let host = &host[..run(host, |c| {
        c.is_alphanumeric() || combining(c) || "._-".contains(c)
    })];
    let host = host.trim_end_matches(['.', '-', '_']);
    let kind = if local > 0 {
        PersonalData::Email
    } else {
        PersonalData::UserName
    };
    if host.is_empty() {
        Err(local)
    } else {
        Ok((Kind::Personal(kind), local + at.len_utf8() + host.len()))
    }
}

/// The length of the web address that a text begins with, as far as it is public: without query, and without what
/// names a user.
fn web(text: &str) -> Option<usize> {
    let begins = |with: &&str| {
        text.get(..with.len())
            .is_some_and(|t| t.eq_ignore_ascii_case(with))
    };
    let scheme = ["https://", "http://", "www."]
        .iter()
        .find(|with| begins(with))?
        .len();
    // An address is read for a while only, so that a long one is not read again and again.
    let ends = |c: char| c.is_whitespace() || "?#,;<>\"()[]{}@".contains(c);
    let end = text
        .chars()
        .take(300)
        .take_while(|c| !ends(*c))
        .map(char::len_utf8)
        .sum::<usize>();
    let host = text[..end].get(scheme..).unwrap_or_default();
    let host = host.split('/').next().unwrap_or_default().to_lowercase();
    let social = host
        .rsplit('.')
        .nth(1)
        .is_some_and(|name| SOCIAL.contains(&name));
    (!social).then_some(
        if text[end..].starts_with('@') && !text[scheme..end].contains('/') {
            scheme
        } else {
            end
        },
    )
}

/// The length of the characters a text begins with that are of a kind.
fn run(text: &str, of: impl Fn(char) -> bool) -> usize {
    text.find(|c| !of(c)).unwrap_or(text.len())
}

fn combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// A lower-case letter without its accent, or nothing for what is no letter by itself.
fn fold(c: char) -> Option<char> {
    match c {
        'å' | 'ä' | 'á' | 'à' | 'â' | 'ã' | 'æ' => Some('a'),
        'ö' | 'ø' | 'ó' | 'ò' | 'ô' | 'õ' => Some('o'),
        'é' | 'è' | 'ê' | 'ë' => Some('e'),
        'ü' | 'ú' | 'ù' | 'û' => Some('u'),
        'í' | 'ì' | 'î' | 'ï' | 'ı' => Some('i'),
        'ç' | 'ć' | 'č' => Some('c'),
        'š' | 'ş' | 'ś' => Some('s'),
        'ž' | 'ź' | 'ż' => Some('z'),
        'ñ' | 'ń' => Some('n'),
        'ł' => Some('l'),
        'ğ' => Some('g'),
        '\'' | '’' => None,
        _ => (!combining(c)).then_some(c),
    }
}

/// The ASCII digit for a digit of the scripts that people here write numbers in.
fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '０'..='９' => '０',
        _ => return None,
    };
    char::from_digit(u32::from(c) - u32::from(zero), 10)
}

/// The folded word or the digits at a place.
pub(super) fn key<'a>(tokens: &'a [Token], at: usize) -> &'a str {
    tokens.get(at).map_or("", |token| &token.key)
}

/// Whether a mark stands at a place.
pub(super) fn is(tokens: &[Token], at: usize, mark: char) -> bool {
    tokens.get(at).is_some_and(|token| token.is(mark))
}

/// What stands before a place; the end of a text ends its last line.
pub(super) fn gap(tokens: &[Token], at: usize) -> Gap {
    tokens.get(at).map_or(Gap::Line, |token| token.gap)
}
