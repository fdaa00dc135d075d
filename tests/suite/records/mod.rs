//! What has a receipt: held, erased, shown to whoever holds it, made ready for the diary, and deleted when its time is up.

mod erasing;
mod holding;
mod showing;

use lots::desk::{Desk, Practice, Receipt, Reply, Staff};
use lots::knowledge::Language;
use tempfile::TempDir;

use crate::stage::{ask, bytes_of, desk_of, provby, sqlite};

const NUMBER: &str = "070-174 06 05";

struct Town {
    desk: Desk,
    folder: TempDir,
}

impl Town {
    async fn open() -> Town {
        Town::with(Practice::default()).await
    }

    async fn with(practice: Practice) -> Town {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk_of(provby(), &sqlite(folder.path())).await;
        let desk = desk.with_practice(practice);
        Town { desk, folder }
    }

    async fn asked(&self, conversation: &str, text: &str) -> Receipt {
        ask(&self.desk, conversation, text).await.receipt.unwrap()
    }

    async fn told(&self, receipt: &Receipt) -> String {
        let reply: Reply = self.desk.receipt_state(receipt, Language::Swedish).await;
        reply.answer.plain_text()
    }

    async fn is_there(&self, receipt: &Receipt) -> bool {
        self.desk.dossier(receipt).await.unwrap().is_some()
    }

    fn bytes(&self) -> Vec<u8> {
        bytes_of(self.folder.path())
    }
}

fn admin() -> Staff {
    Desk::command_line()
}
