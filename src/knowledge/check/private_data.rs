//! Telephone numbers, mail addresses and personal numbers of private persons, found by their shape.

use crate::knowledge::plain_language::Remark;

/// What in a text seems to belong to a private person, in the order of its lines.
///
/// The shapes are guesses on the careful side: no resident shall be shown someone's own number.
pub(super) fn private_data(text: &str) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line_text = without_urls(line);
        let mut add = |rule, found: &str, what: &str, mend: &str| {
            remarks.push(Remark {
                line: index + 1,
                rule,
                reason: format!("`{found}` {what}"),
                mend: mend.to_owned(),
            });
        };
        for number in mobiles(&line_text) {
            let mend = "use the shared number of the function, such as a switchboard";
            add(
                "private-phone",
                number,
                "looks like someone's own mobile number",
                mend,
            );
        }
        for address in addresses(&line_text).filter(|a| is_private(a)) {
            let mend = "use a shared mailbox, such as info@ or kansli@";
            add(
                "private-email",
                address,
                "looks like someone's own mailbox",
                mend,
            );
        }
        for number in personal_numbers(&line_text) {
            let mend = "take it away; nothing that a resident asks needs it";
            add(
                "personal-number",
                number,
                "has the shape of a personal number",
                mend,
            );
        }
    }
    remarks
}

/// Mail at these is nobody's office.
const FREE_MAIL: [&str; 11] = [
    "gmail",
    "googlemail",
    "hotmail",
    "icloud",
    "live",
    "me",
    "msn",
    "outlook",
    "protonmail",
    "telia",
    "yahoo",
];

/// Whole words that name a function, so that `kultur.fritid@` is no person.
const FUNCTIONS: [&str; 22] = [
    "admin", "av", "barn", "bygg", "direkt", "for", "help", "i", "idrott", "info", "jour",
    "kultur", "mail", "no", "och", "plan", "post", "reply", "team", "ung", "vard", "webb",
];

/// Beginnings and parts of words that name a function.
const FUNCTION_PARTS: [&str; 36] = [
    "avdelning",
    "bibliotek",
    "bidrag",
    "bokning",
    "centrum",
    "contact",
    "enhet",
    "folkhalsa",
    "forening",
    "forsamling",
    "forvaltning",
    "fritid",
    "grupp",
    "kansli",
    "kassor",
    "kommun",
    "kontakt",
    "kontor",
    "kundtjanst",
    "medlem",
    "miljo",
    "musik",
    "namnd",
    "naring",
    "office",
    "omsorg",
    "ordforande",
    "press",
    "registrator",
    "samhall",
    "service",
    "skola",
    "social",
    "styrelse",
    "support",
    "ungdom",
];

fn without_urls(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = ["http://", "https://"]
        .iter()
        .filter_map(|p| rest.find(p))
        .min()
    {
        out.push_str(&rest[..start]);
        out.push(' ');
        let url = &rest[start..];
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ')' | '>');
        rest = url.find(ends).map_or("", |end| &url[end..]);
    }
    out.push_str(rest);
    out
}

/// Swedish mobile numbers: 07 and eight digits, or +46 in place of the zero. 077 is left out, since
/// those are shared service numbers.
fn mobiles(line: &str) -> impl Iterator<Item = &str> {
    let mut taken = 0;
    starts(line).filter_map(move |start| {
        // `+46 (0)70 …` must not be found again from its zero.
        (start >= taken).then_some(())?;
        let rest = &line[start..];
        let abroad = ["+46", "0046"].into_iter().find(|p| rest.starts_with(p));
        let prefix = abroad.map_or(0, str::len);
        let trunk = rest[prefix..]
            .trim_start_matches([' ', '('])
            .starts_with('0');
        let wanted = if trunk || prefix == 0 { "07" } else { "7" };
        let (digits, length) = digits(&rest[prefix..], wanted.len() + 8)?;
        let mobile = digits.starts_with(wanted) && !digits.starts_with(&format!("{wanted}7"));
        mobile.then_some(())?;
        taken = start + prefix + length;
        Some(&line[start..taken])
    })
}

/// The first `count` digits, which may have spaces, hyphens, strokes and brackets between them, and
/// the bytes they take; `None` when there are fewer, or more written together with the last.
fn digits(text: &str, count: usize) -> Option<(String, usize)> {
    let mut digits = String::new();
    let mut end = 0;
    for (i, c) in text.char_indices() {
        match c {
            '0'..='9' if digits.len() == count => return None,
            '0'..='9' => {
                digits.push(c);
                end = i + 1;
            }
            _ if digits.len() == count => break,
            ' ' | '\u{a0}' | '-' | '–' | '/' | '(' | ')' if i < end + 5 => {}
            _ => return None,
        }
    }
    (digits.len() == count).then_some((digits, end))
}

/// Where a number begins: at a digit or plus sign that continues neither a word nor another number.
fn starts(line: &str) -> impl Iterator<Item = usize> {
    let mut before = [' ', ' '];
    line.char_indices().filter_map(move |(i, c)| {
        let inside = before[1].is_alphanumeric()
            || before[1] == '+'
            || matches!(before[1], '-' | '.') && before[0].is_ascii_digit();
        before = [before[1], c];
        ((c.is_ascii_digit() || c == '+') && !inside).then_some(i)
    })
}

