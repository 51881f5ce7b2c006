//! The balance of a deck as a picture: categories down, depths across, in the look of the chart.
//!
//! Every number of cards hangs on the axis of its column; how many there are stands behind it,
//! smaller. Land lies under the numbers that are not those wanted.

use crate::deck::Depth;
use crate::font::{FontStore, Role};
use crate::length::{Length, Point, Rect, Size};
use crate::scene::{Ink, Item, Page, Path, Scene, Shape, Stroke};
use crate::select::{Table, TableCell, TableColumn};
use crate::typeset::{Anchor, Line, LineStyle};

use super::{inks, rings};

/// The space around everything.
const MARGIN: Length = Length::mm(12.0);
/// The height of a row.
const ROW: Length = Length::mm(7.0);
/// How far the baseline of a row stands below its middle.
const SINK: Length = Length::mm(1.25);
/// The space between columns.
const GAP: Length = Length::mm(8.0);
/// The space between the parts of a cell.
const SPACE: Length = Length::mm(1.1);
/// The widest label and the widest title.
const WIDEST: [Length; 2] = [Length::mm(80.0), Length::mm(180.0)];
/// How wide the name of a depth gets before it is broken.
const NAME: Length = Length::mm(24.0);
/// The space between the lines of a name.
const LEADING: Length = Length::mm(3.9);
/// The scale of the rings.
const RINGS: f64 = 0.8;

/// The ink of what is read second.
const QUIET: Ink = Ink::new([0x5C, 0x5C, 0x5C], [0, 0, 0, 75]);
/// The ink of rules between rows.
const HAIR: Ink = Ink::new([0xD4, 0xD4, 0xD4], [0, 0, 0, 20]);

const TITLE: LineStyle = LineStyle::new(Role::Prompt, Length::pt(17.0));
const UNDER: LineStyle = LineStyle::new(Role::Italic, Length::pt(10.0));
const LABEL: LineStyle = LineStyle::new(Role::Small, Length::pt(9.5));
const HEAD: LineStyle = LineStyle::new(Role::Label, Length::pt(9.0));
const GOT: LineStyle = LineStyle::new(Role::Label, Length::pt(9.5));
const OF: LineStyle = LineStyle::new(Role::Small, Length::pt(7.5)).inked(QUIET);
const WANTED: LineStyle = LineStyle::new(Role::Small, Length::pt(7.5));

/// The words above the table.
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a> {
    /// The title.
    pub title: &'a str,
    /// What was chosen, in a line.
    pub sum: &'a str,
}

/// A table that is drawn.
#[derive(Clone, Debug)]
pub struct DrawnTable {
    /// The page, as large as what is on it.
    pub page: Page,
    /// The characters that no font has.
    pub missing: String,
}

/// Draws `table` under its heading.
pub fn draw(table: &Table, heading: Heading, fonts: &FontStore) -> DrawnTable {
    let mut pen = Pen { scene: Scene::default(), missing: String::new(), fonts };
    let label = |column: &TableColumn| {
        let mark = if column.is_leaned { "+" } else { "" };
        (format!("{mark}{}", column.label), LABEL)
    };
    let sums = SUMS.iter().map(|(name, _)| ((*name).to_owned(), LABEL.inked(QUIET)));
    let labels = table.columns.iter().map(label).chain(sums);
    let labels: Vec<Line> =
        labels.map(|(label, style)| pen.fitting(&label, style, WIDEST[0])).collect();
    let columns = columns(table, &mut pen);
    let plan = Plan::new(&labels, columns, table.columns.len());
    let top = pen.heading(heading);
    plan.draw(&labels, top, &mut pen)
}

/// What a row of sums tells.
type Sum = fn(&TableCell) -> usize;

/// The rows of sums.
const SUMS: [(&str, Sum); 3] =
    [("wanted", |sum| sum.wanted), ("got", |sum| sum.got), ("there", |sum| sum.available)];

