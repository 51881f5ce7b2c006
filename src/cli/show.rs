//! `deckle show`: a deck to read in the terminal.

use std::io::{self, Write};

use clap::builder::styling::{AnsiColor, Style};
use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::deck::{Card, Category, Deck, Depth};
use crate::problem::counted;
use crate::typeset::Language;

/// How `show` answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShowSettings {
    /// What the cards are grouped by. Default: the category.
    pub by: GroupBy,
    /// The width of the terminal in columns. Default: none, and every text stays on one line.
    pub width: Option<usize>,
    /// Whether colours are used. Default: no.
    pub colour: bool,
    /// Whether the answer is JSON. Default: no.
    pub json: bool,
}

/// What cards stand together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// Those of one category, in the order in which the table names the categories.
    #[default]
    Category,
    /// Those of one depth, lightest first, and the cards that guide before all.
    Depth,
}

/// Writes the decks for people to read, or as JSON.
///
/// # Errors
///
/// `out` cannot be written.
pub fn show(out: &mut dyn Write, decks: &[Deck], settings: ShowSettings) -> io::Result<()> {
    if settings.json {
        return write_json(out, decks);
    }
    for (at, deck) in decks.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        Listing { deck, settings }.write(out)?;
    }
    Ok(())
}

/// A group of cards under a heading.
struct Shelf<'a> {
    heading: String,
    depth: Option<Depth>,
    cards: Vec<&'a Card>,
}

struct Listing<'a> {
    deck: &'a Deck,
    settings: ShowSettings,
}

impl Listing<'_> {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let meta = &self.deck.meta;
        let title = match &meta.subtitle {
            Some(subtitle) => format!("{} · {subtitle}", meta.title),
            None => meta.title.clone(),
        };
        self.paragraph(out, "", &title, Look::Title)?;
        self.paragraph(out, "", &self.sum(), Look::Quiet)?;
        for shelf in self.shelves() {
            writeln!(out)?;
            let rings = shelf.depth.map(|depth| format!("  {}", rings(depth))).unwrap_or_default();
            let heading = format!("{}{rings}", shelf.heading);
            self.paragraph(out, "", &heading, Look::Heading(shelf.depth))?;
            for card in &shelf.cards {
                self.card(out, card)?;
            }
        }
        Ok(())
    }

    fn sum(&self) -> String {
        let guides = self.deck.cards.iter().filter(|card| card.kind.is_guide()).count();
        let cards = counted(self.deck.cards.len(), "card");
        match guides {
            0 => cards,
            _ => format!("{cards}, {guides} of them to guide"),
        }
    }

    fn shelves(&self) -> Vec<Shelf<'_>> {
        let cards = |belongs: &dyn Fn(&Card) -> bool| {
            self.deck.cards.iter().filter(|card| belongs(card)).collect::<Vec<_>>()
        };
        let shelves: Vec<Shelf> = match self.settings.by {
            GroupBy::Category => (0..self.deck.categories.len())
                .map(|at| Shelf {
                    heading: self.deck.categories[at].label.clone(),
                    depth: None,
                    cards: cards(&|card| card.category as usize == at),
                })
                .collect(),
            GroupBy::Depth => std::iter::once(None)
                .chain(Depth::ALL.map(Some))
                .map(|depth| Shelf {
                    heading: depth.map_or("To guide", |d| self.deck.depth_name(d)).into(),
                    depth,
                    cards: cards(&|card| card.depth == depth),
                })
                .collect(),
        };
        shelves.into_iter().filter(|shelf| !shelf.cards.is_empty()).collect()
    }

    /// Writes the code, the rings, the prompt, and under it the listener's line and the details.
    fn card(&self, out: &mut dyn Write, card: &Card) -> io::Result<()> {
        let code = format!("  {:<5} ", card.code);
        let by_category = self.settings.by == GroupBy::Category;
        let rings = match card.depth {
            Some(depth) if by_category => rings(depth),
            _ if by_category => "     ".into(),
            _ => String::new(),
        };
        let gap = if by_category { "  " } else { " " };
        let indent = " ".repeat(code.width() + rings.width() + gap.len());
        let [code, rings] = [(code, Look::Code), (rings, Look::Rings(card.depth))]
            .map(|(text, look)| self.painted(&text, look));
        let lead = format!("{code}{rings}{gap}");
        self.hanging(out, &lead, &indent, &clean(&card.prompt), Look::Plain)?;
        if let Some(follow_up) = &card.follow_up {
            let [lead, under] = [format!("{indent}› "), format!("{indent}  ")];
            self.hanging(out, &lead, &under, &clean(follow_up), Look::Aside)?;
        }
        let details = self.details(card);
        if !details.is_empty() {
            self.hanging(out, &indent, &indent, &clean(&details), Look::Quiet)?;
        }
        Ok(())
    }

    fn details(&self, card: &Card) -> String {
        let mut details = Vec::new();
        if self.settings.by == GroupBy::Depth {
            details.push(self.deck.category(card).label.clone());
        }
        if card.kind != Default::default() {
            details.push(card.kind.to_string());
        }
        let language = card.language.as_deref().unwrap_or(&self.deck.meta.language);
        let minutes = card.minutes.as_ref();
        details.extend(minutes.map(|minutes| Language::named(language).minutes(minutes)));
        if card.copies > 1 {
            details.push(format!("{} copies", card.copies));
        }
        details.join(" · ")
    }

    fn paragraph(&self, out: &mut dyn Write, lead: &str, text: &str, look: Look) -> io::Result<()> {
        self.hanging(out, lead, lead, &clean(text), look)
    }

    /// Writes `text` with `lead` before its first line and `indent`, which is as wide, before the
    /// others.
    fn hanging(
        &self,
        out: &mut dyn Write,
        lead: &str,
        indent: &str,
        text: &str,
        look: Look,
    ) -> io::Result<()> {
        let room = self.settings.width.map(|width| width.saturating_sub(indent.len()).max(10));
        for (at, line) in text.lines().flat_map(|line| wrapped(line, room)).enumerate() {
            let before = if at == 0 { lead } else { indent };
            writeln!(out, "{before}{}", self.painted(line, look))?;
        }
        Ok(())
    }

    fn painted(&self, text: &str, look: Look) -> String {
        let style = look.style();
        if !self.settings.colour || style == Style::new() || text.trim().is_empty() {
            return text.into();
        }
        format!("{style}{text}{style:#}")
    }
}

