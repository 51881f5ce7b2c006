//! A text as a row of shaped words, and the lines it is broken into.

mod whole;

use std::ops::Range;

pub use whole::{SetLine, Setting};

use super::bidi::{self, Level};
use super::breaking::{self, Fragment};
use super::cutting::cut;
use super::language::Language;
use super::lexicon::{EM, Lexicon, Word, WordId};
use super::markup::{self, Span};
use crate::font::Role;
use crate::length::{Length, Point};
use crate::scene::{FontId, Glyph, Ink, Item, Scene, Text};

/// A text whose words are shaped, ready to be broken at any size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    tokens: Box<[Token]>,
    reading: Reading,
    /// Whether words were cut, so that a line may begin with any of them.
    is_cut: bool,
}

/// Which way a text is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reading {
    /// From left to right, every letter of it.
    #[default]
    Right,
    /// From left to right, with letters among it that are read the other way.
    Mixed,
    /// From right to left.
    Left,
}

/// A word and what stands before it, in four bytes: a large deck has millions of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Token(u32);

impl Token {
    const fn new(word: WordId, join: Join) -> Self {
        Self(word.number() | (join as u32) << WordId::BITS)
    }

    const fn word(self) -> WordId {
        WordId::numbered(self.0 & (u32::MAX >> (32 - WordId::BITS)))
    }

    const fn join(self) -> Join {
        match self.0 >> WordId::BITS {
            0 => Join::Space,
            1 => Join::Glue,
            _ => Join::NewLine,
        }
    }
}

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    /// A space at which a line may break.
    Space,
    /// Nothing: the voice or the direction changes inside a word.
    Glue,
    /// The author's own line break.
    NewLine,
}

/// One size of a scale: the em, the distance of baselines, and how many lines may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The size of the em.
    pub size: Length,
    /// The distance from one baseline to the next.
    pub leading: Length,
    /// How many lines there is room for.
    pub lines: usize,
}

/// A paragraph broken into lines at one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    /// The size and the leading.
    pub step: Step,
    /// Where each line ends, counted in pieces of text.
    ends: Box<[u32]>,
}

impl Lines {
    /// Returns the number of lines.
    pub fn count(&self) -> usize {
        self.ends.len()
    }
}

impl Paragraph {
    /// Shapes `text` in the voice of `role`; stressed words take the other of upright and italic.
    ///
    /// A line break in the text stays a line break. The language is a BCP 47 tag.
    pub fn new(text: &str, role: Role, language: &str, lexicon: &mut Lexicon) -> Self {
        Self::shaped(text, role, language, None, lexicon)
    }

    /// Shapes `text`, and cuts words wider than `most` parts of an em where there is such a limit.
    fn shaped(
        text: &str,
        role: Role,
        language: &str,
        most: Option<i64>,
        lexicon: &mut Lexicon,
    ) -> Self {
        let stress = match role {
            Role::Prompt => Role::Italic,
            Role::Small => Role::SmallItalic,
            _ => Role::Prompt,
        };
        let voices = [lexicon.voice(role, language), lexicon.voice(stress, language)];
        let spans = markup::parse(text, &Language::named(language).quotes);
        let directions = Directions::of(&spans);
        let mut tokens = Vec::new();
        let mut join = Join::Space;
        let mut start = 0;
        for span in &spans {
            let voice = voices[usize::from(span.stressed)];
            for part in parts(&span.text) {
                match part {
                    Part::Gap(gap) => join = if join == Join::NewLine { join } else { gap },
                    Part::Word(at, word) => {
                        for stretch in directions.stretches(start + at, word) {
                            let mut add = |word| {
                                tokens.push(Token::new(word, join));
                                join = Join::Glue;
                            };
                            match most {
                                Some(most) => {
                                    cut(stretch, voice, most, lexicon).into_iter().for_each(add);
                                }
                                None => add(lexicon.word(stretch, voice)),
                            }
                        }
                    }
                }
            }
            start += span.text.len();
        }
        Self { tokens: tokens.into(), reading: directions.reading, is_cut: most.is_some() }
    }

    /// Returns whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Returns the characters that no font has, each once.
    pub fn missing(&self, lexicon: &Lexicon) -> String {
        let mut missing = String::new();
        for c in self.tokens.iter().flat_map(|token| lexicon.missing(token.word()).chars()) {
            if !missing.contains(c) {
                missing.push(c);
            }
        }
        missing
    }

    /// Breaks the text at the first step that holds it within `measure`.
    pub fn fit(&self, steps: &[Step], measure: Length, lexicon: &Lexicon) -> Option<Lines> {
        let pieces = self.pieces(lexicon);
        let fragments: Vec<Fragment> = pieces.iter().map(|piece| piece.fragment).collect();
        steps.iter().find_map(|&step| {
            let measure = in_ems(measure, step.size);
            let ends = break_segments(&pieces, &fragments, measure, step.lines)?;
            Some(Lines { step, ends: ends.into_iter().map(|end| end as u32).collect() })
        })
    }

