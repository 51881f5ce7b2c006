//! `deckle list`: what the program knows by name.
//!
//! Each catalogue is a function of its own; those of sizes, papers and formats belong here as well
//! and read the rooms that own them.

mod stocks;

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::report::severity_word;
use crate::deck::builtin;
use crate::deck::read;
use crate::font::{BUNDLED, Bundled, Font, FontStore};
use crate::lint::{Rule, Rules};
pub use stocks::list_stocks;

/// A row of `list decks`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeckEntry {
    /// The name by which commands know the deck.
    pub name: &'static str,
    /// The title.
    pub title: String,
    /// The line under the title.
    pub subtitle: Option<String>,
    /// Whom the deck is for.
    pub audience: Option<String>,
    /// The language.
    pub language: String,
    /// How many cards there are.
    pub cards: usize,
    /// How many are printed when no number is asked for.
    pub standard_count: Option<usize>,
    /// The licence of the words.
    pub licence: Option<String>,
}

/// Returns the decks that come with the program.
pub fn decks() -> Vec<DeckEntry> {
    let entry = |deck: &builtin::BuiltIn| {
        let loaded = read(deck.source()).deck?;
        let (meta, cards) = (loaded.meta, loaded.cards.len());
        Some(DeckEntry {
            name: deck.name,
            title: meta.title,
            subtitle: meta.subtitle,
            audience: meta.audience,
            language: meta.language,
            cards,
            standard_count: meta.standard_count,
            licence: meta.licence,
        })
    };
    builtin::ALL.iter().filter_map(entry).collect()
}

/// Writes the decks that come with the program, as a table or as JSON.
///
/// # Errors
///
/// `out` cannot be written.
pub fn list_decks(out: &mut dyn Write, json: bool) -> io::Result<()> {
    let decks = decks();
    if json {
        return write_json(out, "decks", &decks);
    }
    let row = |deck: &DeckEntry| {
        let title = match &deck.subtitle {
            Some(subtitle) => format!("{} · {subtitle}", deck.title),
            None => deck.title.clone(),
        };
        let audience = deck.audience.clone().unwrap_or_default();
        let licence = deck.licence.clone().unwrap_or_default();
        vec![
            deck.name.into(),
            title,
            deck.cards.to_string(),
            audience,
            deck.language.clone(),
            licence,
        ]
    };
    let head = ["deck", "title", "cards", "for", "language", "licence"];
    write_table(out, &head, &decks.iter().map(row).collect::<Vec<_>>())
}

/// A row of `list rules`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleEntry {
    /// The code by which a card can be freed of the rule.
    pub code: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// The reason, in one sentence.
    pub reason: &'static str,
    /// What helps.
    pub help: &'static str,
}

/// Returns the rules of the lint for English; other languages have some of them.
pub fn rules() -> Vec<RuleEntry> {
    let entry = |rule: &'static Rule| RuleEntry {
        code: &rule.code,
        severity: severity_word(rule.severity),
        reason: &rule.reason,
        help: &rule.help,
    };
    Rules::of("en").list().iter().map(entry).collect()
}

/// Writes the rules of the lint, as a table or as JSON.
///
/// # Errors
///
/// `out` cannot be written.
pub fn list_rules(out: &mut dyn Write, json: bool) -> io::Result<()> {
    let rules = rules();
    if json {
        return write_json(out, "rules", &rules);
    }
    let row =
        |rule: &RuleEntry| [rule.code, rule.severity, rule.reason].map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = rules.iter().map(row).collect();
    write_table(out, &["rule", "weight", "because"], &rows)
}

/// A row of `list fonts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FontEntry {
    /// The name by which commands know the family.
    pub name: &'static str,
    /// The family as fonts call themselves.
    pub family: String,
    /// The styles.
    pub styles: Vec<String>,
    /// The copyright line.
    pub copyright: Option<String>,
}

/// Returns the font families that come with the program.
pub fn fonts() -> Vec<FontEntry> {
    BUNDLED.iter().map(font_entry).collect()
}

fn font_entry(bundled: &Bundled) -> FontEntry {
    let mut store = FontStore::bundled();
    for file in bundled.files {
        // A bundled file is a font, and if one were not it would have no names to list.
        let _ = store.prefer_file(file.to_vec());
    }
    let is_own = |font: &Font| bundled.files.contains(&font.data());
    let mut fonts: Vec<&Font> = store.iter().map(|(_, font)| font).filter(|f| is_own(f)).collect();
    fonts.sort_by_key(|font| bundled.files.iter().position(|file| *file == font.data()));
    FontEntry {
        name: bundled.id,
        family: fonts.first().map_or(bundled.id, |font| &font.family).into(),
        styles: fonts.iter().map(|font| font.style.clone()).collect(),
        copyright: fonts.iter().find_map(|font| font.copyright.clone()),
    }
}

/// Writes the font families that come with the program, as a table or as JSON.
///
/// # Errors
///
/// `out` cannot be written.
pub fn list_fonts(out: &mut dyn Write, json: bool) -> io::Result<()> {
    let fonts = fonts();
    if json {
        return write_json(out, "fonts", &fonts);
    }
    let row =
        |font: &FontEntry| vec![font.name.into(), font.family.clone(), font.styles.join(", ")];
    write_table(out, &["font", "family", "styles"], &fonts.iter().map(row).collect::<Vec<_>>())?;
    writeln!(out, "\nAll are under the SIL Open Font License 1.1; `--licenses` prints it.")
}

/// Writes the copyright lines and the licence of each font family that comes with the program.
///
/// # Errors
///
/// `out` cannot be written.
pub fn list_font_licences(out: &mut dyn Write) -> io::Result<()> {
    for (at, (family, entry)) in BUNDLED.iter().zip(fonts()).enumerate() {
        if at > 0 {
            writeln!(out, "\n{}\n", "-".repeat(72))?;
        }
        writeln!(out, "{} ({})", entry.family, entry.styles.join(", "))?;
        if let Some(copyright) = &entry.copyright {
            writeln!(out, "{copyright}")?;
        }
        writeln!(out, "\n{}", family.licence.trim())?;
    }
    Ok(())
}

/// Writes a catalogue as `{ "deckle": 1, "<name>": [...] }`.
pub(super) fn write_json(
    out: &mut dyn Write,
    name: &str,
    rows: &[impl Serialize],
) -> io::Result<()> {
    let mut answer = serde_json::Map::new();
    answer.insert("deckle".into(), 1.into());
    answer.insert(name.into(), serde_json::to_value(rows)?);
    serde_json::to_writer_pretty(&mut *out, &answer)?;
    writeln!(out)
}

/// Writes rows under a header, each column as wide as its widest cell.
pub(super) fn write_table(
    out: &mut dyn Write,
    head: &[&str],
    rows: &[Vec<String>],
) -> io::Result<()> {
    let head = head.iter().map(|cell| cell.to_string()).collect::<Vec<_>>();
    let all = || std::iter::once(&head).chain(rows);
    let widths: Vec<usize> = (0..head.len())
        .map(|at| all().filter_map(|row| row.get(at)).map(|cell| cell.width()).max().unwrap_or(0))
        .collect();
    for row in all() {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line += cell;
            line += &" ".repeat(width - cell.width() + 2);
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
