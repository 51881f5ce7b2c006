//! Every word of a run, shaped once.
//!
//! Words are shaped between two spaces, so that a font which kerns against the space is heard; the
//! bundled fonts and texts come out the same as if whole lines were shaped (a test compares them).

use std::collections::HashMap;
use std::ops::Range;

use harfrust::{Buffer, Feature, ShapeOptions, ShaperFont, Tag};
use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use super::bidi;
use super::breaking::Ending;
use super::fallback::by_font;
use super::language::Language;
use crate::font::{FontStore, Role};
use crate::length::{Length, Point};
use crate::scene::{FontId, Glyph, Ink, Item, Scene, Text};

/// How many parts an em is counted in: font units of 1,000, 1,024 and 2,048 to the em are whole
/// numbers of it.
pub const EM: i64 = 2_048_000;

/// The number of a word in its lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WordId(u32);

impl WordId {
    /// How many bits a number has at most: a thousand million words are more than any language.
    pub(super) const BITS: u32 = 30;

    pub(super) const fn number(self) -> u32 {
        self.0
    }

    pub(super) const fn numbered(number: u32) -> Self {
        Self(number)
    }
}

/// A shaped word.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// The characters, as a range of the lexicon's text.
    pub text: Range<u32>,
    /// The first of its glyphs in the lexicon.
    pub glyphs: Range<u32>,
    /// The stretches of glyphs in one font.
    pub runs: Range<u32>,
    /// The pieces that a line break may part; mostly one.
    pub pieces: Range<u32>,
    /// The space before the word, in parts of an em.
    pub space: i64,
}

/// A stretch of a word's glyphs in one font.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub font: FontId,
    /// One past the run's last glyph in the lexicon.
    pub end: u32,
}

/// A stretch of a word between two places where a line may break.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// One past the piece's last glyph in the lexicon.
    pub end: u32,
    pub width: i64,
    pub ending: Ending,
    pub may_begin: bool,
}

/// How words are shaped: the role they play and the language they are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voice(usize);

struct Speaker {
    role: Role,
    tag: String,
    language: &'static Language,
    words: HashMap<Box<str>, WordId>,
}

/// All words of a run in shaped form.
pub struct Lexicon<'f> {
    fonts: &'f FontStore,
    speakers: Vec<Speaker>,
    words: Vec<Word>,
    text: String,
    glyphs: Vec<Glyph>,
    runs: Vec<Run>,
    pieces: Vec<Piece>,
    missing: HashMap<WordId, String>,
    segmenter: LineSegmenterBorrowed<'static>,
    buffer: Buffer,
}

impl<'f> Lexicon<'f> {
    /// The lexicon without words that shapes with `fonts`.
    pub fn new(fonts: &'f FontStore) -> Self {
        Self {
            fonts,
            speakers: Vec::new(),
            words: Vec::new(),
            text: String::new(),
            glyphs: Vec::new(),
            runs: Vec::new(),
            pieces: Vec::new(),
            missing: HashMap::new(),
            segmenter: LineSegmenter::new_lstm(LineBreakOptions::default()),
            buffer: Buffer::new(),
        }
    }

