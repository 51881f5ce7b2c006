//! Near-duplicates: prompts that ask the same in other dress.
//!
//! Each prompt is brought down to the set of words that carry its meaning (see `wording`), each
//! of weight 1, 2 or 4. Two prompts are **near** if
//!
//! - their words are the same, or
//! - one has one word more, and that word weighs at most a third of those they share, or
//! - each has one word that the other has not, and each of the two weighs at most a sixth of those
//!   they share if it is light (of weight 1), else at most an eighth.
//!
//! These parts are chosen by hand on pairs of prompts that people would call the same or not; a test
//! holds those pairs. "What are you most afraid of?" and "What are you really most afraid of?" are near; "What did you
//! learn from your mother?" and "What did you learn from your work?" are not, for they share a
//! template and differ in the word that matters. Whether two prompts are near never depends on a third.
//!
//! Since near prompts share a whole set of words with at most one left out, all of them are found by
//! looking such sets up: no pair is ever compared, and memory and time grow with the number of words,
//! even where every prompt is near every other. No pair is missed and none is false (sets are told
//! apart by 128 bits).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use rayon::prelude::*;

use super::wording::{LIGHT, Vocabulary, Weight, Word};

/// Of the shared weight, one more word may weigh at most one part in so many.
const ADDED: Weight = 3;

/// Of the shared weight, a light word in another's place may weigh at most one part in so many.
const SWAPPED_LIGHT: Weight = 6;

/// Of the shared weight, any other word in another's place may weigh at most one part in so many.
const SWAPPED: Weight = 8;

/// Which of many texts ask nearly the same.
#[derive(Clone, Debug, Default)]
pub struct Likeness {
    /// The gist of each text.
    gist_of: Vec<u32>,
    gists: Vec<Gist>,
    /// The gists of each template: those that become the same when one word of each is left out.
    templates: Vec<Vec<u32>>,
}

/// A set of words, and the gists and templates that it is near through.
#[derive(Clone, Debug, Default)]
struct Gist {
    texts: Vec<u32>,
    /// The gists with one word less.
    smaller: Vec<u32>,
    /// The gists with one word more.
    larger: Vec<u32>,
    templates: Vec<u32>,
}

impl Likeness {
    /// Compares `texts`; the work grows with their number, not with its square.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let texts: Vec<&str> = texts.into_iter().collect();
        let read: Vec<Vec<Word>> = texts
            .par_iter()
            .map_init(Vocabulary::default, |known, text| known.words(text))
            .collect();
        let mut likeness = Self::default();
        let mut known: HashMap<u128, u32, Digested> = HashMap::default();
        let mut sets = Vec::new();
        for (at, set) in read.into_iter().enumerate() {
            let gist = *known.entry(digest(&set)).or_insert_with(|| {
                likeness.gists.push(Gist::default());
                sets.push(set);
                sets.len() as u32 - 1
            });
            likeness.gists[gist as usize].texts.push(at as u32);
            likeness.gist_of.push(gist);
        }
        likeness.link(&sets, &known);
        likeness
    }

    /// Finds the gists that differ by one word.
    fn link(&mut self, sets: &[Vec<Word>], known: &HashMap<u128, u32, Digested>) {
        let mut slots: Vec<(u128, u32)> = Vec::new();
        for (gist, set) in sets.iter().enumerate() {
            let (whole, weight) = (digest(set), weight(set));
            for word in set {
                let shared = weight - u32::from(word.weight);
                let rest = whole.wrapping_sub(word.digest);
                if may_differ(word, ADDED, shared)
                    && let Some(smaller) = known.get(&rest)
                {
                    self.gists[gist].smaller.push(*smaller);
                    self.gists[*smaller as usize].larger.push(gist as u32);
                }
                let part = if word.weight == LIGHT { SWAPPED_LIGHT } else { SWAPPED };
                if may_differ(word, part, shared) {
                    slots.push((rest, gist as u32));
                }
            }
        }
        slots.sort_unstable();
        let alike = slots.chunk_by(|a, b| a.0 == b.0).filter(|gists| gists.len() > 1);
        self.templates = alike.map(|gists| gists.iter().map(|slot| slot.1).collect()).collect();
        for (template, gists) in self.templates.iter().enumerate() {
            for gist in gists {
                self.gists[*gist as usize].templates.push(template as u32);
            }
        }
    }

    /// Returns the number of texts.
    pub fn len(&self) -> usize {
        self.gist_of.len()
    }

    /// Returns whether there are no texts.
    pub fn is_empty(&self) -> bool {
        self.gist_of.is_empty()
    }

    /// Returns the numbers of the texts that ask nearly the same as `at`, ascending.
    ///
    /// They can be as many as there are texts; to count them, use a [`Tally`].
    ///
    /// # Panics
    ///
    /// There is no text `at`.
    pub fn near(&self, at: usize) -> Vec<u32> {
        let own = self.gist_of[at];
        let gist = &self.gists[own as usize];
        let swapped = gist.templates.iter().flat_map(|at| &self.templates[*at as usize]);
        let gists = gist.smaller.iter().chain(&gist.larger).chain(swapped.filter(|at| **at != own));
        let mut near: Vec<u32> = std::iter::once(&own)
            .chain(gists)
            .flat_map(|at| &self.gists[*at as usize].texts)
            .copied()
            .filter(|text| *text as usize != at)
            .collect();
        near.sort_unstable();
        near
    }

    /// Returns whether two texts ask nearly the same.
    ///
    /// # Panics
    ///
    /// There is no text `a` or `b`.
    pub fn are_near(&self, a: usize, b: usize) -> bool {
        let (one, other) = (self.gist_of[a], self.gist_of[b]);
        let gist = &self.gists[one as usize];
        let second = &self.gists[other as usize];
        a != b
            && (one == other
                || gist.smaller.contains(&other)
                || second.smaller.contains(&one)
                || gist.templates.iter().any(|template| second.templates.contains(template)))
    }

    /// Returns whether two texts have the same words, so that neither can stand in for the other's
    /// lack.
    pub(super) fn are_twins(&self, a: usize, b: usize) -> bool {
        self.gist_of[a] == self.gist_of[b]
    }

    /// Returns an empty tally of these texts.
    pub fn tally(&self) -> Tally<'_> {
        Tally {
            likeness: self,
            gists: HashMap::new(),
            larger: HashMap::new(),
            templates: HashMap::new(),
        }
    }
}

