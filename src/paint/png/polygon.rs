//! Polygons in pixels: curves flattened, contours told inside from outside.

use kurbo::{Affine, BezPath, PathEl, Point, Rect, Vec2};

/// How far a straight piece may stray from its curve, in pixels: less than two levels of 255.
const TOLERANCE: f64 = 0.01;

/// Pixels farther out than this count as lying here, so that no curve has endless pieces.
const FAR: f64 = 1e6;

/// Closed contours in pixels, y running down.
#[derive(Debug, Default)]
pub(super) struct Polygons {
    points: Vec<Point>,
    /// Where each contour ends among the points, and the smallest box around it.
    contours: Vec<(usize, Rect)>,
}

impl Polygons {
    /// Returns the contours of a path in pixels, curves within 0.01 pixels of the truth.
    pub(super) fn flattened(path: &BezPath, to_pixels: Affine) -> Self {
        let mut polygons = Self::default();
        let near = |p: Point| Point::new(p.x.clamp(-FAR, FAR), p.y.clamp(-FAR, FAR));
        let near_path = path.iter().map(|element| match to_pixels * element {
            PathEl::MoveTo(p) => PathEl::MoveTo(near(p)),
            PathEl::LineTo(p) => PathEl::LineTo(near(p)),
            PathEl::QuadTo(a, p) => PathEl::QuadTo(near(a), near(p)),
            PathEl::CurveTo(a, b, p) => PathEl::CurveTo(near(a), near(b), near(p)),
            PathEl::ClosePath => PathEl::ClosePath,
        });
        kurbo::flatten(near_path, TOLERANCE, |element| match element {
            PathEl::MoveTo(point) => {
                polygons.end_contour();
                polygons.points.push(point);
            }
            PathEl::LineTo(point) => polygons.points.push(point),
            _ => {}
        });
        polygons.end_contour();
        polygons
    }

    /// Adds a contour.
    pub(super) fn push(&mut self, contour: impl IntoIterator<Item = Point>) {
        self.points.extend(contour);
        self.end_contour();
    }

    /// Keeps the points since the last contour as one of their own, unless they enclose nothing.
    fn end_contour(&mut self) {
        let start = self.contours.last().map_or(0, |(end, _)| *end);
        let contour = &self.points[start..];
        let finite = contour.iter().all(|point| point.is_finite());
        if contour.len() < 3 || !finite {
            return self.points.truncate(start);
        }
        let first = Rect::from_points(contour[0], contour[0]);
        let bounds = contour.iter().fold(first, |area, point| area.union_pt(*point));
        self.contours.push((self.points.len(), bounds));
    }

    /// Returns the contours with the boxes around them.
    pub(super) fn contours(&self) -> impl Iterator<Item = (&[Point], Rect)> {
        (0..self.contours.len()).map(|at| (self.contour(at), self.contours[at].1))
    }

    fn contour(&self, at: usize) -> &[Point] {
        &self.points[self.start(at)..self.contours[at].0]
    }

    fn start(&self, at: usize) -> usize {
        if at == 0 { 0 } else { self.contours[at - 1].0 }
    }

    /// Returns the box around all contours, or none if there are none.
    pub(super) fn bounds(&self) -> Option<Rect> {
        self.contours.iter().map(|(_, bounds)| *bounds).reduce(|a, b| a.union(b))
    }

    /// Turns the contours so that each runs against the one around it.
    ///
    /// Then the winding number is 0 or 1 wherever contours do not cross, and the sum of signed
    /// areas is the even-odd coverage itself, exact even for rings thinner than a pixel.
    pub(super) fn alternated(mut self) -> Self {
        if self.contours.len() > 1 {
            for at in 0..self.contours.len() {
                let outward = self.depth(at).is_multiple_of(2);
                let (start, end) = (self.start(at), self.contours[at].0);
                if (signed_area(&self.points[start..end]) >= 0.0) != outward {
                    self.points[start..end].reverse();
                }
            }
        }
        self
    }

    /// Returns how many other contours lie around contour `at`.
    fn depth(&self, at: usize) -> usize {
        let point = self.contour(at)[0];
        let around = |(other, (contour, bounds)): (usize, (&[Point], Rect))| {
            other != at && bounds.contains(point) && is_inside(contour, point)
        };
        self.contours().enumerate().filter(|contour| around(*contour)).count()
    }
}

fn signed_area(contour: &[Point]) -> f64 {
    let next = contour.iter().cycle().skip(1);
    contour.iter().zip(next).map(|(a, b)| a.to_vec2().cross(b.to_vec2())).sum()
}

/// Returns whether a ray from `point` to the right crosses `contour` an odd number of times.
fn is_inside(contour: &[Point], point: Point) -> bool {
    let next = contour.iter().cycle().skip(1);
    let crossed = |(a, b): &(&Point, &Point)| {
        (a.y > point.y) != (b.y > point.y)
            && point.x < a.x + (b.x - a.x) * (point.y - a.y) / (b.y - a.y)
    };
    contour.iter().zip(next).filter(crossed).count() % 2 == 1
}

/// Returns a polygon that covers as much as the disc of `radius` about `center`.
pub(super) fn disc(center: Point, radius: f64) -> impl Iterator<Item = Point> {
    let sides =
        (std::f64::consts::PI * (radius / (2.0 * TOLERANCE)).max(1.0).sqrt()).ceil().max(8.0);
    let angle = std::f64::consts::TAU / sides;
    let reach = radius * (angle / libm::sin(angle)).sqrt();
    (0..sides as usize).map(move |side| {
        let turn = angle * side as f64;
        center + reach * Vec2::new(libm::cos(turn), libm::sin(turn))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(inset: f64) -> Vec<Point> {
        let (near, far) = (inset, 20.0 - inset);
        [(near, near), (far, near), (far, far), (near, far)].map(Point::from).to_vec()
    }

    #[test]
    fn nested_contours_alternate_whatever_way_they_were_drawn() {
        let mut polygons = Polygons::default();
        polygons.push(square(4.0));
        polygons.push(square(0.0));
        polygons.push(square(2.0).into_iter().rev());
        let polygons = polygons.alternated();
        let signs: Vec<bool> =
            polygons.contours().map(|(contour, _)| signed_area(contour) > 0.0).collect();
        assert_eq!(signs, [true, true, false]);
    }

    #[test]
    fn discs_cover_what_a_circle_covers() {
        for radius in [0.1, 1.0, 7.5, 300.0] {
            let contour: Vec<Point> = disc(Point::ORIGIN, radius).collect();
            let ratio = signed_area(&contour) / 2.0 / (std::f64::consts::PI * radius * radius);
            assert!((ratio - 1.0).abs() < 1e-9, "{radius}: {ratio}");
        }
    }
}
