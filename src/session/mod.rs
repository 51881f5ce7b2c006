//! The session room: an evening or a workshop, planned to the minute.
//!
//! A [`Format`] is data: what is done, in which order, how long, in which groups, with cards of which
//! depth. A [`SessionRequest`] joins it with cards, people and the time there is; what comes out is a
//! [`Plan`]. [`rotation`] says who sits with whom. Nothing here reads the clock.

mod again;
mod consent;
mod deal;
mod faults;
mod first;
pub mod format;
mod kept;
mod ladder;
pub mod live;
pub mod paper;
mod plan;
mod request;
pub mod rotation;
mod seating;
mod seconds;
#[cfg(test)]
mod tests;
mod timing;

pub use again::Change;
pub use consent::{RULE, cap};
pub use deal::usual_seed;
pub use format::{Format, Formats};
pub use kept::KeptPlan;
pub use plan::{Copies, Plan, Stage, TimedBeat, TimedStep, Use, What};
pub use request::SessionRequest;
pub use seconds::Seconds;
pub use timing::QUIET;
