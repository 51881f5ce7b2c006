//! Coverage: how much of each pixel a polygon covers, and what ink that leaves there.

use ab_glyph_rasterizer::{Rasterizer, point};
use kurbo::{Point, Rect, Vec2};

use super::fills::{Colour, Fill, Rule};

/// Less than this of a pixel is none of it: an eighth of a level of 255.
const NONE: f32 = 0.0005;

/// Rows of pixels of a page: red, green and blue, 8 bits each.
pub(super) struct Band<'a> {
    /// The pixels, row by row.
    pub pixels: &'a mut [u8],
    /// The number of columns.
    pub width: usize,
    /// The number of the first row on the page.
    pub top: usize,
}

/// The part of a band that a fill reaches, in pixels of the page.
#[derive(Clone, Copy)]
struct Window {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
}

impl Band<'_> {
    /// Paints what lies in this band of `fill` over what is there.
    pub(super) fn paint(&mut self, fill: &Fill, rasterizer: &mut Rasterizer) {
        let Some(window) = self.window(fill.bounds) else { return };
        // Two more columns than the window take up what lies to the right of it, so that every
        // row's signed areas sum up to nothing before the next row begins.
        rasterizer.reset(window.width + 2, window.height);
        let offset = fill.offset - Vec2::new(window.left as f64, window.top as f64);
        for (contour, bounds) in fill.polygons.contours() {
            let bounds = bounds + offset;
            if bounds.y1 > 0.0 && bounds.y0 < window.height as f64 {
                trace(rasterizer, contour, offset, window);
            }
        }
        self.blend(fill, rasterizer, window);
    }

    fn window(&self, bounds: Rect) -> Option<Window> {
        let rows = self.pixels.len() / (3 * self.width);
        let clamp = |value: f64, low: usize, high: usize| value.clamp(low as f64, high as f64);
        let (top, bottom) = (self.top, self.top + rows);
        let left = clamp(bounds.x0.floor(), 0, self.width) as usize;
        let right = clamp(bounds.x1.ceil(), 0, self.width) as usize;
        let first = clamp(bounds.y0.floor(), top, bottom) as usize;
        let last = clamp(bounds.y1.ceil(), top, bottom) as usize;
        let (width, height) = (right - left, last - first);
        (width > 0 && height > 0).then_some(Window { left, top: first, width, height })
    }

    fn blend(&mut self, fill: &Fill, rasterizer: &Rasterizer, window: Window) {
        let row_length = window.width + 2;
        let (mut column, mut row) = (0, window.top);
        rasterizer.for_each_pixel(|_, area| {
            if area > NONE && column < window.width {
                let coverage = covered(fill.rule, area);
                let x = window.left + column;
                let at = 3 * ((row - self.top) * self.width + x);
                match &fill.colour {
                    Colour::Ink(ink) => mix(&mut self.pixels[at..at + 3], ink, coverage),
                    Colour::Bitmap(bitmap) => {
                        let ink = bitmap.colour(Point::new(x as f64 + 0.5, row as f64 + 0.5));
                        mix(&mut self.pixels[at..at + 3], &ink, coverage);
                    }
                }
            }
            column += 1;
            if column == row_length {
                (column, row) = (0, row + 1);
            }
        });
    }
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
        let [a, b] = [a, b].map(|p| point(p.x.clamp(0.0, width) as f32, p.y as f32));
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
