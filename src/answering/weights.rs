//! What `lots train` has learnt, as the program holds it: `weights.toml`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::matching::Features;
use crate::knowledge::Knowledge;

/// The weights in force.
pub(crate) static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| toml::from_str(include_str!("weights.toml")).unwrap_or_default());

/// Weights of features, by name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Weights {
    /// How much each feature of a target counts in its score.
    pub(crate) ranking: Named,
    /// Whether the base answers a question, where it knows what belongs to offices and others too.
    pub(crate) gate: Gate,
    /// The same where it has entries and nothing beside them.
    pub(crate) gate_alone: Gate,
    /// The same where those have no example questions either.
    pub(crate) gate_bare: Gate,
    /// Whether a message asks on about the subject under discussion.
    pub(crate) follow_up: FollowUp,
}

/// A weight for each feature.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, f32>", into = "BTreeMap<String, f32>")]
pub(crate) struct Named(pub(crate) [f32; Features::COUNT]);

/// The weights of a logistic function.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Gate {
    pub(crate) bias: f32,
    /// Of the share of the question that occurs in the best answer.
    pub(crate) coverage: f32,
    /// Of the logarithm of the question's length in words.
    pub(crate) length: f32,
    /// Of the best answer's lead over the best target that is no answer.
    pub(crate) lead: f32,
    /// Of the logarithm of its odds against the other answers.
    pub(crate) odds: f32,
    /// Of its likeness of meaning.
    pub(crate) meaning: f32,
    /// Of its score.
    pub(crate) score: f32,
    /// How sharply scores tell answers apart.
    pub(crate) sharpness: f32,
}

impl Gate {
    /// The weights in the order of the terms.
    pub(crate) fn by_term(&self) -> [f32; 6] {
        [
            self.coverage,
            self.length,
            self.lead,
            self.odds,
            self.meaning,
            self.score,
        ]
    }
}

/// The weights of another logistic function, by what it weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct FollowUp {
    pub(crate) bias: f32,
    pub(crate) asked: f32,
    pub(crate) leans: f32,
    pub(crate) content: f32,
    pub(crate) length: f32,
    pub(crate) coverage: f32,
    pub(crate) lead: f32,
    pub(crate) lead_in_context: f32,
}

impl Weights {
    /// The gate of a base, by what it has.
    pub(crate) fn gate_of(&self, knowledge: &Knowledge) -> &Gate {
        if knowledge.knows_of_others() {
            &self.gate
        } else if knowledge.has_questions() {
            &self.gate_alone
        } else {
            &self.gate_bare
        }
    }

    /// `weights.toml`.
    pub(crate) fn to_toml(&self) -> String {
        let mut out = String::from(
            "# What `lots train` has learnt: see src/answering/training. Made by the program, not by hand.\n",
        );
        let mut table = |name: &str, what: &str, values: &[(&str, f32)]| {
            let _ = write!(out, "\n# {what}\n[{name}]\n");
            for (key, value) in values {
                let _ = writeln!(out, "{key} = {value:.3}");
            }
        };
        let ranking: Vec<(&str, f32)> = Features::NAMES.into_iter().zip(self.ranking.0).collect();
        table(
            "ranking",
            "How much each feature of a target counts in its score.",
            &ranking,
        );
        let gate = |g: Gate| {
            [
                ("bias", g.bias),
                ("coverage", g.coverage),
                ("length", g.length),
                ("lead", g.lead),
                ("odds", g.odds),
                ("meaning", g.meaning),
                ("score", g.score),
                ("sharpness", g.sharpness),
            ]
        };
        table(
            "gate",
            "How likely it is that the base answers a question, and how sharply its answers are told apart.",
            &gate(self.gate),
        );
        table(
            "gate_alone",
            "The same where a base has entries and nothing beside them.",
            &gate(self.gate_alone),
        );
        table(
            "gate_bare",
            "The same where those have no example questions either.",
            &gate(self.gate_bare),
        );
        let f = self.follow_up;
        let follow_up = [
            ("bias", f.bias),
            ("asked", f.asked),
            ("leans", f.leans),
            ("content", f.content),
            ("length", f.length),
            ("coverage", f.coverage),
            ("lead", f.lead),
            ("lead_in_context", f.lead_in_context),
        ];
        let what = "How likely it is that a message asks on about the subject under discussion.";
        table("follow_up", what, &follow_up);
        out
    }
}

impl FollowUp {
    /// The weights in the order of the terms.
    pub(crate) fn by_term(&self) -> [f32; 7] {
        [
            self.asked,
            self.leans,
            self.content,
            self.length,
            self.coverage,
            self.lead,
            self.lead_in_context,
        ]
    }
}

impl From<BTreeMap<String, f32>> for Named {
    fn from(map: BTreeMap<String, f32>) -> Named {
        Named(Features::NAMES.map(|name| map.get(name).copied().unwrap_or_default()))
    }
}

impl From<Named> for BTreeMap<String, f32> {
    fn from(named: Named) -> BTreeMap<String, f32> {
        Features::NAMES
            .into_iter()
            .map(str::to_owned)
            .zip(named.0)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_there() {
        assert!(WEIGHTS.ranking.0.iter().any(|w| *w > 0.0));
        assert!(WEIGHTS.gate.bias < 0.0);
        let again: Weights = toml::from_str(&WEIGHTS.to_toml()).unwrap();
        assert_eq!(again.gate, WEIGHTS.gate);
        assert_eq!(again.gate_alone, WEIGHTS.gate_alone);
        assert_eq!(again.ranking.0, WEIGHTS.ranking.0);
    }
}
