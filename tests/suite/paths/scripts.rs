//! Every script comes out as it says, on the shipped base, through the desk.

use std::fmt::Write as _;
use std::path::Path;

use lots::answering::{Block, Decision, Fit, Link, Match};
use lots::desk::{Desk, Message, Reply};
use lots::knowledge::{EntryId, Language, PathName};
use lots::paths::steps;

use super::script::{Does, Expects, Script, Turn, read_all};
use crate::stage::{TODAY, desk_of, shipped};

/// Scripts are to be at least so many, so that none gets lost.
const LEAST: usize = 60;

#[tokio::test]
async fn every_script_comes_out_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/questions/paths");
    let scripts = read_all(&folder);
    assert!(scripts.len() >= LEAST, "{} scripts", scripts.len());
    let desk = desk_of(shipped(), "sqlite::memory:").await.on(TODAY);
    let mut wrong = String::new();
    for script in &scripts {
        play(&desk, script, &mut wrong).await;
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Someone in a conversation with the desk.
struct Person<'a> {
    desk: &'a Desk,
    conversation: String,
    language: Language,
    /// What could be pressed, oldest first.
    links: Vec<Link>,
}

async fn play(desk: &Desk, script: &Script, wrong: &mut String) {
    let mut person = Person {
        desk,
        conversation: Desk::new_conversation(),
        language: script.language,
        links: Vec::new(),
    };
    for (number, turn) in script.turns.iter().enumerate() {
        let place = format!(
            "{}:{} «{}», turn {}, {:?}",
            script.file,
            turn.line,
            script.title,
            number + 1,
            turn.does
        );
        let Some(reply) = person.takes(turn).await else {
            let shown: Vec<&str> = person.links.iter().map(|l| l.label.as_str()).collect();
            let _ = writeln!(
                wrong,
                "{place}\n  cannot be pressed; there was: {shown:?}\n"
            );
            return;
        };
        let faults: Vec<String> = turn
            .expects
            .iter()
            .filter(|expected| !is_met(desk, &person.conversation, &reply, expected))
            .map(|expected| format!("  expected {expected:?}"))
            .collect();
        if !faults.is_empty() {
            let said = shown(&reply).replace('\n', "\n  | ");
            let _ = writeln!(wrong, "{place}\n{}\n  | {said}\n", faults.join("\n"));
            // What comes after would only follow from it.
            return;
        }
    }
}

impl Person<'_> {
    /// What is said to what the person does; `None` where what is to be pressed was never shown.
    async fn takes(&mut self, turn: &Turn) -> Option<Reply> {
        let reply = match &turn.does {
            Does::Writes(text) => {
                let message = Message {
                    conversation: &self.conversation,
                    channel: "web",
                    text,
                    language: Some(self.language),
                };
                self.desk.ask(&message).await
            }
            Does::Presses(label) => {
                let link = self.links.iter().rfind(|link| link.label == *label)?;
                let (conversation, code) = (self.conversation.as_str(), link.code.as_str());
                let lead = self.desk.lead(conversation, "web", code, self.language);
                lead.await?
            }
        };
        self.language = reply.answer.language;
        for block in &reply.answer.blocks {
            self.links.extend(links_of(block).iter().cloned());
        }
        Some(reply)
    }
}

fn links_of(block: &Block) -> &[Link] {
    match block {
        Block::Step { links, .. } | Block::Links { links } => links,
        _ => &[],
    }
}

