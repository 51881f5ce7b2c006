//! Single lines: names, codes, titles and the slug, set wherever they are asked for.

use harfrust::{Buffer, Feature, ShapeOptions, ShaperFont, Tag};

use super::bidi;
use super::fallback::by_font;
use super::lexicon::EM;
use super::paragraph::from_ems;
use crate::font::{FontStore, Role};
use crate::length::{Length, Point};
use crate::scene::{FontId, Glyph, Ink, Item, Scene, Text};

/// How a line is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineStyle {
    /// The part that the line plays; it chooses the fonts.
    pub role: Role,
    /// The size of the em.
    pub size: Length,
    /// The space added after every letter but the last, in thousandths of an em. Default: 0.
    pub tracking: i32,
    /// The ink.
    pub ink: Ink,
}

impl LineStyle {
    /// An untracked line in black.
    pub const fn new(role: Role, size: Length) -> Self {
        Self { role, size, tracking: 0, ink: Ink::BLACK }
    }

    /// Returns the style with `tracking` thousandths of an em between letters.
    pub const fn tracked(self, tracking: i32) -> Self {
        Self { tracking, ..self }
    }

    /// Returns the style in `ink`.
    pub const fn inked(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }
}

/// Which point of a line its place means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The left end of the baseline.
    Left,
    /// The middle of the baseline.
    Center,
    /// The right end of the baseline.
    Right,
}

/// A line whose glyphs are known and whose place is not.
#[derive(Clone, Debug)]
pub struct Line {
    style: LineStyle,
    parts: Vec<(FontId, String, Vec<Glyph>)>,
    width: i64,
    /// The characters that no font has.
    pub missing: String,
}

impl Line {
    /// Shapes `text` in `style`.
    pub fn new(text: &str, style: LineStyle, fonts: &FontStore) -> Self {
        let mut line = Self { style, parts: Vec::new(), width: 0, missing: String::new() };
        for stretch in from_left_to_right(text) {
            for (part, font) in by_font(stretch, style.role, fonts, &mut line.missing) {
                let glyphs = shape(&part, font, style.tracking, fonts);
                line.parts.push((font, part, glyphs));
            }
        }
        let last = line.parts.last_mut().and_then(|part| {
            let font = part.0;
            part.2.last_mut().map(|glyph| (font, glyph))
        });
        if let Some((font, glyph)) = last {
            glyph.advance -= in_units(style.tracking, font, fonts);
        }
        line.width = line.parts.iter().map(|(font, _, glyphs)| width(glyphs, *font, fonts)).sum();
        line
    }

    /// Returns the width.
    pub fn width(&self) -> Length {
        from_ems(self.width, self.style.size)
    }

    /// Draws the line into `scene` with its `anchor` at `place`.
    pub fn draw(&self, scene: &mut Scene, place: Point, anchor: Anchor, fonts: &FontStore) {
        let shift = match anchor {
            Anchor::Left => Length::ZERO,
            Anchor::Center => self.width() / 2,
            Anchor::Right => self.width(),
        };
        let mut x = 0;
        for (font, text, glyphs) in &self.parts {
            let starts = (scene.text.len() as u32, scene.glyphs.len() as u32);
            scene.text.push_str(text);
            let moved = |glyph: &Glyph| Glyph { cluster: glyph.cluster + starts.0, ..*glyph };
            scene.glyphs.extend(glyphs.iter().map(moved));
            scene.items.push(Item::Text(Text {
                font: *font,
                size: self.style.size,
                ink: self.style.ink,
                origin: Point::new(place.x - shift + from_ems(x, self.style.size), place.y),
                text: starts.0..scene.text.len() as u32,
                glyphs: starts.1..scene.glyphs.len() as u32,
            }));
            x += width(glyphs, *font, fonts);
        }
    }
}

/// Returns the stretches of `text` that are read one way, as they stand.
fn from_left_to_right(text: &str) -> Vec<&str> {
    if !bidi::has_rtl(text) {
        return vec![text];
    }
    let begins_right = bidi::begins_right(text);
    let levels = bidi::levels(text, begins_right);
    let stretches = bidi::stretches(&levels, 0..text.len());
    let parts: Vec<&str> = stretches.into_iter().map(|part| &text[part]).collect();
    bidi::visual_order(&parts, begins_right).into_iter().map(|at| parts[at]).collect()
}

/// Shapes a stretch of text in one font; tracked text has no ligatures.
fn shape(text: &str, font: FontId, tracking: i32, fonts: &FontStore) -> Vec<Glyph> {
    let mut buffer = Buffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let ligatures = u32::from(tracking == 0);
    let features = [
        Feature::new(Tag::new(b"lnum"), 1, ..),
        Feature::new(Tag::new(b"liga"), ligatures, ..),
        Feature::new(Tag::new(b"clig"), ligatures, ..),
    ];
    let face = ShaperFont::new(fonts.get(font).shaping());
    if harfrust::shape(&face, &mut buffer, ShapeOptions::new().features(&features)).is_err() {
        return Vec::new();
    }
    let tracking = in_units(tracking, font, fonts);
    let pairs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
    pairs
        .map(|(info, position)| Glyph {
            id: info.glyph_id.try_into().unwrap_or(0),
            advance: position.x_advance + tracking,
            dx: position.x_offset as i16,
            dy: position.y_offset as i16,
            cluster: info.cluster,
        })
        .collect()
}

/// Returns thousandths of an em in units of `font`.
fn in_units(tracking: i32, font: FontId, fonts: &FontStore) -> i32 {
    tracking * i32::from(fonts.get(font).units_per_em) / 1000
}

fn width(glyphs: &[Glyph], font: FontId, fonts: &FontStore) -> i64 {
    let units = i64::from(fonts.get(font).units_per_em.max(1));
    glyphs.iter().map(|glyph| i64::from(glyph.advance) * EM / units).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tracking_stands_between_letters_and_not_after_the_last() {
        let fonts = FontStore::bundled();
        let style = LineStyle::new(Role::Label, Length::pt(10.0));
        let plain = Line::new("TRUST", style, &fonts).width();
        let tracked = Line::new("TRUST", style.tracked(100), &fonts).width();
        assert_eq!(tracked - plain, Length::pt(4.0));
    }

    #[test]
    fn anchors_place_the_line_by_either_end_or_the_middle() {
        let fonts = FontStore::bundled();
        let line = Line::new("Intimacy", LineStyle::new(Role::Prompt, Length::pt(17.0)), &fonts);
        let left_end = |anchor| {
            let mut scene = Scene::default();
            line.draw(&mut scene, Point::ORIGIN, anchor, &fonts);
            let Item::Text(text) = &scene.items[0] else { panic!("only text") };
            text.origin.x
        };
        assert_eq!(left_end(Anchor::Left), Length::ZERO);
        assert_eq!(left_end(Anchor::Center), -(line.width() / 2));
        assert_eq!(left_end(Anchor::Right), -line.width());
    }

    #[test]
    fn lines_change_font_where_they_must() {
        let fonts = FontStore::bundled();
        let line = Line::new("a✓好", LineStyle::new(Role::Prompt, Length::pt(9.0)), &fonts);
        assert_eq!((line.parts.len(), line.missing.as_str()), (2, "好"));
    }
}