fn columns(table: &Table, pen: &mut Pen) -> Vec<Column> {
    let rows = table.rows.iter().map(|row| {
        let head = pen.folded(&row.heading);
        Column::new(Some(row.depth), head, (row.cells.iter(), &row.all), pen)
    });
    let mut columns: Vec<Column> = rows.collect();
    let cells = table.columns.iter().map(|column| &column.all);
    let head = vec![pen.fitting("all", HEAD, NAME)];
    columns.push(Column::new(None, head, (cells, &table.total), pen));
    columns
}

/// A number of cards, set.
struct Cell {
    got: Line,
    of: Option<Line>,
    wanted: Option<Line>,
}

/// A column, set.
struct Column {
    depth: Option<Depth>,
    head: Vec<Line>,
    cells: Vec<Option<Cell>>,
    /// The widths of the parts of its cells.
    parts: [Length; 3],
}

impl Column {
    fn new<'t>(
        depth: Option<Depth>,
        head: Vec<Line>,
        (cells, sum): (impl Iterator<Item = &'t TableCell>, &TableCell),
        pen: &mut Pen,
    ) -> Self {
        let cells = cells.map(|cell| pen.cell(cell));
        let mut cells: Vec<Option<Cell>> = cells.collect();
        cells.extend(SUMS.iter().map(|(name, number)| {
            let style = if *name == "got" { GOT } else { LABEL.inked(QUIET) };
            let got = pen.fitting(&number(sum).to_string(), style, NAME);
            Some(Cell { got, of: None, wanted: None })
        }));
        let widest = |part: &dyn Fn(&Cell) -> Option<Length>| {
            cells.iter().flatten().filter_map(part).max().unwrap_or(Length::ZERO)
        };
        let parts = [
            widest(&|cell| Some(cell.got.width())),
            widest(&|cell| cell.of.as_ref().map(|line| line.width() + SPACE)),
            widest(&|cell| cell.wanted.as_ref().map(|line| line.width() + SPACE)),
        ];
        Self { depth, head, cells, parts }
    }

    fn inner(&self) -> Length {
        self.parts.into_iter().sum()
    }

    fn width(&self) -> Length {
        let rings = Length::mm(8.0 * RINGS);
        let head = self.head.iter().map(Line::width).max().unwrap_or(Length::ZERO);
        self.inner().max(head).max(rings)
    }
}

/// Where everything stands.
struct Plan {
    columns: Vec<Column>,
    /// The left edge of each column.
    lefts: Vec<Length>,
    /// The right edge of the table.
    right: Length,
    /// How many rows come before the sums.
    rows: usize,
}

impl Plan {
    fn new(labels: &[Line], columns: Vec<Column>, rows: usize) -> Self {
        let widest = labels.iter().map(Line::width).max().unwrap_or(Length::ZERO);
        let mut x = MARGIN + widest;
        let mut lefts = Vec::new();
        for column in &columns {
            lefts.push(x + GAP);
            x += GAP + column.width();
        }
        Self { columns, lefts, right: x + Length::mm(1.6), rows }
    }

    fn draw(self, labels: &[Line], top: Length, pen: &mut Pen) -> DrawnTable {
        let waterline = self.heads(top, pen);
        let row = |at: usize| {
            let gap = if at < self.rows { Length::ZERO } else { Length::mm(1.6) };
            waterline + ROW * at as i64 + gap
        };
        for (at, label) in labels.iter().enumerate() {
            let baseline = row(at) + ROW / 2 + SINK;
            for (column, left) in self.columns.iter().zip(&self.lefts) {
                if let Some(cell) = &column.cells[at] {
                    pen.place(cell, column, (*left, baseline));
                } else {
                    let axis = axis(column, *left);
                    pen.dot(Point::new(axis - Length::mm(0.9), row(at) + ROW / 2));
                }
            }
            label.draw(&mut pen.scene, Point::new(MARGIN, baseline), Anchor::Left, pen.fonts);
            if at > 0 && at < self.rows {
                pen.rule((MARGIN, self.right), row(at), Stroke::new(HAIR, Length::mm(0.12)));
            }
        }
        let sums = row(self.rows) - Length::mm(0.8);
        pen.rule((MARGIN, self.right), sums, Stroke::new(Ink::BLACK, Length::mm(0.25)));
        let legend = row(labels.len()) + Length::mm(6.0);
        let marked = self.columns.iter().flat_map(|column| column.cells.iter().flatten());
        let bottom = pen.legend(legend, marked.into_iter().any(|cell| cell.wanted.is_some()));
        pen.page(self.right, bottom)
    }