/// A growing and shrinking choice of texts that knows how many of them are near a given one.
///
/// Every call takes time that grows with the words of one text, however many are near it.
#[derive(Clone, Debug)]
pub struct Tally<'l> {
    likeness: &'l Likeness,
    /// How many texts of each gist are in.
    gists: HashMap<u32, u32>,
    /// How many texts are in whose gist has one word more than this one.
    larger: HashMap<u32, u32>,
    /// How many texts of each template are in.
    templates: HashMap<u32, u32>,
}

impl Tally<'_> {
    /// Takes the text `at` in.
    pub fn add(&mut self, at: usize) {
        self.change(at, |count| *count += 1);
    }

    /// Lets the text `at` go, which must be in.
    pub fn remove(&mut self, at: usize) {
        self.change(at, |count| *count = count.saturating_sub(1));
    }

    fn change(&mut self, at: usize, by: impl Fn(&mut u32)) {
        let own = self.likeness.gist_of[at];
        let gist = &self.likeness.gists[own as usize];
        by(self.gists.entry(own).or_default());
        gist.smaller.iter().for_each(|at| by(self.larger.entry(*at).or_default()));
        gist.templates.iter().for_each(|at| by(self.templates.entry(*at).or_default()));
    }

    /// Returns how many texts that are in ask nearly the same as `at`; where `at` itself is in, it
    /// is counted too.
    pub fn near(&self, at: usize) -> u32 {
        let own = self.likeness.gist_of[at];
        let gist = &self.likeness.gists[own as usize];
        let count = |counts: &HashMap<u32, u32>, at: &u32| counts.get(at).copied().unwrap_or(0);
        let same = count(&self.gists, &own);
        // Each template counts the texts of this gist among its own.
        let smaller: u32 = gist.smaller.iter().map(|at| count(&self.gists, at)).sum();
        let swapped: u32 = gist.templates.iter().map(|at| count(&self.templates, at) - same).sum();
        same + smaller + count(&self.larger, &own) + swapped
    }
}

/// Hashes what is a digest already by taking its first bytes.
type Digested = BuildHasherDefault<FirstBytes>;

#[derive(Default)]
struct FirstBytes(u64);

