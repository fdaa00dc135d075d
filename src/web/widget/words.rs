//! What the panel says: sentences of the base, as the script wants them.

use serde::Serialize;
use serde_json::{Value, json};

use crate::desk::{Complaint, LONGEST_MESSAGE};
use crate::knowledge::{Knowledge, Language, PanelPhrases, fill};
use crate::web::api;
use crate::web::page::reason;
use crate::web::places::Place;
use crate::web::site::Site;

/// Everything that the panel says of its own in one language. Phrases have the names that they have in the base, and the
/// script knows them by those.
#[derive(Debug, Serialize)]
pub(super) struct Words<'a> {
    language: Language,
    title: String,
    notice: String,
    /// What one can ask first.
    questions: &'a [String],
    /// The guided ways in.
    ways: Vec<Value>,
    /// How to reach a person, in the blocks of the API.
    person: Value,
    /// Why an answer may not have helped: the codes of the API, and what they are called.
    complaints: [(&'static str, &'a str); Complaint::ALL.len()],
    /// How many characters a message may have.
    limit: usize,
    /// Where the same conversation has a page of its own.
    whole_page_path: &'static str,
    ask_button: &'a str,
    ask_hint: &'a str,
    ask_label: &'a str,
    complaint_question: &'a str,
    count_left: &'a str,
    forget_button: &'a str,
    forget_open: &'a str,
    forget_question: &'a str,
    guided_check: &'a str,
    guided_missing: &'a str,
    guided_offer: &'a str,
    guided_send: &'a str,
    guided_type_here: &'a str,
    guided_type_instead: &'a str,
    helpful_no: &'a str,
    helpful_question: &'a str,
    helpful_yes: &'a str,
    human_link: &'a str,
    label_facets: &'a str,
    label_see_also: &'a str,
    label_sources: &'a str,
    log_label: &'a str,
    read_more: &'a str,
    receipt_copied: &'a str,
    receipt_copy: &'a str,
    receipt_follow: &'a str,
    remark_button: &'a str,
    remark_label: &'a str,
    suggestions_label: &'a str,
    working: &'a str,
    you_said: &'a str,
    #[serde(flatten)]
    panel: &'a PanelPhrases,
}

impl<'a> Words<'a> {
    /// The words of a language, as a base has them.
    pub(super) fn of(site: &Site, knowledge: &'a Knowledge, language: Language) -> Words<'a> {
        let all = knowledge.phrases(language);
        let page = &all.page;
        let municipality = &knowledge.municipality().name;
        Words {
            language,
            title: fill(&page.title, &[("municipality", municipality)]),
            notice: site.desk.notice(language),
            questions: &all.suggestions,
            ways: site
                .desk
                .ways_in(language)
                .iter()
                .map(|link| json!({ "label": link.label, "code": link.code }))
                .collect(),
            person: json!(api::blocks(site, &site.desk.human(language).answer)),
            complaints: Complaint::ALL.map(|c| (c.code(), reason(c, page))),
            limit: LONGEST_MESSAGE,
            whole_page_path: Place::Talk.path(language),
            ask_button: &page.ask_button,
            ask_hint: &page.ask_hint,
            ask_label: &page.ask_label,
            complaint_question: &page.complaint_question,
            count_left: &page.count_left,
            forget_button: &page.forget_button,
            forget_open: &page.forget_open,
            forget_question: &page.forget_question,
            guided_check: &page.guided.check,
            guided_missing: &page.guided.missing,
            guided_offer: &page.guided.offer,
            guided_send: &page.guided.send,
            guided_type_here: &page.guided.type_here,
            guided_type_instead: &page.guided.type_instead,
            helpful_no: &page.helpful_no,
            helpful_question: &page.helpful_question,
            helpful_yes: &page.helpful_yes,
            human_link: &page.human_link,
            label_facets: &all.label_facets,
            label_see_also: &all.label_see_also,
            label_sources: &all.label_sources,
            log_label: &page.log_label,
            read_more: &page.read_more,
            receipt_copied: &page.receipt_copied,
            receipt_copy: &page.receipt_copy,
            receipt_follow: &page.receipt_follow,
            remark_button: &page.remark_button,
            remark_label: &page.remark_label,
            suggestions_label: &page.suggestions_label,
            working: &page.working,
            you_said: &page.you_said,
            panel: &all.widget.panel,
        }
    }
}
