//! Chance that repeats: a stream of numbers that a title alone decides.

use std::f64::consts::TAU;

use blake3::{Hasher, OutputReader};
use unicode_normalization::UnicodeNormalization;

/// The key of the streams. A change of the formula that would redraw everyone's backs gets a new
/// number here.
const KEY: &str = "deckle, the sea bed of a card's back, algorithm = 1";

/// The words that one reading of the hash gives.
const BLOCK: usize = 64;

/// A stream of numbers from 0 up to 1, the same for the same title on every machine.
///
/// It is the extended output of BLAKE3 in key derivation mode, read as 32-bit big-endian words
/// and divided by 2³².
pub struct Chance {
    reader: OutputReader,
    block: [u8; BLOCK],
    used: usize,
}

impl Chance {
    /// The stream of `title`; how its accents are encoded makes no difference (NFC).
    pub fn new(title: &str) -> Self {
        let mut hasher = Hasher::new_derive_key(KEY);
        hasher.update(title.nfc().collect::<String>().as_bytes());
        Self { reader: hasher.finalize_xof(), block: [0; BLOCK], used: BLOCK }
    }

    /// Returns the next number, from 0 up to but not including 1.
    pub fn draw(&mut self) -> f64 {
        if self.used == BLOCK {
            self.reader.fill(&mut self.block);
            self.used = 0;
        }
        let [a, b, c, d] = [0, 1, 2, 3].map(|n| self.block[self.used + n]);
        self.used += 4;
        f64::from(u32::from_be_bytes([a, b, c, d])) / 4_294_967_296.0
    }

    /// Returns an angle anywhere on the circle, in radians.
    pub fn angle(&mut self) -> f64 {
        TAU * self.draw()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(title: &str) -> Vec<f64> {
        let mut chance = Chance::new(title);
        (0..40).map(|_| chance.draw()).collect()
    }

    #[test]
    fn the_stream_never_changes() {
        let words: Vec<u32> =
            first("Intimacy").iter().map(|n| (n * 4_294_967_296.0) as u32).collect();
        assert_eq!(words[..3], [1_003_402_121, 3_162_682_229, 3_930_109_980]);
    }

    #[test]
    fn streams_differ_by_title_and_not_by_encoding() {
        assert_ne!(first("Intimacy"), first("Intimacy|soundings"));
        assert_eq!(first("caf\u{e9}"), first("cafe\u{301}"));
        assert!(first("x").iter().all(|n| (0.0..1.0).contains(n)));
    }
}
