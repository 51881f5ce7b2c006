//! What stands between layout and paint: positioned text, shapes and images, all decided.
//!
//! A [`Scene`] says where everything is; a painter only says it again in PDF, PNG or SVG. Text is
//! kept both as glyphs (what is drawn) and as characters (what is searched for and copied). Both
//! live in arenas of the scene, so that a card of a hundred glyphs costs a handful of allocations.

use std::ops::Range;
use std::sync::Arc;

use crate::length::{Length, Point, Rect, Size};

/// A drawing: items in painting order, the later over the earlier.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// The items, bottom to top.
    pub items: Vec<Item>,
    /// The characters of every text item, one after the other.
    pub text: String,
    /// The glyphs of every text item, one after the other.
    pub glyphs: Vec<Glyph>,
}

/// One thing in a scene.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A scene inside this one.
    Group(Group),
    /// A line of text.
    Text(Text),
    /// A path, filled, stroked or both.
    Shape(Shape),
    /// A picture of pixels.
    Image(Picture),
}

/// A scene placed inside another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What is placed.
    pub scene: Arc<Scene>,
    /// How the inner scene's coordinates become the outer one's.
    pub transform: Transform,
    /// The area, in inner coordinates, outside of which nothing is painted. Default: none.
    pub clip: Option<Rect>,
    /// Whether the same scene is placed many times in a document, so that a painter that can keep
    /// one copy and refer to it should. Default: no.
    pub reused: bool,
    /// The layer that the group belongs to, for formats that have layers. Default: the outer one.
    pub layer: Option<Layer>,
}

impl Group {
    /// The group that places `scene` with `transform`, unclipped, drawn once, in the outer layer.
    pub const fn new(scene: Arc<Scene>, transform: Transform) -> Self {
        Self { scene, transform, clip: None, reused: false, layer: None }
    }
}

/// A layer of a printed sheet that a viewer can switch off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// The cards themselves.
    Artwork,
    /// Everything that guides the blade.
    Marks,
    /// The line of words about the sheet, outside the cards.
    Slug,
    /// Outlines that a plotter or a blade follows.
    Cut,
    /// Lines that are scored and folded.
    Fold,
}

impl Layer {
    /// All layers.
    pub const ALL: [Self; 5] = [Self::Artwork, Self::Marks, Self::Slug, Self::Cut, Self::Fold];

    /// Returns the name a viewer shows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Artwork => "Artwork",
            Self::Marks => "Marks",
            Self::Slug => "Slug",
            Self::Cut => "Cut",
            Self::Fold => "Fold",
        }
    }
}

/// A map of the plane: turning and scaling, then moving.
///
/// A point (x, y) goes to (`xx`·x + `yx`·y + `offset.x`, `xy`·x + `yy`·y + `offset.y`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transform {
    /// How much of x goes into the new x.
    pub xx: f64,
    /// How much of x goes into the new y.
    pub xy: f64,
    /// How much of y goes into the new x.
    pub yx: f64,
    /// How much of y goes into the new y.
    pub yy: f64,
    /// Where the origin goes.
    pub offset: Point,
}

impl Transform {
    /// The map that changes nothing.
    pub const IDENTITY: Self = Self::moved(Point::ORIGIN);

    /// The map that moves the origin to `offset`.
    pub const fn moved(offset: Point) -> Self {
        Self { xx: 1.0, xy: 0.0, yx: 0.0, yy: 1.0, offset }
    }

    /// The map that scales by `factor` about the origin, then moves the origin to `offset`.
    pub const fn scaled(factor: f64, offset: Point) -> Self {
        Self { xx: factor, xy: 0.0, yx: 0.0, yy: factor, offset }
    }

    /// The map that turns a box of `size` upside down within `slot_origin` and that size.
    pub fn half_turn(size: Size, slot_origin: Point) -> Self {
        let offset = Point::new(slot_origin.x + size.width, slot_origin.y + size.height);
        Self { xx: -1.0, xy: 0.0, yx: 0.0, yy: -1.0, offset }
    }

