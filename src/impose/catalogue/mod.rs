//! The catalogues of card formats, papers and pre-cut sheets: data files that a user's own files
//! add to.

mod entry;
mod faults;
mod lookup;
mod reader;
mod stock;
mod stock_entry;
#[cfg(test)]
mod stock_tests;
mod syntax;
#[cfg(test)]
mod tests;

use crate::length::{Length, Size};
use crate::problem::Diagnostic;
use lookup::{PAPER, SIZE, STOCK};
use reader::Reader;
pub use stock::Stock;

/// The schema that catalogue files are written in.
const SCHEMA: u32 = 1;

/// The corner radius of a card format that names none: that of the metric poker card.
const USUAL_RADIUS: Length = Length::mm(3.0);

/// A named size: a card's trim or a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// The name on the command line, in lower case, such as `poker-us`.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// The trim of a card, or the paper held upright.
    pub size: Size,
    /// The radius of a card's corners; nothing for papers.
    pub corner_radius: Length,
    /// Other names that the command line understands.
    pub aliases: Vec<String>,
    /// Whether few shops sell this paper, so that others are named before it. Default: no.
    pub rare: bool,
}

/// One of the catalogues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Catalogue {
    /// That of card formats.
    Sizes,
    /// That of papers.
    Papers,
    /// That of perforated and pre-cut sheets.
    Stocks,
}

/// An entry that took the place of another of its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// Where it stands.
    pub catalogue: Catalogue,
    /// Its name.
    pub id: String,
    /// What there is to tell whoever uses or lists it.
    pub note: Diagnostic,
}

/// The card formats, papers and pre-cut sheets that can be asked for by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogues {
    /// The card formats.
    pub sizes: Vec<Format>,
    /// The papers.
    pub papers: Vec<Format>,
    /// The perforated and pre-cut sheets.
    pub stocks: Vec<Stock>,
    /// Which of them took the place of others.
    pub replaced: Vec<Replaced>,
}

impl Catalogues {
    /// The catalogues that come with deckle.
    ///
    /// The three files are read anew by each call, so a program that needs no sizes spends nothing
    /// on them.
    pub fn bundled() -> Self {
        let mut catalogues = Self::default();
        // What could be wrong with these texts is ruled out by the tests.
        catalogues.merge(include_str!("../sizes.toml"), "sizes.toml");
        catalogues.merge(include_str!("../papers.toml"), "papers.toml");
        catalogues.merge(include_str!("../stocks.toml"), "stocks.toml");
        catalogues
    }

    /// Adds the `[[size]]`, `[[paper]]` and `[[stock]]` tables of a catalogue file; a known id is
    /// replaced.
    ///
    /// Stocks may stand on papers of the same file, and be like stocks above them. Whatever is wrong
    /// is returned and left out; the rest of the file counts. `source` is the file's name for these
    /// problems. What was replaced is noted in [`Catalogues::replaced`].
    pub fn merge(&mut self, text: &str, source: &str) -> Vec<Diagnostic> {
        let mut reader = Reader::new(text, source);
        let Some(file) = reader.file() else { return reader.problems };
        for entry in &file.size {
            reader.add_format(Catalogue::Sizes, &mut self.sizes, entry, USUAL_RADIUS);
        }
        for entry in &file.paper {
            reader.add_format(Catalogue::Papers, &mut self.papers, entry, Length::ZERO);
        }
        for (at, entry) in file.stock.iter().enumerate() {
            match entry.stock(&reader, self, &file.stock, at) {
                Ok(stock) => {
                    let (id, aliases) = (&entry.id, &entry.aliases);
                    reader.add(Catalogue::Stocks, &mut self.stocks, stock, id, aliases);
                }
                Err(problems) => reader.problems.extend(problems),
            }
        }
        self.replaced.extend(reader.replaced);
        reader.problems
    }

    /// Returns what there is to tell of an entry that took the place of another.
    pub fn replaced(&self, catalogue: Catalogue, id: &str) -> Option<&Diagnostic> {
        let is_meant = |it: &&Replaced| it.catalogue == catalogue && it.id == id;
        self.replaced.iter().rfind(is_meant).map(|replaced| &replaced.note)
    }

    /// Returns the card format that `text` names, or the free size that it says (`70x120mm`).
    ///
    /// A free size has corners of 3 mm, or of half its shorter side where that is less.
    pub fn size(&self, text: &str) -> Result<Format, Box<Diagnostic>> {
        let mut format = SIZE.format(&self.sizes, text)?;
        if !self.sizes.contains(&format) {
            let half = format.size.width.min(format.size.height) / 2;
            format.corner_radius = USUAL_RADIUS.min(half).max(Length::ZERO);
        }
        Ok(format)
    }

    /// Returns the paper that `text` names, or the free size that it says (`320x450mm`).
    pub fn paper(&self, text: &str) -> Result<Format, Box<Diagnostic>> {
        PAPER.format(&self.papers, text)
    }

    /// Returns the pre-cut sheet that `text` names: `avery-5371`, `Avery 5371`, `5371`.
    pub fn stock(&self, text: &str) -> Result<Stock, Box<Diagnostic>> {
        STOCK.entry(&self.stocks, text).cloned()
    }
}
