//! Coverage: how much of each pixel a polygon covers, and what ink that leaves there.

use std::ops::Range;

use ab_glyph_rasterizer::{Rasterizer, point};
use kurbo::{Point, Rect, Vec2};

use super::polygon::Polygons;
use super::steps::{Clip, Colour, Fill, Rule, Step};

/// Less than this of a pixel is none of it: an eighth of a level of 255.
const NONE: f32 = 0.0005;

/// Rows of pixels of a page: red, green and blue, 8 bits each.
pub(super) struct Band<'a> {
    pixels: &'a mut [u8],
    /// The number of columns.
    width: usize,
    /// The rows that are here, by their number on the page.
    rows: Range<usize>,
    /// The groups begun and not ended, the innermost last.
    groups: Vec<Begun<'a>>,
}

/// A clipped group that is being painted.
struct Begun<'a> {
    clip: &'a Clip,
    /// Where the group is seen in this band; nowhere, perhaps.
    window: Option<Window>,
    /// What was there before the group.
    under: Vec<u8>,
}

/// The part of a band that an area reaches, in pixels of the page.
#[derive(Clone, Copy)]
struct Window {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
}

impl<'a> Band<'a> {
    /// White rows of a page `width` pixels wide, from row `top` on, as many as `pixels` holds.
    pub(super) fn new(pixels: &'a mut [u8], width: usize, top: usize) -> Self {
        pixels.fill(255);
        let rows = top..top + pixels.len() / (3 * width).max(1);
        Self { pixels, width, rows, groups: Vec::new() }
    }

    /// Does to these rows what a step does to the page.
    pub(super) fn take(&mut self, step: &'a Step, rasterizer: &mut Rasterizer) {
        match step {
            Step::Fill(fill) => self.paint(fill, rasterizer),
            Step::Clip(clip) => self.begin(clip),
            Step::Unclip => self.end(rasterizer),
        }
    }

    fn paint(&mut self, fill: &Fill, rasterizer: &mut Rasterizer) {
        if let Some(window) = self.window(fill.bounds) {
            cover(rasterizer, &fill.polygons, fill.offset, window);
            self.blend(fill, rasterizer, window);
        }
    }

    /// Remembers what a group is painted over.
    fn begin(&mut self, clip: &'a Clip) {
        let window = self.window(clip.bounds);
        let mut under = Vec::new();
        if let Some(window) = window {
            for row in window.top..window.top + window.height {
                let start = self.at(row, window.left);
                under.extend_from_slice(&self.pixels[start..start + 3 * window.width]);
            }
        }
        self.groups.push(Begun { clip, window, under });
    }

    /// Brings back what a group was painted over, as far as its clip leaves it out.
    ///
    /// The group is clipped as a whole: clipping its parts one by one would let what they hide
    /// shine through along the edge.
    fn end(&mut self, rasterizer: &mut Rasterizer) {
        let Some(Begun { clip, window, under }) = self.groups.pop() else { return };
        let Some(window) = window else { return };
        cover(rasterizer, &clip.polygons, Vec2::ZERO, window);
        for_each_pixel(rasterizer, window, |row, column, area| {
            let coverage = covered(Rule::NonZero, area);
            let before = 3 * ((row - window.top) * window.width + column);
            let before = [under[before], under[before + 1], under[before + 2]];
            let at = self.at(row, window.left + column);
            mix(&mut self.pixels[at..at + 3], &before, 1.0 - coverage);
        });
    }

    /// Returns where among the bytes the pixel of the page in `row` and `column` begins.
    fn at(&self, row: usize, column: usize) -> usize {
        3 * ((row - self.rows.start) * self.width + column)
    }

    /// Returns where an area is seen in these rows, within the groups that have begun.
    fn window(&self, bounds: Rect) -> Option<Window> {
        let whole =
            Window { left: 0, top: self.rows.start, width: self.width, height: self.rows.len() };
        let limit = match self.groups.last() {
            Some(group) => group.window?,
            None => whole,
        };
        let (right, bottom) = (limit.left + limit.width, limit.top + limit.height);
        let clamp = |value: f64, low: usize, high: usize| value.clamp(low as f64, high as f64);
        let left = clamp(bounds.x0.floor(), limit.left, right) as usize;
        let right = clamp(bounds.x1.ceil(), limit.left, right) as usize;
        let top = clamp(bounds.y0.floor(), limit.top, bottom) as usize;
        let bottom = clamp(bounds.y1.ceil(), limit.top, bottom) as usize;
        let (width, height) = (right - left, bottom - top);
        (width > 0 && height > 0).then_some(Window { left, top, width, height })
    }

    fn blend(&mut self, fill: &Fill, rasterizer: &Rasterizer, window: Window) {
        for_each_pixel(rasterizer, window, |row, column, area| {
            if area <= NONE {
                return;
            }
            let coverage = covered(fill.rule, area);
            let column = window.left + column;
            let at = self.at(row, column);
            let pixel = &mut self.pixels[at..at + 3];
            match &fill.colour {
                Colour::Ink(ink) => mix(pixel, ink, coverage),
                Colour::Bitmap(bitmap) => {
                    let center = Point::new(column as f64 + 0.5, row as f64 + 0.5);
                    let (colour, opacity) = bitmap.colour(center);
                    mix(pixel, &colour, coverage * opacity);
                }
            }
        });
    }
}

/// A column before the window takes up what rounding puts to the left of it: the rasterizer would
/// leave that out in the first row, and every row below would be tinted.
const LEFT: usize = 1;

