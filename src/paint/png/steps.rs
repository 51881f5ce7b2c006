//! From a scene to a list of steps: everything a page shows as polygons in pixels, in order.

use std::collections::HashMap;
use std::sync::Arc;

use kurbo::{Affine, BezPath, Cap, Join, Rect, Shape as _, Stroke as Pen, StrokeOpts, Vec2};

use super::dots::dots;
use super::polygon::Polygons;
use super::sampler::{Sampler, Shrunk};
use crate::font::FontStore;
use crate::paint::MITRE_LIMIT;
use crate::paint::geometry::{affine, area, bez_path, largest_scale, mm, place};
use crate::paint::outline::{Outlines, placed};
use crate::scene::{Bitmap, FontId, Group, Ink, Item, Picture, Scene, Shape, Stroke, Text};

/// How far an outline of a stroke may stray from the truth, in pixels.
const TOLERANCE: f64 = 0.01;

/// The shortest dash that is told from a solid line, in pixels.
const FINEST_DASH: f64 = 0.05;

/// One thing to do to the pixels of a page.
pub(super) enum Step {
    /// Paints an area.
    Fill(Fill),
    /// Begins a group of which only what lies in this area is kept.
    Clip(Clip),
    /// Ends the group begun last.
    Unclip,
}

impl Step {
    /// Returns whether the step paints pixels of a picture.
    pub(super) fn is_picture(&self) -> bool {
        matches!(self, Self::Fill(Fill { colour: Colour::Bitmap(_), .. }))
    }
}

/// The area that a group is seen in.
pub(super) struct Clip {
    /// The area.
    pub polygons: Polygons,
    /// The smallest box around it.
    pub bounds: Rect,
}

/// An area and what is in it.
pub(super) struct Fill {
    /// The area, less `offset`.
    pub polygons: Arc<Polygons>,
    /// Where on the page the polygons' origin lies, in pixels.
    pub offset: Vec2,
    /// The smallest box around the area on the page.
    pub bounds: Rect,
    /// What is inside.
    pub rule: Rule,
    /// What is seen there.
    pub colour: Colour,
}

/// How the inside is told from the outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// Inside is what any contour winds around.
    NonZero,
    /// Inside is what an odd number of contours winds around.
    EvenOdd,
}

/// What an area shows.
pub(super) enum Colour {
    /// One ink, in sRGB.
    Ink([u8; 3]),
    /// A picture.
    Bitmap(Sampler),
}

/// Returns the steps that paint `scene`, leaving out what lies outside `paper`.
pub(super) fn steps(scene: &Scene, to_pixels: Affine, paper: Rect, fonts: &FontStore) -> Vec<Step> {
    let mut lister = Lister {
        outlines: Outlines::new(fonts),
        paper,
        glyphs: HashMap::new(),
        shapes: HashMap::new(),
        bitmaps: HashMap::new(),
        steps: Vec::new(),
    };
    lister.scene(scene, to_pixels);
    lister.steps
}

/// The part of a map that turns and scales, to the last bit.
type Linear = [u64; 4];

fn linear(affine: Affine) -> (Linear, Affine, Vec2) {
    let [a, b, c, d, ..] = affine.as_coeffs();
    let turning = Affine::new([a, b, c, d, 0.0, 0.0]);
    ([a, b, c, d].map(f64::to_bits), turning, affine.translation())
}

/// Collects steps; the same glyph or shape in many places is flattened once.
struct Lister<'a> {
    outlines: Outlines<'a>,
    paper: Rect,
    glyphs: HashMap<(FontId, u16, Linear), Arc<Polygons>>,
    /// By the address of the shape, which stands still while the scene is borrowed.
    shapes: HashMap<(*const Shape, bool, Linear), Arc<Polygons>>,
    bitmaps: HashMap<(*const Bitmap, u32, u32), Option<Arc<Shrunk>>>,
    steps: Vec<Step>,
}

