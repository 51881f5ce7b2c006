//! Tables.

use std::sync::Arc;

use crate::length::{Length, Point};
use crate::scene::{Scene, Stroke};

use super::Document;
use super::blocks::{Stretch, placed};
use super::strip::{Bond, Mark, Strip, level};
use super::style::{
    BETWEEN, BODY, COLUMN, GREY, HAIRLINE, LABEL, PALE, QUESTION, QUIET, Style, TICK,
};

/// The space between two columns.
const GUTTER: Length = Length::mm(4.0);

/// The space over and under the words of a row.
const PADDING: Length = Length::pt(3.5);

/// The least width of a column.
const LEAST: Length = Length::mm(5.0);

/// Rows of cells, under a header that is repeated on every page.
#[derive(Clone, Debug, Default)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    title: String,
    width: Width,
    align: Align,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Width {
    Fixed(Length),
    Share(u32),
}

/// On which side of its column a cell's words stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Where lines begin: at the left, or at the right if they are read from there.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

impl Column {
    /// A column of `width`, its gutter included; without any title in a table there is no header.
    pub fn fixed(title: &str, width: Length) -> Self {
        Self { title: title.to_owned(), width: Width::Fixed(width), align: Align::Left }
    }

    /// A column that takes so many shares of what the fixed ones leave.
    pub fn share(title: &str, shares: u32) -> Self {
        Self { title: title.to_owned(), width: Width::Share(shares), align: Align::Left }
    }

    /// Returns the column with its words on that side.
    pub fn aligned(self, align: Align) -> Self {
        Self { align, ..self }
    }
}

/// What stands in a row under a column: texts, one under the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    texts: Vec<(String, Style)>,
    ticks: bool,
}

impl Cell {
    /// A box to tick.
    pub fn tick() -> Self {
        Self { texts: Vec::new(), ticks: true }
    }

    /// Words in bold.
    pub fn label(words: impl Into<String>) -> Self {
        Self::of(words, LABEL)
    }

    /// Words in the letters of a card.
    pub fn question(words: impl Into<String>) -> Self {
        Self::of(words, QUESTION)
    }

    /// Words in small print.
    pub fn quiet(words: impl Into<String>) -> Self {
        Self::of(words, QUIET)
    }

    /// Returns the cell with another one under it.
    pub fn then(mut self, other: impl Into<Self>) -> Self {
        let other = other.into();
        self.texts.extend(other.texts);
        self.ticks |= other.ticks;
        self
    }

    fn of(words: impl Into<String>, style: Style) -> Self {
        Self { texts: vec![(words.into(), style)], ticks: false }
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Self {
        Self::of(words, BODY)
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        Self::of(words, BODY)
    }
}

impl Table {
    /// The table without a row.
    pub fn new(columns: impl IntoIterator<Item = Column>) -> Self {
        let mut columns: Vec<Column> = columns.into_iter().collect();
        if columns.is_empty() {
            columns.push(Column::share("", 1));
        }
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row; cells that are left out stay empty, and what is too many goes under the last.
    pub fn row<C: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = C>) {
        let mut row: Vec<Cell> = Vec::with_capacity(self.columns.len());
        for cell in cells {
            match row.pop() {
                Some(last) if row.len() + 1 == self.columns.len() => row.push(last.then(cell)),
                last => row.extend(last.into_iter().chain([cell.into()])),
            }
        }
        self.rows.push(row);
    }

    /// Returns where the columns stand on a page of `width`; fixed ones give way where they are
    /// wider than it.
    fn stretches(&self, width: Length) -> Vec<Stretch> {
        let shares = self.columns.iter().map(|column| match column.width {
            Width::Share(shares) => u64::from(shares),
            Width::Fixed(_) => 0,
        });
        let shares = shares.sum::<u64>().max(1) as f64;
        let fixed = self.columns.iter().map(|column| match column.width {
            Width::Fixed(width) => width.max(LEAST),
            Width::Share(_) => LEAST,
        });
        let fixed: Vec<Length> = fixed.collect();
        let taken: Length = fixed.iter().copied().sum();
        let left = (width - taken).max(Length::ZERO);
        let factor = if taken > width { width.ratio(taken) } else { 1.0 };
        let mut stretches = Vec::with_capacity(fixed.len());
        let mut start = Length::ZERO;
        for (at, (column, own)) in self.columns.iter().zip(fixed).enumerate() {
            let more = match column.width {
                Width::Share(count) => left.scaled(f64::from(count) / shares),
                Width::Fixed(_) => Length::ZERO,
            };
            let whole = own.scaled(factor) + more;
            let is_last = at + 1 == self.columns.len();
            let gutter = if is_last { Length::ZERO } else { GUTTER.min(whole / 4) };
            stretches.push(Stretch { left: start, width: whole - gutter });
            start += whole;
        }
        stretches
    }

