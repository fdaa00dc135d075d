//! What guided ways in lead along and to, as it goes over the wire.

use serde::Serialize;
use utoipa::ToSchema;

use super::Language;
use super::blocks::Fact;
use crate::answering;
use crate::knowledge;
use crate::web::api::pages::Pages;

/// Something to press in a guided way in.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct Link {
    /// What stands on it.
    label: String,
    /// Where it leads, to ask for with `follow`.
    #[schema(example = "grants.approved.event")]
    code: String,
    /// What it is for.
    kind: LinkKind,
}

/// The guided ways in.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct Paths {
    /// The language of the titles.
    language: Language,
    /// Each of them.
    paths: Vec<Way>,
}

/// A guided way in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Path)]
pub(in crate::web::api) struct Way {
    /// Its name, the same in every language.
    #[schema(example = "grants")]
    name: String,
    /// What it is called.
    #[schema(example = "Find a grant")]
    title: String,
    /// Where it begins, to ask for with `follow`.
    #[schema(example = "grants")]
    code: String,
}

impl Paths {
    /// What leads into each way in, as it goes over the wire.
    pub(in crate::web::api) fn of(
        links: Vec<answering::Link>,
        language: knowledge::Language,
    ) -> Paths {
        let way = |link: answering::Link| Way {
            // Where nothing has been answered yet, the code is the name.
            name: link.code.clone(),
            title: link.label,
            code: link.code,
        };
        Paths {
            language: language.into(),
            paths: links.into_iter().map(way).collect(),
        }
    }
}

/// What something to press is for.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::web::api) enum LinkKind {
    /// One of the answers to the step.
    Option,
    /// Whoever is asked does not know.
    Unsure,
    /// Back to the step before.
    Back,
    /// Out of the way in.
    Stop,
    /// Into a way in.
    Begin,
    /// To hand something to staff.
    Send,
}

/// How well something fits what someone has said.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::web::api) enum Fit {
    /// It fits.
    Fits,
    /// It fits but for what can be mended, or is not known.
    Nearly,
    /// It does not.
    Not,
}

/// An entry that a guided way in has led to, and why.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct Match {
    /// The entry, to ask for with `show`.
    #[schema(example = "grants/lovpeng")]
    entry: String,
    /// The address of its page.
    url: String,
    /// Its title.
    title: String,
    /// What it is, in a sentence.
    about: String,
    /// Why it is shown, or why it does not fit.
    because: Vec<String>,
    /// What is missing first.
    missing: Vec<String>,
    /// What is to be made sure of.
    check: Vec<String>,
    /// What must be ready.
    prepare: Vec<String>,
    /// Amount, last day and so on.
    facts: Vec<Fact>,
}

impl Match {
    pub(super) fn of(found: answering::Match, pages: &Pages<'_>) -> Match {
        Match {
            url: pages.entry(&found.entry),
            entry: found.entry.to_string(),
            title: found.title,
            about: found.about,
            because: found.because,
            missing: found.missing,
            check: found.check,
            prepare: found.prepare,
            facts: found.facts.into_iter().map(Fact::from).collect(),
        }
    }
}

impl From<answering::Link> for Link {
    fn from(link: answering::Link) -> Link {
        Link {
            label: link.label,
            code: link.code,
            kind: match link.kind {
                answering::LinkKind::Option => LinkKind::Option,
                answering::LinkKind::Unsure => LinkKind::Unsure,
                answering::LinkKind::Back => LinkKind::Back,
                answering::LinkKind::Stop => LinkKind::Stop,
                answering::LinkKind::Begin => LinkKind::Begin,
                answering::LinkKind::Send => LinkKind::Send,
            },
        }
    }
}

impl From<answering::Fit> for Fit {
    fn from(fit: answering::Fit) -> Fit {
        match fit {
            answering::Fit::Fits => Fit::Fits,
            answering::Fit::Nearly => Fit::Nearly,
            answering::Fit::Not => Fit::Not,
        }
    }
}