fn is_met(desk: &Desk, conversation: &str, reply: &Reply, expected: &Expects) -> bool {
    let (answer, language) = (&reply.answer, reply.answer.language);
    let found = |wanted: Fit| matches(reply, wanted).map(|m| &m.entry);
    let all_in = |ids: &[EntryId], wanted: &[Fit]| {
        let all = || wanted.iter().flat_map(|fit| found(*fit));
        ids.iter().all(|id| all().any(|f| f == id))
    };
    let leads_on = answer.decision != Decision::Path || asked(desk, reply).is_none();
    match expected {
        Expects::Step(name) => asked(desk, reply).as_deref() == Some(name),
        Expects::Done(name) => {
            let begun = desk.whereabouts(conversation, language);
            leads_on && begun.is_some_and(|b| is_result_of(&b, name))
        }
        Expects::Left => desk.whereabouts(conversation, language).is_none(),
        Expects::Answered(id) => {
            answer.decision == Decision::Answer && answer.shown.first() == Some(id)
        }
        Expects::HelpLine(id) => {
            answer.decision == Decision::Crisis && answer.shown.first() == Some(id)
        }
        Expects::SmallTalk => answer.decision == Decision::SmallTalk,
        Expects::AskedBack => answer.decision == Decision::Choice,
        Expects::Kept => reply.receipt.is_some(),
        Expects::NotKept => reply.receipt.is_none(),
        Expects::In(wanted) => language == *wanted,
        Expects::First(id) => {
            let mut shown = [Fit::Fits, Fit::Nearly].into_iter().flat_map(found);
            shown.next() == Some(id)
        }
        Expects::Fits(ids) => all_in(ids, &[Fit::Fits]),
        Expects::FitsOnly(ids) => {
            let mut blocks = answer.blocks.iter();
            let fits = blocks.find_map(|block| match block {
                Block::Matches { fit, matches, .. } if *fit == Fit::Fits => Some(matches),
                _ => None,
            });
            let mut fitting: Vec<&EntryId> = fits.into_iter().flatten().map(|m| &m.entry).collect();
            let mut wanted: Vec<&EntryId> = ids.iter().collect();
            fitting.sort();
            wanted.sort();
            fitting == wanted
        }
        Expects::Nearly(ids) => all_in(ids, &[Fit::Nearly]),
        Expects::Not(ids) => all_in(ids, &[Fit::Not]),
        Expects::Shows(ids) => all_in(ids, &[Fit::Fits, Fit::Nearly]),
        Expects::Without(ids) => {
            let mut shown = [Fit::Fits, Fit::Nearly].into_iter().flat_map(found);
            !shown.any(|id| ids.contains(id))
        }
        Expects::Says(text) => shown(reply).contains(text.as_str()),
        Expects::SaysNot(text) => !shown(reply).contains(text.as_str()),
        Expects::Offers(label) => {
            let mut links = answer.blocks.iter().flat_map(links_of);
            links.any(|link| link.label == *label)
        }
    }
}

/// What is shown as fitting so well.
fn matches(reply: &Reply, wanted: Fit) -> impl Iterator<Item = &Match> {
    let blocks = reply.answer.blocks.iter();
    blocks
        .filter_map(move |block| match block {
            Block::Matches { fit, matches, .. } if *fit == wanted => Some(matches),
            _ => None,
        })
        .flatten()
}

/// Everything that is shown, with the sentence of each match that tells what it is.
fn shown(reply: &Reply) -> String {
    let abouts = [Fit::Fits, Fit::Nearly, Fit::Not];
    let abouts = abouts.into_iter().flat_map(|fit| matches(reply, fit));
    let abouts: String = abouts.fold(String::new(), |mut all, m| {
        let _ = write!(all, "\n({}: {})", m.entry, m.about);
        all
    });
    let text = format!("{}\n{abouts}", reply.answer.plain_text());
    // Nobody who writes a script types a space that holds a number together.
    text.replace('\u{a0}', " ")
}

/// The name of the step that is asked last: `grants.who`.
fn asked(desk: &Desk, reply: &Reply) -> Option<String> {
    let base = desk.library().current();
    let texts = base.knowledge().path_texts(reply.answer.language);
    let mut blocks = reply.answer.blocks.iter().rev();
    let (place, ask) = blocks.find_map(|block| match block {
        Block::Step { place, ask, .. } => Some((place, ask)),
        _ => None,
    })?;
    let name = PathName::ALL
        .iter()
        .find(|name| place.starts_with(texts.of(**name).name.as_str()))?;
    let keys = |key: &'static str| match key {
        "interest" => vec!["young", "newcomer", "retired", "adult"],
        key => vec![key],
    };
    let is_asked = |key: &str| texts.of(*name).step(key).ask == *ask;
    let step = steps(*name)
        .iter()
        .find(|step| keys(step.key).into_iter().any(is_asked))?;
    Some(format!("{}.{}", name.code(), step.key))
}

/// Whether blocks are what a way in has led to: they can be taken along.
fn is_result_of(blocks: &[Block], name: &str) -> bool {
    blocks.iter().any(|block| match block {
        Block::Take { code, .. } => code.split('.').next() == Some(name),
        _ => false,
    })
}
