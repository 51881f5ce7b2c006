//! The balance for people: the two-way table, how to read it, and why it is as it is.

use std::io::{self, Write};
use std::ops::Range;

use clap::builder::styling::Style;
use unicode_width::UnicodeWidthStr;

use super::Balance;
use super::layout::{Column, Layout, folded};
use super::reasons::{Why, reasons};
use crate::cli::show::{clean, depth_style, wrapped};
use crate::deck::Depth;
use crate::select::{TableCell, TableColumn};

/// How wide the table is where nobody knows the room.
const USUAL_WIDTH: usize = 80;

/// The narrowest room that the table is set for.
const NARROWEST: usize = 30;

/// How the balance is told.
#[derive(Clone, Copy)]
pub struct Settings {
    /// The width of the terminal in columns.
    pub width: Option<usize>,
    /// Whether colours are used.
    pub colour: bool,
}

/// Writes the balance.
pub fn write(out: &mut dyn Write, balance: &Balance, settings: Settings) -> io::Result<()> {
    let width = settings.width.unwrap_or(USUAL_WIDTH).max(NARROWEST);
    let table = &balance.table;
    let label = |column: &TableColumn| {
        let mark = if column.is_leaned { "+" } else { "" };
        format!("{mark}{}", clean(&column.label))
    };
    let labels: Vec<String> = table.columns.iter().map(label).collect();
    let rows = table.rows.iter().map(|row| Column {
        head: clean(&row.heading),
        cells: row.cells.iter().collect(),
        sum: &row.all,
    });
    let all = Column {
        head: "all".into(),
        cells: table.columns.iter().map(|column| &column.all).collect(),
        sum: &table.total,
    };
    let columns: Vec<Column> = rows.chain([all]).collect();
    let names =
        labels.iter().map(String::as_str).chain(sums(balance).iter().map(|(name, _)| *name));
    let layout = Layout::new(&names.collect::<Vec<_>>(), &columns, width, balance.is_whole());
    let depths = table.rows.iter().map(|row| Some(row.depth)).chain([None]).collect();
    let page = Page { balance, labels, columns, depths, layout, width, colour: settings.colour };
    page.write(out)
}

/// What a row of sums tells.
type Sum = fn(&TableCell) -> usize;

/// The rows of sums.
const SUMS: [(&str, Sum); 3] =
    [("wanted", |sum| sum.wanted), ("got", |sum| sum.got), ("there", |sum| sum.available)];

/// The rows of sums where all cards are in.
const SUMS_OF_ALL: [(&str, Sum); 2] = [("fair", |sum| sum.wanted), ("there", |sum| sum.available)];

fn sums(balance: &Balance) -> &'static [(&'static str, Sum)] {
    if balance.is_whole() { &SUMS_OF_ALL } else { &SUMS }
}

struct Page<'a> {
    balance: &'a Balance<'a>,
    labels: Vec<String>,
    columns: Vec<Column<'a>>,
    depths: Vec<Option<Depth>>,
    layout: Layout,
    width: usize,
    colour: bool,
}

