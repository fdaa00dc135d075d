//! Sending: what is due is planned, claimed, put in words and sent, several at a time, so that one that hangs holds up
//! nothing. What did not get there is tried again.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::schedule::Plan;
use super::wording::Telling;
use super::{Desk, Schedule, destination, pace};
use crate::desk::{figures, now};
use crate::outside::{Notice, Undelivered};
use crate::store::{
    Delivery, DeliveryKind, DeliveryState, DueDigest, Store, StoreError, Subscription, Tried,
};

/// How many are sent at a time.
const AT_ONCE: usize = 8;
/// What a replica has begun to send is left alone for so long; sending takes no longer than half of it.
const LEASE: Duration = Duration::from_secs(120);
/// Whoever asked to be called longer ago is no news.
const NEWS: Duration = Duration::from_secs(24 * 3_600);
/// How often it is counted who has waited too long to be called.
const COUNTED_EVERY: Duration = Duration::from_secs(60);

/// Something that was sent, or not.
struct Carried {
    delivery: Delivery,
    outcome: Result<(), Undelivered>,
}

impl Desk {
    /// Tells staff outside the console what is to be told, until it is cancelled.
    pub async fn deliver(&self) {
        let mut sending: JoinSet<Carried> = JoinSet::new();
        let mut carried = Vec::new();
        let mut counted: Option<Instant> = None;
        let mut is_troubled = false;
        loop {
            match self.round(&mut sending, &mut carried, &mut counted).await {
                Ok(()) => is_troubled = false,
                Err(error) => {
                    if !std::mem::replace(&mut is_troubled, true) {
                        tracing::warn!(%error, "nothing can be sent to staff just now; it is tried again");
                    }
                }
            }
            tokio::select! {
                Some(done) = sending.join_next() => carried.extend(done.ok()),
                () = self.outgoing.wake.notified() => {}
                () = sleep(self.outgoing.pace.look) => {}
            }
        }
    }

    async fn round(
        &self,
        sending: &mut JoinSet<Carried>,
        carried: &mut Vec<Carried>,
        counted: &mut Option<Instant>,
    ) -> Result<(), StoreError> {
        // Without a database from the beginning there is nothing to say that was not said.
        let Ok(store) = self.open_store() else {
            return Ok(());
        };
        // First what has been sent: it must not be sent once more because it was not noted.
        while let Some(done) = carried.last() {
            self.note(&store, done).await?;
            carried.pop();
        }
        if counted.is_none_or(|at| at.elapsed() >= COUNTED_EVERY) {
            figures::overdue(store.count_call_backs(None, now()).await?.overdue);
            *counted = Some(Instant::now());
        }
        let subscriptions = store.subscriptions().await?;
        for subscription in &subscriptions {
            self.plan_next(&store, subscription).await?;
        }
        if subscriptions.iter().any(|of| of.calls_since > 0) {
            let since = now() - milliseconds(NEWS);
            store.announce_calls(since, now()).await?;
        }
        let free = AT_ONCE.saturating_sub(sending.len());
        // A clock that was wrong may have put something off for years.
        let never = now() + 2 * milliseconds(self.outgoing.pace.longest) + milliseconds(LEASE);
        let free = u32::try_from(free).unwrap_or_default();
        for mut delivery in store.due_deliveries(now(), never, free).await? {
            if store
                .claim_delivery(&delivery, now() + milliseconds(LEASE))
                .await?
            {
                delivery.attempts += 1;
                self.send(&store, delivery, sending).await?;
            }
        }
        Ok(())
    }