    /// Returns where `point` goes.
    pub fn apply(&self, point: Point) -> Point {
        let (x, y) = (point.x.to_emu() as f64, point.y.to_emu() as f64);
        let emu = |value: f64| Length::emu(value.round() as i64);
        Point::new(
            emu(self.xx * x + self.yx * y) + self.offset.x,
            emu(self.xy * x + self.yy * y) + self.offset.y,
        )
    }

    /// Returns the map that does `self` first and `outer` second.
    pub fn then(&self, outer: &Self) -> Self {
        Self {
            xx: outer.xx * self.xx + outer.yx * self.xy,
            xy: outer.xy * self.xx + outer.yy * self.xy,
            yx: outer.xx * self.yx + outer.yx * self.yy,
            yy: outer.xy * self.yx + outer.yy * self.yy,
            offset: outer.apply(self.offset),
        }
    }
}

/// A line of text in one font and one ink.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The font, as numbered by the [`FontStore`](crate::font::FontStore) that the painter is given.
    pub font: FontId,
    /// The size of the em.
    pub size: Length,
    /// The colour.
    pub ink: Ink,
    /// Where the first glyph's origin stands on the baseline.
    pub origin: Point,
    /// Which bytes of [`Scene::text`] these glyphs stand for.
    pub text: Range<u32>,
    /// Which of [`Scene::glyphs`] are drawn.
    pub glyphs: Range<u32>,
}

/// The number of a font in its store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(pub u16);

/// A shaped glyph; all measures are in font units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// The glyph's number in its font.
    pub id: u16,
    /// The step to the next glyph's origin, kerning and tracking included.
    pub advance: i32,
    /// The shift to the right of this glyph alone.
    pub dx: i16,
    /// The shift upward of this glyph alone.
    pub dy: i16,
    /// The byte of [`Scene::text`] at which this glyph's characters begin.
    pub cluster: u32,
}

/// A colour with intent: what a screen shows, what a press prints, and its plate if it has its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ink {
    /// The colour in sRGB, 0 to 255.
    pub srgb: [u8; 3],
    /// The cyan, magenta, yellow and black of a press, in percent.
    pub cmyk: [u8; 4],
    /// The plate of its own that the colour prints on, if any.
    pub spot: Option<Spot>,
}

/// A plate beside the four process colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// Prints on every plate: for marks that must be seen whichever plate is looked at.
    Registration,
    /// Prints on none: tells a cutting machine, by the name that all of them know, where to cut.
    CutContour,
}

impl Spot {
    /// All plates of their own.
    pub const ALL: [Self; 2] = [Self::Registration, Self::CutContour];
}

impl Ink {
    /// Black: K alone on a press.
    pub const BLACK: Self = Self::new([0, 0, 0], [0, 0, 0, 100]);
    /// The bare paper.
    pub const PAPER: Self = Self::new([255, 255, 255], [0, 0, 0, 0]);
    /// The ink of marks: every plate on a press, black elsewhere.
    pub const REGISTRATION: Self =
        Self { srgb: [0, 0, 0], cmyk: [0, 0, 0, 100], spot: Some(Spot::Registration) };
    /// The line that a cutting machine follows: a plate of its own on a press, magenta elsewhere.
    pub const CUT_CONTOUR: Self =
        Self { srgb: [230, 0, 126], cmyk: [0, 100, 0, 0], spot: Some(Spot::CutContour) };

    /// The process colour that is `srgb` on a screen and `cmyk` (percent) on a press.
    pub const fn new(srgb: [u8; 3], cmyk: [u8; 4]) -> Self {
        Self { srgb, cmyk, spot: None }
    }
}

/// A path that is filled, stroked, or filled and then stroked.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The outline.
    pub path: Path,
    /// The ink inside, by the even-odd rule. Default: none.
    pub fill: Option<Ink>,
    /// The line along the outline. Default: none.
    pub stroke: Option<Stroke>,
}

