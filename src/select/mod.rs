//! The select room: which cards, how many to each pack, and in what order.

mod apart;
mod colouring;
pub mod deal;
pub mod likeness;
pub mod sequence;
mod wording;

#[cfg(test)]
mod labelled;

pub use deal::{Dealt, deal};
pub use likeness::{Likeness, Tally};
pub use sequence::{Sequence, arrange};
