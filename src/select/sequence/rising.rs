//! From light to deep.

use std::collections::BTreeSet;

use crate::deck::{Deck, Pick};

use super::alternate::{alternate, category};
use super::level;

/// Returns cards that ask in the order of their depth, categories alternating.
pub(super) fn rise(way: Vec<Pick>, decks: &[Deck]) -> Vec<Pick> {
    let mut way = way;
    way.sort_by_key(|pick| level(*pick, decks));
    in_levels(&way, decks)
}

/// Returns the cards with categories alternating within each run of one depth.
pub(super) fn in_levels(way: &[Pick], decks: &[Deck]) -> Vec<Pick> {
    let mut order: Vec<Pick> = Vec::with_capacity(way.len());
    let mut before = 0;
    for cards in way.chunk_by(|a, b| level(*a, decks) == level(*b, decks)) {
        let last = order.last().map(|pick| category(*pick, decks));
        let start = order.len();
        order.extend(alternate(cards, decks, last));
        part_border(&mut order[before..], start - before, decks);
        before = start;
    }
    order
}

/// Changes places within one of two levels where the last card of the one is of the same category as
/// the first of the other, if that leaves fewer such neighbours. The second begins at `border`.
fn part_border(order: &mut [Pick], border: usize, decks: &[Deck]) {
    let are_alike = |one: Pick, other: Pick| category(one, decks) == category(other, decks);
    if border == 0 || !are_alike(order[border - 1], order[border]) {
        return;
    }
    let repeats = |order: &[Pick], places: [usize; 2]| {
        let beside = |at: usize| [at.checked_sub(1), Some(at)].into_iter().flatten();
        let gaps: BTreeSet<usize> = places.into_iter().flat_map(beside).collect();
        let is_repeat =
            |at: &&usize| **at + 1 < order.len() && are_alike(order[**at], order[**at + 1]);
        gaps.iter().filter(is_repeat).count()
    };
    let inside = (0..border - 1).rev().map(|at| [at, border - 1]);
    let beyond = (border + 1..order.len()).map(|at| [border, at]);
    for [one, other] in inside.chain(beyond) {
        let before = repeats(order, [one, other]);
        order.swap(one, other);
        if repeats(order, [one, other]) < before {
            return;
        }
        order.swap(one, other);
    }
}

/// Returns the way with pauses in it: one before each of its deepest steps up; where there are more,
/// the rest spread over the whole way.
pub(super) fn with_pauses(way: Vec<Pick>, pauses: Vec<Pick>, decks: &[Deck]) -> Vec<Pick> {
    let before = places(&way, pauses.len(), decks);
    let mut pauses = pauses.into_iter().zip(before).peekable();
    let mut order = Vec::new();
    for (at, pick) in way.iter().enumerate() {
        while let Some((pause, _)) = pauses.next_if(|(_, before)| *before <= at) {
            order.push(pause);
        }
        order.push(*pick);
    }
    order.extend(pauses.map(|(pause, _)| pause));
    order
}

/// Returns the numbers of the cards before which `count` pauses stand, ascending: none stands first or
/// beside another as long as there are other places.
fn places(way: &[Pick], count: usize, decks: &[Deck]) -> Vec<usize> {
    let rises = |at: &usize| level(way[*at - 1], decks) < level(way[*at], decks);
    let steps: Vec<usize> = (1..way.len()).filter(rises).collect();
    let used = count.min(steps.len());
    let mut places = steps[steps.len() - used..].to_vec();
    let free: Vec<usize> = (1..way.len()).filter(|at| !places.contains(at)).collect();
    let more = count - used;
    let spread = more.min(free.len());
    places.extend((1..=spread).map(|n| free[(n * free.len() - 1) / (spread + 1)]));
    places.extend((spread + 1..=more).map(|n| n * way.len() / (more + 1)));
    places.sort_unstable();
    places
}
