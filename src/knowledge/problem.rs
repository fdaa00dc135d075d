//! What is wrong with a knowledge base, said so that the person who wrote it can mend it.

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The base can be used, but someone should look at it.
    Warning,
    /// The base must not be used, or part of it cannot be read.
    Error,
}

/// One thing to mend in a file of the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The file, relative to the base folder.
    pub path: String,
    /// The line it concerns, from 1.
    pub line: usize,
    /// A short name of the rule that was broken, such as `dangling-id`.
    pub rule: &'static str,
    /// What is wrong and why that matters.
    pub reason: String,
    /// What to do about it.
    pub mend: String,
}

impl Problem {
    /// A problem that stops the base from being used.
    pub fn error(
        path: &str,
        line: usize,
        rule: &'static str,
        reason: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Problem {
            severity: Severity::Error,
            path: path.to_owned(),
            line,
            rule,
            reason: reason.into(),
            mend: mend.into(),
        }
    }

    /// A problem that someone should look at.
    pub fn warning(
        path: &str,
        line: usize,
        rule: &'static str,
        reason: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Problem {
            severity: Severity::Warning,
            ..Problem::error(path, line, rule, reason, mend)
        }
    }
}

/// The line, from 1, where `needle` first stands in `text`; 1 when it does not.
pub(crate) fn line_of(text: &str, needle: &str) -> usize {
    text.lines()
        .position(|l| l.contains(needle))
        .map_or(1, |i| i + 1)
}

/// The line, from 1, of a byte offset in `text`.
pub(crate) fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
}
