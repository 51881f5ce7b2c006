//! What was printed, so that a second printing can add to the first.
//!
//! A [`Record`] lists the cards of a printing by key and [`Imprint`], the cards
//! that were there but left out, and whatever else decides how a card looks: the emblems of the
//! categories, the title on the backs, and the settings in the words of the command line, which this
//! room carries and does not read. [`Record::changes`] compares it with the decks of today.

mod changes;
mod file;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::deck::{CardKey, Deck, Imprint, Pick, all_cards};
use crate::problem::Diagnostic;
pub use changes::{Changes, TakeOut, Why};

/// What was printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The title on the backs.
    pub title: String,
    /// The line under it.
    pub subtitle: Option<String>,
    /// What else decides the look of cards, a value for each deck by its name.
    pub decks: BTreeMap<String, Emblems>,
    /// The settings, in the words of whoever keeps the record.
    pub settings: Value,
    /// The cards that are on paper.
    pub cards: Vec<Printed>,
    /// The cards that were there and were not printed, and how many copies of each.
    pub left_out: BTreeMap<CardKey, usize>,
}

/// The emblem of each category of a deck, by the category's id.
pub type Emblems = BTreeMap<String, String>;

fn emblems(deck: &Deck) -> Emblems {
    let emblems = deck.categories.iter();
    emblems.map(|category| (category.id.clone(), category.emblem.clone())).collect()
}

/// A card on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The code that stands on it.
    pub code: String,
    /// What makes it the same card.
    pub key: CardKey,
    /// What is to be read on it.
    pub imprint: Imprint,
    /// Its prompt, for people.
    pub prompt: String,
    /// How many of it there are.
    pub copies: usize,
}

impl Record {
    /// The record of a printing of `picks`.
    pub fn of(decks: &[Deck], picks: &[Pick], settings: Value) -> Self {
        let meta = decks.first().map(|deck| &deck.meta);
        let mut record = Self {
            title: meta.map(|meta| meta.title.clone()).unwrap_or_default(),
            subtitle: meta.and_then(|meta| meta.subtitle.clone()),
            decks: decks.iter().map(|deck| (deck.meta.name.clone(), emblems(deck))).collect(),
            settings,
            cards: Vec::new(),
            left_out: BTreeMap::new(),
        };
        record.put(decks, picks);
        record
    }

    /// Lists `picks` as the cards on paper, and all others as left out.
    fn put(&mut self, decks: &[Deck], picks: &[Pick]) {
        let mut places: BTreeMap<(CardKey, Imprint), usize> = BTreeMap::new();
        self.cards.clear();
        for pick in picks {
            let (deck, card) = pick.of(decks);
            let imprint = deck.imprint(card);
            let place = *places.entry((card.key, imprint)).or_insert(self.cards.len());
            match self.cards.get_mut(place) {
                Some(printed) => printed.copies += 1,
                None => self.cards.push(Printed {
                    code: card.code.to_string(),
                    key: card.key,
                    imprint,
                    prompt: card.prompt.to_string(),
                    copies: 1,
                }),
            }
        }
        let mut left_out: BTreeMap<CardKey, usize> = BTreeMap::new();
        for pick in all_cards(decks) {
            *left_out.entry(pick.of(decks).1.key).or_insert(0) += 1;
        }
        for card in &self.cards {
            if let Some(copies) = left_out.get_mut(&card.key) {
                *copies = copies.saturating_sub(card.copies);
            }
        }
        left_out.retain(|_, copies| *copies > 0);
        self.left_out = left_out;
    }

    /// Gives the decks the title and the emblems of the first printing, so that new cards match those
    /// on paper, and tells what of it the decks would have otherwise now.
    ///
    /// A category that is new since then keeps its own emblem, or, where that is a mark which another
    /// category had already, takes the first mark that none has.
    pub fn dress(&self, decks: &mut [Deck]) -> Vec<Diagnostic> {
        for deck in decks.iter_mut() {
            if let Some(emblems) = self.decks.get(&deck.meta.name) {
                deck.keep_emblems(emblems);
            }
        }
        let Some(meta) = decks.first_mut().map(|deck| &mut deck.meta) else { return Vec::new() };
        let now = (std::mem::replace(&mut meta.title, self.title.clone()), meta.subtitle.take());
        meta.subtitle.clone_from(&self.subtitle);
        if now.0 == self.title && now.1 == self.subtitle {
            return Vec::new();
        }
        let words = |title: &str, subtitle: Option<&str>| match subtitle {
            Some(subtitle) => format!("{title} · {subtitle}"),
            None => title.to_owned(),
        };
        let kept = words(&self.title, self.subtitle.as_deref());
        let now = words(&now.0, now.1.as_deref());
        let found = format!("backs carry `{kept}` as at the first printing, not `{now}`");
        let help = "print the whole deck anew to change its title";
        vec![Diagnostic::note("title-of-record", found).help(help)]
    }
}
