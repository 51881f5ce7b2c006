//! How the depths share the cards of a selection.

use crate::deck::{Deck, Depth};
use crate::problem::{Diagnostic, did_you_mean};

use super::depths;

/// How many of a weight's smallest steps make 1; own weights may have six decimal places.
const ONE: u64 = 1_000_000;

/// The largest weight that can be asked for.
const MOST: u64 = 1_000_000_000;

/// The weight of each depth in a selection.
///
/// A depth of weight 0 is left out: no shortage elsewhere ever brings it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mix {
    weights: [u64; 5],
}

impl Default for Mix {
    /// Returns [`Mix::EVEN`].
    fn default() -> Self {
        Self::EVEN
    }
}

impl Mix {
    /// All depths alike: 1 : 1 : 1 : 1 : 1.
    pub const EVEN: Self = Self::of([1, 1, 1, 1, 1]);

    /// Mostly light, each depth rarer than the one before it: 7 : 6 : 4 : 2 : 1, that is 35, 30,
    /// 20, 10 and 5 in a hundred. For people who meet for the first time, and for bad days.
    pub const GENTLE: Self = Self::of([7, 6, 4, 2, 1]);

    /// Mostly deep: 2 : 3 : 5 : 6 : 4, that is 10, 15, 25, 30 and 20 in a hundred. A quarter stays
    /// light, for trust needs a way down, and the deepest cards stay rarer than those before them.
    pub const DEEP: Self = Self::of([2, 3, 5, 6, 4]);

    /// The named mixes.
    pub const NAMED: [(&'static str, Self); 3] =
        [("even", Self::EVEN), ("gentle", Self::GENTLE), ("deep", Self::DEEP)];

    const fn of(weights: [u64; 5]) -> Self {
        let [a, b, c, d, e] = weights;
        Self { weights: [a * ONE, b * ONE, c * ONE, d * ONE, e * ONE] }
    }

    /// The mix with these weights, lightest depth first; none where all of them are 0.
    pub const fn weighing(weights: [u32; 5]) -> Option<Self> {
        let [a, b, c, d, e] = weights;
        if a | b | c | d | e == 0 {
            return None;
        }
        Some(Self::of([a as u64, b as u64, c as u64, d as u64, e as u64]))
    }

    /// Reads a named mix, or weights such as `1=20,2=30`, in which depths go by level or by a name
    /// that the decks declare. A depth that is not named weighs 0. Weights have up to six decimal
    /// places and count only against each other; a per cent sign behind them is ignored.
    ///
    /// # Errors
    ///
    /// An unknown mix or depth, a depth that is named twice, what is no weight, and weights that
    /// sum to nothing, each of them told.
    pub fn parse(words: &str, decks: &[Deck]) -> Result<Self, Vec<Diagnostic>> {
        let folded = words.trim().to_lowercase();
        if let Some((_, mix)) = Self::NAMED.into_iter().find(|(name, _)| *name == folded) {
            return Ok(mix);
        }
        if !words.contains('=') {
            return Err(vec![unknown(words.trim())]);
        }
        let mut weights = [None; 5];
        let mut problems = Vec::new();
        for entry in entries(words, decks) {
            if let Err(problem) = read_entry(&entry, decks, &mut weights) {
                problems.push(*problem);
            }
        }
        let weights = weights.map(Option::unwrap_or_default);
        if problems.is_empty() && weights == [0; 5] {
            let found = format!("the weights of the mix `{}` sum to nothing", words.trim());
            let help = "give at least one depth a weight: `1=20,2=30`";
            problems.push(Diagnostic::error("empty-mix", found).help(help));
        }
        if problems.is_empty() { Ok(Self { weights }) } else { Err(problems) }
    }

    /// Returns the name of the mix, if it is one of the named ones.
    pub fn name(&self) -> Option<&'static str> {
        Self::NAMED.into_iter().find(|(_, mix)| mix == self).map(|(name, _)| name)
    }

    /// Returns the weights, lightest depth first.
    pub fn weights(&self) -> [f64; 5] {
        self.weights.map(|weight| weight as f64 / ONE as f64)
    }

    /// Returns whether the mix gives a depth any weight.
    pub const fn weighs(&self, depth: Depth) -> bool {
        self.weights[depth.level() as usize - 1] > 0
    }

    /// Returns how the depths for which `is_open` share `count` cards, by the method of the
    /// largest remainder: each gets the whole part of its share, and the cards that are left go to
    /// the largest remainders, among equal ones to the lighter depth first. All are 0 where no
    /// open depth has a weight.
    pub(super) fn share(&self, count: usize, is_open: impl Fn(usize) -> bool) -> [usize; 5] {
        let weights: [u128; 5] =
            std::array::from_fn(|at| if is_open(at) { self.weights[at].into() } else { 0 });
        let sum: u128 = weights.iter().sum();
        if sum == 0 {
            return [0; 5];
        }
        let exact = weights.map(|weight| weight * count as u128);
        let mut shares = exact.map(|share| (share / sum) as usize);
        let mut by_remainder = [0, 1, 2, 3, 4];
        by_remainder.sort_by_key(|at| std::cmp::Reverse(exact[*at] % sum));
        let left = count - shares.iter().sum::<usize>();
        by_remainder.iter().take(left).for_each(|at| shares[*at] += 1);
        shares
    }
}

fn unknown(word: &str) -> Diagnostic {
    let names = Mix::NAMED.map(|(name, _)| name);
    let found = match word.is_empty() {
        true => "the mix is empty".to_owned(),
        false => format!("unknown mix `{word}`"),
    };
    let expected = format!("{}, or weights such as 1=20,2=30", names.join(", "));
    let mut problem = Diagnostic::error("unknown-mix", found).expected(expected);
    problem.help = did_you_mean(word, names).map(|near| format!("did you mean `{near}`?"));
    problem
}

/// Returns the entries of a mix, parted by commas: but a depth's name may hold commas as well, and
/// digits behind one that follows a weight are no entry, but its decimal places.
fn entries(words: &str, decks: &[Deck]) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for part in words.split(',').filter(|part| !part.trim().is_empty()) {
        let is_depth = |name: &str| depths::find(name.trim(), decks).is_ok();
        let is_places = part.trim().bytes().all(|byte| byte.is_ascii_digit());
        let belongs = |last: &&mut String| match (last.split_once('='), part.split_once('=')) {
            (None, Some((end, _))) => !is_depth(last) && is_depth(&format!("{last},{end}")),
            (Some((_, weight)), None) => is_places && weight.bytes().all(|b| b.is_ascii_digit()),
            _ => false,
        };
        match entries.last_mut().filter(belongs) {
            Some(last) => *last += &format!(",{part}"),
            None => entries.push(part.trim().to_owned()),
        }
    }
    entries
}

