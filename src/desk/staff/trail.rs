//! The trail of what staff have done.

use jiff::Timestamp;

use super::{Staff, StaffError};
use crate::desk::Desk;
use crate::store::{AuditCheck, AuditFilter, AuditLine, Role};

impl Desk {
    /// The lines of the trail that a filter lets through, newest first. Fails when the database does not answer.
    pub async fn audit_lines(
        &self,
        by: &Staff,
        filter: &AuditFilter,
    ) -> Result<Vec<AuditLine>, StaffError> {
        by.require(Role::Reader)?;
        Ok(self.open_store()?.audit_lines(filter).await?)
    }

    /// Whether the trail is as it was written, or where it is not. Fails when the database does not answer.
    pub async fn verify_audit(&self, by: &Staff) -> Result<AuditCheck, StaffError> {
        by.require(Role::Reader)?;
        Ok(self.open_store()?.verify_audit().await?)
    }

    /// A time in milliseconds UTC as staff read it, where the municipality is: `2026-11-23 09:05`.
    pub fn local_minute(&self, milliseconds: i64) -> String {
        let time = Timestamp::from_millisecond(milliseconds);
        let local = time.map(|t| t.to_zoned_datetime(self.library().zone()));
        local.map_or_else(
            |_| String::new(),
            |t| t.strftime("%Y-%m-%d %H:%M").to_string(),
        )
    }
}
