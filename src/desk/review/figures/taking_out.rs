//! The figures and the questions of the log as files to take along.

use jiff::civil::Date;
use serde::Serialize;

use super::{Count, Figures, FiguresWanted, Waits};
use crate::desk::review::{OpenQuestion, Review, ReviewError};
use crate::desk::sheets::{self, Cell, Export};
use crate::knowledge::{EntryId, Knowledge, Language};
use crate::store::{Filter, Role};

/// A figure, by itself: of what time, of which office or the like, and how much it is.
#[derive(Debug, Serialize)]
struct Line {
    figure: &'static str,
    from: Date,
    to: Date,
    /// What it is told apart by: `office`, `language` and so on; empty for all together.
    by: &'static str,
    key: String,
    name: String,
    value: u64,
}

/// A question of the log without what leads to whoever asked it.
#[derive(Debug, Serialize)]
struct Taken {
    asked_at: String,
    state: String,
    reason: String,
    language: String,
    channel: String,
    office: Option<String>,
    wording: String,
    entry: Option<String>,
    answer: Option<String>,
    answered_at: Option<String>,
    complaint: Option<String>,
    remark: Option<String>,
}

const LINE: [&str; 7] = ["figure", "from", "to", "by", "key", "name", "value"];
const TAKEN: [&str; 12] = [
    "asked_at",
    "state",
    "reason",
    "language",
    "channel",
    "office",
    "wording",
    "entry",
    "answer",
    "answered_at",
    "complaint",
    "remark",
];

impl Review<'_> {
    /// The figures of some time as a file: a line for each of them, with whole numbers alone. It holds no wording. Fails
    /// when the database is away.
    pub async fn take_figures(
        &self,
        wanted: &FiguresWanted,
        form: Export,
        language: Language,
    ) -> Result<String, ReviewError> {
        let figures = self.figures_of(wanted).await?;
        let answerer = self.desk.library.current();
        let lines = lines(wanted, &figures, answerer.knowledge(), language);
        Ok(sheets::text(form, &LINE, &lines, |line| {
            vec![
                line.figure.into(),
                line.from.to_string().as_str().into(),
                line.to.to_string().as_str().into(),
                line.by.into(),
                line.key.as_str().into(),
                line.name.as_str().into(),
                Cell::Number(line.value),
            ]
        }))
    }

    /// The questions of the log that were asked in some time as a file, newest first: masked, and without receipts and
    /// conversations. It stands in the trail who took it, and how much. For editors. Fails when the database is away.
    pub async fn take_questions(
        &self,
        wanted: &FiguresWanted,
        form: Export,
    ) -> Result<String, ReviewError> {
        self.require(Role::Editor)?;
        let (since, until) = self.desk.moments(wanted.from, wanted.to);
        let filter = Filter {
            since: Some(since),
            until: Some(until),
            office: wanted.office.clone(),
            language: wanted.language.clone(),
            channel: wanted.channel.clone(),
            ..Filter::default()
        };
        let mut all = self.desk.all_questions(filter).await?;
        all.retain(|q| {
            let kind = q.entry.as_ref().map(EntryId::kind);
            wanted.kind.is_none_or(|wanted| kind == Some(wanted))
        });
        let mut audit = self.audit("questions-exported", "questions".to_owned());
        audit.after = format!("{} – {}: {}", wanted.from, wanted.to, all.len());
        // What cannot be told of in the trail is not given out.
        self.desk.open_store()?.audit(&audit).await?;
        let taken = all.into_iter().map(|question| {
            let entry = question.entry.as_ref().map(ToString::to_string);
            let q = OpenQuestion::from(question);
            Taken {
                asked_at: q.asked_at,
                state: q.state,
                reason: q.reason,
                language: q.language,
                channel: q.channel,
                office: q.office,
                wording: q.wording,
                entry,
                answer: q.answer,
                answered_at: q.answered_at,
                complaint: q.complaint,
                remark: q.remark,
            }
        });
        let taken: Vec<Taken> = taken.collect();
        Ok(sheets::text(form, &TAKEN, &taken, |q| {
            let given = |text: &Option<String>| Cell::from(text.as_deref().unwrap_or_default());
            vec![
                q.asked_at.as_str().into(),
                q.state.as_str().into(),
                q.reason.as_str().into(),
                q.language.as_str().into(),
                q.channel.as_str().into(),
                given(&q.office),
                q.wording.as_str().into(),
                given(&q.entry),
                given(&q.answer),
                given(&q.answered_at),
                given(&q.complaint),
                given(&q.remark),
            ]
        }))
    }
}

