//! How well the shipped base answers: sets of questions with what a careful human guide would do.

use std::collections::BTreeMap;

use lots::answering::{Answer, Block, Conversation, Decision, Question};
use lots::cli::{Item, evaluate};
use lots::language::mask;
use serde::Deserialize;

use crate::stage::{SHIPPED, TODAY, dev_questions, question_file, questions_of};

/// What a set must reach, by the names of the figures: `tests/questions/held.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Held {
    #[serde(default)]
    at_least: BTreeMap<String, f64>,
    #[serde(default)]
    at_most: BTreeMap<String, f64>,
}

#[test]
fn every_set_is_answered_as_well_as_before() {
    let sets: BTreeMap<String, Held> = toml::from_str(&question_file("held.toml")).unwrap();
    let fallen: Vec<String> = sets
        .iter()
        .flat_map(|(set, held)| held.fallen(set))
        .collect();
    assert!(
        fallen.is_empty(),
        "see `lots evaluate --misses tests/questions/SET.jsonl`:\n{}",
        fallen.join("\n")
    );
}

impl Held {
    /// The figures of a set that are no longer reached.
    fn fallen(&self, set: &str) -> Vec<String> {
        let evaluation = evaluate(&SHIPPED, questions_of(&format!("{set}.jsonl")));
        let figures = serde_json::to_value(&evaluation.figures).unwrap();
        let figure = |name: &str| {
            let value = figures[name].as_f64();
            value.unwrap_or_else(|| panic!("held.toml: {name} is not a figure"))
        };
        let least = self
            .at_least
            .iter()
            .filter(|(name, floor)| figure(name) < **floor);
        let most = self
            .at_most
            .iter()
            .filter(|(name, top)| figure(name) > **top);
        least
            .chain(most)
            .map(|(name, bound)| format!("{set}: {name} is {:.3}, the bound {bound}", figure(name)))
            .collect()
    }
}

/// Whoever asks about one thing and then about another must get what they would have got by asking that first: above all,
/// what nobody knows is not answered with what was talked of before.
#[test]
fn a_new_subject_is_answered_as_if_it_came_first() {
    let single = |item: &Item| item.turns.len() == 1;
    let first = questions_of("fresh.jsonl");
    let mut first = first.iter().filter(|i| single(i) && !i.entries.is_empty());
    let traps = questions_of("traps.jsonl");
    let (mut same, mut other) = (0, Vec::new());
    for item in traps.iter().filter(|i| single(i)) {
        let before = &first.next().unwrap().turns[0];
        let alone = converse(&[&item.turns[0]]).0;
        let later = converse(&[before, &item.turns[0]]).0;
        if (alone.decision, &alone.shown, &alone.office)
            == (later.decision, &later.shown, &later.office)
        {
            same += 1;
        } else {
            other.push(format!("{before} / {}", item.turns[0]));
        }
    }
    let least = 0.88 * traps.len() as f64;
    assert!(
        f64::from(same) >= least,
        "{same} of {}: {other:#?}",
        traps.len()
    );
}

#[test]
fn what_is_personal_is_masked_in_every_turn() {
    let mut kept = Vec::new();
    for item in dev_questions() {
        for turn in &item.turns {
            let masked = mask(turn).text;
            let left = item
                .mask
                .iter()
                .filter(|personal| masked.contains(personal.as_str()));
            kept.extend(
                left.map(|personal| format!("{}: {personal:?} is still in {masked:?}", item.id)),
            );
        }
    }
    assert!(kept.is_empty(), "{}", kept.join("\n"));
}

/// The last answer of a conversation, as it should be.
struct Last {
    turns: &'static [&'static str],
    entry: &'static str,
    /// The heading of the section that it answers with, or the label of a fact; empty when the whole entry is meant.
    part: &'static str,
}

