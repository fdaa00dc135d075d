//! Every sentence of the bot's own, per language. Residents see these and the entries, nothing else.

mod about;
mod api;
mod browse;
mod callback;
mod console;
mod digest;
mod discord;
mod guided;
mod idea;
mod keeping;
mod open_data;
mod opening;
mod page;
mod reminder;
mod widget;

use serde::Deserialize;

use super::Language;

pub use about::{AccessibilityPhrases, PrivacyPhrases};
pub use api::{ApiPhrases, ProblemWords};
pub use browse::BrowsePhrases;
pub use callback::{BestTimeNames, CallBackPhrases};
pub use console::{
    AccountPhrases, AccountsPhrases, AuditPhrases, CallsPhrases, ChangesPhrases, ClusterPhrases,
    CodesPhrases, ConsolePhrases, DigestsPhrases, DraftsPhrases, FieldWords, FiguresPhrases,
    FramePhrases, FreshnessPhrases, IdeasPhrases, PassOnPhrases, PathsPhrases, QueuePhrases,
    RecordsPhrases, RegressionsPhrases, ReplayPhrases, SettingsPhrases, ShortcutsPhrases,
    SignInPhrases, SignOnPhrases, StatesPhrases,
};
pub use digest::DigestPhrases;
pub use discord::DiscordPhrases;
pub use guided::GuidedPhrases;
pub use idea::IdeaPhrases;
pub use keeping::KeepingPhrases;
pub use open_data::OpenDataPhrases;
pub use opening::{HolidayNames, OpeningPhrases};
pub use page::PagePhrases;
pub use reminder::ReminderPhrases;
pub use widget::{PanelPagePhrases, PanelPhrases, WidgetPhrases};

