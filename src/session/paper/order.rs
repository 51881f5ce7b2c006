//! The order note: which file is printed how often, on what, for whoever prints.

use crate::font::FontStore;
use crate::length::{Length, Size};
use crate::problem::Diagnostic;
use crate::scene::Page;
use crate::typeset::document::{Align, Cell, Column, Document, DocumentSpec, Table};

/// What is ordered.
pub struct Order<'a> {
    /// The name of the session.
    pub title: &'a str,
    /// The files.
    pub lines: &'a [OrderLine],
    /// What else to know, sentence by sentence.
    pub notes: &'a [String],
    /// The paper of the note.
    pub size: Size,
    /// The fonts.
    pub fonts: &'a FontStore,
}

/// A file of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderLine {
    /// The name of the file.
    pub file: String,
    /// How many pages it has.
    pub pages: usize,
    /// How often it is printed.
    pub copies: usize,
    /// On what, and how.
    pub paper: String,
    /// What becomes of it.
    pub then: String,
}

/// Returns the order note.
///
/// # Errors
///
/// No font has some of the characters, or the paper is too small for words.
pub fn order_note(order: &Order) -> Result<Vec<Page>, Vec<Diagnostic>> {
    let spec = DocumentSpec::new(&format!("{}: order", order.title), order.size);
    let mut note = Document::new(order.fonts, spec);
    note.title("To print", order.title);
    note.paragraph(
        "All at 100 %, not fitted to the page. Questions? Please call before you change anything.",
    );
    note.line_to_write_on("Name and telephone");
    note.line_to_write_on("Needed by");
    note.heading("Files");
    let mut table = Table::new([
        Column::fixed("File", Length::mm(34.0)),
        Column::fixed("Pages", Length::mm(15.0)).aligned(Align::Right),
        Column::fixed("Copies", Length::mm(17.0)).aligned(Align::Right),
        Column::share("Paper", 1),
        Column::share("Then", 1),
    ]);
    for line in order.lines {
        table.row([
            Cell::label(line.file.as_str()),
            line.pages.to_string().into(),
            line.copies.to_string().into(),
            line.paper.as_str().into(),
            line.then.as_str().into(),
        ]);
    }
    note.table(&table);
    for words in order.notes {
        note.paragraph(words);
    }
    note.finish()
}
