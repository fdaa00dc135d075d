//! The sentences about which entries are to be gone through.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `[console.freshness]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct FreshnessPhrases {
    /// The heading.
    pub heading: String,
    /// What it is.
    pub lead: String,
    /// Nothing is to be gone through.
    pub none: String,
    /// Nothing of what was chosen is.
    pub none_chosen: String,
    /// One entry is to be gone through.
    pub count_one: String,
    /// So many are. `{count}`.
    pub count: String,
    /// For those who listen: what the form chooses.
    pub filter: String,
    /// Why an entry is to be gone through.
    pub doubt: String,
    /// The office that owns it.
    pub office: String,
    /// All of them.
    pub any: String,
    /// A kind of doubt, and how many there are. `{name}`, `{count}`.
    pub choice: String,
    /// The button that applies the choice.
    pub show: String,
    /// The link to what is one's own office's.
    pub own: String,
    /// The link to everything.
    pub clear: String,
    /// The entry.
    pub entry: String,
    /// When it was last gone through.
    pub reviewed: String,
    /// When it must be gone through again.
    pub review_by: String,
    /// The page after this one.
    pub next: String,
    /// The link to the first page.
    pub first_page: String,
    /// It is not known yet which entries overlap.
    pub working: String,
    /// The heading over dead links that stand in no entry.
    pub beside: String,
    /// What each kind of doubt is called, by its code.
    pub kinds: BTreeMap<String, String>,
    /// What entries can disagree on, by its code.
    pub facts: BTreeMap<String, String>,
    /// What was found behind a link, by its code.
    pub findings: BTreeMap<String, String>,
    /// Another entry says otherwise. `{fact}`, `{own}`, `{others}`; its title follows.
    pub contradicted: String,
    /// One has said that it did not help.
    pub complaints_one: String,
    /// So many have. `{count}`.
    pub complaints: String,
    /// Why, and how many. `{why}`, `{count}`.
    pub complaint: String,
    /// The link to the questions.
    pub questions: String,
    /// A link leads nowhere. `{finding}`, `{since}`; the address stands before it.
    pub dead_link: String,
    /// What the site answers with. `{status}`.
    pub status: String,
    /// Every last day has passed. `{day}`.
    pub passed: String,
    /// It should have been gone through. `{day}`.
    pub overdue: String,
    /// Two entries take each other's questions; the title of the other follows.
    pub overlaps: String,
    /// A question that the other takes. `{question}`.
    pub taken: String,
    /// It is old or unverified, and says so.
    pub unconfirmed: String,
    /// It must be gone through soon. `{day}`.
    pub due_soon: String,
    /// A page has moved for good; the address stands before it, and where it is now after it.
    pub moved: String,
    /// The heading of one. `{title}`.
    pub title: String,
    /// Above why it is to be gone through.
    pub why: String,
    /// Nothing speaks against it.
    pub no_doubt: String,
    /// Above the text.
    pub text: String,
    /// The heading over that it holds, and the button that says so.
    pub holds: String,
    /// What that does.
    pub holds_hint: String,
    /// The field for when it is to be gone through again.
    pub again_by: String,
    /// Between which days. `{first}`, `{last}`.
    pub again_by_hint: String,
    /// The field for why it holds in spite of what speaks against it.
    pub reason: String,
    /// How to write that.
    pub reason_hint: String,
    /// The button that begins to mend it.
    pub mend: String,
    /// What that does.
    pub mend_hint: String,
    /// It is dated. `{title}`.
    pub done: String,
    /// A reason is needed.
    pub reason_needed: String,
    /// The day is not within bounds. `{first}`, `{last}`.
    pub bad_day: String,
    /// The text is not the one that was seen.
    pub changed: String,
}