/// What a piece of text is, and so how it looks where colours are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Title,
    Heading(Option<Depth>),
    Rings(Option<Depth>),
    Code,
    Plain,
    Aside,
    Quiet,
}

impl Look {
    fn style(self) -> Style {
        match self {
            Self::Title => Style::new().bold(),
            Self::Heading(depth) => depth_style(depth).bold(),
            Self::Rings(depth) => depth_style(depth),
            Self::Code | Self::Quiet => Style::new().dimmed(),
            Self::Plain => Style::new(),
            Self::Aside => Style::new().italic(),
        }
    }
}

/// The sea chart's ladder in the sixteen colours of every terminal.
pub(super) fn depth_colour(depth: Depth) -> AnsiColor {
    match depth.level() {
        1 => AnsiColor::Yellow,
        2 => AnsiColor::Green,
        3 => AnsiColor::Cyan,
        4 => AnsiColor::Blue,
        _ => AnsiColor::Magenta,
    }
}

/// Returns the style of a depth; none is plain.
pub(super) fn depth_style(depth: Option<Depth>) -> Style {
    depth.map_or(Style::new(), |depth| depth_colour(depth).on_default())
}

/// Returns the rings of a depth: full ones up to it.
pub(super) fn rings(depth: Depth) -> String {
    let level = depth.level() as usize;
    "●".repeat(level) + &"○".repeat(5 - level)
}

/// Takes the signs away by which a stranger's table could steer the terminal.
pub fn clean(text: &str) -> String {
    let steers = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if steers(c) { ' ' } else { c }).collect()
}

