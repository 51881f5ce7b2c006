//! Where packs go: a name in which `{n}` stands for the number of the pack.

use std::path::{Path, PathBuf};

use crate::problem::Diagnostic;

use super::super::failure::Failure;
use super::super::output;

/// What stands for the number of a pack.
const NUMBER: &str = "{n}";

/// The names of packs where nobody gives any.
const USUAL: &str = "pack-{n}.csv";

/// What a pack is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A table, with the file beside it.
    Table,
    /// Sheets of cards.
    Document,
}

/// The name of every pack.
pub struct Pattern {
    text: String,
    /// What the packs are written as.
    pub kind: Kind,
}

impl Pattern {
    /// Reads the pattern for so many packs.
    pub fn read(text: Option<&str>, packs: usize) -> Result<Self, Failure> {
        // The help of the command line cannot show the small letter, which begins a new line there.
        let text = &text.unwrap_or(USUAL).replace("{N}", NUMBER);
        if text.trim().is_empty() {
            let problem = Diagnostic::error("no-name", "the packs have no name to go by");
            return Err(Failure::usage(problem.help(format!("-o '{USUAL}'"))));
        }
        let kind = kind(text)?;
        if packs > 1 && !text.contains(NUMBER) {
            let found = format!("`{text}` is one file, there are {packs} packs");
            let problem = Diagnostic::error("no-number", found)
                .expected("`{n}` where the number of the pack goes");
            return Err(Failure::usage(problem.help(format!("-o '{}'", numbered(text)))));
        }
        Ok(Self { text: text.to_owned(), kind })
    }

    /// Returns the file of a pack; numbers are as long as the last one.
    pub fn place(&self, number: usize, packs: usize) -> PathBuf {
        self.wide(number, packs.to_string().len())
    }

    /// Returns the files that a pack has in deals of all likely sizes; none without a number.
    pub fn places_of(&self, number: usize) -> Vec<PathBuf> {
        let own = number.to_string().len();
        let widths = own..own + 4;
        let is_numbered = self.text.contains(NUMBER);
        widths.filter(|_| is_numbered).map(|width| self.wide(number, width)).collect()
    }

    fn wide(&self, number: usize, width: usize) -> PathBuf {
        PathBuf::from(self.text.replace(NUMBER, &format!("{number:0width$}")))
    }
}

fn kind(text: &str) -> Result<Kind, Failure> {
    if text == "-" {
        let found = "packs are files of their own: they cannot go to the standard output";
        let help = format!("name files: -o '{USUAL}'");
        return Err(Failure::usage(Diagnostic::error("no-stream", found).help(help)));
    }
    let path = Path::new(text);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("csv") => Ok(Kind::Table),
        Some("pdf") => Ok(Kind::Document),
        _ if path.is_dir() || text.ends_with(['/', std::path::MAIN_SEPARATOR]) => {
            Err(output::is_folder(path, USUAL))
        }
        other => {
            let found = match other {
                Some(other) => format!("packs cannot be `.{other}` files"),
                None => format!("`{text}` has no ending that tells its kind"),
            };
            let problem = Diagnostic::error("unknown-format", found)
                .expected("an output that ends in .csv or .pdf");
            let csv = path.with_extension("csv").display().to_string();
            let repaired = if csv.contains(NUMBER) { csv } else { numbered(&csv) };
            Err(Failure::usage(problem.help(format!("-o '{repaired}'"))))
        }
    }
}

/// Returns the name with the place for a number before its ending.
fn numbered(text: &str) -> String {
    match text.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{NUMBER}.{ending}"),
        None => format!("{text}-{NUMBER}"),
    }
}
