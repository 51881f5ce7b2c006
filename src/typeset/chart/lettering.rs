//! What the back asks of whoever sets its words: how wide is this line, and draw it there.

use harfrust::{Buffer, Feature, ShapeOptions, ShaperFont, Tag, shape};
use unicode_normalization::UnicodeNormalization;

use crate::font::{Font, FontStore, Role};
use crate::length::{Length, Point};
use crate::scene::{FontId, Glyph, Ink, Item, Scene, Text};

/// How a line of letters looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineStyle {
    /// The part that the line plays; it decides the font.
    pub role: Role,
    /// The size of the em.
    pub size: Length,
    /// The extra space between letters, in thousandths of the em.
    pub tracking: i32,
    /// The colour.
    pub ink: Ink,
}

/// Where a line of letters stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// A point on the baseline.
    pub at: Point,
    /// Which part of the line stands on that point.
    pub align: Align,
}

/// Which part of a line stands on its anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// The left end.
    Left,
    /// The middle.
    Center,
    /// The right end.
    Right,
}

/// Someone who can set a line of letters.
pub trait Letterer {
    /// Returns how wide `text` is, from the first letter's origin to the last one's advance; no
    /// tracking follows the last letter.
    fn width(&self, text: &str, style: LineStyle) -> Length;

    /// Adds `text` to `scene` and returns how wide it is.
    fn draw(&self, scene: &mut Scene, text: &str, style: LineStyle, anchor: Anchor) -> Length;
}

/// A letterer for short lines in one script: the whole line in one font, kerned and tracked.
///
/// The font is the first of the role's chain that has every character, or the first of all.
#[derive(Clone, Copy, Debug)]
pub struct PlainLetterer<'a> {
    /// The fonts of the run.
    pub fonts: &'a FontStore,
}

impl PlainLetterer<'_> {
    fn font(&self, text: &str, role: Role) -> Option<FontId> {
        let chain = self.fonts.chain(role);
        let complete = |id: &&FontId| text.chars().all(|c| self.fonts.get(**id).covers(c));
        chain.iter().find(complete).or(chain.first()).copied()
    }

    fn shaped(&self, text: &str, style: LineStyle) -> Option<(FontId, Vec<Glyph>)> {
        let id = self.font(text, style.role)?;
        let font = self.fonts.get(id);
        let mut glyphs = glyphs_of(font, text, style.tracking != 0);
        let extra = style.tracking * i32::from(font.units_per_em) / 1000;
        // A cluster is one letter with its marks: the space belongs behind the whole of it.
        for at in 1..glyphs.len() {
            if glyphs[at].cluster != glyphs[at - 1].cluster {
                glyphs[at - 1].advance += extra;
            }
        }
        Some((id, glyphs))
    }

    fn measured(&self, font: FontId, glyphs: &[Glyph], size: Length) -> Length {
        let units: i64 = glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum();
        size.scaled(units as f64 / f64::from(self.fonts.get(font).units_per_em.max(1)))
    }
}

impl Letterer for PlainLetterer<'_> {
    fn width(&self, text: &str, style: LineStyle) -> Length {
        self.shaped(text, style)
            .map_or(Length::ZERO, |(font, glyphs)| self.measured(font, &glyphs, style.size))
    }

    fn draw(&self, scene: &mut Scene, text: &str, style: LineStyle, anchor: Anchor) -> Length {
        let Some((font, glyphs)) = self.shaped(text, style) else { return Length::ZERO };
        let width = self.measured(font, &glyphs, style.size);
        let back = match anchor.align {
            Align::Left => Length::ZERO,
            Align::Center => width / 2,
            Align::Right => width,
        };
        let (first_byte, first_glyph) = (scene.text.len() as u32, scene.glyphs.len() as u32);
        scene.text.push_str(text);
        let moved = |glyph: Glyph| Glyph { cluster: glyph.cluster + first_byte, ..glyph };
        scene.glyphs.extend(glyphs.into_iter().map(moved));
        scene.items.push(Item::Text(Text {
            font,
            size: style.size,
            ink: style.ink,
            origin: Point::new(anchor.at.x - back, anchor.at.y),
            text: first_byte..scene.text.len() as u32,
            glyphs: first_glyph..scene.glyphs.len() as u32,
        }));
        width
    }
}