/// Returns `line` in pieces no wider than `room`, broken at spaces, in words where they must be.
pub(super) fn wrapped(line: &str, room: Option<usize>) -> Vec<&str> {
    let Some(room) = room else { return vec![line.trim_end()] };
    let mut pieces = Vec::new();
    let mut rest = line.trim_end();
    while rest.width() > room {
        let most = fitting(rest, room);
        let at_space = rest[most..].starts_with(' ');
        let space = if at_space { most } else { rest[..most].rfind(' ').unwrap_or(0) };
        let at = if rest[..space].trim().is_empty() { most } else { space };
        pieces.push(rest[..at].trim_end());
        rest = rest[at..].trim_start();
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(rest);
    }
    pieces
}

/// Returns how many bytes of `text` fit into `room` columns; at least one character does.
fn fitting(text: &str, room: usize) -> usize {
    let mut width = 0;
    let too_far = |(at, c): (usize, char)| {
        width += c.width().unwrap_or(0);
        (width > room && at > 0).then_some(at)
    };
    text.char_indices().find_map(too_far).unwrap_or(text.len())
}

#[derive(Serialize)]
struct JsonShow<'a> {
    deckle: u8,
    decks: Vec<JsonDeck<'a>>,
}

#[derive(Serialize)]
struct JsonDeck<'a> {
    source: &'a str,
    title: &'a str,
    subtitle: Option<&'a str>,
    language: &'a str,
    audience: Option<&'a str>,
    licence: Option<&'a str>,
    credit: Option<&'a str>,
    standard_count: Option<usize>,
    depths: &'a [String],
    categories: Vec<JsonCategory<'a>>,
    cards: Vec<JsonCard<'a>>,
}

#[derive(Serialize)]
struct JsonCategory<'a> {
    id: &'a str,
    label: &'a str,
    emblem: &'a str,
}

/// The time that a card takes.
#[derive(Serialize)]
pub(super) struct JsonMinutes<'a> {
    count: u16,
    rest: &'a str,
}

/// A card as programs read it.
#[derive(Serialize)]
pub(super) struct JsonCard<'a> {
    code: &'a str,
    /// The 128 bits of the key in hexadecimal.
    key: String,
    id: Option<&'a str>,
    category: &'a str,
    depth: Option<u8>,
    kind: &'a str,
    prompt: &'a str,
    follow_up: Option<&'a str>,
    minutes: Option<JsonMinutes<'a>>,
    audience: Option<&'a str>,
    tags: &'a [Box<str>],
    copies: u16,
    lang: Option<&'a str>,
    note: Option<&'a str>,
    lint_allow: Option<&'a str>,
    line: u32,
}

fn write_json(out: &mut dyn Write, decks: &[Deck]) -> io::Result<()> {
    let answer = JsonShow { deckle: 1, decks: decks.iter().map(json_deck).collect() };
    serde_json::to_writer_pretty(&mut *out, &answer)?;
    writeln!(out)
}

fn json_deck(deck: &Deck) -> JsonDeck<'_> {
    let meta = &deck.meta;
    JsonDeck {
        source: &deck.source,
        title: &meta.title,
        subtitle: meta.subtitle.as_deref(),
        language: &meta.language,
        audience: meta.audience.as_deref(),
        licence: meta.licence.as_deref(),
        credit: meta.credit.as_deref(),
        standard_count: meta.standard_count,
        depths: &meta.depths,
        categories: deck
            .categories
            .iter()
            .map(|Category { id, label, emblem }| JsonCategory { id, label, emblem })
            .collect(),
        cards: deck.cards.iter().map(|card| json_card(deck, card)).collect(),
    }
}

/// Returns a card as programs read it.
pub(super) fn json_card<'a>(deck: &'a Deck, card: &'a Card) -> JsonCard<'a> {
    let minutes = card.minutes.as_ref();
    JsonCard {
        code: &card.code.0,
        key: card.key.to_hex(),
        id: card.id.as_deref(),
        category: &deck.category(card).id,
        depth: card.depth.map(Depth::level),
        kind: card.kind.name(),
        prompt: &card.prompt,
        follow_up: card.follow_up.as_deref(),
        minutes: minutes.map(|minutes| JsonMinutes { count: minutes.count, rest: &minutes.rest }),
        audience: card.audience.as_deref(),
        tags: &card.tags,
        copies: card.copies,
        lang: card.language.as_deref(),
        note: card.note.as_deref(),
        lint_allow: card.lint_allow.as_deref(),
        line: card.row.line,
    }
}
