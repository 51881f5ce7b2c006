//! The line along which a sheet is folded, so that backs come to lie behind their fronts.

use std::sync::Arc;

use crate::impose::spec::EDGE;
use crate::impose::turn::Turn;
use crate::length::{Length, Point, Rect, Size};
use crate::scene::{Ink, Item, Path, Scene, Segment, Shape, Stroke};

/// How far the line runs on beyond the cards where there is room.
const BEYOND: Length = Length::mm(4.0);

/// The length of a dash.
const DASH: Length = Length::mm(2.0);

/// The step from one dash to the next.
const PITCH: Length = Length::mm(3.5);

/// The width of the line: that of all marks.
const WEIGHT: Length = Length::pt(0.25);

/// Returns the dashed line in the middle of `page`, along all cards that stand within `outline`,
/// and the area it takes.
pub(super) fn fold_line(turn: Turn, page: Size, outline: Rect) -> (Arc<Scene>, Rect) {
    let (start, end) = match turn {
        Turn::AboutVertical => {
            let (top, bottom) = span(outline.top(), outline.bottom(), page.height);
            (Point::new(page.width / 2, top), Point::new(page.width / 2, bottom))
        }
        Turn::AboutHorizontal => {
            let (left, right) = span(outline.left(), outline.right(), page.width);
            (Point::new(left, page.height / 2), Point::new(right, page.height / 2))
        }
    };
    let shape = Shape::stroked(dashed(start, end), Stroke::new(Ink::BLACK, WEIGHT));
    let scene = Scene { items: vec![Item::Shape(shape)], ..Scene::default() };
    let area = Rect::new(start, Size::new(end.x - start.x, end.y - start.y));
    (Arc::new(scene), area.grown(crate::length::Sides::all(WEIGHT / 2)))
}

fn span(start: Length, end: Length, whole: Length) -> (Length, Length) {
    ((start - BEYOND).max(EDGE), (end + BEYOND).min(whole - EDGE))
}

/// Returns the level or upright line from `start` to `end` as dashes.
pub(super) fn dashed(start: Point, end: Point) -> Path {
    let whole = (end.x - start.x) + (end.y - start.y);
    let upright = start.x == end.x;
    let at = |along: Length| {
        let along = along.min(whole);
        let step = if upright { (Length::ZERO, along) } else { (along, Length::ZERO) };
        start + Point::new(step.0, step.1)
    };
    let dashes = (0..=whole.times(PITCH)).map(|dash| PITCH * dash).filter(|from| *from < whole);
    let segments =
        dashes.flat_map(|from| [Segment::Move(at(from)), Segment::Line(at(from + DASH))]);
    Path { segments: segments.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_runs_through_the_middle_and_stays_on_the_sheet() {
        let (page, cards) =
            (Size::mm(297.0, 210.0), Rect::new(Point::mm(5.0, 17.0), Size::mm(287.0, 176.0)));
        let (scene, area) = fold_line(Turn::AboutVertical, page, cards);
        let middle = Length::mm(148.5);
        assert!(area.left() < middle && middle < area.right());
        assert_eq!(area.top(), Length::mm(13.0) - WEIGHT / 2);
        let Item::Shape(shape) = &scene.items[0] else { panic!("a fold is a line") };
        let dashes = shape.path.segments.len() / 2;
        assert_eq!(dashes, 184_000 / 3_500 + 1);
        let (_, level) = fold_line(Turn::AboutHorizontal, page, cards);
        assert_eq!(
            (level.left(), level.right()),
            (EDGE - WEIGHT / 2, page.width - EDGE + WEIGHT / 2)
        );
    }
}
