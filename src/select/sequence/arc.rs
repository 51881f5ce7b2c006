//! Up, and down again to land.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::deck::{Deck, Kind, Pick};

use super::rising::{in_levels, with_pauses};
use super::{is_deep, level};

/// A card on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    pub pick: Pick,
    pub is_breather: bool,
}

/// Returns cards that ask in the order of an arc with its breathers; `closed` tells that closing
/// cards follow.
pub(super) fn arc(way: Vec<Pick>, pauses: Vec<Pick>, closed: bool, decks: &[Deck]) -> Vec<Stop> {
    let all = way.len();
    let mut levels = Levels::new(way, decks);
    let needed = levels.deep().saturating_sub(1) / 2;
    let last = if closed { None } else { levels.take_last_thanks() };
    let (mut breath, extra) = split_at(pauses, needed);
    let pauses = breath.len();
    breath.extend(levels.take_light(needed - pauses));
    let landing = levels.take_landing(all, last, breath.len() - pauses);
    let up = in_levels(&levels.rising(), decks);
    let first_deep = up.iter().position(|pick| is_deep(level(*pick, decks)));
    let (light, deep) = split_at(up, first_deep.map_or(all, |at| at + 1));
    let mut way = with_pauses(light, extra, decks);
    way.extend(deep);
    way.extend(down(landing, decks));
    with_breathers(&way, breath, decks)
}

/// Returns the first `count` cards and the others.
fn split_at(mut cards: Vec<Pick>, count: usize) -> (Vec<Pick>, Vec<Pick>) {
    let others = cards.split_off(count.min(cards.len()));
    (cards, others)
}

/// Cards that ask, by depth, in order within each.
struct Levels<'d> {
    decks: &'d [Deck],
    cards: BTreeMap<u8, Vec<Pick>>,
}

impl<'d> Levels<'d> {
    fn new(way: Vec<Pick>, decks: &'d [Deck]) -> Self {
        let mut cards: BTreeMap<u8, Vec<Pick>> = BTreeMap::new();
        for pick in way {
            cards.entry(level(pick, decks)).or_default().push(pick);
        }
        Self { decks, cards }
    }

    fn is_thanks(&self, pick: Pick) -> bool {
        pick.of(self.decks).1.kind == Kind::Appreciation
    }

    fn deep(&self) -> usize {
        self.cards.iter().filter(|(level, _)| is_deep(**level)).map(|(_, cards)| cards.len()).sum()
    }

    fn rising(&self) -> Vec<Pick> {
        self.cards.values().flatten().copied().collect()
    }

    /// Takes up to `count` cards of depth 1 and 2 for breathers, the later ones of the larger level
    /// first. Only if these do not suffice it takes thanks, which suit the landing, and then whole
    /// levels from the bottom, so that the climb begins higher up but still leaves no level out.
    fn take_light(&mut self, count: usize) -> Vec<Pick> {
        let mut taken = self.take_spare(count, Self::is_other);
        taken.extend(self.take_spare(count - taken.len(), Self::is_thanks));
        while taken.len() < count {
            let lightest = self.cards.keys().next().copied();
            let Some(level) = lightest.filter(|level| *level <= 2) else { break };
            taken.extend(self.cards.remove(&level).into_iter().flatten());
        }
        taken.reverse();
        taken
    }

    /// Takes up to `count` cards of depth 1 and 2 that `suit`; each level keeps a card.
    fn take_spare(&mut self, count: usize, suits: impl Fn(&Self, Pick) -> bool) -> Vec<Pick> {
        let mut taken = Vec::new();
        let mut spare: BTreeMap<u8, usize> = BTreeMap::new();
        for (level, cards) in self.cards.iter().filter(|(level, _)| **level <= 2) {
            let suitable = cards.iter().filter(|pick| suits(self, **pick)).count();
            spare.insert(*level, suitable.min(cards.len() - 1));
        }
        while taken.len() < count {
            let larger = spare.iter_mut().max_by_key(|(_, spare)| **spare);
            let Some((level, spare)) = larger.filter(|(_, spare)| **spare > 0) else { break };
            *spare -= 1;
            taken.extend(self.take_last(*level, &suits));
        }
        taken
    }

