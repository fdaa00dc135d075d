//! A message that is small talk: recognised in either language, unless it is about something.

use super::answer::{Answer, Block, Decision};
use super::deciding::Verdict;
use super::index::Target;
use super::small_talk::{Recognised, SmallTalkMatcher};
use super::turn::Turn;
use crate::knowledge::{Language, SmallTalk, fill};
use crate::language::Analyzer;

/// A message that asks on about a subject, or is plainly about one, is small talk only when it is this much alike.
const EXACT: f32 = 0.95;
/// Small talk that may come in the middle of a subject; other kinds ("is it confidential?") are then about the subject.
const LEAVES_TOPIC: [&str; 8] = [
    "greeting",
    "thanks",
    "goodbye",
    "human",
    "erase",
    "praise_or_ok",
    "complaint_bot",
    "wrong_answer",
];

impl Turn<'_> {
    /// The reply to a message that is small talk as a whole. What the base has every word of, and so is `plain`, is about
    /// that unless it is small talk as it stands.
    pub(super) fn chats(&self, plain: bool) -> Option<Answer> {
        let least = if plain { EXACT } else { 0.0 };
        self.chat(|matcher, analyzer, text| {
            let found = matcher.recognise(analyzer, text);
            found.filter(|f| f.likeness >= least)
        })
    }

    /// The reply to a message that fits nothing else.
    pub(super) fn chats_perhaps(&self) -> Option<Answer> {
        self.chat(SmallTalkMatcher::recognise_loosely)
    }

    fn chat(
        &self,
        recognise: impl Fn(&SmallTalkMatcher, &Analyzer, &str) -> Option<Recognised>,
    ) -> Option<Answer> {
        let (language, found) = [self.composer.language, self.composer.language.other()]
            .into_iter()
            .find_map(|language| {
                let (index, matcher) = self.answerer.index(language)?;
                recognise(matcher, &index.analyzer, self.subject).map(|r| (language, r))
            })?;
        let talk = &self.answerer.knowledge.small_talk()[found.kind];
        if self.is_about_topic() && (found.likeness < EXACT || !leaves_topic(talk)) {
            return None;
        }
        // A word or two in the other language does not change the language of a conversation.
        let language = if self.before.language.is_some() {
            self.composer.language
        } else {
            language
        };
        Some(self.talk(language, found.kind))
    }

    /// Small talk that fits a message best of all is about the subject under discussion all the same where it points back to
    /// it: "do they speak English there?"
    pub(super) fn of_topic(&self, verdict: Verdict) -> Verdict {
        match (&verdict, self.topic()) {
            (Verdict::SmallTalk(kind), Some(Target::Entry(topic)))
                if self.is_about_topic()
                    && !leaves_topic(&self.answerer.knowledge.small_talk()[*kind]) =>
            {
                Verdict::Answer(topic)
            }
            _ => verdict,
        }
    }

    fn is_about_topic(&self) -> bool {
        self.before.topic.is_some() && self.points_back()
    }

    /// The reply to small talk of a kind.
    pub(super) fn talk(&self, language: Language, kind: usize) -> Answer {
        let knowledge = &self.answerer.knowledge;
        let talk = &knowledge.small_talk()[kind];
        let values = [
            ("municipality", knowledge.municipality().name.clone()),
            ("way_in", knowledge.way_in(language)),
            ("days", self.question.kept_days.to_string()),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let blocks = vec![Block::Text {
            text: fill(talk.reply(language), &values),
        }];
        let office = (talk.name == "human").then(|| knowledge.municipality().way_in.clone());
        let answer = self.new_answer(Decision::SmallTalk, Vec::new(), office, blocks);
        Answer {
            small_talk: Some(talk.name.clone()),
            language,
            ..answer
        }
    }
}

fn leaves_topic(talk: &SmallTalk) -> bool {
    LEAVES_TOPIC.contains(&talk.name.as_str())
}
