//! What the rules find in a deck as a whole.

use std::collections::HashMap;

use crate::deck::{self, Card, Deck, Depth, Kind};

use super::reading::words;
use super::rules::{Measure, Rule, Rules};
use super::{Hit, Subjects, asks};

/// From how many cards on shares say something.
const LEAST: usize = 20;

/// Returns the rules that the deck as a whole breaks.
pub(super) fn hits(subjects: &Subjects) -> Vec<Hit> {
    let whole = Whole {
        deck: subjects.deck,
        openings: asking(subjects.deck).map(opening).collect(),
        cards: asking(subjects.deck).collect(),
        rules: subjects.own_rules(),
    };
    let found = |(rule, measure): (&'static Rule, Measure)| {
        let details = whole.measure(rule, measure).into_iter();
        details.map(move |detail| Hit { rule, card: None, detail })
    };
    let foreign = foreign_rule(subjects.deck).filter(|_| subjects.is_foreign);
    let detail = || subjects.deck.meta.language.clone();
    let foreign = foreign.map(|rule| Hit { rule, card: None, detail: detail() });
    foreign.into_iter().chain(whole.rules.measures().flat_map(found)).collect()
}

/// Returns the rule by which words of another language are known.
fn foreign_rule(deck: &Deck) -> Option<&'static Rule> {
    let mut measures = Rules::of(&deck.meta.language).measures();
    measures.find(|(_, measure)| *measure == Measure::Foreign).map(|(rule, _)| rule)
}

/// Returns whether a deck in the language of the rules has hardly one of its commonest words.
pub(super) fn is_foreign(deck: &Deck) -> bool {
    let Some(rule) = foreign_rule(deck) else { return false };
    let own = |card: &&Card| asks(card) && card.language.is_none();
    let (mut all, mut common) = (0, 0);
    for card in deck.cards.iter().filter(own).take(200) {
        for word in words(&card.prompt) {
            all += 1;
            common += u32::from(rule.words.contains(&word.to_lowercase()));
        }
    }
    all >= 6 && common * 100 < all * rule.limit
}

struct Whole<'a> {
    deck: &'a Deck,
    cards: Vec<&'a Card>,
    /// The first words of each card.
    openings: Vec<[Option<String>; 2]>,
    rules: &'static Rules,
}

impl Whole<'_> {
    fn measure(&self, rule: &Rule, measure: Measure) -> Vec<String> {
        match measure {
            Measure::UnknownAudience => self.unknown_audience().into_iter().collect(),
            Measure::OpeningRun => self.opening_run(rule.limit as usize),
            _ if self.cards.len() < LEAST => Vec::new(),
            Measure::OpeningOver => self.opening(2, rule.limit),
            Measure::FirstWordOver => self.opening(1, rule.limit),
            Measure::WordsShareOver => self.share_with(rule),
            Measure::NoGuide => self.missing_guides(),
            Measure::DepthsOff => self.depths_off(rule.limit),
            Measure::CategoriesOff => self.categories_off(rule.limit),
            _ => Vec::new(),
        }
    }

    fn percent(&self, count: usize) -> u32 {
        (100 * count / self.cards.len()) as u32
    }

    /// Returns the openings of so many words that are more frequent than `limit` per cent.
    fn opening(&self, length: usize, limit: u32) -> Vec<String> {
        let mut counts: HashMap<&[Option<String>], usize> = HashMap::new();
        for words in &self.openings {
            *counts.entry(&words[..length]).or_default() += 1;
        }
        let mut frequent: Vec<_> = counts.into_iter().collect();
        frequent.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let frequent = frequent.into_iter().map(|(words, count)| (words, self.percent(count)));
        let frequent = frequent.take_while(|(_, percent)| *percent > limit);
        frequent
            .map(|(words, percent)| {
                format!("{percent} % of the cards begin with `{}`", joined(words))
            })
            .collect()
    }

    /// Returns the openings of two words that so many cards in a row have.
    fn opening_run(&self, limit: usize) -> Vec<String> {
        let numbers: Vec<usize> = (0..self.cards.len()).collect();
        let alike = |a: &usize, b: &usize| {
            self.openings[*a] == self.openings[*b] && self.openings[*a][0].is_some()
        };
        let runs = numbers.chunk_by(alike).filter(|run| run.len() >= limit);
        runs.map(|run| {
            let [first, last] = [run[0], run[run.len() - 1]];
            let [from, to] = [first, last].map(|at| self.deck.line_of(self.cards[at]));
            let words = joined(&self.openings[first]);
            format!("{} cards in a row begin with `{words}`, from {from} to {to}", run.len())
        })
        .collect()
    }

    fn share_with(&self, rule: &Rule) -> Vec<String> {
        let words: Vec<String> = rule.words.iter().map(|word| regex::escape(word)).collect();
        let pattern = format!(r"(?i-u:\b(?:{})\b)", words.join("|"));
        let Ok(pattern) = regex::bytes::Regex::new(&pattern) else { return Vec::new() };
        let has = |card: &&&Card| pattern.is_match(card.prompt.as_bytes());
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
        let Some(audience) = self.rules.audience(deck::people(people)) else { return Vec::new() };
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

    /// Returns the categories whose share is more than `limit` points off an equal one.
    fn categories_off(&self, limit: u32) -> Vec<String> {
        let mut counts: HashMap<u16, usize> = HashMap::new();
        self.cards.iter().for_each(|card| *counts.entry(card.category).or_default() += 1);
        let equal = 100 / counts.len() as u32;
        let off = |(at, count): (u16, usize)| {
            let percent = self.percent(count);
            let label = &self.deck.categories[usize::from(at)].label;
            let words = format!(
                "{percent} % of the cards are of `{label}`; an equal share would be {equal} %"
            );
            (percent.abs_diff(equal) > limit).then_some(words)
        };
        let mut counts: Vec<(u16, usize)> = counts.into_iter().collect();
        counts.sort_unstable();
        counts.into_iter().filter_map(off).collect()
    }

    fn unknown_audience(&self) -> Option<String> {
        let people =
            self.deck.meta.audience.as_deref().map(str::trim).filter(|who| !who.is_empty())?;
        let known = self.rules.known_audiences().join(", ");
        let is_unknown = self.rules.audience(deck::people(people)).is_none();
        is_unknown.then(|| {
            format!("how deep a deck for `{people}` may go is not known, only for {known}")
        })
    }
}

/// Returns the first two words of a card.
fn opening(card: &Card) -> [Option<String>; 2] {
    let mut first = words(&card.prompt).map(str::to_lowercase);
    [first.next(), first.next()]
}

fn joined(words: &[Option<String>]) -> String {
    words.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Returns the cards that ask something.
fn asking(deck: &Deck) -> impl Iterator<Item = &Card> {
    deck.cards.iter().filter(|card| asks(card))
}
