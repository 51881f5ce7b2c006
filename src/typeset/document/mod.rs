//! Pages of words: run sheets, plans and whatever else is read from paper at arm's length.
//!
//! Blocks are given from top to bottom, each with a call; [`Document::finish`] turns them into pages.
//! Headings stay with what they head, rows with themselves, and no word is lost, however long it is.
//!
//! ```
//! use deckle::font::FontStore;
//! use deckle::length::{Length, Size};
//! use deckle::typeset::document::{Align, Cell, Column, Document, DocumentSpec, Table};
//!
//! let fonts = FontStore::bundled();
//! let spec = DocumentSpec::new("A quiet week", Size::mm(210.0, 297.0));
//! let mut document = Document::new(&fonts, spec);
//! document.title("A quiet week", "three evenings for two");
//! document.paragraph("Sit where it is *quiet*. Either of you may pass, and nobody asks.");
//!
//! let mut table = Table::new([
//!     Column::fixed("", Length::mm(8.0)),
//!     Column::share("What to do", 1),
//!     Column::fixed("Minutes", Length::mm(18.0)).aligned(Align::Right),
//! ]);
//! table.row([Cell::tick(), "Walk to the river and back.".into(), "30".into()]);
//! table.row([Cell::tick(), Cell::label("Thanks").then("Say what for."), "5".into()]);
//! document.heading("Evenings");
//! document.table(&table);
//!
//! let pages = document.finish().expect("the fonts have every letter");
//! assert_eq!(pages.len(), 1);
//! ```

mod blocks;
mod paging;
mod sheet;
mod spec;
mod strip;
mod style;
mod table;
#[cfg(test)]
mod tests;

use crate::font::FontStore;
use crate::length::{Length, Rect};
use crate::problem::Diagnostic;
use crate::scene::Page;
use crate::typeset::{Lexicon, named_characters};

pub use spec::DocumentSpec;
use strip::{Bond, Strip};
pub use table::{Align, Cell, Column, Table};

/// Words that become pages.
pub struct Document<'f> {
    spec: DocumentSpec,
    /// Where blocks stand, clear of the margins and the footer.
    body: Rect,
    lexicon: Lexicon<'f>,
    strips: Vec<Strip>,
    /// The headers of tables, to be repeated.
    headers: Vec<Vec<Strip>>,
    /// The space that the next block keeps to what is over it.
    gap: Length,
    /// How the next block hangs together with what is over it.
    bond: Bond,
    /// Whether the next block begins a page.
    breaks: bool,
    /// How many texts there are: their order is that of reading.
    texts: u32,
    frames: u32,
    is_titled: bool,
}

impl<'f> Document<'f> {
    /// The document without a word, set in `fonts`.
    pub fn new(fonts: &'f FontStore, spec: DocumentSpec) -> Self {
        Self {
            body: spec.body(),
            spec,
            lexicon: Lexicon::new(fonts),
            strips: Vec::new(),
            headers: Vec::new(),
            gap: Length::ZERO,
            bond: Bond::Free,
            breaks: false,
            texts: 0,
            frames: 0,
            is_titled: false,
        }
    }

    /// Returns the pages; one at least.
    ///
    /// # Errors
    ///
    /// The paper is smaller than 80 mm either way, or no font has some of the characters.
    pub fn finish(mut self) -> Result<Vec<Page>, Vec<Diagnostic>> {
        let mut problems: Vec<Diagnostic> = self.spec.too_small().into_iter().collect();
        self.texts(&self.spec.title.clone(), style::FOOTER, self.body.size.width);
        problems.extend(self.without_glyphs());
        if !problems.is_empty() {
            return Err(problems);
        }
        let sheets = paging::paged(&self.strips, &self.headers, self.body.size.height);
        let count = sheets.len();
        let page = |(at, sheet)| self.page(sheet, at + 1, count);
        Ok(sheets.iter().enumerate().map(page).collect())
    }

    /// Returns the characters that no font has.
    fn without_glyphs(&self) -> Option<Diagnostic> {
        let mut missing = String::new();
        for c in self.lexicon.words().flat_map(|word| self.lexicon.missing(word).chars()) {
            if !missing.contains(c) {
                missing.push(c);
            }
        }
        let found = format!("no font has {}", named_characters(&missing));
        let help = "write the text without them, or give a font that has them";
        (!missing.is_empty()).then(|| Diagnostic::error("no-glyph", found).help(help))
    }
}