    /// Returns the width of the widest line.
    pub fn width(&self, lines: &Lines, lexicon: &Lexicon) -> Length {
        let pieces = self.pieces(lexicon);
        let fragments: Vec<Fragment> = pieces.iter().map(|piece| piece.fragment).collect();
        let ranges = line_ranges(lines);
        let widest = ranges.map(|line| breaking::width(&fragments[line])).max().unwrap_or(0);
        from_ems(widest, lines.step.size)
    }

    /// Draws the lines with the first baseline at `origin`; text that reads from right to left
    /// ends `measure` to the right of it. Returns where the last line ends.
    pub fn draw(&self, lines: &Lines, place: Place, lexicon: &Lexicon, scene: &mut Scene) -> Point {
        let pieces = self.pieces(lexicon);
        let mut end = place.origin;
        for (number, range) in line_ranges(lines).enumerate() {
            let fragments: Vec<Fragment> =
                pieces[range.clone()].iter().map(|piece| piece.fragment).collect();
            let width = from_ems(breaking::width(&fragments), lines.step.size);
            let indent = if self.reading.is_left() { place.measure - width } else { Length::ZERO };
            let baseline = place.origin.y + lines.step.leading * number as i64;
            let origin = Point::new(place.origin.x + indent, baseline);
            let pen = Pen::new(scene, lexicon, lines.step.size, place.ink, origin);
            self.draw_line(&pieces[range], pen);
            end = Point::new(origin.x + width, baseline);
        }
        end
    }

    fn draw_line(&self, line: &[PlacedPiece], mut pen: Pen) {
        for mark in self.visual_order(line, pen.lexicon) {
            match mark {
                Mark::Space(width) => pen.space(width),
                Mark::Piece(piece) => pen.draw(piece),
            }
        }
        pen.finish();
    }

    fn pieces<'l>(&self, lexicon: &'l Lexicon) -> Vec<PlacedPiece<'l>> {
        let mut out = Vec::with_capacity(self.tokens.len() + 2);
        for token in &self.tokens {
            let word = lexicon.get(token.word());
            let mut start = word.glyphs.start;
            for (at, piece) in lexicon.pieces(word).iter().enumerate() {
                let joined = at > 0 || token.join() == Join::Glue;
                let fragment = Fragment {
                    width: piece.width,
                    space: if joined { 0 } else { word.space },
                    ending: piece.ending,
                    may_begin: (self.is_cut && at == 0)
                        || (piece.may_begin && (at > 0 || token.join() != Join::Glue)),
                };
                let new_line = at == 0 && token.join() == Join::NewLine;
                out.push(PlacedPiece { fragment, word, glyphs: start..piece.end, new_line });
                start = piece.end;
            }
        }
        out
    }
}

impl Paragraph {
    /// Returns the pieces of a line and the spaces between them, from left to right.
    fn visual_order<'p, 'l>(
        &self,
        line: &'p [PlacedPiece<'l>],
        lexicon: &Lexicon,
    ) -> Vec<Mark<'p, 'l>> {
        let mut marks = Vec::with_capacity(2 * line.len());
        let mut texts = Vec::with_capacity(2 * line.len());
        for (at, piece) in line.iter().enumerate() {
            if at > 0 && piece.fragment.space > 0 {
                texts.push(" ");
                marks.push(Mark::Space(piece.fragment.space));
            }
            texts.push(lexicon.text(lexicon.characters(piece.word, piece.glyphs.clone())));
            marks.push(Mark::Piece(piece));
        }
        if self.reading == Reading::Right {
            return marks;
        }
        let order = bidi::visual_order(&texts, self.reading.is_left());
        order.into_iter().map(|at| marks[at]).collect()
    }
}

impl Reading {
    fn is_left(self) -> bool {
        self == Self::Left
    }
}

/// Which way each part of a text is read.
struct Directions {
    reading: Reading,
    /// The level of each byte; none where all is read from left to right.
    levels: Vec<Level>,
}

impl Directions {
    fn of(spans: &[Span]) -> Self {
        if !spans.iter().any(|span| bidi::has_rtl(&span.text)) {
            return Self { reading: Reading::Right, levels: Vec::new() };
        }
        let text: String = spans.iter().map(|span| &*span.text).collect();
        let reading = if bidi::begins_right(&text) { Reading::Left } else { Reading::Mixed };
        Self { reading, levels: bidi::levels(&text, reading.is_left()) }
    }

