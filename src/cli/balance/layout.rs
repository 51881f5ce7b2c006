//! How wide the columns of the table are, and which of them stand side by side.

use unicode_width::UnicodeWidthStr;

use crate::cli::show::wrapped;
use crate::select::TableCell;

/// The space between columns where there is room.
const GAP: usize = 2;

/// A column of numbers.
pub struct Column<'a> {
    /// What stands above it.
    pub head: String,
    /// The numbers, top to bottom.
    pub cells: Vec<&'a TableCell>,
    /// All of them together.
    pub sum: &'a TableCell,
}

/// How many signs the numbers of a column take.
#[derive(Clone, Copy)]
struct Digits {
    got: usize,
    there: usize,
    /// None where nothing else was wanted than was got.
    wanted: Option<usize>,
}

impl Digits {
    fn of(column: &Column) -> Self {
        let length = |number: usize| number.to_string().len();
        let most = |numbers: &mut dyn Iterator<Item = usize>| numbers.map(length).max();
        let cells = || column.cells.iter();
        let sum = column.sum;
        let sums = [sum.wanted, sum.got, sum.available];
        let other = cells().filter(|cell| cell.wanted != cell.got).map(|cell| cell.wanted);
        Self {
            got: most(&mut cells().map(|cell| cell.got).chain(sums)).unwrap_or(1),
            there: most(&mut cells().map(|cell| cell.available)).unwrap_or(1),
            wanted: most(&mut other.into_iter()),
        }
    }

    fn width(self, of: &str) -> usize {
        let there = if of.is_empty() { 0 } else { of.len() + self.there };
        self.got + there + self.wanted.map_or(0, |wanted| wanted + 3)
    }
}

/// A way to write the table in the room there is.
pub struct Layout {
    /// What stands between the cards that are chosen and those there are; nothing where all are
    /// chosen and one number says it.
    pub of: &'static str,
    gap: usize,
    /// How wide the names of the rows are.
    pub labels: usize,
    /// How wide each column is.
    pub columns: Vec<usize>,
    digits: Vec<Digits>,
}

/// How tightly a layout is set.
#[derive(Clone, Copy)]
struct Fit {
    of: &'static str,
    gap: usize,
    whole_heads: bool,
    whole_labels: bool,
}

impl Layout {
    /// The roomiest layout that `width` holds. Where none does, the columns go below one another.
    /// `is_whole` tells that all cards are chosen.
    pub fn new(labels: &[&str], columns: &[Column], width: usize, is_whole: bool) -> Self {
        let fit = |of, gap, whole_heads, whole_labels| {
            let of = if is_whole { "" } else { of };
            Fit { of, gap, whole_heads, whole_labels }
        };
        let fits = [
            fit(" of ", GAP, true, true),
            fit(" of ", GAP, false, true),
            fit(" of ", GAP, false, false),
            fit("/", GAP, false, false),
            fit("/", 1, false, false),
        ];
        let layouts = fits.map(|fit| Self::fitted(labels, columns, fit));
        let found = layouts.into_iter().find(|layout| layout.width() <= width);
        let mut layout =
            found.unwrap_or_else(|| Self::fitted(labels, columns, fit(" of ", GAP, false, false)));
        let spare = width.saturating_sub(layout.width());
        layout.labels = longest(labels.iter().copied()).min(layout.labels + spare).min(WIDEST);
        layout
    }

    fn fitted(labels: &[&str], columns: &[Column], fit: Fit) -> Self {
        let digits: Vec<Digits> = columns.iter().map(Digits::of).collect();
        let words = |text: &str, most: usize| longest(text.split_whitespace()).min(most);
        let head = |head: &str| match fit.whole_heads {
            true => head.width().min(14),
            false => words(head, 10),
        };
        let label = |label: &&str| match fit.whole_labels {
            true => label.width().min(24),
            false => words(label, 13),
        };
        let widths = columns.iter().zip(&digits);
        Self {
            of: fit.of,
            gap: fit.gap,
            labels: labels.iter().map(label).max().unwrap_or(0),
            columns: widths.map(|(at, digits)| digits.width(fit.of).max(head(&at.head))).collect(),
            digits,
        }
    }

    fn width(&self) -> usize {
        self.labels + self.columns.iter().map(|column| column + self.gap).sum::<usize>()
    }

    /// Returns which columns stand side by side, band by band.
    pub fn bands(&self, width: usize) -> Vec<std::ops::Range<usize>> {
        let mut bands = Vec::new();
        let (mut start, mut used) = (0, self.labels);
        for (at, column) in self.columns.iter().enumerate() {
            if at > start && used + self.gap + column > width {
                bands.push(start..at);
                (start, used) = (at, self.labels);
            }
            used += self.gap + column;
        }
        bands.push(start..self.columns.len());
        bands
    }

    /// Returns the space before a column.
    pub fn gap(&self) -> String {
        " ".repeat(self.gap)
    }

    /// Returns a cell of the column numbered `at`.
    pub fn cell(&self, at: usize, cell: &TableCell) -> String {
        let Digits { got, there, .. } = self.digits[at];
        if *cell == TableCell::default() {
            return format!("{:>got$}", "·");
        }
        let numbers = match self.of {
            "" => format!("{:>got$}", cell.got),
            of => format!("{:>got$}{of}{:<there$}", cell.got, cell.available),
        };
        match cell.wanted == cell.got {
            true => numbers,
            false => format!("{numbers} ({})", cell.wanted),
        }
    }

    /// Returns a sum of the column numbered `at`, under the numbers of cards that are chosen.
    pub fn sum(&self, at: usize, sum: usize) -> String {
        format!("{sum:>width$}", width = self.digits[at].got)
    }
}

/// The widest names of rows that are not broken.
const WIDEST: usize = 40;

fn longest<'t>(texts: impl Iterator<Item = &'t str>) -> usize {
    texts.map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// Returns a name in at most three lines no wider than `room`: broken at spaces, and cut where a
/// word or the whole is too long.
pub fn folded(name: &str, room: usize) -> Vec<String> {
    let words: Vec<String> = name.split_whitespace().map(|word| cut(word, room)).collect();
    let joined = words.join(" ");
    let lines = wrapped(&joined, Some(room));
    let mut kept: Vec<String> = lines.iter().take(3).map(|line| line.to_string()).collect();
    if let (true, Some(last)) = (lines.len() > 3, kept.last_mut()) {
        *last = cut(&format!("{last} {}", lines[3]), room);
    }
    kept
}

/// Returns `word`, with its end left out where it is wider than `room`.
fn cut(word: &str, room: usize) -> String {
    if word.width() <= room {
        return word.to_owned();
    }
    let mut kept = String::new();
    for c in word.chars() {
        kept.push(c);
        if kept.width() + 1 > room {
            kept.pop();
            break;
        }
    }
    kept.truncate(kept.trim_end().len());
    kept + "…"
}
