//! deckle turns a table of conversation prompts into card sheets that are ready for the printer.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod cli;
pub mod deck;
pub mod font;
pub mod impose;
pub mod length;
pub mod paint;
pub mod problem;
pub mod run;
pub mod scene;
pub mod typeset;
