//! The PDF painter: pages go in one by one, in order, and a file for the press comes out.
//!
//! A document is painted in two passes. The first one notes every scene in an [`Inventory`], so that
//! fonts can be cut down to what is shown and reused scenes can be written once. The second one
//! encodes the pages, on as many threads as there are, and pushes them in order:
//!
//! ```
//! use deckle::font::FontStore;
//! use deckle::length::{Point, Rect, Size};
//! use deckle::paint::pdf::{Inventory, PdfOptions, PdfPainter};
//! use deckle::scene::{Page, Scene};
//!
//! let size = Size::mm(210.0, 297.0);
//! let area = Rect::new(Point::ORIGIN, size);
//! let page = Page { size, trim: area, bleed: area, scene: Scene::default(), bookmarks: Vec::new() };
//!
//! let mut inventory = Inventory::new();
//! inventory.note(&page.scene);
//! let options = PdfOptions { title: "Evening".into(), ..PdfOptions::default() };
//! let mut painter = PdfPainter::begin(Vec::new(), inventory, &FontStore::bundled(), &options)?;
//! let encoder = painter.encoder();
//! painter.push(encoder.encode(&page)?)?;
//! let file = painter.finish()?;
//! assert!(file.starts_with(b"%PDF-1.7"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! printpdf makes the kit: description, fonts, pictures, layers. One pass over its objects mends what
//! it gets wrong. Page content, forms and the outer form of the file are written here, lean and as
//! they come, so that a page costs a few dozen bytes of memory. The same pages give the same bytes.

mod bounds;
mod canvas;
mod catalogue;
mod cluster;
mod content;
mod deflate;
mod encoder;
mod face;
mod file;
mod ink;
mod inventory;
mod kit;
mod matrix;
mod mover;
mod outline;
mod painter;
mod picture;
mod press;
mod shape;
mod specimen;
mod syntax;
mod text;
mod xmp;

use std::io;

pub use encoder::{EncodedPage, PageEncoder};
pub use inventory::Inventory;
pub use painter::PdfPainter;

/// The name that files carry as the program that made them.
const PRODUCER: &str = concat!("deckle ", env!("CARGO_PKG_VERSION"));

/// What a document says about itself, and how it is to be printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PdfOptions {
    /// The title, shown by viewers in place of the file's name. Default: empty, none.
    pub title: String,
    /// Who made the deck: an author or a line of credit. Default: empty, none.
    pub author: String,
    /// What the deck is about. Default: empty, none.
    pub subject: String,
    /// The language of the text as a BCP 47 tag, such as `en` or `pt-BR`. Default: empty, unknown.
    pub language: String,
    /// How colours are said. Default: RGB.
    pub colour: Colour,
    /// When the document was made, in seconds since 1970 in universal time. Without it the document
    /// has no date, so that it comes out the same every day. Default: none.
    pub date: Option<i64>,
    /// Which sides of the sheet the print dialog should propose. Default: left to the printer.
    pub duplex: Option<Duplex>,
}

/// How the inks of a document are said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Colour {
    /// As screens mix them, for home printers and copy shops.
    #[default]
    Rgb,
    /// As a press prints them, with registration marks on a plate of their own.
    Cmyk,
}

/// Which sides of a sheet are printed, and how it is turned in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Duplex {
    /// One side only.
    Simplex,
    /// Both sides, turned like the page of a book.
    LongEdge,
    /// Both sides, turned like the page of a calendar.
    ShortEdge,
}

/// The reason why a document could not be painted.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A font cannot be cut down to its glyphs or read back.
    #[error("the font `{0}` cannot be embedded in a PDF")]
    Font(String),
    /// A page shows something that the inventory has not noted, or that the font store lacks.
    #[error("a page shows a glyph or picture that was not noted before the first page")]
    NotNoted,
    /// printpdf's document lacks an object that it was asked for.
    #[error("the fonts and pictures of the PDF could not be put together")]
    Assembly,
    /// The file could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}
