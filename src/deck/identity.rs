//! What makes a card the same card, and the short code that is printed.
//!
//! A card's key is made of the deck's name and the card's id. A card without an id has one all the
//! same: a digest of its words. That digest is what `--write-ids` writes into the table, so that
//! keys, printed codes and the ledger stay as they are when ids are filled in.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::card::{Card, CardKey, Code};

/// The signs of codes: none that is misread, no vowel but A, no E that would make a number.
const SIGNS: &[u8; 29] = b"23456789ABCDFGHJKMNPQRSTVWXYZ";

/// How many of the signs are digits.
const DIGITS: usize = 8;

/// The length of a digest that stands in for an id: 57 bits, so that 100,000 cards of one deck
/// share one by chance once in thirty million decks.
const DERIVED: usize = 12;

/// The shortest code.
const SHORTEST: usize = 4;

/// Makes the keys of one deck.
pub(super) struct Keys {
    deck: blake3::Hasher,
    prompt: blake3::Hasher,
}

impl Keys {
    /// The keys of the deck called `name`.
    pub fn new(name: &str) -> Self {
        let mut deck = blake3::Hasher::new_derive_key("deckle card v1");
        let name = normalised(name);
        deck.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes());
        Self { deck, prompt: blake3::Hasher::new_derive_key("deckle prompt v1") }
    }

    /// Returns the key of the card with the id `id`.
    pub fn key(&self, id: &str) -> CardKey {
        CardKey(digest(&self.deck, normalised(id).as_bytes()))
    }

    /// Returns what two prompts have in common if they are the same but for case, white space and
    /// the punctuation at their ends.
    pub fn words(&self, prompt: &str) -> u128 {
        digest(&self.prompt, normalised(prompt).as_bytes())
    }
}

fn digest(start: &blake3::Hasher, bytes: &[u8]) -> u128 {
    let mut out = [0; 16];
    start.clone().update(bytes).finalize_xof().fill(&mut out);
    u128::from_be_bytes(out)
}

/// Returns the id of a card that has none: the `occurrence` (from 0) of the prompt with `words`.
///
/// It begins with a letter and never looks like a number or a date, so that no spreadsheet
/// changes it.
pub(super) fn derived_id(words: u128, occurrence: u32) -> String {
    let words = match occurrence {
        0 => words,
        n => {
            let mut again = blake3::Hasher::new_derive_key("deckle prompt again v1");
            again.update(&words.to_be_bytes());
            digest(&again, &n.to_le_bytes())
        }
    };
    let (first, mut rest) = next_sign(words, SIGNS.len() - DIGITS);
    let mut id = String::from(SIGNS[DIGITS + first] as char);
    while id.len() < DERIVED {
        let (sign, left) = next_sign(rest, SIGNS.len());
        id.push(SIGNS[sign] as char);
        rest = left;
    }
    id.to_ascii_lowercase()
}

/// Splits the leading sign of `count` off a fraction of 128 bits.
fn next_sign(fraction: u128, count: usize) -> (usize, u128) {
    const HALF: u128 = u64::MAX as u128;
    let low = (fraction & HALF) * count as u128;
    let high = (fraction >> 64) * count as u128 + (low >> 64);
    ((high >> 64) as usize, (high << 64) | (low & HALF))
}

/// Returns whether two prompts are the same but for case, spaces and the marks at their ends.
pub fn is_same_prompt(one: &str, other: &str) -> bool {
    normalised(one) == normalised(other)
}

/// Returns `text` in the form in which it is compared: NFKC, lower case, single spaces, without
/// the punctuation at its ends unless that is all there is.
pub(super) fn normalised(text: &str) -> String {
    let is_composed = text.is_ascii() || is_nfkc_quick(text.chars()) == IsNormalized::Yes;
    let text: Cow<str> =
        if is_composed { text.into() } else { text.nfkc().collect::<String>().into() };
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        if word.is_ascii() {
            let begin = folded.len();
            folded.push_str(word);
            folded[begin..].make_ascii_lowercase();
        } else {
            folded.push_str(&word.to_lowercase());
        }
    }
    let bare = folded.trim_matches(|c: char| is_punctuation(c) || c == ' ');
    if bare.is_empty() || bare.len() == folded.len() { folded } else { bare.into() }
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '¡' | '¿' | '«' | '»' | '·' | '\u{2010}'..='\u{205E}' | '。' | '、' | '「'..='】')
}

