//! Spreadsheet files: .xlsx and .ods, read through calamine.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, Ods, Reader, Xlsx};
use csv::StringRecord;

use super::card::Row;
use super::gather::Problems;
use super::header::Header;
use super::places::{Places, whole};
use crate::problem::Diagnostic;

/// The number of columns that a sheet can have.
const WIDEST: usize = 16_384;

/// A sheet whose header is read.
#[derive(Debug)]
pub(super) struct Sheet {
    source: Arc<str>,
    name: Arc<str>,
    pub names: StringRecord,
    pub header: Header,
    pub header_row: Row,
    rows: Vec<(u32, StringRecord)>,
    /// The cells, by row and column, that stand right of the header.
    strays: Vec<(u32, u32)>,
}

/// Returns whether `bytes` begin as spreadsheet files do: as a zip archive, or as an old .xls.
pub(super) fn is_spreadsheet(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || is_old_excel(bytes)
}

fn is_old_excel(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
}

impl Sheet {
    /// Reads the first sheet with the required columns; where there is none, the first that holds
    /// anything at all.
    pub fn open(source: &Arc<str>, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        if is_old_excel(bytes) {
            problems.error(|| old_excel(source));
            return None;
        }
        let Some(sheets) = read_xlsx(bytes).or_else(|| read_ods(bytes)) else {
            problems.error(|| no_spreadsheet(source));
            return None;
        };
        let mut sheets: Vec<Self> =
            sheets.into_iter().filter_map(|cells| Self::new(source, cells)).collect();
        let best = sheets.iter().position(|sheet| sheet.header.columns.missing().next().is_none());
        match best.or(if sheets.is_empty() { None } else { Some(0) }) {
            Some(at) => Some(sheets.swap_remove(at)),
            None => {
                problems.error(|| {
                    Diagnostic::error("empty-file", "no sheet of the file holds anything")
                        .at(whole(source))
                });
                None
            }
        }
    }

    fn new(source: &Arc<str>, mut cells: Cells) -> Option<Self> {
        cells.sort();
        let width = cells.header_width();
        let mut rows = cells.rows(width).into_iter();
        let (line, names) = rows.next()?;
        Some(Self {
            source: source.clone(),
            header: Header::new(names.iter()),
            names,
            header_row: Row { record: 0, line, byte: 0 },
            rows: rows.collect(),
            strays: cells.strays(width),
            name: cells.name.into(),
        })
    }

    /// Returns what finds the cells of the sheet again.
    pub fn places(&self) -> Places {
        Places::Sheet { source: self.source.clone(), sheet: self.name.clone() }
    }

    /// Calls `each` with every row that is not blank, in order.
    pub fn each_row(
        &self,
        problems: &mut Problems,
        mut each: impl FnMut(Row, &StringRecord, &mut Problems),
    ) {
        for (row, column) in &self.strays {
            let place = Row { line: row + 1, ..Row::default() };
            problems.error(|| {
                Diagnostic::error("stray-cell", "this cell stands under no header")
                    .at(self.places().cell(place, *column as usize, ""))
                    .help("give its column a name, or empty the cell")
            });
        }
        for (at, (line, record)) in self.rows.iter().enumerate() {
            each(Row { record: at as u32 + 1, line: *line, byte: 0 }, record, problems);
        }
    }
}

/// The cells of a sheet that hold something, by row and column counted from 0.
struct Cells {
    name: String,
    cells: Vec<(u32, u32, String)>,
}

impl Cells {
    fn push(&mut self, row: u32, column: u32, text: String) {
        if !text.trim().is_empty() && (column as usize) < WIDEST && row < u32::MAX {
            self.cells.push((row, column, text));
        }
    }

    fn sort(&mut self) {
        self.cells.sort_by_key(|(row, column, _)| (*row, *column));
    }

    /// Returns the number of columns up to the last named one in the first row.
    fn header_width(&self) -> u32 {
        let first = self.cells.first().map(|(row, ..)| *row);
        let header = self.cells.iter().take_while(|(row, ..)| Some(*row) == first);
        header.last().map_or(0, |(_, column, _)| column + 1)
    }

    /// Returns the rows by their numbers counted from 1, cut to `width`, so that a stray cell in
    /// the last column of every row does not cost the room of all the empty ones before it.
    fn rows(&self, width: u32) -> Vec<(u32, StringRecord)> {
        let inside = |cells: &[(u32, u32, String)]| {
            let mut record = StringRecord::new();
            for (_, column, text) in cells.iter().filter(|(_, column, _)| *column < width) {
                while record.len() < *column as usize {
                    record.push_field("");
                }
                record.push_field(text);
            }
            (cells[0].0 + 1, record)
        };
        let rows = self.cells.chunk_by(|a, b| a.0 == b.0).map(inside);
        rows.filter(|(_, record)| !record.is_empty()).collect()
    }

    fn strays(&self, width: u32) -> Vec<(u32, u32)> {
        let places = self.cells.iter().map(|(row, column, _)| (*row, *column));
        places.filter(|(_, column)| *column >= width).collect()
    }
}

fn read_xlsx(bytes: &[u8]) -> Option<Vec<Cells>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).ok()?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        // The reader of single cells never makes room for the whole sheet, which a file of a few
        // bytes can claim to be 17 thousand million cells large.
        let Ok(mut reader) = book.worksheet_cells_reader(&name) else { continue };
        let mut cells = Cells { name, cells: Vec::new() };
        while let Some(cell) = reader.next_cell().ok()? {
            let (row, column) = cell.get_position();
            cells.push(row, column, Data::from(cell.get_value().clone()).to_string());
        }
        sheets.push(cells);
    }
    Some(sheets)
}

fn read_ods(bytes: &[u8]) -> Option<Vec<Cells>> {
    let mut book = Ods::new(Cursor::new(bytes)).ok()?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let (top, left) = range.start().unwrap_or_default();
        let mut cells = Cells { name, cells: Vec::new() };
        for (row, column, value) in range.used_cells() {
            cells.push(top + row as u32, left + column as u32, value.to_string());
        }
        sheets.push(cells);
    }
    Some(sheets)
}

fn old_excel(source: &Arc<str>) -> Diagnostic {
    Diagnostic::error("old-excel", "this is an Excel file of the old kind, .xls")
        .at(whole(source))
        .help("open it in a spreadsheet and save it as .xlsx, or as CSV UTF-8")
}

fn no_spreadsheet(source: &Arc<str>) -> Diagnostic {
    Diagnostic::error("no-spreadsheet", "this zip archive holds no spreadsheet that can be read")
        .at(whole(source))
        .expected("a table as .csv, .xlsx or .ods")
        .help("a password on the file has to be taken off first")
}
