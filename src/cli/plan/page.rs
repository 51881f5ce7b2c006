//! A plan as a page for the wall, with boxes to tick.

use crate::cli::failure::Failure;
use crate::cli::show::clean;
use crate::font::FontStore;
use crate::length::{Length, Size};
use crate::scene::Page;
use crate::typeset::document::{Align, Cell, Column, Document, DocumentSpec, Table};

use super::outline::{Day, Outline};

/// Returns the pages on `paper`; most plans are one.
pub fn pages(outline: &Outline, paper: Size, fonts: &FontStore) -> Result<Vec<Page>, Failure> {
    let language = outline.picks().first().map(|pick| pick.of(&outline.decks).0.meta.language.clone());
    let mut spec = DocumentSpec::new(&outline.plan.title, paper);
    spec.language = language.unwrap_or(spec.language);
    let mut document = Document::new(fonts, spec);
    document.title(&outline.plan.title, &subtitle(outline));
    document.paragraph(&outline.plan.purpose);
    document.space(Length::pt(6.0));
    let mut table = Table::new([
        Column::fixed("", Length::mm(8.0)),
        Column::fixed(outline.plan.unit.name(), Length::mm(24.0)),
        Column::share("What to do", 1),
        Column::fixed("Minutes", Length::mm(18.0)).aligned(Align::Right),
    ]);
    for day in &outline.days {
        let date = day.date.strftime("%a %-d %b").to_string();
        let label = Cell::label(outline.label(day)).then(Cell::quiet(date));
        table.row([Cell::tick(), label, what(outline, day), day.minutes.to_string().into()]);
    }
    document.table(&table);
    document.small_print("Anyone may pass, swap a day or stop, and nobody asks for a reason.");
    document.finish().map_err(Failure::unmet)
}

fn subtitle(outline: &Outline) -> String {
    let Some((from, until)) = outline.span() else { return String::new() };
    let (from, until) = (from.strftime("%-d %B"), until.strftime("%-d %B %Y"));
    format!("{from} to {until}")
}

fn what(outline: &Outline, day: &Day) -> Cell {
    let title = outline.has_titles().then(|| Cell::label(clean(&day.title)));
    let words = Some(day.words.as_str()).filter(|words| !words.is_empty()).map(Cell::from);
    // Lines of a card are broken for its own width.
    let flowing = |prompt: &str| clean(prompt).split_whitespace().collect::<Vec<_>>().join(" ");
    let card = outline.card(day).map(|(_, card)| Cell::question(flowing(&card.prompt)));
    let parts = title.into_iter().chain(words).chain(card);
    parts.reduce(Cell::then).unwrap_or_default()
}
