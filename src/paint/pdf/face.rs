//! A font as a document embeds it: only the glyphs that are shown, numbered anew.

use subsetter::{GlyphRemapper, subset_with_variations};

use super::PdfError;
use super::inventory::Sighting;
use crate::font::Font;
use crate::length::Length;

/// A font cut down to the glyphs of a document.
pub(super) struct Face {
    /// The font file with nothing but those glyphs.
    pub program: Vec<u8>,
    /// The PostScript name behind a tag of six letters that follows from the content.
    pub name: String,
    /// How many font units make one em.
    pub units_per_em: f64,
    /// The height of capitals over the baseline, in thousandths of an em.
    pub cap_height: i64,
    /// The weight as OpenType counts it, 400 being regular.
    pub weight: u16,
    /// The embedded glyphs in the order of their new numbers, from `.notdef` on.
    pub glyphs: Vec<EmbeddedGlyph>,
    /// The box around every glyph of the font, in ems: left, bottom, right, top.
    pub bounds: [f64; 4],
    /// The new number of each glyph of the font; 0 where it was not noted.
    numbers: Vec<u16>,
}

/// A glyph in a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct EmbeddedGlyph {
    /// Its number, which is also its code in a content stream.
    pub code: u16,
    /// How far it moves the pen, in thousandths of an em.
    pub width: f64,
    /// The characters that a reader takes it for; empty if it never stands alone.
    pub text: Box<str>,
}

impl Face {
    /// Cuts `font` down to the glyphs that were seen.
    pub fn new(font: &Font, sightings: &[Sighting]) -> Result<Self, PdfError> {
        let broken = || PdfError::Font(font.postscript_name.clone());
        let seen: Vec<u16> = (0..sightings.len())
            .filter(|glyph| sightings[*glyph] != Sighting::Unseen)
            .filter_map(|glyph| glyph.try_into().ok())
            .collect();
        let remapper = GlyphRemapper::new_from_glyphs_sorted(&seen);
        let program = cut(font, &remapper).ok_or_else(broken)?;
        let metrics = font.shaping().metrics();
        let em = f64::from(metrics.units_per_em);
        let bounds = [
            metrics.bounds.x_min,
            metrics.bounds.y_min,
            metrics.bounds.x_max,
            metrics.bounds.y_max,
        ];
        Ok(Self {
            name: format!("{}+{}", tag(&program), font.postscript_name),
            program,
            units_per_em: em,
            cap_height: (f64::from(font.cap_height) * 1000.0 / em).round() as i64,
            weight: font.shaping().default_attributes().weight.value() as u16,
            glyphs: embedded(font, &remapper, sightings),
            bounds: bounds.map(|edge| edge.to_f64() / em),
            numbers: numbers(&remapper, sightings.len()),
        })
    }

    /// Returns a glyph by its number in the font, if it was noted.
    pub fn glyph(&self, id: u16) -> Option<&EmbeddedGlyph> {
        let number = *self.numbers.get(usize::from(id))?;
        (number != 0 || id == 0).then(|| &self.glyphs[usize::from(number)])
    }

    /// Returns the box that can hold ink of a glyph at `size` around its origin, with a little air.
    pub fn reach(&self, size: Length) -> [f64; 4] {
        let em = size.to_emu() as f64;
        let [left, bottom, right, top] = self.bounds;
        [left.min(0.0) - 0.1, bottom.min(0.0) - 0.1, right.max(1.0) + 0.1, top.max(1.0) + 0.1]
            .map(|edge| edge * em)
    }
}

/// Returns the font file with nothing but the glyphs of `remapper`. A font that somebody brings can
/// be damaged in ways that subsetter 0.2.6 does not expect (an offset past the end of the `name`
/// table overflows): that is an error of the font, not of the program.
fn cut(font: &Font, remapper: &GlyphRemapper) -> Option<Vec<u8>> {
    let (data, index) = (font.data(), font.index);
    let cut = || subset_with_variations(data, index, &[], remapper);
    std::panic::catch_unwind(cut).ok()?.ok()
}

/// Returns six capital letters that follow from the font program.
fn tag(program: &[u8]) -> String {
    let hash = blake3::hash(program);
    hash.as_bytes()[..6].iter().map(|byte| char::from(b'A' + byte % 26)).collect()
}

fn numbers(remapper: &GlyphRemapper, count: usize) -> Vec<u16> {
    (0..count).map(|glyph| remapper.get(glyph as u16).unwrap_or(0)).collect()
}

fn embedded(font: &Font, remapper: &GlyphRemapper, sightings: &[Sighting]) -> Vec<EmbeddedGlyph> {
    let metrics = font.shaping().glyph_metrics();
    let em = f64::from(font.shaping().metrics().units_per_em);
    let fallback = fallback_texts(font, sightings);
    remapper
        .remapped_gids()
        .enumerate()
        .map(|(code, glyph)| EmbeddedGlyph {
            code: code as u16,
            width: metrics.h_advance_exact(u32::from(glyph).into()).to_f64() * 1000.0 / em,
            text: match sightings.get(usize::from(glyph)) {
                Some(Sighting::Alone(text)) => text.clone(),
                _ => fallback.get(usize::from(glyph)).cloned().unwrap_or_default(),
            },
        })
        .collect()
}

/// Returns the character of each glyph that never stood alone, such as an accent, where the font
/// names one. The walk over all characters is spared where there is no such glyph.
fn fallback_texts(font: &Font, sightings: &[Sighting]) -> Vec<Box<str>> {
    if !sightings.contains(&Sighting::Shown) {
        return Vec::new();
    }
    let mut texts = vec![Box::<str>::default(); sightings.len()];
    for (code, glyph) in font.shaping().charmap().unicodes() {
        let place = texts.get_mut(glyph.to_u32() as usize).filter(|text| text.is_empty());
        if let (Some(place), Some(c)) = (place, char::from_u32(code)) {
            *place = c.to_string().into();
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{BUNDLED, FontStore, Role};

    fn face(store: &FontStore) -> Result<Face, PdfError> {
        let font = store.get(store.chain(Role::Prompt)[0]);
        let glyph = font.shaping().charmap().map_unicode('B').unwrap().to_u32() as usize;
        let mut sightings = vec![Sighting::Unseen; glyph + 1];
        sightings[glyph] = Sighting::Alone("B".into());
        Face::new(font, &sightings)
    }

    #[test]
    fn faces_hold_only_what_was_seen() {
        let face = face(&FontStore::bundled()).unwrap();
        let texts: Vec<&str> = face.glyphs.iter().map(|glyph| &*glyph.text).collect();
        assert_eq!(texts, ["", "B"]);
        assert!(face.program.len() < 8000 && face.name.ends_with("+Literata-Regular"));
        // Glyph 1 is the A, which nobody saw.
        assert!(face.glyph(0).is_some() && face.glyph(1).is_none());
    }

    #[test]
    fn damaged_fonts_are_errors() {
        let mut file = BUNDLED[0].files[0].to_vec();
        let entry = file.windows(4).position(|tag| tag == b"name").unwrap();
        let place = u32::from_be_bytes(file[entry + 8..entry + 12].try_into().unwrap()) as usize;
        let count = u16::from_be_bytes(file[place + 2..place + 4].try_into().unwrap());
        for record in 0..usize::from(count) {
            let offset = place + 6 + 12 * record + 10;
            file[offset..offset + 2].fill(0xFF);
        }
        let mut store = FontStore::bundled();
        store.prefer_file(file).unwrap();
        assert!(matches!(face(&store), Err(PdfError::Font(_))));
    }
}