/// Reads `1=20` into the weights.
fn read_entry(
    entry: &str,
    decks: &[Deck],
    weights: &mut [Option<u64>; 5],
) -> Result<(), Box<Diagnostic>> {
    let Some((depth, weight)) = entry.split_once('=') else {
        let problem = Diagnostic::error("no-weight", format!("`{entry}` in the mix has no weight"));
        let help = match depths::find(entry, decks) {
            Ok(_) => format!("write `{entry}=20`"),
            Err(_) => "name a depth and its weight, such as `3=20`".into(),
        };
        return Err(Box::new(problem.help(help)));
    };
    let (name, weight) = (depth.trim(), weight.trim());
    let depth = depths::find(name, decks)?;
    let weight = read_weight(weight).ok_or_else(|| {
        let found = format!("`{weight}` is no weight for {}", depths::words(depth, decks));
        let mut problem = Diagnostic::error("not-a-weight", found);
        let point = weight.replacen(',', ".", 1);
        problem.help = (point != weight).then(|| format!("write `{name}={point}`"));
        Box::new(problem.expected("a number from 0 to 1000000000, such as 20 or 12.5"))
    })?;
    let place = &mut weights[usize::from(depth.level()) - 1];
    if place.is_some() {
        let found = format!("{} has two weights in the mix", depths::words(depth, decks));
        let problem = Diagnostic::error("same-depth", found).help("name every depth once");
        return Err(Box::new(problem));
    }
    *place = Some(weight);
    Ok(())
}

