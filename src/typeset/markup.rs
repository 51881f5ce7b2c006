//! From what people type to what is set: quotes, dashes, ellipses, and `*emphasis*`.

use unicode_normalization::UnicodeNormalization;

use super::language::Quotes;

/// A stretch of text in one voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The characters, in their final form.
    pub text: String,
    /// Whether the author stressed them.
    pub stressed: bool,
}

/// Returns the text as it is to be set, parted where stress begins or ends.
///
/// A star opens stress before a letter and closes it after one; `\*` is a plain star, and so is
/// any star that finds no partner.
pub fn parse(text: &str, quotes: &Quotes) -> Vec<Span> {
    let text: String = text.nfc().collect();
    let polished = polish(&text, quotes);
    let mut spans: Vec<Span> = Vec::new();
    let mut push = |text: &str, stressed: bool| {
        if !text.is_empty() {
            spans.push(Span { text: text.replace("\\*", "*"), stressed });
        }
    };
    let mut rest = polished.as_str();
    while let Some((open, close)) = stressed_range(rest) {
        push(&rest[..open], false);
        push(&rest[open + 1..close], true);
        rest = &rest[close + 1..];
    }
    push(rest, false);
    spans
}

/// Returns where the first pair of stars stands, if there is one.
fn stressed_range(text: &str) -> Option<(usize, usize)> {
    let stars: Vec<usize> = text
        .match_indices('*')
        .map(|(at, _)| at)
        .filter(|&at| !text[..at].ends_with('\\'))
        .collect();
    let before = |at: usize| text[..at].chars().next_back();
    let after = |at: usize| text[at + 1..].chars().next();
    let opens = |at: usize| {
        after(at).is_some_and(|c| !c.is_whitespace() && c != '*')
            && before(at).is_none_or(|c| !c.is_alphanumeric())
    };
    let closes = |at: usize| {
        before(at).is_some_and(|c| !c.is_whitespace() && c != '*')
            && after(at).is_none_or(|c| !c.is_alphanumeric())
    };
    let open = stars.iter().copied().find(|&at| opens(at))?;
    let close = stars.iter().copied().find(|&at| at > open + 1 && closes(at))?;
    Some((open, close))
}

/// Replaces typewriter quotes, dashes and dots by the real ones.
fn polish(text: &str, quotes: &Quotes) -> String {
    if !text.contains(['"', '\'', '-', '.', '`']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let rest = &text[at..];
        let skip = match c {
            '.' if rest.starts_with("...") && !out.ends_with('.') => {
                out.push('…');
                2
            }
            '-' if rest.starts_with("---") => {
                out.push('—');
                2
            }
            '-' if rest.starts_with("--") => {
                out.push('–');
                1
            }
            '-' if rest.starts_with("- ") && out.ends_with(' ') => {
                out.push('–');
                0
            }
            '"' | '\'' => {
                out.push_str(quote(c, &out, &text[at + 1..], quotes));
                0
            }
            _ => {
                out.push(c);
                0
            }
        };
        for _ in 0..skip {
            chars.next();
        }
    }
    out
}

/// Returns the quote that `c` stands for between what came before and what follows.
fn quote<'q>(c: char, before: &str, after: &str, quotes: &'q Quotes) -> &'q str {
    let previous = before.chars().next_back();
    let next = after.chars().next();
    let at_start = previous
        .is_none_or(|p| p.is_whitespace() || "([{—–-/*".contains(p) || quotes.is_opening(p));
    let before_word = next.is_some_and(|n| !n.is_whitespace());
    let opens = at_start && before_word;
    match (c, opens) {
        ('"', true) => &quotes.open,
        ('"', false) => &quotes.close,
        // An apostrophe that begins a word: 'twas, '90s.
        (_, true) if next.is_some_and(|n| n.is_ascii_digit()) => "’",
        (_, true) if after.contains('\'') => &quotes.inner_open,
        (_, true) => "’",
        (_, false) if previous.is_some_and(char::is_alphanumeric) => "’",
        (_, false) => &quotes.inner_close,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::Language;

    fn english(text: &str) -> String {
        parse(text, &Language::named("en").quotes).into_iter().map(|span| span.text).collect()
    }

    #[test]
    fn typewriter_marks_become_real_ones() {
        assert_eq!(english(r#"Say "no" - or don't..."#), "Say “no” – or don’t…");
        assert_eq!(english("the '90s -- 'twas ---"), "the ’90s – ’twas —");
        assert_eq!(english("She said 'yes' (\"twice\")."), "She said ‘yes’ (“twice”).");
        assert_eq!(english("well-being, 3.5 and a-b"), "well-being, 3.5 and a-b");
    }

    #[test]
    fn quotes_follow_the_language() {
        let spans = parse("Sag \"ja\".", &Language::named("de").quotes);
        assert_eq!(spans[0].text, "Sag „ja“.");
    }

    #[test]
    fn stars_stress_words_and_lone_stars_stay() {
        let quotes = &Language::named("en").quotes;
        let voices = |text: &str| -> Vec<(String, bool)> {
            parse(text, quotes).into_iter().map(|span| (span.text, span.stressed)).collect()
        };
        let plain = |text: &str| (text.to_owned(), false);
        let loud = |text: &str| (text.to_owned(), true);
        assert_eq!(
            voices("What *did* you hear?"),
            [plain("What "), loud("did"), plain(" you hear?")]
        );
        assert_eq!(voices("*Both*, then *one*"), [loud("Both"), plain(", then "), loud("one")]);
        assert_eq!(voices("2 * 3 * 4"), [plain("2 * 3 * 4")]);
        assert_eq!(voices(r"a \*star\*"), [plain("a *star*")]);
        assert_eq!(voices("half *open"), [plain("half *open")]);
    }
}
