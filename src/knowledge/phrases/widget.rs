//! The sentences of the panel on other sites, and of the page that shows how to get it.

use serde::{Deserialize, Serialize};

/// `[widget]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WidgetPhrases {
    /// The panel itself.
    pub panel: PanelPhrases,
    /// The page that shows how to get it.
    pub page: PanelPagePhrases,
}

/// `[widget.panel]` of a phrases file: what the panel says. The script knows them by these names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelPhrases {
    /// The button that opens the panel.
    pub open: String,
    /// The button that closes it.
    pub close: String,
    /// What the list of all that was said is called, for those who hear the page.
    pub log: String,
    /// The first words of a conversation.
    pub greeting: String,
    /// The first words when the conversation began on another page of the site.
    pub goes_on: String,
    /// Above what one can ask first.
    pub suggestions: String,
    /// Before what the resident wrote, for those who hear the page.
    pub you_asked: String,
    /// Before an answer, for those who hear the page.
    pub answers: String,
    /// While an answer is being fetched.
    pub working: String,
    /// The link to the same conversation page on the site of lots.
    pub whole_page: String,
    /// The link to the page of an entry.
    pub read_more: String,
    /// The button that leads to a person.
    pub human: String,
    /// Asks whether an answer helped.
    pub helpful_question: String,
    /// The button of an answer that helped.
    pub helpful: String,
    /// The button of an answer that did not help.
    pub unhelpful: String,
    /// Asks why not.
    pub why: String,
    /// Why not: it is about something else.
    pub why_wrong_subject: String,
    /// Why not: it is hard to understand.
    pub why_hard_to_understand: String,
    /// Why not: it is out of date.
    pub why_out_of_date: String,
    /// Why not: something is missing.
    pub why_incomplete: String,
    /// The label of the line where one can say more about it.
    pub remark: String,
    /// The button that sends the reason.
    pub send: String,
    /// The button that copies a receipt code.
    pub copy: String,
    /// The code was copied.
    pub copied: String,
    /// The button that shows what became of a saved question.
    pub look_up: String,
    /// The button that begins to erase the conversation.
    pub erase: String,
    /// Asks whether it is to be erased.
    pub erase_sure: String,
    /// The button that erases.
    pub erase_yes: String,
    /// The button that leaves it as it is.
    pub erase_no: String,
    /// How much more can be written. `{count}`.
    pub characters_left: String,
    /// The button that tries again.
    pub again: String,
    /// The device has no connection.
    pub offline: String,
    /// The server does not answer.
    pub unreachable: String,
    /// The site that shows the panel, or the server, does not let it through.
    pub refused: String,
    /// Something went wrong on the server.
    pub broken: String,
}

/// `[widget.page]` of a phrases file: how to show the panel on a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelPagePhrases {
    /// Its title.
    pub heading: String,
    /// What the panel is.
    pub intro: String,
    /// Above the line to paste.
    pub paste: String,
    /// Where to paste it.
    pub paste_text: String,
    /// Above what has to be let through.
    pub needs: String,
    /// What whoever runs lots sets.
    pub origins: String,
    /// What the site's own Content-Security-Policy must hold.
    pub policy: String,
    /// Above what can be changed.
    pub options: String,
    /// The language.
    pub lang: String,
    /// The side.
    pub position: String,
    /// The colour.
    pub colour: String,
    /// The title.
    pub title: String,
    /// A link of the site's own that opens the panel.
    pub link: String,
    /// Opening it from a script.
    pub call: String,
    /// Above what is kept.
    pub privacy: String,
    /// What the panel keeps, and where.
    pub privacy_text: String,
}