    /// Parts the word that begins at `start` where its direction changes.
    fn stretches<'w>(&self, start: usize, word: &'w str) -> Vec<&'w str> {
        if self.reading == Reading::Right {
            return vec![word];
        }
        let parts = bidi::stretches(&self.levels, start..start + word.len());
        parts.into_iter().map(|part| &word[part.start - start..part.end - start]).collect()
    }
}

/// What a line is made of.
#[derive(Clone, Copy)]
enum Mark<'p, 'l> {
    /// A space of this width, in parts of an em.
    Space(i64),
    /// A piece of a word.
    Piece(&'p PlacedPiece<'l>),
}

/// Where a paragraph is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The left end of the first baseline.
    pub origin: Point,
    /// The width that lines were broken to.
    pub measure: Length,
    /// The ink.
    pub ink: Ink,
}

struct PlacedPiece<'l> {
    fragment: Fragment,
    word: &'l Word,
    glyphs: Range<u32>,
    new_line: bool,
}

/// A word and the byte at which it begins, or what stands between two words.
enum Part<'t> {
    Word(usize, &'t str),
    Gap(Join),
}

/// Parts a text into words and gaps.
fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut start = 0;
    text.split_inclusive(is_breaking_space).flat_map(move |piece| {
        let at = start;
        start += piece.len();
        let word = piece.trim_end_matches(is_breaking_space);
        let gap = match &piece[word.len()..] {
            "" => None,
            "\n" => Some(Part::Gap(Join::NewLine)),
            _ => Some(Part::Gap(Join::Space)),
        };
        let word = (!word.is_empty()).then_some(Part::Word(at, word));
        word.into_iter().chain(gap)
    })
}

/// Returns whether a line may break at `c` and nothing is drawn there.
fn is_breaking_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}')
}

/// How many pieces are broken at once: far more than a card has, and few enough that the time for a
/// long text grows no faster than the text.
const AT_ONCE: usize = 600;

/// Breaks each stretch between the author's own line breaks by itself.
fn break_segments(
    pieces: &[PlacedPiece],
    fragments: &[Fragment],
    measure: i64,
    limit: usize,
) -> Option<Vec<usize>> {
    let mut ends: Vec<usize> = Vec::new();
    let mut start = 0;
    while start < pieces.len() {
        let length = pieces[start + 1..].iter().position(|piece| piece.new_line);
        let end = length.map_or(pieces.len(), |length| start + 1 + length);
        let room = limit.checked_sub(ends.len())?;
        let far = end.min(start + AT_ONCE);
        let mut lines = breaking::break_lines(&fragments[start..far], measure, room)?;
        // What looks like a last line there is broken again, together with what follows it.
        if far < end && lines.len() > 1 {
            lines.pop();
        }
        ends.extend(lines.into_iter().map(|line| start + line));
        start = ends.last().copied().unwrap_or(far);
    }
    Some(ends)
}

fn line_ranges(lines: &Lines) -> impl Iterator<Item = Range<usize>> + '_ {
    let starts = std::iter::once(0).chain(lines.ends.iter().map(|&end| end as usize));
    starts.zip(&lines.ends).map(|(start, &end)| start..end as usize)
}

/// Returns how many parts of an em of `size` fit into `length`.
fn in_ems(length: Length, size: Length) -> i64 {
    (i128::from(length.to_emu()) * i128::from(EM) / i128::from(size.to_emu().max(1))) as i64
}

/// Returns the length of `ems` parts of an em of `size`.
pub(super) fn from_ems(ems: i64, size: Length) -> Length {
    let (ems, size) = (i128::from(ems), i128::from(size.to_emu()));
    Length::emu(((ems * size + i128::from(EM / 2)) / i128::from(EM)) as i64)
}

/// Writes pieces one after the other into a scene: a text item for each stretch in one font.
struct Pen<'s, 'l, 'f> {
    scene: &'s mut Scene,
    lexicon: &'l Lexicon<'f>,
    size: Length,
    ink: Ink,
    origin: Point,
    /// How far the pen has come, in parts of an em.
    x: i64,
    /// The item under the pen: its font, its beginning, its first character and first glyph.
    open: Option<(FontId, i64, u32, u32)>,
}

impl<'s, 'l, 'f> Pen<'s, 'l, 'f> {
    fn new(
        scene: &'s mut Scene,
        lexicon: &'l Lexicon<'f>,
        size: Length,
        ink: Ink,
        origin: Point,
    ) -> Self {
        Self { scene, lexicon, size, ink, origin, x: 0, open: None }
    }

    fn draw(&mut self, piece: &PlacedPiece) {
        let mut start = piece.glyphs.start;
        for run in self.lexicon.runs(piece.word) {
            let end = run.end.min(piece.glyphs.end);
            if start < end {
                self.glyphs(run.font, piece.word, start..end);
                start = end;
            }
        }
    }