    /// Draws the rings and names of the depths and their waterlines; returns how low those are.
    fn heads(&self, top: Length, pen: &mut Pen) -> Length {
        let lines = self.columns.iter().map(|column| column.head.len()).max().unwrap_or(1);
        let rings_at = top + Length::mm(3.92 * RINGS);
        let last = rings_at + Length::mm(3.92 * RINGS + 1.4) + LEADING * lines as i64;
        let waterline = last + Length::mm(2.4);
        for (column, left) in self.columns.iter().zip(&self.lefts) {
            let middle = *left + column.width() / 2;
            let ink = column.depth.map_or(Ink::BLACK, inks::of_depth);
            if let Some(depth) = column.depth {
                let shapes = rings::rings(depth, Point::new(middle, rings_at), RINGS);
                pen.scene.items.extend(shapes.into_iter().map(Item::Shape));
            }
            for (at, line) in column.head.iter().rev().enumerate() {
                let place = Point::new(middle, last - LEADING * at as i64);
                line.draw(&mut pen.scene, place, Anchor::Center, pen.fonts);
            }
            let sides = (*left, *left + column.width());
            pen.rule(sides, waterline, Stroke::new(ink, Length::mm(0.5)));
        }
        waterline
    }
}

/// Returns where the numbers of a column end: its cells stand in its middle.
fn axis(column: &Column, left: Length) -> Length {
    left + (column.width() - column.inner()) / 2 + column.parts[0]
}

/// What draws, and what it has drawn.
struct Pen<'f> {
    scene: Scene,
    missing: String,
    fonts: &'f FontStore,
}

