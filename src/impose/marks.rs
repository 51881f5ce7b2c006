//! The marks that guide the blade; they follow from the trims, whatever laid those out.

use crate::impose::bleed::Bleed;
use crate::impose::spec::{EDGE, MarkStyle};
use crate::length::{Axes, Length, Point, Rect, Sides, Size};
use crate::problem::Diagnostic;
use crate::scene::{Ink, Path, Scene, Shape, Stroke};

/// The width of every mark: 0.25 pt, the default of page layout programs.
const WEIGHT: Length = Length::pt(0.25);

/// The shortest mark that can still be seen and followed.
const SHORTEST: Length = Length::mm(2.0);

/// What marks stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The part of the page that belongs to these cards, its edges included.
    pub area: Rect,
    /// The bleed, around all cards together and between them.
    pub bleed: Bleed,
    /// The kind of marks.
    pub style: MarkStyle,
}

/// The marks of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    /// The lines, each from its start to its end, level or upright.
    pub lines: Vec<(Point, Point)>,
    /// What they are drawn with.
    pub ink: Ink,
    /// The number of cut lines' ends that had no room for a mark.
    pub dropped: usize,
    /// The margin that has room for all.
    pub margin: Length,
}

/// Returns the marks for `trims`, which stand in rows and columns.
///
/// No mark touches a trim or its bleed (guides are meant to), and none comes nearer than
/// [`EDGE`] to the edge of their area: one that would is shortened, and at last left out.
pub fn marks(trims: &[Rect], frame: &Frame) -> Marks {
    let cuts = Cuts::of(trims);
    let ink = match frame.style {
        MarkStyle::Crop => Ink::REGISTRATION,
        MarkStyle::Corners | MarkStyle::Guides | MarkStyle::None => Ink::BLACK,
    };
    let mut lines = match Tick::of(frame.style) {
        Some(tick) => cuts.ticks(frame, &tick),
        None if frame.style == MarkStyle::Guides => {
            cuts.guides(frame.area.grown(-Sides::all(EDGE)))
        }
        None => Vec::new(),
    };
    let wanted = lines.len();
    let area = frame.area.grown(-Sides::all(EDGE));
    lines.retain(|line| line.is_some_and(|line| area.contains(inked(line))));
    let lines: Vec<_> = lines.into_iter().flatten().collect();
    let margin = Tick::of(frame.style).map_or(EDGE + WEIGHT, |tick| tick.margin(frame.bleed.outer));
    Marks { dropped: wanted - lines.len(), lines, ink, margin }
}

impl Marks {
    /// Returns the lines as they are painted.
    pub fn scene(&self) -> Scene {
        let stroke = Stroke::new(self.ink, WEIGHT);
        let shape = |(start, end)| Shape::stroked(Path::line(start, end), stroke);
        let items = self.lines.iter().map(|line| crate::scene::Item::Shape(shape(*line)));
        Scene { items: items.collect(), ..Scene::default() }
    }

    /// Returns the area that each line inks.
    pub fn areas(&self) -> impl Iterator<Item = Rect> {
        self.lines.iter().map(|line| inked(*line))
    }

    /// Returns a note if some marks found no room.
    pub fn note(&self) -> Option<Diagnostic> {
        (self.dropped > 0).then(|| {
            let ends = if self.dropped == 1 { "end" } else { "ends" };
            let found = format!("no room for a mark at {} {ends} of cut lines", self.dropped);
            let margin = self.margin.to_mm();
            Diagnostic::note("marks-dropped", found)
                .help(format!("`--margin {margin}mm` makes room, with fewer cards on a sheet"))
        })
    }
}

/// Returns the area that a line inks, its width included.
fn inked((start, end): (Point, Point)) -> Rect {
    let half = WEIGHT / 2;
    let line = Rect::new(start, Size::default()).union(Rect::new(end, Size::default()));
    if start.x == end.x {
        line.grown(Sides { left: half, right: half, ..Sides::default() })
    } else {
        line.grown(Sides { top: half, bottom: half, ..Sides::default() })
    }
}

/// Returns where a blade goes: upright cuts from left to right, level ones from top to bottom.
pub(super) fn cut_lines(trims: &[Rect]) -> Axes<Vec<Length>> {
    let Cuts { upright, level, .. } = Cuts::of(trims);
    Axes { x: upright, y: level }
}

/// The measures of a short mark.
struct Tick {
    /// The space between trim and mark, where the bleed does not need more.
    clear: Length,
    /// What is left of that space where the sheet is tight.
    least_clear: Length,
    /// The length where there is room for it.
    length: Length,
    /// Whether marks also stand between cards.
    between: bool,
}