const CONVERSATIONS: [Last; 12] = [
    Last {
        turns: &["vad är aktivitetsstöd?", "när är sista dag?"],
        entry: "grants/aktivitetsstod",
        part: "När",
    },
    Last {
        turns: &[
            "Hur söker man bidrag för ett öppet arrangemang?",
            "hur mycket kan vi få?",
        ],
        entry: "grants/publika-arrangemang",
        part: "Belopp",
    },
    Last {
        turns: &["hur bokar jag en lokal?", "vad kostar det?"],
        entry: "guides/boka-lokal",
        part: "Kostnad",
    },
    Last {
        turns: &["vad är språkcafé?", "tack", "när då?"],
        entry: "activities/sprakcafe",
        part: "När",
    },
    Last {
        turns: &["berätta om språkcaféet", "berätta om PRO", "var är det?"],
        entry: "associations/pro",
        part: "Var",
    },
    Last {
        turns: &["språkcafé", "och odlingslotten?", "var ligger den?"],
        entry: "activities/odlingslotten",
        part: "Var",
    },
    Last {
        turns: &["kulturstipendium", "vem kan söka?", "och hur mycket?"],
        entry: "awards/kulturstipendium",
        part: "Belopp",
    },
    Last {
        turns: &["hur blir jag god man?", "vem ringer jag?"],
        entry: "guides/bli-god-man",
        part: "Telefon",
    },
    Last {
        turns: &["What is aktivitetsstöd?", "thanks", "when is the deadline?"],
        entry: "grants/aktivitetsstod",
        part: "When",
    },
    Last {
        turns: &["Which grant can we get for a public event?", "how much?"],
        entry: "grants/publika-arrangemang",
        part: "Amount",
    },
    Last {
        turns: &["How do I book a hall?", "what does it cost?"],
        entry: "guides/boka-lokal",
        part: "Cost",
    },
    Last {
        turns: &["Tell me about PRO", "where is it?"],
        entry: "associations/pro",
        part: "Where",
    },
];

#[test]
fn a_conversation_keeps_its_subject() {
    let mut lost = Vec::new();
    for Last { turns, entry, part } in &CONVERSATIONS {
        let (answer, _) = converse(turns);
        let shown = answer.shown.first().map_or("nothing", |id| id.as_str());
        if answer.decision != Decision::Answer || shown != *entry {
            lost.push(format!(
                "{turns:?}: {:?} with {shown}, not {entry}",
                answer.decision
            ));
        } else if !answer.blocks.iter().any(|b| is_part(b, part)) {
            lost.push(format!("{turns:?}: {entry} without {part}"));
        }
    }
    assert!(
        lost.is_empty(),
        "{} of {}:\n{}",
        lost.len(),
        CONVERSATIONS.len(),
        lost.join("\n")
    );
}

#[test]
fn a_new_subject_is_answered_as_if_nothing_had_been_said() {
    let cases = [
        (
            "vad är aktivitetsstöd?",
            "Hur många katter bor det på månen?",
        ),
        (
            "hur bokar jag en lokal?",
            "hur får jag bygglov till en altan?",
        ),
        ("berätta om PRO", "hej"),
        ("vad är språkcafé?", "hur söker vi LOK-stöd?"),
        ("Tell me about PRO", "How many cats live on the moon?"),
        ("How do I book a hall?", "who fixes potholes on our street?"),
    ];
    let mut confused = Vec::new();
    for (first, second) in cases {
        let (after, alone) = (converse(&[first, second]).0, converse(&[second]).0);
        if (after.decision, &after.shown, &after.office)
            != (alone.decision, &alone.shown, &alone.office)
        {
            let told = |a: &Answer| format!("{:?} {:?} {:?}", a.decision, a.shown, a.office);
            confused.push(format!(
                "{second:?} after {first:?}: {}, alone: {}",
                told(&after),
                told(&alone)
            ));
        }
    }
    assert!(
        confused.is_empty(),
        "{} of {}:\n{}",
        confused.len(),
        cases.len(),
        confused.join("\n")
    );
}

#[test]
fn a_number_takes_what_was_offered() {
    let (offer, conversation) = converse(&["har en idé"]);
    assert_eq!(offer.decision, Decision::Choice);
    for (number, entry) in offer.shown.iter().enumerate() {
        let (answer, _) = say(&(number + 1).to_string(), &conversation);
        assert_eq!(
            (answer.decision, answer.shown.first()),
            (Decision::Answer, Some(entry)),
            "{}",
            number + 1
        );
    }
    let (beyond, _) = say(&(offer.shown.len() + 1).to_string(), &conversation);
    assert_ne!(
        beyond.decision,
        Decision::Answer,
        "nothing was offered under that number"
    );
}

/// The last answer to some messages, and the conversation after it.
pub(crate) fn converse(turns: &[&str]) -> (Answer, Conversation) {
    let (last, earlier) = turns.split_last().unwrap();
    let conversation = earlier
        .iter()
        .fold(Conversation::default(), |before, turn| say(turn, &before).1);
    say(last, &conversation)
}

pub(crate) fn say(text: &str, before: &Conversation) -> (Answer, Conversation) {
    SHIPPED.answer(
        &Question {
            text,
            language: None,
            today: TODAY,
            top: 5,
            kept_days: 180,
        },
        before,
    )
}

fn is_part(block: &Block, part: &str) -> bool {
    match block {
        Block::Section { heading, .. } => heading == part,
        Block::Facts { facts } => facts.iter().any(|f| f.label == part),
        Block::Contact { contact } => contact.ways.iter().any(|w| w.label == part),
        _ => false,
    }
}
