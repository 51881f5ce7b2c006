//! Emblems: the shape that stands for a category, drawn on a grid of 24 × 24.

use std::sync::LazyLock;

use kurbo::{BezPath, PathEl};

use crate::length::{Length, Point, Rect};
use crate::scene::{Ink, Path, Segment, Shape, Stroke};

/// One emblem a line: `name (what it shows): path | path | f:filled path`, in SVG path syntax.
const TABLE: &str = include_str!("emblems.txt");

/// The side of the square that emblems are drawn on.
const GRID: f64 = 24.0;

static EMBLEMS: LazyLock<Vec<Emblem>> = LazyLock::new(|| TABLE.lines().filter_map(read).collect());

/// A drawing that stands for a category.
#[derive(Debug)]
pub struct Emblem {
    /// The name that categories ask for it by.
    pub name: &'static str,
    /// What the drawing shows, in a word or three.
    pub picture: &'static str,
    strokes: Vec<BezPath>,
    fills: Vec<BezPath>,
}

/// Returns the emblem called `name`: that of a known category, or one of `mark1` to `mark6`.
pub fn emblem(name: &str) -> Option<&'static Emblem> {
    EMBLEMS.iter().find(|emblem| emblem.name == name)
}

/// Returns all emblems: those of the known categories first, then the six daymarks.
pub fn emblems() -> &'static [Emblem] {
    &EMBLEMS
}

impl Emblem {
    /// Returns the emblem in `ink`, its grid laid over `area` by the width.
    ///
    /// `stroke_units` is the width of its lines in units of the grid: 1.4, or 1.5 where the emblem
    /// is reversed out of a disc. Ends and corners are round.
    pub fn shapes(&self, area: Rect, stroke_units: f64, ink: Ink) -> Vec<Shape> {
        let unit = area.size.width.to_mm() / GRID;
        let stroke = Stroke::new(ink, Length::mm(stroke_units * unit)).rounded();
        let lines = self.strokes.iter().map(|path| Shape::stroked(placed(path, area), stroke));
        let solids = self.fills.iter().map(|path| Shape::filled(placed(path, area), ink));
        lines.chain(solids).collect()
    }
}

fn read(line: &'static str) -> Option<Emblem> {
    let (head, paths) = line.split_once("): ")?;
    let (name, picture) = head.split_once(" (")?;
    let mut emblem = Emblem { name, picture, strokes: Vec::new(), fills: Vec::new() };
    for path in paths.split(" | ") {
        match path.strip_prefix("f:") {
            Some(path) => emblem.fills.push(BezPath::from_svg(path).ok()?),
            None => emblem.strokes.push(BezPath::from_svg(path).ok()?),
        }
    }
    Some(emblem)
}

fn placed(path: &BezPath, area: Rect) -> Path {
    let unit = area.size.width.to_mm() / GRID;
    let at = |point: kurbo::Point| area.origin + Point::mm(point.x * unit, point.y * unit);
    let mut segments: Vec<Segment> = Vec::with_capacity(path.elements().len());
    for element in path.elements() {
        segments.push(match *element {
            PathEl::MoveTo(to) => Segment::Move(at(to)),
            PathEl::LineTo(to) => Segment::Line(at(to)),
            PathEl::CurveTo(a, b, to) => Segment::Cubic(at(a), at(b), at(to)),
            PathEl::QuadTo(..) => continue,
            PathEl::ClosePath => Segment::Close,
        });
        // `M… m…` is how the table sets a circle about its centre: only the second move counts.
        if let [.., Segment::Move(_), Segment::Move(to)] = segments[..] {
            segments.pop();
            segments.pop();
            segments.push(Segment::Move(to));
        }
    }
    Path { segments }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::length::Size;
    use kurbo::Shape as _;

    const NAMES: [&str; 20] = [
        "emotional",
        "affection",
        "mind",
        "adventure",
        "meaning",
        "trust",
        "appreciation",
        "repair",
        "roots",
        "dreams",
        "play",
        "checkin",
        "work",
        "ways",
        "mark1",
        "mark2",
        "mark3",
        "mark4",
        "mark5",
        "mark6",
    ];

    #[test]
    fn all_twenty_emblems_are_known_by_name() {
        assert_eq!(emblems().iter().map(|emblem| emblem.name).collect::<Vec<_>>(), NAMES);
        assert_eq!(emblem("mind").map(|emblem| emblem.picture), Some("nautilus"));
        assert!(emblem("mark7").is_none());
    }

    #[test]
    fn every_line_of_the_table_keeps_all_its_paths() {
        for (emblem, line) in emblems().iter().zip(TABLE.lines()) {
            let paths = line.matches(" | ").count() + 1;
            assert_eq!(emblem.strokes.len() + emblem.fills.len(), paths, "{}", emblem.name);
            assert_eq!(emblem.fills.len(), line.matches("f:").count(), "{}", emblem.name);
            let quads = emblem.strokes.iter().flat_map(|path| path.elements());
            assert!(!quads.into_iter().any(|el| matches!(el, PathEl::QuadTo(..))));
        }
    }

    #[test]
    fn every_stroke_stays_on_its_grid() {
        for emblem in emblems() {
            for path in emblem.strokes.iter().chain(&emblem.fills) {
                let ink = path.bounding_box().inflate(0.75, 0.75);
                let grid = kurbo::Rect::new(0.0, 0.0, GRID, GRID);
                assert!(grid.union(ink) == grid, "{}: {ink:?}", emblem.name);
            }
        }
    }

    #[test]
    fn emblems_fill_the_box_they_are_given() {
        let area = Rect::new(Point::mm(7.5, 7.2), Size::mm(4.8, 4.8));
        let shapes = emblem("mark3").expect("the can is there").shapes(area, 1.5, Ink::PAPER);
        let stroke = shapes[0].stroke.expect("the can is a line");
        assert_eq!((stroke.width, stroke.round), (Length::mm(0.3), true));
        assert_eq!(shapes[0].path.segments[0], Segment::Move(Point::mm(8.3, 8.0)));
        assert_eq!(shapes[1].fill, Some(Ink::PAPER));
        let moves = |segment: &&Segment| matches!(segment, Segment::Move(_));
        assert_eq!(shapes[1].path.segments.iter().filter(moves).count(), 1);
    }
}
