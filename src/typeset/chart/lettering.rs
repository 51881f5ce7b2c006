//! What the back asks of whoever sets its words: how wide is this line, and draw it there.

use unicode_normalization::UnicodeNormalization;

use crate::font::FontStore;
use crate::length::{Length, Point};
use crate::scene::Scene;
use crate::typeset::line::{self, Line};

pub use crate::typeset::line::LineStyle;

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

/// A letterer with the fonts of a run: each line is kerned, tracked, and goes down the chain of its
/// role where a character asks for it.
#[derive(Clone, Copy, Debug)]
pub struct PlainLetterer<'a> {
    /// The fonts of the run.
    pub fonts: &'a FontStore,
}

impl Letterer for PlainLetterer<'_> {
    fn width(&self, text: &str, style: LineStyle) -> Length {
        Line::new(text, style, self.fonts).width()
    }

    fn draw(&self, scene: &mut Scene, text: &str, style: LineStyle, anchor: Anchor) -> Length {
        let line = Line::new(text, style, self.fonts);
        let end = match anchor.align {
            Align::Left => line::Anchor::Left,
            Align::Center => line::Anchor::Center,
            Align::Right => line::Anchor::Right,
        };
        line.draw(scene, anchor.at, end, self.fonts);
        line.width()
    }
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
    use crate::font::Role;
    use crate::scene::{Ink, Item};

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
    fn capitals_follow_each_script() {
        assert_eq!(capitals("For two"), "FOR TWO");
        assert_eq!(capitals("Straße, été"), "STRASSE, ÉTÉ");
        assert_eq!(capitals("εμπιστοσύνη"), "ΕΜΠΙΣΤΟΣΥΝΗ");
        assert_eq!(capitals("ευφυΐα"), "ΕΥΦΥΪΑ");
    }
}