/// Gives every card its code: the shortest prefix of its key, written in [`SIGNS`], that no other
/// card's key begins with, at least [`SHORTEST`] long and with a letter in it.
pub(super) fn give_codes(cards: &mut [Card]) {
    let mut by_key: Vec<u32> = (0..cards.len() as u32).collect();
    by_key.sort_unstable_by_key(|at| cards[*at as usize].key);
    let key = |at: Option<&u32>| at.map(|at| cards[*at as usize].key);
    let codes: Vec<Box<str>> = (0..by_key.len())
        .map(|place| {
            let before = place.checked_sub(1).and_then(|before| by_key.get(before));
            let own = cards[by_key[place] as usize].key;
            code(own, [key(before), key(by_key.get(place + 1))])
        })
        .collect();
    for (at, code) in by_key.into_iter().zip(codes) {
        cards[at as usize].code = Code(code);
    }
}

/// Returns the code of `key`, given its neighbours in the order of keys.
fn code(key: CardKey, neighbours: [Option<CardKey>; 2]) -> Box<str> {
    let own = signs(key);
    let shared = |other: CardKey| {
        own.iter().zip(&signs(other)).take_while(|(own, other)| own == other).count()
    };
    let unique = neighbours.into_iter().flatten().map(|other| shared(other) + 1).max();
    let letter =
        own.iter().position(|sign| sign.is_ascii_alphabetic()).map_or(own.len(), |at| at + 1);
    let length = unique.unwrap_or(0).max(letter).clamp(SHORTEST, own.len());
    own[..length].iter().map(|sign| *sign as char).collect()
}

/// Returns the leading `count` signs of 128 bits, in the signs of codes; at most 27.
pub fn in_signs(bits: u128, count: usize) -> String {
    signs(CardKey(bits)).iter().take(count).map(|sign| *sign as char).collect()
}

/// Returns the leading signs of a key; 27 of them tell any two keys apart.
fn signs(key: CardKey) -> [u8; 27] {
    let mut rest = key.0;
    std::array::from_fn(|_| {
        let (sign, left) = next_sign(rest, SIGNS.len());
        rest = left;
        SIGNS[sign]
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prompts_are_the_same_but_for_dress() {
        let same = ["What now?", "  what\nNOW ", "“What now?!”", "What now…", "Ｗhat now"];
        assert!(same.iter().all(|text| normalised(text) == "what now"));
        assert_eq!(normalised("?!"), "?!");
        assert_ne!(normalised("What, now"), normalised("What now"));
    }

    #[test]
    fn keys_do_not_change_from_version_to_version() {
        let keys = Keys::new("Intimacy");
        assert_eq!(keys.key("gift-shop"), Keys::new("intimacy").key("Gift-Shop"));
        assert_eq!(keys.key("gift-shop").to_hex(), "aca356727a98e7e3f0f40f67b1e3fb74");
        let words = keys.words("What now?");
        assert_eq!([0, 1].map(|n| derived_id(words, n)), ["q9pjgb4hc36r", "xgjtz5rabbyg"]);
    }

    #[test]
    fn codes_are_never_taken_for_numbers() {
        assert_eq!(
            &*code(CardKey(0), [None, None]),
            "2222222222222222222222222222"[..27].to_owned()
        );
        assert_eq!(&*code(CardKey(u128::MAX), [None, None]), "ZZZZ");
    }

    proptest! {
        #[test]
        fn codes_are_unique_prefixes(keys in proptest::collection::hash_set(
            prop_oneof![any::<u128>(), (0u128..1 << 20).prop_map(|low| (0xA << 124) | low)], 1..200)
        ) {
            let keys: Vec<CardKey> = keys.into_iter().map(CardKey).collect();
            let mut sorted = keys.clone();
            sorted.sort();
            let codes: Vec<Box<str>> = (0..sorted.len()).map(|at| {
                let before = at.checked_sub(1).map(|at| sorted[at]);
                code(sorted[at], [before, sorted.get(at + 1).copied()])
            }).collect();
            for (at, code) in codes.iter().enumerate() {
                let begins = |key: &CardKey| signs(*key).starts_with(code.as_bytes());
                prop_assert_eq!(sorted.iter().filter(|key| begins(key)).count(), 1);
                prop_assert!(begins(&sorted[at]) && code.len() >= SHORTEST);
            }
        }

        #[test]
        fn derived_ids_are_their_own_normal_form(words: u128, occurrence in 0..3u32) {
            let id = derived_id(words, occurrence);
            prop_assert_eq!(normalised(&id), id.clone());
            prop_assert!(id.len() == DERIVED && id.starts_with(|c: char| c.is_ascii_lowercase()));
        }
    }
}
