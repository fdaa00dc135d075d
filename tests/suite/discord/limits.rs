//! Discord's limits: no answer passes one, whatever it holds.

use std::collections::BTreeSet;

use lots::answering::{
    Answer, Block, Choice, Contact, Decision, Fact, Fit, Link, LinkKind, Match, SourceNote, Way,
};
use lots::discord::{Drawing, Id, Place, Row, limit, render};
use lots::knowledge::{EntryId, Facet, Language};
use lots::paths::Guide;
use proptest::prelude::*;

use crate::stage::{PROVBY, SHIPPED, TODAY};

#[test]
fn every_entry_of_the_shipped_base_can_be_pressed_on() {
    for entry in SHIPPED.knowledge().entries() {
        let blocks = vec![
            Block::Choices {
                choices: vec![choice(&entry.id, entry.id.as_str())],
            },
            Block::Facets {
                facets: vec![(Facet::Requirements, "Krav".to_owned())],
            },
        ];
        let answer = Answer {
            shown: vec![entry.id.clone()],
            ..empty(Decision::Answer, blocks)
        };
        let drawing = render(
            &answer,
            SHIPPED.knowledge().phrases(Language::Swedish),
            Place::default(),
        );
        let buttons = drawing.rows.iter().map(|row| match row {
            Row::Buttons(buttons) => buttons.len(),
            Row::Menu { options, .. } => options.len(),
            Row::Pages(pages) => pages.len(),
        });
        assert_eq!(buttons.sum::<usize>(), 5, "{} has too long an id", entry.id);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn no_answer_passes_a_limit_of_discords(
        blocks in proptest::collection::vec(blocks(), 0..12),
        decision in decisions(),
        shown in proptest::collection::vec(entries(), 0..3),
        form in any::<bool>(),
    ) {
        let answer = Answer { shown, ..empty(decision, blocks) };
        let removed_by = (!form).then(|| "0123456789abcdef".parse().unwrap());
        let place = Place { removed_by, form, shared: form };
        fits(&render(&answer, PROVBY.knowledge().phrases(Language::Swedish), place));
    }
}

/// Holds a message to every limit of Discord's.
pub(crate) fn fits(drawing: &Drawing) {
    let length = |text: &str| text.encode_utf16().count();
    let mut all = 0;
    assert!(drawing.cards.len() <= limit::CARDS && drawing.rows.len() <= limit::ROWS);
    for card in &drawing.cards {
        assert!(length(&card.title) <= limit::TITLE && length(&card.text) <= limit::TEXT);
        assert!(length(&card.footer) <= limit::FOOTER && card.fields.len() <= limit::FIELDS);
        all += length(&card.title) + length(&card.text) + length(&card.footer);
        for field in &card.fields {
            assert!(
                (1..=limit::NAME).contains(&length(&field.name)),
                "{field:?}"
            );
            assert!(
                (1..=limit::VALUE).contains(&length(&field.value)),
                "{field:?}"
            );
            all += length(&field.name) + length(&field.value);
        }
    }
    assert!(all <= limit::MESSAGE, "{all} in all");
    let mut ids = BTreeSet::new();
    for row in &drawing.rows {
        match row {
            Row::Buttons(buttons) => {
                assert!((1..=limit::BUTTONS).contains(&buttons.len()));
                for button in buttons {
                    assert!(
                        (1..=limit::LABEL).contains(&length(&button.label)),
                        "{button:?}"
                    );
                    assert!(Id::parse(&button.id).is_some(), "{button:?}");
                    assert!(ids.insert(&button.id), "{} twice", button.id);
                }
            }
            Row::Pages(pages) => {
                assert!((1..=limit::BUTTONS).contains(&pages.len()));
                for page in pages {
                    assert!(
                        (1..=limit::LABEL).contains(&length(&page.label)),
                        "{page:?}"
                    );
                    assert!(
                        (1..=limit::ADDRESS).contains(&length(&page.address)),
                        "{page:?}"
                    );
                }
            }
            Row::Menu {
                id,
                placeholder,
                options,
                ..
            } => {
                assert!((1..=limit::OPTIONS).contains(&options.len()));
                assert!(length(placeholder) <= limit::PLACEHOLDER && ids.insert(id));
                let values: BTreeSet<&String> = options.iter().map(|(value, _)| value).collect();
                assert_eq!(values.len(), options.len(), "the same twice in a menu");
                for (value, label) in options {
                    assert!((1..=limit::OPTION).contains(&length(value)));
                    assert!((1..=limit::OPTION).contains(&length(label)));
                }
            }
        }
    }
    assert!(ids.iter().all(|id| id.chars().count() <= limit::OPTION));
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ a-zåäö.]{0,40}",
        "\\PC{0,300}",
        Just("Läs [sidan](https://provby.example/sida) **nu** ".repeat(150)),
        Just("🌲".repeat(3_000)),
        Just("a_b*".repeat(1_200)),
        Just(String::new()),
    ]
}

fn entries() -> impl Strategy<Value = EntryId> {
    "(grants|helplines)/[a-z0-9-]{1,110}".prop_map(|id| EntryId::parse(&id).unwrap())
}

