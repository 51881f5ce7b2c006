//! A plan as programs read it.

use serde::Serialize;

use crate::cli::failure::Failure;
use crate::cli::output::to_standard_output;
use crate::cli::show::{JsonCard, json_card};

use super::outline::Outline;

#[derive(Serialize)]
struct JsonPlan<'a> {
    deckle: u8,
    plan: &'a str,
    title: &'a str,
    seed: u64,
    zone: &'a str,
    days: Vec<JsonDay<'a>>,
}

#[derive(Serialize)]
struct JsonDay<'a> {
    date: String,
    day: u32,
    label: String,
    title: &'a str,
    minutes: u16,
    words: &'a str,
    card: Option<JsonPlanned<'a>>,
}

/// A card, with its deck.
#[derive(Serialize)]
struct JsonPlanned<'a> {
    deck: &'a str,
    #[serde(flatten)]
    card: JsonCard<'a>,
}

/// Writes the plan to the standard output.
pub fn write(outline: &Outline) -> Result<(), Failure> {
    let days = outline.days.iter().map(|day| JsonDay {
        date: day.date.to_string(),
        day: day.day,
        label: outline.label(day),
        title: &day.title,
        minutes: day.minutes,
        words: &day.words,
        card: outline
            .card(day)
            .map(|(deck, card)| JsonPlanned { deck: &deck.meta.name, card: json_card(deck, card) }),
    });
    let plan = JsonPlan {
        deckle: 1,
        plan: &outline.plan.id,
        title: &outline.plan.title,
        seed: outline.seed,
        zone: &outline.clock.zone,
        days: days.collect(),
    };
    to_standard_output(|out| {
        serde_json::to_writer_pretty(&mut *out, &plan)?;
        writeln!(out)
    })
}
