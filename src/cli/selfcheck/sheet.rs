//! The sheet to fill in by hand: a page for each person.

use std::path::Path;

use crate::cli::args::{PrintSettings, SelfcheckArgs};
use crate::cli::failure::Failure;
use crate::cli::painting::{Format, MadePages, Painting};
use crate::cli::settings::Layers;
use crate::cli::{Terminal, locale, output, print, source_date};
use crate::deck::{self, Category, builtin};
use crate::font::FontStore;
use crate::impose::Format as Paper;
use crate::length::Length;
use crate::paint::pdf::{Duplex, PdfOptions};
use crate::paint::png::PngOptions;
use crate::problem::{Diagnostic, counted};
use crate::scene::Page;
use crate::selfcheck::{Questionnaire, Statement};
use crate::typeset::document::{Align, Cell, Column, Document, DocumentSpec, Table};

/// What the sheet is called.
const TITLE: &str = "Two minutes for yourself";

/// The most people at once: as many as a room holds.
const MOST: usize = 200;

/// How wide the column of an answer is; the last one has no gutter, which is a quarter of the others.
const BOX: [Length; 5] =
    [Length::mm(8.4), Length::mm(8.4), Length::mm(8.4), Length::mm(8.4), Length::mm(6.3)];

/// Writes the sheet.
pub fn write(args: &SelfcheckArgs, place: &Path, terminal: &Terminal) -> Result<(), Failure> {
    let format = Format::of(place)?;
    let people = people(args.people.unwrap_or(1))?;
    let flags = PrintSettings { paper: args.paper.clone(), ..PrintSettings::default() };
    let layers = Layers::read(flags, Path::new(""))?;
    let word = layers.pick(|settings| settings.paper.clone()).0;
    let word = word.unwrap_or_else(|| locale::usual_paper().into());
    let (catalogues, told) = print::read_catalogues()?;
    let paper = catalogues.paper(&word).map_err(|problem| Failure::usage(*problem).after(told))?;
    let fonts = FontStore::bundled();
    let pages = pages(&fonts, &paper, people)?;
    let pages = MadePages { pages, digits: 1 };
    let painting = Painting {
        pages: &pages,
        fonts: &fonts,
        pdf: PdfOptions {
            title: TITLE.to_owned(),
            date: source_date(),
            duplex: Some(Duplex::Simplex),
            ..PdfOptions::default()
        },
        png: PngOptions { dpi: 300.0, ..PngOptions::default() },
        progress: false,
    };
    for place in painting.places(format, place) {
        output::allow(&place, &layers.files, args.force)?;
    }
    let files = painting.paint(format, place)?;
    let each = if people == 1 { "" } else { ", a page for each person" };
    let pages = counted(pages.pages.len(), "page");
    terminal.say(&format!("{pages} on {} ({}){each}", paper.id, paper.size));
    terminal.say_wrote(&files);
    Ok(())
}

fn people(asked: usize) -> Result<usize, Failure> {
    match asked {
        people @ 1..=MOST => Ok(people),
        people => {
            let found = format!("`--people {people}` is no number to print for");
            let problem = Diagnostic::error("bad-people", found).expected(format!("1 to {MOST}"));
            Err(Failure::usage(problem.help("say how many fill one in: `--people 2`")))
        }
    }
}

fn pages(fonts: &FontStore, paper: &Paper, people: usize) -> Result<Vec<Page>, Failure> {
    let labels = labels();
    let mut document = Document::new(fonts, DocumentSpec::new(TITLE, paper.size));
    for person in 0..people {
        if person > 0 {
            document.page_break();
        }
        page(&mut document, &labels);
    }
    document.finish().map_err(Failure::unmet)
}

/// Adds the page of a person.
fn page(document: &mut Document, labels: &[Category]) {
    let Questionnaire { scale, care, statements, .. } = Questionnaire::get();
    document.title(TITLE, "a self-check in eight statements");
    document.line_to_write_on("Name and day");
    document.paragraph(
        "Have one person in mind, or those round your table. Say how true each statement is these \
         days, and leave out what you like. There is no sum to make and no right answer; whether \
         anybody sees this page is yours to say.",
    );
    let scale: Vec<String> =
        (1..).zip(scale).map(|(number, words)| format!("*{number}* {words}")).collect();
    document.paragraph(&scale.join(", "));
    let answer = |(number, width): (u8, Length)| {
        Column::fixed(&number.to_string(), width).aligned(Align::Center)
    };
    let answers = (1..).zip(BOX).map(answer);
    let mut table = Table::new([Column::share("", 1)].into_iter().chain(answers));
    for statement in statements {
        let boxes = (0..5).map(|_| Cell::tick());
        table.row([row(statement, labels)].into_iter().chain(boxes));
    }
    document.table(&table);
    document.aside(
        "Afterwards",
        "What you marked *1* or *2* is worth practising. Begin with one: the small thing under it is \
         enough for a week, and the cards of those categories are for the evenings.",
    );
    document.line_to_write_on("I begin with");
    document.small_print(care);
}

/// Returns a statement, with what practises it under it.
fn row(statement: &Statement, labels: &[Category]) -> Cell {
    let label = |id: &String| {
        let known = labels.iter().find(|category| category.id == *id);
        known.map_or_else(|| id.clone(), |category| category.label.clone())
    };
    let cards: Vec<String> = statement.categories.iter().map(label).collect();
    let practice = format!("{} Cards: {}.", statement.practice, cards.join(", "));
    Cell::from(&*statement.words).then(Cell::quiet(practice))
}

/// Returns the categories as the built-in deck prints them.
fn labels() -> Vec<Category> {
    let deck = builtin::find("intimacy").and_then(|deck| deck::read(deck.source()).deck);
    deck.map(|deck| deck.categories).unwrap_or_default()
}
