//! A text as the rules read it.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_script::{Script, UnicodeScript};

use super::words::syllables;

/// Signs that open a quotation, each with those that close it.
const QUOTES: [(char, &[char]); 5] =
    [('"', &['"']), ('“', &['”', '“']), ('„', &['“', '”']), ('«', &['»']), ('»', &['«'])];

/// A text, plain and in words.
#[derive(Debug)]
pub(super) struct Reading {
    /// The text with one sign for all apostrophes and hyphens, one space between words, and without
    /// what stands in front of the first word: bullets, numbers, quotation marks.
    pub plain: String,
    /// The same without what is quoted in it; none where nothing is.
    unquoted: Option<String>,
    lower: String,
    words: Vec<Range<usize>>,
    /// How many syllables each word has, counted when first asked for.
    syllables: OnceCell<Vec<u32>>,
    /// How many words one says. Of a script without spaces, two signs are about a word.
    pub count: u32,
}

impl Reading {
    pub fn of(text: &str) -> Self {
        let plain = plain(text);
        let unquoted = without_quotations(&plain);
        let lower = plain.to_lowercase();
        let at = |word: &str| word.as_ptr() as usize - lower.as_ptr() as usize;
        let words: Vec<Range<usize>> =
            words(&lower).map(|word| at(word)..at(word) + word.len()).collect();
        let count = match lower.is_ascii() {
            true => words.len() as u32,
            false => words.iter().map(|range| said(&lower[range.clone()])).sum(),
        };
        Self { plain, unquoted, lower, words, syllables: OnceCell::new(), count }
    }

    /// The text without what is quoted in it.
    pub fn asked(&self) -> &str {
        self.unquoted.as_deref().unwrap_or(&self.plain)
    }

    /// The words in small letters.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|range| &self.lower[range.clone()])
    }

    /// How many syllables each word has.
    pub fn syllables(&self) -> &[u32] {
        self.syllables.get_or_init(|| self.words().map(syllables).collect())
    }

    /// Returns the grade of school that reads the text with ease, by Flesch and Kincaid: J. P. Kincaid
    /// et al., *Derivation of New Readability Formulas* (1975).
    pub fn grade(&self) -> f64 {
        let ends = self.plain.split(['.', '?', '!', '…']);
        let sentences = ends.filter(|part| words(part).next().is_some()).count().max(1);
        let count = self.words.len().max(1) as f64;
        let sum: u32 = self.syllables().iter().sum();
        0.39 * count / sentences as f64 + 11.8 * f64::from(sum) / count - 15.59
    }
}

/// Returns the words of a text: runs of letters, digits, apostrophes and hyphens.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')))
        .map(|word| word.trim_matches(['\'', '’', '-']))
        .filter(|word| !word.is_empty())
}

/// Returns as how many words a run of signs is said.
fn said(word: &str) -> u32 {
    if word.is_ascii() {
        return 1;
    }
    let is_unspaced = |c: &char| {
        matches!(c.script(), Script::Han | Script::Hiragana | Script::Katakana | Script::Thai)
    };
    (word.chars().filter(is_unspaced).count() as u32).div_ceil(2).max(1)
}

/// Returns a text with one sign for all apostrophes and hyphens, one space between words, and without
/// what stands in front of the first word.
pub(super) fn plain(text: &str) -> String {
    let whole: Cow<str> =
        if text.is_ascii() || is_nfc(text) { text.into() } else { text.nfc().collect() };
    let mut plain = String::with_capacity(whole.len());
    for c in whole.chars() {
        match c {
            '’' | '‘' | 'ʼ' | '`' => plain.push('\''),
            '\u{2010}' | '\u{2011}' => plain.push('-'),
            '\u{200B}' | '\u{FEFF}' | '\u{AD}' => {}
            c if c.is_whitespace() => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            c => plain.push(c),
        }
    }
    let bare = without_front(&plain).len();
    plain.drain(..plain.len() - bare);
    plain.truncate(plain.trim_end().len());
    plain
}

/// Returns a text from its first word on: without a bullet, a number in a list, an opening mark.
fn without_front(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].strip_prefix(['.', ')']).filter(|_| (1..4).contains(&digits));
    let rest = rest.filter(|rest| rest.starts_with(' ')).map(str::trim_start);
    rest.filter(|rest| !rest.is_empty()).unwrap_or(text)
}

/// Returns a text without what is quoted in it; none where nothing is.
pub(super) fn without_quotations(text: &str) -> Option<String> {
    if !text.contains(QUOTES.map(|(open, _)| open)) {
        return None;
    }
    let mut left = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(QUOTES.map(|(open, _)| open)) {
        let (before, quoted) = rest.split_at(at);
        let open = quoted.chars().next().unwrap_or_default();
        let closers =
            QUOTES.iter().find(|(sign, _)| *sign == open).map_or(&[][..], |quote| quote.1);
        left.push_str(before);
        let inner = &quoted[open.len_utf8()..];
        // A mark that nothing closes is the end of a quotation that began with the text.
        rest = match inner.find(closers) {
            Some(end) => {
                let closer = inner[end..].chars().next().map_or(0, char::len_utf8);
                &inner[end + closer..]
            }
            None => inner,
        };
    }
    left.push_str(rest);
    Some(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_hold_their_apostrophes() {
        let reading = Reading::of("Don't “stop”: it's well-made – isn’t it?");
        let found: Vec<&str> = reading.words().collect();
        assert_eq!(found, ["don't", "stop", "it's", "well-made", "isn't", "it"]);
        assert_eq!(Reading::of("今日は何が楽しかった？").count, 5);
        assert_eq!(Reading::of("U\u{308}ber Ma\u{308}rz").count, 2);
    }

    #[test]
    fn a_text_begins_with_its_first_word_and_has_one_space_between_words() {
        for (text, plain) in [
            ("“Is it so?”", "Is it so?”"),
            ("12. Would\nyou  go?", "Would you go?"),
            ("- ¿Do you?", "Do you?"),
            ("\u{200B} self‑care ", "self-care"),
            ("3 small things", "3 small things"),
            ("7.", "7."),
            ("", ""),
        ] {
            assert_eq!(Reading::of(text).plain, plain);
        }
    }

    #[test]
    fn what_is_quoted_is_not_asked() {
        for (text, asked) in [
            ("Who said \"why?\" to you?", "Who said  to you?"),
            ("Who said “why?”, and „so“?", "Who said , and ?"),
            ("\"Have you gone?\"", "Have you gone?"),
            ("Who cares?", "Who cares?"),
        ] {
            assert_eq!(Reading::of(text).asked(), asked);
        }
    }

    #[test]
    fn long_words_and_sentences_raise_the_grade() {
        assert!(Reading::of("What makes you laugh?").grade() < 3.0);
        let hard =
            "Which institutional responsibilities characterise your contemporary relationships?";
        assert!(Reading::of(hard).grade() > 15.0);
    }
}
