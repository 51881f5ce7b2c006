//! The order of cards: as the table has them, rising, in an arc, or by chance.

mod alternate;
mod arc;
mod audit;
mod rising;
mod shuffle;

use crate::deck::{Deck, Kind, Pick};
use crate::problem::Diagnostic;

/// The order of cards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sequence {
    /// As the tables have them.
    #[default]
    Deck,
    /// From light to deep.
    ///
    /// Opening cards and rules come first and closing cards last. Between them depth rises, by at
    /// most one level from card to card. Within a level no two neighbours are of one category where
    /// that can be avoided, and cards otherwise keep their order. Pauses stand before the
    /// deepest steps, one each; where there are more, the rest spread over the whole way.
    Rising,
    /// Up, and down again to land.
    ///
    /// Begins as [`Rising`](Self::Rising) does, and climbs by at most one level from card to card. The
    /// deepest cards stand between two thirds and three quarters of the way; behind them the
    /// way leads down, appreciation cards being the last of their level, and ends on an appreciation
    /// or a closing card. No third card of depth 4 or 5 follows two others without a breather: a pause
    /// while there are any, else a card of depth 1 or 2, the last one of a depth only if nothing else
    /// is left. A breather is no step of the way: behind it the climb goes on where it was.
    Arc,
    /// By chance, from a seed; the same seed gives the same order on every machine
    /// (`algorithm = 1`). All cards are shuffled, those that guide as well.
    Shuffled(u64),
}

/// Puts cards in order, and returns a note for each promise of the sequence that these cards cannot keep.
pub fn arrange(picks: &mut [Pick], decks: &[Deck], sequence: Sequence) -> Vec<Diagnostic> {
    match sequence {
        Sequence::Deck => Vec::new(),
        Sequence::Shuffled(seed) => {
            shuffle::shuffle(picks, seed);
            Vec::new()
        }
        Sequence::Rising => {
            let Parts { mut order, pauses, way, close } = parts(picks, decks);
            let way = rising::rise(way, decks);
            let notes = audit::steps(&way, decks);
            order.extend(rising::with_pauses(way, pauses, decks));
            order.extend(close);
            picks.copy_from_slice(&order);
            notes
        }
        Sequence::Arc => {
            let Parts { mut order, pauses, way, close } = parts(picks, decks);
            let arc = arc::arc(way, pauses, !close.is_empty(), decks);
            let notes = audit::arc(&arc, !close.is_empty(), decks);
            order.extend(arc.into_iter().map(|stop| stop.pick));
            order.extend(close);
            picks.copy_from_slice(&order);
            notes
        }
    }
}

/// Cards by their part in an evening.
struct Parts {
    /// What comes first: opening cards and rules.
    order: Vec<Pick>,
    pauses: Vec<Pick>,
    /// The cards that ask.
    way: Vec<Pick>,
    close: Vec<Pick>,
}

fn parts(picks: &[Pick], decks: &[Deck]) -> Parts {
    let of = |wanted: &[Kind]| -> Vec<Pick> {
        picks.iter().filter(|pick| wanted.contains(&pick.of(decks).1.kind)).copied().collect()
    };
    let way = picks.iter().filter(|pick| !pick.is_guide(decks)).copied().collect();
    Parts {
        order: of(&[Kind::Open, Kind::Rule]),
        pauses: of(&[Kind::Pause]),
        way,
        close: of(&[Kind::Close]),
    }
}

/// Returns the level of a card that asks.
fn level(pick: Pick, decks: &[Deck]) -> u8 {
    pick.of(decks).1.depth.map_or(0, |depth| depth.level())
}

/// Returns whether a card is of the depths that ask for breath.
fn is_deep(level: u8) -> bool {
    level >= 4
}

#[cfg(test)]
mod tests;
