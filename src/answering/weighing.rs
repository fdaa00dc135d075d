//! A message weighed by itself and with what was said before, and what follows from both.

use super::answer::Candidate;
use super::deciding::{ACCEPT, Verdict, at_its_word, decide, named_office};
use super::follow_up::{self, Asked, Leaning};
use super::index::Target;
use super::ranking::{Asking, Ranking};
use super::turn::Turn;
use crate::knowledge::Knowledge;

/// How likely it is at least that an entry was meant which a message plainly is about. Set, not learnt.
const PLAIN: f32 = 0.9;
/// From this likelihood on a message asks on.
const EVEN: f32 = 0.5;
/// An earlier subject that fits a message so much better is come back to.
const COMES_BACK: f32 = 1.5;
/// How likely an entry must be that is to help instead of another.
const LIKELY_ENOUGH: f32 = 0.02;

impl Turn<'_> {
    /// The targets for the message by itself and, in a conversation, with what was said before.
    pub(super) fn weigh(&self) -> Weighed {
        let context = self.context();
        Weighed {
            alone: self.alone(),
            in_context: (!context.is_empty()).then(|| self.with(&context)),
        }
    }

    /// The targets for the message by itself.
    pub(super) fn alone(&self) -> Ranking {
        self.with(&[])
    }

    /// The targets for the message read with something else, each piece with how much it counts.
    pub(super) fn with(&self, context: &[(&str, f32)]) -> Ranking {
        let asking = Asking {
            language: self.composer.language,
            guess: self.guess,
            subject: self.subject,
            context,
            top: self.question.top,
        };
        Ranking::of(self.answerer, &asking)
    }

    pub(super) fn verdict(
        &self,
        weighed: &Weighed,
        pointed_at: Option<usize>,
        asked: Option<&(Asked, Vec<usize>)>,
    ) -> Verdict {
        let knowledge = &self.answerer.knowledge;
        if self.same_again
            && let Some(Target::Entry(topic)) = self.topic()
        {
            return Verdict::Answer(topic);
        }
        if let Some(place) = pointed_at {
            return Verdict::Answer(place);
        }
        let alone = decide(knowledge, &weighed.alone);
        let (Some(in_context), Some(Target::Entry(topic))) = (&weighed.in_context, self.topic())
        else {
            return match &weighed.in_context {
                Some(in_context) if !matches!(alone, Verdict::Answer(_)) => {
                    match decide(knowledge, in_context) {
                        Verdict::Answer(i) => Verdict::Answer(i),
                        with_it if alone == Verdict::Unknown => with_it,
                        _ => alone,
                    }
                }
                _ => alone,
            };
        };
        let leaning = self.leaning_on(weighed, topic, asked);
        if leaning.is_some_and(|l| l.content == 0 || l.likelihood() >= EVEN) {
            return Verdict::Answer(self.of_two_subjects(&weighed.alone, topic));
        }
        match (alone, decide(knowledge, in_context)) {
            // What was said before must not answer what it has nothing to do with: a question that someone else owns, or
            // one that does not ask on.
            (alone @ (Verdict::Answer(_) | Verdict::Route(_) | Verdict::Elsewhere(_)), _) => alone,
            (alone, Verdict::Answer(i)) if i == topic => alone,
            (_, Verdict::Answer(i)) => Verdict::Answer(i),
            (Verdict::Unknown, with_it) => with_it,
            (alone, _) => alone,
        }
    }

    /// The office that answers whoever asks how to reach those who own a matter, by its place: nothing is left open then.
    /// The message may name another office than it seems to be for: "soc" in "vad har soc för telefonnummer".
    pub(super) fn reached(
        &self,
        verdict: &Verdict,
        asked: Option<&(Asked, Vec<usize>)>,
    ) -> Option<usize> {
        let (Verdict::Route(owner), Some((Asked::Contact, cue))) = (verdict, asked) else {
            return None;
        };
        let words = self.words();
        let rest = words.iter().enumerate();
        let rest = rest.filter(|(at, _)| !cue.contains(at));
        let rest: Vec<&str> = rest.map(|(_, word)| word.as_str()).collect();
        let ranking = self.part(&rest.join(" ")).alone();
        let named = named_office(&self.answerer.knowledge, &ranking);
        named.or(Some(*owner))
    }

    /// How likely it is that an entry is the one that was meant: by the message itself, with what was said before, or as
    /// what the message asks on about; more where the message is `plain`ly about it.
    pub(super) fn confidence(
        &self,
        weighed: &Weighed,
        place: usize,
        plain: bool,
        asked: Option<&(Asked, Vec<usize>)>,
    ) -> f32 {
        let target = Target::Entry(place);
        let topic = self.topic().filter(|topic| *topic == target);
        let leaning = topic.and_then(|_| self.leaning_on(weighed, place, asked));
        let least = match leaning {
            Some(leaning) if !plain && leaning.content > 0 => leaning.likelihood(),
            None if !plain => 0.0,
            _ => PLAIN,
        };
        let rankings = [Some(&weighed.alone), weighed.in_context.as_ref()];
        let ranked = rankings.into_iter().flatten().filter_map(|r| r.get(target));
        ranked.map(|r| r.confidence).fold(least, f32::max)
    }

    /// The subject under discussion, or the one before it where the message plainly comes back to that.
    fn of_two_subjects(&self, alone: &Ranking, topic: usize) -> usize {
        let earlier = self.before.earlier_topic.as_ref();
        let earlier = earlier.and_then(|id| self.answerer.knowledge.place(id));
        let score = |i: usize| alone.get(Target::Entry(i)).map(|r| r.found.score);
        match earlier.and_then(|e| Some((e, score(e)?))) {
            Some((e, s)) if s > score(topic).unwrap_or_default() + COMES_BACK => e,
            _ => topic,
        }
    }

    /// What bears on whether the message asks on about the subject under discussion, when there is one.
    pub(super) fn leaning(&self) -> Option<Leaning> {
        match self.topic() {
            Some(Target::Entry(i)) => self.leaning_on(&self.weigh(), i, self.asked().as_ref()),
            _ => None,
        }
    }

    fn leaning_on(
        &self,
        weighed: &Weighed,
        topic: usize,
        asked: Option<&(Asked, Vec<usize>)>,
    ) -> Option<Leaning> {
        let words = self.words();
        let lead = |ranking: &Ranking| ranking.lead(Target::Entry(topic));
        Some(Leaning {
            asked: asked.is_some(),
            leans: follow_up::leans(&words, self.composer.language),
            content: self.content(asked),
            words: words.len(),
            coverage: (weighed.alone.get(Target::Entry(topic)))
                .map_or(0.0, |r| r.found.features.coverage),
            lead: lead(&weighed.alone),
            lead_in_context: weighed.in_context.as_ref().map_or(0.0, lead),
        })
    }
}

