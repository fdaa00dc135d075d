//! Every sentence of the bot's own, per language. Residents see these and the entries, nothing else.

mod about;
mod api;
mod browse;
mod page;
mod widget;

use serde::{Deserialize, Serialize};

use super::Language;

pub use about::{AccessibilityPhrases, PrivacyPhrases};
pub use api::{ApiPhrases, ProblemWords};
pub use browse::BrowsePhrases;
pub use page::PagePhrases;
pub use widget::{PanelPagePhrases, PanelPhrases, WidgetPhrases};

/// The bot's sentences in one language. `{name}` stands for a value that [`fill`] puts in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Goodbye in the terminal.
    pub terminal_bye: String,
    /// Discord: the command that asks a question: its description.
    pub discord_describe_ask: String,
    /// Discord: the question of that command.
    pub discord_describe_question: String,
    /// Discord: the command for someone young who wants to begin.
    pub discord_describe_engage: String,
    /// Discord: the command about grants.
    pub discord_describe_grants: String,
    /// Discord: the command about contacts.
    pub discord_describe_contact: String,
    /// Discord: what those commands are about.
    pub discord_describe_about: String,
    /// Discord: the command about a receipt.
    pub discord_describe_receipt: String,
    /// Discord: the receipt code of that command.
    pub discord_describe_code: String,
    /// Discord: the command that erases.
    pub discord_describe_forget: String,
    /// Discord: the command that helps.
    pub discord_describe_help: String,
    /// Discord: the command for staff.
    pub discord_describe_unanswered: String,
    /// Discord: what someone young who wants to begin is taken to ask.
    pub discord_engage: String,
    /// Discord: above a menu of grants.
    pub discord_grants: String,
    /// Discord: above a menu of contacts.
    pub discord_contacts: String,
    /// Discord: in a menu before something is chosen.
    pub discord_pick: String,
    /// Discord: the button of an answer that helped.
    pub discord_helpful: String,
    /// Discord: the button of an answer that did not help.
    pub discord_unhelpful: String,
    /// Discord: the button that leads to a person.
    pub discord_human: String,
    /// Discord: the button that opens a form for a question.
    pub discord_ask_on: String,
    /// Discord: the button of someone who wants to be told of the answer.
    pub discord_tell_me: String,
    /// Discord: the button that removes an answer.
    pub discord_remove: String,
    /// Discord: the button that shows help lines to whoever presses it.
    pub discord_show_me: String,
    /// Discord: the title of the form for a question.
    pub discord_form_title: String,
    /// Discord: the label of the question in that form.
    pub discord_form_question: String,
    /// Discord: an address was kept. `{receipt}`.
    pub discord_will_tell: String,
    /// Discord: an address could not be kept. `{receipt}`.
    pub discord_cannot_tell: String,
    /// Discord: before the answer that someone wanted to be told of.
    pub discord_told: String,
    /// Discord: someone else wants to remove an answer.
    pub discord_not_yours: String,
    /// Discord: an answer that is to be removed is gone.
    pub discord_gone: String,
    /// Discord: the bot may not do something in a channel. `{permissions}`.
    pub discord_forbidden: String,
    /// Discord: the bot may not answer where it was asked. `{permissions}`.
    pub discord_cannot_answer_there: String,
    /// Discord: the permission to see a channel.
    pub discord_may_see: String,
    /// Discord: the permission to write.
    pub discord_may_write: String,
    /// Discord: the permission to show embeds.
    pub discord_may_embed: String,
    /// Discord: the permission to read what was written before.
    pub discord_may_read: String,
    /// Discord: too many questions at once. `{seconds}`.
    pub discord_slower: String,
    /// Discord: something went wrong. `{way_in}`.
    pub discord_failed: String,
    /// Discord: a button leads to what is not there any longer.
    pub discord_outdated: String,
    /// Discord: in a channel, to someone in need who takes no direct messages.
    pub discord_crisis_here: String,
    /// Discord: what was given is no receipt code.
    pub discord_no_code: String,
    /// Discord: how to erase; what is kept of whom.
    pub discord_erase: String,
    /// Discord: what is kept. `{days}`.
    pub discord_privacy: String,
    /// Discord: what one can do.
    pub discord_help: String,
    /// Discord: someone else uses the command for staff.
    pub discord_staff_only: String,
    /// Discord: above a new question that could not be answered.
    pub discord_staff_new: String,
    /// Discord: a question was asked once.
    pub discord_staff_once: String,
    /// Discord: a question was asked several times. `{count}`.
    pub discord_staff_times: String,
    /// Discord: which office most likely owns a question. `{office}`.
    pub discord_staff_office: String,
    /// Discord: above a question that has been dealt with.
    pub discord_staff_answered: String,
    /// Discord: how staff answer. `{receipt}`.
    pub discord_staff_how: String,
    /// Discord: above what most people wait for an answer to.
    pub discord_unanswered: String,
    /// Discord: nothing waits for an answer.
    pub discord_unanswered_none: String,
    /// Discord: the list cannot be read just now.
    pub discord_unanswered_unavailable: String,
    /// Discord: the title of the daily digest.
    pub discord_digest: String,
    /// Discord: the figures of the daily digest. `{asked}`, `{answered}`, `{open}`.
    pub discord_digest_figures: String,
    /// The page: the conversation, and what stands around every page.
    pub page: PagePhrases,
    /// The pages of the entries.
    pub browse: BrowsePhrases,
    /// The panel on other sites.
    pub widget: WidgetPhrases,
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
