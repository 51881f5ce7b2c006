//! Which cards come in which round.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::format::{Deal, Format, Part};
use super::ladder::Supply;
use crate::deck::{Deck, Depth, Kind, Pick};
use crate::draw::SERIES;
use crate::select::{self, BalanceRequest, Chance, Lean, Mix};

/// Returns the seed that belongs to a format with some decks where nobody gives one, so that a plan
/// can be made again (`algorithm = 1`).
pub fn usual_seed(format: &Format, decks: &[Deck]) -> u64 {
    Chance::within("deckle session v1", select::usual_seed(decks)).of(format.id.as_bytes())
}

/// The category of cards that thank.
const THANKS: &str = "appreciation";

/// The cards that are left to deal.
pub(super) struct Dealer<'a> {
    decks: &'a [Deck],
    left: Vec<Pick>,
    guides: Vec<Pick>,
    chance: Chance,
    lean: Lean<'a>,
    seed: u64,
}

impl<'a> Dealer<'a> {
    /// The dealer of a pool: each card once, none deeper than `ceiling`, none with a tag that does not
    /// suit, none that is answered alone or belongs to a row of others.
    pub fn new(
        decks: &'a [Deck],
        pool: &[Pick],
        ceiling: Depth,
        without: &[String],
        lean: Lean<'a>,
        seed: u64,
    ) -> Self {
        let mut seen = HashSet::new();
        let unique = pool.iter().copied().filter(|pick| seen.insert((pick.deck, pick.card)));
        let (guides, mut left): (Vec<Pick>, Vec<Pick>) =
            unique.partition(|pick| pick.is_guide(decks));
        left.retain(|pick| {
            let card = pick.of(decks).1;
            let has = |tag: &str| card.tags.iter().any(|own| own.eq_ignore_ascii_case(tag));
            let is_apart = has(SERIES) || without.iter().any(|tag| has(tag));
            card.depth.is_some_and(|depth| depth <= ceiling)
                && !is_apart
                && card.kind != Kind::Selfcheck
        });
        let chance = Chance::within("deckle session v1", seed);
        Self { decks, left, guides, chance, lean, seed }
    }

    /// Returns the first card of a kind that guides.
    pub fn guide(&self, kind: Kind) -> Option<Pick> {
        self.guides.iter().copied().find(|pick| pick.of(self.decks).1.kind == kind)
    }

    /// Returns how deep a card goes.
    pub fn depth(&self, pick: Pick) -> Option<Depth> {
        pick.of(self.decks).1.depth
    }

    /// Returns how many cards of each depth suit a part.
    pub fn supply(&self, part: &Part) -> Supply {
        let mut supply = Supply::default();
        for pick in self.left.iter().filter(|pick| self.suits(**pick, part)) {
            supply[self.level(*pick)] += 1;
        }
        supply
    }

    /// Takes `count` cards of each depth for a part, fairly shared among categories, in order: light
    /// ones first, and no two of a category behind one another where that can be avoided.
    ///
    /// Fewer come where there are not enough.
    pub fn take(&mut self, part: &Part, count: Supply) -> Vec<Pick> {
        let pool: Vec<Pick> =
            self.left.iter().copied().filter(|pick| self.suits(*pick, part)).collect();
        let there = self.supply(part);
        let count: Supply = std::array::from_fn(|at| count[at].min(there[at]));
        let Some(mix) = Mix::weighing(count.map(|count| count as u32)) else { return Vec::new() };
        let request = BalanceRequest {
            decks: self.decks,
            pool: &pool,
            count: count.iter().sum(),
            mix,
            pins: &[],
            lean: self.lean,
            seed: self.seed,
        };
        // There are as many of each depth as are asked for, so that nothing can be missing.
        let chosen = request.choose().map(|selection| selection.picks).unwrap_or_default();
        let taken: BTreeSet<(u32, u32)> =
            chosen.iter().map(|pick| (pick.deck, pick.card)).collect();
        self.left.retain(|pick| !taken.contains(&(pick.deck, pick.card)));
        self.ordered(chosen)
    }