/// The targets for a message by itself, and with what was said before.
pub(super) struct Weighed {
    alone: Ranking,
    in_context: Option<Ranking>,
}

impl Weighed {
    /// What the message by itself plainly comes to: it holds no word of anything but what answers it, or asks back.
    pub(super) fn plainly(&self, knowledge: &Knowledge) -> Option<Verdict> {
        at_its_word(knowledge, &self.alone, self.alone.ranked.first()?)
    }

    /// The likeliest entry of those wanted: for the message by itself, or with what was said before.
    pub(super) fn best(&self, wanted: impl Fn(usize) -> bool) -> Option<usize> {
        let rankings = [Some(&self.alone), self.in_context.as_ref()];
        let all = rankings.into_iter().flatten().flat_map(|r| &r.ranked);
        let entries = all.filter_map(|r| match r.found.target {
            Target::Entry(i) => Some((i, r.confidence)),
            _ => None,
        });
        entries
            .filter(|(i, confidence)| *confidence >= LIKELY_ENOUGH && wanted(*i))
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(i, _)| i)
    }

    /// The entries, best first: of the message by itself where that is plain enough.
    pub(super) fn candidates(&self, knowledge: &Knowledge, top: usize) -> Vec<Candidate> {
        let plain = self
            .alone
            .ranked
            .first()
            .is_some_and(|r| r.confidence >= ACCEPT);
        match &self.in_context {
            Some(in_context) if !plain => in_context.candidates(knowledge, top),
            _ => self.alone.candidates(knowledge, top),
        }
    }
}
