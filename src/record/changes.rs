//! What differs between the cards on paper and the decks of today.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{Printed, Record, emblems};
use crate::deck::{CardKey, Deck, Imprint, Pick, all_cards};
use crate::problem::Diagnostic;

/// What a second printing does to a deck of paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// The cards to print: new ones, edited ones, and copies that are wanting.
    pub print: Vec<Pick>,
    /// The cards to take out: those that were edited or are gone.
    pub take_out: Vec<TakeOut>,
    /// How many cards stay.
    pub stay: usize,
    /// What the deck of paper is afterwards.
    pub after: Record,
}

/// A card to take out of the deck of paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeOut {
    /// The card.
    pub card: Printed,
    /// How many copies of it.
    pub copies: usize,
    /// Why.
    pub why: Why,
}

/// Why a card is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// An edited one is printed in its place.
    Replaced,
    /// There are more of it on paper than are wanted now.
    TooMany,
    /// It is in no deck any more.
    Gone,
}

impl Record {
    /// Compares the record with the decks of today, of whose new cards only those in `pool` are wanted.
    ///
    /// # Errors
    ///
    /// The record is of other decks: no card of it is among these.
    pub fn changes(&self, decks: &[Deck], pool: &[Pick]) -> Result<Changes, Box<Diagnostic>> {
        let all = all_cards(decks);
        let key = |pick: &Pick| pick.of(decks).1.key;
        let printed: HashSet<CardKey> = self.cards.iter().map(|card| card.key).collect();
        let known = |key: &CardKey| printed.contains(key) || self.left_out.contains_key(key);
        if !self.cards.is_empty() && !all.iter().any(|pick| known(&key(pick))) {
            return Err(self.of_another(decks).into());
        }
        let asked: HashSet<(u32, u32)> = pool.iter().map(|pick| (pick.deck, pick.card)).collect();
        if let Some(name) = self.missing(decks) {
            return Err(self.of_more(name).into());
        }
        let mut left_out = self.left_out.clone();
        let is_wanted = |pick: &Pick| {
            let key = key(pick);
            if !known(&key) {
                return asked.contains(&(pick.deck, pick.card));
            }
            // Copies that were left out stay out; what is more than these is new.
            match left_out.get_mut(&key) {
                Some(copies @ 1..) => {
                    *copies -= 1;
                    false
                }
                _ => printed.contains(&key),
            }
        };
        let wanted: Vec<Pick> = all.into_iter().filter(is_wanted).collect();
        let (print, left) = self.compared(decks, &wanted);
        let replaced: BTreeSet<CardKey> = print.iter().map(key).collect();
        let wanted_keys: BTreeSet<CardKey> = wanted.iter().map(key).collect();
        let why = |key: &CardKey| match (replaced.contains(key), wanted_keys.contains(key)) {
            (true, _) => Why::Replaced,
            (false, true) => Why::TooMany,
            (false, false) => Why::Gone,
        };
        let take_out = self.cards.iter().filter_map(|card| {
            let copies = left.get(&(card.key, card.imprint)).copied().filter(|left| *left > 0)?;
            Some(TakeOut { card: card.clone(), copies, why: why(&card.key) })
        });
        let take_out = take_out.collect();
        let mut after = self.clone();
        for deck in decks {
            after.decks.entry(deck.meta.name.clone()).or_default().extend(emblems(deck));
        }
        after.put(decks, &wanted);
        // New cards that nobody asks for today may be asked for later.
        after.left_out.retain(|key, _| known(key));
        Ok(Changes { stay: wanted.len() - print.len(), print, take_out, after })
    }

    /// Returns which of the wanted cards are not on paper, and how many of those on paper nobody
    /// wants.
    fn compared(
        &self,
        decks: &[Deck],
        wanted: &[Pick],
    ) -> (Vec<Pick>, BTreeMap<(CardKey, Imprint), usize>) {
        let mut left: BTreeMap<(CardKey, Imprint), usize> = BTreeMap::new();
        for card in &self.cards {
            *left.entry((card.key, card.imprint)).or_insert(0) += card.copies;
        }
        let is_missing = |pick: &&Pick| {
            let (deck, card) = pick.of(decks);
            match left.get_mut(&(card.key, deck.imprint(card))) {
                Some(copies @ 1..) => {
                    *copies -= 1;
                    false
                }
                _ => true,
            }
        };
        let print = wanted.iter().filter(is_missing).copied().collect();
        (print, left)
    }

    /// Returns the name of a deck that was printed from and is not among these.
    fn missing(&self, decks: &[Deck]) -> Option<&str> {
        let is_here = |name: &str| decks.iter().any(|deck| deck.meta.name == name);
        self.decks.keys().map(String::as_str).find(|name| !is_here(name))
    }

    fn of_more(&self, name: &str) -> Diagnostic {
        let found = format!("the record is also of the deck `{name}`, which is not named here");
        Diagnostic::error("record-of-more", found)
            .help("name all decks of the first printing, or their cards would be told as gone")
    }

    fn of_another(&self, decks: &[Deck]) -> Diagnostic {
        let source = decks.first().map(|deck| &*deck.source).unwrap_or_default();
        let found = format!("the record is of `{}`: no card of it is in `{source}`", self.title);
        Diagnostic::error("record-of-another", found).help(
            "name the deck that the record was made of; if its file had another name, or if ids \
                 were added since, put the old ones back: they say which card is which",
        )
    }
}
