//! By what staff are told outside the console, as the settings say.

use anyhow::Context;

use super::reached_at;
use crate::config::{MailTls, Settings};
use crate::desk::Console;
use crate::outside::{Couriers, Encryption, MailServer, Mailer};
use crate::web;

/// What staff are told by outside the console. Fails when the mail server, or a host that webhooks may stand at, makes no
/// sense.
pub(super) fn couriers(settings: &Settings) -> anyhow::Result<Couriers> {
    let set = &settings.mail;
    let mailer = match (&set.host, &set.from) {
        (Some(host), Some(from)) => {
            let certificate = set.certificate.as_ref().map(|file| {
                let why = || format!("mail.certificate, {}, cannot be read", file.display());
                std::fs::read(file).with_context(why)
            });
            let certificate = certificate.transpose()?;
            let password = set
                .password
                .as_ref()
                .map_or("", |password| password.reveal());
            let server = MailServer {
                host,
                port: set.port(),
                encryption: match set.tls {
                    MailTls::StartTls => Encryption::StartTls,
                    MailTls::Tls => Encryption::Tls,
                    MailTls::None => Encryption::None,
                },
                sign_in: set.user.as_deref().map(|user| (user, password)),
                certificate: certificate.as_deref(),
                from,
                reply_to: set.reply_to.as_deref(),
            };
            Some(Mailer::new(&server).context("[mail] cannot be used")?)
        }
        (_, _) => None,
    };
    let name = concat!("lots/", env!("CARGO_PKG_VERSION"));
    Couriers::new(mailer, &settings.outside.allowed, name).context("outside.allowed cannot be used")
}

/// Where the console is, when pages are served where it is known that staff reach them.
pub(super) fn console(settings: &Settings) -> Option<Console> {
    reached_at(settings).map(|address| Console {
        address,
        home: web::console,
    })
}