impl Tick {
    const fn of(style: MarkStyle) -> Option<Self> {
        match style {
            MarkStyle::Corners => Some(Self {
                clear: Length::mm(2.0),
                least_clear: Length::mm(1.0),
                length: Length::mm(4.0),
                between: false,
            }),
            MarkStyle::Crop => Some(Self {
                clear: Length::mm(3.0),
                least_clear: Length::mm(3.0),
                length: Length::mm(5.0),
                between: true,
            }),
            MarkStyle::Guides | MarkStyle::None => None,
        }
    }

    /// Returns the margin that has room for the shortest mark.
    fn margin(&self, bleed: Axes<Length>) -> Length {
        EDGE + self.least_clear.max(bleed.x).max(bleed.y) + SHORTEST
    }

    /// Returns where the mark begins and ends, counted from the trim outward, if the `room`
    /// there holds one.
    fn span(&self, bleed: Length, room: Length) -> Option<(Length, Length)> {
        let start = self.clear.min(room - SHORTEST).max(self.least_clear).max(bleed);
        let end = room.min(start + self.length);
        (end - start >= SHORTEST).then_some((start, end))
    }
}

/// The lines along which the blade goes, and the spaces between cards.
struct Cuts {
    outline: Rect,
    upright: Vec<Length>,
    level: Vec<Length>,
    columns: Vec<(Length, Length)>,
    rows: Vec<(Length, Length)>,
}

impl Cuts {
    fn of(trims: &[Rect]) -> Self {
        let across: Vec<_> = trims.iter().map(|trim| (trim.left(), trim.right())).collect();
        let down: Vec<_> = trims.iter().map(|trim| (trim.top(), trim.bottom())).collect();
        let outline = trims.iter().copied().reduce(Rect::union).unwrap_or_default();
        Self {
            outline,
            upright: ends(&across),
            level: ends(&down),
            columns: gaps(across),
            rows: gaps(down),
        }
    }

    /// Returns a mark for both ends of every cut line and, where gutters are wide enough, for its
    /// way through them; nothing in the place of each that has no room.
    fn ticks(&self, frame: &Frame, tick: &Tick) -> Vec<Option<(Point, Point)>> {
        let (area, outline) = (frame.area.grown(-Sides::all(EDGE)), self.outline);
        let mut lines = Vec::new();
        let above = tick.span(frame.bleed.outer.y, outline.top() - area.top());
        let below = tick.span(frame.bleed.outer.y, area.bottom() - outline.bottom());
        let left = tick.span(frame.bleed.outer.x, outline.left() - area.left());
        let right = tick.span(frame.bleed.outer.x, area.right() - outline.right());
        for &x in &self.upright {
            lines.push(above.map(|(a, b)| upright(x, outline.top() - b, outline.top() - a)));
            lines.push(below.map(|(a, b)| upright(x, outline.bottom() + a, outline.bottom() + b)));
            let between = self.rows.iter().flat_map(|gap| tick.within(*gap, frame.bleed.inner.y));
            lines.extend(between.map(|(a, b)| Some(upright(x, a, b))));
        }
        for &y in &self.level {
            lines.push(left.map(|(a, b)| level(y, outline.left() - b, outline.left() - a)));
            lines.push(right.map(|(a, b)| level(y, outline.right() + a, outline.right() + b)));
            let between =
                self.columns.iter().flat_map(|gap| tick.within(*gap, frame.bleed.inner.x));
            lines.extend(between.map(|(a, b)| Some(level(y, a, b))));
        }
        lines
    }

    fn guides(&self, area: Rect) -> Vec<Option<(Point, Point)>> {
        let uprights = self.upright.iter().map(|&x| upright(x, area.top(), area.bottom()));
        let levels = self.level.iter().map(|&y| level(y, area.left(), area.right()));
        uprights.chain(levels).map(Some).collect()
    }
}

impl Tick {
    /// Returns the marks inside a gutter: one for each of the two cards beside it, or a single
    /// line where those would meet; none where the gutter is too narrow.
    fn within(&self, (from, to): (Length, Length), bleed: Length) -> Vec<(Length, Length)> {
        let clear = self.clear.max(bleed);
        if !self.between || to - from < (clear + SHORTEST) * 2 {
            return Vec::new();
        }
        let (start, end) = (from + clear, to - clear);
        if end - start <= self.length * 2 {
            return vec![(start, end)];
        }
        vec![(start, start + self.length), (end - self.length, end)]
    }
}

/// Returns where trims begin and end, each place once.
fn ends(spans: &[(Length, Length)]) -> Vec<Length> {
    let mut ends: Vec<_> = spans.iter().flat_map(|(start, end)| [*start, *end]).collect();
    ends.sort_unstable();
    ends.dedup();
    ends
}

/// Returns the spaces that no trim covers.
fn gaps(mut spans: Vec<(Length, Length)>) -> Vec<(Length, Length)> {
    spans.sort_unstable();
    spans.dedup();
    let free = spans.windows(2).map(|pair| (pair[0].1, pair[1].0));
    free.filter(|(from, to)| from < to).collect()
}