fn decisions() -> impl Strategy<Value = Decision> {
    proptest::sample::select(vec![
        Decision::Answer,
        Decision::Choice,
        Decision::Route,
        Decision::Unknown,
        Decision::Crisis,
        Decision::SmallTalk,
        Decision::Path,
    ])
}

fn choices() -> impl Strategy<Value = Vec<Choice>> {
    let choice = (entries(), texts()).prop_map(|(entry, title)| Choice { entry, title });
    proptest::collection::vec(choice, 0..40)
}

fn contacts() -> impl Strategy<Value = Contact> {
    let way =
        (texts(), texts(), proptest::option::of(texts())).prop_map(|(label, value, note)| Way {
            hours: Vec::new(),
            label,
            link: Some(value.clone()),
            value,
            note,
        });
    (entries(), texts(), proptest::collection::vec(way, 0..6))
        .prop_map(|(entry, name, ways)| Contact { entry, name, ways })
}

fn links() -> impl Strategy<Value = Vec<Link>> {
    let kind = proptest::sample::select(vec![
        LinkKind::Option,
        LinkKind::Unsure,
        LinkKind::Back,
        LinkKind::Stop,
        LinkKind::Begin,
        LinkKind::Send,
    ]);
    let codes = prop_oneof![
        Just("stop".to_owned()),
        "(grants|people)[.](_|young)",
        "call[.][*][.]offices/[a-z]{1,90}",
    ];
    let codes = codes.prop_filter("a code leads somewhere", |code| {
        Guide::place(code, None).is_some()
    });
    let link = (texts(), codes, kind).prop_map(|(label, code, kind)| Link { label, code, kind });
    proptest::collection::vec(link, 0..30)
}

fn matches() -> impl Strategy<Value = Vec<Match>> {
    let lines = || proptest::collection::vec(texts(), 0..4);
    let fact = (texts(), texts()).prop_map(|(label, value)| Fact { label, value });
    let found = (
        entries(),
        texts(),
        texts(),
        lines(),
        lines(),
        proptest::collection::vec(fact, 0..3),
    );
    let found = found.prop_map(|(entry, title, about, because, check, facts)| Match {
        entry,
        title,
        about,
        because,
        missing: check.clone(),
        prepare: check.clone(),
        check,
        facts,
    });
    proptest::collection::vec(found, 0..30)
}

fn blocks() -> impl Strategy<Value = Block> {
    let fact = (texts(), texts()).prop_map(|(label, value)| Fact { label, value });
    let source = (texts(), proptest::option::of(texts())).prop_map(|(name, url)| SourceNote {
        name,
        url,
        year: Some(2021),
    });
    let facets =
        proptest::sample::select(vec![Facet::When, Facet::Who, Facet::Cost, Facet::Distinct]);
    prop_oneof![
        texts().prop_map(|text| Block::Notice { text }),
        texts().prop_map(|text| Block::Caution { text }),
        (entries(), texts()).prop_map(|(entry, text)| Block::Title { entry, text }),
        texts().prop_map(|text| Block::Text { text }),
        entries().prop_map(|entry| Block::Remind { entry, day: TODAY }),
        (texts(), texts()).prop_map(|(heading, text)| Block::Section {
            facet: Facet::When,
            heading,
            text
        }),
        proptest::collection::vec(fact, 0..40).prop_map(|facts| Block::Facts { facts }),
        contacts().prop_map(|contact| Block::Contact { contact }),
        (contacts(), texts()).prop_map(|(contact, text)| Block::Line { contact, text }),
        (
            proptest::collection::vec(source, 0..9),
            proptest::option::of(texts())
        )
            .prop_map(|(sources, reviewed)| Block::Sources { sources, reviewed }),
        choices().prop_map(|choices| Block::Choices { choices }),
        choices().prop_map(|choices| Block::SeeAlso { choices }),
        proptest::collection::vec((facets, texts()), 0..12)
            .prop_map(|facets| Block::Facets { facets }),
        (texts(), links(), any::<bool>(), any::<bool>()).prop_map(
            |(ask, links, writes, several)| Block::Step {
                code: "idea".to_owned(),
                place: ask.clone(),
                hint: Some(ask.clone()),
                ask,
                links,
                writes,
                several,
            }
        ),
        (
            texts(),
            matches(),
            proptest::sample::select(vec![Fit::Fits, Fit::Nearly, Fit::Not])
        )
            .prop_map(|(heading, matches, fit)| Block::Matches {
                heading,
                fit,
                matches
            }),
        links().prop_map(|links| Block::Links { links }),
        texts().prop_map(|text| Block::Receipt {
            code: Some("7F3K-2QX".to_owned()),
            text
        }),
    ]
}

pub(super) fn empty(decision: Decision, blocks: Vec<Block>) -> Answer {
    Answer {
        decision,
        confidence: None,
        ranked: Vec::new(),
        shown: Vec::new(),
        office: None,
        language: Language::Swedish,
        asked_in: "sv".to_owned(),
        small_talk: None,
        left_open: None,
        blocks,
    }
}

fn choice(entry: &EntryId, title: &str) -> Choice {
    Choice {
        entry: entry.clone(),
        title: title.chars().take(30).collect(),
    }
}