impl Pen<'_> {
    fn line(&mut self, text: &str, style: LineStyle) -> Line {
        let line = Line::new(text, style, self.fonts);
        let new: String = line.missing.chars().filter(|c| !self.missing.contains(*c)).collect();
        self.missing += &new;
        line
    }

    /// Sets `text`, with its end left out where it is wider than `room`.
    fn fitting(&mut self, text: &str, style: LineStyle, room: Length) -> Line {
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let whole = Line::new(&text, style, self.fonts);
        if whole.width() <= room {
            return self.line(&text, style);
        }
        // The share of the letters that the room holds, then fewer until they fit.
        let all = text.chars().count();
        let mut most = (room.ratio(whole.width()) * all as f64 * 1.3) as usize;
        loop {
            let kept: String = text.chars().take(most).collect();
            let line = Line::new(&format!("{}…", kept.trim_end()), style, self.fonts);
            if line.width() <= room || most == 0 {
                return self.line(&format!("{}…", kept.trim_end()), style);
            }
            most -= 1;
        }
    }

    /// Sets the name of a depth in lines broken at spaces.
    fn folded(&mut self, name: &str) -> Vec<Line> {
        let mut lines: Vec<String> = Vec::new();
        for word in name.split_whitespace() {
            let longer = lines.last().map(|line| format!("{line} {word}"));
            match longer {
                Some(longer) if Line::new(&longer, HEAD, self.fonts).width() <= NAME => {
                    lines.pop();
                    lines.push(longer);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines.iter().map(|line| self.fitting(line, HEAD, WIDEST[0])).collect()
    }

    fn cell(&mut self, cell: &TableCell) -> Option<Cell> {
        if *cell == TableCell::default() {
            return None;
        }
        let got = self.line(&cell.got.to_string(), GOT);
        let of = Some(self.line(&format!("of {}", cell.available), OF));
        let other = cell.wanted != cell.got;
        let wanted = other.then(|| self.line(&format!("({})", cell.wanted), WANTED));
        Some(Cell { got, of, wanted })
    }

    /// Draws the heading and returns where what follows begins.
    fn heading(&mut self, heading: Heading) -> Length {
        let lines = [(heading.title, TITLE, 6.0), (heading.sum, UNDER, 12.2)];
        for (text, style, down) in lines {
            let line = self.fitting(text, style, WIDEST[1]);
            let place = Point::new(MARGIN, MARGIN + Length::mm(down) - Length::mm(1.8));
            line.draw(&mut self.scene, place, Anchor::Left, self.fonts);
        }
        MARGIN + Length::mm(17.0)
    }

    /// Draws a cell, its number ending on the axis of its column.
    fn place(&mut self, cell: &Cell, column: &Column, (left, baseline): (Length, Length)) {
        let axis = axis(column, left);
        if cell.wanted.is_some() {
            let start = axis - column.parts[0] - Length::mm(1.6);
            let width = column.inner() + Length::mm(3.2);
            let corner = Point::new(start, baseline - SINK - Length::mm(2.5));
            self.land(Rect::new(corner, Size::new(width, Length::mm(5.0))));
        }
        let places = [
            (Some(&cell.got), Point::new(axis, baseline), Anchor::Right),
            (cell.of.as_ref(), Point::new(axis + SPACE, baseline), Anchor::Left),
            (
                cell.wanted.as_ref(),
                Point::new(axis + column.parts[1] + SPACE, baseline),
                Anchor::Left,
            ),
        ];
        for (line, place, anchor) in places {
            if let Some(line) = line {
                line.draw(&mut self.scene, place, anchor, self.fonts);
            }
        }
    }

    /// Draws the land under a number that is not the one wanted.
    fn land(&mut self, area: Rect) {
        let path = Path::rounded_rect(area, Length::mm(1.2));
        self.scene.items.push(Item::Shape(Shape::filled(path, inks::LAND)));
    }

    fn dot(&mut self, center: Point) {
        let shape = Shape::filled(Path::circle(center, Length::mm(0.28)), HAIR);
        self.scene.items.push(Item::Shape(shape));
    }

    fn rule(&mut self, (left, right): (Length, Length), y: Length, stroke: Stroke) {
        let path = Path::line(Point::new(left, y), Point::new(right, y));
        self.scene.items.push(Item::Shape(Shape::stroked(path, stroke)));
    }

    /// Says how a cell is read, from the baseline `y` on; returns how low it comes.
    fn legend(&mut self, y: Length, is_marked: bool) -> Length {
        let mut lines = vec!["2 of 5: two cards are chosen of five there are."];
        if is_marked {
            lines.push("(3), on sand: three would be a fair share.");
        }
        let mut last = y;
        for (at, text) in lines.into_iter().enumerate() {
            last = y + Length::mm(3.8) * at as i64;
            let line = self.line(text, OF);
            line.draw(&mut self.scene, Point::new(MARGIN, last), Anchor::Left, self.fonts);
        }
        last
    }

    /// Returns the page that holds everything and the margin around it.
    fn page(&mut self, right: Length, bottom: Length) -> DrawnTable {
        let size = Size::new(right.max(self.ink_right()) + MARGIN, bottom + MARGIN);
        let area = Rect::new(Point::ORIGIN, size);
        let scene = std::mem::take(&mut self.scene);
        let page = Page { size, trim: area, bleed: area, scene, bookmarks: Vec::new() };
        DrawnTable { page, missing: std::mem::take(&mut self.missing) }
    }

    /// Returns how far right the words reach.
    fn ink_right(&self) -> Length {
        let ends = self.scene.items.iter().filter_map(|item| match item {
            Item::Text(text) => Some(text.origin.x + self.width_of(text)),
            _ => None,
        });
        ends.max().unwrap_or(Length::ZERO)
    }

    fn width_of(&self, text: &crate::scene::Text) -> Length {
        let glyphs = &self.scene.glyphs[text.glyphs.start as usize..text.glyphs.end as usize];
        let units: i64 = glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum();
        let em = self.fonts.get(text.font).units_per_em.max(1);
        text.size.scaled(units as f64 / f64::from(em))
    }
}
