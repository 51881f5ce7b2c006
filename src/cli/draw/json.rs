//! Drawn cards as JSON.

use serde::Serialize;

use super::card::listener;
use crate::cli::lean::JsonLean;
use crate::cli::show::{JsonCard, json_card};
use crate::deck::{Deck, Pick};

/// An answer of `draw` or `tonight`.
#[derive(Serialize)]
pub struct JsonDraw<'a> {
    deckle: u8,
    /// What a night's card was derived from.
    #[serde(flatten)]
    pub night: Option<JsonNight>,
    /// What the draw leaned on.
    #[serde(skip_serializing_if = "Option::is_none")]
    lean: Option<JsonLean>,
    cards: Vec<JsonDrawn<'a>>,
}

/// What cards come from, beside their decks.
#[derive(Default)]
pub struct Context {
    /// What a night's card was derived from.
    pub night: Option<JsonNight>,
    /// What a draw leaned on.
    pub lean: Option<JsonLean>,
}

/// What a night's card was derived from.
#[derive(Serialize)]
pub struct JsonNight {
    /// The date of the evening.
    pub night: String,
    /// The time zone in which it is counted.
    pub zone: String,
    /// What tells whether two people derive from the same.
    pub fingerprint: String,
    /// The deepest depth of the night.
    pub ceiling: u8,
    /// Which card of the night it is: 0 for its own.
    pub another: usize,
}

/// A card, with its deck.
#[derive(Serialize)]
struct JsonDrawn<'a> {
    deck: &'a str,
    depth_name: Option<&'a str>,
    category_name: &'a str,
    /// The line for whoever listens: the card's own, else the usual one of deep cards.
    listener: Option<String>,
    #[serde(flatten)]
    card: JsonCard<'a>,
}

impl<'a> JsonDraw<'a> {
    /// Returns the cards as programs read them.
    pub fn new(decks: &'a [Deck], picks: &[Pick], context: Context) -> Self {
        let drawn = |pick: &Pick| {
            let (deck, card) = pick.of(decks);
            JsonDrawn {
                deck: &deck.meta.name,
                depth_name: card.depth.map(|depth| deck.depth_name(depth)),
                category_name: &deck.category(card).label,
                listener: listener(deck, card),
                card: json_card(deck, card),
            }
        };
        let Context { night, lean } = context;
        Self { deckle: 1, night, lean, cards: picks.iter().map(drawn).collect() }
    }
}
