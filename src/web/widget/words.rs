//! What the panel says: sentences of the base, as the script wants them.

use serde::Serialize;

use crate::answering::Block;
use crate::desk::{Complaint, LONGEST_MESSAGE};
use crate::knowledge::{Language, PanelPhrases, fill};
use crate::web::site::Site;

/// Everything that the panel says of its own in one language. The script knows it by these names.
#[derive(Debug, Serialize)]
pub(super) struct Words {
    language: Language,
    /// The path of the conversation's own page.
    page: String,
    /// How many characters a message may have.
    limit: usize,
    title: String,
    notice: String,
    /// What one can ask first.
    questions: Vec<String>,
    /// How to reach a person.
    person: Vec<Block>,
    /// Why an answer may not have helped: the codes of the API, and what they are called.
    reasons: Vec<(&'static str, String)>,
    ask_label: String,
    ask_button: String,
    label_sources: String,
    label_see_also: String,
    label_facets: String,
    #[serde(flatten)]
    panel: PanelPhrases,
}

impl Words {
    /// The words of a language, as the base in use has them.
    pub(super) fn of(site: &Site, language: Language) -> Words {
        let base = site.base();
        let phrases = base.knowledge().phrases(language);
        let panel = &phrases.widget.panel;
        let municipality = base.knowledge().municipality();
        Words {
            language,
            page: format!("/{language}/"),
            limit: LONGEST_MESSAGE,
            title: fill(&phrases.page.title, &[("municipality", &municipality.name)]),
            notice: site.desk.notice(language),
            questions: phrases.suggestions.clone(),
            person: site.desk.human(language).answer.blocks,
            reasons: Complaint::ALL
                .into_iter()
                .map(|complaint| (complaint.code(), name(complaint, panel).to_owned()))
                .collect(),
            ask_label: phrases.page.ask_label.clone(),
            ask_button: phrases.page.ask_button.clone(),
            label_sources: phrases.label_sources.clone(),
            label_see_also: phrases.label_see_also.clone(),
            label_facets: phrases.label_facets.clone(),
            panel: panel.clone(),
        }
    }
}

fn name(complaint: Complaint, phrases: &PanelPhrases) -> &str {
    match complaint {
        Complaint::WrongSubject => &phrases.why_wrong_subject,
        Complaint::HardToUnderstand => &phrases.why_hard_to_understand,
        Complaint::OutOfDate => &phrases.why_out_of_date,
        Complaint::Incomplete => &phrases.why_incomplete,
    }
}
