//! The outlines of glyphs, in font units with y running up, each asked of its font once.

use std::collections::HashMap;
use std::rc::Rc;

use kurbo::{Affine, BezPath};
use read_fonts::model::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use read_fonts::types::GlyphId;
use rusttype::{OutlineBuilder, Scale};

use crate::font::{Font, FontStore};
use crate::scene::{FontId, Glyph, Scene, Text};

/// The outlines of the fonts of a store.
pub(super) struct Outlines<'a> {
    fonts: &'a FontStore,
    faces: HashMap<FontId, Option<Face<'a>>>,
    glyphs: HashMap<(FontId, u16), Option<Rc<BezPath>>>,
}

impl<'a> Outlines<'a> {
    /// The outlines of `fonts`, none of them drawn yet.
    pub(super) fn new(fonts: &'a FontStore) -> Self {
        Self { fonts, faces: HashMap::new(), glyphs: HashMap::new() }
    }

    /// Returns how many font units make one em, or none if there is no such font.
    pub(super) fn units_per_em(&mut self, font: FontId) -> Option<f64> {
        let face = self.face(font)?;
        (face.font.units_per_em > 0).then(|| f64::from(face.font.units_per_em))
    }

    /// Returns the outline of a glyph, or none if it has no ink or there is no such glyph.
    pub(super) fn glyph(&mut self, font: FontId, id: u16) -> Option<Rc<BezPath>> {
        if let Some(known) = self.glyphs.get(&(font, id)) {
            return known.clone();
        }
        let outline = self.face(font).and_then(|face| face.outline(id)).map(Rc::new);
        self.glyphs.insert((font, id), outline.clone());
        outline
    }

    fn face(&mut self, id: FontId) -> Option<&Face<'a>> {
        let fonts = self.fonts;
        let face = self.faces.entry(id).or_insert_with(|| {
            fonts.iter().nth(usize::from(id.0)).map(|(_, font)| Face::new(font))
        });
        face.as_ref()
    }
}

/// A font, opened by rusttype if rusttype can draw it as it is shaped.
struct Face<'a> {
    font: &'a Font,
    rusttype: Option<rusttype::Font<'a>>,
}

impl<'a> Face<'a> {
    fn new(font: &'a Font) -> Self {
        // rusttype knows no variation axes, and draws glyphs of variable CFF fonts askew even at
        // their default: those have to be drawn by the shaper's own reader.
        let fixed = font.shaping().axes().is_empty();
        let rusttype = fixed
            .then(|| rusttype::Font::try_from_bytes_and_index(font.data(), font.index))
            .flatten()
            .filter(|face| unit_scale(face).is_some());
        Self { font, rusttype }
    }

    fn outline(&self, id: u16) -> Option<BezPath> {
        let by_rusttype = self.rusttype.as_ref().and_then(|face| rusttype_outline(face, id));
        by_rusttype.or_else(|| read_fonts_outline(self.font, id)).filter(|path| !path.is_empty())
    }
}

/// Returns the scale at which rusttype draws one font unit as one unit of length.
///
/// rusttype scales by ascender − descender and not by the em.
fn unit_scale(face: &rusttype::Font) -> Option<Scale> {
    let metrics = face.v_metrics_unscaled();
    let height = metrics.ascent - metrics.descent;
    (height > 0.0).then(|| Scale::uniform(height))
}

fn rusttype_outline(face: &rusttype::Font, id: u16) -> Option<BezPath> {
    // rusttype panics on a number that the font does not have.
    if usize::from(id) >= face.glyph_count() {
        return None;
    }
    let mut pen = Pen::default();
    let glyph = face.glyph(rusttype::GlyphId(id)).scaled(unit_scale(face)?);
    glyph.build_outline(&mut pen).then(|| Affine::FLIP_Y * pen.path)
}