/// The bot's sentences in one language. `{name}` stands for a value that [`fill`] puts in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Phrases {
    /// First contact: that this is a bot, what it stores and for how long. `{municipality}`, `{days}`.
    pub notice: String,
    /// First contact, until the municipality has adopted the base. `{municipality}`.
    pub unofficial: String,
    /// Above two to four choices.
    pub choice: String,
    /// Below the choices.
    pub choice_hint: String,
    /// No answer, but an office owns the question. `{office}`.
    pub route: String,
    /// No answer and no office.
    pub unknown: String,
    /// No answer, and another body owns the question. Followed by that body's own text.
    pub elsewhere: String,
    /// The question was saved. `{receipt}`, `{days}`.
    pub logged: String,
    /// The question could not be saved just now.
    pub not_logged: String,
    /// lots is resting, and where people can be reached. `{way_in}`.
    pub resting: String,
    /// Where a human can be reached. `{way_in}`.
    pub human: String,
    /// The entry is old or unverified. `{year}`, `{contact}`.
    pub confirm: String,
    /// The same, when no source names a year. `{contact}`.
    pub confirm_no_year: String,
    /// The entry has ended.
    pub ended: String,
    /// The entry has ended and there is something instead. `{title}`.
    pub replaced: String,
    /// The entry's review is overdue. `{date}`, `{contact}`.
    pub overdue: String,
    /// A follow-up asks for something the entry does not say. `{title}`, `{contact}`.
    pub facet_missing: String,
    /// Above the answer to a follow-up. `{title}`.
    pub about: String,
    /// Above the answer to a further question of the same message. `{title}`.
    pub also_asked: String,
    /// A further question of the same message has no answer, but an office owns it. `{question}`, `{office}`.
    pub also_routed: String,
    /// A further question of the same message is another body's. Followed by that body's own text. `{question}`.
    pub also_elsewhere: String,
    /// A crisis answer: that nothing of it is saved.
    pub crisis_private: String,
    /// Below the answer to someone who may be in need. Followed by help lines.
    pub crisis_perhaps: String,
    /// Label of a telephone number.
    pub label_phone: String,
    /// Label of a mail address.
    pub label_email: String,
    /// Label of a web page.
    pub label_website: String,
    /// Label of a place to visit.
    pub label_visit: String,
    /// Label of a postal address.
    pub label_post: String,
    /// Label of the amount.
    pub label_amount: String,
    /// Label of the deadline.
    pub label_deadline: String,
    /// Label of who can apply.
    pub label_applicants: String,
    /// Label of who runs it.
    pub label_organization: String,
    /// Label of the contact.
    pub label_contact: String,
    /// Label of the office.
    pub label_office: String,
    /// Label of the sources.
    pub label_sources: String,
    /// Label of related entries.
    pub label_see_also: String,
    /// Label of what else the entry can answer.
    pub label_facets: String,
    /// When the text was last gone through. `{date}`.
    pub reviewed: String,
    /// At most an amount. `{amount}`.
    pub amount_at_most: String,
    /// Exactly an amount. `{amount}`.
    pub amount_exactly: String,
    /// Between two amounts. `{from}`, `{to}`.
    pub amount_between: String,
    /// A deadline in some days. `{days}`, `{date}`.
    pub deadline_days: String,
    /// A deadline tomorrow. `{date}`.
    pub deadline_tomorrow: String,
    /// A deadline today. `{date}`.
    pub deadline_today: String,
    /// A deadline from an older source: whether it still holds is not confirmed. `{date}`, `{days}`, `{year}`.
    pub deadline_old: String,
    /// All deadlines have passed.
    pub deadline_passed: String,
    /// One can apply at any time.
    pub deadline_open: String,
    /// After a fact from an older source. `{year}`.
    pub from_year: String,
    /// Associations, as applicants.
    pub applicant_association: String,
    /// Networks, as applicants.
    pub applicant_network: String,
    /// Persons, as applicants.
    pub applicant_individual: String,
    /// Companies, as applicants.
    pub applicant_company: String,
    /// Schools, as applicants.
    pub applicant_school: String,
    /// An entry is not for the one who asks, and another helps instead. `{title}`, `{who}`.
    pub only_for: String,
    /// The same, by age. `{title}`, `{from}`, `{to}`.
    pub only_ages: String,
    /// The same, from birth to an age. `{title}`, `{to}`.
    pub only_up_to: String,
    /// The same, for approved associations. `{title}`.
    pub only_approved: String,
    /// The same, for what takes place here. `{title}`, `{municipality}`.
    pub only_here: String,
    /// Before what helps instead.
    pub instead: String,
    /// Between the last two of a list.
    pub and: String,
    /// The names of the months.
    pub months: Vec<String>,
    /// The state of a receipt: nobody has answered yet. `{receipt}`, `{date}`.
    pub receipt_open: String,
    /// The state of a receipt: with an office. `{receipt}`, `{date}`, `{office}`.
    pub receipt_assigned: String,
    /// The state of a receipt: answered. `{receipt}`, `{date}`.
    pub receipt_answered: String,
    /// The state of a receipt: closed without an answer. `{receipt}`.
    pub receipt_closed: String,
    /// No such receipt. `{receipt}`.
    pub receipt_unknown: String,
    /// Receipts cannot be looked up just now.
    pub receipt_unavailable: String,
    /// Asks whether the answer helped.
    pub helpful_question: String,
    /// Thanks for saying that it helped.
    pub helpful_thanks: String,
    /// It did not help, and the question was saved. `{receipt}`.
    pub unhelpful_logged: String,
    /// There is nothing yet that could have helped.
    pub unhelpful_nothing: String,
    /// Everything of this conversation was deleted. `{count}` questions.
    pub erased: String,
    /// All that a person had left was deleted. `{count}` questions.
    pub erased_person: String,
    /// Erasing is not possible just now.
    pub erase_unavailable: String,
    /// The message is too long. `{limit}` characters.
    pub too_long: String,
    /// Nothing was written.
    pub empty: String,
    /// The terminal's first line. `{municipality}`.
    pub terminal_welcome: String,
    /// What one can type in the terminal.
    pub terminal_help: String,
    /// What to ask first; shown in the terminal and on the page.
    pub suggestions: Vec<String>,
    /// What leads into guided ways, for the terminal. `{names}`.
    pub terminal_begin: String,
    /// Goodbye in the terminal.
    pub terminal_bye: String,
    /// What is said on Discord alone.
    pub discord: DiscordPhrases,
    /// The page: the conversation, and what stands around every page.
    pub page: PagePhrases,
    /// The pages of the entries.
    pub browse: BrowsePhrases,
    /// The panel on other sites.
    pub widget: WidgetPhrases,
    /// The console, where staff work. It is the largest of the tables, and phrases are handed on by value while a base is
    /// read.
    pub console: Box<ConsolePhrases>,
    /// What staff are told outside the console.
    pub digest: Box<DigestPhrases>,
    /// What is said to those who want to be called.
    pub callback: CallBackPhrases,
    /// What is said to those who hand over an idea.
    pub idea: IdeaPhrases,
    /// What is said of what is kept about one receipt.
    pub keeping: Box<KeepingPhrases>,
    /// What residents ask, as open data.
    pub open_data: Box<OpenDataPhrases>,
    /// When someone can be reached.
    pub opening: OpeningPhrases,
    /// What is said to those who want to be reminded of a last day.
    pub reminder: ReminderPhrases,
    /// What the API says when it cannot do what it was asked.
    pub api: ApiPhrases,
}

impl Phrases {
    /// A day in words: `25 februari 2027`.
    pub fn date(&self, day: jiff::civil::Date) -> String {
        let month = self.months.get(day.month() as usize - 1);
        let month = month.map_or("", String::as_str);
        format!("{} {month} {}", day.day(), day.year())
    }

    /// The name of a day of the week: `måndag`.
    pub fn weekday(&self, day: super::Day) -> &str {
        let names = &self.callback.weekdays;
        names.get(day as usize).map_or("", String::as_str)
    }

    /// The sentences that the program carries, for a base that has none of its own.
    pub fn built_in(language: Language) -> &'static Phrases {
        super::load::default_phrases(language)
    }
}

/// Puts values into a phrase: every `{name}` that has a value is replaced, the rest stays.
///
/// ```
/// use lots::knowledge::fill;
/// assert_eq!(fill("Hej {name}!", &[("name", "du")]), "Hej du!");
/// ```
pub fn fill(phrase: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(phrase.len() + 32);
    let mut rest = phrase;
    while let Some(start) = rest.find('{') {
        out.push_str(&rest[..start]);
        let after = &rest[start + 1..];
        let value = after.find('}').and_then(|end| {
            values
                .iter()
                .find(|(n, _)| *n == &after[..end])
                .map(|(_, v)| (end, v))
        });
        match value {
            Some((end, value)) => {
                out.push_str(value);
                rest = &after[end + 1..];
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn values_are_not_filled_twice() {
        assert_eq!(fill("{a} {b} {c", &[("a", "{b}"), ("b", "2")]), "{b} 2 {c");
    }
}
