//! How much two prompts have in common, and which of many have much.
//!
//! The words that carry the meaning of a prompt are a set with weights. How alike two prompts are is what
//! they share, by weight, over what either has (Jaccard). To compare all pairs would take too long; so
//! each set is brought down to a row of least hashes (A. Broder, *On the resemblance and containment
//! of documents*, 1997), and only those are compared that agree in one of [`BANDS`] runs of [`ROWS`].
//! Of pairs that are alike by six tenths one in a hundred and thirty goes unseen so, of pairs alike by
//! three quarters one in fifty thousand.
//!
//! The likeness that choices go by (`select::likeness`) is stricter and misses nothing: it keeps cards
//! apart without asking anybody. This one finds more, for a person to judge.

use rayon::prelude::*;

use crate::select::mixed;
use crate::select::wording::{LIGHT, NEGATION, Vocabulary, Word};

/// How many runs of hashes there are.
const BANDS: u64 = 20;

/// How many hashes a run has.
const ROWS: usize = 3;

/// How alike two prompts are that ask nearly the same: six tenths.
const ALIKE: (u32, u32) = (6, 10);

/// With how many of those that agree with it in a run a prompt is compared.
const MOST: usize = 12;

/// A prompt as a set of words with their weights.
#[derive(Default)]
struct Gist {
    /// Ascending.
    words: Vec<(u64, u8)>,
    outline: Outline,
}

/// What of a prompt tells it from most others at a glance.
#[derive(Clone, Copy, Default)]
struct Outline {
    /// For each word one of 64 bits, which two words may share.
    bits: u64,
    weight: u32,
    negates: bool,
}

impl Outline {
    /// Returns whether two prompts may be alike, by all that can be told without their words.
    fn may_be_like(&self, other: &Self) -> bool {
        // A bit that the other lacks is a word that it lacks.
        let most = self.weight.saturating_sub((self.bits & !other.bits).count_ones());
        self.negates == other.negates && self.is_alike_by(other, most.min(other.weight))
    }

    /// Returns whether two prompts are alike that share words of so much weight.
    fn is_alike_by(&self, other: &Self, shared: u32) -> bool {
        let (part, whole) = ALIKE;
        shared * whole >= (self.weight + other.weight - shared) * part
    }
}

impl Gist {
    fn of(words: &[Word]) -> Self {
        // A negation says more than its weight here: no prompt is like one that has none.
        let weight = |word: &Word| if word.weight == NEGATION { LIGHT } else { word.weight } as u8;
        let mut own: Vec<(u64, u8)> =
            words.iter().map(|word| (word.digest as u64, weight(word))).collect();
        own.sort_unstable();
        let outline = Outline {
            bits: own.iter().fold(0, |bits, (word, _)| bits | 1 << (word % 64)),
            weight: own.iter().map(|(_, weight)| u32::from(*weight)).sum(),
            negates: words.iter().any(|word| word.weight == NEGATION),
        };
        Self { words: own, outline }
    }

    fn is_like(&self, other: &Self) -> bool {
        self.outline.is_alike_by(&other.outline, self.shared(other))
    }

    /// Returns the weight of the words that both have.
    fn shared(&self, other: &Self) -> u32 {
        let (mut mine, mut theirs) = (self.words.iter().peekable(), other.words.iter().peekable());
        let mut shared = 0;
        while let (Some(one), Some(two)) = (mine.peek(), theirs.peek()) {
            match one.0.cmp(&two.0) {
                std::cmp::Ordering::Less => drop(mine.next()),
                std::cmp::Ordering::Greater => drop(theirs.next()),
                std::cmp::Ordering::Equal => {
                    shared += u32::from(one.1.min(two.1));
                    mine.next();
                    theirs.next();
                }
            }
        }
        shared
    }

    /// Returns what tells a run of least hashes from others.
    fn key(&self, band: u64) -> u64 {
        let factors: [u64; ROWS] = std::array::from_fn(|row| next(band * 8 + row as u64 + 1) | 1);
        let mut least = [u64::MAX; ROWS];
        for (word, weight) in &self.words {
            for copy in 0..u64::from(*weight) {
                // A word of double weight is two words. The product of a digest and an odd number is as
                // good as another digest.
                let token = word ^ (copy << 63 | copy);
                for (least, factor) in least.iter_mut().zip(factors) {
                    *least = (*least).min(token.wrapping_mul(factor));
                }
            }
        }
        least.into_iter().fold(0, |key, least| next(key ^ least))
    }
}

