//! Neighbours of different categories.

use std::collections::{BTreeSet, HashMap, VecDeque};

use crate::deck::{Deck, Pick};

/// Returns `cards` in an order in which no two neighbours are of one category where that can be
/// avoided; `last` is the category before the first.
///
/// The first card in order whose category differs comes next, unless one category is so frequent
/// that it has to be used now.
pub(super) fn alternate<'d>(cards: &[Pick], decks: &'d [Deck], last: Option<&'d str>) -> Vec<Pick> {
    let mut queues: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (at, pick) in cards.iter().enumerate() {
        queues.entry(category(*pick, decks)).or_default().push_back(at);
    }
    let mut fronts: BTreeSet<(usize, &str)> =
        queues.iter().map(|(id, queue)| (queue[0], *id)).collect();
    let mut sizes: BTreeSet<(usize, &str)> =
        queues.iter().map(|(id, queue)| (queue.len(), *id)).collect();
    let mut last = last;
    let mut order = Vec::with_capacity(cards.len());
    while let Some((_, first)) = fronts.first() {
        let left = cards.len() - order.len();
        let crowd = sizes.last().filter(|(size, id)| 2 * size > left && last != Some(id));
        let other = || fronts.iter().find(|(_, id)| last != Some(id)).map(|(_, id)| *id);
        let id = crowd.map(|(_, id)| *id).or_else(other).unwrap_or(first);
        let Some(queue) = queues.get_mut(id) else { break };
        let Some(at) = queue.pop_front() else { break };
        fronts.remove(&(at, id));
        sizes.remove(&(queue.len() + 1, id));
        if let Some(front) = queue.front() {
            fronts.insert((*front, id));
            sizes.insert((queue.len(), id));
        }
        order.push(cards[at]);
        last = Some(id);
    }
    order
}

/// Returns the id of the category of a card.
pub(super) fn category(pick: Pick, decks: &[Deck]) -> &str {
    let (deck, card) = pick.of(decks);
    &deck.category(card).id
}