    /// Returns the titles as a row; none where no column has one.
    fn header(&self) -> Option<Vec<Cell>> {
        let title = |column: &Column| Cell::of(&*column.title, COLUMN);
        let is_titled = self.columns.iter().any(|column| !column.title.is_empty());
        is_titled.then(|| self.columns.iter().map(title).collect())
    }
}

impl Document<'_> {
    /// Adds a table; rows stay whole where a page holds them.
    pub fn table(&mut self, table: &Table) {
        let stretches = table.stretches(self.body.size.width);
        let mut header = None;
        if let Some(titles) = table.header() {
            let strips = self.row(&titles, table, &stretches, Stroke::new(GREY, HAIRLINE * 2));
            let height: Length = strips.iter().map(|strip| strip.height).sum();
            // One that takes half a page would leave no room for what it heads.
            if height <= self.body.size.height / 2 {
                header = Some(self.headers.len());
                self.headers.push(strips.clone());
            }
            let start = self.strips.len();
            strips.into_iter().for_each(|strip| self.push(strip));
            self.hold(start, Bond::Fast);
            self.bond = Bond::Fast;
        }
        for row in &table.rows {
            for strip in self.row(row, table, &stretches, Stroke::new(PALE, HAIRLINE)) {
                self.push(Strip { header, ..strip });
            }
        }
        self.gap = BETWEEN * 2;
        self.bond = Bond::Free;
    }

    /// Returns the strips of a row, with `stroke` under the last.
    fn row(
        &mut self,
        cells: &[Cell],
        table: &Table,
        stretches: &[Stretch],
        stroke: Stroke,
    ) -> Vec<Strip> {
        let mut lines: Vec<Vec<Mark>> = vec![Vec::new()];
        for ((cell, column), stretch) in cells.iter().zip(&table.columns).zip(stretches) {
            if cell.ticks {
                let room = (stretch.width - TICK).max(Length::ZERO);
                let left = match column.align {
                    Align::Left => Length::ZERO,
                    Align::Center => room / 2,
                    Align::Right => room,
                };
                lines[0].push(self.tick(stretch.left + left));
            }
            let mut at = 0;
            for (words, style) in &cell.texts {
                for (text, line) in self.texts(words, *style, stretch.width) {
                    lines.resize_with(lines.len().max(at + 1), Vec::new);
                    let style = self.spec.styled(*style);
                    lines[at].push(placed(text, line, style, *stretch, column.align));
                    at += 1;
                }
            }
        }
        let (last, height) = (lines.len() - 1, self.spec.styled(BODY).leading);
        let strip = |(at, marks)| {
            let bond = match at {
                0 => Bond::Free,
                at if at == 1 || at == last => Bond::Fast,
                _ => Bond::Kept,
            };
            Strip { height, bond, marks, ..Strip::default() }
        };
        let mut strips: Vec<Strip> = lines.into_iter().enumerate().map(strip).collect();
        pad(&mut strips, level(self.body.size.width, stroke), self.texts);
        strips
    }
}

/// Adds the space over and under a row, and the `line` that ends it.
fn pad(strips: &mut [Strip], line: Arc<Scene>, text: u32) {
    if let Some(first) = strips.first_mut() {
        first.height += PADDING;
        first.marks.iter_mut().for_each(|mark| mark.at.y += PADDING);
    }
    if let Some(last) = strips.last_mut() {
        last.height += PADDING + HAIRLINE * 2;
        let at = Point::new(Length::ZERO, last.height - HAIRLINE);
        last.marks.push(Mark { text, at, scene: line });
    }
}