fn addresses(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices('@').filter_map(|(at, _)| {
        let part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
        let local = line[..at].len() - line[..at].trim_end_matches(part).len();
        let behind = &line[at + 1..];
        let domain = behind.len() - behind.trim_start_matches(part).len();
        let address = line[at - local..at + 1 + domain].trim_end_matches('.');
        let (_, domain) = address.split_once('@')?;
        (local > 0 && domain.contains('.')).then_some(address)
    })
}

fn is_private(address: &str) -> bool {
    let address = address
        .to_lowercase()
        .replace(['å', 'ä'], "a")
        .replace('ö', "o");
    let Some((local, domain)) = address.split_once('@') else {
        return false;
    };
    let provider = domain.split('.').next().unwrap_or_default();
    FREE_MAIL.contains(&provider) || is_name(local)
}

/// Whether the part before `@` is a first and a last name, perhaps with an initial or a number.
fn is_name(local: &str) -> bool {
    let parts: Vec<&str> = local
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .split('.')
        .collect();
    let word = |p: &&str| !p.is_empty() && p.chars().all(|c| c.is_alphabetic() || c == '-');
    let function = |p: &&str| FUNCTIONS.contains(p) || FUNCTION_PARTS.iter().any(|f| p.contains(f));
    matches!(parts.len(), 2 | 3) && parts.iter().all(word) && !parts.iter().any(function)
}

/// Swedish personal and coordination numbers, with or without the century, with their sign.
fn personal_numbers(line: &str) -> impl Iterator<Item = &str> {
    starts(line).filter_map(|start| {
        let rest = &line[start..];
        let born = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let last = rest[born..].strip_prefix(['-', '+'])?;
        let count = last.len() - last.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let word_goes_on = last[count..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
        if !matches!(born, 6 | 8) || count != 4 || word_goes_on {
            return None;
        }
        let month: u8 = rest[born - 4..born - 2].parse().ok()?;
        let day: u8 = rest[born - 2..born].parse().ok()?;
        // A coordination number adds 60 to its day; an organisation has a month from 20 up.
        let plausible = (1..=12).contains(&month) && matches!(day, 1..=31 | 61..=91);
        plausible.then(|| &rest[..born + 5])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Vec<(usize, &'static str)> {
        private_data(text)
            .into_iter()
            .map(|r| (r.line, r.rule))
            .collect()
    }

    #[test]
    fn own_mobile_numbers_are_found_however_they_are_written() {
        for number in [
            "070-123 45 67",
            "0701234567",
            "+46 70 123 45 67",
            "+46(0)73-123 45 67",
            "0046761234567",
            "076 – 123 45 67",
            "072/1234567",
            "070-123 45 67 / 08-124 571 00",
        ] {
            assert_eq!(
                rules(&format!("Hej.\nRing {number}, tack.")),
                [(2, "private-phone")],
                "{number}"
            );
        }
    }

    #[test]
    fn shared_numbers_dates_and_amounts_are_fine() {
        for text in [
            "08-124 571 00",
            "0771-11 22 33 4",
            "077-123 45 67",
            "112",
            "116 111",
            "20 000 kr",
            "2026-07-23",
            "reviewed = 2026-07-01 08-1245",
            "deadlines = [\"07-15\", \"08-25\"]",
            "07012345678",
            "https://example.org/0701234567",
            "organisationsnummer 212000-0050",
        ] {
            assert_eq!(rules(text), [], "{text}");
        }
    }

    #[test]
    fn own_mailboxes_are_found() {
        for address in [
            "anna.svensson@ekero.se",
            "Åsa.Öberg@ekero.se",
            "anna-lena.karlsson@kommun.example",
            "erik.b.ek2@ekero.se",
            "klubben@gmail.com",
            "x@live.se",
            "y@telia.com",
            "z@me.com",
        ] {
            assert_eq!(
                rules(&format!("Mejla {address}.")),
                [(1, "private-email")],
                "{address}"
            );
        }
    }

    #[test]
    fn shared_mailboxes_are_fine() {
        for address in [
            "info@ekero.se",
            "kansli@srfstockholm.se",
            "kultur.och.fritidskontoret@ekero.se",
            "no.reply@ekero.se",
            "social.namnden@ekero.se",
            "kontakt.ung@ekero.se",
            "info.lots@ekero.se",
            "direkt@live-scen.se",
            "@ekero",
            "a@b",
        ] {
            assert_eq!(rules(&format!("Mejla {address}.")), [], "{address}");
        }
    }

    #[test]
    fn personal_numbers_are_found() {
        for number in ["850709-9805", "19850709-9805", "850769-9805", "250101+1234"] {
            assert_eq!(rules(number), [(1, "personal-number")], "{number}");
        }
        for number in [
            "851309-9805",
            "850732-9805",
            "850709-98055",
            "1850709-9805",
            "850709-9805-1",
        ] {
            assert_eq!(rules(number), [], "{number}");
        }
    }
}
