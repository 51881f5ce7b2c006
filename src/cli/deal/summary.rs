//! What was dealt: in words for a person, and as JSON.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::Serialize;

use crate::deck::{Card, Deck};
use crate::problem::{Diagnostic, counted};

use super::super::Terminal;
use super::super::failure::Failure;
use super::super::output::to_standard_output;
use super::super::print::{Resolved, how_to_print};
use super::super::report::JsonProblem;
use super::Pack;

/// A deal, to be told.
pub struct Summary<'a> {
    /// The decks.
    pub decks: &'a [Deck],
    /// The packs.
    pub packs: &'a [Pack],
    /// The seed of chance.
    pub seed: u64,
    /// What was noticed, and what had to give.
    pub notes: Vec<Diagnostic>,
}

impl Summary<'_> {
    /// Tells a person; `sheets` are those of each pack, where packs are printed.
    pub fn tell(
        &self,
        resolved: &Resolved,
        sheets: Option<&[usize]>,
        dry_run: bool,
        terminal: &Terminal,
    ) {
        terminal.tell(&self.notes);
        terminal.say(&self.sizes());
        if self.packs.len() > 1 {
            terminal.say(&self.fairness());
        }
        terminal.say(&format!("seed {}: the same again with `--seed {0}`", self.seed));
        if let Some(sheets) = sheets {
            how_to_print(resolved, sheets, false, terminal);
        }
        if dry_run {
            return;
        }
        let files: Vec<_> = self.packs.iter().map(|pack| pack.place.clone()).collect();
        terminal.say_wrote(&files);
        if sheets.is_none() {
            terminal.say("beside each table, a .toml file tells its title and keeps its codes");
        }
    }

    fn sizes(&self) -> String {
        let packs = counted(self.packs.len(), "pack");
        let asking = range(self.packs.iter().map(|pack| self.asking(pack).count()));
        let guides = self.guides();
        let cards = match (asking.start(), asking.end()) {
            (least, most) if least == most => counted(*least, "card"),
            (least, most) => format!("{least} to {most} cards"),
        };
        let each = if self.packs.len() > 1 { " each" } else { "" };
        match guides {
            0 => format!("{packs} of {cards}{each}, none to guide"),
            guides => format!("{packs} of {cards}{each}, and {guides} to guide in every pack"),
        }
    }

    /// Says how far packs differ, as counted.
    fn fairness(&self) -> String {
        match (widest(&self.depths()), widest(&self.categories())) {
            (0, 0) => "every pack has as many cards of each depth and each category".to_owned(),
            (0, categories) => format!(
                "every pack has as many cards of each depth; packs differ by at most {} of any \
                 category",
                counted(categories, "card"),
            ),
            (depths, 0) => format!(
                "every pack has as many cards of each category; packs differ by at most {} of any \
                 depth",
                counted(depths, "card"),
            ),
            (depths, categories) => format!(
                "packs differ by at most {} of any depth, and {} of any category",
                counted(depths, "card"),
                counted(categories, "card"),
            ),
        }
    }

    fn cards<'s>(&'s self, pack: &'s Pack) -> impl Iterator<Item = (&'s Deck, &'s Card)> {
        pack.picks.iter().map(|pick| pick.of(self.decks))
    }

    fn asking<'s>(&'s self, pack: &'s Pack) -> impl Iterator<Item = (&'s Deck, &'s Card)> {
        self.cards(pack).filter(|(_, card)| !card.kind.is_guide())
    }

    /// Returns how many cards that guide are in each pack.
    fn guides(&self) -> usize {
        let guides = |pack| self.cards(pack).filter(|(_, card)| card.kind.is_guide()).count();
        self.packs.first().map_or(0, guides)
    }

    /// Returns how many cards of each depth are in each pack.
    fn depths(&self) -> Vec<BTreeMap<u8, usize>> {
        self.tallies(|_, card| card.depth.map(|depth| depth.level()))
    }

    /// Returns how many cards of each category are in each pack.
    fn categories(&self) -> Vec<BTreeMap<&str, usize>> {
        self.tallies(|deck, card| Some(&*deck.category(card).id))
    }

    /// Counts the cards that ask in each pack by what is in any of them.
    fn tallies<'s, K: Ord + Clone>(
        &'s self,
        of: impl Fn(&'s Deck, &'s Card) -> Option<K>,
    ) -> Vec<BTreeMap<K, usize>> {
        let everywhere = self.packs.iter().flat_map(|pack| self.asking(pack));
        let none: BTreeMap<K, usize> =
            everywhere.filter_map(|(deck, card)| Some((of(deck, card)?, 0))).collect();
        let tally = |pack: &'s Pack| {
            let mut tally = none.clone();
            for key in self.asking(pack).filter_map(|(deck, card)| of(deck, card)) {
                *tally.entry(key).or_default() += 1;
            }
            tally
        };
        self.packs.iter().map(tally).collect()
    }

    /// Writes the deal as JSON.
    pub fn write_json(&self) -> Result<(), Failure> {
        let answer = JsonDeal {
            deckle: 1,
            algorithm: 1,
            seed: self.seed.to_string(),
            packs: self.json_packs(),
            notes: self.notes.iter().map(JsonProblem::from).collect(),
        };
        to_standard_output(|out| {
            serde_json::to_writer_pretty(&mut *out, &answer)?;
            writeln!(out)
        })
    }

    fn json_packs(&self) -> Vec<JsonPack<'_>> {
        let tallies = self.depths().into_iter().zip(self.categories());
        let pack = |(pack, (depths, categories))| {
            let pack: &Pack = pack;
            JsonPack {
                name: &pack.name,
                file: pack.place.display().to_string(),
                cards: self.cards(pack).map(|(_, card)| &*card.code.0).collect(),
                guides: self.guides(),
                depths,
                categories,
            }
        };
        self.packs.iter().zip(tallies).map(pack).collect()
    }
}

fn range(counts: impl Iterator<Item = usize> + Clone) -> RangeInclusive<usize> {
    counts.clone().min().unwrap_or(0)..=counts.max().unwrap_or(0)
}

/// Returns the widest difference of one count between packs, all of which count the same things.
fn widest<K: Ord>(tallies: &[BTreeMap<K, usize>]) -> usize {
    let Some(first) = tallies.first() else { return 0 };
    let spread = |key| {
        let counts = range(tallies.iter().map(|tally| tally.get(key).copied().unwrap_or(0)));
        counts.end() - counts.start()
    };
    first.keys().map(spread).max().unwrap_or(0)
}

#[derive(Serialize)]
struct JsonDeal<'a> {
    deckle: u8,
    algorithm: u8,
    seed: String,
    packs: Vec<JsonPack<'a>>,
    notes: Vec<JsonProblem<'a>>,
}

#[derive(Serialize)]
struct JsonPack<'a> {
    name: &'a str,
    file: String,
    /// The codes, in order.
    cards: Vec<&'a str>,
    guides: usize,
    depths: BTreeMap<u8, usize>,
    categories: BTreeMap<&'a str, usize>,
}