/// Returns a weight in millionths.
fn read_weight(text: &str) -> Option<u64> {
    let text = text.strip_suffix('%').unwrap_or(text).trim_end();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + part.len() == 0 || part.len() > 6 || !is_number(whole) || !is_number(part) {
        return None;
    }
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let part: u64 = format!("{part:0<6}").parse().ok()?;
    (whole <= MOST).then_some(whole * ONE + part)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::select::testing::{deck, deck_with};

    fn shares(mix: Mix, count: usize) -> [usize; 5] {
        mix.share(count, |_| true)
    }

    fn found(words: &str) -> Vec<String> {
        let decks = [deck("category,depth,prompt\nPlay,1,What now?\n")];
        let problems = Mix::parse(words, &decks).unwrap_err();
        problems.into_iter().map(|problem| problem.found).collect()
    }

    #[test]
    fn named_mixes_share_the_cards() {
        assert_eq!(shares(Mix::EVEN, 60), [12; 5]);
        assert_eq!(shares(Mix::GENTLE, 60), [21, 18, 12, 6, 3]);
        assert_eq!(shares(Mix::DEEP, 60), [6, 9, 15, 18, 12]);
    }

    #[test]
    fn what_is_left_over_goes_to_the_lighter_depth() {
        assert_eq!(shares(Mix::EVEN, 7), [2, 2, 1, 1, 1]);
        assert_eq!(Mix::EVEN.share(7, |at| at > 1), [0, 0, 3, 2, 2]);
        assert_eq!(shares(Mix::weighing([0, 1, 0, 2, 0]).unwrap(), 4), [0, 1, 0, 3, 0]);
    }

    #[test]
    fn own_weights_go_by_level_or_name() {
        let decks = [deck("category,depth,prompt\nPlay,1,What now?\n")];
        let read = |words: &str| Mix::parse(words, &decks).unwrap();
        assert_eq!(read(" Gentle "), Mix::GENTLE);
        assert_eq!(shares(read("1=20, open sea=60%,"), 8), [2, 0, 0, 6, 0]);
        assert_eq!(shares(read("2=.5,3=1.5"), 8), [0, 2, 6, 0, 0]);
        let decks = [deck_with(
            "category,depth,prompt\nPlay,1,A?\n",
            Some("depths = ['Warm, light', 'Deep']"),
        )];
        let read = |words: &str| Mix::parse(words, &decks).unwrap();
        assert_eq!(shares(read("warm, light=3,deep=1"), 8), [6, 2, 0, 0, 0]);
    }

    #[test]
    fn every_wrong_weight_is_told() {
        assert_eq!(
            found("1=-2,2=NaN,4,Shelff=1,5=1,5=2,3=0,5,3"),
            [
                "`-2` is no weight for depth 1 Shore",
                "`NaN` is no weight for depth 2 Shallows",
                "`4` in the mix has no weight",
                "unknown depth `Shelff`",
                "depth 5 Deep has two weights in the mix",
                "`0,5` is no weight for depth 3 Shelf",
                "`3` in the mix has no weight",
            ]
        );
        assert_eq!(found("1=0,2=0.0"), ["the weights of the mix `1=0,2=0.0` sum to nothing"]);
        assert_eq!(found("="), ["unknown depth ``"]);
        assert_eq!(found("gentel"), ["unknown mix `gentel`"]);
        assert_eq!(found("1=1e9"), ["`1e9` is no weight for depth 1 Shore"]);
    }

    proptest! {
        #[test]
        fn shares_are_exact_to_less_than_a_card(
            weights in prop::array::uniform5(0..50u32), count in 0..500usize
        ) {
            prop_assume!(weights != [0; 5]);
            let shares = shares(Mix::weighing(weights).unwrap(), count);
            prop_assert_eq!(shares.iter().sum::<usize>(), count);
            let sum = f64::from(weights.iter().sum::<u32>());
            for (share, weight) in shares.into_iter().zip(weights) {
                let exact = count as f64 * f64::from(weight) / sum;
                prop_assert!((share as f64 - exact).abs() < 1.0);
            }
        }

        #[test]
        fn no_words_make_it_panic(words in "[a-f1-6=.,% -]{0,20}") {
            let _ = Mix::parse(&words, &[]);
        }
    }
}
