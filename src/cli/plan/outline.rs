//! A plan with its dates and cards, as all outputs take it.

use jiff::civil::{Date, Time};

use crate::cli::draw::clock::Clock;
use crate::cli::draw::{card, of_cards};
use crate::cli::show::clean;
use crate::deck::{self, Card, Deck, Pick};
use crate::plan::Plan;
use crate::problem::{Diagnostic, counted};

/// A plan with dates.
pub struct Outline {
    /// The plan.
    pub plan: &'static Plan,
    /// The decks of its cards.
    pub decks: Vec<Deck>,
    /// The days with something to do, in order.
    pub days: Vec<Day>,
    /// Where the days are counted.
    pub clock: Clock,
    /// What the cards were chosen by.
    pub seed: u64,
    /// Whose plan it is, such as the names of the decks that were asked for.
    pub whose: Vec<String>,
    /// What was noticed on the way.
    pub notices: Vec<Diagnostic>,
    /// What was agreed for the nights, if it is a plan of nights.
    pub agreed: Option<Agreed>,
}

/// What two people agreed on.
pub struct Agreed {
    /// Where it comes from.
    pub origin: String,
    /// What tells whether two people have the same.
    pub fingerprint: String,
    /// The command that shows a night.
    pub command: String,
}

/// A day with something to do.
pub struct Day {
    /// When.
    pub date: Date,
    /// The number of the day, from 1.
    pub day: u32,
    /// The number in the plan's own unit, from 1.
    pub number: u32,
    /// What it is called.
    pub title: String,
    /// What to do; empty where the card says it.
    pub words: String,
    /// How long it takes.
    pub minutes: u16,
    /// The card.
    pub pick: Option<Pick>,
}

impl Outline {
    /// Returns the card of a day.
    pub fn card(&self, day: &Day) -> Option<(&Deck, &Card)> {
        day.pick.map(|pick| pick.of(&self.decks))
    }

    /// Returns what is to be read on a day under its title: what to do, then the card.
    pub fn told_of(&self, day: &Day) -> Vec<String> {
        let card = self.card(day).map(|(_, card)| clean(&card.prompt));
        let words = Some(day.words.clone()).filter(|words| !words.is_empty());
        words.into_iter().chain(card).collect()
    }

    /// Returns whether days need titles: those of a plan that goes on for ever are all alike.
    pub fn has_titles(&self) -> bool {
        !self.plan.is_open()
    }

    /// Returns the cards in the order of the days.
    pub fn picks(&self) -> Vec<Pick> {
        self.days.iter().filter_map(|day| day.pick).collect()
    }

    /// Returns what a day is called in the plan's own unit, such as `Week 2`.
    pub fn label(&self, day: &Day) -> String {
        format!("{} {}", self.plan.unit.name(), day.number)
    }

    /// Returns the first and the last date.
    pub fn span(&self) -> Option<(Date, Date)> {
        Some((self.days.first()?.date, self.days.last()?.date))
    }

    /// Returns what a person is told in the end.
    pub fn told(&self, at: Time) -> Vec<String> {
        let Some((from, until)) = self.span() else { return Vec::new() };
        let at = at.strftime("%H:%M");
        let cards = of_cards(self.picks().len());
        if let Some(agreed) = &self.agreed {
            let Agreed { origin, fingerprint, .. } = agreed;
            let nights = format!("{cards}, {from} to {until} at {at} · {origin}");
            return vec![nights, format!("fingerprint {fingerprint}")];
        }
        let days = counted(self.days.len(), "day");
        let zone = &self.clock.zone;
        let seed = self.seed;
        vec![
            format!("{days} with {cards}, {from} to {until} at {at} · {zone}"),
            format!("seed {seed}: the same again with `--seed {seed}`"),
        ]
    }

    /// Returns what tells a day from all others: its date, the plan, and whose it is, so that a later
    /// file for the same changes the events of an earlier one.
    pub fn uid(&self, day: &Day) -> String {
        // Nights had a calendar before other plans did.
        let context = if self.agreed.is_some() { "deckle nights v1" } else { "deckle plan v1" };
        let mut hasher = blake3::Hasher::new_derive_key(context);
        hasher.update(&self.seed.to_le_bytes());
        let plan = self.agreed.is_none().then(|| self.plan.id.clone());
        for name in plan.iter().chain(&self.whose) {
            hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes());
        }
        let mut bytes = [0; 16];
        hasher.finalize_xof().fill(&mut bytes);
        let whose = deck::in_signs(u128::from_be_bytes(bytes), 10).to_lowercase();
        format!("{}-{whose}@deckle", day.date)
    }

    /// Returns what a calendar says of a day: a line, and what is read when it is opened.
    pub fn reminder(&self, day: &Day, blind: bool) -> (String, String) {
        let command = self.agreed.as_ref().map(|agreed| &agreed.command);
        if let Some(command) = command.filter(|_| blind) {
            return (day.title.clone(), format!("Whoever is there first runs `{command}`."));
        }
        let card = self.card(day).filter(|_| !blind);
        let said = card.map(|(deck, card)| {
            let listener = card::listener(deck, card);
            let listener = listener.map(|words| format!("\n\n› {}", clean(&words)));
            let caption = clean(&card::caption(deck, card, None));
            format!("{}{}\n\n{caption}", clean(&card.prompt), listener.unwrap_or_default())
        });
        let words = Some(day.words.clone()).filter(|words| !words.is_empty());
        let parts: Vec<String> = words.into_iter().chain(said).collect();
        let title = match card {
            Some((_, card)) if !self.has_titles() => card::one_line(&card.prompt),
            _ if self.has_titles() => format!("{}: {}", self.label(day), day.title),
            _ => day.title.clone(),
        };
        (title, parts.join("\n\n"))
    }
}
