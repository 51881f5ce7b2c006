//! From text to records: which character parts the fields, and where each record begins.

use csv::StringRecord;

use super::card::Row;
use super::fields::{Fields, Quoting};
use super::gather::Problems;
use super::header::Header;
use super::places::Places;
use crate::problem::{Diagnostic, Mark, Text};

/// A table of text whose header is read.
#[derive(Debug)]
pub(super) struct Table {
    pub text: Text,
    pub delimiter: u8,
    pub names: StringRecord,
    pub header: Header,
    /// Where the header begins.
    pub header_row: Row,
    /// Where the rows begin: behind the header.
    rows: Mark,
}

impl Table {
    /// Finds the dialect and the header of `text`; none where there is nothing to read.
    pub fn open(text: Text, problems: &mut Problems) -> Option<Self> {
        let after_hint = delimiter_hint(&text.text);
        let (start, hint) = after_hint.map_or((0, None), |(start, hint)| (start, Some(hint)));
        let start = start + breaks(&text.text[start..]);
        if text.text[start..].trim().is_empty() {
            problems.error(|| empty_file(&text));
            return None;
        }
        let delimiter = hint.unwrap_or_else(|| likely_delimiter(&text.text[start..]));
        let (names, end) = read_one(&text.text[start..], delimiter)?;
        let mark = Mark::START.on_to(&text.text, start);
        let header_row = Row { record: 0, line: mark.line, byte: start as u32 };
        if let Some(fault) = quote_fault(&text.text, start, delimiter) {
            problems.error(|| fault.told(&text, mark));
            return None;
        }
        let rows = mark.on_to(&text.text, start + end);
        let header = Header::new(names.iter());
        Some(Self { text, delimiter, names, header, header_row, rows })
    }

    /// Returns what finds the cells of the table again.
    pub fn places(&self) -> Places {
        Places::Text { text: self.text.clone(), delimiter: self.delimiter }
    }

    /// Calls `each` with every row that is not blank, in order.
    ///
    /// A row with faulty quotes is told and left out; behind a quote that is never closed reading
    /// goes on in the next line, so that one slip does not hide the problems of a whole file.
    pub fn each_row(
        &self,
        problems: &mut Problems,
        mut each: impl FnMut(Row, &StringRecord, &mut Problems),
    ) {
        let mut run = Run { table: self, mark: self.rows, record: 0 };
        while run.read(problems, &mut each) && !problems.are_plenty() {}
    }
}

/// A reading of rows that can begin anew behind a fault.
struct Run<'a> {
    table: &'a Table,
    mark: Mark,
    record: u32,
}

impl Run<'_> {
    /// Reads on from the mark; returns whether an unclosed quote asks for another run.
    fn read(
        &mut self,
        problems: &mut Problems,
        each: &mut impl FnMut(Row, &StringRecord, &mut Problems),
    ) -> bool {
        let text = self.table.text.text.as_str();
        let base = self.mark.byte;
        let mut reader = reader(&text[base..], self.table.delimiter);
        let mut record = StringRecord::new();
        loop {
            let from = base + reader.position().byte() as usize;
            let start = from + breaks(&text[from..]);
            if !matches!(reader.read_record(&mut record), Ok(true)) {
                return false;
            }
            let end = base + reader.position().byte() as usize;
            self.mark = self.mark.on_to(text, start);
            self.record += 1;
            if text.as_bytes()[start..end].contains(&b'"')
                && let Some(fault) = quote_fault(text, start, self.table.delimiter)
            {
                problems.error(|| fault.told(&self.table.text, self.mark));
                match fault.next_line(text) {
                    None => continue,
                    Some(line) => {
                        self.mark = self.mark.on_to(text, line);
                        return true;
                    }
                }
            }
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                let row = Row { record: self.record, line: self.mark.line, byte: start as u32 };
                each(row, &record, problems);
            }
        }
    }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// Reads the first record of `text`; returns it with the byte at which it ends.
fn read_one(text: &str, delimiter: u8) -> Option<(StringRecord, usize)> {
    let mut reader = reader(text, delimiter);
    let mut record = StringRecord::new();
    let found = matches!(reader.read_record(&mut record), Ok(true));
    found.then(|| (record, reader.position().byte() as usize))
}

/// Returns how many bytes of line breaks `text` begins with.
fn breaks(text: &str) -> usize {
    text.bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
}

/// Reads the line `sep=;` that spreadsheets understand; returns the byte behind it, and the mark.
fn delimiter_hint(text: &str) -> Option<(usize, u8)> {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let line = text[..end].trim_start_matches('"');
    let mark = *line.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")).and(
        line.as_bytes().get(4).filter(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()),
    )?;
    let rest = &line[5..];
    let is_alone = rest.trim_matches(['"', ',', ';', '\t', ' ']).is_empty();
    (is_alone && mark != b'"').then_some((end, mark))
}

