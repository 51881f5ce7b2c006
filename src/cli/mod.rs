//! The command line's own room: words for people, and the commands one by one.
//!
//! Each command is a function of plain settings that writes to what it is given.

pub mod check;
pub mod list;
pub mod new;
pub mod report;
pub mod show;
