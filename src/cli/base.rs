//! `lots check`, `lots init`, `lots schema`: what the people who write a base need.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use jiff::{Timestamp, ZonedDateTime};
use miette::{GraphicalReportHandler, LabeledSpan, MietteDiagnostic, NamedSource, Report};

use super::print;
use crate::config::Settings;
use crate::desk::{Origin, find, read};
use crate::knowledge::{
    Files, Knowledge, Problem, Severity, check_loaded, front_matter_schema, starter_files,
};

/// Prints every problem; the status is 1 when one is an error.
pub(super) fn check(settings: &Settings, folder: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let origin = folder.map_or_else(|| find(settings.knowledge.as_deref()), Origin::Folder);
    let files = read(&origin)?;
    let loaded = Knowledge::load(&files);
    // The day is that of the municipality; where its base cannot be read at all, that of this machine.
    let today = match &loaded.knowledge {
        Some(knowledge) => knowledge.municipality().local(Timestamp::now()).date(),
        None => ZonedDateTime::now().date(),
    };
    let problems = check_loaded(&files, &loaded, today);
    for problem in &problems {
        print(&drawn(problem, &files)?)?;
    }
    let count = |severity| problems.iter().filter(|p| p.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    print(&format!(
        "{origin}: {} files, {errors} errors, {warnings} warnings\n",
        files.len()
    ))?;
    Ok(if errors > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// A problem as a compiler would draw it: the line, what is wrong with it, what to do.
fn drawn(problem: &Problem, files: &Files) -> anyhow::Result<String> {
    let severity = match problem.severity {
        Severity::Warning => miette::Severity::Warning,
        Severity::Error => miette::Severity::Error,
    };
    let mut diagnostic = MietteDiagnostic::new(format!(
        "{} ({}:{})",
        problem.reason, problem.path, problem.line
    ))
    .with_code(problem.rule)
    .with_severity(severity)
    .with_help(&problem.mend);
    let source = files.get(&problem.path);
    if let Some(text) = source {
        diagnostic = diagnostic.with_label(LabeledSpan::underline(line_span(text, problem.line)));
    }
    let report = Report::new(diagnostic);
    let report = match source {
        Some(text) => report.with_source_code(NamedSource::new(&problem.path, text.clone())),
        None => report,
    };
    let mut out = String::new();
    GraphicalReportHandler::new()
        .with_context_lines(0)
        .render_report(&mut out, report.as_ref())?;
    out.push('\n');
    Ok(out)
}

/// The bytes of a line, from 1, without the spaces around it.
fn line_span(text: &str, line: usize) -> std::ops::Range<usize> {
    let start: usize = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let content = text[start..].lines().next().unwrap_or_default();
    let left = content.len() - content.trim_start().len();
    let width = content
        .trim()
        .chars()
        .take(100)
        .map(char::len_utf8)
        .sum::<usize>();
    start + left..start + left + width
}

/// Writes a small base into a folder that is empty or not there yet.
pub(super) fn init(folder: &Path, name: &str) -> anyhow::Result<ExitCode> {
    let occupied = folder
        .read_dir()
        .is_ok_and(|mut items| items.next().is_some());
    anyhow::ensure!(
        !occupied,
        "{} is not empty; give a folder that does not exist yet, so that nothing is overwritten",
        folder.display()
    );
    let files = starter_files(name, ZonedDateTime::now().date());
    for (path, text) in &files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)
                .with_context(|| format!("{} cannot be made", parent.display()))?;
        }
        std::fs::write(&path, text)
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    print(&format!(
        "{} files written to {folder}.\nRead {folder}/README.md, then try: lots --knowledge {folder}\n",
        files.len(),
        folder = folder.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn schema() -> anyhow::Result<ExitCode> {
    print(&format!(
        "{}\n",
        serde_json::to_string_pretty(&front_matter_schema())?
    ))?;
    Ok(ExitCode::SUCCESS)
}
