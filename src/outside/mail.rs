//! Sending mail, by a server that the operator names.

use std::error::Error;
use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::notice::Notice;
use super::undelivered::{Fault, Undelivered};

/// The mail server is given so long for each thing that it is asked.
const PATIENCE: Duration = Duration::from_secs(20);

/// A mail server, and in whose name it is asked to send.
#[derive(Clone, Debug)]
pub struct MailServer<'a> {
    /// Its name.
    pub host: &'a str,
    /// Its port.
    pub port: u16,
    /// How the connection is made secure.
    pub encryption: Encryption,
    /// A name and a password.
    pub sign_in: Option<(&'a str, &'a str)>,
    /// A certificate to trust beside those that everyone trusts, as PEM.
    pub certificate: Option<&'a [u8]>,
    /// Who it is from, such as `lots <lots@example.se>`.
    pub from: &'a str,
    /// Where an answer goes, when that is elsewhere.
    pub reply_to: Option<&'a str>,
}

/// How a connection is made secure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// It begins in the open, and nothing is said before it is secure.
    StartTls,
    /// It is secure from the first byte.
    Tls,
    /// It is not: only within one machine.
    None,
}

/// What of a mail server cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum UnusableMail {
    /// An address cannot be read.
    #[error("{0:?} is no mail address; write it as lots@example.se or as Lots <lots@example.se>")]
    Address(String),
    /// The connection could never be made secure.
    #[error("the certificate or the name of the mail server cannot be used: {0}")]
    Tls(#[from] smtp::Error),
}

/// What sends mail.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    reply_to: Option<Mailbox>,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Mailer({})", self.from)
    }
}

/// Whether mail can be sent to an address; whether anyone reads it only mail can tell.
pub fn is_mail_address(text: &str) -> bool {
    // Without a dot it is a name within some network, which is not what anyone means here.
    let is_whole = |address: Address| address.domain().contains('.');
    text.parse().is_ok_and(is_whole)
}

impl Mailer {
    /// What sends by this server. It is not asked anything yet. Fails when an address or the certificate cannot be used.
    pub fn new(server: &MailServer<'_>) -> Result<Mailer, UnusableMail> {
        let mailbox = |text: &str| {
            text.parse()
                .map_err(|_| UnusableMail::Address(text.to_owned()))
        };
        let from: Mailbox = mailbox(server.from)?;
        let secure = || {
            let mut parameters = TlsParameters::builder(server.host.to_owned());
            if let Some(pem) = server.certificate {
                parameters = parameters.add_root_certificate(Certificate::from_pem(pem)?);
            }
            parameters.build()
        };
        let tls = match server.encryption {
            Encryption::StartTls => Tls::Required(secure()?),
            Encryption::Tls => Tls::Wrapper(secure()?),
            Encryption::None => Tls::None,
        };
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host)
            .port(server.port)
            .tls(tls)
            .timeout(Some(PATIENCE))
            .hello_name(ClientId::Domain(from.email.domain().to_owned()));
        if let Some((name, password)) = server.sign_in {
            transport =
                transport.credentials(Credentials::new(name.to_owned(), password.to_owned()));
        }
        Ok(Mailer {
            transport: transport.build(),
            from,
            reply_to: server.reply_to.map(mailbox).transpose()?,
        })
    }

    /// Sends a notice once. `id` is that of the delivery, the same whenever it is tried, so that a mail program can tell that
    /// two are one. Fails when the server does not take it.
    pub(in crate::outside) async fn send(
        &self,
        to: &str,
        id: &str,
        notice: &Notice,
    ) -> Result<(), Undelivered> {
        let to: Address = to.parse().map_err(|_| Undelivered::of(Fault::NotAllowed))?;
        let letter = self.letter(Mailbox::new(None, to), id, notice);
        let letter = letter.map_err(|_| Undelivered::of(Fault::NotAllowed))?;
        match self.transport.send(letter).await {
            Ok(_) => Ok(()),
            Err(error) => Err(undelivered(&error)),
        }
    }

    fn letter(
        &self,
        to: Mailbox,
        id: &str,
        notice: &Notice,
    ) -> Result<Message, lettre::error::Error> {
        let domain = self.from.email.domain();
        let with = |letter: MessageBuilder, name: &'static str, value: String| {
            letter.raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str(name),
                value,
            ))
        };
        let mut letter = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(notice.subject.as_str())
            .message_id(Some(format!("<{id}@{domain}>")))
            .date_now()
            .header(ContentType::TEXT_PLAIN);
        if let Some(reply_to) = &self.reply_to {
            letter = letter.reply_to(reply_to.clone());
        }
        // What sorts mail can tell it from what people write, and nobody answers it by a machine.
        letter = with(letter, "List-Id", format!("<lots.{domain}>"));
        letter = with(letter, "Auto-Submitted", "auto-generated".to_owned());
        letter = with(letter, "X-Auto-Response-Suppress", "All".to_owned());
        letter.body(notice.plain())
    }
}

