//! The sentences about how much is asked and how it goes.

use serde::Deserialize;

/// `[console.figures]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct FiguresPhrases {
    /// The heading.
    pub heading: String,
    /// What is counted, and what is not.
    pub lead: String,
    /// For those who listen: what the links choose.
    pub choose: String,
    /// Over so many days. `{days}`.
    pub days: String,
    /// For those who listen: what the form does.
    pub filter: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// The kind of the entry that answered.
    pub kind: String,
    /// There is nothing to show, and why.
    pub empty: String,
    /// How many questions.
    pub questions: String,
    /// Those that were answered.
    pub answered: String,
    /// Those about which it was asked back.
    pub offered: String,
    /// Those that were taken to an office.
    pub routed: String,
    /// Those that had no answer.
    pub unknown: String,
    /// Answers that helped.
    pub helpful: String,
    /// Answers that did not.
    pub unhelpful: String,
    /// How many of the judged answers helped.
    pub share_helpful: String,
    /// How many were judged.
    pub judged: String,
    /// Small talk.
    pub small_talk: String,
    /// Steps of guided ways in.
    pub on_paths: String,
    /// A share. `{percent}`.
    pub percent: String,
    /// How much is asked, by day.
    pub asked_by_day: String,
    /// By week.
    pub asked_by_week: String,
    /// By month.
    pub asked_by_month: String,
    /// What can be seen in that. `{when}`, `{count}`.
    pub asked_about: String,
    /// How it goes.
    pub shares: String,
    /// What can be seen in that. `{answered}`, `{offered}`, `{routed}`, `{unknown}`.
    pub shares_about: String,
    /// Whether answers help.
    pub helped: String,
    /// What can be seen in that. `{percent}`, `{judged}`.
    pub helped_about: String,
    /// What opens a table of the same numbers.
    pub table: String,
    /// The column of the days.
    pub when: String,
    /// The entries that are given most.
    pub entries: String,
    /// An entry.
    pub entry: String,
    /// How often it was given.
    pub given: String,
    /// By office.
    pub by_office: String,
    /// No office.
    pub no_office: String,
    /// By language.
    pub by_language: String,
    /// A language that is not clear.
    pub unclear: String,
    /// By channel.
    pub by_channel: String,
    /// By kind.
    pub by_kind: String,
    /// What is asked most without an answer.
    pub clusters: String,
    /// What that is.
    pub clusters_hint: String,
    /// How long it takes.
    pub times: String,
    /// What is counted in that.
    pub times_hint: String,
    /// The column of which questions.
    pub which: String,
    /// Those that staff have answered.
    pub answered_by_staff: String,
    /// Those that wait.
    pub waiting: String,
    /// Half of them within.
    pub median: String,
    /// Nine of ten within.
    pub ninetieth: String,
    /// The longest.
    pub longest: String,
    /// Minutes. `{count}`.
    pub minutes: String,
    /// Hours. `{count}`.
    pub hours: String,
    /// Days. `{count}`.
    pub whole_days: String,
    /// Whether the right office was named.
    pub routing: String,
    /// How often it was. `{percent}`, `{judged}`.
    pub routing_total: String,
    /// Nobody has judged any.
    pub routing_none: String,
    /// The office that was named.
    pub named: String,
    /// How often it was the right one.
    pub right: String,
    /// What share that is.
    pub share_right: String,
    /// What can be taken along.
    pub take: String,
    /// The figures.
    pub take_figures: String,
    /// What they hold.
    pub take_figures_hint: String,
    /// The questions of the log.
    pub take_questions: String,
    /// What they hold, and that it is written down.
    pub take_questions_hint: String,
    /// As a spreadsheet opens it.
    pub excel: String,
    /// As comma-separated values.
    pub csv: String,
    /// As JSON.
    pub json: String,
}