impl Shape {
    /// The inside of `path` in `ink`.
    pub const fn filled(path: Path, ink: Ink) -> Self {
        Self { path, fill: Some(ink), stroke: None }
    }

    /// The line along `path`.
    pub const fn stroked(path: Path, stroke: Stroke) -> Self {
        Self { path, fill: None, stroke: Some(stroke) }
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// The ink of the line.
    pub ink: Ink,
    /// The full width, half of it on either side of the path.
    pub width: Length,
    /// Whether ends and corners are round rather than cut off and mitred. Default: no.
    pub round: bool,
    /// The pitch of a dotted line: one round dot as wide as the stroke every so far. Default: none.
    pub dots: Option<Length>,
    /// The length of the dashes of a broken line, and of the gaps between them; dots come before
    /// dashes where both are given. Default: none.
    pub dashes: Option<Length>,
}

impl Stroke {
    /// A solid line with butt ends.
    pub const fn new(ink: Ink, width: Length) -> Self {
        Self { ink, width, round: false, dots: None, dashes: None }
    }

    /// Returns the stroke with round ends and corners.
    pub const fn rounded(self) -> Self {
        Self { round: true, ..self }
    }

    /// Returns the stroke as round dots at `pitch`.
    pub const fn dotted(self, pitch: Length) -> Self {
        Self { dots: Some(pitch), round: true, ..self }
    }

    /// Returns the stroke as dashes as long as the gaps between them.
    pub const fn dashed(self, dash: Length) -> Self {
        Self { dashes: Some(dash), ..self }
    }
}

/// An outline of lines and curves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    /// The steps of the pen.
    pub segments: Vec<Segment>,
}

/// One step of the pen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Lifts the pen and sets it down here.
    Move(Point),
    /// Draws straight to here.
    Line(Point),
    /// Draws a cubic Bézier curve: two control points, then the end.
    Cubic(Point, Point, Point),
    /// Draws straight back to the last [`Segment::Move`].
    Close,
}

/// The distance of control points that makes four cubics the best circle (0.02 % off at most).
pub(crate) const CIRCLE: f64 = 0.552_284_749_8;

impl Path {
    /// The straight line from `start` to `end`.
    pub fn line(start: Point, end: Point) -> Self {
        Self { segments: vec![Segment::Move(start), Segment::Line(end)] }
    }

    /// The outline of `rect`.
    pub fn rect(rect: Rect) -> Self {
        let (l, t, r, b) = (rect.left(), rect.top(), rect.right(), rect.bottom());
        Self {
            segments: vec![
                Segment::Move(Point::new(l, t)),
                Segment::Line(Point::new(r, t)),
                Segment::Line(Point::new(r, b)),
                Segment::Line(Point::new(l, b)),
                Segment::Close,
            ],
        }
    }

    /// The circle of `radius` about `center`.
    pub fn circle(center: Point, radius: Length) -> Self {
        let mut path = Self::arc(center, radius, false);
        path.segments.extend_from_slice(&Self::arc(center, radius, true).segments[1..]);
        path.segments.push(Segment::Close);
        path
    }

    /// Half a circle from the left end of the diameter to the right one, over the top; with
    /// `under`, from the right end to the left one, under the bottom.
    pub fn arc(center: Point, radius: Length, under: bool) -> Self {
        let r = if under { -radius } else { radius };
        let k = r.scaled(CIRCLE);
        let at = |x: Length, y: Length| Point::new(center.x + x, center.y + y);
        let zero = Length::ZERO;
        Self {
            segments: vec![
                Segment::Move(at(-r, zero)),
                Segment::Cubic(at(-r, -k), at(-k, -r), at(zero, -r)),
                Segment::Cubic(at(k, -r), at(r, -k), at(r, zero)),
            ],
        }
    }

