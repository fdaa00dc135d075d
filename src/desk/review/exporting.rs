//! What staff have published, as files: to be looked through in git and merged, after which the files say it themselves.

use crate::desk::Desk;
use crate::knowledge::{Files, lay};

impl Desk {
    /// The files of the base that are other ones with what staff have published, as they are then, by path; none when
    /// nothing is published. Fails when the files of the base cannot be read.
    pub fn published_files(&self) -> anyhow::Result<Files> {
        let files = self.overlay.files()?;
        let laid = lay(&files, &self.overlay.laid().changes());
        Ok(laid.changed(&files))
    }
}
