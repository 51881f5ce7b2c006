//! The select room: which cards, how many to each pack, and in what order.
//!
//! [`Filter`] says which cards may be chosen at all, [`Mix`] how the depths share them, and
//! [`BalanceRequest`] chooses: the depths by quotas, the categories inside them as evenly as the
//! decks allow, the cards by a chance that the seed repeats. The [`Selection`] explains itself:
//! what was wanted, what was got, what there was, and why they differ.
//! [`deal()`] makes equal packs, [`arrange`] puts cards in order.

mod apart;
mod balance;
mod chance;
mod colouring;
pub mod deal;
mod depths;
mod filter;
mod flow;
mod lean;
pub mod likeness;
mod meetings;
mod mix;
mod quota;
pub mod sequence;
pub(crate) mod wording;

#[cfg(test)]
mod labelled;
#[cfg(test)]
mod testing;

pub use balance::{
    BalanceRequest, Reason, Selection, Table, TableCell, TableColumn, TableRow, not_in_pool,
};
pub use chance::usual_seed;
pub(crate) use chance::{Chance, Dice, mixed};
pub use deal::{Dealt, deal};
pub use depths::{depth_heading, find as find_depth};
pub use filter::{Filter, FilterWords, opt_in};
pub use lean::Lean;
pub use likeness::{Likeness, Tally};
pub use mix::Mix;
pub use sequence::{Sequence, arrange};
