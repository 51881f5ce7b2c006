//! Text: glyphs at their exact places, and the words a reader finds in them.

use super::PdfError;
use super::canvas::Canvas;
use super::cluster::clusters;
use super::face::{EmbeddedGlyph, Face};
use super::syntax::{DECIMALS, fixed, push_fixed, push_string_byte, push_utf16};
use crate::scene::{Glyph, Scene, Text};

/// Writes the glyphs of a text behind the pen of an open text object.
///
/// # Errors
///
/// A glyph is not embedded.
pub(super) fn show(
    canvas: &mut Canvas,
    face: &Face,
    scene: &Scene,
    text: &Text,
) -> Result<(), PdfError> {
    let mut line = TextLine { out: &mut canvas.out, em: face.units_per_em, pen: 0, shown: 0.0 };
    let mut run = Run::None;
    let mut glyphs = Vec::new();
    for cluster in clusters(scene, text) {
        glyphs.clear();
        for glyph in cluster.glyphs {
            glyphs.push(face.glyph(glyph.id).ok_or(PdfError::NotNoted)?);
        }
        let spoken = !says(&glyphs, cluster.text);
        if spoken {
            run = line.end(run);
            line.begin_span(cluster.text);
        }
        for (glyph, embedded) in cluster.glyphs.iter().zip(&glyphs) {
            run = line.glyph(run, glyph, embedded, text.size.to_pt());
        }
        if spoken {
            run = line.end(run);
            line.out.extend_from_slice(b"EMC\n");
        }
    }
    line.end(run);
    Ok(())
}

/// Whether a reader that knows what each glyph stands for finds `text`. Spaces of all widths are
/// taken for one another: whoever searches or copies wants the plain one.
fn says(glyphs: &[&EmbeddedGlyph], text: &str) -> bool {
    if let [glyph] = glyphs {
        let mut chars = text.chars();
        let space = chars.next().is_some_and(char::is_whitespace) && chars.next().is_none();
        return *glyph.text == *text || (space && &*glyph.text == " ");
    }
    let mut rest = text;
    glyphs.iter().all(|glyph| match rest.strip_prefix(&*glyph.text) {
        Some(behind) => {
            rest = behind;
            true
        }
        None => false,
    }) && rest.is_empty()
}

/// What has been written of a showing operator.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    None,
    /// An array that ends with a number.
    Array,
    /// An array that ends inside a string.
    String,
}

/// A line of glyphs; the reader's pen is followed so that its steps can be corrected.
struct TextLine<'a> {
    out: &'a mut Vec<u8>,
    em: f64,
    /// Where the next glyph stands before its own shift, in font units.
    pen: i64,
    /// Where the reader's pen stands, in thousandths of an em.
    shown: f64,
}

impl TextLine<'_> {
    fn glyph(&mut self, run: Run, glyph: &Glyph, embedded: &EmbeddedGlyph, size: f64) -> Run {
        let mut run = run;
        if glyph.dy != 0 {
            run = self.end(run);
            self.rise(f64::from(glyph.dy) / self.em * size);
        }
        let place = (self.pen + i64::from(glyph.dx)) as f64 * 1000.0 / self.em;
        run = self.correct(run, place - self.shown);
        if run != Run::String {
            self.out.extend_from_slice(if run == Run::None { b"[(" } else { b"(" });
        }
        embedded.code.to_be_bytes().into_iter().for_each(|byte| push_string_byte(self.out, byte));
        run = Run::String;
        self.shown += embedded.width;
        self.pen += i64::from(glyph.advance);
        if glyph.dy != 0 {
            run = self.end(run);
            self.rise(0.0);
        }
        run
    }

    /// Moves the reader's pen by a step in thousandths of an em; what is less than half of one is
    /// left for later, so that nothing ever stands farther off than that.
    fn correct(&mut self, run: Run, step: f64) -> Run {
        let whole = step.round();
        if whole == 0.0 {
            return run;
        }
        self.out.extend_from_slice(match run {
            Run::None => b"[",
            Run::String => b")",
            Run::Array => b" ",
        });
        push_fixed(self.out, -whole as i64, 0);
        self.shown += whole;
        Run::Array
    }

    fn end(&mut self, run: Run) -> Run {
        match run {
            Run::None => {}
            Run::Array => self.out.extend_from_slice(b"]TJ\n"),
            Run::String => self.out.extend_from_slice(b")]TJ\n"),
        }
        Run::None
    }

    fn rise(&mut self, points: f64) {
        push_fixed(self.out, fixed(points, DECIMALS), DECIMALS);
        self.out.extend_from_slice(b" Ts\n");
    }

    /// Says what the glyphs up to the next `EMC` stand for.
    fn begin_span(&mut self, text: &str) {
        self.out.extend_from_slice(b"/Span<</ActualText");
        push_utf16(self.out, text);
        self.out.extend_from_slice(b">>BDC\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embedded(text: &str) -> EmbeddedGlyph {
        EmbeddedGlyph { code: 1, width: 500.0, text: text.into() }
    }

    #[test]
    fn glyphs_say_what_they_stand_for_together() {
        let (e, acute, empty) = (embedded("e"), embedded("\u{301}"), embedded(""));
        assert!(says(&[&e], "e") && says(&[&e, &acute], "e\u{301}"));
        assert!(!says(&[&e, &acute], "é") && !says(&[&e, &empty], "é") && !says(&[&e], "ee"));
    }

    #[test]
    fn all_spaces_are_found_as_the_plain_one() {
        let space = embedded(" ");
        assert!(says(&[&space], "\u{a0}") && says(&[&space], "\u{202f}"));
        assert!(!says(&[&space], "\u{ad}") && !says(&[&space], ""));
    }

    fn written(glyphs: &[(i32, i16, i16)], em: f64, width: f64) -> String {
        let mut out = Vec::new();
        let mut line = TextLine { out: &mut out, em, pen: 0, shown: 0.0 };
        let mut run = Run::None;
        for &(advance, dx, dy) in glyphs {
            let glyph = Glyph { id: 1, advance, dx, dy, cluster: 0 };
            let embedded = EmbeddedGlyph { code: 0x4142, width, text: "x".into() };
            run = line.glyph(run, &glyph, &embedded, 10.0);
        }
        line.end(run);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn kerning_moves_the_pen_and_nothing_else_does() {
        assert_eq!(
            written(&[(500, 0, 0), (480, 0, 0), (500, 0, 0)], 1000.0, 500.0),
            "[(ABAB)20(AB)]TJ\n"
        );
    }

    #[test]
    fn shifts_are_taken_back() {
        let shifted = written(&[(500, 30, 0), (500, 0, 0)], 1000.0, 500.0);
        assert_eq!(shifted, "[-30(AB)30(AB)]TJ\n");
        let raised = written(&[(500, 0, 100), (500, 0, 0)], 1000.0, 500.0);
        assert_eq!(raised, "1 Ts\n[(AB)]TJ\n0 Ts\n[(AB)]TJ\n");
    }

    #[test]
    fn small_errors_never_add_up() {
        // Each step is 0.4 / 1000 em short, so every second glyph or so is set right.
        let text = written(&[(500, 0, 0); 6], 1000.0, 499.6);
        assert_eq!(text, "[(ABAB)-1(ABAB)-1(ABAB)]TJ\n");
    }
}
