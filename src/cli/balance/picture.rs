//! The two-way table as a picture.

use std::path::{Path, PathBuf};

use super::Balance;
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::cli::painting::{Format, Pages, Painting};
use crate::cli::print::load_fonts;
use crate::paint::pdf::{Inventory, PdfOptions};
use crate::paint::png::PngOptions;
use crate::problem::Diagnostic;
use crate::scene::Page;
use crate::typeset::chart::table::{Heading, draw};

/// Draws the table to a place, which is no input and may be replaced with `force`.
pub fn write(
    balance: &Balance,
    format: Format,
    (place, inputs, force): (&Path, &[PathBuf], bool),
) -> Result<(), Failure> {
    let (fonts, font_files) = load_fonts(balance.decks, &[])?;
    let (title, sum) = (balance.title(), balance.sum());
    let drawn = draw(&balance.table, Heading { title: &title, sum: &sum }, &fonts);
    if !drawn.missing.is_empty() {
        return Err(Failure::unmet(vec![no_glyph(&drawn.missing)]));
    }
    let pages = OnePage(drawn.page);
    let painting = Painting {
        pages: &pages,
        fonts: &fonts,
        pdf: PdfOptions {
            title: format!("{title}: balance"),
            language: balance.decks[0].meta.language.clone(),
            date: crate::cli::source_date(),
            ..PdfOptions::default()
        },
        png: PngOptions::default(),
        progress: false,
    };
    let inputs: Vec<PathBuf> = inputs.iter().cloned().chain(font_files).collect();
    output::allow(place, &inputs, force)?;
    painting.paint(format, place).map(|_| ())
}

fn no_glyph(missing: &str) -> Diagnostic {
    let named: Vec<String> = missing.chars().take(8).map(|c| format!("`{c}`")).collect();
    Diagnostic::error("no-glyph", format!("no font has {}", named.join(", ")))
        .help("name a font that has them in the file beside the table: `fonts = [\"OURS.ttf\"]`")
}

/// The page of the picture.
struct OnePage(Page);

impl Pages for OnePage {
    fn count(&self) -> usize {
        1
    }

    fn page(&self, _at: usize) -> Page {
        self.0.clone()
    }

    fn suffix(&self, _at: usize) -> String {
        String::new()
    }

    fn note(&self, inventory: &mut Inventory) {
        inventory.note(&self.0.scene);
    }
}