impl Lister<'_> {
    fn scene(&mut self, scene: &Scene, to_pixels: Affine) {
        for item in &scene.items {
            match item {
                Item::Group(group) => self.group(group, to_pixels),
                Item::Text(text) => self.text(scene, text, to_pixels),
                Item::Shape(shape) => self.shape(shape, to_pixels),
                Item::Image(picture) => self.picture(picture, to_pixels),
            }
        }
    }

    fn group(&mut self, group: &Group, to_pixels: Affine) {
        let Some(inner) = affine(&group.transform) else { return };
        let to_pixels = to_pixels * inner;
        let Some(clip) = group.clip else { return self.scene(&group.scene, to_pixels) };
        let Some(clip) = area(clip) else { return };
        let polygons = Polygons::flattened(&clip.to_path(TOLERANCE), to_pixels);
        let seen = polygons.bounds().filter(|bounds| bounds.overlaps(self.paper));
        let Some(bounds) = seen else { return };
        self.steps.push(Step::Clip(Clip { polygons, bounds }));
        self.scene(&group.scene, to_pixels);
        self.steps.push(Step::Unclip);
    }

    fn text(&mut self, scene: &Scene, text: &Text, to_pixels: Affine) {
        let Some(units_per_em) = self.outlines.units_per_em(text.font) else { return };
        let scale = mm(text.size) / units_per_em;
        let to_pixels = to_pixels
            * Affine::translate(place(text.origin).to_vec2())
            * Affine::scale_non_uniform(scale, -scale);
        let (key, turning, start) = linear(to_pixels);
        for glyph in placed(scene, text) {
            let outlines = &mut self.outlines;
            let polygons = self.glyphs.entry((text.font, glyph.id, key)).or_insert_with(|| {
                let outline = outlines.glyph(text.font, glyph.id);
                Arc::new(outline.map_or_else(Polygons::default, |outline| {
                    Polygons::flattened(&outline, turning)
                }))
            });
            let polygons = polygons.clone();
            let offset =
                start + (turning * kurbo::Point::new(glyph.x as f64, glyph.y as f64)).to_vec2();
            self.push(polygons, offset, Rule::NonZero, Colour::Ink(text.ink.srgb));
        }
    }

    fn shape(&mut self, shape: &Shape, to_pixels: Affine) {
        let (key, turning, offset) = linear(to_pixels);
        if let Some(ink) = shape.fill {
            let polygons = self.shapes.entry((shape, false, key)).or_insert_with(|| {
                Arc::new(Polygons::flattened(&bez_path(&shape.path), turning).alternated())
            });
            let polygons = polygons.clone();
            self.push(polygons, offset, Rule::EvenOdd, Colour::Ink(ink.srgb));
        }
        let Some(stroke) = shape.stroke.filter(|stroke| mm(stroke.width) > 0.0) else { return };
        if let Some(pitch) = visible_pitch(&stroke, to_pixels) {
            return self.dotted(shape, &stroke, pitch, to_pixels);
        }
        let polygons = self
            .shapes
            .entry((shape, true, key))
            .or_insert_with(|| Arc::new(stroked(&bez_path(&shape.path), &stroke, turning)));
        let polygons = polygons.clone();
        self.push(polygons, offset, Rule::NonZero, Colour::Ink(stroke.ink.srgb));
    }

    fn dotted(&mut self, shape: &Shape, stroke: &Stroke, pitch: f64, to_pixels: Affine) {
        let radius = mm(stroke.width) / 2.0;
        let polygons = dots(&bez_path(&shape.path), radius, pitch, to_pixels, self.paper);
        let ink: Ink = stroke.ink;
        self.push(Arc::new(polygons), Vec2::ZERO, Rule::NonZero, Colour::Ink(ink.srgb));
    }

    fn picture(&mut self, picture: &Picture, to_pixels: Affine) {
        let Some(area) = area(picture.area) else { return };
        if to_pixels.determinant() == 0.0 {
            return;
        }
        let bitmap = &picture.bitmap;
        let (columns, rows) = Sampler::factors(bitmap, area, to_pixels);
        let shrunk = self
            .bitmaps
            .entry((Arc::as_ptr(bitmap), columns, rows))
            .or_insert_with(|| Shrunk::new(bitmap, columns, rows).map(Arc::new));
        let Some(shrunk) = shrunk.clone() else { return };
        let Some(sampler) = Sampler::new(shrunk, bitmap, area, to_pixels) else { return };
        let polygons = Polygons::flattened(&area.to_path(TOLERANCE), to_pixels);
        let colour = Colour::Bitmap(sampler);
        self.push(Arc::new(polygons), Vec2::ZERO, Rule::NonZero, colour);
    }

    fn push(&mut self, polygons: Arc<Polygons>, offset: Vec2, rule: Rule, colour: Colour) {
        let Some(bounds) = polygons.bounds().map(|bounds| bounds + offset) else { return };
        if bounds.overlaps(self.paper) {
            self.steps.push(Step::Fill(Fill { polygons, offset, bounds, rule, colour }));
        }
    }
}

/// Returns the pitch in millimetres, or none where dots are so close that they make a solid line:
/// less than a twentieth of a pixel.
fn visible_pitch(stroke: &Stroke, to_pixels: Affine) -> Option<f64> {
    stroke.dots.map(mm).filter(|pitch| pitch * largest_scale(to_pixels) >= 0.05)
}

/// Returns the outline of a solid stroke.
fn stroked(path: &BezPath, stroke: &Stroke, turning: Affine) -> Polygons {
    // Strokes are widened before the map turns and scales them, since it may scale x and y
    // differently, but at the size of the page, since kurbo's tolerances are absolute.
    let scale = largest_scale(turning);
    if scale <= 0.0 {
        return Polygons::default();
    }
    let solid_round = stroke.round || stroke.dots.is_some();
    let (join, cap) =
        if solid_round { (Join::Round, Cap::Round) } else { (Join::Miter, Cap::Butt) };
    let pen = Pen::new(mm(stroke.width) * scale)
        .with_join(join)
        .with_caps(cap)
        .with_miter_limit(MITRE_LIMIT);
    let dash = stroke.dashes.filter(|_| stroke.dots.is_none()).map(mm);
    let pen = match dash.map(|dash| dash * scale).filter(|dash| *dash >= FINEST_DASH) {
        Some(dash) => pen.with_dashes(0.0, [dash, dash]),
        None => pen,
    };
    let enlarged = Affine::scale(scale) * path;
    let outline = kurbo::stroke(&enlarged, &pen, &StrokeOpts::default(), TOLERANCE);
    Polygons::flattened(&outline, turning * Affine::scale(1.0 / scale))
}
