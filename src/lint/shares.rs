//! What the rules find in a deck as a whole.

use std::collections::HashMap;

use crate::deck::{Card, Deck, Depth, Kind};

use super::rules::{Measure, Rule, Rules};
use super::words::words;
use super::{Hit, asks};

/// From how many cards on shares say something.
const LEAST: usize = 20;

/// Returns the rules that the deck as a whole breaks.
pub(super) fn hits(deck: &Deck, rules: &'static Rules) -> Vec<Hit> {
    let cards: Vec<&Card> = deck.cards.iter().filter(|card| asks(card)).collect();
    if cards.len() < LEAST {
        return Vec::new();
    }
    let whole = Whole { deck, cards, rules };
    let found = |(rule, measure): (&'static Rule, Measure)| {
        let details = whole.measure(rule, measure).into_iter();
        details.map(move |detail| Hit { rule, card: None, detail })
    };
    rules.measures().flat_map(found).collect()
}

struct Whole<'a> {
    deck: &'a Deck,
    cards: Vec<&'a Card>,
    rules: &'static Rules,
}

impl Whole<'_> {
    fn measure(&self, rule: &Rule, measure: Measure) -> Vec<String> {
        match measure {
            Measure::OpeningOver => self.opening(2, rule.limit),
            Measure::FirstWordOver => self.opening(1, rule.limit),
            Measure::WordsShareOver => self.share_with(rule),
            Measure::NoGuide => self.missing_guides(),
            Measure::DepthsOff => self.depths_off(rule.limit),
            _ => Vec::new(),
        }
    }

    fn percent(&self, count: usize) -> u32 {
        (100 * count / self.cards.len()) as u32
    }

    /// Returns the openings of so many words that are more frequent than `limit` per cent.
    fn opening(&self, length: usize, limit: u32) -> Vec<String> {
        let mut counts: HashMap<Vec<String>, usize> = HashMap::new();
        for card in &self.cards {
            let opening = words(&card.prompt).take(length).map(str::to_lowercase).collect();
            *counts.entry(opening).or_default() += 1;
        }
        let mut frequent: Vec<_> = counts.into_iter().collect();
        frequent.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let frequent = frequent.into_iter().map(|(words, count)| (words, self.percent(count)));
        let frequent = frequent.take_while(|(_, percent)| *percent > limit);
        frequent
            .map(|(words, percent)| {
                format!("{percent} % of the cards begin with `{}`", words.join(" "))
            })
            .collect()
    }

    fn share_with(&self, rule: &Rule) -> Vec<String> {
        let has =
            |card: &&&Card| words(&card.prompt).any(|w| rule.words.contains(&w.to_lowercase()));
        let percent = self.percent(self.cards.iter().filter(has).count());
        if percent > rule.limit { vec![percent.to_string()] } else { Vec::new() }
    }

    fn missing_guides(&self) -> Vec<String> {
        let has = |kind: Kind| self.deck.cards.iter().any(|card| card.kind == kind);
        let kinds = [Kind::Rule, Kind::Pause, Kind::Close];
        kinds.into_iter().filter(|kind| !has(*kind)).map(|kind| kind.name().to_owned()).collect()
    }

    /// Returns the depths whose share is more than `limit` points off what such decks have.
    fn depths_off(&self, limit: u32) -> Vec<String> {
        let Some(people) = self.deck.meta.audience.as_deref() else { return Vec::new() };
        let Some(audience) = self.rules.audience(people) else { return Vec::new() };
        let off = |depth: Depth| {
            let has = |card: &&&Card| card.depth == Some(depth);
            let percent = self.percent(self.cards.iter().filter(has).count());
            let wanted = audience.depths[usize::from(depth.level()) - 1];
            let words = format!(
                "{percent} % of the cards are of depth {depth}; decks for {people} do well with about {wanted} %"
            );
            (percent.abs_diff(wanted) > limit).then_some(words)
        };
        Depth::ALL.into_iter().filter_map(off).collect()
    }
}
