//! The select room: which cards are chosen.
//!
//! [`Mix`] says how the depths share the cards.

mod chance;
mod depths;
mod flow;
mod mix;
#[cfg(test)]
mod testing;

pub use mix::Mix;
