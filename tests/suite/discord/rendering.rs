//! How answers look on Discord: snapshots on Provby's base, and what holds for every answer of the shipped one.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use lots::answering::{Answer, Conversation};
use lots::discord::{Drawing, Place, Row, render};

use super::limits::fits;
use crate::stage::{CRISIS, KNOWN, PROVBY, ROUTED, SHIPPED, dev_questions, question};

#[test]
fn an_answer_is_a_card_with_its_facts_its_contact_and_what_to_ask_next() {
    insta::assert_snapshot!(sketched(KNOWN), @r"
    # Lovpeng
    > ⚠️ Uppgifterna är från 2021 och kan ha ändrats. Kontrollera med Kundcenter innan du räknar med dem.

    Lovpeng är pengar till föreningar och nätverk som ordnar något för barn på loven. Ni söker två gånger om året.
    + Kan söka
    föreningar och nätverk
    + Belopp
    högst 15 000 kr (uppgift från 2021)
    = Sista dag
    31 mars 2027 om samma dag gäller i år (128 dagar kvar); uppgiften är från 2021
    = Kontakt: Kundcenter
    Telefon: 08-465 004 00
    E-post: kundcenter@provby.example
    = Källor
    [Provby kommun, Regler för lovpeng](https://provby.example/lovpeng) (2021)
    _ Texten gicks igenom 2 november 2026.
    (Vem kan söka?) (Krav) (Så gör ni) (När?) (Belopp)
    (Påminn mig)
    [Se också: Låna en lokal]
    (Det hjälpte) (Det hjälpte inte) (Prata med en människa) (Fråga vidare)
    ");
}

#[test]
fn each_of_several_questions_has_a_card_of_its_own() {
    let answer = answer(
        &SHIPPED,
        "Hej! Hur söker vi föreningsbidrag? Och var ligger biblioteken?",
    );
    let phrases = SHIPPED.knowledge().phrases(answer.language);
    let drawing = render(&answer, phrases, place());
    let [first, second] = drawing.cards.as_slice() else {
        panic!("{:?}", drawing.cards);
    };
    assert!(
        first.title.starts_with("Föreningsbidrag"),
        "{}",
        first.title
    );
    assert_eq!(second.title, "Du frågade också: Biblioteken");
    for card in [first, second] {
        assert!(!card.text.is_empty() && !card.footer.is_empty());
        assert!(card.fields.iter().any(|f| f.name == phrases.label_sources));
    }
}

#[test]
fn a_question_for_an_office_names_it() {
    insta::assert_snapshot!(sketched(ROUTED), @r"
    Det har jag inget färdigt svar på. Frågan hör troligen till Byggkontoret.
    = Kontakt: Byggkontoret
    Telefon: 08-465 004 10
    E-post: bygg@provby.example (uppgift från 2021)
    Öppettider: måndag–fredag 09:00–11:00
    (Bli uppringd eller få mejl) (Prata med en människa) (Fråga vidare)
    ");
}

#[test]
fn choices_are_buttons() {
    insta::assert_snapshot!(sketched("bidrag"), @r"
    Menar du något av det här?

    Skriv numret, eller fråga på ett annat sätt.
    (1. Lovpeng) (2. Scenpeng)
    (Prata med en människa) (Fråga vidare)
    ");
}

#[test]
fn help_lines_stand_alone() {
    insta::assert_snapshot!(sketched(CRISIS), @r"
    Är du i fara? Ring 112 nu.

    Det du skrev här sparas inte.
    = 112 vid fara
    **Telefon: 112**
    Ring 112 vid fara för liv, hälsa, egendom eller miljö. Numret svarar dygnet runt.
    ");
}

#[test]
fn every_answer_of_the_shipped_base_fits() {
    let mut shown = BTreeSet::new();
    for item in dev_questions() {
        let Some(text) = item.turns.first() else {
            continue;
        };
        let answer = answer(&SHIPPED, text);
        let drawing = render(
            &answer,
            SHIPPED.knowledge().phrases(answer.language),
            place(),
        );
        fits(&drawing);
        let uncut = drawing.cards.iter().all(|c| !c.text.ends_with(" …"));
        assert!(uncut, "{text} is answered with a text that is cut");
        shown.extend(answer.shown);
    }
    assert!(shown.len() > 50, "only {} entries were shown", shown.len());
}

#[test]
fn the_picture_in_the_readme_says_what_the_program_says() {
    let answer = answer(&SHIPPED, "Vad är aktivitetsstöd?");
    let drawing = render(
        &answer,
        SHIPPED.knowledge().phrases(answer.language),
        place(),
    );
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pictures/discord.svg");
    let picture = std::fs::read_to_string(picture).unwrap();
    let seen = written_in(&picture);
    for text in read_in(&drawing) {
        let mut rest = seen.iter();
        let missing = plain(&text)
            .into_iter()
            .find(|word| !rest.any(|w| w == word));
        assert!(
            missing.is_none(),
            "{missing:?} of {text:?} is not in the picture of\n{}",
            serde_json::to_string(&drawing).unwrap()
        );
    }
}

/// The words of a picture, in their order.
fn written_in(picture: &str) -> Vec<String> {
    let lines = picture.split("<text ").skip(1);
    let lines = lines.filter_map(|l| l.split_once('>')?.1.split_once('<'));
    let signs = [
        ("&amp;", "&"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
    ];
    let sign = |text: &str| {
        signs
            .iter()
            .fold(text.to_owned(), |t, (from, to)| t.replace(from, to))
    };
    let words = lines.flat_map(|(line, _)| line.split_whitespace().map(sign).collect::<Vec<_>>());
    words.collect()
}

/// Every text of a message that is read at once.
fn read_in(drawing: &Drawing) -> Vec<String> {
    let mut texts = Vec::new();
    for card in &drawing.cards {
        texts.extend([card.title.clone(), card.text.clone(), card.footer.clone()]);
        texts.extend(
            card.fields
                .iter()
                .flat_map(|f| [f.name.clone(), f.value.clone()]),
        );
    }
    for row in &drawing.rows {
        match row {
            Row::Buttons(buttons) => texts.extend(buttons.iter().map(|b| b.label.clone())),
            Row::Pages(pages) => texts.extend(pages.iter().map(|p| p.label.clone())),
            Row::Menu { placeholder, .. } => texts.push(placeholder.clone()),
        }
    }
    texts
}

/// The words of a text as Discord shows them, without its Markdown.
fn plain(text: &str) -> Vec<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((label, after)) = rest.split_once("](") {
        let start = label.rfind('[').unwrap_or(0);
        out.push_str(&label[..start]);
        out.push_str(&label[start..].replacen('[', "", 1));
        rest = after.split_once(')').map_or(after, |(_, after)| after);
    }
    out.push_str(rest);
    let marks = |word: &&str| !matches!(*word, ">" | "-");
    let words = out.split_whitespace().filter(marks);
    words
        .map(|w| w.replace("**", "").replace('\\', ""))
        .collect()
}

fn place() -> Place {
    Place {
        removed_by: None,
        form: true,
        shared: true,
    }
}

fn answer(answerer: &lots::answering::Answerer, text: &str) -> Answer {
    let question = question(text);
    let greeted = Conversation {
        greeted: true,
        ..Conversation::default()
    };
    answerer.answer(&question, &greeted).0
}

/// The first answer to a question, as text that a reader can follow.
fn sketched(text: &str) -> String {
    let answer = answer(&PROVBY, text);
    let drawing = render(
        &answer,
        PROVBY.knowledge().phrases(answer.language),
        place(),
    );
    let mut out = String::new();
    for card in &drawing.cards {
        if !card.title.is_empty() {
            _ = writeln!(out, "# {}", card.title);
        }
        _ = writeln!(out, "{}", card.text);
        for field in &card.fields {
            let mark = if field.short { "+" } else { "=" };
            _ = writeln!(out, "{mark} {}\n{}", field.name, field.value);
        }
        if !card.footer.is_empty() {
            _ = writeln!(out, "_ {}", card.footer);
        }
    }
    for row in &drawing.rows {
        let line = match row {
            Row::Buttons(buttons) => buttons
                .iter()
                .map(|b| format!("({})", b.label))
                .collect::<Vec<_>>()
                .join(" "),
            Row::Pages(pages) => pages
                .iter()
                .map(|p| format!("({} ->)", p.label))
                .collect::<Vec<_>>()
                .join(" "),
            Row::Menu {
                placeholder,
                options,
                ..
            } => {
                let labels: Vec<&str> = options.iter().map(|(_, label)| label.as_str()).collect();
                format!("[{placeholder}: {}]", labels.join(" | "))
            }
        };
        _ = writeln!(out, "{line}");
    }
    out
}
