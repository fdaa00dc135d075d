//! The sentences that are said on Discord alone.

use serde::Deserialize;

/// `[discord]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DiscordPhrases {
    /// The command that asks a question: its description.
    pub describe_ask: String,
    /// The question of that command.
    pub describe_question: String,
    /// The command that leads to people and things to join in.
    pub describe_engage: String,
    /// The command that leads to grants.
    pub describe_grants: String,
    /// The command that leads from an idea to a plan.
    pub describe_idea: String,
    /// The command that leads to a way to have a say.
    pub describe_influence: String,
    /// The command to be called.
    pub describe_call: String,
    /// The command about contacts.
    pub describe_contact: String,
    /// What those commands are about.
    pub describe_about: String,
    /// The command about a receipt.
    pub describe_receipt: String,
    /// The receipt code of that command.
    pub describe_code: String,
    /// The command that erases.
    pub describe_forget: String,
    /// What its option is: a receipt code, when only that is to be deleted.
    pub describe_forget_code: String,
    /// The command that helps.
    pub describe_help: String,
    /// The command for staff.
    pub describe_unanswered: String,
    /// Above a menu of contacts.
    pub contacts: String,
    /// In a menu before something is chosen.
    pub pick: String,
    /// The same where more than one may be chosen.
    pub pick_several: String,
    /// In the menu of what a guided way in has led to.
    pub read_more: String,
    /// The button that opens a form for an answer in one's own words.
    pub write_answer: String,
    /// The button of an answer that helped.
    pub helpful: String,
    /// The button of an answer that did not help.
    pub unhelpful: String,
    /// The button that leads to a person.
    pub human: String,
    /// The button that opens a form for a question.
    pub ask_on: String,
    /// The button of someone who wants to be told of the answer.
    pub tell_me: String,
    /// The button that removes an answer.
    pub remove: String,
    /// The button that shows help lines to whoever presses it.
    pub show_me: String,
    /// The title of the form for a question.
    pub form_title: String,
    /// The label of the question in that form.
    pub form_question: String,
    /// An address was kept. `{receipt}`.
    pub will_tell: String,
    /// An address could not be kept. `{receipt}`.
    pub cannot_tell: String,
    /// Before the answer that someone wanted to be told of.
    pub told: String,
    /// Someone else wants to remove an answer.
    pub not_yours: String,
    /// An answer that is to be removed is gone.
    pub gone: String,
    /// The bot may not do something in a channel. `{permissions}`.
    pub forbidden: String,
    /// The bot may not answer where it was asked. `{permissions}`.
    pub cannot_answer_there: String,
    /// The permission to see a channel.
    pub may_see: String,
    /// The permission to write.
    pub may_write: String,
    /// The permission to show embeds.
    pub may_embed: String,
    /// The permission to read what was written before.
    pub may_read: String,
    /// Too many questions at once. `{seconds}`.
    pub slower: String,
    /// Something went wrong. `{way_in}`.
    pub failed: String,
    /// A button leads to what is not there any longer.
    pub outdated: String,
    /// In a channel, to someone in need who takes no direct messages.
    pub crisis_here: String,
    /// What was given is no receipt code.
    pub no_code: String,
    /// How to erase; what is kept of whom.
    pub erase: String,
    /// What is kept. `{days}`.
    pub privacy: String,
    /// What one can do.
    pub help: String,
    /// Someone else uses the command for staff.
    pub staff_only: String,
    /// Above a new question that could not be answered.
    pub staff_new: String,
    /// A question was asked once.
    pub staff_once: String,
    /// A question was asked several times. `{count}`.
    pub staff_times: String,
    /// Which office most likely owns a question. `{office}`.
    pub staff_office: String,
    /// Above a question that has been dealt with.
    pub staff_answered: String,
    /// How staff answer. `{receipt}`.
    pub staff_how: String,
    /// Above what most people wait for an answer to.
    pub unanswered: String,
    /// Nothing waits for an answer.
    pub unanswered_none: String,
    /// The list cannot be read just now.
    pub unanswered_unavailable: String,
    /// The title of the daily digest.
    pub digest: String,
    /// The figures of the daily digest. `{asked}`, `{answered}`, `{open}`.
    pub digest_figures: String,
}
