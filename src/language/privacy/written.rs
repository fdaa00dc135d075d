//! Mail addresses spelled out to hide them, and names in social media.

use super::PersonalData;
use super::cues::{Cue, told};
use super::tokens::{Gap, Kind, Token, gap, is, key};
use super::words::{MAIL_HOSTS, SOCIAL, no_name};

/// "namn (at) example.com", "namn snabela example punkt se".
pub(super) fn spelled_mail(_: &[Token], ahead: &[Token]) -> Option<usize> {
    let (local, _) = dotted(ahead, 0)?;
    let bracketed = opens(ahead, local);
    let sign = local + usize::from(bracketed);
    let (host, plain) = match key(ahead, sign) {
        "at" | "a" | "snabela" | "snabel-a" if bracketed => (closes(ahead, sign + 1)?, true),
        "snabela" | "snabel-a" => (sign + 1, true),
        "snabel" if key(ahead, sign + 1) == "a" => (sign + 2, true),
        // "I am at home": only with a known host or a dot in letters is it an address.
        "at" => (sign + 1, MAIL_HOSTS.contains(&key(ahead, sign + 1))),
        _ if is(ahead, sign, '@') => (sign + 1, true),
        _ => {
            // "kim @gmail.com"
            let token = ahead.get(local)?;
            let host = MAIL_HOSTS.iter().any(|host| token.text.contains(host));
            let loose = host && token.kind == Kind::Personal(PersonalData::UserName);
            return loose.then_some(local + 1);
        }
    };
    let (end, dots) = dotted(ahead, host)?;
    (dots.spelled || (plain && dots.any)).then_some(end)
}

/// Whether there were dots between words, and whether one was spelled.
#[derive(Clone, Copy, Default)]
struct Dots {
    any: bool,
    spelled: bool,
}

/// Where a run of words ends that dots, also spelled ones, join.
fn dotted(ahead: &[Token], start: usize) -> Option<(usize, Dots)> {
    let mut dots = Dots::default();
    let mut end = joined(ahead, start)?;
    for _ in 0..4 {
        let bracketed = opens(ahead, end);
        let word = ["punkt", "dot"].contains(&key(ahead, end + usize::from(bracketed)));
        let next = match end {
            at if word && bracketed => closes(ahead, at + 2)?,
            at if word => at + 1,
            at if is(ahead, at, '.')
                && (gap(ahead, at + 1) == Gap::None || gap(ahead, at) == Gap::Space) =>
            {
                at + 1
            }
            _ => break,
        };
        let Some(more) = joined(ahead, next) else {
            break;
        };
        dots = Dots {
            any: true,
            spelled: dots.spelled || word,
        };
        end = more;
    }
    Some((end, dots))
}

fn opens(ahead: &[Token], at: usize) -> bool {
    ['(', '[', '{'].into_iter().any(|mark| is(ahead, at, mark))
}

/// Where the text goes on after a closing bracket.
fn closes(ahead: &[Token], at: usize) -> Option<usize> {
    let closing = [')', ']', '}'].into_iter().any(|mark| is(ahead, at, mark));
    closing.then_some(at + 1)
}

/// Where a run of letters, digits, hyphens and underscores without spaces ends.
fn joined(ahead: &[Token], start: usize) -> Option<usize> {
    let part = |token: &Token| {
        token.word() || matches!(token.kind, Kind::Number | Kind::Mark('_' | '-' | '#'))
    };
    let more = ahead.iter().skip(start).take(9).enumerate();
    let parts = more
        .take_while(|(i, token)| part(token) && (*i == 0 || token.gap == Gap::None))
        .count();
    (parts > 0).then_some(start + parts)
}

/// A path at a social medium, and what is called a user name and looks like one.
pub(super) fn user_name(before: &[Token], ahead: &[Token]) -> Option<usize> {
    let first = ahead
        .first()
        .filter(|token| token.word() || matches!(token.kind, Kind::Number | Kind::Mark('_')))?;
    if let [.., site, dot, top, slash] = before
        && first.gap == Gap::None
        && slash.is('/')
        && dot.is('.')
        && SOCIAL.contains(&site.key.as_str())
        && ["com", "me", "net", "se"].contains(&top.key.as_str())
    {
        let path = |token: &Token| !matches!(token.kind, Kind::Mark('?' | '#' | ',' | ';' | ')'));
        let rest = ahead.iter().enumerate().take(20);
        return Some(
            rest.take_while(|(i, token)| path(token) && (*i == 0 || token.gap == Gap::None))
                .count(),
        );
    }
    let (end, _) = dotted(ahead, 0)?;
    let signs = |token: &Token| {
        token.kind == Kind::Number || ['_', '.', '#'].into_iter().any(|mark| token.is(mark))
    };
    let typical = ahead[..end].iter().any(signs)
        || (before.last().is_some_and(|colon| colon.is(':')) && !no_name(&first.key));
    (typical && first.word() && told(before, Cue::UserName)).then_some(end)
}
