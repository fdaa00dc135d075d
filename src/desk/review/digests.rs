//! Who is told outside the console how things stand: set up, tried out and stopped by admins.
//!
//! The address of a webhook lets whoever has it write where it leads: once it is kept, staff see its host and no more.

use std::time::Duration;

use jiff::Timestamp;

use super::{Review, ReviewError, name};
use crate::desk::outgoing::{Schedule, destination};
use crate::desk::{is_office, now};
use crate::knowledge::{EntryId, Language, Problem};
use crate::outside::BadDestination;
use crate::store::{Courier, Delivery, DeliveryState, NewAudit, Rhythm, Role, Subscription};

/// How many deliveries are listed.
const LISTED: u32 = 100;
/// So many are enough for anyone, and each costs something to look at.
pub const MOST_SUBSCRIPTIONS: usize = 50;
/// The longest address, and the longest secret.
const LONGEST: usize = 2_000;
/// Whoever tries whether it gets there waits so long to hear that it has.
const TRYING: Duration = Duration::from_secs(6);
/// How often it is looked meanwhile.
const LOOK: Duration = Duration::from_millis(150);

/// A subscription as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubscriptionForm {
    /// The code of how it is sent.
    pub courier: String,
    /// Where to; empty for where it has been sent so far.
    pub address: String,
    /// What signs it; empty for what has signed it so far.
    pub secret: String,
    /// The code of how often.
    pub rhythm: String,
    /// At which hour.
    pub hour: String,
    /// The office whose questions it is about; empty for all.
    pub office: String,
    /// The code of the language.
    pub language: String,
    /// Whether it is told at once when someone wants to be called.
    pub calls: bool,
}

/// A subscription as staff see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscribed {
    /// Its name.
    pub id: String,
    /// How it is sent.
    pub courier: Courier,
    /// Where to: a mail address, or the host of a webhook.
    pub place: String,
    /// Whether what is sent is signed.
    pub is_signed: bool,
    /// How often.
    pub rhythm: Rhythm,
    /// At which hour.
    pub hour: u8,
    /// The office whose questions it is about; `None` for all.
    pub office: Option<EntryId>,
    /// The code of the language.
    pub language: String,
    /// Whether it is told at once when someone wants to be called.
    pub calls: bool,
    /// When the next digest is due, in milliseconds UTC; 0 for never.
    pub next_at: i64,
    /// The version that was seen.
    pub version: i64,
}

impl From<&Subscription> for Subscribed {
    fn from(of: &Subscription) -> Self {
        Subscribed {
            id: of.id.clone(),
            courier: of.courier,
            place: place(of),
            is_signed: !of.secret.is_empty(),
            rhythm: of.rhythm,
            hour: of.hour,
            office: of.office.clone(),
            language: of.language.clone(),
            calls: of.calls_since > 0,
            next_at: of.next_at,
            version: of.version,
        }
    }
}