fn upright(x: Length, top: Length, bottom: Length) -> (Point, Point) {
    (Point::new(x, top), Point::new(x, bottom))
}

fn level(y: Length, left: Length, right: Length) -> (Point, Point) {
    (Point::new(left, y), Point::new(right, y))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(page: Size, bleed: f64, style: MarkStyle) -> Frame {
        let bleed = Axes::all(Length::mm(bleed));
        let area = Rect::new(Point::ORIGIN, page);
        Frame { area, bleed: Bleed { inner: bleed, outer: bleed, overlap: Axes::default() }, style }
    }

    fn trims(origin: Point, gutter: f64) -> Vec<Rect> {
        let card = Size::mm(40.0, 50.0);
        let step = |cells: i32, side: f64| f64::from(cells) * (side + gutter);
        [(0, 0), (1, 0), (0, 1), (1, 1)]
            .map(|(c, r)| Rect::new(origin + Point::mm(step(c, 40.0), step(r, 50.0)), card))
            .to_vec()
    }

    fn mm(line: (Point, Point)) -> [f64; 4] {
        [line.0.x.to_mm(), line.0.y.to_mm(), line.1.x.to_mm(), line.1.y.to_mm()]
    }

    #[test]
    fn corners_stand_two_clear_and_four_long() {
        let frame = frame(Size::mm(100.0, 130.0), 0.0, MarkStyle::Corners);
        let marks = marks(&trims(Point::mm(10.0, 15.0), 0.0), &frame);
        assert_eq!((marks.lines.len(), marks.dropped, marks.ink), (12, 0, Ink::BLACK));
        assert_eq!(mm(marks.lines[0]), [10.0, 9.0, 10.0, 13.0]);
        assert_eq!(mm(marks.lines[11]), [92.0, 115.0, 96.0, 115.0]);
    }

    #[test]
    fn tight_sheets_shorten_corners_and_then_move_them_closer() {
        let tight = |margin: f64| {
            let page = Size::mm(80.0 + 2.0 * margin, 200.0);
            let trims = trims(Point::mm(margin, 15.0), 0.0);
            let marks = marks(&trims, &frame(page, 0.0, MarkStyle::Corners));
            let side = marks.lines.iter().find(|line| line.0.y == line.1.y).copied();
            side.map(|line| (margin - line.1.x.to_mm(), line.1.x.to_mm() - line.0.x.to_mm()))
        };
        assert_eq!(tight(7.0), Some((2.0, 3.0)));
        assert_eq!(tight(5.0), Some((1.0, 2.0)));
        assert_eq!(tight(4.5), None);
    }

    #[test]
    fn crop_marks_keep_clear_of_the_bleed_and_shrink() {
        let at = |bleed: f64| {
            let frame = frame(Size::mm(100.0, 130.0), bleed, MarkStyle::Crop);
            marks(&trims(Point::mm(10.0, 15.0), 0.0), &frame)
        };
        assert_eq!(mm(at(0.0).lines[0]), [10.0, 7.0, 10.0, 12.0]);
        assert_eq!(mm(at(5.0).lines[0]), [10.0, 5.0, 10.0, 10.0]);
        assert_eq!(at(5.0).ink, Ink::REGISTRATION);
        let dropped = at(7.0);
        assert_eq!((dropped.lines.len(), dropped.dropped), (6, 6));
        let note = dropped.note().unwrap();
        assert_eq!(note.found, "no room for a mark at 6 ends of cut lines");
        let help = "`--margin 11mm` makes room, with fewer cards on a sheet";
        assert_eq!(note.help.as_deref(), Some(help));
        assert_eq!(at(5.0).note(), None);
    }

    #[test]
    fn wide_gutters_have_marks_of_their_own() {
        let count = |gutter: f64| {
            let frame = frame(Size::mm(150.0, 180.0), 3.0, MarkStyle::Crop);
            marks(&trims(Point::mm(15.0, 15.0), gutter), &frame).lines.len()
        };
        assert_eq!((count(6.0), count(9.9)), (16, 16));
        assert_eq!((count(10.0), count(16.0), count(17.0)), (24, 24, 32));
    }

    #[test]
    fn guides_run_from_end_to_end() {
        let frame = frame(Size::mm(100.0, 130.0), 0.0, MarkStyle::Guides);
        let marks = marks(&trims(Point::mm(10.0, 15.0), 0.0), &frame);
        assert_eq!(marks.lines.len(), 6);
        assert_eq!(mm(marks.lines[1]), [50.0, 2.0, 50.0, 128.0]);
        assert_eq!(mm(marks.lines[3]), [2.0, 15.0, 98.0, 15.0]);
    }

    #[test]
    fn no_marks_are_no_lines() {
        let frame = frame(Size::mm(100.0, 130.0), 0.0, MarkStyle::None);
        let marks = marks(&trims(Point::mm(10.0, 15.0), 0.0), &frame);
        assert!(marks.lines.is_empty() && marks.note().is_none());
    }
}
