//! `deckle check`: every problem of the decks, then what they hold.

use std::io::{self, Write};

use serde::Serialize;

use super::report::{JsonProblem, ReportStyle, render};
use crate::deck::{Deck, Depth, Loaded};
use crate::lint::Findings;
use crate::problem::{Tally, counted};

/// How `check` answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckSettings {
    /// Whether the answer is JSON. Default: no.
    pub json: bool,
    /// How problems are written for people.
    pub style: ReportStyle,
}

/// A deck that was checked.
#[derive(Clone, Debug)]
pub struct Checked<'a> {
    /// The deck as it was named.
    pub name: &'a str,
    /// What came of reading it.
    pub loaded: Loaded,
    /// What the lint found.
    pub findings: Findings,
}

/// Returns how many problems there are of each severity, in words.
fn counts(tally: Tally) -> String {
    let all = [(tally.errors, "error"), (tally.warnings, "warning"), (tally.notes, "note")];
    let words: Vec<String> = all
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| counted(count, word))
        .collect();
    if words.is_empty() { "no problems".into() } else { words.join(", ") }
}

/// Writes the problems, the findings and the sum of each deck, and returns the sums of all: of the
/// problems, and of the findings.
///
/// # Errors
///
/// `out` cannot be written.
pub fn check(
    out: &mut dyn Write,
    decks: &[Checked],
    settings: CheckSettings,
) -> io::Result<[Tally; 2]> {
    if settings.json {
        write_json(out, decks)?;
    } else {
        for deck in decks {
            for problem in deck.loaded.problems.iter().chain(&deck.findings.told) {
                writeln!(out, "{}", render(problem, settings.style))?;
            }
            writeln!(out, "{}", sum_line(deck))?;
        }
    }
    let sum = |of: fn(&Checked) -> Tally| decks.iter().map(of).fold(Tally::default(), Tally::sum);
    Ok([sum(|deck| Tally::of(&deck.loaded.problems)), sum(|deck| deck.findings.tally)])
}

fn sum_line(checked: &Checked) -> String {
    let Checked { name, loaded, findings } = checked;
    let problems = counts(Tally::of(&loaded.problems));
    let Some(deck) = &loaded.deck else { return format!("{name}: {problems}") };
    let depths = deck_depths(deck).map(|count| count.to_string()).join(" · ");
    let guides = deck.cards.iter().filter(|card| card.kind.is_guide()).count();
    let cards = counted(deck.cards.len(), "card");
    let guides = if guides == 0 { String::new() } else { format!(", {guides} to guide") };
    let lint = match findings.told.is_empty() {
        true => String::new(),
        false => format!(" in the table; in the words: {}", counts(findings.tally)),
    };
    format!("{name}: {cards} ({depths} by depth{guides}), {problems}{lint}")
}

fn deck_depths(deck: &Deck) -> [usize; 5] {
    Depth::ALL.map(|depth| deck.cards.iter().filter(|card| card.depth == Some(depth)).count())
}

#[derive(Serialize)]
struct JsonCheck<'a> {
    deckle: u8,
    decks: Vec<JsonDeck<'a>>,
    problems: Vec<JsonProblem<'a>>,
    lint: Vec<JsonProblem<'a>>,
}

#[derive(Serialize)]
struct JsonDeck<'a> {
    source: &'a str,
    /// The number of cards; null where errors keep the deck from being read.
    cards: Option<usize>,
    #[serde(flatten)]
    tally: Tally,
    lint: Tally,
}

impl<'a> From<&'a Checked<'a>> for JsonDeck<'a> {
    fn from(checked: &'a Checked<'a>) -> Self {
        Self {
            source: checked.name,
            cards: checked.loaded.deck.as_ref().map(|deck| deck.cards.len()),
            tally: Tally::of(&checked.loaded.problems),
            lint: checked.findings.tally,
        }
    }
}

fn write_json(out: &mut dyn Write, decks: &[Checked]) -> io::Result<()> {
    let problems = decks.iter().flat_map(|deck| &deck.loaded.problems);
    let findings = decks.iter().flat_map(|deck| &deck.findings.told);
    let answer = JsonCheck {
        deckle: 1,
        decks: decks.iter().map(JsonDeck::from).collect(),
        problems: problems.map(JsonProblem::from).collect(),
        lint: findings.map(JsonProblem::from).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &answer)?;
    writeln!(out)
}
