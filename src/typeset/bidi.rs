//! Text that reads from right to left, and both ways on one line (UAX 9).

use std::ops::Range;

pub(super) use unicode_bidi::Level;
use unicode_bidi::{BidiClass, BidiInfo, bidi_class};

/// Returns whether any letter of `text` is read from right to left.
pub(super) fn has_rtl(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(|c| matches!(bidi_class(c), BidiClass::R | BidiClass::AL))
}

/// Returns whether `text` as a whole begins at the right: its first letter decides.
pub(super) fn begins_right(text: &str) -> bool {
    let strong = text.chars().find_map(|c| match bidi_class(c) {
        BidiClass::L => Some(false),
        BidiClass::R | BidiClass::AL => Some(true),
        _ => None,
    });
    strong.unwrap_or(false)
}

/// Returns the level of each byte of `text`, odd ones reading from right to left.
pub(super) fn levels(text: &str, begins_right: bool) -> Vec<Level> {
    let base = if begins_right { Level::rtl() } else { Level::ltr() };
    BidiInfo::new(text, Some(base)).levels
}

/// Parts `range` of a text where its direction changes, in the order of reading.
pub(super) fn stretches(levels: &[Level], range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for at in range {
        match parts.last_mut() {
            Some(part) if levels[part.start] == levels[at] => part.end = at + 1,
            _ => parts.push(at..at + 1),
        }
    }
    parts
}

/// Returns in which order the parts of a line, spaces among them, stand from left to right; each
/// part is read one way.
pub(super) fn visual_order(parts: &[&str], begins_right: bool) -> Vec<usize> {
    let levels = levels(&parts.concat(), begins_right);
    let starts = parts.iter().scan(0, |end, part| {
        let start = *end;
        *end += part.len();
        Some(start)
    });
    // What no font has is empty, and stands anywhere.
    let of_parts: Vec<Level> =
        starts.map(|at| levels.get(at).copied().unwrap_or(Level::ltr())).collect();
    BidiInfo::reorder_visual(&of_parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns `text` as it stands from left to right, parted into words and their stretches.
    fn standing(text: &str) -> String {
        let begins_right = begins_right(text);
        let levels = levels(text, begins_right);
        let mut parts: Vec<&str> = Vec::new();
        let mut start = 0;
        for word in text.split_inclusive(' ') {
            let bare = word.trim_end();
            let stretches = stretches(&levels, start..start + bare.len());
            parts.extend(stretches.into_iter().map(|part| &text[part]));
            parts.extend((bare != word).then_some(" "));
            start += word.len();
        }
        let order = visual_order(&parts, begins_right);
        order.into_iter().map(|at| parts[at]).collect()
    }

    #[test]
    fn what_is_read_from_the_right_stands_from_the_right() {
        assert_eq!(standing("א-12 ב"), "ב 12א-");
        assert_eq!(standing("א PDF ב"), "ב PDF א");
        assert_eq!(standing("a אב, b"), "a אב, b");
        assert_eq!(standing("a (א 12 ב) b"), "a (ב 12 א) b");
        assert_eq!(standing("plain (words) stay"), "plain (words) stay");
    }

    #[test]
    fn the_first_letter_tells_where_a_text_begins() {
        let texts = ["12 abc א", "12 א abc", "12", "plain"];
        assert_eq!(texts.map(begins_right), [false, true, false, false]);
        assert_eq!(texts.map(has_rtl), [true, true, false, false]);
    }
}