/// Returns the number that S. Vigna's SplitMix64 makes of another.
fn next(number: u64) -> u64 {
    mixed(number.wrapping_add(0x9E37_79B9_7F4A_7C15))
}

/// Returns for each text an earlier one that asks nearly the same, if there is one.
pub(super) fn twins(texts: &[&str]) -> Vec<Option<u32>> {
    let gists: Vec<Gist> = texts
        .par_iter()
        .map_init(Vocabulary::default, |known, text| Gist::of(&known.words(text)))
        .collect();
    let outlines: Vec<Outline> = gists.iter().map(|gist| gist.outline).collect();
    let mut twins: Vec<Option<u32>> = vec![None; texts.len()];
    // A key and the number of its text in one number: the last bits are the text's.
    let bits = usize::BITS - texts.len().leading_zeros();
    for band in 0..BANDS {
        // A text with a twin is compared with no more, and none with it: its twin stands for it.
        let alone = (0..gists.len()).filter(|at| twins[*at].is_none());
        let mut keys: Vec<u64> =
            alone.map(|at| gists[at].key(band) >> bits << bits | at as u64).collect();
        keys.sort_unstable();
        let groups = keys.chunk_by(|a, b| a >> bits == b >> bits);
        for group in groups.filter(|group| group.len() > 1) {
            let mut before: Vec<usize> = Vec::new();
            for at in group.iter().map(|key| (key & ((1 << bits) - 1)) as usize) {
                let (gist, outline) = (&gists[at], outlines[at]);
                let is_like = |other: &&usize| {
                    outlines[**other].may_be_like(&outline) && gists[**other].is_like(gist)
                };
                match before.iter().rev().take(MOST).find(is_like) {
                    Some(twin) => twins[at] = Some(*twin as u32),
                    None => before.push(at),
                }
            }
        }
    }
    twins
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// How many pairs of each sort are found, and how many there are.
    fn found_of_planted() -> BTreeMap<String, (usize, usize)> {
        let pairs = include_bytes!("../../tests/near/pairs.csv");
        let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for row in csv::Reader::from_reader(&pairs[..]).records() {
            let row = row.expect("a pair");
            let count = counts.entry(row[2].to_owned()).or_default();
            count.0 += usize::from(twins(&[&row[0], &row[1]])[1].is_some());
            count.1 += 1;
        }
        counts
    }

    #[test]
    fn planted_repeats_are_found_and_others_left_alone() {
        let counts = found_of_planted();
        println!("found of planted pairs: {counts:?}");
        let most = |sort: &str| counts[sort].0 * 100 / counts[sort].1;
        assert!(most("edit") >= 96, "{counts:?}");
        assert!(most("order") >= 94, "{counts:?}");
        assert!(most("synonym") >= 13, "{counts:?}");
        assert!(most("topic") <= 2 && most("frame") == 0, "{counts:?}");
    }

    #[test]
    fn pairs_are_found_among_many_as_they_are_alone() {
        let pairs = include_bytes!("../../tests/near/pairs.csv");
        let rows: Vec<csv::StringRecord> =
            csv::Reader::from_reader(&pairs[..]).into_records().map(Result::unwrap).collect();
        let texts: Vec<&str> = rows.iter().flat_map(|row| [&row[0], &row[1]]).collect();
        let among = twins(&texts);
        for (at, pair) in texts.chunks(2).enumerate() {
            if twins(pair)[1].is_some() {
                assert!(among[2 * at + 1].is_some(), "{pair:?}");
            }
        }
    }

    #[test]
    fn what_negates_is_never_like_what_does_not() {
        let asks = ["What would you like to be asked?", "What would you not like to be asked?"];
        assert_eq!(twins(&asks), [None, None]);
        assert_eq!(twins(&[asks[0], asks[0]]), [None, Some(0)]);
    }

    #[test]
    fn many_that_are_alike_all_have_an_earlier_twin() {
        let texts: Vec<String> = (0..5000)
            .map(|at| {
                format!(
                    "Tell the story of a quiet summer evening by the river with {at}00 lanterns"
                )
            })
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = twins(&texts);
        let is_earlier = |(at, twin): (u32, &Option<u32>)| twin.is_some_and(|twin| twin < at);
        assert!((1..).zip(&found[1..]).all(is_earlier));
    }
}
