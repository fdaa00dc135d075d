//! One question on its way through the cascade.

use super::answer::{Answer, Block, Decision};
use super::compose::{self, Composer};
use super::conversation::Conversation;
use super::crisis::Crisis;
use super::deciding::Verdict;
use super::follow_up::{self, Asked};
use super::index::Target;
use super::pointing::place_taken;
use super::{Answerer, Question};
use crate::knowledge::{EntryId, Language, fill};
use crate::language::{Guess, Tongue, words};

/// So many help lines stand below the answer to someone who may be in need.
const MOST_LINES: usize = 2;

/// One question on its way through the cascade.
pub(super) struct Turn<'a> {
    pub(super) answerer: &'a Answerer,
    pub(super) question: &'a Question<'a>,
    pub(super) composer: Composer<'a>,
    pub(super) before: &'a Conversation,
    /// The message as far as it is read, as it was written: for crisis alone.
    pub(super) unmasked: &'a str,
    pub(super) masked: &'a str,
    /// The masked message without the marks that stand for what was masked.
    pub(super) subject: &'a str,
    pub(super) guess: Guess,
    /// Whether it asks for the last answer once more, in another language.
    pub(super) same_again: bool,
}

impl Turn<'_> {
    /// The answer, and the conversation brought up to it.
    pub(super) fn answer(&self, after: &mut Conversation) -> Answer {
        let crisis = self.answerer.crisis.detect(self.unmasked);
        if let Some(crisis) = crisis.as_ref().filter(|crisis| crisis.sure) {
            // Nothing of it is remembered, and what was talked of before is not what matters now.
            after.leave_topic();
            after.wordings.clear();
            return self.in_need(crisis);
        }
        let mut answer = self.to_what_is_asked(after);
        if let Some(doubtful) = crisis {
            self.add_help(&mut answer, &doubtful);
        }
        answer
    }

    /// The answer to someone who is not in need.
    fn to_what_is_asked(&self, after: &mut Conversation) -> Answer {
        if let Some(answer) = self.foreign() {
            return answer;
        }
        if let Some(answer) = self.offered(after) {
            return answer;
        }
        let weighed = self.weigh();
        let ranked = weighed.candidates(&self.answerer.knowledge, self.question.top);
        let plainly = weighed.plainly(&self.answerer.knowledge);
        if let Some(answer) = self.chats(plainly.is_some()) {
            return Answer { ranked, ..answer };
        }
        let (asked, pointed_at) = (self.asked(), self.pointed_at());
        let verdict = self.of_topic(self.verdict(&weighed, pointed_at, asked.as_ref()));
        let reached = self.reached(&verdict, asked.as_ref());
        let verdict = reached.map_or(verdict, Verdict::Answer);
        let several = self.several(verdict);
        let verdict = several.first.clone();
        let instead = match verdict {
            Verdict::Answer(i) => self.instead_of(i, &weighed),
            _ => None,
        };
        let verdict = instead.map_or(verdict, |(i, _)| Verdict::Answer(i));
        let confidence = match verdict {
            Verdict::Answer(i) => {
                let plain =
                    [pointed_at, reached].contains(&Some(i)) || plainly == Some(Verdict::Answer(i));
                Some(self.confidence(&weighed, i, plain, asked.as_ref()))
            }
            _ => None,
        };
        let same = matches!(verdict, Verdict::Answer(i) if self.topic() == Some(Target::Entry(i)));
        if let Verdict::SmallTalk(kind) = verdict {
            let answer = self.talk(self.composer.language, kind);
            return Answer { ranked, ..answer };
        }
        if verdict == Verdict::Unknown
            && let Some(answer) = self.chats_perhaps()
        {
            return Answer { ranked, ..answer };
        }
        after.remember(self.masked);
        let mut answer = self.conclude(verdict, asked.map(|(a, _)| a), same, after);
        if let Some((shown, instead)) = instead {
            let why = self.not_for(instead, shown != instead.of);
            answer.blocks.insert(0, why);
        }
        self.add(&mut answer, &several);
        Answer {
            ranked,
            confidence,
            ..answer
        }
    }

    fn conclude(
        &self,
        verdict: Verdict,
        asked: Option<Asked>,
        same: bool,
        after: &mut Conversation,
    ) -> Answer {
        let knowledge = &self.answerer.knowledge;
        match verdict {
            Verdict::Answer(i) => {
                let entry = &knowledge.entries()[i];
                after.turn_to(&entry.id);
                after.offered.clear();
                let blocks = match asked {
                    Some(asked) if same => self.composer.part(entry, asked),
                    asked => self.composer.entry(entry, asked),
                };
                self.new_answer(
                    Decision::Answer,
                    vec![entry.id.clone()],
                    entry.office.clone(),
                    blocks,
                )
            }
            Verdict::Choice(all) => {
                let ids = all.iter().map(|i| knowledge.entries()[*i].id.clone());
                self.ask_back(&self.composer.phrases().choice, ids.collect(), after)
            }
            Verdict::Clarify(i) => {
                let asks = &knowledge.clarifications()[i];
                let ask = asks.ask(self.composer.language);
                self.ask_back(ask, asks.entries.clone(), after)
            }
            Verdict::Route(i) => {
                after.leave_topic();
                let office = &knowledge.entries()[i];
                let name =
                    compose::short_title(&office.text(self.composer.language).title).to_owned();
                let mut blocks = vec![Block::Text {
                    text: fill(&self.composer.phrases().route, &[("office", &name)]),
                }];
                blocks.extend(
                    self.composer
                        .contact(&office.id)
                        .map(|contact| Block::Contact { contact }),
                );
                self.new_answer(Decision::Route, Vec::new(), Some(office.id.clone()), blocks)
            }
            Verdict::Elsewhere(i) => {
                after.leave_topic();
                let body = &knowledge.elsewhere()[i];
                let text = format!(
                    "{} {}",
                    self.composer.phrases().elsewhere,
                    body.text(self.composer.language)
                );
                self.new_answer(
                    Decision::Unknown,
                    Vec::new(),
                    None,
                    vec![Block::Text { text }, self.human()],
                )
            }
            Verdict::SmallTalk(_) | Verdict::Unknown => {
                after.leave_topic();
                let text = self.composer.phrases().unknown.clone();
                self.new_answer(
                    Decision::Unknown,
                    Vec::new(),
                    None,
                    vec![Block::Text { text }, self.human()],
                )
            }
        }
    }

    pub(super) fn new_answer(
        &self,
        decision: Decision,
        shown: Vec<EntryId>,
        office: Option<EntryId>,
        blocks: Vec<Block>,
    ) -> Answer {
        let asked_in = match self.guess {
            Guess::Known(Tongue::Swedish) => "sv",
            Guess::Known(Tongue::English) => "en",
            Guess::Other(code) => code,
            Guess::Unclear => "und",
        };
        Answer {
            decision,
            confidence: None,
            ranked: Vec::new(),
            shown,
            office,
            language: self.composer.language,
            asked_in: asked_in.to_owned(),
            small_talk: None,
            left_open: None,
            blocks,
        }
    }

    fn human(&self) -> Block {
        let way_in = self.answerer.knowledge.way_in(self.composer.language);
        Block::Text {
            text: fill(&self.composer.phrases().human, &[("way_in", &way_in)]),
        }
    }

    /// The help lines, before and instead of everything else.
    fn in_need(&self, crisis: &Crisis) -> Answer {
        let situation = &self.answerer.knowledge.crisis().situation[crisis.situation];
        let mut blocks = vec![Block::Text {
            text: situation.text(self.composer.language).to_owned(),
        }];
        blocks.extend(crisis.lines.iter().filter_map(|id| self.composer.line(id)));
        blocks.push(Block::Text {
            text: self.composer.phrases().crisis_private.clone(),
        });
        self.new_answer(Decision::Crisis, crisis.lines.clone(), None, blocks)
    }

    /// Adds where there is help to the answer to someone who may be in need, unless that is the answer.
    fn add_help(&self, answer: &mut Answer, doubtful: &Crisis) {
        let lines = doubtful.lines.iter().take(MOST_LINES);
        if lines.clone().any(|line| answer.shown.contains(line)) {
            return;
        }
        answer.blocks.push(Block::Text {
            text: self.composer.phrases().crisis_perhaps.clone(),
        });
        answer
            .blocks
            .extend(lines.filter_map(|line| self.composer.line(line)));
    }

    /// A language that the base does not have is answered in that language where it can be.
    fn foreign(&self) -> Option<Answer> {
        let Guess::Other(code) = self.guess else {
            return None;
        };
        let knowledge = &self.answerer.knowledge;
        let way_in = knowledge.way_in(Language::English);
        let own = knowledge.foreign().iter().find(|f| f.code == code);
        let blocks = match own {
            Some(foreign) => vec![Block::Text {
                text: fill(&foreign.unknown, &[("way_in", &way_in)]),
            }],
            None => vec![
                Block::Text {
                    text: self.composer.phrases().unknown.clone(),
                },
                self.human(),
            ],
        };
        Some(self.new_answer(Decision::Unknown, Vec::new(), None, blocks))
    }

    /// A choice that was offered, taken by its number or its title.
    fn offered(&self, after: &mut Conversation) -> Option<Answer> {
        let words = words(self.subject);
        let by_number = place_taken(&words);
        let titles = || {
            self.before.offered.iter().position(|id| {
                crate::language::words(self.answerer.knowledge.title(id, self.composer.language))
                    == words
            })
        };
        let at = by_number.map(|n| n.wrapping_sub(1)).or_else(titles)?;
        let Some(chosen) = self.before.offered.get(at) else {
            return self.offer_again();
        };
        let entry = self.answerer.knowledge.entry(chosen)?;
        after.turn_to(&entry.id);
        let earlier = self
            .before
            .wordings
            .last()
            .map(|w| crate::language::words(w))
            .unwrap_or_default();
        let asked = follow_up::asked(&earlier, self.composer.language).map(|(a, _)| a);
        let blocks = self.composer.entry(entry, asked);
        Some(self.new_answer(
            Decision::Answer,
            vec![entry.id.clone()],
            entry.office.clone(),
            blocks,
        ))
    }

    /// Asks which of some entries is meant.
    fn ask_back(&self, ask: &str, ids: Vec<EntryId>, after: &mut Conversation) -> Answer {
        after.offered.clone_from(&ids);
        let first = ids.first().and_then(|id| self.answerer.knowledge.entry(id));
        let office = first.and_then(|e| e.office.clone());
        let blocks = self.choice(ask, &ids);
        self.new_answer(Decision::Choice, ids, office, blocks)
    }

    fn choice(&self, ask: &str, ids: &[EntryId]) -> Vec<Block> {
        let phrases = self.composer.phrases();
        vec![
            Block::Text {
                text: ask.to_owned(),
            },
            Block::Choices {
                choices: self.composer.choices(ids.iter()),
            },
            Block::Text {
                text: phrases.choice_hint.clone(),
            },
        ]
    }

    /// A number that nothing was offered under: the same choices once more.
    fn offer_again(&self) -> Option<Answer> {
        let ids = &self.before.offered;
        (!ids.is_empty()).then_some(())?;
        let ask = &self.composer.phrases().choice;
        let blocks = self.choice(ask, ids);
        Some(self.new_answer(Decision::Choice, ids.clone(), None, blocks))
    }

    /// Whether the message speaks of something as "it", or asks for a part of it.
    pub(super) fn points_back(&self) -> bool {
        follow_up::leans(&self.words(), self.composer.language) || self.asked().is_some()
    }

    pub(super) fn topic(&self) -> Option<Target> {
        let id = self.before.topic.as_ref()?;
        self.answerer.knowledge.place(id).map(Target::Entry)
    }

    pub(super) fn asked(&self) -> Option<(Asked, Vec<usize>)> {
        follow_up::asked(&self.words(), self.composer.language)
    }

    /// The words of the message, with chat spellings written out; none where its language has no index.
    pub(super) fn words(&self) -> Vec<String> {
        let index = self.answerer.index(self.composer.language);
        index.map_or_else(Vec::new, |(index, _)| {
            index.analyzer.plain_words(self.subject)
        })
    }

    /// What was said before, the newest first, with how much it counts.
    pub(super) fn context(&self) -> Vec<(&str, f32)> {
        self.before
            .wordings
            .iter()
            .rev()
            .map(String::as_str)
            .zip([0.6, 0.3])
            .collect()
    }

    /// How many words say something beside what is asked for.
    pub(super) fn content(&self, asked: Option<&(Asked, Vec<usize>)>) -> usize {
        let Some((index, _)) = self.answerer.index(self.composer.language) else {
            return 0;
        };
        let cue = asked.map_or(&[][..], |(_, places)| places);
        let words = index.analyzer.plain_words(self.subject);
        let says = |(i, w): &(usize, &String)| !cue.contains(i) && !index.analyzer.is_stop(w);
        words.iter().enumerate().filter(says).count()
    }
}
