//! What a conversation looks like on the page: kept in memory alone, for a while, and nowhere else.
//!
//! What was asked stands here as it was written, so that it can be shown again. It is given up when the conversation is
//! erased, when it has been quiet for long enough, and when there is no more room.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use crate::answering::{Answer, Block, Decision};
use crate::desk::Reply;
use crate::knowledge::{EntryId, Language};

/// So long a conversation is shown after its last message.
pub(in crate::web) const SHOWN: Duration = Duration::from_secs(3_600);
/// So often what is past its time is given up.
const SWEEP: Duration = Duration::from_secs(60);
/// So many questions and answers of a conversation are shown: the last.
const TURNS: usize = 30;
/// So many bytes all conversations may take up together, about.
const ROOM: u64 = 64 * 1024 * 1024;
/// How many conversations there may be room for, about.
const CONVERSATIONS: usize = 10_000;

/// A question and its answer.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    /// Its place in the conversation, from 1.
    pub(super) number: u32,
    /// What was written or pressed; `None` for what someone in need has written, which is kept nowhere.
    pub(super) said: Option<String>,
    /// The language of the page it was asked on.
    pub(super) asked_on: Language,
    /// The answer.
    pub(super) answer: Answer,
    /// What was said to the one who judged the answer.
    pub(super) judged: Option<Answer>,
}

impl Turn {
    /// The entry that can be said to have helped or not.
    pub(super) fn judgeable(&self) -> Option<&EntryId> {
        let is_answer = self.answer.decision == Decision::Answer;
        self.answer.shown.first().filter(|_| is_answer)
    }

    /// Whether it shows a step of a guided way in, or what one has led to.
    pub(super) fn is_on_a_way(&self) -> bool {
        let is_shown = |block: &Block| matches!(block, Block::Step { .. } | Block::Take { .. });
        self.answer.decision == Decision::Path && self.answer.blocks.iter().any(is_shown)
    }

    fn weight(&self) -> usize {
        let answers = [Some(&self.answer), self.judged.as_ref()];
        let answers = answers.into_iter().flatten();
        // The text again for what stands around it.
        2 * answers.map(|a| a.plain_text().len()).sum::<usize>()
            + self.said.as_ref().map_or(0, String::len)
            + 1_000
    }
}

/// A conversation as it is shown.
struct Transcript {
    turns: Vec<Arc<Turn>>,
    touched: Instant,
    weight: u64,
}

/// Every conversation that can be shown.
pub(in crate::web) struct Transcripts {
    all: Cache<String, Arc<Transcript>, ByWeight>,
    /// Held while a conversation is changed: what is kept is replaced as a whole.
    changing: Mutex<()>,
}

impl Transcripts {
    pub(in crate::web) fn new() -> Transcripts {
        Transcripts {
            all: Cache::with_weighter(CONVERSATIONS, ROOM, ByWeight),
            changing: Mutex::new(()),
        }
    }

    /// The questions and answers of a conversation that can be shown, the first first.
    pub(super) fn of(&self, conversation: &str) -> Vec<Arc<Turn>> {
        let found = self.all.get(conversation);
        let found = found.filter(|t| t.touched.elapsed() < SHOWN);
        found.map(|t| t.turns.clone()).unwrap_or_default()
    }

    /// Adds an answer, with what it answers; what is shown of it.
    pub(super) fn add(
        &self,
        conversation: &str,
        said: String,
        asked_on: Language,
        reply: Reply,
    ) -> Arc<Turn> {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut turns = self.of(conversation);
        let answer = reply.answer;
        let turn = Arc::new(Turn {
            number: turns.last().map_or(1, |last| last.number + 1),
            said: Some(said).filter(|_| answer.decision != Decision::Crisis),
            asked_on,
            answer,
            judged: None,
        });
        turns.push(Arc::clone(&turn));
        turns.drain(..turns.len().saturating_sub(TURNS));
        self.put(conversation, turns);
        turn
    }

    /// Notes what was said to the one who judged an answer; what is shown of it then, `None` when it is shown no longer.
    pub(super) fn judge(&self, conversation: &str, number: u32, reply: Reply) -> Option<Arc<Turn>> {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut turns = self.of(conversation);
        let place = turns.iter().position(|turn| turn.number == number)?;
        let turn = Arc::new(Turn {
            judged: Some(reply.answer),
            ..Turn::clone(&turns[place])
        });
        turns[place] = Arc::clone(&turn);
        self.put(conversation, turns);
        Some(turn)
    }