    /// Returns the fonts that the lexicon shapes with.
    pub fn fonts(&self) -> &'f FontStore {
        self.fonts
    }

    /// Returns the voice of `role` in the language with the BCP 47 tag `language`.
    pub fn voice(&mut self, role: Role, language: &str) -> Voice {
        let known = |speaker: &Speaker| speaker.role == role && speaker.tag == language;
        if let Some(at) = self.speakers.iter().position(known) {
            return Voice(at);
        }
        self.speakers.push(Speaker {
            role,
            tag: language.to_owned(),
            language: Language::named(language),
            words: HashMap::new(),
        });
        Voice(self.speakers.len() - 1)
    }

    /// Returns the word that `text`, which holds no breaking space, is in `voice`; shapes it if it
    /// is new.
    pub fn word(&mut self, text: &str, voice: Voice) -> WordId {
        if let Some(&id) = self.speakers[voice.0].words.get(text) {
            return id;
        }
        let id = self.shape_word(text, voice);
        self.speakers[voice.0].words.insert(text.into(), id);
        id
    }

    /// Returns the characters of a word that no font of its chain has; empty for most.
    pub fn missing(&self, word: WordId) -> &str {
        self.missing.get(&word).map_or("", String::as_str)
    }

    /// Returns whether no word misses a glyph.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }

    pub(super) fn get(&self, id: WordId) -> &Word {
        &self.words[id.0 as usize]
    }

    /// Returns the number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns whether there is no word yet.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Returns every word.
    pub fn words(&self) -> impl Iterator<Item = WordId> + use<> {
        (0..self.words.len() as u32).map(WordId)
    }

    pub(super) fn text(&self, range: Range<u32>) -> &str {
        &self.text[range.start as usize..range.end as usize]
    }

    pub(super) fn glyphs(&self, range: Range<u32>) -> &[Glyph] {
        &self.glyphs[range.start as usize..range.end as usize]
    }

    pub(super) fn runs(&self, word: &Word) -> &[Run] {
        &self.runs[word.runs.start as usize..word.runs.end as usize]
    }

    pub(super) fn pieces(&self, word: &Word) -> &[Piece] {
        &self.pieces[word.pieces.start as usize..word.pieces.end as usize]
    }

    /// Returns a scene that shows every word once, and a space in every font.
    pub fn specimen(&self) -> Scene {
        let mut scene = Scene { text: self.text.clone(), ..Scene::default() };
        scene.glyphs = self.glyphs.clone();
        for word in &self.words {
            let mut start = word.glyphs.start;
            for run in self.runs(word) {
                let text = self.characters(word, start..run.end);
                scene.items.push(Item::Text(specimen_text(run.font, text, start..run.end)));
                start = run.end;
            }
        }
        for (font, face) in self.fonts.iter() {
            let used = self.runs.iter().any(|run| run.font == font);
            if let Some(space) = face.shaping().charmap().map_unicode(' ').filter(|_| used) {
                let (text, glyph) = (scene.text.len() as u32, scene.glyphs.len() as u32);
                let (id, cluster) = (space.to_u32() as u16, text);
                scene.text.push(' ');
                scene.glyphs.push(Glyph { id, advance: 0, dx: 0, dy: 0, cluster });
                let item = specimen_text(font, text..text + 1, glyph..glyph + 1);
                scene.items.push(Item::Text(item));
            }
        }
        scene
    }

    /// Returns which characters of the lexicon's text some glyphs of `word` stand for.
    pub(super) fn characters(&self, word: &Word, glyphs: Range<u32>) -> Range<u32> {
        let whole = word.text.clone();
        if glyphs == word.glyphs {
            return whole;
        }
        let clusters = |range| self.glyphs(range).iter().map(|glyph: &Glyph| glyph.cluster);
        let first = clusters(glyphs.clone()).min().unwrap_or(whole.start);
        let last = clusters(glyphs).max().unwrap_or(first);
        let after = clusters(word.glyphs.clone()).filter(|&cluster| cluster > last).min();
        first..after.unwrap_or(whole.end)
    }

    fn shape_word(&mut self, text: &str, voice: Voice) -> WordId {
        let id = WordId(self.words.len() as u32);
        let (starts, text_start) = (self.marks(), self.text.len() as u32);
        let role = self.speakers[voice.0].role;
        let mut space = None;
        let mut missing = String::new();
        for (part, font) in by_font(text, role, self.fonts, &mut missing) {
            let before = self.shape_run(&part, font, voice);
            space.get_or_insert(before);
        }
        if !missing.is_empty() {
            self.missing.insert(id, missing);
        }
        let rtl = bidi::has_rtl(text);
        self.part_into_pieces(starts.0, text_start, voice, rtl);
        self.words.push(Word {
            text: text_start..self.text.len() as u32,
            glyphs: starts.0..self.glyphs.len() as u32,
            runs: starts.1..self.runs.len() as u32,
            pieces: starts.2..self.pieces.len() as u32,
            space: space.unwrap_or(0),
        });
        id
    }

    fn marks(&self) -> (u32, u32, u32) {
        (self.glyphs.len() as u32, self.runs.len() as u32, self.pieces.len() as u32)
    }

    /// Shapes `text` between spaces, adds its glyphs, and returns the space before it in parts of
    /// an em.
    fn shape_run(&mut self, text: &str, font: FontId, voice: Voice) -> i64 {
        let face = self.fonts.get(font);
        let per_unit = EM / i64::from(face.units_per_em.max(1));
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        buffer.push_str(" ");
        let text_start = self.text.len() as u32;
        for (at, c) in text.char_indices() {
            buffer.push(c as u32, at as u32 + 1);
        }
        buffer.push(' ' as u32, text.len() as u32 + 1);
        buffer.guess_segment_properties();
        let language = &self.speakers[voice.0].tag;
        buffer.set_language(harfrust::Language::new(language));
        let lining = [Feature::new(Tag::new(b"lnum"), 1, ..)];
        let options = ShapeOptions::new().features(&lining);
        if harfrust::shape(&ShaperFont::new(face.shaping()), &mut buffer, options).is_err() {
            self.buffer = buffer;
            return 0;
        }
        let space = self.keep(&buffer, text, text_start);
        self.text.push_str(text);
        self.runs.push(Run { font, end: self.glyphs.len() as u32 });
        self.buffer = buffer;
        i64::from(space) * per_unit
    }

    /// Copies the word's glyphs out of the shaped buffer, leaving the spaces around it; returns the
    /// advance of the space before it.
    fn keep(&mut self, buffer: &Buffer, text: &str, text_start: u32) -> i32 {
        let mut space = 0;
        for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            match info.cluster as usize {
                0 => space = position.x_advance,
                at if at == text.len() + 1 => {}
                at => self.glyphs.push(Glyph {
                    id: info.glyph_id.try_into().unwrap_or(0),
                    advance: position.x_advance,
                    dx: position.x_offset as i16,
                    dy: position.y_offset as i16,
                    cluster: text_start + at as u32 - 1,
                }),
            }
        }
        space
    }

    /// Finds where a line may break inside the word that was shaped last.
    fn part_into_pieces(&mut self, glyph_start: u32, text_start: u32, voice: Voice, rtl: bool) {
        let text = self.text[text_start as usize..].to_owned();
        let breaks = if rtl { Vec::new() } else { self.breaks_inside(&text) };
        let mut start = glyph_start as usize;
        let mut from = 0;
        for to in breaks.into_iter().chain([text.len()]) {
            let end = if to == text.len() {
                self.glyphs.len()
            } else {
                let cluster = text_start + to as u32;
                match self.glyphs[start..].iter().position(|glyph| glyph.cluster >= cluster) {
                    Some(at) if self.glyphs[start + at].cluster == cluster => start + at,
                    // The break lies inside a ligature: there is nothing to part.
                    _ => continue,
                }
            };
            let piece = &text[from..to];
            let whole = from == 0 && to == text.len();
            let language = self.speakers[voice.0].language;
            self.pieces.push(Piece {
                end: end as u32,
                width: self.width_of(start, end),
                ending: ending_of(piece, whole && language.is_weak(piece)),
                may_begin: !piece.starts_with(['—', '–']),
            });
            (start, from) = (end, to);
        }
    }

    /// Returns the bytes at which UAX 14 lets a line break inside `text`.
    fn breaks_inside(&self, text: &str) -> Vec<usize> {
        if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"'.,;:?!".contains(&byte)) {
            return Vec::new();
        }
        let inside = |&at: &usize| at > 0 && at < text.len();
        self.segmenter.segment_str(text).filter(inside).collect()
    }

    fn width_of(&self, start: usize, end: usize) -> i64 {
        let run_of =
            |at: usize| self.runs.iter().rev().take_while(move |run| run.end as usize > at);
        (start..end)
            .map(|at| {
                let font = run_of(at).last().map_or(FontId(0), |run| run.font);
                let units = i64::from(self.fonts.get(font).units_per_em.max(1));
                i64::from(self.glyphs[at].advance) * EM / units
            })
            .sum()
    }
}

