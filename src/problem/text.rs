//! From a byte of a text to the line and the column that an editor shows.

use std::ops::Range;
use std::sync::Arc;

use super::{Excerpt, Origin, Place};

/// The longest line that an excerpt shows whole, in characters.
const WIDEST: usize = 160;

/// How many characters before the marked part stay when a line is cut.
const LEAD: usize = 40;

/// A text with the name that people know it by.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    /// The name of the source as the user gave it.
    pub source: Arc<str>,
    /// The characters, shared so that a deck can keep them.
    pub text: Arc<String>,
}

/// A byte of which the line is known, to count on from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub byte: usize,
    pub line: u32,
}

impl Mark {
    /// The beginning of a text.
    pub const START: Self = Self { byte: 0, line: 1 };

    /// Returns the mark at `byte`, which is not before this one.
    pub fn on_to(self, text: &str, byte: usize) -> Self {
        let bytes = text.as_bytes();
        // A mark may stand between the two bytes of a break that is counted already.
        let within = self.byte > 0 && bytes[self.byte - 1..byte].starts_with(b"\r\n");
        let line = self.line + count_breaks(&bytes[self.byte..byte]) - u32::from(within);
        Self { byte, line }
    }
}

impl Text {
    /// The text of `source`.
    pub fn new(source: &str, text: String) -> Self {
        Self { source: source.into(), text: Arc::new(text) }
    }

    /// Returns the origin of the bytes `span`, with their line and a few words under it.
    pub fn origin(&self, span: Range<usize>, label: impl Into<String>) -> Origin {
        self.origin_from(Mark::START, span, label)
    }

    /// Returns the same as [`Text::origin`], sooner: lines are counted from `mark`.
    pub fn origin_from(&self, mark: Mark, span: Range<usize>, label: impl Into<String>) -> Origin {
        let span = self.bounded(span);
        let line = mark.on_to(&self.text, span.start).line;
        let from = line_start(&self.text, span.start);
        let to = line_end(&self.text, span.start);
        let column = self.text[from..span.start].chars().count() as u32 + 1;
        let within = span.start - from..span.end.clamp(span.start, to) - from;
        let (text, span) = cut(&self.text[from..to], within);
        let excerpt = Excerpt { text, first_line: line, span, label: label.into() };
        Origin {
            source: self.source.clone(),
            place: Place::Text { line, column },
            excerpt: Some(excerpt),
        }
    }

    /// Returns `span` moved to whole characters within the text, for spans that others counted.
    fn bounded(&self, span: Range<usize>) -> Range<usize> {
        let floor = |byte: usize| {
            let byte = byte.min(self.text.len());
            (0..=byte).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0)
        };
        floor(span.start)..floor(span.end)
    }
}

/// Counts line breaks; a carriage return counts unless a line feed follows.
fn count_breaks(bytes: &[u8]) -> u32 {
    let feeds = bytes.iter().filter(|byte| **byte == b'\n').count();
    let returns = bytes.iter().filter(|byte| **byte == b'\r').count();
    let pairs = if returns == 0 { 0 } else { bytes.windows(2).filter(|w| w == b"\r\n").count() };
    (feeds + returns - pairs) as u32
}

fn line_start(text: &str, byte: usize) -> usize {
    text[..byte].rfind(['\n', '\r']).map_or(0, |at| at + 1)
}

fn line_end(text: &str, byte: usize) -> usize {
    text[byte..].find(['\n', '\r']).map_or(text.len(), |at| byte + at)
}

/// Cuts a long line to what stands around `span`, with an ellipsis where something is left out.
fn cut(line: &str, span: Range<usize>) -> (String, Range<usize>) {
    if line.chars().nth(WIDEST).is_none() {
        return (line.into(), span);
    }
    let before = &line[..span.start];
    let from = before.char_indices().rev().take(LEAD).last().map_or(span.start, |(at, _)| at);
    let rest = &line[from..];
    let to = rest.char_indices().nth(WIDEST).map_or(line.len(), |(at, _)| from + at);
    let mut text = String::from(if from > 0 { "…" } else { "" });
    let start = text.len() + span.start - from;
    let end = start + span.end.min(to) - span.start;
    text.push_str(&line[from..to]);
    if to < line.len() {
        text.push('…');
    }
    (text, start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, found: &str) -> (u32, u32, String) {
        let at = text.find(found).unwrap();
        let origin = Text::new("t", text.into()).origin(at..at + found.len(), "");
        let Place::Text { line, column } = origin.place else { unreachable!() };
        let excerpt = origin.excerpt.unwrap();
        (line, column, excerpt.text[excerpt.span].into())
    }

    #[test]
    fn columns_count_characters_whatever_ends_the_lines() {
        assert_eq!(place("a\nhéé,x", "x"), (2, 5, "x".into()));
        assert_eq!(place("a\r\nb\r\n😀,x", "x"), (3, 3, "x".into()));
        assert_eq!(place("a\rb\r,x\r", "x"), (3, 2, "x".into()));
    }

    #[test]
    fn long_lines_are_cut_around_what_matters() {
        let text = format!("{},needle,{}", "é".repeat(500), "y".repeat(500));
        let at = text.find("needle").unwrap();
        let excerpt = Text::new("t", text).origin(at..at + 6, "").excerpt.unwrap();
        assert_eq!(&excerpt.text[excerpt.span], "needle");
        assert_eq!(excerpt.text.chars().count(), WIDEST + 2);
    }

    #[test]
    fn a_part_of_many_lines_is_marked_on_its_first() {
        let text = Text::new("t", "a,\"one\ntwo\"".into());
        let excerpt = text.origin(2..10, "").excerpt.unwrap();
        assert_eq!(&excerpt.text[excerpt.span], "\"one");
    }
}