    /// Has a digest sent when it is due, and plans the next.
    async fn plan_next(&self, store: &Store, of: &Subscription) -> Result<(), StoreError> {
        let schedule = Schedule {
            rhythm: of.rhythm,
            hour: of.hour,
        };
        let Ok(planned) = Timestamp::from_millisecond(of.next_at) else {
            return Ok(());
        };
        let now = Timestamp::now();
        match schedule.plan(planned, now, &self.library.zone()) {
            Plan::Wait => {}
            Plan::Anew { next } => {
                store.plan_digest(of, next.as_millisecond(), None).await?;
            }
            Plan::Due { day, next } => {
                let day = day.to_string();
                let due = DueDigest {
                    day: &day,
                    until: now.as_millisecond(),
                };
                store
                    .plan_digest(of, next.as_millisecond(), Some(&due))
                    .await?;
            }
        }
        Ok(())
    }

    /// Puts a delivery in words and sends it on its way.
    async fn send(
        &self,
        store: &Store,
        delivery: Delivery,
        sending: &mut JoinSet<Carried>,
    ) -> Result<(), StoreError> {
        let Some(subscription) = store.subscription(&delivery.subscription).await? else {
            return Ok(());
        };
        let Some(notice) = self.in_words(store, &delivery, &subscription).await? else {
            let quiet = Tried {
                state: DeliveryState::Quiet,
                due_at: delivery.due_at,
                why: String::new(),
                detail: String::new(),
            };
            return store.delivery_tried(&delivery.id, &quiet, now()).await;
        };
        let (couriers, to) = (
            Arc::clone(&self.outgoing.couriers),
            destination(&subscription),
        );
        sending.spawn(async move {
            let outcome = couriers.carry(&to, &delivery.id, &notice).await;
            Carried { delivery, outcome }
        });
        Ok(())
    }

    /// What a delivery tells; `None` when there is nothing to tell any longer.
    async fn in_words(
        &self,
        store: &Store,
        delivery: &Delivery,
        subscription: &Subscription,
    ) -> Result<Option<Notice>, StoreError> {
        let telling = Telling::to(self, subscription);
        Ok(match delivery.kind {
            DeliveryKind::Test => Some(telling.test()),
            DeliveryKind::Digest => {
                let (since, until) = (delivery.told_from, delivery.told_until);
                let office = subscription.office.as_ref();
                telling.standing(&self.standing(office, since, until).await?)
            }
            DeliveryKind::Call => {
                let waiting = store.waiting_call_back(&delivery.about).await?;
                // The subscription may have been given to another office since.
                let office = subscription.office.as_ref();
                let theirs = waiting.filter(|of| office.is_none_or(|o| *o == of.office));
                theirs.map(|call_back| telling.call(&call_back))
            }
        })
    }

    /// Writes down what became of a delivery, and says so in the log when it is given up.
    async fn note(&self, store: &Store, done: &Carried) -> Result<(), StoreError> {
        let Carried { delivery, outcome } = done;
        let (state, why, detail, due_at) = match outcome {
            Ok(()) => (DeliveryState::Sent, "", "", delivery.due_at),
            Err(failure) => {
                let wait = self.wait(delivery, failure);
                let state = wait.map_or(DeliveryState::Failed, |_| DeliveryState::Waiting);
                let due_at = wait.map_or(delivery.due_at, |wait| now() + milliseconds(wait));
                (state, failure.why.code(), failure.detail.as_str(), due_at)
            }
        };
        let tried = Tried {
            state,
            due_at,
            why: why.to_owned(),
            detail: detail.to_owned(),
        };
        store.delivery_tried(&delivery.id, &tried, now()).await?;
        figures::delivered(state);
        if state == DeliveryState::Failed {
            tracing::warn!(
                delivery = %delivery.id,
                why,
                detail,
                "staff could not be told something and it is not tried again; the console says what to do"
            );
        }
        Ok(())
    }

    /// How long until it is tried again; `None` when it is given up.
    fn wait(&self, delivery: &Delivery, failure: &Undelivered) -> Option<Duration> {
        if failure.why.is_lasting() {
            return None;
        }
        let tried_for = u64::try_from(now() - delivery.began_at).unwrap_or_default();
        let tried_for = Duration::from_millis(tried_for);
        let pace = self.outgoing.pace;
        pace.wait(delivery.attempts, tried_for, pace::chance(), failure.wait)
    }
}

fn milliseconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
