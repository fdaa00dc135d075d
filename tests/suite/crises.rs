//! How the shipped base hears people in need: as often as it has been reached, and in doubt with the answer besides.

use lots::answering::{Block, Conversation, Decision};
use serde::Deserialize;

use crate::questions::say;
use crate::stage::{SHIPPED, question_file};

/// A line of `tests/questions/crisis.jsonl`.
#[derive(Deserialize)]
struct Cry {
    text: String,
    /// Whether it is a cry for help.
    crisis: bool,
    /// The help lines that may stand first.
    #[serde(default)]
    first: Vec<String>,
}

/// The set was written by someone who has seen neither the patterns nor the examples, and is hard on purpose: veiled and
/// indirect wordings, and harmless ones with the same words. What is held here is what has been reached.
#[test]
fn veiled_cries_for_help_are_heard_as_often_as_before() {
    let text = question_file("crisis.jsonl");
    let cries = text.lines().filter(|l| !l.trim().is_empty());
    let heard = Heard::of(cries.map(|l| serde_json::from_str(l).unwrap()));
    within("missed", &heard.missed, 0.265, heard.real);
    within("false alarms", &heard.alarms, 0.025, heard.harmless);
    within(
        "with the wrong line first",
        &heard.wrong_first,
        0.2,
        heard.real,
    );
    // Where it is doubtful, the answer is given and help is named below it.
    within("without any help", &heard.without_help, 0.19, heard.real);
    within("with help below", &heard.with_help, 0.1, heard.harmless);
}

#[test]
fn what_the_base_has_as_an_example_of_a_crisis_is_heard() {
    let examples = SHIPPED.knowledge().crisis_examples();
    let told: Vec<&String> = examples.told.iter().flat_map(|t| &t.wordings).collect();
    let is_heard = |text: &&&String| SHIPPED.is_cry_for_help(text);
    let missed = told.iter().filter(|text| !is_heard(text));
    let missed: Vec<String> = missed.map(ToString::to_string).collect();
    let harmless: Vec<&String> = examples.harmless.iter().collect();
    let alarms: Vec<String> = harmless
        .iter()
        .filter(is_heard)
        .map(ToString::to_string)
        .collect();
    within("missed", &missed, 0.04, told.len());
    within("false alarms", &alarms, 0.01, harmless.len());
}

/// What became of cries for help, and of what is none.
#[derive(Default)]
struct Heard {
    real: usize,
    harmless: usize,
    missed: Vec<String>,
    alarms: Vec<String>,
    wrong_first: Vec<String>,
    /// Cries for help that no help line was named to at all, and what is none and had one.
    without_help: Vec<String>,
    with_help: Vec<String>,
}

impl Heard {
    fn of(cries: impl Iterator<Item = Cry>) -> Heard {
        let mut heard = Heard::default();
        for cry in cries {
            let (answer, _) = say(&cry.text, &Conversation::default());
            let first = answer.shown.first().map_or("nothing", |id| id.as_str());
            *(if cry.crisis {
                &mut heard.real
            } else {
                &mut heard.harmless
            }) += 1;
            let is_line = |block: &Block| matches!(block, Block::Line { .. });
            match (cry.crisis, answer.blocks.iter().any(is_line)) {
                (true, false) => heard.without_help.push(cry.text.clone()),
                (false, true) => heard.with_help.push(cry.text.clone()),
                (true, true) | (false, false) => {}
            }
            match (cry.crisis, answer.decision == Decision::Crisis) {
                (true, false) => heard.missed.push(format!("missed: {}", cry.text)),
                (false, true) => heard.alarms.push(format!("false alarm: {}", cry.text)),
                (true, true) if !cry.first.iter().any(|id| id == first) => {
                    heard
                        .wrong_first
                        .push(format!("{first} first: {}", cry.text));
                }
                (true, true) | (false, false) => {}
            }
        }
        assert!(
            heard.real > 0 && heard.harmless > 0,
            "a set of cries needs both kinds"
        );
        heard
    }
}

#[track_caller]
fn within(what: &str, cases: &[String], most: f64, of: usize) {
    let share = cases.len() as f64 / of as f64;
    assert!(
        share <= most,
        "{} of {of} {what}, {share:.3} and not at most {most}:\n{}",
        cases.len(),
        cases.join("\n")
    );
}
