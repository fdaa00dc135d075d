//! Those who want to be called or written to: whom to call first, and by whom they were.
//!
//! The address of a person is for those who call, and for nobody else: editors of the office that is to call, editors of no
//! office, and admins.

use super::{Review, ReviewError};
use crate::desk::now;
use crate::knowledge::EntryId;
use crate::store::{CallBack, CallBackCount, Role};

/// How many of those who wait are listed.
const LISTED: u32 = 200;

impl Review<'_> {
    /// Those who wait, whom to call first first. For editors; those who work for an office see its own. Fails when the
    /// database is away.
    pub async fn call_backs(&self) -> Result<Vec<CallBack>, ReviewError> {
        self.require(Role::Editor)?;
        let store = self.desk.open_store()?;
        Ok(store.call_backs(self.office_called_for(), LISTED).await?)
    }

    /// How many of them wait, and how many longer than they were promised. Fails when the database is away.
    pub async fn count_call_backs(&self) -> Result<CallBackCount, ReviewError> {
        self.require(Role::Reader)?;
        let store = self.desk.open_store()?;
        let counted = store.count_call_backs(self.office_called_for(), now());
        Ok(counted.await?)
    }

    /// Takes it upon whoever is signed in to call, so that two do not. Fails with [`ReviewError::Changed`] when another
    /// has, and with [`ReviewError::NotFound`] when nobody waits by that name.
    pub async fn take_call_back(&self, id: &str) -> Result<(), ReviewError> {
        let call_back = self.call_back(id).await?;
        let mut audit = self.audit("call-back-taken", about(&call_back));
        audit.after = self.staff.name().to_owned();
        let store = self.desk.open_store()?;
        match store.claim_call_back(id, &audit).await? {
            true => Ok(()),
            false => Err(ReviewError::Changed {
                by: call_back.claimed_by.unwrap_or_default(),
            }),
        }
    }

    /// Whoever is signed in has called: the address is deleted. Fails with [`ReviewError::NotFound`] when nobody waits by
    /// that name.
    pub async fn call_back_handled(&self, id: &str) -> Result<(), ReviewError> {
        let call_back = self.call_back(id).await?;
        let audit = self.audit("call-back-handled", about(&call_back));
        let store = self.desk.open_store()?;
        match store.handle_call_back(id, &audit).await? {
            true => Ok(()),
            false => Err(ReviewError::NotFound),
        }
    }

    /// One of those whom whoever is signed in may call.
    async fn call_back(&self, id: &str) -> Result<CallBack, ReviewError> {
        let mut all = self.call_backs().await?.into_iter();
        all.find(|call_back| call_back.id == id)
            .ok_or(ReviewError::NotFound)
    }

    /// The office that whoever is signed in calls for; `None` for all.
    fn office_called_for(&self) -> Option<&EntryId> {
        let is_admin = self.staff.role() == Role::Admin;
        self.staff.office().filter(|_| !is_admin)
    }
}

/// How the trail names it: by what cannot lead to the one who waits.
fn about(call_back: &CallBack) -> String {
    let begin: String = call_back.id.chars().take(8).collect();
    format!("call-back/{begin} {}", call_back.office)
}