impl Review<'_> {
    /// All who are told, by where it is sent. For admins. Fails when the database is away.
    pub async fn subscriptions(&self) -> Result<Vec<Subscribed>, ReviewError> {
        self.require(Role::Admin)?;
        let all = self.desk.open_store()?.subscriptions().await?;
        let mut all: Vec<Subscribed> = all.iter().map(Subscribed::from).collect();
        all.sort_by(|a, b| (&a.place, &a.id).cmp(&(&b.place, &b.id)));
        Ok(all)
    }

    /// One of them. For admins. Fails with [`ReviewError::NotFound`].
    pub async fn subscription(&self, id: &str) -> Result<Subscribed, ReviewError> {
        Ok(Subscribed::from(&self.kept_subscription(id).await?))
    }

    /// What one of them has been told, or all have when it is empty, the latest first. For admins. Fails when the database is
    /// away.
    pub async fn deliveries(&self, id: &str) -> Result<Vec<Delivery>, ReviewError> {
        self.require(Role::Admin)?;
        Ok(self.desk.open_store()?.deliveries(id, LISTED).await?)
    }

    /// Has someone told from now on, and gives its name. For admins. Fails with [`ReviewError::Problems`]: the path of each is
    /// the name of the field, and its rule says what is wrong.
    pub async fn subscribe(&self, form: &SubscriptionForm) -> Result<String, ReviewError> {
        self.require(Role::Admin)?;
        let store = self.desk.open_store()?;
        if store.subscriptions().await?.len() >= MOST_SUBSCRIPTIONS {
            return Err(wrong("courier", "too-many"));
        }
        let new = self.read(form, None)?;
        let audit = self.about("subscription-added", None, Some(&new));
        match store.keep_subscription(&new, &audit).await? {
            true => Ok(new.id),
            false => Err(ReviewError::NotFound),
        }
    }

    /// Changes one, given with the version that was seen. For admins. Fails as [`Review::subscribe`] does, and with
    /// [`ReviewError::Changed`] when somebody has been faster.
    pub async fn resubscribe(
        &self,
        id: &str,
        version: i64,
        form: &SubscriptionForm,
    ) -> Result<(), ReviewError> {
        let before = self.kept_subscription(id).await?;
        let changed = |by: &Subscription| ReviewError::Changed {
            by: by.changed_by.clone(),
        };
        if before.version != version {
            return Err(changed(&before));
        }
        let after = self.read(form, Some(&before))?;
        let audit = self.about("subscription-changed", Some(&before), Some(&after));
        let store = self.desk.open_store()?;
        match store.keep_subscription(&after, &audit).await? {
            true => Ok(()),
            false => Err(changed(&self.kept_subscription(id).await?)),
        }
    }

    /// Stops one, and forgets what it was told. For admins. Fails with [`ReviewError::NotFound`].
    pub async fn unsubscribe(&self, id: &str) -> Result<(), ReviewError> {
        let before = self.kept_subscription(id).await?;
        let audit = self.about("subscription-removed", Some(&before), None);
        let store = self.desk.open_store()?;
        match store.remove_subscription(id, &audit).await? {
            true => Ok(()),
            false => Err(ReviewError::NotFound),
        }
    }

    /// Sends something to one now, to try whether it gets there, and waits a moment to see. For admins. Fails with
    /// [`ReviewError::NotFound`].
    pub async fn try_subscription(&self, id: &str) -> Result<Delivery, ReviewError> {
        let of = self.kept_subscription(id).await?;
        let delivery = format!("{id}/test/{}", name());
        let audit = self.about("subscription-tried", None, Some(&of));
        match self
            .desk
            .open_store()?
            .send_test(id, &delivery, &audit)
            .await?
        {
            true => self.outcome(&delivery).await,
            false => Err(ReviewError::NotFound),
        }
    }

    /// Tries something again now that did not get there, and waits a moment to see. For admins. Fails with
    /// [`ReviewError::NotFound`] when there is nothing to try.
    pub async fn send_again(&self, delivery: &str) -> Result<Delivery, ReviewError> {
        self.require(Role::Admin)?;
        let begin: String = delivery.chars().take(60).collect();
        let audit = self.audit("delivery-again", format!("delivery/{begin}"));
        match self.desk.open_store()?.send_again(delivery, &audit).await? {
            true => self.outcome(delivery).await,
            false => Err(ReviewError::NotFound),
        }
    }

    /// What becomes of a delivery within a moment.
    async fn outcome(&self, id: &str) -> Result<Delivery, ReviewError> {
        self.desk.outgoing.wake.notify_one();
        let store = self.desk.open_store()?;
        let until = tokio::time::Instant::now() + TRYING;
        loop {
            let delivery = store.delivery(id).await?.ok_or(ReviewError::NotFound)?;
            let is_tried = delivery.state != DeliveryState::Waiting || delivery.due_at > now();
            if is_tried || tokio::time::Instant::now() >= until {
                return Ok(delivery);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    async fn kept_subscription(&self, id: &str) -> Result<Subscription, ReviewError> {
        self.require(Role::Admin)?;
        let found = self.desk.open_store()?.subscription(id).await?;
        found.ok_or(ReviewError::NotFound)
    }

    /// What was typed, as it may be kept.
    fn read(
        &self,
        form: &SubscriptionForm,
        before: Option<&Subscription>,
    ) -> Result<Subscription, ReviewError> {
        let courier =
            Courier::from_code(&form.courier).ok_or_else(|| wrong("courier", "no-courier"))?;
        let rhythm = Rhythm::from_code(&form.rhythm).ok_or_else(|| wrong("rhythm", "no-rhythm"))?;
        if rhythm == Rhythm::Never && !form.calls {
            return Err(wrong("rhythm", "nothing-told"));
        }
        let hour = form
            .hour
            .trim()
            .parse::<u8>()
            .ok()
            .filter(|hour| *hour < 24);
        let hour = hour.ok_or_else(|| wrong("hour", "no-hour"))?;
        let office = match form.office.as_str() {
            "" => None,
            id => Some(
                self.office(id)
                    .ok_or_else(|| wrong("office", "no-office"))?,
            ),
        };
        let language = Language::from_code(&form.language);
        let language = language.unwrap_or_else(|| self.desk.default_language());
        // An address is of the way that it was given for.
        let kept = before.filter(|before| before.courier == courier);
        let typed = |typed: &str, kept: Option<&String>| match typed.trim() {
            "" => kept.cloned().unwrap_or_default(),
            typed => typed.to_owned(),
        };
        let address = typed(&form.address, kept.map(|k| &k.address));
        let secret = typed(&form.secret, kept.map(|k| &k.secret));
        if address.is_empty() {
            return Err(wrong("address", "no-address"));
        }
        if address.len() > LONGEST || secret.len() > LONGEST {
            return Err(wrong("address", "too-long"));
        }
        let (now, zone) = (Timestamp::now(), self.desk.library.zone());
        let schedule = Schedule { rhythm, hour };
        let next = schedule.next(now, &zone);
        let (now, next_at) = (
            now.as_millisecond(),
            next.map_or(0, Timestamp::as_millisecond),
        );
        let calls_since = match before.map_or(0, |before| before.calls_since) {
            _ if !form.calls => 0,
            0 => now,
            since => since,
        };
        // Who was told nothing so far is told of the last day or week.
        let told_until = before
            .filter(|before| before.next_at > 0)
            .map_or_else(|| now - schedule.first_period(), |before| before.told_until);
        let read = Subscription {
            id: before.map_or_else(name, |before| before.id.clone()),
            courier,
            address,
            secret,
            rhythm,
            hour,
            office,
            language: language.code().to_owned(),
            calls_since,
            next_at,
            told_until: told_until.max(0),
            changed_at: now,
            changed_by: self.staff.name().to_owned(),
            version: before.map_or(0, |before| before.version) + 1,
        };
        match self.desk.outgoing.couriers.check(&destination(&read)) {
            Ok(()) => Ok(read),
            Err(bad) => Err(wrong(
                "address",
                match bad {
                    BadDestination::NoMailAddress => "no-mail-address",
                    BadDestination::NoMailServer => "no-mail-server",
                    BadDestination::NoWebAddress => "no-web-address",
                    BadDestination::Closed => "closed-address",
                },
            )),
        }
    }

    fn office(&self, id: &str) -> Option<EntryId> {
        let id = EntryId::parse(id).ok()?;
        is_office(&self.desk.library.current(), &id).then_some(id)
    }

    /// A line for the trail. It says how and when someone is told, and of where only the host.
    fn about(
        &self,
        act: &str,
        before: Option<&Subscription>,
        after: Option<&Subscription>,
    ) -> NewAudit {
        let id = after.or(before).map_or("", |of| of.id.as_str());
        let mut audit = self.audit(act, format!("subscription/{id}"));
        audit.before = before.map(briefly).unwrap_or_default();
        audit.after = after.map(briefly).unwrap_or_default();
        audit
    }
}

fn briefly(of: &Subscription) -> String {
    let host = match of.courier {
        Courier::Mail => of.address.rsplit('@').next().unwrap_or_default().to_owned(),
        Courier::Teams | Courier::Slack | Courier::Discord | Courier::Json => place(of),
    };
    let office = of.office.as_ref().map_or("all", EntryId::as_str);
    let calls = if of.calls_since > 0 { " calls" } else { "" };
    let (courier, rhythm) = (of.courier.code(), of.rhythm.code());
    format!(
        "{courier} {host} {rhythm} {} {office} {}{calls}",
        of.hour, of.language
    )
}

/// Where something is sent, as it may be shown: of a webhook only the host.
fn place(of: &Subscription) -> String {
    match of.courier {
        Courier::Mail => of.address.clone(),
        Courier::Teams | Courier::Slack | Courier::Discord | Courier::Json => {
            let (_, rest) = of.address.split_once("://").unwrap_or_default();
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            host.rsplit('@').next().unwrap_or_default().to_owned()
        }
    }
}

fn wrong(field: &str, rule: &'static str) -> ReviewError {
    let problem = Problem::error(
        field,
        1,
        rule,
        "it cannot be used",
        "write it as the form says",
    );
    ReviewError::Problems(vec![problem])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_webhook_only_the_host_is_shown() {
        let of = |courier, address: &str| Subscription {
            id: "7f3k".to_owned(),
            courier,
            address: address.to_owned(),
            secret: "hemlig".to_owned(),
            rhythm: Rhythm::Weekdays,
            hour: 8,
            office: None,
            language: "sv".to_owned(),
            calls_since: 1,
            next_at: 0,
            told_until: 0,
            changed_at: 0,
            changed_by: String::new(),
            version: 1,
        };
        let hook = of(
            Courier::Slack,
            "https://hooks.slack.com/services/T0/B0/token?x=y",
        );
        assert_eq!(Subscribed::from(&hook).place, "hooks.slack.com");
        assert_eq!(
            briefly(&hook),
            "slack hooks.slack.com weekdays 8 all sv calls"
        );
        assert!(!format!("{hook:?}").contains("token"), "{hook:?}");
        let mail = of(Courier::Mail, "ada@provby.example");
        assert_eq!(Subscribed::from(&mail).place, "ada@provby.example");
        assert!(briefly(&mail).starts_with("mail provby.example "));
        for address in ["ftp:x", "", "https://u:p@a.example"] {
            assert!(
                !place(&of(Courier::Json, address)).contains("p@"),
                "{address}"
            );
        }
    }
}
