//! Figures and questions as text to take along: for a spreadsheet, and for programs.

use serde::Serialize;

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// Comma-separated values, safe to open in a spreadsheet.
    Csv,
    /// The same as a Swedish Excel opens it with a double click: with semicolons, and a mark that it is UTF-8.
    Excel,
    /// A JSON array.
    Json,
}

impl Export {
    /// The form with this name: `csv`, `excel` or `json`; `None` for any other.
    pub fn from_code(code: &str) -> Option<Export> {
        match code {
            "csv" => Some(Export::Csv),
            "excel" => Some(Export::Excel),
            "json" => Some(Export::Json),
            _ => None,
        }
    }

    /// The media type of a file in this form.
    pub fn media_type(self) -> &'static str {
        match self {
            Export::Csv | Export::Excel => "text/csv; charset=utf-8",
            Export::Json => "application/json",
        }
    }

    /// How the name of such a file ends.
    pub fn ending(self) -> &'static str {
        match self {
            Export::Csv | Export::Excel => "csv",
            Export::Json => "json",
        }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Text, which no spreadsheet may take for a formula.
    Text(String),
    /// A number, which stays one.
    Number(u64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

/// Rows as text, in a form: as a table, or each as what is made of it for programs.
pub(super) fn text<R: Serialize>(
    form: Export,
    heads: &[&str],
    rows: &[R],
    cells: impl Fn(&R) -> Vec<Cell>,
) -> String {
    let (mark, between) = match form {
        Export::Json => return serde_json::to_string_pretty(rows).unwrap_or_default(),
        Export::Csv => ("", b','),
        Export::Excel => ("\u{feff}", b';'),
    };
    let mut out = csv::WriterBuilder::new()
        .delimiter(between)
        .flexible(true)
        .from_writer(mark.as_bytes().to_vec());
    let mut write = |row: Vec<String>| {
        // Memory takes all that is written, whatever the number of cells.
        if let Err(error) = out.write_record(row) {
            tracing::error!(%error, "a row could not be written");
        }
    };
    write(heads.iter().map(|head| (*head).to_owned()).collect());
    for row in rows {
        write(cells(row).into_iter().map(written).collect());
    }
    let bytes = out.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn written(cell: Cell) -> String {
    match cell {
        Cell::Text(text) => no_formula(&text),
        Cell::Number(number) => number.to_string(),
    }
}

/// A cell that a spreadsheet cannot take for a formula: residents write these (OWASP, CSV injection).
pub(super) fn no_formula(cell: &str) -> String {
    let begins = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if cell.starts_with(begins) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The cells of a table of one column.
    fn read(form: Export, text: &str) -> Vec<String> {
        let text = text.trim_start_matches('\u{feff}');
        let between = if form == Export::Excel { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(between)
            .from_reader(text.as_bytes());
        let rows = reader.records().map(|row| row.unwrap()[0].to_owned());
        rows.collect()
    }

    proptest! {
        #[test]
        fn no_cell_is_taken_for_a_formula_and_none_is_lost(
            cells in proptest::collection::vec("[-=+@\t\r\n＝'\",; a-zåÅ0-9]{0,12}|\\PC{1,20}", 1..6)
        ) {
            for form in [Export::Csv, Export::Excel] {
                let text = text(form, &["cell", "number"], &cells, |cell| vec![cell.as_str().into(), Cell::Number(7)]);
                let back = read(form, &text);
                prop_assert_eq!(back.len(), cells.len());
                for (back, cell) in back.iter().zip(&cells) {
                    prop_assert!(!back.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{back:?}");
                    prop_assert!(back == cell || *back == format!("'{cell}"), "{back:?} of {cell:?}");
                }
            }
        }
    }

    #[test]
    fn a_form_is_as_those_who_read_it_want_it() {
        let rows = ["=1+1", "När; var, hur?"];
        let cells = |row: &&str| vec![Cell::from(*row), Cell::Number(12)];
        let table = |form| text(form, &["a", "b"], &rows, cells);
        assert_eq!(table(Export::Csv), "a,b\n'=1+1,12\n\"När; var, hur?\",12\n");
        assert_eq!(
            table(Export::Excel),
            "\u{feff}a;b\n'=1+1;12\n\"När; var, hur?\";12\n"
        );
        assert_eq!(
            table(Export::Json),
            "[\n  \"=1+1\",\n  \"När; var, hur?\"\n]"
        );
    }
}