fn glyphs_of(font: &Font, text: &str, spaced: bool) -> Vec<Glyph> {
    let mut buffer = Buffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    // A ligature cannot be spaced out, so tracked lines do without.
    let plain = [Feature::new(Tag::new(b"liga"), 0, ..), Feature::new(Tag::new(b"clig"), 0, ..)];
    let options = ShapeOptions::new().features(if spaced { &plain } else { &[] });
    if shape(&ShaperFont::new(font.shaping()), &mut buffer, options).is_err() {
        return Vec::new();
    }
    let placed = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
    placed
        .map(|(info, position)| Glyph {
            id: u16::try_from(info.glyph_id).unwrap_or(0),
            advance: position.x_advance,
            dx: narrowed(position.x_offset),
            dy: narrowed(position.y_offset),
            cluster: info.cluster,
        })
        .collect()
}

fn narrowed(units: i32) -> i16 {
    units.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

/// Returns `text` in capitals by Unicode's full mapping; Greek loses its tonos, as Greek capitals
/// do.
pub fn capitals(text: &str) -> String {
    let mut last_greek = false;
    let upper = text.nfd().flat_map(char::to_uppercase);
    let kept = upper.filter(|c| match *c {
        '\u{301}' => !last_greek,
        '\u{308}' => true,
        c => {
            last_greek = matches!(c, '\u{370}'..='\u{3FF}');
            true
        }
    });
    kept.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABEL: LineStyle =
        LineStyle { role: Role::Label, size: Length::pt(6.5), tracking: 140, ink: Ink::BLACK };

    #[test]
    fn tracking_stands_between_letters_only() {
        let fonts = FontStore::bundled();
        let letterer = PlainLetterer { fonts: &fonts };
        let loose = letterer.width("TWO", LABEL);
        let tight = letterer.width("TWO", LineStyle { tracking: 0, ..LABEL });
        assert_eq!(loose - tight, LABEL.size.scaled(0.28));
        assert_eq!(letterer.width("", LABEL), Length::ZERO);
    }

    #[test]
    fn lines_stand_where_they_are_told() {
        let fonts = FontStore::bundled();
        let letterer = PlainLetterer { fonts: &fonts };
        let mut scene = Scene::default();
        for align in [Align::Left, Align::Center, Align::Right] {
            letterer.draw(&mut scene, "FOR TWO", LABEL, Anchor { at: Point::mm(30.0, 5.0), align });
        }
        let lefts: Vec<Length> = scene
            .items
            .iter()
            .map(|item| match item {
                Item::Text(text) => text.origin.x,
                other => panic!("{other:?} is no text"),
            })
            .collect();
        let width = letterer.width("FOR TWO", LABEL);
        let middle = Length::mm(30.0);
        assert_eq!(lefts, [middle, middle - width / 2, middle - width]);
        assert_eq!(scene.text, "FOR TWO".repeat(3));
        assert_eq!(scene.glyphs[20].cluster, 20);
    }

    #[test]
    fn each_line_asks_the_chain_for_a_font_that_has_it_all() {
        let fonts = FontStore::bundled();
        let letterer = PlainLetterer { fonts: &fonts };
        let family = |text| letterer.font(text, Role::Prompt).map(|id| &*fonts.get(id).family);
        assert_eq!(family("Близость"), Some("Literata"));
        assert_eq!(family("☆ ☐"), family("Intimacy"));
    }

    #[test]
    fn capitals_follow_each_script() {
        assert_eq!(capitals("For two"), "FOR TWO");
        assert_eq!(capitals("Straße, été"), "STRASSE, ÉTÉ");
        assert_eq!(capitals("εμπιστοσύνη"), "ΕΜΠΙΣΤΟΣΥΝΗ");
        assert_eq!(capitals("ευφυΐα"), "ΕΥΦΥΪΑ");
    }
}