    /// Gives up a conversation.
    pub(in crate::web) fn forget(&self, conversation: &str) {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        self.all.remove(conversation);
    }

    /// Gives up what is past its time, and what is erased elsewhere, again and again.
    pub(in crate::web) async fn tend(
        &self,
        mut erasures: broadcast::Receiver<String>,
    ) -> std::convert::Infallible {
        let mut sweeping = tokio::time::interval(SWEEP);
        loop {
            tokio::select! {
                _ = sweeping.tick() => self.all.retain(|_, t| t.touched.elapsed() < SHOWN),
                erased = erasures.recv() => match erased {
                    Ok(conversation) => self.forget(&conversation),
                    // Better nothing is shown again than what was erased.
                    Err(RecvError::Lagged(_)) => self.all.clear(),
                    // The desk is gone, and with it whatever could be erased.
                    Err(RecvError::Closed) => std::future::pending().await,
                },
            }
        }
    }

    fn put(&self, conversation: &str, turns: Vec<Arc<Turn>>) {
        let weight = turns.iter().map(|turn| turn.weight()).sum::<usize>();
        let transcript = Transcript {
            turns,
            touched: Instant::now(),
            weight: weight as u64,
        };
        self.all
            .insert(conversation.to_owned(), Arc::new(transcript));
    }
}

/// Nobody's words are written to a log by mistake.
impl std::fmt::Debug for Transcripts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Transcripts({} conversations)", self.all.len())
    }
}

/// What a conversation takes up.
#[derive(Clone)]
struct ByWeight;

impl Weighter<String, Arc<Transcript>> for ByWeight {
    fn weight(&self, _: &String, transcript: &Arc<Transcript>) -> u64 {
        transcript.weight
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(decision: Decision, text: &str) -> Reply {
        let answer = Answer {
            decision,
            confidence: None,
            ranked: Vec::new(),
            shown: Vec::new(),
            office: None,
            language: Language::Swedish,
            asked_in: "sv".to_owned(),
            small_talk: None,
            left_open: None,
            blocks: vec![Block::Text {
                text: text.to_owned(),
            }],
        };
        Reply {
            answer,
            receipt: None,
            promised: None,
        }
    }

    fn add(all: &Transcripts, conversation: &str, said: &str) -> Arc<Turn> {
        let reply = reply(Decision::SmallTalk, "Hej.");
        all.add(conversation, said.to_owned(), Language::Swedish, reply)
    }

    #[test]
    fn the_last_turns_are_shown_and_keep_their_numbers() {
        let all = Transcripts::new();
        for i in 1..=TURNS + 5 {
            assert_eq!(add(&all, "a", "hej").number as usize, i);
        }
        add(&all, "b", "annat");
        let numbers: Vec<u32> = all.of("a").iter().map(|turn| turn.number).collect();
        assert_eq!((numbers.len(), numbers[0]), (TURNS, 6));
        assert_eq!(all.of("b").len(), 1);
        all.forget("a");
        assert_eq!((all.of("a").len(), all.of("b").len()), (0, 1));
    }

    #[test]
    fn what_someone_in_need_writes_is_kept_nowhere() {
        let all = Transcripts::new();
        let help = reply(Decision::Crisis, "Ring 112.");
        let turn = all.add("a", "orkar inte".to_owned(), Language::Swedish, help);
        assert_eq!(turn.said, None);
        assert!(!format!("{all:?}").contains("orkar"));
    }

    #[test]
    fn a_verdict_is_noted_where_the_answer_stands() {
        let all = Transcripts::new();
        add(&all, "a", "ett");
        add(&all, "a", "två");
        let thanks = || reply(Decision::SmallTalk, "Tack.");
        assert!(all.judge("a", 3, thanks()).is_none());
        assert!(all.judge("b", 1, thanks()).is_none());
        assert!(all.judge("a", 1, thanks()).is_some());
        let judged: Vec<bool> = all.of("a").iter().map(|t| t.judged.is_some()).collect();
        assert_eq!(judged, [true, false]);
    }

    #[test]
    fn however_much_is_written_the_room_is_bounded() {
        let all = Transcripts::new();
        let long = "å".repeat(20_000);
        for i in 0..4_000 {
            add(&all, &i.to_string(), &long);
        }
        assert!(all.all.weight() <= ROOM);
        assert!(!all.of("3999").is_empty());
    }
}
