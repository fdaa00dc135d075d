//! What is counted, for an operator: never a word, a conversation or a person. Whoever wants the figures sets up a
//! recorder; without one, counting costs nothing.

use metrics::{counter, gauge};

use crate::answering::{Answer, Decision};
use crate::store::{DeliveryState, Reason};

/// An answer was given.
pub(super) fn answered(answer: &Answer, channel: &str) {
    let decision = match answer.decision {
        Decision::Answer => "answer",
        Decision::Choice => "choice",
        Decision::Route => "route",
        Decision::Unknown => "unknown",
        Decision::Crisis => "crisis",
        Decision::SmallTalk => "small_talk",
        Decision::Path => "path",
    };
    counter!(
        "lots_answers_total",
        "decision" => decision,
        "channel" => channel.to_owned(),
        "language" => answer.language.code(),
    )
    .increment(1);
}

/// A question was saved.
pub(super) fn saved(reason: Reason) {
    counter!("lots_questions_saved_total", "reason" => reason.code()).increment(1);
}

/// So many questions wait to be saved.
pub(super) fn waiting(count: usize) {
    gauge!("lots_questions_waiting").set(count as f64);
}

/// Someone said whether an answer helped.
pub(super) fn judged(helpful: bool, channel: &str) {
    counter!(
        "lots_feedback_total",
        "helpful" => if helpful { "true" } else { "false" },
        "channel" => channel.to_owned(),
    )
    .increment(1);
}

/// So many have waited longer for a call than they were promised.
pub(super) fn overdue(count: u64) {
    gauge!("lots_call_backs_overdue").set(count as f64);
}

/// Something was sent to staff, or was tried to be.
pub(super) fn delivered(state: DeliveryState) {
    let outcome = match state {
        DeliveryState::Sent => "sent",
        DeliveryState::Waiting => "retried",
        DeliveryState::Failed => "failed",
        DeliveryState::Quiet => "quiet",
    };
    counter!("lots_deliveries_total", "outcome" => outcome).increment(1);
}
