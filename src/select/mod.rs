//! The select room: which cards, how many to each pack, and in what order.

pub mod likeness;
mod wording;

#[cfg(test)]
mod labelled;

pub use likeness::{Likeness, Tally};
