//! Where the cells of a table stand, worked out only when somebody asks.

use std::ops::Range;
use std::sync::Arc;

use super::card::Row;
use super::fields::Fields;
use crate::problem::{Mark, Origin, Place, Text};

/// What is kept of a table so that its cells can be found again.
#[derive(Clone, Debug)]
pub(super) enum Places {
    /// The whole text and the character between its fields.
    Text { text: Text, delimiter: u8 },
    /// The names of a spreadsheet file and of the sheet in it.
    Sheet { source: Arc<str>, sheet: Arc<str> },
}

impl Places {
    /// Returns the name of the source.
    pub fn source(&self) -> &Arc<str> {
        match self {
            Self::Text { text, .. } => &text.source,
            Self::Sheet { source, .. } => source,
        }
    }

    /// Returns the origin of the source as a whole.
    pub fn whole(&self) -> Origin {
        whole(self.source())
    }

    /// Returns the origin of the field number `field` of `row`; where the row has no such field,
    /// that of the row's end.
    pub fn cell(&self, row: Row, field: usize, label: impl Into<String>) -> Origin {
        match self {
            Self::Text { text, delimiter } => {
                let span = field_span(&text.text, row, field, *delimiter);
                text.origin_from(mark(row), span, label)
            }
            Self::Sheet { sheet, .. } => self.sheet_cell(sheet, row, field),
        }
    }

    /// Returns the origin of the row, its first line marked.
    pub fn row(&self, row: Row, label: impl Into<String>) -> Origin {
        match self {
            Self::Text { text, .. } => {
                let start = row.byte as usize;
                text.origin_from(mark(row), start..text.text.len(), label)
            }
            Self::Sheet { sheet, .. } => self.sheet_cell(sheet, row, 0),
        }
    }

    fn sheet_cell(&self, sheet: &Arc<str>, row: Row, field: usize) -> Origin {
        let cell = cell_name(field, row.line);
        let place = Place::Cell { sheet: sheet.clone(), cell };
        Origin { place, ..self.whole() }
    }
}

/// Returns the origin of `source` as a whole.
pub(super) fn whole(source: &Arc<str>) -> Origin {
    Origin { source: source.clone(), place: Place::Whole, excerpt: None }
}

fn mark(row: Row) -> Mark {
    Mark { byte: row.byte as usize, line: row.line }
}

/// Returns the bytes of a field, without the blanks around it.
pub(super) fn field_span(text: &str, row: Row, field: usize, delimiter: u8) -> Range<usize> {
    let mut end = row.byte as usize;
    for (at, found) in Fields::new(text, end, delimiter).enumerate() {
        if at == field {
            return trimmed(text, found.span);
        }
        end = found.span.end;
    }
    end..end
}

fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let cell = &text[span.clone()];
    let start = span.start + cell.len() - cell.trim_start().len();
    start..start + cell.trim().len()
}

/// Returns the name of a cell as spreadsheets write it, such as `B14`.
fn cell_name(column: usize, row: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| *letter as char).chain(row.to_string().chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_names_that_spreadsheets_give_them() {
        let names = [0, 1, 25, 26, 701, 702].map(|column| cell_name(column, 14));
        assert_eq!(names, ["A14", "B14", "Z14", "AA14", "ZZ14", "AAA14"]);
    }
}
