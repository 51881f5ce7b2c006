//! Paragraphs that are set whatever their words are, and drawn line by line.

use super::{Lines, Paragraph, Pen, Step, from_ems, in_ems, line_ranges};
use crate::font::Role;
use crate::length::{Length, Point};
use crate::scene::{Ink, Scene};
use crate::typeset::Lexicon;
use crate::typeset::breaking::{self, Fragment};

/// How a text is set that has all the lines it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The part that the text plays; it chooses the fonts.
    pub role: Role,
    /// The size of the em.
    pub size: Length,
    /// The width of the column.
    pub measure: Length,
}

/// A line by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct SetLine {
    /// The line, with the left end of its baseline in the origin.
    pub scene: Scene,
    /// Its width.
    pub width: Length,
    /// Whether it belongs at the right end of its column: the text is read from right to left.
    pub is_from_right: bool,
}

impl Paragraph {
    /// Sets `text` in as many lines as it needs, and returns them one by one.
    ///
    /// A word wider than the measure is broken between any two letters, and a letter wider than that
    /// is made smaller.
    pub fn set(
        text: &str,
        setting: Setting,
        ink: Ink,
        language: &str,
        lexicon: &mut Lexicon,
    ) -> Vec<SetLine> {
        let Setting { role, size, measure } = setting;
        let step = Step { size, leading: Length::ZERO, lines: usize::MAX };
        let whole = Self::new(text, role, language, lexicon);
        if let Some(lines) = whole.fit(&[step], measure, lexicon) {
            return whole.one_by_one(&lines, ink, lexicon);
        }
        let cut = Self::shaped(text, role, language, Some(in_ems(measure, size)), lexicon);
        if let Some(lines) = cut.fit(&[step], measure, lexicon) {
            return cut.one_by_one(&lines, ink, lexicon);
        }
        let smaller = Setting { size: size / 2, ..setting };
        if smaller.size <= Length::ZERO {
            return Vec::new();
        }
        Self::set(text, smaller, ink, language, lexicon)
    }

    /// Draws each line by itself.
    fn one_by_one(&self, lines: &Lines, ink: Ink, lexicon: &Lexicon) -> Vec<SetLine> {
        let pieces = self.pieces(lexicon);
        let size = lines.step.size;
        let line = |range: std::ops::Range<usize>| {
            let line = &pieces[range];
            let fragments: Vec<Fragment> = line.iter().map(|piece| piece.fragment).collect();
            let width = from_ems(breaking::width(&fragments), size);
            let mut scene = Scene::default();
            self.draw_line(line, Pen::new(&mut scene, lexicon, size, ink, Point::ORIGIN));
            SetLine { scene, width, is_from_right: self.reading.is_left() }
        };
        line_ranges(lines).map(line).collect()
    }
}
