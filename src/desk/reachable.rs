//! Where someone can be called or written to: a telephone number or a mail address, told apart by how it is written.

use crate::store::AddressKind;

/// The longest mail address there is.
const LONGEST_EMAIL: usize = 254;
/// A number with every space and hyphen that anyone would write is not longer.
const LONGEST_PHONE: usize = 40;

/// What is written is no address that anyone could call or write to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoAddress;

/// A telephone number or a mail address, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reachable {
    pub(super) kind: AddressKind,
    pub(super) address: String,
}

impl Reachable {
    /// Reads an address. Fails when it is neither a telephone number of 8 to 15 digits, Swedish or with a country code, nor a
    /// mail address.
    pub(super) fn parse(text: &str) -> Result<Reachable, NoAddress> {
        let text = text.trim();
        let kind = if is_email(text) {
            AddressKind::Email
        } else if is_phone(text) {
            AddressKind::Phone
        } else {
            return Err(NoAddress);
        };
        Ok(Reachable {
            kind,
            address: text.to_owned(),
        })
    }
}

/// Whether it could be dialled from Sweden: with the leading 0 or the country code, and as long as numbers are.
fn is_phone(text: &str) -> bool {
    let is_mark = |c: char| c.is_whitespace() || "-–‑()./".contains(c);
    let (plus, rest) = match text.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    let is_written_so = rest.chars().all(|c| c.is_ascii_digit() || is_mark(c));
    let is_whole = plus || digits.starts_with('0') || digits.starts_with("46");
    let no_control = !text.chars().any(char::is_control);
    text.chars().count() <= LONGEST_PHONE
        && is_written_so
        && is_whole
        && no_control
        && (8..=15).contains(&digits.len())
}

/// Whether mail can be sent to it: one `@`, no spaces, and a domain with a dot. Whether anyone reads it only mail can tell.
fn is_email(text: &str) -> bool {
    let Some((mailbox, domain)) = text.split_once('@') else {
        return false;
    };
    let in_mailbox = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~-.".contains(c);
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let dots_are_between = |text: &str| text.split('.').all(|part| !part.is_empty());
    let ends_in_letters = |top: &str| top.len() > 1 && top.chars().any(char::is_alphabetic);
    text.len() <= LONGEST_EMAIL
        && mailbox.len() <= 64
        && mailbox.chars().all(in_mailbox)
        && dots_are_between(mailbox)
        && domain.split('.').all(is_label)
        && domain
            .rsplit_once('.')
            .is_some_and(|(_, top)| ends_in_letters(top))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_taken_as_people_write_them() {
        for text in [
            "070-174 06 05",
            " 08-465 004 00 ",
            "0701740605",
            "+46 70 174 06 05",
            "+46 (0)70-174 06 05",
            "0046701740605",
            "46701740605",
            "(08) 465 00 400",
            "070–174 06 05",
            "+358 9 1234567",
        ] {
            let read = Reachable::parse(text);
            let (kind, address) = (AddressKind::Phone, text.trim().to_owned());
            assert_eq!(read, Ok(Reachable { kind, address }), "{text}");
        }
    }

    #[test]
    fn mail_addresses_are_taken() {
        for text in [
            "anna@exempel.se",
            "Anna.Ek+lots@post.exempel.se",
            "bo_o'neill@exempel.co",
            "åsa@räksmörgås.se",
        ] {
            let read = Reachable::parse(text).unwrap();
            assert_eq!(read.kind, AddressKind::Email, "{text}");
        }
    }

    #[test]
    fn what_nobody_could_call_or_write_to_is_not() {
        let long = format!("{}@exempel.se", "a".repeat(65));
        for text in [
            "",
            "   ",
            "112",
            "0701740",
            "701740605",
            "+46 70 174 06 05 12 34 56",
            "070-174 06 05 eller 08-465 004 00",
            "ring mig på 070-174 06 05",
            "070-174\n0605",
            "anna",
            "anna@exempel",
            "anna@exempel.s",
            "anna@@exempel.se",
            "anna@exempel..se",
            ".anna@exempel.se",
            "anna@-exempel.se",
            "anna ek@exempel.se",
            "anna@exempel.se, bo@exempel.se",
            "anna@exempel.se\r\nBcc: bo@exempel.se",
            "<anna@exempel.se>",
            "anna@192.168.0.1",
            &long,
        ] {
            assert_eq!(Reachable::parse(text), Err(NoAddress), "{text}");
        }
    }

    proptest! {
        #[test]
        fn anything_can_be_read(text in any::<String>()) {
            if let Ok(read) = Reachable::parse(&text) {
                prop_assert!(!read.address.chars().any(char::is_control));
                prop_assert_eq!(Reachable::parse(&read.address), Ok(read));
            }
        }
    }
}