fn read_fonts_outline(font: &Font, id: u16) -> Option<BezPath> {
    let glyph = font.shaping().outline_glyphs().get(GlyphId::from(id))?;
    let mut pen = Pen::default();
    glyph.draw(&DrawOptions::new(), DrawMemory::default(), &mut pen).ok()?;
    Some(pen.path)
}

/// Draws what a font says into a path, whichever of the two readers speaks.
#[derive(Default)]
struct Pen {
    path: BezPath,
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to((f64::from(x), f64::from(y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to((f64::from(x), f64::from(y)));
    }

    fn quad_to(&mut self, ax: f32, ay: f32, x: f32, y: f32) {
        self.path.quad_to((f64::from(ax), f64::from(ay)), (f64::from(x), f64::from(y)));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let [a, b, end] = [(ax, ay), (bx, by), (x, y)].map(|(x, y)| (f64::from(x), f64::from(y)));
        self.path.curve_to(a, b, end);
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}

impl PathSink for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        OutlineBuilder::move_to(self, x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        OutlineBuilder::line_to(self, x, y);
    }

    fn quad_to(&mut self, ax: f32, ay: f32, x: f32, y: f32) {
        OutlineBuilder::quad_to(self, ax, ay, x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        OutlineBuilder::curve_to(self, ax, ay, bx, by, x, y);
    }

    fn close(&mut self) {
        OutlineBuilder::close(self);
    }
}

/// A glyph with its place in the line, in font units from the line's origin, y running up.
pub(super) struct Placed {
    /// The glyph's number in its font.
    pub id: u16,
    /// How far right its origin stands.
    pub x: i64,
    /// How far up its origin stands.
    pub y: i64,
}

/// Returns the glyphs of a text item, each where the pen has come to.
pub(super) fn placed<'a>(scene: &'a Scene, text: &Text) -> impl Iterator<Item = Placed> + 'a {
    let range = text.glyphs.start as usize..text.glyphs.end as usize;
    let glyphs: &[Glyph] = scene.glyphs.get(range).unwrap_or_default();
    glyphs.iter().scan(0i64, |pen, glyph| {
        let x = *pen + i64::from(glyph.dx);
        *pen += i64::from(glyph.advance);
        Some(Placed { id: glyph.id, x, y: i64::from(glyph.dy) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Role;
    use kurbo::Shape;

    fn bounds(path: &BezPath) -> [i64; 4] {
        let area = path.bounding_box();
        [area.x0, area.y0, area.x1, area.y1].map(|value| value.round() as i64)
    }

    #[test]
    fn outlines_are_in_font_units_with_y_up() {
        let store = FontStore::bundled();
        let prompt = store.chain(Role::Prompt)[0];
        let shaping = store.get(prompt).shaping();
        let h = shaping.charmap().map_unicode('H').expect("Literata has an H").to_u32() as u16;
        let path = Outlines::new(&store).glyph(prompt, h).expect("an H has ink");
        let [_, bottom, _, top] = bounds(&path);
        assert_eq!((bottom, top), (0, i64::from(store.get(prompt).cap_height)));
    }

    #[test]
    fn both_readers_draw_the_same() {
        let store = FontStore::bundled();
        for (_, font) in store.iter() {
            let face = rusttype::Font::try_from_bytes(font.data()).expect("rusttype reads it");
            for id in (0..face.glyph_count() as u16).step_by(7) {
                let one = rusttype_outline(&face, id).unwrap_or_default();
                let other = read_fonts_outline(font, id).unwrap_or_default();
                assert!((one.area() - other.area()).abs() < 1.0, "{font:?} glyph {id}");
                assert_eq!(bounds(&one), bounds(&other), "{font:?} glyph {id}");
            }
        }
    }

    #[test]
    fn glyphs_and_fonts_that_do_not_exist_have_no_outline() {
        let store = FontStore::bundled();
        let mut outlines = Outlines::new(&store);
        assert!(outlines.glyph(FontId(0), u16::MAX).is_none());
        assert!(outlines.glyph(FontId(999), 1).is_none());
        assert!(outlines.units_per_em(FontId(999)).is_none());
    }
}
