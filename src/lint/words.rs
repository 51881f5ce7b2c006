//! Words and how hard they are to read.

/// Returns the words of a text: runs of letters, digits and apostrophes.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')))
        .map(|word| word.trim_matches(['\'', '’', '-']))
        .filter(|word| !word.is_empty())
}

/// Returns the number of syllables of an English word: its groups of vowels, a silent e at its end
/// not counted, at least 1.
pub(super) fn syllables(word: &str) -> u32 {
    // "Every" is said with two.
    let word = word.to_lowercase().replace("every", "evry");
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'é' | 'è' | 'ï');
    let begins = |at: usize| is_vowel(letters[at]) && (at == 0 || !is_vowel(letters[at - 1]));
    let groups = (0..letters.len()).filter(|at| begins(*at)).count() as u32;
    let silent = match letters[..] {
        [.., before, 'l', 'e'] if !is_vowel(before) => false,
        [.., before, 'e'] => !is_vowel(before),
        [.., before, 'e', 'd'] => !is_vowel(before) && !matches!(before, 't' | 'd'),
        [.., before, 'e', 's'] => {
            !is_vowel(before) && !matches!(before, 's' | 'c' | 'g' | 'z' | 'x' | 'h')
        }
        _ => false,
    };
    groups.saturating_sub(u32::from(silent)).max(1)
}

/// Returns the grade of school that reads a text with ease, by Flesch and Kincaid: J. P. Kincaid et al.,
/// *Derivation of New Readability Formulas* (1975).
pub(super) fn grade(text: &str) -> f64 {
    let (mut count, mut sum) = (0, 0);
    for word in words(text) {
        count += 1;
        sum += syllables(word);
    }
    let ends = text.split(['.', '?', '!', '…', '\n']);
    let sentences = ends.filter(|part| words(part).next().is_some()).count().max(1);
    let count = f64::from(count.max(1));
    0.39 * count / sentences as f64 + 11.8 * f64::from(sum) / count - 15.59
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_those_that_one_hears() {
        let heard = [("cat", 1), ("table", 2), ("loved", 1), ("wanted", 2), ("house", 1)];
        let more =
            [("beautiful", 3), ("evening", 3), ("responsibility", 6), ("I", 1), ("hours", 1)];
        for (word, count) in heard.into_iter().chain(more) {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn words_hold_their_apostrophes() {
        let found: Vec<&str> = words("Don't “stop”: it's well-made – isn’t it?").collect();
        assert_eq!(found, ["Don't", "stop", "it's", "well-made", "isn’t", "it"]);
    }

    #[test]
    fn long_words_and_sentences_raise_the_grade() {
        assert!(grade("What makes you laugh?") < 3.0);
        assert!(
            grade(
                "Which institutional responsibilities characterise your contemporary relationships?"
            ) > 15.0
        );
    }
}
