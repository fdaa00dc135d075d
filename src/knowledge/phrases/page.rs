//! The sentences of the page: the conversation, and what stands around every page.

use serde::Deserialize;

use super::{AccessibilityPhrases, GuidedPhrases, PrivacyPhrases};

/// `[page]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PagePhrases {
    /// The name of the page. `{municipality}`.
    pub title: String,
    /// The link past the head, for those who go by keyboard.
    pub skip: String,
    /// What the links in the head are, for those who listen.
    pub nav_label: String,
    /// What the links in the foot are, for those who listen.
    pub foot_label: String,
    /// The link to all there is to read.
    pub browse_link: String,
    /// The link to a person.
    pub human_link: String,
    /// The link to receipts.
    pub receipt_link: String,
    /// The link to the page in the other language, in that language.
    pub other_language: String,
    /// The foot: what the site is.
    pub foot: String,
    /// The foot on paper. `{date}`, `{address}`.
    pub printed: String,

    /// The heading before the first question.
    pub welcome: String,
    /// The sentence under it.
    pub lead: String,
    /// The same for someone young.
    pub young_welcome: String,
    /// The sentence under that.
    pub young_lead: String,
    /// The link to suggestions for someone young.
    pub young_link: String,
    /// The link back from them.
    pub young_back: String,
    /// What someone young may ask first.
    pub young_suggestions: Vec<String>,
    /// Above what to ask first.
    pub suggestions_label: String,
    /// The heading of a conversation that has begun.
    pub talk_heading: String,
    /// What the list of questions and answers is, for those who listen.
    pub log_label: String,
    /// Before what was asked, for those who listen.
    pub you_said: String,
    /// The question goes to an entry. `{title}`.
    pub about_entry: String,
    /// The link away from that.
    pub about_leave: String,

    /// The label of the field for a question.
    pub ask_label: String,
    /// The same when the conversation has begun.
    pub ask_next: String,
    /// The button that sends a question.
    pub ask_button: String,
    /// Under the field: what not to write.
    pub ask_hint: String,
    /// Under the field, before a link to a person.
    pub ask_human: String,
    /// How to send and how to break a line, where there is a keyboard.
    pub ask_keys: String,
    /// How much more can be written. `{count}`.
    pub count_left: String,
    /// How much too much is written. `{count}`.
    pub count_over: String,
    /// While the answer is on its way.
    pub working: String,
    /// The answer could not be had: no connection.
    pub offline: String,
    /// The answer could not be had: something is wrong here.
    pub trouble: String,

    /// Under a title: the link to the whole entry.
    pub read_more: String,
    /// Whether the answer helped.
    pub helpful_question: String,
    /// It did.
    pub helpful_yes: String,
    /// It did not.
    pub helpful_no: String,
    /// Asks why it did not.
    pub complaint_question: String,
    /// It is about something else.
    pub complaint_wrong_subject: String,
    /// It cannot be understood.
    pub complaint_hard_to_understand: String,
    /// It no longer holds.
    pub complaint_out_of_date: String,
    /// Something is missing.
    pub complaint_incomplete: String,
    /// The label of the field for more.
    pub remark_label: String,
    /// The button that sends why.
    pub remark_button: String,
    /// The label of a receipt code.
    pub receipt_code: String,
    /// The button that copies it.
    pub receipt_copy: String,
    /// It was copied.
    pub receipt_copied: String,
    /// The link to what became of the question.
    pub receipt_follow: String,

    /// What opens the question whether to erase the conversation.
    pub forget_open: String,
    /// Asks whether to erase it, and says what goes.
    pub forget_question: String,
    /// The button that erases.
    pub forget_button: String,
    /// The heading when it is done.
    pub forget_heading: String,
    /// There is no conversation to erase.
    pub forget_nothing: String,
    /// The link to a new conversation.
    pub start_again: String,
    /// The link back to the conversation.
    pub go_back: String,

    /// The heading of the page about receipts.
    pub receipt_heading: String,
    /// The sentence under it.
    pub receipt_lead: String,
    /// The label of the field for a code.
    pub receipt_label: String,
    /// The button that looks it up.
    pub receipt_button: String,
    /// What was written is no code. `{text}`.
    pub receipt_no_code: String,

    /// The heading of the page about people.
    pub human_heading: String,
    /// The sentence under it.
    pub human_lead: String,
    /// Above those who can help with a subject.
    pub human_contacts: String,
    /// The link to every office.
    pub human_offices: String,

    /// The heading when a form was refused.
    pub refused_heading: String,
    /// A form came from another site.
    pub refused_foreign: String,
    /// A form is too old.
    pub refused_old: String,
    /// A form could not be read.
    pub refused_form: String,
    /// What a button leads to is not there any longer.
    pub refused_gone: String,
    /// The heading when there is no such page.
    pub missing_heading: String,
    /// What to do then.
    pub missing_text: String,
    /// The heading when a page cannot be used so.
    pub method_heading: String,
    /// What to do then.
    pub method_text: String,
    /// The heading when something is wrong here.
    pub failed_heading: String,
    /// What to do then.
    pub failed_text: String,
    /// Above where one can go from there.
    pub onward: String,

    /// The guided ways in.
    pub guided: GuidedPhrases,
    /// The page about privacy.
    pub privacy: PrivacyPhrases,
    /// The page about accessibility.
    pub accessibility: AccessibilityPhrases,
}