impl Page<'_> {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let bold = Style::new().bold();
        let quiet = Style::new().dimmed();
        self.paragraph(out, &clean(&self.balance.title()), bold)?;
        self.paragraph(out, &clean(&self.balance.sum()), quiet)?;
        for band in self.layout.bands(self.width) {
            writeln!(out)?;
            self.heads(out, band.clone())?;
            for (row, label) in self.labels.iter().enumerate() {
                self.row(out, label, band.clone(), |at| {
                    self.layout.cell(at, self.columns[at].cells[row])
                })?;
            }
            writeln!(out)?;
            for (name, sum) in sums(self.balance) {
                self.row(out, name, band.clone(), |at| {
                    self.layout.sum(at, sum(self.columns[at].sum))
                })?;
            }
        }
        writeln!(out)?;
        self.paragraph(out, &self.legend(), quiet)?;
        self.reasons(out, &reasons(self.balance))
    }

    /// Says how a cell is read.
    fn legend(&self) -> String {
        let cells = || self.columns.iter().flat_map(|column| &column.cells);
        let mut words = match self.balance.is_whole() {
            true => "2: two cards are there".to_owned(),
            false => format!("2{}5: two cards are chosen of five there are", self.layout.of),
        };
        if cells().any(|cell| cell.wanted != cell.got) {
            words += "; (3): three would be a fair share";
        }
        if let Some(leaning) = self.balance.leaning.filter(|_| self.balance.leans()) {
            words += &format!("; +: leaned on, after {}", leaning.source());
        }
        if cells().any(|cell| **cell == TableCell::default()) {
            words += "; ·: none, and none wanted";
        }
        words + "."
    }

    fn heads(&self, out: &mut dyn Write, band: Range<usize>) -> io::Result<()> {
        let head = |at: usize| folded(&self.columns[at].head, self.layout.columns[at]);
        let heads: Vec<Vec<String>> = band.clone().map(head).collect();
        let lines = heads.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..lines {
            let cells = band.clone().zip(&heads).map(|(at, head)| {
                let text = head.get(line).cloned().unwrap_or_default();
                (at, text, depth_style(self.depths[at]).bold())
            });
            self.line(out, "", cells)?;
        }
        Ok(())
    }

    fn row(
        &self,
        out: &mut dyn Write,
        label: &str,
        band: Range<usize>,
        cell: impl Fn(usize) -> String,
    ) -> io::Result<()> {
        let lines = folded(label, self.layout.labels);
        let first = lines.first().map(String::as_str).unwrap_or_default();
        let look = |text: &str| match text.trim() == "·" {
            true => Style::new().dimmed(),
            false => Style::new(),
        };
        let cells = band.map(|at| (at, cell(at))).map(|(at, text)| {
            let look = look(&text);
            (at, text, look)
        });
        self.line(out, first, cells)?;
        lines.iter().skip(1).try_for_each(|line| writeln!(out, "{line}"))
    }

    /// Writes a line of the grid.
    fn line(
        &self,
        out: &mut dyn Write,
        label: &str,
        cells: impl Iterator<Item = (usize, String, Style)>,
    ) -> io::Result<()> {
        let mut line = padded(label, self.layout.labels);
        let mut owed = String::new();
        for (at, text, look) in cells {
            let text = text.trim_end();
            owed += &self.layout.gap();
            if !text.is_empty() {
                line += &std::mem::take(&mut owed);
                line += &self.painted(text, look);
            }
            owed += &" ".repeat(self.layout.columns[at].saturating_sub(text.width()));
        }
        writeln!(out, "{}", line.trim_end())
    }

    fn reasons(&self, out: &mut dyn Write, reasons: &[Why]) -> io::Result<()> {
        if reasons.is_empty() {
            return Ok(());
        }
        writeln!(out)?;
        let names: Vec<String> = reasons.iter().map(|why| clean(&why.name)).collect();
        let longest = names.iter().map(|name| name.width()).max().unwrap_or(0);
        let room = longest.min((self.width / 3).max(12));
        for (why, name) in reasons.iter().zip(names) {
            let name = folded(&name, room);
            let words = wrapped(&why.words, Some(self.width.saturating_sub(room + 2).max(12)));
            for at in 0..name.len().max(words.len()) {
                let name = name.get(at).map(String::as_str).unwrap_or_default();
                let line = format!("{}  {}", padded(name, room), words.get(at).unwrap_or(&""));
                writeln!(out, "{}", line.trim_end())?;
            }
        }
        Ok(())
    }

    fn paragraph(&self, out: &mut dyn Write, text: &str, look: Style) -> io::Result<()> {
        let mut lines = text.lines().flat_map(|line| wrapped(line, Some(self.width)));
        lines.try_for_each(|line| writeln!(out, "{}", self.painted(line, look)))
    }

    fn painted(&self, text: &str, look: Style) -> String {
        if !self.colour || look == Style::new() || text.trim().is_empty() {
            return text.into();
        }
        format!("{look}{text}{look:#}")
    }
}

/// Returns `text` with spaces behind it up to `width`.
fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
