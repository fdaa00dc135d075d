//! What someone has left as a file for the diary of the municipality: XML by a small schema, with a checksum of what it
//! says.

use std::io::{self, Write};

use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use sha2::{Digest, Sha256};

use super::dossier::{Dossier, DossierAct};

/// The schema of the file, as an XML Schema.
pub const DIARY_SCHEMA: &str = include_str!("diary.xsd");

/// The name that its elements are in.
const NAMESPACE: &str = "urn:lots:diary:1";
/// Acts of keeping and letting go: not what was done with the matter. The checksum stays the same whatever these are.
const OF_KEEPING: [&str; 4] = [
    "question-held",
    "cluster-held",
    "question-released",
    "question-registered",
];

/// What someone has left, ready for the diary.
#[derive(Clone, Debug, PartialEq)]
pub struct Diary {
    /// What it says, without the acts of keeping.
    pub dossier: Dossier,
    /// When it was made, as RFC 3339 in UTC.
    pub made_at: String,
    /// The SHA-256 of the element `content` as it stands in the file, in hexadecimal.
    pub checksum: String,
    /// The file.
    pub xml: String,
}

impl Diary {
    /// Makes the file. Fails only when there is no memory for it.
    pub(super) fn of(mut dossier: Dossier, made_at: Timestamp) -> io::Result<Diary> {
        dossier
            .acts
            .retain(|act| !OF_KEEPING.contains(&act.act.as_str()));
        let made_at = made_at.to_string();
        let content = content(&dossier)?;
        let hash = Sha256::digest(content.as_bytes());
        let checksum: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut file = Vec::new();
        let mut writer = Writer::new(&mut file);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        writer
            .create_element("diary")
            .with_attributes([("xmlns", NAMESPACE), ("made-at", &made_at)])
            .write_inner_content(|inner| {
                inner.get_mut().write_all(content.as_bytes())?;
                let sum = inner
                    .create_element("checksum")
                    .with_attribute(("algorithm", "sha-256"));
                sum.write_text_content(BytesText::new(&checksum))?;
                Ok(())
            })?;
        Ok(Diary {
            xml: format!("{}\n", text(file)?),
            dossier,
            made_at,
            checksum,
        })
    }
}

/// The element `content`, which says all there is to say.
fn content(dossier: &Dossier) -> io::Result<String> {
    let mut file = Vec::new();
    let mut writer = Writer::new_with_indent(&mut file, b' ', 2);
    writer
        .create_element("content")
        .write_inner_content(|inner| {
            put(inner, "municipality", &[], &dossier.municipality)?;
            put(inner, "receipt", &[], &dossier.receipt)?;
            put(inner, "kind", &[], dossier.kind.code())?;
            put(inner, "received", &[], &dossier.left_at)?;
            put(inner, "channel", &[], &dossier.channel)?;
            put(
                inner,
                "words",
                &[("lang", &dossier.language)],
                &dossier.words,
            )?;
            if let Some(remark) = dossier.remark.as_ref().or(dossier.complaint.as_ref()) {
                let code = dossier.complaint.as_deref().unwrap_or_default();
                put(inner, "complaint", &[("code", code)], remark)?;
            }
            if let Some(office) = &dossier.office {
                put(inner, "office", &[], office)?;
            }
            put(inner, "state", &[], &dossier.state)?;
            if dossier.answer.is_some() || dossier.answered_at.is_some() {
                let given = [
                    ("at", dossier.answered_at.as_deref().unwrap_or_default()),
                    ("by", dossier.answered_by.as_deref().unwrap_or_default()),
                    ("entry", dossier.entry.as_deref().unwrap_or_default()),
                ];
                let answer = dossier.answer.as_deref().unwrap_or_default();
                put(inner, "answer", &given, answer)?;
            }
            for act in &dossier.acts {
                put_act(inner, act)?;
            }
            Ok(())
        })?;
    text(file)
}

fn put_act<W: Write>(writer: &mut Writer<W>, act: &DossierAct) -> io::Result<()> {
    let attributes = [
        ("at", act.at.as_str()),
        ("by", &act.by),
        ("code", &act.act),
        ("before", &act.before),
        ("after", &act.after),
    ];
    put(writer, "act", &attributes, &act.reason)
}

