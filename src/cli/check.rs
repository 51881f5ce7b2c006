//! `deckle check`: every problem of the decks, then what they hold.

use std::io::{self, Write};

use serde::Serialize;

use super::report::{JsonProblem, ReportStyle, render};
use crate::deck::{Deck, Depth, Loaded};
use crate::problem::Severity;

/// How `check` answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckSettings {
    /// Whether the answer is JSON. Default: no.
    pub json: bool,
    /// How problems are written for people.
    pub style: ReportStyle,
}

/// How many problems of each severity there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The problems that stand in the way of cards.
    pub errors: usize,
    /// The problems that do not.
    pub warnings: usize,
    /// What is only worth knowing.
    pub notes: usize,
}

impl Tally {
    fn of(loaded: &Loaded) -> Self {
        let count = |severity| loaded.problems.iter().filter(|p| p.severity == severity).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }

    fn words(self) -> String {
        let counts = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")];
        let words: Vec<String> = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| counted(count, word))
            .collect();
        if words.is_empty() { "no problems".into() } else { words.join(", ") }
    }
}

/// Writes the problems and the sum of each deck, given with its name, and returns the sum of all.
///
/// A lint adds its findings to the problems of a deck beforehand.
///
/// # Errors
///
/// `out` cannot be written.
pub fn check(
    out: &mut dyn Write,
    decks: &[(&str, Loaded)],
    settings: CheckSettings,
) -> io::Result<Tally> {
    if settings.json {
        write_json(out, decks)?;
    } else {
        for (name, loaded) in decks {
            for problem in &loaded.problems {
                writeln!(out, "{}", render(problem, settings.style))?;
            }
            writeln!(out, "{}", sum_line(name, loaded))?;
        }
    }
    let sum =
        decks.iter().map(|(_, loaded)| Tally::of(loaded)).fold(Tally::default(), |sum, tally| {
            Tally {
                errors: sum.errors + tally.errors,
                warnings: sum.warnings + tally.warnings,
                notes: sum.notes + tally.notes,
            }
        });
    Ok(sum)
}

fn sum_line(name: &str, loaded: &Loaded) -> String {
    let problems = Tally::of(loaded).words();
    let Some(deck) = &loaded.deck else { return format!("{name}: {problems}") };
    let depths = deck_depths(deck).map(|count| count.to_string()).join(" · ");
    let guides = deck.cards.iter().filter(|card| card.kind.is_guide()).count();
    let cards = counted(deck.cards.len(), "card");
    let guides = if guides == 0 { String::new() } else { format!(", {guides} to guide") };
    format!("{name}: {cards} ({depths} by depth{guides}), {problems}")
}

fn deck_depths(deck: &Deck) -> [usize; 5] {
    Depth::ALL.map(|depth| deck.cards.iter().filter(|card| card.depth == Some(depth)).count())
}

/// Returns a number with its noun: `1 card`, `3 cards`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[derive(Serialize)]
struct JsonCheck<'a> {
    deckle: u8,
    decks: Vec<JsonDeck<'a>>,
    problems: Vec<JsonProblem<'a>>,
}

#[derive(Serialize)]
struct JsonDeck<'a> {
    source: &'a str,
    /// The number of cards; null where errors keep the deck from being read.
    cards: Option<usize>,
    #[serde(flatten)]
    tally: Tally,
}

fn write_json(out: &mut dyn Write, decks: &[(&str, Loaded)]) -> io::Result<()> {
    let answer = JsonCheck {
        deckle: 1,
        decks: decks
            .iter()
            .map(|(source, loaded)| JsonDeck {
                source,
                cards: loaded.deck.as_ref().map(|deck| deck.cards.len()),
                tally: Tally::of(loaded),
            })
            .collect(),
        problems: decks
            .iter()
            .flat_map(|(_, loaded)| loaded.problems.iter().map(JsonProblem::from))
            .collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &answer)?;
    writeln!(out)
}
