//! What is hinged to the walls: the free edges of flaps, lid and tongue.

use crate::length::{Length, Point, Rect, Size};
use crate::scene::{CIRCLE, Path, Segment};

/// How much narrower than its hinge a flap is at either end, so that it closes without rubbing.
pub const RELIEF: Length = Length::mm(0.5);

/// A fold, and the way from it: the net lies to the left of its run, what is hinged to the right.
#[derive(Clone, Copy, Debug)]
pub struct Hinge {
    /// Where it begins.
    pub start: Point,
    /// How long it is.
    pub length: Length,
    /// Which edge of the net it lies at.
    pub edge: Edge,
}

/// An edge of the walls; the outline runs around them clockwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Runs from left to right.
    Top,
    /// Runs from right to left.
    Bottom,
    /// Runs from the bottom to the top.
    Left,
}

impl Hinge {
    /// Returns the point `along` the hinge and `out` from it.
    pub fn at(&self, along: Length, out: Length) -> Point {
        let Point { x, y } = self.start;
        match self.edge {
            Edge::Top => Point::new(x + along, y - out),
            Edge::Bottom => Point::new(x - along, y + out),
            Edge::Left => Point::new(x - out, y - along),
        }
    }

    /// Returns the hinge's two ends, `inset` from those of the wall.
    pub fn ends(&self, inset: Length) -> (Point, Point) {
        (self.at(inset, Length::ZERO), self.at(self.length - inset, Length::ZERO))
    }

    /// Returns the box between `from` and `to` out of the hinge, `inset` from its ends.
    pub fn area(&self, inset: Length, from: Length, to: Length) -> Rect {
        let (a, b) = (self.at(inset, from), self.at(self.length - inset, to));
        let origin = Point::new(a.x.min(b.x), a.y.min(b.y));
        Rect::new(origin, Size::new((a.x - b.x).abs(), (a.y - b.y).abs()))
    }

    /// Returns the straight lines through points given as (along, out).
    pub fn lines(&self, points: &[(Length, Length)]) -> Vec<Segment> {
        points.iter().map(|(along, out)| Segment::Line(self.at(*along, *out))).collect()
    }
}

/// Returns the outline of a flap whose free edge is `edge`.
pub fn closed(hinge: &Hinge, edge: &[Segment]) -> Path {
    let start = Segment::Move(hinge.at(Length::ZERO, Length::ZERO));
    Path { segments: [&[start], edge, &[Segment::Close]].concat() }
}

/// Returns the edge of a glue flap: `out` high, its ends slanted by `taper` so that they never show.
pub fn glue_flap(hinge: &Hinge, out: Length, taper: Length) -> Vec<Segment> {
    let (end, zero) = (hinge.length, Length::ZERO);
    hinge.lines(&[(taper, out), (end - taper, out), (end, zero)])
}

/// Returns the edge of the flap that closes a corner: full towards the back, tapered towards the
/// front, where the tongue comes in. `tapers_first` says whether the front is where the hinge begins.
pub fn dust_flap(hinge: &Hinge, out: Length, tapers_first: bool) -> Vec<Segment> {
    let (zero, width) = (Length::ZERO, hinge.length);
    let low = (width / 4).min(out / 2);
    let slant = RELIEF + width / 20;
    let mut points = vec![
        (RELIEF, zero),
        (slant, out),
        (width / 2, out),
        (width - RELIEF, low),
        (width - RELIEF, zero),
    ];
    if tapers_first {
        points.reverse();
        points.iter_mut().for_each(|(along, _)| *along = width - *along);
    }
    points.push((width, zero));
    hinge.lines(&points)
}

/// Returns the edge of the lid, `depth` deep, and of the tongue behind it, with round corners.
pub fn lid(hinge: &Hinge, depth: Length, tongue: Length, radius: Length) -> Vec<Segment> {
    let (zero, left, right) = (Length::ZERO, RELIEF, hinge.length - RELIEF);
    let top = depth + tongue;
    // Control points lie this far from the corner.
    let near = radius - radius.scaled(CIRCLE);
    let curve = |a: (Length, Length), b: (Length, Length), end: (Length, Length)| {
        Segment::Cubic(hinge.at(a.0, a.1), hinge.at(b.0, b.1), hinge.at(end.0, end.1))
    };
    let mut edge = hinge.lines(&[(left, zero), (left, top - radius)]);
    edge.push(curve((left, top - near), (left + near, top), (left + radius, top)));
    edge.extend(hinge.lines(&[(right - radius, top)]));
    edge.push(curve((right - near, top), (right, top - near), (right, top - radius)));
    edge.extend(hinge.lines(&[(right, zero), (hinge.length, zero)]));
    edge
}

/// Returns the edge of the outer flap of the bottom: `out` high, its corners cut.
pub fn bottom(hinge: &Hinge, out: Length) -> Vec<Segment> {
    let (zero, end, cut) = (Length::ZERO, hinge.length - RELIEF, (out / 4).min(Length::mm(2.0)));
    hinge.lines(&[
        (RELIEF, zero),
        (RELIEF, out - cut),
        (RELIEF + cut, out),
        (end - cut, out),
        (end, out - cut),
        (end, zero),
        (hinge.length, zero),
    ])
}

/// Returns the edge of the inner flap of the bottom: `out` high and slanted by `taper`.
pub fn inner_bottom(hinge: &Hinge, out: Length, taper: Length) -> Vec<Segment> {
    let (zero, end) = (Length::ZERO, hinge.length - RELIEF);
    hinge.lines(&[
        (RELIEF, zero),
        (RELIEF + taper, out),
        (end - taper, out),
        (end, zero),
        (hinge.length, zero),
    ])
}

/// Returns a free edge with half a circle cut out of its middle, for a thumb.
pub fn notched(hinge: &Hinge, radius: Length) -> Vec<Segment> {
    let (zero, middle, k) = (Length::ZERO, hinge.length / 2, radius.scaled(CIRCLE));
    let at = |along: Length, into: Length| hinge.at(middle + along, -into);
    vec![
        Segment::Line(at(-radius, zero)),
        Segment::Cubic(at(-radius, k), at(-k, radius), at(zero, radius)),
        Segment::Cubic(at(k, radius), at(radius, k), at(radius, zero)),
        Segment::Line(hinge.at(hinge.length, zero)),
    ]
}
