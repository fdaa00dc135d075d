//! The accounts of others, which admins see to.

use super::password::Password;
use super::{Staff, StaffError};
use crate::desk::{Desk, now};
use crate::knowledge::{EntryId, EntryKind};
use crate::store::{Account, AccountChange, Changed, NewAccount, Role};

/// How long the name of an account is.
const NAME: std::ops::RangeInclusive<usize> = 2..=40;

impl Desk {
    /// Every account, by name. For admins. Fails when the database does not answer.
    pub async fn accounts(&self, by: &Staff) -> Result<Vec<Account>, StaffError> {
        by.require(Role::Admin)?;
        Ok(self.open_store()?.accounts().await?)
    }

    /// The account of a name. For admins. Fails with [`StaffError::Unknown`] when there is none, and when the database does
    /// not answer.
    pub async fn account(&self, by: &Staff, name: &str) -> Result<Account, StaffError> {
        by.require(Role::Admin)?;
        let account = self.open_store()?.account(name).await?;
        account.ok_or(StaffError::Unknown)
    }

    /// Makes an account. For admins. Fails when the name is taken or could be none, when the base has no such office,
    /// when the password cannot be one, and when the database does not answer.
    pub async fn add_account(
        &self,
        by: &Staff,
        name: &str,
        role: Role,
        office: Option<EntryId>,
        password: &str,
    ) -> Result<(), StaffError> {
        by.require(Role::Admin)?;
        if !is_name(name) {
            return Err(StaffError::BadName);
        }
        let base = self.library().current();
        let is_office =
            |id: &EntryId| id.kind() == EntryKind::Offices && base.knowledge().entry(id).is_some();
        if !office.as_ref().is_none_or(is_office) {
            return Err(StaffError::NoOffice);
        }
        let password = self.hash(Password::parse(password, name)?).await?;
        let new = NewAccount {
            name: name.to_owned(),
            role,
            office,
            password,
        };
        let added = self
            .open_store()?
            .add_account(&new, &by.name, now())
            .await?;
        added.then_some(()).ok_or(StaffError::Taken)
    }

    /// Gives someone another role, and signs them out. For admins. Fails when there is no such account, when nobody else
    /// is admin, when the identity provider decides it, and when the database does not answer.
    pub async fn set_role(&self, by: &Staff, name: &str, role: Role) -> Result<(), StaffError> {
        self.change(by, name, &AccountChange::Role(role)).await
    }

    /// Closes an account, and signs its owner out. For admins. Fails as [`Desk::set_role`] does.
    pub async fn close_account(&self, by: &Staff, name: &str) -> Result<(), StaffError> {
        self.change(by, name, &AccountChange::Close).await
    }

    /// Opens an account that was closed. For admins. Fails as [`Desk::set_role`] does.
    pub async fn reopen_account(&self, by: &Staff, name: &str) -> Result<(), StaffError> {
        self.change(by, name, &AccountChange::Reopen).await
    }

    /// Gives someone a password, and signs them out. For admins. Fails when there is no such account, when it cannot be
    /// a password, and when the database does not answer.
    pub async fn reset_password(
        &self,
        by: &Staff,
        name: &str,
        password: &str,
    ) -> Result<(), StaffError> {
        by.require(Role::Admin)?;
        let hash = self.hash(Password::parse(password, name)?).await?;
        self.change(by, name, &AccountChange::Password(hash)).await
    }

    /// Has the password of someone be enough again, and signs them out: for whoever has lost what gives them their codes.
    /// For admins. Fails when there is no such account, and when the database does not answer.
    pub async fn reset_codes(&self, by: &Staff, name: &str) -> Result<(), StaffError> {
        self.change(by, name, &AccountChange::NoCodes).await
    }

    async fn change(
        &self,
        by: &Staff,
        name: &str,
        change: &AccountChange,
    ) -> Result<(), StaffError> {
        by.require(Role::Admin)?;
        let store = self.open_store()?;
        match store.change_account(name, change, &by.name, now()).await? {
            Changed::Done | Changed::Already => Ok(()),
            Changed::Unknown => Err(StaffError::Unknown),
            Changed::LastAdmin => Err(StaffError::LastAdmin),
            Changed::Elsewhere => Err(StaffError::Elsewhere),
        }
    }
}

/// Whether a text can be the name of an account: small letters, digits, dots, hyphens and underscores, the first a letter.
fn is_name(text: &str) -> bool {
    let allowed = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '.' | '-' | '_');
    NAME.contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn a_name_is_easy_to_type_and_looks_like_no_other() {
        for good in ["bo", "anna.andersson", "anna-b_2"] {
            assert!(is_name(good), "{good}");
        }
        let long = "a".repeat(41);
        for bad in [
            "",
            "a",
            "Anna",
            "anna b",
            "åsa",
            "2anna",
            ".anna",
            "аnna",
            "command line",
            &long,
        ] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