    fn is_other(&self, pick: Pick) -> bool {
        !self.is_thanks(pick)
    }

    /// Takes the last card of a level that `suits`.
    fn take_last(&mut self, level: u8, suits: impl Fn(&Self, Pick) -> bool) -> Option<Pick> {
        let at = self.cards.get(&level)?.iter().rposition(|pick| suits(self, *pick))?;
        self.cards.get_mut(&level).map(|cards| cards.remove(at))
    }

    /// Takes the cards behind the deepest ones, so many that these stand around 70 % of the way.
    ///
    /// `last` is the one to end on, and `breath` cards stand between the deep ones.
    fn take_landing(&mut self, all: usize, last: Option<Pick>, breath: usize) -> Vec<Pick> {
        let mut landing: Vec<Pick> = last.into_iter().collect();
        let Some((&deepest, peak)) = self.cards.last_key_value() else { return landing };
        let among = if is_deep(deepest) { breath * peak.len() / self.deep() } else { 0 };
        // The middle of the peak stands at 70 %: behind it come 30 % less half of the peak, rounded.
        let most = (6 * all).saturating_sub(10 * (peak.len() + among)) + 10;
        let most = (most / 20).max(1);
        let lightest = last.map_or(1, |pick| level(pick, self.decks)).min(deepest);
        for lower in (lightest..deepest).rev() {
            while landing.len() < most && self.cards.get(&lower).is_some_and(|c| c.len() > 1) {
                let Some(pick) = self.take_last(lower, Self::is_thanks) else { break };
                landing.push(pick);
            }
        }
        while landing.len() < most {
            let below = self.cards.range(lightest..deepest).filter(|(_, cards)| cards.len() > 1);
            let larger = below.max_by_key(|(_, cards)| cards.len());
            let Some(level) = larger.map(|(level, _)| *level) else { break };
            landing.extend(self.take_last(level, |_, _| true));
        }
        landing
    }

    /// Takes the card to end on where no closing card follows: the last of the lightest thanks. The
    /// deepest ones are the peak, unless there is but one depth.
    fn take_last_thanks(&mut self) -> Option<Pick> {
        let has_thanks = |cards: &Vec<Pick>| cards.iter().any(|pick| self.is_thanks(*pick));
        let deepest = *self.cards.keys().next_back()?;
        let lighter = |level: u8| level < deepest || self.cards.len() == 1;
        let levels =
            self.cards.iter().filter(|(level, cards)| lighter(**level) && has_thanks(cards));
        // A level of which the climb has other cards is better than a lighter one it would lose.
        let level =
            levels.min_by_key(|(level, cards)| (cards.len() == 1, **level)).map(|(l, _)| *l)?;
        let pick = self.take_last(level, Self::is_thanks)?;
        self.cards.retain(|_, cards| !cards.is_empty());
        Some(pick)
    }
}

/// Returns the landing, which was gathered from its end, from deep to light, thanks last in each level.
fn down(mut landing: Vec<Pick>, decks: &[Deck]) -> Vec<Pick> {
    let is_thanks = |pick: &Pick| pick.of(decks).1.kind == Kind::Appreciation;
    landing.reverse();
    landing.sort_by_key(|pick| (Reverse(level(*pick, decks)), is_thanks(pick)));
    let runs = landing.chunk_by(|a, b| is_thanks(a) == is_thanks(b));
    runs.flat_map(|run| in_levels(run, decks)).collect()
}

/// Returns the way with a breather after every two deep cards that a third would follow.
fn with_breathers(way: &[Pick], breath: Vec<Pick>, decks: &[Deck]) -> Vec<Stop> {
    let mut breath = breath.into_iter();
    let mut stops = Vec::with_capacity(way.len() + breath.len());
    let mut deep = 0;
    for pick in way {
        deep = if is_deep(level(*pick, decks)) { deep + 1 } else { 0 };
        if deep > 2 {
            stops.extend(breath.next().map(|pick| Stop { pick, is_breather: true }));
            deep = 1;
        }
        let is_breather = pick.of(decks).1.kind == Kind::Pause;
        stops.push(Stop { pick: *pick, is_breather });
    }
    stops
}
