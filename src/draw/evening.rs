//! A short sequence of cards that rises and lands.

use std::collections::BTreeSet;

use crate::deck::{Deck, Kind, Pick};

use super::pick::Ticket;

/// Chooses `count` cards that rise from the lightest depth there is by at most one level from card to
/// card, as far as the decks allow, and end on an appreciation, else on a light card.
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
        pick.of(self.decks).1.depth.map_or(1, |depth| depth.level())
    }

    fn category(&self, pick: Pick) -> &str {
        let (deck, card) = pick.of(self.decks);
        &deck.category(card).id
    }

    fn levels(&self) -> Vec<u8> {
        let levels: BTreeSet<u8> = self.tickets.iter().map(|at| self.level(at.pick)).collect();
        levels.into_iter().collect()
    }

    /// Takes what the evening ends on: thanks of the middle depths, else the lightest card.
    fn take_landing(&mut self) -> Ticket {
        let cost = |ticket: &Ticket| {
            let level = self.level(ticket.pick);
            let is_thanks = ticket.pick.of(self.decks).1.kind == Kind::Appreciation && level <= 3;
            (!is_thanks, if is_thanks { 0 } else { level }, ticket.order)
        };
        let best = (0..self.tickets.len()).min_by_key(|at| cost(&self.tickets[*at]));
        self.tickets.remove(best.unwrap_or(0))
    }

    /// Takes the card of a level that comes first; of the nearest level where there is none left.
    fn take(&mut self, level: u8) {
        let before = self.taken.last().map(|ticket| self.category(ticket.pick));
        let cost = |ticket: &Ticket| {
            let off = self.level(ticket.pick).abs_diff(level);
            let (is_old, turn) = ticket.order;
            let is_alike = before == Some(self.category(ticket.pick));
            (off, is_old, is_alike, turn)
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
    (0..count).map(|at| levels[(at * last).div_ceil(count.max(2) - 1)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_rise_evenly_and_never_leap() {
        assert_eq!(steps(&[1, 2, 3], 4), [1, 2, 3, 3]);
        assert_eq!(steps(&[1, 2, 3], 2), [1, 2]);
        assert_eq!(steps(&[2, 3], 1), [2]);
        assert_eq!(steps(&[1, 2, 3, 4, 5], 3), [1, 2, 3]);
        assert_eq!(steps(&[3], 3), [3, 3, 3]);
        assert_eq!(steps(&[], 3), Vec::<u8>::new());
    }
}