/// An element with attributes, of which those that are empty are left out, and a text.
fn put<W: Write>(
    writer: &mut Writer<W>,
    name: &str,
    attributes: &[(&str, &str)],
    text: &str,
) -> io::Result<()> {
    let given = attributes.iter().filter(|(_, value)| !value.is_empty());
    let given: Vec<(&str, String)> = given.map(|(name, value)| (*name, sound(value))).collect();
    let element = writer.create_element(name);
    let element =
        element.with_attributes(given.iter().map(|(name, value)| (*name, value.as_str())));
    if text.is_empty() {
        element.write_empty()?;
    } else {
        element.write_text_content(BytesText::new(&sound(text)))?;
    }
    Ok(())
}

/// A text without the characters that XML cannot hold.
fn sound(text: &str) -> String {
    let is_sound = |c: char| matches!(c, '\t' | '\n' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let each = text.chars();
    each.map(|c| if is_sound(c) { c } else { '\u{fffd}' })
        .collect()
}

fn text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;
    use crate::desk::dossier::{Kept, LeftKind};

    fn dossier() -> Dossier {
        let act = |act: &str| DossierAct {
            at: "2026-11-24T08:00:00Z".to_owned(),
            act: act.to_owned(),
            by: "editor".to_owned(),
            before: "new".to_owned(),
            after: "assigned offices/byggkontoret".to_owned(),
            reason: "Rätt <kontor>".to_owned(),
        };
        Dossier {
            municipality: "Provby & Co".to_owned(),
            receipt: "7F3K-2QX".to_owned(),
            kind: LeftKind::Question,
            left_at: "2026-11-23T12:00:00Z".to_owned(),
            channel: "web".to_owned(),
            language: "sv".to_owned(),
            words: "Får jag \u{1}bygga\u{ffff}\n]]> en \"altan\"?".to_owned(),
            reason: Some("routed".to_owned()),
            complaint: None,
            remark: None,
            nearest: Vec::new(),
            chosen: Vec::new(),
            office: Some("offices/byggkontoret".to_owned()),
            state: "assigned".to_owned(),
            answer: None,
            entry: None,
            answered_at: None,
            answered_by: None,
            address: None,
            told_by: Vec::new(),
            acts: vec![act("cluster-settled"), act("question-held")],
            kept: Kept {
                rule: "questions-assigned".to_owned(),
                days: 180,
                until: None,
            },
            held: None,
            erasure_asked_at: None,
            registered_at: None,
        }
    }

    #[test]
    fn the_file_can_be_read_and_its_checksum_is_that_of_what_it_says() {
        let diary = Diary::of(dossier(), Timestamp::UNIX_EPOCH).unwrap();
        let from = diary.xml.find("<content>").unwrap();
        let to = diary.xml.find("</content>").unwrap() + "</content>".len();
        let hash = Sha256::digest(&diary.xml.as_bytes()[from..to]);
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash, diary.checksum);
        assert!(diary.xml.contains(&format!(
            "<checksum algorithm=\"sha-256\">{hash}</checksum></diary>"
        )));
        let mut reader = Reader::from_str(&diary.xml);
        let mut acts = 0;
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(element) => acts += usize::from(element.name().as_ref() == "act"),
                _ => {}
            }
        }
        assert_eq!(acts, 1, "{}", diary.xml);
        assert!(diary.xml.contains("Provby &amp; Co"), "{}", diary.xml);
        assert!(!diary.xml.contains(['\u{1}', '\u{ffff}']));
    }

    #[test]
    fn the_checksum_says_whether_two_files_say_the_same() {
        let made = |dossier, at| Diary::of(dossier, Timestamp::from_second(at).unwrap()).unwrap();
        let first = made(dossier(), 1);
        let later = Dossier {
            registered_at: Some("2026-12-01T08:00:00Z".to_owned()),
            ..dossier()
        };
        assert_eq!(made(later, 2).checksum, first.checksum);
        let answered = Dossier {
            answer: Some("Ja.".to_owned()),
            ..dossier()
        };
        assert_ne!(made(answered, 1).checksum, first.checksum);
    }
}