/// What went wrong. Of what the server says only its code is kept.
fn undelivered(error: &smtp::Error) -> Undelivered {
    let code = error
        .status()
        .map(|code| code.to_string())
        .unwrap_or_default();
    let why = match code.as_str() {
        "530" | "534" | "535" | "538" => Fault::SignIn,
        _ if error.is_permanent() => Fault::Refused,
        _ if error.is_transient() => Fault::Busy,
        _ if error.is_timeout() => Fault::Slow,
        _ if error.is_tls() || error.is_client() || is_insecure(error) => Fault::Insecure,
        _ => Fault::Unreachable,
    };
    Undelivered {
        detail: code,
        ..Undelivered::of(why)
    }
}

/// Whether the connection was there and could not be made secure.
fn is_insecure(error: &smtp::Error) -> bool {
    let mut cause = error.source();
    while let Some(at) = cause {
        let kind = at
            .downcast_ref::<std::io::Error>()
            .map(std::io::Error::kind);
        if kind == Some(std::io::ErrorKind::InvalidData) {
            return true;
        }
        cause = at.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mailer(from: &str) -> Result<Mailer, UnusableMail> {
        Mailer::new(&MailServer {
            host: "127.0.0.1",
            port: 25,
            encryption: Encryption::None,
            sign_in: None,
            certificate: None,
            from,
            reply_to: Some("kontakt@provby.example"),
        })
    }

    #[test]
    fn a_letter_is_one_that_every_mail_program_reads() {
        let notice = Notice {
            subject: "Läget i lots, Provby\r\nBcc: ove@evil.example".to_owned(),
            lines: vec!["Nya frågor: 3.".to_owned()],
            footer: "Det ändras i konsolen.".to_owned(),
            ..Notice::default()
        };
        let to = "ada@provby.example".parse().unwrap();
        let mailer = mailer("Lots på väg <lots@provby.example>").unwrap();
        let letter = mailer
            .letter(to, "7f3k/digest/2026-11-30", &notice)
            .unwrap();
        let text = String::from_utf8(letter.formatted()).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        for line in [
            "To: ada@provby.example",
            "Reply-To: kontakt@provby.example",
            "Message-ID: <7f3k/digest/2026-11-30@provby.example>",
            "List-Id: <lots.provby.example>",
            "Auto-Submitted: auto-generated",
            "Content-Type: text/plain; charset=utf-8",
        ] {
            assert!(head.lines().any(|l| l == line), "{line} in {head}");
        }
        assert!(head.is_ascii() && head.contains("=?utf-8?"), "{head}");
        assert!(!head.lines().any(|l| l.starts_with("Bcc")), "{head}");
        assert!(
            body.contains("Nya fr=C3=A5gor: 3.") || body.contains("Nya frågor: 3."),
            "{body}"
        );
    }

    #[test]
    fn an_address_is_told_from_what_is_none() {
        for address in ["ada@provby.example", "ada.b+lots@mail.provby.example"] {
            assert!(is_mail_address(address), "{address}");
        }
        for text in [
            "",
            "ada",
            "ada@localhost",
            "ada@provby.example, ove@b.example",
            "Ada <a@b.example>",
            "a@b.example\r\nBcc: c@d.example",
        ] {
            assert!(!is_mail_address(text), "{text:?}");
        }
        assert!(mailer("ingen").is_err());
    }
}
