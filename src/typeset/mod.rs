//! The typeset room: words become glyphs, glyphs become lines, lines become the face of a card.
//!
//! Text is shaped once, word by word, into a [`Lexicon`]; breaking and fitting are arithmetic on
//! the widths it keeps, so that trying five sizes costs next to nothing. After this room nobody
//! asks how wide a word is.

mod bidi;
mod breaking;
pub mod chart;
mod cutting;
pub mod document;
mod fallback;
pub mod language;
pub mod lexicon;
pub mod line;
pub mod markup;
pub mod paragraph;

pub use document::{Document, DocumentSpec};
pub(crate) use fallback::named_characters;
pub use language::Language;
pub use lexicon::Lexicon;
pub use line::{Anchor, Line, LineStyle};
pub use paragraph::Paragraph;
