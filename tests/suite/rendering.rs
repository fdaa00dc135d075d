//! How answers look in the terminal: snapshots on Provby's base, without colours.

use anstream::adapter::strip_str;
use lots::answering::{Answer, Block, Conversation, Match};
use lots::knowledge::Language;
use lots::paths::{Guide, Path};
use lots::terminal::render;

use crate::stage::{CRISIS, KNOWN, PROVBY, ROUTED, TODAY, question};

/// The classic width of a terminal.
const WIDTH: usize = 80;

#[test]
fn an_answer_has_its_caution_its_facts_its_contact_and_its_source() {
    insta::assert_snapshot!(drawn("Vad är lovpeng?"), @r"

    Lovpeng

    │ Uppgifterna är från 2021 och kan ha ändrats. Kontrollera med Kundcenter innan
    │ du räknar med dem.

    Lovpeng är pengar till föreningar och nätverk som ordnar något för barn på
    loven. Ni söker två gånger om året.

    Kan söka:     föreningar och nätverk
    Belopp:       högst 15 000 kr (uppgift från 2021)
    Sista dag:    31 mars 2027 om samma dag gäller i år (128 dagar kvar); uppgiften
                  är från 2021

    Kontakt:      Kundcenter
    Telefon:      08-465 004 00
    E-post:       kundcenter@provby.example

    Källor
      Provby kommun, Regler för lovpeng (2021)
      https://provby.example/lovpeng
    Texten gicks igenom 2 november 2026.

    Se också: Låna en lokal

    Fråga mer om: Vem kan söka · Krav · Så gör ni · När · Belopp
    ");
}

#[test]
fn a_question_about_one_part_is_answered_with_that_part() {
    insta::assert_snapshot!(drawn("When do we apply for the holiday grant?"), @r"

    Holiday grant (lovpeng)

    │ This is from 2021 and may have changed. Check with Customer centre before you
    │ rely on it.

    The holiday grant (lovpeng) is money for associations and networks that arrange
    something for children in the school holidays. You apply twice a year.

    When
    Apply for the holiday grant by 31 March for the summer and by 30 September for
    Christmas.

    Can apply:    associations and networks
    Amount:       at most 15 000 kr (information from 2021)
    Last day:     31 March 2027 if the same day holds this year (128 days left); the
                  information is from 2021

    Contact:      Customer centre
    Phone:        08-465 004 00
    E-mail:       kundcenter@provby.example

    Sources
      Provby kommun, Regler för lovpeng (2021)
      https://provby.example/lovpeng
    The text was gone through on 2 November 2026.

    See also: Borrow premises

    Ask more about: Who can apply · Requirements · How to do it · Amount
    ");
}

#[test]
fn a_question_for_an_office_names_it() {
    insta::assert_snapshot!(drawn(ROUTED), @r"

    Det har jag inget färdigt svar på. Frågan hör troligen till Byggkontoret.

    Kontakt:      Byggkontoret
    Telefon:      08-465 004 10
    E-post:       bygg@provby.example (uppgift från 2021)
    Öppettider:   måndag–fredag 09:00–11:00
    ");
}

#[test]
fn help_lines_stand_first() {
    insta::assert_snapshot!(drawn(CRISIS), @r"

    Är du i fara? Ring 112 nu.

    112 vid fara
    Telefon:      112
    Ring 112 vid fara för liv, hälsa, egendom eller miljö. Numret svarar dygnet
    runt.

    Det du skrev här sparas inte.
    ");
}

#[test]
fn choices_are_numbered() {
    insta::assert_snapshot!(drawn("bidrag"), @r"

    Menar du något av det här?

      1  Lovpeng
      2  Scenpeng

    Skriv numret, eller fråga på ett annat sätt.
    ");
}

#[test]
fn a_step_is_a_question_with_numbered_answers() {
    insta::assert_snapshot!(at("grants.network"), @r"

    Hitta bidrag · fråga 2
    Vad ska pengarna gå till?
      1  Det vi gör varje vecka
      2  Något öppet för alla
      3  Kurs eller utveckling för föreningen
      4  Något nytt eller större
      5  En lokal
      6  Något på lovet
      7  Mina studier, min konst eller min idrott
      8  Ge någon ett pris
      9  Stöd till människor som har det svårt
      10 Jobba ihop med kommunen i flera år
      Vet inte · Tillbaka · Avsluta
    ");
}

#[test]
fn what_a_way_in_has_led_to_is_a_list_with_reasons() {
    insta::assert_snapshot!(at("grants.association.holidays.young.here.month"), @r"

    Söker:                En förening som inte är godkänd
    Pengarna ska gå till: Något på lovet
    För:                  Barn och unga
    Var:                  I kommunen
    När:                  Inom en månad

    Inget bidrag jag känner till passar det här rakt av.

    Det här är nära

      Lovpeng
      Lovpeng är pengar till föreningar och nätverk som ordnar något för barn på
      loven.
      – Kan gå till aktiviteter på lov.
      – Nästa sista dag är 31 mars 2027. Det är senare än du tänkt dig.
      – Uppgifterna är från 2021. Fråga vad som gäller nu.
      – Ha redo: en plan för det som ska göras.
      – Belopp: högst 15 000 kr (uppgift från 2021)
      – Sista dag: 31 mars 2027 om samma dag gäller i år (128 dagar kvar); uppgiften
        är från 2021

    Det här kan du göra i stället

      Kundcenter: Provby kommun
      Kundcenter svarar på frågor om allt som kommunen gör.
      – Här kan du prata igenom det med någon.

    Det här passar inte

      Scenpeng
      – Är till för ett arrangemang.

      1  Bli uppringd
      2  Börja om
      Tillbaka · Avsluta
    ");
}

#[test]
fn what_was_found_hangs_in_any_window() {
    let blocks = guide()
        .look(&Path::parse("grants._._._._._").unwrap())
        .blocks;
    for width in 30..=84 {
        let drawn = in_window(&blocks, Language::Swedish, width);
        let items = drawn.lines().filter(|l| l.starts_with("  – ")).count();
        let expected: usize = blocks.iter().map(lines_of).sum();
        assert_eq!(items, expected, "in a window of {width} columns:\n{drawn}");
    }
}

#[test]
fn what_is_copied_stands_on_one_line() {
    let (code, link) = ("7F3K-2QX", "https://provby.example/uppleva-och-gora/boka");
    let prose = format!("Kvittot är {code}. Läs [på sidan]({link}) hur det går till.");
    let receipt = Block::Receipt {
        code: Some(code.to_owned()),
        text: prose.clone(),
    };
    let answer = answer(KNOWN).blocks;
    let mut broken = Vec::new();
    for width in 30..=84 {
        let whole = [
            answer.clone(),
            vec![
                receipt.clone(),
                Block::Text {
                    text: prose.clone(),
                },
            ],
        ]
        .concat();
        let drawn = in_window(&whole, Language::Swedish, width);
        // A word is whole when it stands between spaces; so does what is copied, but for a mark after it.
        let times = |copied: &str| {
            drawn
                .split_whitespace()
                .filter(|word| word.trim_matches(['(', ')', '.']) == copied)
                .count()
        };
        for (copied, expected) in [
            (code, 2),
            (link, 1),
            ("https://provby.example/lovpeng", 1),
            ("kundcenter@provby.example", 1),
        ] {
            // Beside a label, fourteen columns are taken.
            if copied.len() + 16 <= width && times(copied) < expected {
                broken.push(format!("{copied} in a window of {width} columns"));
            }
        }
    }
    assert!(
        broken.is_empty(),
        "broken over lines:\n{}",
        broken.join("\n")
    );
}

/// The first answer to a question, as it stands in a window.
fn drawn(question: &str) -> String {
    let answer = answer(question);
    in_window(&answer.blocks, answer.language, WIDTH)
}

fn answer(text: &str) -> Answer {
    let question = question(text);
    // The greeting would stand above everything; it has been given.
    let before = Conversation {
        greeted: true,
        ..Conversation::default()
    };
    PROVBY.answer(&question, &before).0
}

fn guide() -> Guide<'static> {
    Guide {
        answerer: &PROVBY,
        language: Language::Swedish,
        today: TODAY,
    }
}

/// What stands at a place on a way in.
fn at(code: &str) -> String {
    let view = guide().look(&Path::parse(code).unwrap());
    in_window(&view.blocks, Language::Swedish, WIDTH)
}

/// How many things are said of what was found in a block.
fn lines_of(block: &Block) -> usize {
    let Block::Matches { matches, .. } = block else {
        return 0;
    };
    let said = |m: &Match| {
        let lines = [&m.because, &m.missing, &m.check, &m.prepare];
        lines.iter().map(|l| l.len()).sum::<usize>() + m.facts.len()
    };
    matches.iter().map(said).sum()
}

fn in_window(blocks: &[Block], language: Language, width: usize) -> String {
    strip_str(&render(blocks, PROVBY.knowledge().phrases(language), width)).to_string()
}
