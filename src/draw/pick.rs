//! Drawing by chance, with a memory or without.

use std::collections::HashSet;

use crate::deck::{Deck, Pick};
use crate::problem::Diagnostic;
use crate::select::{Chance, Lean};

use super::memory::{Memory, Recall};

/// By what part of the way from the oldest to the newest a loved card comes sooner: an eighth.
const SOONER: u64 = 8;

/// By what part of it a passed card comes later: a quarter.
const LATER: u64 = 4;

/// What is drawn.
#[derive(Clone, Copy, Debug)]
pub struct DrawRequest<'a> {
    /// The decks.
    pub decks: &'a [Deck],
    /// The cards to draw from; one that is there several times counts once.
    pub pool: &'a [Pick],
    /// How many cards.
    pub count: usize,
    /// The number that chance starts from.
    pub seed: u64,
    /// The categories of which a new card is twice as likely to come as another.
    pub lean: Lean<'a>,
    /// What is remembered of the cards.
    pub memory: &'a Memory,
    /// Whether the cards shall rise in depth and land.
    pub evening: bool,
}

/// What was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The cards, in order.
    pub picks: Vec<Pick>,
    /// How many of them were shown before.
    pub again: usize,
    /// Whether a round ends with this draw's first card: all that may come were shown, and as often.
    pub turns: bool,
    /// How many cards there are in all that may come.
    pub pool: usize,
}

/// A card that may be drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ticket {
    pub pick: Pick,
    /// What comes first is drawn first: a card that was never shown by its chance, all others by age.
    pub order: (bool, u128),
    /// How often it was shown.
    shown: u32,
}

impl DrawRequest<'_> {
    /// Draws.
    ///
    /// Cards that were never shown come first, each as likely as any other, or twice as likely where the
    /// draw leans towards its category. Once there are none the
    /// oldest return: in the order in which they were shown last, but a loved card sooner by an
    /// eighth of the way from the oldest to the newest, and a passed one later by a quarter. Retired
    /// cards never come. The same seed and memory give the same cards (`algorithm = 1`).
    ///
    /// # Errors
    ///
    /// There is no card in the pool (`nothing-to-draw`), or all are retired (`all-retired`).
    pub fn draw(&self) -> Result<Drawn, Box<Diagnostic>> {
        let tickets = self.tickets()?;
        let pool = tickets.len();
        let most = tickets.iter().map(|ticket| ticket.shown).max().unwrap_or(0);
        let turns = most > 0 && tickets.iter().all(|ticket| ticket.shown == most);
        let drawn = match self.evening {
            true => super::evening(self.decks, tickets, self.count),
            false => tickets.into_iter().take(self.count).collect(),
        };
        let again = drawn.iter().filter(|ticket| ticket.order.0).count();
        Ok(Drawn {
            picks: drawn.into_iter().map(|ticket| ticket.pick).collect(),
            again,
            turns,
            pool,
        })
    }

    /// Returns the cards that may be drawn, the first to come first.
    fn tickets(&self) -> Result<Vec<Ticket>, Box<Diagnostic>> {
        let mut seen = HashSet::new();
        let key = |pick: &Pick| pick.of(self.decks).1.key;
        let pool = self.pool.iter().filter(|pick| seen.insert(key(pick)));
        let recalled = pool.map(|pick| (*pick, self.memory.recall(key(pick))));
        let (retired, left): (Vec<_>, Vec<_>) = recalled.partition(|(_, recall)| recall.retired);
        if left.is_empty() {
            return Err(Box::new(nothing_left(retired.len())));
        }
        let lasts = left.iter().filter(|at| at.1.shown > 0).map(|at| at.1.last);
        let (oldest, newest) = lasts.fold((u64::MAX, 0), |(a, b), last| (a.min(last), b.max(last)));
        let way = newest.saturating_sub(oldest);
        let chance = Chance::within("deckle draw v1", self.seed);
        let order = |pick: &Pick, recall: &Recall| match recall.shown {
            0 => {
                let (deck, card) = pick.of(self.decks);
                (false, self.lean.turn(deck.category(card), chance.of_card(card.key)))
            }
            _ => {
                // Among few cards love makes no haste, or one of two would come every time. A loved
                // card goes before one whose turn is the same, hence the halves.
                let sooner = if recall.loved { way / SOONER } else { 0 };
                let later = if recall.passed { way / LATER } else { 0 };
                let turn = (recall.last + way + later - sooner) * 2 - u64::from(sooner > 0);
                (true, u128::from(turn))
            }
        };
        let ticket = |(pick, recall): (Pick, Recall)| Ticket {
            pick,
            order: order(&pick, &recall),
            shown: recall.shown,
        };
        let mut tickets: Vec<Ticket> = left.into_iter().map(ticket).collect();
        tickets.sort_by_key(|ticket| ticket.order);
        Ok(tickets)
    }
}

fn nothing_left(retired: usize) -> Diagnostic {
    match retired {
        0 => Diagnostic::error("nothing-to-draw", "there is no card to draw")
            .help("widen the filters, or choose another deck"),
        _ => Diagnostic::error("all-retired", "every card there would be is retired")
            .help("`deckle restore CODE` lets one come again"),
    }
}

#[cfg(test)]
mod tests;