    /// Takes a card for a part that is lighter than `depth`, as little as can be.
    pub fn take_lighter(&mut self, part: &Part, depth: Depth) -> Option<Pick> {
        let supply = self.supply(part);
        let level = (0..usize::from(depth.level()) - 1).rev().find(|level| supply[*level] > 0)?;
        let mut count = Supply::default();
        count[level] = 1;
        self.take(part, count).pop()
    }

    /// Takes the last card and one to fall back on: the lightest that suit, then such as thank by their
    /// category, and where there are none the card that closes.
    pub fn landing(&mut self, part: &Part) -> Vec<Pick> {
        if part.deal == Deal::None {
            return Vec::new();
        }
        let mut landing = Vec::new();
        for _ in 0..2 {
            let next = self.lightest(part).or_else(|| self.lightest_thanks());
            let first = landing.first().map(|first| self.level(*first));
            // What is taken in place of the last card goes no deeper than that.
            landing
                .extend(next.filter(|next| first.is_none_or(|first| self.level(*next) <= first)));
        }
        if landing.is_empty() {
            landing.extend(self.guide(Kind::Close));
        }
        landing
    }

    /// Returns whether the first of these cards is one that asks, not just one that closes.
    pub fn is_thanks(&self, landing: &[Pick]) -> bool {
        landing.first().is_some_and(|pick| !pick.is_guide(self.decks))
    }

    /// Takes the lightest card that suits a part, if possible no lighter than the part wants.
    fn lightest(&mut self, part: &Part) -> Option<Pick> {
        let supply = self.supply(part);
        let [lightest, deepest] = part.depth.map(|depth| usize::from(depth.level()) - 1);
        let mut levels = (lightest..=deepest).chain((0..lightest).rev()).chain(deepest + 1..5);
        let level = levels.find(|level| supply[*level] > 0)?;
        let mut count = Supply::default();
        count[level] = 1;
        self.take(part, count).pop()
    }

    /// Takes the lightest card of the category of thanks, whatever its kind.
    fn lightest_thanks(&mut self) -> Option<Pick> {
        let thanks = |pick: &Pick| {
            let (deck, card) = pick.of(self.decks);
            deck.category(card).id == THANKS
        };
        let cost =
            |pick: &Pick| (self.level(*pick), self.chance.of_card(pick.of(self.decks).1.key));
        let pick = self.left.iter().copied().filter(thanks).min_by_key(cost)?;
        self.left.retain(|other| *other != pick);
        Some(pick)
    }

    fn suits(&self, pick: Pick, part: &Part) -> bool {
        part.kinds.contains(&pick.of(self.decks).1.kind)
    }

    fn level(&self, pick: Pick) -> usize {
        usize::from(crate::draw::level(pick.of(self.decks).1)) - 1
    }

    fn ordered(&self, mut cards: Vec<Pick>) -> Vec<Pick> {
        cards.sort_by_cached_key(|pick| {
            (self.level(*pick), self.chance.of_card(pick.of(self.decks).1.key))
        });
        let mut ordered: Vec<Pick> = Vec::with_capacity(cards.len());
        let mut left: BTreeMap<String, usize> = BTreeMap::new();
        let category = |pick: &Pick| {
            let (deck, card) = pick.of(self.decks);
            deck.category(card).id.clone()
        };
        for pick in &cards {
            *left.entry(category(pick)).or_default() += 1;
        }
        while !cards.is_empty() {
            let last = ordered.last().map(category);
            let depth = self.level(cards[0]);
            let same_depth = cards.iter().take_while(|pick| self.level(**pick) == depth);
            // Of what there is most comes first, or it would stand together at the end.
            let cost = |(_, pick): &(usize, &Pick)| {
                let own = category(pick);
                (last.as_ref() == Some(&own), std::cmp::Reverse(left[&own]))
            };
            let next = same_depth.enumerate().min_by_key(cost).map_or(0, |(at, _)| at);
            let pick = cards.remove(next);
            *left.entry(category(&pick)).or_default() -= 1;
            ordered.push(pick);
        }
        ordered
    }
}
