//! Shapes: outlines, fills and strokes.

use super::canvas::{Canvas, Pen};
use super::ink::Paint;
use super::matrix::Matrix;
use super::{Colour, syntax};
use crate::length::{Length, Rect, Size};
use crate::scene::{Path, Segment, Shape, Spot};

/// Paints a shape. `matrix` must let lines grow alike in all directions.
pub(super) fn paint(canvas: &mut Canvas, matrix: &Matrix, shape: &Shape, colour: Colour) {
    if shape.fill.is_none() && shape.stroke.is_none() || shape.path.segments.is_empty() {
        return;
    }
    canvas.end_text();
    // A line for the blade must not leave a white one in the picture under it.
    let inks = [shape.fill, shape.stroke.map(|stroke| stroke.ink)];
    let overprints = inks
        .into_iter()
        .flatten()
        .any(|ink| Paint::new(ink, colour).spot() == Some(Spot::CutContour));
    if overprints {
        canvas.save();
        canvas.overprint();
    }
    if let Some(ink) = shape.fill {
        canvas.fill(Paint::new(ink, colour));
    }
    if let Some(stroke) = shape.stroke {
        let scale = matrix.scale().unwrap_or(1.0);
        let dashes = stroke.dashes.filter(|_| stroke.dots.is_none());
        canvas.pen(Pen {
            paint: Paint::new(stroke.ink, colour),
            width: stroke.width.to_pt() * scale,
            round: stroke.round,
            dots: stroke.dots.map_or(0.0, Length::to_pt) * scale,
            dashes: dashes.map_or(0.0, Length::to_pt) * scale,
        });
    }
    outline(canvas, matrix, &shape.path, shape.stroke.is_some());
    canvas.op(match (shape.fill, shape.stroke) {
        (Some(_), Some(_)) => "B*",
        (Some(_), None) => "f*",
        _ => "S",
    });
    if overprints {
        canvas.restore();
    }
}

/// Confines what follows to `area`.
pub(super) fn clip(canvas: &mut Canvas, matrix: &Matrix, area: Rect) {
    canvas.end_text();
    outline(canvas, matrix, &Path::rect(area), false);
    canvas.op("W n");
}

fn outline(canvas: &mut Canvas, matrix: &Matrix, path: &Path, stroked: bool) {
    if let Some(bounds) = rectangle(path, matrix) {
        return push_rectangle(canvas, bounds);
    }
    // A path must begin somewhere; one that does not has no first step.
    let begin = path.segments.iter().position(|segment| matches!(segment, Segment::Move(_)));
    for segment in &path.segments[begin.unwrap_or(path.segments.len())..] {
        let (points, operator): (&[_], _) = match segment {
            Segment::Move(to) => (&[*to], "m"),
            Segment::Line(to) => (&[*to], "l"),
            Segment::Cubic(first, second, to) => (&[*first, *second, *to], "c"),
            // Filling closes an outline by itself.
            Segment::Close if !stroked => continue,
            Segment::Close => (&[], "h"),
        };
        points.iter().for_each(|point| canvas.point(matrix.apply(*point)));
        canvas.op(operator);
    }
}

/// Returns the box of a path that is an upright rectangle and stays one.
fn rectangle(path: &Path, matrix: &Matrix) -> Option<[f64; 4]> {
    let [Segment::Move(a), Segment::Line(b), Segment::Line(c), Segment::Line(d), Segment::Close] =
        path.segments[..]
    else {
        return None;
    };
    let upright = a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x;
    let area = Rect::new(a, Size::new(c.x - a.x, c.y - a.y));
    (upright && matrix.keeps_axes()).then(|| matrix.bounds(area))
}

fn push_rectangle(canvas: &mut Canvas, bounds: [f64; 4]) {
    // Sides are taken from rounded edges, so that neighbours share theirs.
    let scale = 10_f64.powi(syntax::DECIMALS as i32);
    let [left, bottom, right, top] =
        bounds.map(|edge| syntax::fixed(edge, syntax::DECIMALS) as f64 / scale);
    canvas.point((left, bottom));
    canvas.point((right - left, top - bottom));
    canvas.op("re");
}
