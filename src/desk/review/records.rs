//! What staff do with one question as a record: hold it, let it go, erase it, register it, and give whoever asks all that
//! is kept about a receipt.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::forms::wrong;
use super::{Review, ReviewError, why};
use crate::desk::diary::Diary;
use crate::desk::dossier::{Dossier, about};
use crate::desk::{Desk, Naming, Period, Purged};
use crate::store::{Erased, HeldFor, MarkCount, Marks, Receipt, Role, StoreError, Theirs, ToHold};

/// How many held questions are listed.
const LISTED: u32 = 500;

/// What is held, and what someone wants erased.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// Those that whoever asked wants erased, the latest first.
    pub wanted_erased: Vec<Marks>,
    /// The others that are held, the latest first.
    pub held: Vec<Marks>,
}

impl Review<'_> {
    /// What is held, and what someone wants erased. Fails when the database is away.
    pub async fn records(&self) -> Result<Records, ReviewError> {
        self.require(Role::Reader)?;
        let all = self.desk.open_store()?.held_questions(LISTED).await?;
        let (wanted_erased, held) = all.into_iter().partition(|m| m.erase_asked_at.is_some());
        Ok(Records {
            wanted_erased,
            held,
        })
    }

    /// All that is kept about a receipt. Fails with [`ReviewError::NotFound`], and when the database is away.
    pub async fn dossier(&self, receipt: &Receipt) -> Result<Dossier, ReviewError> {
        self.require(Role::Reader)?;
        let dossier = self.desk.whole_dossier(receipt).await?;
        dossier.ok_or(ReviewError::NotFound)
    }

    /// What a question is marked with; `None` for a receipt of something else. Fails when the database is away.
    pub async fn marks(&self, receipt: &Receipt) -> Result<Option<Marks>, ReviewError> {
        self.require(Role::Reader)?;
        Ok(self.desk.open_store()?.marks(receipt).await?)
    }

    /// How many questions of each cluster are marked with something; clusters without any are left out. Fails when the
    /// database is away.
    pub async fn marked_clusters(&self) -> Result<BTreeMap<String, MarkCount>, ReviewError> {
        self.require(Role::Reader)?;
        let marked = self.desk.open_store()?.marked_clusters().await?;
        Ok(marked.into_iter().collect())
    }

    /// Holds a question, so that nothing deletes it. Fails with [`ReviewError::Problems`] without a note where the reason
    /// says nothing by itself, and with [`ReviewError::NotFound`] when there is none that nobody holds.
    pub async fn hold(
        &self,
        receipt: &Receipt,
        held_for: HeldFor,
        note: &str,
    ) -> Result<(), ReviewError> {
        let what = (ToHold::Question(receipt), "question-held", about(receipt));
        self.hold_those(what, held_for, note).await
    }

    /// Holds all the questions that are in a cluster now, given with the version that was seen; otherwise as
    /// [`Review::hold`].
    pub async fn hold_cluster(
        &self,
        (cluster, version): (&str, i64),
        held_for: HeldFor,
        note: &str,
    ) -> Result<(), ReviewError> {
        self.hold_to(cluster, version).await?;
        let named = format!("cluster/{cluster}");
        let what = (ToHold::Cluster(cluster), "cluster-held", named);
        self.hold_those(what, held_for, note).await
    }

    async fn hold_those(
        &self,
        (what, act, about): (ToHold<'_>, &str, String),
        held_for: HeldFor,
        note: &str,
    ) -> Result<(), ReviewError> {
        self.require(Role::Editor)?;
        let note = why(note);
        if held_for == HeldFor::Other && note.is_empty() {
            let mend = "write why it must be kept";
            let problem = wrong("note", "no reason is given", mend);
            return Err(ReviewError::Problems(vec![problem]));
        }
        let mut audit = self.audit(act, about);
        audit.after = held_for.code().to_owned();
        audit.reason = note.clone();
        let store = self.desk.open_store()?;
        match store.hold(what, held_for, &note, &audit).await? {
            true => Ok(()),
            false => Err(ReviewError::NotFound),
        }
    }

    /// Holds a question no longer; one that whoever asked wants erased is erased then, and whether it was comes back. Fails
    /// with [`ReviewError::NotFound`] when nobody holds it.
    pub async fn release(&self, receipt: &Receipt, reason: &str) -> Result<bool, ReviewError> {
        self.require(Role::Editor)?;
        let store = self.desk.open_store()?;
        let marks = store.marks(receipt).await?.ok_or(ReviewError::NotFound)?;
        let hold = marks.hold.ok_or(ReviewError::NotFound)?;
        let mut audit = self.audit("question-released", about(receipt));
        audit.before = hold.why.code().to_owned();
        audit.reason = why(reason);
        if !store.release(receipt, &audit).await? {
            return Err(ReviewError::NotFound);
        }
        if marks.erase_asked_at.is_none() {
            return Ok(false);
        }
        // Should this fail, it is done with what is past its time.
        let (erased, _) = self.desk.erase_receipt(receipt, false).await?;
        Ok(erased.questions > 0)
    }

    /// Makes the file of a question for the diary, and marks the question as registered. Fails with
    /// [`ReviewError::NotFound`] when there is no such question.
    pub async fn register(&self, receipt: &Receipt) -> Result<Diary, ReviewError> {
        self.require(Role::Editor)?;
        let dossier = self.dossier(receipt).await?;
        let mut audit = self.audit("question-registered", about(receipt));
        let made_at = Timestamp::from_millisecond(audit.at).unwrap_or_default();
        let made = Diary::of(dossier, made_at);
        let diary = made.map_err(|error| StoreError::Corrupt(error.to_string()))?;
        audit.after = format!("sha-256 {}", diary.checksum);
        match self.desk.open_store()?.register(receipt, &audit).await? {
            true => Ok(diary),
            false => Err(ReviewError::NotFound),
        }
    }

    /// Erases what has a receipt, at the wish of whoever holds it; with `all`, everything that was left in the same
    /// conversation. For admins. What that was. Fails with [`ReviewError::NotFound`] when there was nothing.
    pub async fn erase_receipt(
        &self,
        receipt: &Receipt,
        all: bool,
        reason: &str,
    ) -> Result<Erased, ReviewError> {
        self.require(Role::Admin)?;
        let mut audit = self.audit("receipt-erased", about(receipt));
        audit.after = if all { "conversation" } else { "receipt" }.to_owned();
        audit.reason = why(reason);
        let erasing = self.desk.erase_receipt_by(receipt, all, Some(&audit));
        let (erased, _) = erasing.await?;
        match erased.is_any() {
            true => Ok(erased),
            false => Err(ReviewError::NotFound),
        }
    }

    /// Erases all that someone on Discord has left, who is known by their id there. For admins. What that was. Fails with
    /// [`ReviewError::Problems`] when it is no id, or when it cannot be told what they are called in what is kept.
    pub async fn erase_person(&self, id: &str, reason: &str) -> Result<Erased, ReviewError> {
        self.require(Role::Admin)?;
        let naming: Option<&Naming> = self.desk.practice.naming.as_ref();
        let Some(naming) = naming else {
            let mend = "set LOTS_DISCORD_TOKEN to the token of the bot";
            let problem = wrong(
                "id",
                "people on Discord go by names made with a token",
                mend,
            );
            return Err(ReviewError::Problems(vec![problem]));
        };
        let Some(named) = naming.name(id.trim()) else {
            let mend = "give the number that Discord shows as User ID in developer mode";
            let problem = wrong("id", "it is no id of a person on Discord", mend);
            return Err(ReviewError::Problems(vec![problem]));
        };
        // The id leads to a person, and the trail is kept for ever.
        let mut audit = self.audit("person-erased", named.channel.clone());
        audit.reason = why(reason);
        let person = Theirs::Person {
            prefix: &named.prefix,
            channel: &named.channel,
            address: &named.address,
        };
        Ok(self.desk.erase_person_by(&person, Some(&audit)).await?)
    }

    /// What has been deleted in a period. Fails when the database is away.
    pub async fn purged(&self, period: Period) -> Result<Purged, ReviewError> {
        Ok(self.desk.purged(self.staff, period).await?)
    }
}

impl Desk {
    /// Erases what was to be erased while somebody held it and nobody does any longer. Fails when the database is away.
    pub(in crate::desk) async fn erase_released(&self) -> Result<(), StoreError> {
        for receipt in self.open_store()?.released().await? {
            self.erase_receipt(&receipt, false).await?;
        }
        Ok(())
    }
}