/// Every figure as a line of its own.
fn lines(
    wanted: &FiguresWanted,
    figures: &Figures,
    knowledge: &Knowledge,
    language: Language,
) -> Vec<Line> {
    let (from, to) = (wanted.from, wanted.to);
    let mut lines = Vec::new();
    let mut add = |from, to, by, key: &str, name: &str, values: &[(&'static str, Option<u64>)]| {
        for (figure, value) in values {
            let Some(value) = *value else { continue };
            let (key, name) = (key.to_owned(), name.to_owned());
            lines.push(Line {
                figure,
                from,
                to,
                by,
                key,
                name,
                value,
            });
        }
    };
    add(from, to, "", "", "", &counted(&figures.total));
    for (span, count) in &figures.spans {
        add(span.from, span.to, "time", "", "", &counted(count));
    }
    let title = |id: &EntryId| knowledge.title(id, language).to_owned();
    for group in &figures.offices {
        let key = group.of.as_ref().map_or("", EntryId::as_str);
        let name = group.of.as_ref().map(title).unwrap_or_default();
        add(from, to, "office", key, &name, &counted(&group.count));
    }
    for group in &figures.languages {
        add(from, to, "language", &group.of, "", &counted(&group.count));
    }
    for group in &figures.channels {
        add(from, to, "channel", &group.of, "", &counted(&group.count));
    }
    for group in &figures.kinds {
        let name = knowledge.phrases(language).browse.kind(group.of);
        let key = group.of.folder();
        add(from, to, "kind", key, name, &given(&group.count));
    }
    for group in &figures.entries {
        let (key, name) = (group.of.as_str(), title(&group.of));
        add(from, to, "entry", key, &name, &given(&group.count));
    }
    for most in &figures.clusters {
        let name = most.entry.as_ref().map(title).unwrap_or_default();
        let questions = [("questions_without_answer", Some(most.questions))];
        add(from, to, "cluster", &most.cluster, &name, &questions);
    }
    for routed in &figures.routed {
        let (key, name) = (routed.office.as_str(), title(&routed.office));
        let values = [
            ("office_judged", Some(routed.judged)),
            ("office_right", Some(routed.right)),
        ];
        add(from, to, "named_office", key, &name, &values);
    }
    add(
        from,
        to,
        "",
        "",
        "",
        &waited(
            [
                "answered_by_staff",
                "answer_median_minutes",
                "answer_90_percent_minutes",
                "answer_longest_minutes",
            ],
            &figures.answered,
        ),
    );
    add(
        from,
        to,
        "",
        "",
        "",
        &waited(
            [
                "waiting",
                "waiting_median_minutes",
                "waiting_90_percent_minutes",
                "waiting_longest_minutes",
            ],
            &figures.waiting,
        ),
    );
    lines
}

fn counted(count: &Count) -> [(&'static str, Option<u64>); 9] {
    [
        ("questions", Some(count.questions())),
        ("answered", Some(count.answered)),
        ("offered", Some(count.offered)),
        ("routed", Some(count.routed)),
        ("unknown", Some(count.unknown)),
        ("small_talk", Some(count.small_talk)),
        ("on_guided_ways", Some(count.on_paths)),
        ("helpful", Some(count.helpful)),
        ("unhelpful", Some(count.unhelpful)),
    ]
}

fn given(count: &Count) -> [(&'static str, Option<u64>); 3] {
    [
        ("given", Some(count.given())),
        ("helpful", Some(count.helpful)),
        ("unhelpful", Some(count.unhelpful)),
    ]
}

fn waited(names: [&'static str; 4], waits: &Waits) -> [(&'static str, Option<u64>); 4] {
    let [count, median, ninetieth, longest] = names;
    [
        (count, Some(waits.count)),
        (median, waits.median),
        (ninetieth, waits.ninetieth),
        (longest, waits.longest),
    ]
}
