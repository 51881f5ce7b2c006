//! deckle turns a table of conversation prompts into card sheets that are ready for the printer.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod cli;
pub mod deck;
pub mod font;
pub mod length;
pub mod problem;
pub mod scene;