/// Two columns behind the window take up what lies to the right of it, so that every row's areas
/// sum up to nothing before the next row begins.
const RIGHT: usize = 2;

/// Sums up the signed areas of polygons in the pixels of a window.
fn cover(rasterizer: &mut Rasterizer, polygons: &Polygons, offset: Vec2, window: Window) {
    rasterizer.reset(LEFT + window.width + RIGHT, window.height);
    let offset = offset - Vec2::new(window.left as f64, window.top as f64);
    for (contour, bounds) in polygons.contours() {
        let bounds = bounds + offset;
        if bounds.y1 > 0.0 && bounds.y0 < window.height as f64 {
            trace(rasterizer, contour, offset, window);
        }
    }
}

/// Calls `see` with the row of the page, the column of the window, and the mean winding number.
fn for_each_pixel(rasterizer: &Rasterizer, window: Window, mut see: impl FnMut(usize, usize, f32)) {
    let (mut row, mut column) = (window.top, 0);
    rasterizer.for_each_pixel(|_, area| {
        if (LEFT..LEFT + window.width).contains(&column) {
            see(row, column - LEFT, area);
        }
        column += 1;
        if column == LEFT + window.width + RIGHT {
            (row, column) = (row + 1, 0);
        }
    });
}

/// Returns how much of a pixel is inside, given the mean of its winding number.
fn covered(rule: Rule, winding: f32) -> f32 {
    match rule {
        Rule::NonZero => winding.min(1.0),
        Rule::EvenOdd if winding <= 1.0 => winding,
        Rule::EvenOdd => {
            let rest = winding % 2.0;
            if rest > 1.0 { 2.0 - rest } else { rest }
        }
    }
}

fn mix(pixel: &mut [u8], ink: &[u8; 3], coverage: f32) {
    if coverage <= NONE {
        return;
    }
    if coverage >= 1.0 - NONE {
        return pixel.copy_from_slice(ink);
    }
    for (under, over) in pixel.iter_mut().zip(ink) {
        let (from, to) = (f32::from(*under), f32::from(*over));
        *under = (from + (to - from) * coverage + 0.5) as u8;
    }
}

/// Draws the edges of a contour; what lies outside the window is brought to its sides.
fn trace(rasterizer: &mut Rasterizer, contour: &[Point], offset: Vec2, window: Window) {
    let (width, height) = (window.width as f64, window.height as f64);
    let Some(last) = contour.last() else { return };
    let mut from = *last + offset;
    for to in contour {
        let to = *to + offset;
        if let Some((a, b)) = within_rows(from, to, height) {
            draw_edge(rasterizer, a, b, width);
        }
        from = to;
    }
}

/// Returns the piece of an edge between the first row and the last one.
fn within_rows(from: Point, to: Point, height: f64) -> Option<(Point, Point)> {
    if from.y.max(to.y) <= 0.0 || from.y.min(to.y) >= height || from.y == to.y {
        return None;
    }
    let at_row = |point: Point| {
        let y = point.y.clamp(0.0, height);
        if y == point.y {
            return point;
        }
        Point::new(from.x + (to.x - from.x) * (y - from.y) / (to.y - from.y), y)
    };
    Some((at_row(from), at_row(to)))
}

/// Draws an edge; pieces beyond the left or right side become upright ones along that side.
///
/// The rasterizer itself would let them run over into the neighbouring rows.
fn draw_edge(rasterizer: &mut Rasterizer, from: Point, to: Point, width: f64) {
    let mut draw = |a: Point, b: Point| {
        let [a, b] =
            [a, b].map(|p| point((p.x.clamp(0.0, width) + LEFT as f64) as f32, p.y as f32));
        rasterizer.draw_line(a, b);
    };
    let (low, high) = (from.x.min(to.x), from.x.max(to.x));
    if (low >= 0.0 && high <= width) || high <= 0.0 || low >= width {
        return draw(from, to);
    }
    let sides = if from.x < to.x { [0.0, width] } else { [width, 0.0] };
    let mut a = from;
    for side in sides.into_iter().filter(|side| low < *side && *side < high) {
        let y = from.y + (to.y - from.y) * (side - from.x) / (to.x - from.x);
        let b = Point::new(side, y);
        draw(a, b);
        a = b;
    }
    draw(a, to);
}

#[cfg(test)]
mod tests {
    use kurbo::Affine;

    use super::*;

    /// Of these, some have an edge that meets the left side of the window in its first row.
    #[test]
    fn turned_rectangles_leave_nothing_to_the_right_of_them() {
        let window = Window { left: 0, top: 0, width: 100, height: 40 };
        let mut rasterizer = Rasterizer::new(0, 0);
        for at in 0..20_000 {
            let center = Vec2::new(f64::from(at * 37 % 151) - 20.3, f64::from(at * 53 % 61) - 10.7);
            let turn = Affine::rotate(f64::from(at) * 0.000_157 - 1.57);
            let corners = [(-40.0, -25.0), (40.0, -25.0), (40.0, 25.0), (-40.0, 25.0)];
            let mut polygons = Polygons::default();
            polygons.push(corners.map(|corner| turn * Point::from(corner)));
            let right = polygons.bounds().map_or(0.0, |bounds| (bounds + center).x1);
            cover(&mut rasterizer, &polygons, center, window);
            for_each_pixel(&rasterizer, window, |_, column, area| {
                let beyond = column as f64 > right;
                assert!(!beyond || area.abs() < NONE, "rectangle {at}: {area} in {column}");
            });
        }
    }
}
