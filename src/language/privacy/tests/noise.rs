//! The order of what is found, odd letters, noise, and much of anything.

use super::*;

#[test]
fn found_is_in_order_of_place() {
    let masked = mask("Jag heter Kim, 0701234567, kim@example.com, Storgatan 5.");
    let expected = [
        PersonalData::Name,
        PersonalData::Phone,
        PersonalData::Email,
        PersonalData::Address,
    ];
    assert_eq!(masked.found, expected);
    assert_eq!(
        masked.text,
        "Jag heter [namn], [telefon], [e-post], [adress]."
    );
    assert_eq!(mask(&masked.text).found, []);
}

#[test]
fn decomposed_letters_are_letters() {
    check(&[
        ("mitt namn a\u{308}r Kim", "mitt namn a\u{308}r [namn]"),
        ("Storva\u{308}gen 5", "[adress]"),
    ]);
}

/// A small generator, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most).unwrap_or(1)).unwrap_or(0)
    }
}

#[test]
fn noise_neither_panics_nor_changes_twice() {
    let pieces = [
        " ",
        " ",
        " ",
        "\n",
        "-",
        "–",
        ".",
        ",",
        "/",
        ":",
        "(",
        ")",
        "+",
        "@",
        "*",
        "[",
        "]",
        "%40",
        "'",
        "_",
        "#",
        "&",
        "0",
        "7",
        "08",
        "070",
        "0701234567",
        "123",
        "45",
        "67",
        "850517",
        "1234",
        "19850517",
        "2026",
        "xxxx",
        "46",
        "112",
        "Kim",
        "anna",
        "Exempelsson",
        "Ek",
        "IK",
        "von",
        "jag",
        "heter",
        "mvh",
        "min",
        "son",
        "och",
        "I'm",
        "hälsningar",
        "född",
        "den",
        "12",
        "juni",
        "Storgatan",
        "väg",
        "Karls",
        "lgh",
        "c/o",
        "178 31",
        "Ekerö",
        "Street",
        "konto",
        "SE45",
        "5000",
        "https://",
        "www.",
        "x.com/",
        "example.com",
        "snabela",
        "punkt",
        "at",
        "kr",
        "tel",
        "orgnr",
        "insta",
        "[namn]",
        "[telefon]",
        "[adress]",
        "\u{301}",
        "🙂",
        "é",
        "ß",
        "İ",
        "ﬀ",
        "\u{200d}",
        "\u{a0}",
        "٣",
        "中文",
        "\0",
    ];
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..10_000 {
        let text: String = (0..random.below(14))
            .map(|_| pieces[random.below(pieces.len())])
            .collect();
        let once = mask(&text).text;
        assert_eq!(mask(&once).text, once, "{text:?}");
    }
    for _ in 0..3_000 {
        let scalar = |random: &mut Random| {
            let most = if random.below(2) == 0 {
                0x250
            } else {
                0x11_0000
            };
            u32::try_from(random.below(most))
                .ok()
                .and_then(char::from_u32)
        };
        let text: String = (0..random.below(60))
            .filter_map(|_| scalar(&mut random))
            .collect();
        let once = mask(&text).text;
        assert_eq!(mask(&once).text, once, "{text:?}");
    }
}

#[test]
fn a_megabyte_of_anything_takes_a_moment() {
    let units = [
        "a",
        "1",
        "1 ",
        "1-",
        "12 ",
        "070 ",
        "@",
        "a@",
        "a.",
        "a.b@",
        "http://",
        "http://@",
        "www.",
        "http://x.com/",
        "[",
        "(",
        "+",
        "Anna ",
        "och ",
        "jag heter ",
        "mvh ",
        "Storgatan ",
        "c/o ",
        "-",
        "a-",
        "SE45 ",
        "850517-",
        "*",
        "%40",
        "🙂",
        "/",
    ];
    let blocks = units.map(|unit| unit.repeat(33_000 / unit.len()));
    assert!(mask(&blocks.concat()).text.len() > 500_000);
    for unit in ["a", "1", "a@", "http://"] {
        mask(&unit.repeat(1_000_000 / unit.len()));
    }
}
