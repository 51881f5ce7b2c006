//! Words that are wider than their column, cut between letters rather than lost.

use icu_segmenter::GraphemeClusterSegmenter;

use super::lexicon::{Lexicon, Voice, WordId};

/// Returns the parts of the word `text` in `voice`, each as long as it can be within `most` parts of
/// an em; a single letter stays whole, however wide it is.
pub(super) fn cut(text: &str, voice: Voice, most: i64, lexicon: &mut Lexicon) -> Vec<WordId> {
    let whole = lexicon.word(text, voice);
    if widest(whole, lexicon) <= most {
        return vec![whole];
    }
    let ends: Vec<usize> = GraphemeClusterSegmenter::new().segment_str(text).skip(1).collect();
    let (mut parts, mut at, mut start) = (Vec::new(), 0, 0);
    while at < ends.len() {
        let mut end = at + letters(&text[start..], &ends[at..], start, voice, most, lexicon);
        // Letters beside each other may be wider than each by itself.
        let part = loop {
            let part = lexicon.word(&text[start..ends[end - 1]], voice);
            if end == at + 1 || widest(part, lexicon) <= most {
                break part;
            }
            end -= 1;
        };
        parts.push(part);
        (at, start) = (end, ends[end - 1]);
    }
    parts
}

/// Returns how many letters of `text` fit by their own widths; one at least.
fn letters(
    text: &str,
    ends: &[usize],
    start: usize,
    voice: Voice,
    most: i64,
    lexicon: &mut Lexicon,
) -> usize {
    let (mut width, mut from) = (0, 0);
    for (count, end) in ends.iter().enumerate() {
        let letter = lexicon.word(&text[from..end - start], voice);
        width += widest(letter, lexicon);
        if count > 0 && width > most {
            return count;
        }
        from = end - start;
    }
    ends.len()
}

/// Returns the width of the widest stretch of `word` that no line break may part.
fn widest(word: WordId, lexicon: &Lexicon) -> i64 {
    let (mut widest, mut width) = (0, 0);
    for piece in lexicon.pieces(lexicon.get(word)) {
        width = if piece.may_begin { piece.width } else { width + piece.width };
        widest = widest.max(width);
    }
    widest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{FontStore, Role};
    use crate::typeset::lexicon::EM;

    #[test]
    fn wide_words_are_cut_between_letters_and_others_stay() {
        let fonts = FontStore::bundled();
        let mut lexicon = Lexicon::new(&fonts);
        let voice = lexicon.voice(Role::Small, "en");
        let mut parted = |text: &str| -> Vec<String> {
            let parts = cut(text, voice, EM * 2, &mut lexicon);
            parts.iter().map(|&id| lexicon.text(lexicon.get(id).text.clone()).into()).collect()
        };
        assert_eq!(parted("home"), ["hom", "e"]);
        assert_eq!(parted("a-b-c-d-e-f-g"), ["a-b-c-d-e-f-g"]);
        let parts = parted("e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}");
        assert!(parts.len() > 1 && parts.iter().all(|part| !part.starts_with('\u{301}')));
    }

    #[test]
    fn a_letter_that_is_too_wide_by_itself_stays_whole() {
        let fonts = FontStore::bundled();
        let mut lexicon = Lexicon::new(&fonts);
        let voice = lexicon.voice(Role::Small, "en");
        assert_eq!(cut("WWW", voice, EM / 10, &mut lexicon).len(), 3);
    }
}