fn specimen_text(font: FontId, text: Range<u32>, glyphs: Range<u32>) -> Text {
    let size = Length::pt(1.0);
    Text { font, size, ink: Ink::BLACK, origin: Point::ORIGIN, text, glyphs }
}

fn ending_of(piece: &str, weak: bool) -> Ending {
    let closers = ['”', '’', '»', ')', ']', '“', '‘'];
    let last = piece.trim_end_matches(closers).chars().next_back();
    if last.is_some_and(|c| ",.;:?!—".contains(c)) {
        Ending::Stop
    } else if weak {
        Ending::Weak
    } else {
        Ending::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shapes a whole line at once: glyphs and advances.
    fn shaped_line(fonts: &FontStore, font: FontId, line: &str) -> Vec<(u16, i32)> {
        let mut buffer = Buffer::new();
        buffer.push_str(line);
        buffer.guess_segment_properties();
        let lining = [Feature::new(Tag::new(b"lnum"), 1, ..)];
        let face = ShaperFont::new(fonts.get(font).shaping());
        harfrust::shape(&face, &mut buffer, ShapeOptions::new().features(&lining)).expect("shaped");
        let pairs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
        pairs.map(|(info, position)| (info.glyph_id as u16, position.x_advance)).collect()
    }

    /// Shapes a line word by word: glyphs and advances, spaces included.
    fn worded_line(fonts: &FontStore, role: Role, line: &str) -> Vec<(u16, i32)> {
        let mut lexicon = Lexicon::new(fonts);
        let voice = lexicon.voice(role, "en");
        let mut out = Vec::new();
        for (at, text) in line.split(' ').enumerate() {
            let id = lexicon.word(text, voice);
            let word = lexicon.get(id).clone();
            let font = lexicon.runs(&word)[0].font;
            if at > 0 {
                let glyph = fonts.get(font).shaping().charmap().map_unicode(' ').expect("space");
                let units = i64::from(fonts.get(font).units_per_em);
                out.push((glyph.to_u32() as u16, (word.space * units / EM) as i32));
            }
            out.extend(lexicon.glyphs(word.glyphs.clone()).iter().map(|g| (g.id, g.advance)));
        }
        out
    }

    #[test]
    fn words_come_out_as_they_do_in_a_whole_line() {
        let lines = [
            "What would you tell Tove, who waited for the Wolf?",
            "AVATAR To “fly” off — the affluent office; “Why?” V. Yes, T. r",
            "Τι θα έλεγες; Что бы ты сказал? Điều gì khiến bạn",
        ];
        for family in ["literata", "lexend", "atkinson-hyperlegible-next"] {
            let mut fonts = FontStore::bundled();
            fonts.prefer_bundled(family);
            for role in [Role::Prompt, Role::Italic, Role::Label] {
                let font = fonts.chain(role)[0];
                for line in &lines {
                    if !line.chars().all(|c| c == ' ' || fonts.get(font).covers(c)) {
                        continue;
                    }
                    let mut whole = shaped_line(&fonts, font, line);
                    let mut worded = worded_line(&fonts, role, line);
                    // The last glyph of a line kerns against a space that nobody sees.
                    whole.last_mut().expect("glyph").1 = 0;
                    worded.last_mut().expect("glyph").1 = 0;
                    assert_eq!(whole, worded, "{family} {role:?} {line}");
                }
            }
        }
    }

    #[test]
    fn lines_may_break_after_hyphens_and_dashes_but_not_before_them() {
        let fonts = FontStore::bundled();
        let mut lexicon = Lexicon::new(&fonts);
        let voice = lexicon.voice(Role::Prompt, "en");
        let id = lexicon.word("half-lit—dark", voice);
        let word = lexicon.get(id).clone();
        let pieces: Vec<bool> = lexicon.pieces(&word).iter().map(|p| p.may_begin).collect();
        assert_eq!(pieces, [true, true, false, true]);
    }

    #[test]
    fn characters_without_a_glyph_are_named_and_invisible_ones_forgiven() {
        let fonts = FontStore::bundled();
        let mut lexicon = Lexicon::new(&fonts);
        let voice = lexicon.voice(Role::Prompt, "en");
        let word = lexicon.word("a好b\u{200B}\u{2011}好語", voice);
        assert_eq!(lexicon.missing(word), "好語");
        assert_eq!(lexicon.text(lexicon.get(word).text.clone()), "ab\u{2010}");
        assert!(!lexicon.is_complete());
    }

    #[test]
    fn symbols_come_from_the_next_font_of_the_chain() {
        let fonts = FontStore::bundled();
        let mut lexicon = Lexicon::new(&fonts);
        let voice = lexicon.voice(Role::Prompt, "en");
        let id = lexicon.word("a✓b", voice);
        let word = lexicon.get(id).clone();
        let families: Vec<&str> =
            lexicon.runs(&word).iter().map(|run| fonts.get(run.font).family.as_str()).collect();
        assert_eq!(families, ["Literata", "Source Sans 3", "Literata"]);
    }
}