    /// Adds a space in the font under the pen.
    fn space(&mut self, width: i64) {
        if let Some((font, ..)) = self.open {
            let face = self.lexicon.fonts().get(font);
            let id = face.shaping().charmap().map_unicode(' ').map_or(0, |glyph| glyph.to_u32());
            self.scene.glyphs.push(Glyph {
                id: id as u16,
                advance: (width * i64::from(face.units_per_em) / EM) as i32,
                dx: 0,
                dy: 0,
                cluster: self.scene.text.len() as u32,
            });
            self.scene.text.push(' ');
        }
        self.x += width;
    }

    fn glyphs(&mut self, font: FontId, word: &Word, glyphs: Range<u32>) {
        if self.open.is_none_or(|(open, ..)| open != font) {
            self.finish();
            let starts = (self.scene.text.len() as u32, self.scene.glyphs.len() as u32);
            self.open = Some((font, self.x, starts.0, starts.1));
        }
        let units = i64::from(self.lexicon.fonts().get(font).units_per_em.max(1));
        let characters = self.lexicon.characters(word, glyphs.clone());
        let shift = self.scene.text.len() as u32;
        self.scene.text.push_str(self.lexicon.text(characters.clone()));
        for glyph in self.lexicon.glyphs(glyphs) {
            let cluster = glyph.cluster - characters.start + shift;
            self.scene.glyphs.push(Glyph { cluster, ..*glyph });
            self.x += i64::from(glyph.advance) * EM / units;
        }
    }

    /// Ends the text item under the pen.
    fn finish(&mut self) {
        let Some((font, x, text, glyphs)) = self.open.take() else { return };
        let origin = Point::new(self.origin.x + from_ems(x, self.size), self.origin.y);
        self.scene.items.push(Item::Text(Text {
            font,
            size: self.size,
            ink: self.ink,
            origin,
            text: text..self.scene.text.len() as u32,
            glyphs: glyphs..self.scene.glyphs.len() as u32,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::FontStore;

    const STEPS: [Step; 2] = [
        Step { size: Length::pt(18.0), leading: Length::pt(23.0), lines: 4 },
        Step { size: Length::pt(15.5), leading: Length::pt(20.0), lines: 5 },
    ];

    fn set(text: &str, role: Role) -> Option<Vec<String>> {
        let fonts = FontStore::bundled();
        let mut lexicon = Lexicon::new(&fonts);
        let paragraph = Paragraph::new(text, role, "en", &mut lexicon);
        let measure = Length::mm(51.0);
        let lines = paragraph.fit(&STEPS, measure, &lexicon)?;
        let mut scene = Scene::default();
        let place = Place { origin: Point::ORIGIN, measure, ink: Ink::BLACK };
        paragraph.draw(&lines, place, &lexicon, &mut scene);
        let mut out: Vec<(Length, String)> = Vec::new();
        for item in &scene.items {
            let Item::Text(text) = item else { panic!("only text") };
            let words = &scene.text[text.text.start as usize..text.text.end as usize];
            match out.last_mut() {
                Some((y, line)) if *y == text.origin.y => line.push_str(words),
                _ => out.push((text.origin.y, words.to_owned())),
            }
        }
        Some(out.into_iter().map(|(_, line)| line).collect())
    }

    #[test]
    fn lines_break_as_on_the_drawn_cards() {
        let drawn = [
            "Which|small sound|means home?",
            "Tell me about|a day you got|completely lost|and were glad of it.",
            "What have you|been feeling this|week that has no|good name yet?",
            "Which belief|of yours cost|you the most|to change?",
            "What are you|afraid would|change between|us if I knew it?",
            "Sit back to back,|lean in, and|breathe together|until one of you|wants to laugh.",
            "If next Saturday|had six more|hours, where|would they go?",
            "What will you|carry out of this|room from what|you heard?",
        ];
        for lines in drawn {
            let expected: Vec<&str> = lines.split('|').collect();
            let set = set(&lines.replace('|', " "), Role::Prompt).expect("it fits");
            assert_eq!(set, expected);
        }
    }

    #[test]
    fn the_authors_line_breaks_stay() {
        assert_eq!(set("One\nand two", Role::Prompt), Some(vec!["One".into(), "and two".into()]));
    }

    #[test]
    fn stress_changes_the_font_and_keeps_the_words() {
        assert_eq!(
            set("What *did* you *hear*?", Role::Prompt),
            Some(vec!["What did".into(), "you hear?".into()])
        );
    }

    #[test]
    fn too_much_text_does_not_fit() {
        assert_eq!(set(&"word ".repeat(99), Role::Prompt), None);
        assert_eq!(set(&"x".repeat(200), Role::Prompt), None);
    }
}
