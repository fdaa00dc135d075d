//! The sentences of the panel on other sites, and of the page that shows how to get it.

use serde::{Deserialize, Serialize};

/// `[widget]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct WidgetPhrases {
    /// The panel itself.
    pub panel: PanelPhrases,
    /// The page that shows how to get it.
    pub page: PanelPagePhrases,
}

/// `[widget.panel]` of a phrases file: what the panel says beside what the page says too. The script knows them by these
/// names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelPhrases {
    /// The button that opens the panel.
    pub open: String,
    /// The button that closes it.
    pub close: String,
    /// The first words of a conversation.
    pub greeting: String,
    /// The first words when the conversation began on another page of the site.
    pub goes_on: String,
    /// Before an answer, for those who hear the page.
    pub answers: String,
    /// The link to the same conversation page on the site of lots.
    pub whole_page: String,
    /// The button that leaves it as it is.
    pub forget_not: String,
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
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
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
