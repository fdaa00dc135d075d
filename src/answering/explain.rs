//! Why the bot answers as it does: candidates, what matched, each feature's share, the thresholds.

use serde::Serialize;

use super::deciding::ACCEPT;
use super::index::Target;
use super::matching::Features;
use super::query::Query;
use super::ranking::{Asking, Ranked, Ranking, index_of};
use super::weights::WEIGHTS;
use super::{Answerer, without_masks};
use crate::knowledge::Language;
use crate::language::{Guess, mask};

/// How a question was weighed.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// The language it was taken to be in.
    pub language: String,
    /// The words that were looked for, each with what it may be found as and how much it counts.
    pub words: Vec<String>,
    /// The share of the question's weight that the base has words for, 0..1.
    pub familiarity: f32,
    /// The targets, best first.
    pub weighed: Vec<Weighed>,
    /// Confidence from which an entry is an answer.
    pub accept: f32,
    /// How likely it is a cry for help by what was learnt from examples, 0..1.
    pub crisis_likelihood: f32,
    /// Whether a pattern of the base takes it for one.
    pub crisis_pattern: bool,
    /// From which likelihood on it is taken for one, 0..1.
    pub crisis_from: f32,
}

/// One target and what speaks for it.
#[derive(Clone, Debug, Serialize)]
pub struct Weighed {
    /// The entry, or the office or body with the concern.
    pub target: String,
    /// 0..1.
    pub confidence: f32,
    /// The sum of the features' shares.
    pub score: f32,
    /// The wording that fits best.
    pub wording: String,
    /// Each feature's name, its value, 0..1, and its share of the score.
    pub features: Vec<(&'static str, f32, f32)>,
}

impl Answerer {
    /// Explains how a single question, without a conversation, is weighed: the best `top` targets.
    pub fn explain(&self, text: &str, top: usize) -> Explanation {
        let subject = without_masks(&mask(text).text);
        let guess = self.guesser.guess(&subject, None);
        let language = match guess {
            Guess::Known(tongue) => super::ranking::language(tongue),
            Guess::Other(_) | Guess::Unclear => self.knowledge.municipality().default_language,
        };
        let subject = self.unframed(&subject, language);
        let (crisis_likelihood, crisis_pattern, crisis_from) = self.crisis.weigh(text);
        let ranking = Ranking::of(
            self,
            &Asking {
                language,
                guess,
                subject,
                context: &[],
                top,
            },
        );
        Explanation {
            language: language.code().to_owned(),
            familiarity: ranking.evidence.map_or(0.0, |e| e.familiarity),
            words: self.words_looked_for(language, subject),
            weighed: ranking
                .ranked
                .iter()
                .take(top)
                .map(|r| self.weighed(r))
                .collect(),
            accept: ACCEPT,
            crisis_likelihood,
            crisis_pattern,
            crisis_from,
        }
    }

    fn words_looked_for(&self, language: Language, subject: &str) -> Vec<String> {
        let Some(index) = index_of(self, language) else {
            return Vec::new();
        };
        let query = Query::new(index, subject, &[]);
        query
            .tokens
            .iter()
            .map(|t| {
                let known = t
                    .alternatives
                    .iter()
                    .filter(|(s, _)| index.term(s).is_some())
                    .map(|(s, w)| format!("{s} {w:.2}"));
                format!(
                    "{} ×{:.2}: {}",
                    t.surface,
                    t.weight,
                    known.collect::<Vec<_>>().join(", ")
                )
            })
            .collect()
    }

    fn weighed(&self, ranked: &Ranked) -> Weighed {
        let knowledge = &self.knowledge;
        let target = match ranked.found.target {
            Target::Entry(i) => knowledge.entries()[i].id.to_string(),
            Target::Office(i) => format!("→ {}", knowledge.entries()[i].id),
            Target::SmallTalk(i) => format!("☺ {}", knowledge.small_talk()[i].name),
            Target::Clarification(i) => {
                format!("? {}", knowledge.clarifications()[i].ask(Language::Swedish))
            }
            Target::Elsewhere(i) => format!("⇢ {}", knowledge.elsewhere()[i].name_sv),
        };
        Weighed {
            target,
            confidence: ranked.confidence,
            score: ranked.found.score,
            wording: ranked.wording(knowledge).to_owned(),
            features: Features::NAMES
                .into_iter()
                .zip(ranked.features().values())
                .zip(WEIGHTS.ranking.0)
                .map(|((n, v), w)| (n, v, v * w))
                .collect(),
        }
    }
}
