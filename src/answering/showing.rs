//! What can be had without asking: an entry or a part of it by its id, a kind of small talk by its name, help lines by
//! theirs. Buttons lead here.

use jiff::civil::Date;

use super::answer::{Answer, Block, Decision, Fact};
use super::compose::Composer;
use super::contact::Way;
use super::deciding::concerned;
use super::follow_up::Asked;
use super::ranking::{Asking, Ranking};
use super::turn::Turn;
use super::{Answerer, Conversation, LONGEST_READ, Question};
use crate::knowledge::{Entry, EntryId, Facet, Knowledge, Language};
use crate::language::{Guess, Kind, hash, mask};

/// In which language, on which day.
#[derive(Clone, Copy, Debug)]
pub struct Showing {
    /// The language to show it in.
    pub language: Language,
    /// The day, for deadlines.
    pub today: Date,
    /// How many days a question is kept, for the notice.
    pub kept_days: u32,
}

/// Everything that an entry of a base says, for a page of its own, whether or not the base is answered from; `None` when
/// it has no such entry.
pub fn page_of(
    knowledge: &Knowledge,
    id: &EntryId,
    language: Language,
    today: Date,
) -> Option<Vec<Block>> {
    let entry = knowledge.entry(id)?;
    let composer = Composer {
        knowledge,
        language,
        today,
    };
    Some(composer.whole(entry))
}

/// The typed facts of an entry in words, as they stand on a day: who may apply, how much, by when, who runs it.
pub fn facts_of(
    knowledge: &Knowledge,
    entry: &Entry,
    language: Language,
    today: Date,
) -> Vec<Fact> {
    let composer = Composer {
        knowledge,
        language,
        today,
    };
    match composer.facts(entry) {
        Some(Block::Facts { facts }) => facts,
        _ => Vec::new(),
    }
}

/// When an entry can be reached, in words: its hours of a week, and from which year they are when that is long ago.
pub fn hours_of(
    knowledge: &Knowledge,
    entry: &Entry,
    language: Language,
    today: Date,
) -> Vec<Fact> {
    let composer = Composer {
        knowledge,
        language,
        today,
    };
    let fact = |way: Way| Fact {
        value: match &way.note {
            Some(note) => format!("{} ({note})", way.value),
            None => way.value,
        },
        label: way.label,
    };
    composer.hours_of(entry).map(fact).collect()
}

impl Answerer {
    /// An entry, or one facet of it, and the conversation with that entry under discussion; `None` when the base has no
    /// such entry, or not any longer.
    pub fn show(
        &self,
        id: &EntryId,
        facet: Option<Facet>,
        showing: Showing,
        before: &Conversation,
    ) -> Option<(Answer, Conversation)> {
        let entry = self.knowledge.entry(id)?;
        let mut after = before.clone();
        if before.topic.as_ref() != Some(id) {
            // As if it had been asked for by its name, so that what is asked next is understood.
            after.remember(&entry.text(showing.language).title);
        }
        after.turn_to(&entry.id);
        after.offered.clear();
        let mut answer = self.without_question(showing, before, |turn| {
            let blocks = match facet {
                Some(facet) => turn.composer.part(entry, Asked::Facet(facet)),
                None => turn.composer.entry(entry, None),
            };
            turn.new_answer(
                Decision::Answer,
                vec![entry.id.clone()],
                entry.office.clone(),
                blocks,
            )
        });
        after.language = Some(answer.language);
        self.greet(&mut answer, &mut after, showing.kept_days);
        Some((answer, after))
    }

    /// Everything that an entry says, for a page of its own; `None` when the base has no such entry.
    pub fn page(&self, id: &EntryId, language: Language, today: Date) -> Option<Vec<Block>> {
        page_of(&self.knowledge, id, language, today)
    }