/// Chooses the mark with which the header reads best.
fn likely_delimiter(text: &str) -> u8 {
    let reads = |delimiter: &u8| {
        let names = read_one(text, *delimiter).map(|(names, _)| names).unwrap_or_default();
        (Header::new(names.iter()).columns.count(), names.len())
    };
    // The last of equals wins: a comma. What stands nowhere parts nothing.
    let there = [b'\t', b';', b','].into_iter().filter(|sign| text.as_bytes().contains(sign));
    there.max_by_key(reads).unwrap_or(b',')
}

fn empty_file(text: &Text) -> Diagnostic {
    Diagnostic::error("empty-file", "the file is empty")
        .at(super::places::whole(&text.source))
        .expected("a header with `category`, `depth` and `prompt`, then one row for each card")
        .help("`deckle new NAME` writes a file to start from")
}

/// What is wrong with the quotes of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum QuoteFault {
    /// The quote at this byte is never closed.
    Unclosed(usize),
    /// Text follows the closing quote at this byte.
    Loose(usize),
    /// Blanks stand before the quote at this byte.
    Blank(usize),
}

fn quote_fault(text: &str, start: usize, delimiter: u8) -> Option<QuoteFault> {
    Fields::new(text, start, delimiter).find_map(|field| match field.quoting {
        Quoting::Closed => None,
        Quoting::Unclosed => Some(QuoteFault::Unclosed(field.span.start)),
        Quoting::Loose(at) => {
            let inside = &text[field.span.start + 1..at];
            let opens = inside.ends_with(['\n', '\r', delimiter as char]);
            let spans = inside.contains(['\n', '\r']);
            let unclosed = opens && spans;
            Some(if unclosed {
                QuoteFault::Unclosed(field.span.start)
            } else {
                QuoteFault::Loose(at)
            })
        }
        Quoting::Bare => {
            let cell = &text[field.span.clone()];
            let inner = cell.trim_start_matches(' ');
            let quoted = inner.len() < cell.len() && inner.starts_with('"');
            quoted.then(|| QuoteFault::Blank(field.span.end - inner.len()))
        }
    })
}

impl QuoteFault {
    fn told(self, text: &Text, mark: Mark) -> Diagnostic {
        let at = |byte: usize| text.origin_from(mark, byte..byte + 1, "");
        match self {
            Self::Unclosed(byte) => {
                Diagnostic::error("unclosed-quote", "a quote opens here and is never closed")
                    .at(at(byte))
                    .help("close it with a second `\"` at the end of the cell, or take it away")
            }
            Self::Loose(byte) => {
                Diagnostic::error("loose-quote", "text goes on behind a closing quote")
                    .at(at(byte))
                    .help("inside a quoted cell write a quote twice: \"Who says \"\"always\"\"?\"")
            }
            Self::Blank(byte) => {
                Diagnostic::error("blank-before-quote", "a blank stands before a quote")
                    .at(at(byte))
                    .help("take the blank away: a quoted cell begins with its quote")
            }
        }
    }

    /// Returns the line from which to read on, where the fault has swallowed others.
    fn next_line(self, text: &str) -> Option<usize> {
        let Self::Unclosed(byte) = self else { return None };
        let end = text[byte..].find(['\n', '\r']).map_or(text.len(), |at| byte + at);
        Some(end + breaks(&text[end..]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_between_fields_is_found_or_told() {
        let mark = |text: &str| likely_delimiter(text);
        assert_eq!(mark("category,depth,prompt"), b',');
        assert_eq!(mark("category;depth;prompt,with;more"), b';');
        assert_eq!(mark("Kategorie\tTiefe\tFrage"), b'\t');
        assert_eq!(mark("What, if anything; or"), b',');
        assert_eq!(delimiter_hint("sep=;\r\na;b"), Some((5, b';')));
        assert_eq!(delimiter_hint("\"SEP=|\"\na|b"), Some((7, b'|')));
        assert_eq!(delimiter_hint("sep=\t\na"), Some((5, b'\t')));
        assert_eq!(delimiter_hint("separate,b"), None);
    }

    #[test]
    fn rows_know_their_lines_whatever_stands_between_them() {
        let text = "sep=,\r\n\r\nprompt,depth\r\n\r\n\"one\r\ntwo\",1\r\n,,,\r\nthree,2";
        let mut problems = Problems::default();
        let table = Table::open(Text::new("t", text.into()), &mut problems).unwrap();
        let mut seen = Vec::new();
        table.each_row(&mut problems, |row, record, _| {
            seen.push((row.record, row.line, record[0].to_owned()));
        });
        assert_eq!(table.header_row.line, 3);
        assert_eq!(seen, [(1, 5, "one\r\ntwo".into()), (3, 8, "three".into())]);
        assert!(!problems.has_errors());
    }
}
