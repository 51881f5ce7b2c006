//! The cards of a session while it is lived: which lies on the table, which are in reserve.

use std::collections::{HashMap, HashSet};

use crate::deck::{CardKey, Deck, Pick};
use crate::session::{Plan, Stage};

/// The cards of all stages.
#[derive(Clone, Debug)]
pub(super) struct Table {
    hands: Vec<Hand>,
    /// Which hand each stage plays; stages that keep the cards of the one before share it.
    of_stage: Vec<usize>,
}

/// The cards of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hand {
    /// Those that are played; none where one was passed and nothing came in its place.
    pub cards: Vec<Option<Pick>>,
    /// Those that wait, the next one first.
    pub reserve: Vec<Pick>,
}

impl Hand {
    fn of(stage: &Stage) -> Self {
        let cards = stage.cards.iter().copied().map(Some).collect();
        Self { cards, reserve: stage.reserve.clone() }
    }
}

impl Table {
    /// The cards as they are planned.
    pub fn of(plan: &Plan) -> Self {
        let (mut hands, mut of_stage): (Vec<Hand>, Vec<usize>) = Default::default();
        // A moment of quiet between two rounds has a card of its own, which nobody keeps.
        let mut of_round = None;
        for stage in &plan.stages {
            let kept = of_round.filter(|_| stage.keeps_cards);
            let hand = kept.unwrap_or_else(|| {
                hands.push(Hand::of(stage));
                hands.len() - 1
            });
            of_stage.push(hand);
            if stage.part.is_some() {
                of_round = Some(hand);
            }
        }
        Self { hands, of_stage }
    }

    fn hand(&mut self, stage: usize) -> Option<&mut Hand> {
        self.hands.get_mut(*self.of_stage.get(stage)?)
    }

    /// Returns a card of a stage.
    pub fn card(&self, stage: usize, card: usize) -> Option<Pick> {
        let hand = self.hands.get(*self.of_stage.get(stage)?)?;
        hand.cards.get(card).copied().flatten()
    }

    /// Returns whether a stage has a card in reserve.
    pub fn has_reserve(&self, stage: usize) -> bool {
        self.of_stage.get(stage).is_some_and(|hand| !self.hands[*hand].reserve.is_empty())
    }

    /// Takes a card out; the next in reserve comes in its place, if there is one.
    pub fn pass(&mut self, stage: usize, card: usize) {
        let Some(hand) = self.hand(stage) else { return };
        let next = (!hand.reserve.is_empty()).then(|| hand.reserve.remove(0));
        if let Some(place) = hand.cards.get_mut(card) {
            *place = next;
        }
    }

    /// Puts a card behind those in reserve, and the next of them in its place.
    pub fn swap(&mut self, stage: usize, card: usize) {
        let Some(hand) = self.hand(stage).filter(|hand| !hand.reserve.is_empty()) else { return };
        let Some(place) = hand.cards.get_mut(card) else { return };
        let old = place.replace(hand.reserve.remove(0));
        hand.reserve.extend(old);
    }

    /// Returns the cards of all hands as keys: those on the table, then those in reserve.
    pub fn keys(&self, decks: &[Deck]) -> Vec<(Vec<Option<CardKey>>, Vec<CardKey>)> {
        let key = |pick: &Pick| pick.of(decks).1.key;
        let hand = |hand: &Hand| {
            let cards = hand.cards.iter().map(|card| card.as_ref().map(key)).collect();
            (cards, hand.reserve.iter().map(key).collect())
        };
        self.hands.iter().map(hand).collect()
    }

    /// Puts the cards back as they lay; a hand of which the decks lack a card by now stays as it is planned.
    pub fn restore(&mut self, keys: &[(Vec<Option<CardKey>>, Vec<CardKey>)], decks: &[Deck]) {
        let every = keys.iter().flat_map(|(cards, reserve)| cards.iter().flatten().chain(reserve));
        let wanted: HashSet<CardKey> = every.copied().collect();
        let mut known: HashMap<CardKey, Pick> = HashMap::new();
        for (deck, cards) in decks.iter().enumerate() {
            for (at, card) in cards.cards.iter().enumerate() {
                if wanted.contains(&card.key) {
                    known.insert(card.key, Pick { deck: deck as u32, card: at as u32 });
                }
            }
        }
        let find = |key: &CardKey| known.get(key).copied();
        for (hand, (cards, reserve)) in self.hands.iter_mut().zip(keys) {
            let is_known = cards.iter().flatten().chain(reserve).all(|key| find(key).is_some());
            if is_known && cards.len() == hand.cards.len() {
                hand.cards = cards.iter().map(|card| card.as_ref().and_then(find)).collect();
                hand.reserve = reserve.iter().filter_map(find).collect();
            }
        }
    }

    /// Returns every card that may come.
    pub fn all(&self) -> impl Iterator<Item = Pick> {
        self.hands.iter().flat_map(|hand| hand.cards.iter().flatten().chain(&hand.reserve)).copied()
    }
}
