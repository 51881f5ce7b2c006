//! A short sequence of cards that rises and lands.

use std::collections::BTreeSet;

use crate::deck::{Deck, Kind, Pick};

use super::pick::Ticket;

/// The deepest depth that is light.
const LIGHT: u8 = 2;

/// Chooses `count` cards that rise from the lightest depth there is by at most one level from card to
/// card, as far as the decks allow, and end on a light card, an appreciation if there is one.
///
/// `tickets` are the cards that may come, the first to come first. Of each depth the first is taken
/// whose category differs from the one before, but a card that is new before one that is not.
pub(super) fn evening(decks: &[Deck], mut tickets: Vec<Ticket>, count: usize) -> Vec<Ticket> {
    let count = count.min(tickets.len());
    if count < 2 {
        tickets.truncate(count);
        return tickets;
    }
    let mut evening = Evening { decks, tickets, taken: Vec::new() };
    let landing = evening.take_landing();
    for level in steps(&evening.levels(), count - 1) {
        evening.take(level);
    }
    let mut taken = evening.taken;
    taken.push(landing);
    taken
}

struct Evening<'d> {
    decks: &'d [Deck],
    /// The cards that are left, the first to come first.
    tickets: Vec<Ticket>,
    taken: Vec<Ticket>,
}

impl Evening<'_> {
    fn level(&self, pick: Pick) -> u8 {
        super::level(pick.of(self.decks).1)
    }

    fn category(&self, pick: Pick) -> &str {
        let (deck, card) = pick.of(self.decks);
        &deck.category(card).id
    }

    fn levels(&self) -> Vec<u8> {
        let levels: BTreeSet<u8> = self.tickets.iter().map(|at| self.level(at.pick)).collect();
        levels.into_iter().collect()
    }

    /// Takes what the evening ends on: thanks among the light cards, else the lightest card.
    fn take_landing(&mut self) -> Ticket {
        let cost = |ticket: &Ticket| {
            let level = self.level(ticket.pick);
            let is_thanks = ticket.pick.of(self.decks).1.kind == Kind::Appreciation;
            let is_old = ticket.order.0;
            (level.max(LIGHT), is_old, !is_thanks, level, ticket.order)
        };
        let best = (0..self.tickets.len()).min_by_key(|at| cost(&self.tickets[*at]));
        self.tickets.remove(best.unwrap_or(0))
    }

    /// Takes the card of a level that comes first. A new card of a level beside it is taken before one
    /// that was shown; where there is none left, the nearest, but nothing lighter than the one before.
    fn take(&mut self, level: u8) {
        let last = self.taken.last().map(|ticket| ticket.pick);
        let before = last.map(|pick| self.category(pick));
        let least = last.map_or(0, |pick| self.level(pick));
        let cost = |ticket: &Ticket| {
            let own = self.level(ticket.pick);
            let off = own.abs_diff(level);
            let (is_old, turn) = ticket.order;
            let is_alike = before == Some(self.category(ticket.pick));
            (off > 1, own < least, is_old, off, is_alike, turn)
        };
        let best = (0..self.tickets.len()).min_by_key(|at| cost(&self.tickets[*at]));
        if let Some(best) = best {
            let ticket = self.tickets.remove(best);
            self.taken.push(ticket);
        }
    }
}

/// Returns the level of each of `count` cards: from the lightest up, evenly, by one level at a time.
fn steps(levels: &[u8], count: usize) -> Vec<u8> {
    let Some(last) = levels.len().min(count).checked_sub(1) else { return Vec::new() };
    let most = count.max(2) - 1;
    (0..count).map(|at| levels[(at * last + most / 2) / most]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_rise_evenly_and_never_leap() {
        assert_eq!(steps(&[1, 2, 3], 4), [1, 2, 2, 3]);
        assert_eq!(steps(&[1, 2, 3], 8), [1, 1, 2, 2, 2, 2, 3, 3]);
        assert_eq!(steps(&[1, 2, 3], 2), [1, 2]);
        assert_eq!(steps(&[2, 3], 1), [2]);
        assert_eq!(steps(&[1, 2, 3, 4, 5], 3), [1, 2, 3]);
        assert_eq!(steps(&[3], 3), [3, 3, 3]);
        assert_eq!(steps(&[], 3), Vec::<u8>::new());
    }
}
