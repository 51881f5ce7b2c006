//! Plans: what two people do over days or weeks, step by step, and the card of each step.
//!
//! The plans themselves are data, `plans/*.toml`. A plan knows no dates, only the number of a day;
//! [`Plan::settle`] finds its cards, purely, by a keyed chance.

mod data;
mod settle;
#[cfg(test)]
mod tests;

pub use data::{Plan, Step, Unit, When, all, named};
pub use settle::{Day, Settled, Supply};
