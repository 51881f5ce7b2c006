//! The draw room: one question for now, and one for tonight.
//!
//! There are two ways to come by a card. [`Nights`] derives it from the date and from what two people
//! share, so that both see the same without speaking to each other or to a server. [`DrawRequest`]
//! draws by chance among the cards that a [`Memory`] has not seen yet. A [`Ledger`] keeps that memory
//! in a file. The first two are pure; nothing here reads the clock.

pub mod calendar;
mod evening;
mod growth;
pub mod ledger;
mod memory;
mod pick;
mod reworded;
mod tonight;

#[cfg(test)]
mod testing;

use crate::deck::{Card, Depth};
use evening::evening;
pub use growth::{Growth, by_calendar, by_practice};
pub use ledger::{Ledger, LedgerError};
pub use memory::{Entry, Event, Keepsake, Memory, Recall, What};
pub use pick::{DrawRequest, Drawn};
pub use reworded::{Reworded, reworded};
pub use tonight::{FIRST_NIGHT, Fingerprint, Nights, Shared, TURN, night_of, nothing_under};

/// Returns how deep a card goes, 1 to 5; one without a depth is light.
pub fn level(card: &Card) -> u8 {
    card.depth.map_or(1, Depth::level)
}

/// The tag of cards that belong to a row of others and say little alone: `draw` leaves them out.
pub const SERIES: &str = "series";
