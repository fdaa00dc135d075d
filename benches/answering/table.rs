//! The numbers as a plain, aligned table.

use std::time::Duration;

use super::measure::Measured;

const HEADINGS: [&str; 9] = [
    "",
    "questions/s",
    "p50",
    "p99",
    "max",
    "ready in",
    "memory",
    "peak",
    "in ten",
];
const NOTES: &str = "questions/s, p50, p99, max: one question after the other; fts5 with the sqlx driver, whose connection has a thread of its\n\
    own. ready in: lots from reading the folder, the others from texts in memory. memory, peak: growth of the resident set until\n\
    ready, and at its highest. in ten: questions whose entry is among the first ten, of those that have one; asked without the\n\
    turns before them";

/// The table of a base.
pub(crate) fn drawn(about: &str, rows: &[(&str, Measured)]) -> String {
    let mut cells: Vec<Vec<String>> = vec![HEADINGS.map(str::to_owned).to_vec()];
    cells.extend(rows.iter().map(|(name, m)| row(name, m)));
    let widths: Vec<usize> = (0..HEADINGS.len())
        .map(|i| {
            cells
                .iter()
                .map(|r| r[i].chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut out = format!("{about}\n");
    for row in &cells {
        let name = format!("{:<width$}", row[0], width = widths[0]);
        let rest: Vec<String> = row
            .iter()
            .zip(&widths)
            .skip(1)
            .map(|(cell, width)| format!("{cell:>width$}"))
            .collect();
        out.push_str(&format!("  {name}  {}\n", rest.join("   ")));
    }
    out.push_str(NOTES);
    out.push('\n');
    out
}

fn row(name: &str, m: &Measured) -> Vec<String> {
    let nanos = |n: u64| time(Duration::from_nanos(n));
    vec![
        name.to_owned(),
        format!("{:.0}", m.per_second),
        nanos(m.p50),
        nanos(m.p99),
        nanos(m.max),
        nanos(m.ready),
        memory(m.memory),
        memory(m.peak),
        format!("{:.0} %", 100.0 * m.in_ten),
    ]
}

/// A time with three digits and its unit.
pub(crate) fn time(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    let (value, unit) = match micros {
        m if m < 1e3 => (m, "µs"),
        m if m < 1e6 => (m / 1e3, "ms"),
        m => (m / 1e6, "s"),
    };
    let digits = if value < 10.0 {
        2
    } else {
        usize::from(value < 100.0)
    };
    format!("{value:.digits$} {unit}")
}

fn memory(kib: u64) -> String {
    format!("{:.1} MiB", kib as f64 / 1024.0)
}