    /// The rectangle with corners rounded to `radius`.
    pub fn rounded_rect(rect: Rect, radius: Length) -> Self {
        let radius = radius.min(rect.size.width / 2).min(rect.size.height / 2);
        if radius <= Length::ZERO {
            return Self::rect(rect);
        }
        let (l, t, r, b) = (rect.left(), rect.top(), rect.right(), rect.bottom());
        let c = radius - radius.scaled(CIRCLE);
        let at = Point::new;
        Self {
            segments: vec![
                Segment::Move(at(l + radius, t)),
                Segment::Line(at(r - radius, t)),
                Segment::Cubic(at(r - c, t), at(r, t + c), at(r, t + radius)),
                Segment::Line(at(r, b - radius)),
                Segment::Cubic(at(r, b - c), at(r - c, b), at(r - radius, b)),
                Segment::Line(at(l + radius, b)),
                Segment::Cubic(at(l + c, b), at(l, b - c), at(l, b - radius)),
                Segment::Line(at(l, t + radius)),
                Segment::Cubic(at(l, t + c), at(l + c, t), at(l + radius, t)),
                Segment::Close,
            ],
        }
    }
}

/// A picture in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The pixels.
    pub bitmap: Arc<Bitmap>,
    /// The area that the pixels are stretched over.
    pub area: Rect,
}

/// Pixels, row by row from the top left.
#[derive(Clone, PartialEq, Eq)]
pub struct Bitmap {
    /// The number of columns.
    pub width: u32,
    /// The number of rows.
    pub height: u32,
    /// Red, green and blue of each pixel, 8 bits each.
    pub rgb: Vec<u8>,
    /// How opaque each pixel is, 255 being solid; none where all are. Soft edges still show some of
    /// what a clear pixel beside them holds.
    pub alpha: Option<Vec<u8>>,
    /// The JPEG file that these pixels came from, for painters that can embed it as it is.
    pub jpeg: Option<Vec<u8>>,
}

impl std::fmt::Debug for Bitmap {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "Bitmap({} × {})", self.width, self.height)
    }
}

/// A finished page: one side of a sheet, or one face of a card with its bleed.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The size of the paper.
    pub size: Size,
    /// The outline of what is left after cutting: all cards together on an imposed sheet.
    pub trim: Rect,
    /// The area that ink reaches on purpose; holds the trim.
    pub bleed: Rect,
    /// What is drawn.
    pub scene: Scene,
    /// The entries that lead a reader to this page, outermost first.
    pub bookmarks: Vec<Bookmark>,
}

/// An entry of the outline that a viewer shows beside the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// What the entry says.
    pub title: String,
    /// How deep the entry is nested; 0 is outermost.
    pub level: u8,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_turn_maps_a_box_onto_itself() {
        let size = Size::mm(63.0, 88.0);
        let slot = Point::mm(10.0, 20.0);
        let turn = Transform::half_turn(size, slot);
        assert_eq!(turn.apply(Point::ORIGIN), Point::mm(73.0, 108.0));
        assert_eq!(turn.apply(Point::mm(63.0, 88.0)), slot);
    }

    #[test]
    fn transforms_chain_inner_first() {
        let inner = Transform::scaled(2.0, Point::mm(1.0, 0.0));
        let outer = Transform::half_turn(Size::mm(10.0, 10.0), Point::ORIGIN);
        let both = inner.then(&outer);
        let point = Point::mm(3.0, 4.0);
        assert_eq!(both.apply(point), outer.apply(inner.apply(point)));
    }

    #[test]
    fn circles_reach_their_radius() {
        let circle = Path::circle(Point::mm(5.0, 5.0), Length::mm(2.0));
        let ends: Vec<Point> = circle
            .segments
            .iter()
            .filter_map(|segment| match segment {
                Segment::Cubic(_, _, end) => Some(*end),
                _ => None,
            })
            .collect();
        let expected =
            [Point::mm(5.0, 3.0), Point::mm(7.0, 5.0), Point::mm(5.0, 7.0), Point::mm(3.0, 5.0)];
        assert_eq!(ends, expected);
    }
}
