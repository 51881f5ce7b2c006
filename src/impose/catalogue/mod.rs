//! The catalogues of card formats and papers: data files that a user's own files add to.

mod lookup;
mod reader;
#[cfg(test)]
mod tests;

use crate::length::{Length, Size};
use crate::problem::Diagnostic;
use lookup::Wanted;
use reader::{File, Reader};

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
}

/// The card formats and papers that can be asked for by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogues {
    /// The card formats.
    pub sizes: Vec<Format>,
    /// The papers.
    pub papers: Vec<Format>,
}

impl Catalogues {
    /// The catalogues that come with deckle.
    ///
    /// The two files are read anew by each call, so a program that needs no sizes spends nothing
    /// on them.
    pub fn bundled() -> Self {
        let mut catalogues = Self::default();
        // What could be wrong with these texts is ruled out by the tests.
        catalogues.merge(include_str!("../sizes.toml"), "sizes.toml");
        catalogues.merge(include_str!("../papers.toml"), "papers.toml");
        catalogues
    }

    /// Adds the `[[size]]` and `[[paper]]` tables of a catalogue file; a known id is replaced.
    ///
    /// Whatever is wrong is returned and left out, and so is a note for each replaced id; the
    /// rest of the file counts. `source` is the file's name for these problems.
    pub fn merge(&mut self, text: &str, source: &str) -> Vec<Diagnostic> {
        let reader = Reader { text, source: source.into() };
        let file: File = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => return vec![reader.syntax(&error)],
        };
        if *file.schema.get_ref() != SCHEMA {
            return vec![reader.schema(&file.schema)];
        }
        let mut problems = Vec::new();
        for entry in &file.size {
            reader.add(&mut self.sizes, entry, USUAL_RADIUS, &mut problems);
        }
        for entry in &file.paper {
            reader.add(&mut self.papers, entry, Length::ZERO, &mut problems);
        }
        problems
    }

    /// Returns the card format that `text` names, or the free size that it says (`70x120mm`).
    ///
    /// A free size has corners of 3 mm, or of half its shorter side where that is less.
    pub fn size(&self, text: &str) -> Result<Format, Box<Diagnostic>> {
        let mut format = Wanted { kind: "size", list: "sizes" }.find(&self.sizes, text)?;
        if !self.sizes.contains(&format) {
            let half = format.size.width.min(format.size.height) / 2;
            format.corner_radius = USUAL_RADIUS.min(half).max(Length::ZERO);
        }
        Ok(format)
    }

    /// Returns the paper that `text` names, or the free size that it says (`320x450mm`).
    pub fn paper(&self, text: &str) -> Result<Format, Box<Diagnostic>> {
        Wanted { kind: "paper", list: "papers" }.find(&self.papers, text)
    }
}