    /// The entries that something sought may mean, best first, and no more than `top`; none when nothing fits.
    pub fn search(&self, text: &str, language: Language, top: usize) -> Vec<EntryId> {
        let ranking = self.ranking_of(text, language, top);
        let mut found = ranking.worth_showing(&self.knowledge);
        found.truncate(top);
        found
    }

    /// The office whose concern a text is, whatever else is known of it; `None` where that of none plainly is.
    pub fn concern(&self, text: &str, language: Language) -> Option<EntryId> {
        let office = concerned(&self.knowledge, &self.ranking_of(text, language, 1))?;
        self.knowledge.entries().get(office).map(|e| e.id.clone())
    }

    /// How everything ranks for a text by itself.
    fn ranking_of(&self, text: &str, language: Language, top: usize) -> Ranking {
        let read: String = text.chars().take(LONGEST_READ).collect();
        let subject = super::without_masks(&mask(&read).text);
        let asking = Asking {
            language,
            // What is sought is a word or two, which may be of any language.
            guess: Guess::Unclear,
            subject: &subject,
            context: &[],
            top,
        };
        Ranking::of(self, &asking)
    }

    /// What is said to small talk of a kind, such as `human`; `None` when the base has no such kind.
    pub fn small_talk(&self, kind: &str, showing: Showing) -> Option<Answer> {
        let place = self
            .knowledge
            .small_talk()
            .iter()
            .position(|t| t.name == kind)?;
        let nothing_said = Conversation::default();
        Some(self.without_question(showing, &nothing_said, |turn| {
            turn.talk(turn.composer.language, place)
        }))
    }

    /// Help lines by their ids, as someone in need is shown them; those that the base does not have are left out.
    pub fn help_lines(&self, ids: &[EntryId], showing: Showing) -> Answer {
        self.without_question(showing, &Conversation::default(), |turn| {
            let mut blocks: Vec<Block> =
                ids.iter().filter_map(|id| turn.composer.line(id)).collect();
            blocks.push(Block::Text {
                text: turn.composer.phrases().crisis_private.clone(),
            });
            turn.new_answer(Decision::Crisis, ids.to_vec(), None, blocks)
        })
    }

    /// Whether a message is taken for one of someone in need.
    pub fn is_cry_for_help(&self, text: &str) -> bool {
        let read: String = text.chars().take(LONGEST_READ).collect();
        self.crisis.detect(&read).is_some_and(|crisis| crisis.sure)
    }

    /// What a masked wording has in common with others that ask the same: a number made of the stems of the words that
    /// carry meaning, whatever their order, with misspelt ones mended. Never empty.
    pub fn grouping(&self, wording: &str) -> String {
        let subject = super::without_masks(wording);
        let language = self.language_of_wording(&subject);
        let mut stems = self.index(language).map_or_else(Vec::new, |(index, _)| {
            let known = |stem: &str| index.term(stem).is_some();
            let tokens = index
                .analyzer
                .tokens(&subject, &known, Some(&index.speller));
            let says = |kind: Kind| matches!(kind, Kind::Word | Kind::Part);
            let meant = tokens.iter().filter(|t| says(t.kind));
            meant.map(|t| index.analyzer.stem(&t.meant)).collect()
        });
        if stems.is_empty() {
            stems = crate::language::words(&subject);
        }
        stems.sort_unstable();
        stems.dedup();
        format!("{language}-{:016x}", hash(&stems.join(" ")))
    }

    /// An answer in a language that was chosen, to nothing that was written.
    fn without_question(
        &self,
        showing: Showing,
        before: &Conversation,
        work: impl FnOnce(&Turn<'_>) -> Answer,
    ) -> Answer {
        let question = Question {
            text: "",
            language: Some(showing.language),
            today: showing.today,
            top: 0,
            kept_days: showing.kept_days,
        };
        let before = Conversation {
            language: Some(showing.language),
            ..before.clone()
        };
        let answer = self.with_turn(&question, &before, work);
        Answer {
            asked_in: answer.language.code().to_owned(),
            ..answer
        }
    }
}
