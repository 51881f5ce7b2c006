//! A plan as a page for the wall, with boxes to tick.

use crate::cli::failure::Failure;
use crate::cli::show::clean;
use crate::font::FontStore;
use crate::length::{Length, Size};
use crate::scene::Page;
use crate::typeset::document::{Align, Cell, Column, Document, DocumentSpec, Table};

use super::outline::{Day, Outline};

/// The sizes of words that are tried until a plan is one page; smaller ones are hard to read at arm's
/// length.
const SIZES: [Length; 4] = [Length::pt(10.0), Length::pt(9.5), Length::pt(9.0), Length::pt(8.5)];

/// How many lines to write on stand under a plan that leaves room for them.
const LINES: [usize; 3] = [4, 2, 0];

/// The most days that are tried to be put on one page.
const MOST_DAYS: usize = 35;

/// Returns the pages on `paper`: one, with lines to write on where there is room, but for plans that
/// are too long for it.
pub fn pages(outline: &Outline, paper: Size, fonts: &FontStore) -> Result<Vec<Page>, Failure> {
    let layout = |size, lines| Layout { paper, size, lines };
    if outline.days.len() > MOST_DAYS {
        return layout(SIZES[0], 0).pages(outline, fonts);
    }
    let lines = if outline.plan.is_open() { &LINES[2..] } else { &LINES };
    let roomy = lines.iter().map(|lines| layout(SIZES[0], *lines));
    let tight = SIZES[1..].iter().map(|size| layout(*size, 0));
    for layout in roomy.chain(tight) {
        let pages = layout.pages(outline, fonts)?;
        if pages.len() == 1 {
            return Ok(pages);
        }
    }
    layout(SIZES[0], 0).pages(outline, fonts)
}

/// How a plan is set.
struct Layout {
    paper: Size,
    size: Length,
    lines: usize,
}

impl Layout {
    fn pages(&self, outline: &Outline, fonts: &FontStore) -> Result<Vec<Page>, Failure> {
        let Outline { plan, .. } = outline;
        let mut spec = DocumentSpec::new(&plan.title, self.paper);
        spec.size = self.size;
        let first = outline.picks().first().copied();
        let language = first.map(|pick| pick.of(&outline.decks).0.meta.language.clone());
        spec.language = language.unwrap_or(spec.language);
        let mut document = Document::new(fonts, spec);
        document.title(&plan.title, &subtitle(outline));
        document.paragraph(&plan.purpose);
        document.space(Length::pt(6.0));
        document.table(&table(outline));
        if self.lines > 0 {
            document.heading("What we keep");
            (0..self.lines).for_each(|_| document.line_to_write_on(""));
        }
        document.finish().map_err(Failure::unmet)
    }
}

fn table(outline: &Outline) -> Table {
    let mut table = Table::new([
        Column::fixed("", Length::mm(8.0)),
        Column::fixed(outline.plan.unit.name(), Length::mm(24.0)),
        Column::share("What to do", 1),
        Column::fixed("Minutes", Length::mm(18.0)).aligned(Align::Right),
    ]);
    for day in &outline.days {
        let date = day.date.strftime("%a %-d %b").to_string();
        // Nights are counted by nobody, and a line each keeps a month of them on one page.
        let label = match outline.has_titles() {
            true => Cell::label(outline.label(day)).then(Cell::quiet(date)),
            false => Cell::label(date),
        };
        table.row([Cell::tick(), label, what(outline, day), day.minutes.to_string().into()]);
    }
    table
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