impl Hasher for FirstBytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().take(8).fold(0, |sum, byte| (sum << 8) | u64::from(*byte));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Returns whether a word is slight enough to differ where words of the weight `shared` do not.
fn may_differ(word: &Word, part: Weight, shared: u32) -> bool {
    u32::from(word.weight) * u32::from(part) <= shared
}

fn weight(set: &[Word]) -> u32 {
    set.iter().map(|word| u32::from(word.weight)).sum()
}

/// Returns what tells a set of words from all others; a word is left out by subtraction.
fn digest(set: &[Word]) -> u128 {
    set.iter().fold(0, |sum, word| sum.wrapping_add(word.digest))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// The rule as the module's page states it, for one pair.
    fn near_by_rule(a: &str, b: &str) -> bool {
        let mut known = Vocabulary::default();
        let [a, b]: [BTreeSet<Word>; 2] =
            [a, b].map(|text| known.words(text).into_iter().collect());
        let weigh = |set: &mut dyn Iterator<Item = &Word>| -> u32 {
            set.map(|word| u32::from(word.weight)).sum()
        };
        let shared = weigh(&mut a.intersection(&b));
        let [mine, yours] = [a.difference(&b), b.difference(&a)];
        let counts = (mine.clone().count(), yours.clone().count());
        let most = mine.chain(yours).map(|word| u32::from(word.weight)).max().unwrap_or(0);
        match (counts, most) {
            ((0, 0), _) => true,
            ((0, 1) | (1, 0), most) => most * 3 <= shared,
            ((1, 1), 1) => 6 <= shared,
            ((1, 1), most) => most * 8 <= shared,
            _ => false,
        }
    }

    fn prompts() -> impl Strategy<Value = Vec<String>> {
        let word = prop::sample::select(vec![
            "what", "when", "you", "me", "never", "river", "garden", "afraid", "song", "house",
            "feel", "make", "of", "really", "winter", "letter", "lantern", "boat", "cousin",
        ]);
        let prompt = prop::collection::vec(word, 1..14).prop_map(|words| words.join(" "));
        prop::collection::vec(prompt, 0..40)
    }

    proptest! {
        #[test]
        fn the_search_finds_what_comparing_all_pairs_finds(mut texts in prompts(), again in 0..3usize) {
            texts.extend_from_within(..again.min(texts.len()));
            let likeness = Likeness::of(texts.iter().map(String::as_str));
            prop_assert_eq!(likeness.len(), texts.len());
            for (at, text) in texts.iter().enumerate() {
                let wanted: Vec<u32> = (0..texts.len())
                    .filter(|other| *other != at && near_by_rule(text, &texts[*other]))
                    .map(|other| other as u32)
                    .collect();
                prop_assert_eq!(likeness.near(at), wanted.clone());
                for other in 0..texts.len() {
                    prop_assert_eq!(likeness.are_near(at, other), wanted.contains(&(other as u32)));
                }
            }
        }

        #[test]
        fn a_tally_counts_what_is_near(texts in prompts(), choice: [bool; 40]) {
            let likeness = Likeness::of(texts.iter().map(String::as_str));
            let mut tally = likeness.tally();
            (0..texts.len()).for_each(|at| tally.add(at));
            (0..texts.len()).filter(|at| !choice[*at]).for_each(|at| tally.remove(at));
            for at in 0..texts.len() {
                let near = likeness.near(at).iter().filter(|at| choice[**at as usize]).count();
                prop_assert_eq!(tally.near(at) as usize, near + usize::from(choice[at]));
            }
        }
    }

    #[test]
    fn prompts_that_are_all_alike_cost_no_more_than_others() {
        let same = ["What are you really afraid of?", "What are you afraid of?"];
        let likeness = Likeness::of((0..20_000).map(|at| same[at % 2]));
        assert_eq!(likeness.near(7).len(), 19_999);
        let template = |at: usize| {
            format!(
                "Tell the story of a quiet summer evening by the river with cousins, boats, lanterns and {at}00"
            )
        };
        let texts: Vec<String> = (0..20_000).map(template).collect();
        let likeness = Likeness::of(texts.iter().map(String::as_str));
        let mut tally = likeness.tally();
        (0..20_000).for_each(|at| tally.add(at));
        assert_eq!(tally.near(11), 20_000);
        assert_eq!(likeness.templates.iter().map(Vec::len).max(), Some(20_000));
    }
}
