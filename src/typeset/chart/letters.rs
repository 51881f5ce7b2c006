//! The code in the corner: letters and figures that stand alone, shaped once each.

use harfrust::ShaperFont;

use crate::font::{FontStore, Role};
use crate::length::{Length, Point};
use crate::scene::{FontId, Glyph, Ink, Item, Scene, Text};
use crate::typeset::lexicon::EM;
use crate::typeset::paragraph::from_ems;

/// The space between the letters of a code, in thousandths of an em.
const TRACKING: i32 = 80;

/// The letters of codes in the size of a card.
#[derive(Clone, Debug)]
pub(super) struct Letters {
    font: FontId,
    size: Length,
    units_per_em: i32,
    /// The glyph and the advance of each character up to U+00FF.
    glyphs: Vec<(u16, i32)>,
}

impl Letters {
    pub fn new(grid: &super::Grid, fonts: &FontStore) -> Self {
        let font = fonts.chain(Role::Small)[0];
        let face = fonts.get(font).shaping();
        let (map, metrics) = (face.charmap(), ShaperFont::new(face));
        let glyph = |c: u32| {
            let glyph = map.map_unicode(c).unwrap_or_default();
            (glyph.to_u32() as u16, metrics.glyph_h_advance(glyph))
        };
        Self {
            font,
            size: grid.pt(6.5),
            units_per_em: i32::from(fonts.get(font).units_per_em.max(1)),
            glyphs: (0..=0xFF).map(glyph).collect(),
        }
    }

    /// Draws `code` with its right end at `end`.
    pub fn draw(&self, code: &str, end: Point, scene: &mut Scene) {
        let starts = (scene.text.len() as u32, scene.glyphs.len() as u32);
        let tracking = TRACKING * self.units_per_em / 1000;
        for (at, c) in code.char_indices() {
            let (id, advance) = self.glyphs.get(c as usize).copied().unwrap_or_default();
            let last = at + c.len_utf8() == code.len();
            let advance = advance + if last { 0 } else { tracking };
            scene.glyphs.push(Glyph { id, advance, dx: 0, dy: 0, cluster: starts.0 + at as u32 });
        }
        scene.text.push_str(code);
        let units: i64 =
            scene.glyphs[starts.1 as usize..].iter().map(|glyph| i64::from(glyph.advance)).sum();
        let width = from_ems(units * EM / i64::from(self.units_per_em), self.size);
        scene.items.push(Item::Text(Text {
            font: self.font,
            size: self.size,
            ink: Ink::BLACK,
            origin: Point::new(end.x - width, end.y),
            text: starts.0..scene.text.len() as u32,
            glyphs: starts.1..scene.glyphs.len() as u32,
        }));
    }

    /// Draws every letter that a code can have.
    pub fn specimen(&self, scene: &mut Scene) {
        self.draw("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", Point::ORIGIN, scene);
    }
}
