//! deckle turns a table of conversation prompts into card sheets that are ready for the printer.
//!
//! The program of that name is a thin skin over this library: whatever it prints can be made from
//! Rust, without files, clock or environment. A table goes through the rooms in one direction, and
//! every hand-over is a plain value:
//!
//! ```
//! use std::sync::Arc;
//!
//! use deckle::deck::{self, Source};
//! use deckle::font::FontStore;
//! use deckle::impose::{Catalogues, Purpose, Register, SheetRequest};
//! use deckle::length::Length;
//! use deckle::paint::pdf::{Inventory, PdfOptions, PdfPainter};
//! use deckle::run::{self, Backs, Run, RunRequest};
//! use deckle::typeset::chart::lettering::PlainLetterer;
//! use deckle::typeset::chart::sea::{BackSpec, BackStyle, back};
//! use deckle::typeset::chart::{Look, inks};
//!
//! // 1. Read a table. Every problem of it is told at once, with its line and column.
//! let table = b"category,depth,prompt\n\
//!     Play,1,Which game did you invent as a child?\n\
//!     Trust,3,What would you like to be asked more often?\n";
//! let source =
//!     Source { name: "evening.csv", bytes: table[..].into(), meta: None, stem: "evening" };
//! let loaded = deck::read(source);
//! let deck = loaded.deck.expect("the table has no errors");
//!
//! // 2. Settle the sheet: poker cards on A4, for a printer at home.
//! let catalogues = Catalogues::bundled();
//! let card = catalogues.size("poker").expect("a size of the catalogue");
//! let paper = catalogues.paper("a4").expect("a paper of the catalogue");
//! let sheet = SheetRequest::new(Purpose::Home, card, paper)
//!     .resolve(&catalogues.papers)
//!     .expect("nine poker cards fit on A4");
//!
//! // 3. Set the type of every card, and draw the back that they share.
//! let fonts = FontStore::bundled();
//! let look = Look { trim: sheet.grid.card, ..Look::default() };
//! let spec = BackSpec {
//!     trim: look.trim,
//!     bleed: Length::mm(3.0),
//!     title: &deck.meta.title,
//!     subtitle: deck.meta.subtitle.as_deref(),
//!     logo: None,
//!     style: BackStyle::Home { ink: inks::DEEP },
//!     one_ink: false,
//! };
//! let back = Arc::new(back(&spec, &PlainLetterer { fonts: &fonts }));
//! let decks = [deck];
//! let picks = deck::all_cards(&decks);
//! let title = &decks[0].meta.title;
//! let request = RunRequest {
//!     decks: &decks,
//!     picks: &picks,
//!     blanks: 0,
//!     look,
//!     sheet,
//!     backs: Backs::Same(back),
//!     register: Register::default(),
//!     title,
//! };
//! let run = Run::new(&fonts, request).expect("both prompts fit their cards");
//!
//! // 4. Impose: pages are made as they are asked for, in any order and from any thread.
//! let text = run::slug_setter(&fonts);
//! let sheets = run.sheets(&text);
//! let pages: Vec<_> =
//!     sheets.sequence().into_iter().map(|(sheet, side)| sheets.page(sheet, side)).collect();
//! assert_eq!(pages.len(), 2);
//!
//! // 5. Paint: note what will be shown, then encode and push page after page.
//! let mut inventory = Inventory::new();
//! pages.iter().for_each(|page| inventory.note(&page.scene));
//! let options = PdfOptions { title: title.clone(), ..PdfOptions::default() };
//! let mut painter = PdfPainter::begin(Vec::new(), inventory, &fonts, &options)?;
//! let encoder = painter.encoder();
//! for page in &pages {
//!     painter.push(encoder.encode(page)?)?;
//! }
//! let file: Vec<u8> = painter.finish()?;
//! assert!(file.starts_with(b"%PDF"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The rooms
//!
//! | room | takes | gives |
//! | --- | --- | --- |
//! | [`deck`] | the bytes of a CSV file or a spreadsheet | a [`Deck`](deck::Deck), or every problem |
//! | [`lint`] | decks | what of them could be better, and why |
//! | [`select`] | decks, filters, a mix | the cards that are chosen, and why |
//! | [`draw`] | cards, a date, a ledger | the question for tonight |
//! | [`selfcheck`] | answers from 1 to 5 | what to practise, and what a choice can lean on |
//! | [`session`] | a format, cards, people, time | a [`Plan`](session::Plan): rounds, seats, paper |
//! | [`typeset`] | a card, fonts, the look | a [`Scene`](scene::Scene) for each face |
//! | [`impose`] | the number of cards, a size, a paper | where each card stands; marks; [`Page`](scene::Page)s |
//! | [`plan`] | cards, a ceiling, a seed | what to do on which day, and the card of each |
//! | [`paint`] | pages | the bytes of PDF, PNG and SVG |
//! | [`record`] | the cards of a printing | what a second printing has to add and to take out |
//! | [`run`] | cards, and the three above, for one print run | pages, one at a time |
//! | [`cli`] | the words of a command line | files, and words for a person |
//!
//! All of them share four small ones: [`length`] (units, sizes, rectangles), [`scene`] (what stands
//! between layout and paint), [`font`] (the fonts of a run) and [`problem`] (what is wrong, where,
//! and the smallest repair).

pub mod cli;
pub mod deck;
pub mod draw;
pub mod font;
pub mod impose;
pub mod length;
pub mod lint;
pub mod paint;
pub mod plan;
pub mod problem;
pub mod record;
pub mod run;
pub mod scene;
pub mod select;
pub mod selfcheck;
pub mod session;
pub mod typeset;
