//! Writing down what nothing answered: masked, and with a receipt once it is committed.

use super::waiting::patiently;
use super::{Desk, Message, PATIENCE, figures, now};
use crate::answering::{Answer, Block};
use crate::knowledge::{EntryId, fill};
use crate::store::{NewQuestion, Reason, Receipt};

impl Desk {
    /// Logs a question, and says below its answer what became of it.
    pub(super) async fn log(
        &self,
        message: &Message<'_>,
        answer: &mut Answer,
        reason: Reason,
        wording: String,
        office: Option<EntryId>,
    ) -> Option<Receipt> {
        let phrases_of = self.library.current();
        let phrases = phrases_of.knowledge().phrases(answer.language);
        let question = NewQuestion {
            receipt: Receipt::new(),
            conversation: message.conversation.to_owned(),
            grouping: phrases_of.grouping(&wording),
            wording,
            language: answer.asked_in.clone(),
            channel: message.channel.to_owned(),
            reason,
            office,
            nearest: answer
                .ranked
                .iter()
                .map(|c| (c.entry.clone(), c.confidence))
                .collect(),
            asked_at: now(),
            complaint: None,
            remark: String::new(),
        };
        let receipt = self.record(question).await;
        let text = match &receipt {
            Some(receipt) => fill(
                &phrases.logged,
                &[
                    ("receipt", receipt.as_str()),
                    ("days", &self.keep.now().longest().to_string()),
                ],
            ),
            None => phrases.not_logged.clone(),
        };
        answer.blocks.push(Block::Receipt {
            code: receipt.as_ref().map(ToString::to_string),
            text,
        });
        receipt
    }

    /// Writes a question; the receipt once it is committed. One that cannot be written now is kept, without a receipt.
    pub(super) async fn record(&self, question: NewQuestion) -> Option<Receipt> {
        if let Some(store) = self.store.load_full() {
            match patiently(store.record(&question)).await {
                Some(Ok(())) => {
                    figures::saved(question.reason);
                    return Some(question.receipt);
                }
                Some(Err(error)) => tracing::warn!(%error, "the question could not be saved"),
                None => {
                    tracing::warn!(patience = ?PATIENCE, "the database did not answer in time")
                }
            }
        }
        self.backlog.keep(question);
        None
    }
}
