//! Which card each step of a plan has.

use crate::deck::{Card, Deck, Depth, Kind, Pick};
use crate::draw::{SERIES, level};
use crate::problem::{Diagnostic, counted};
use crate::select::Chance;

use super::data::{Plan, Step, Unit, When};

/// What a plan chooses its cards from.
pub struct Supply<'a> {
    /// The decks.
    pub decks: &'a [Deck],
    /// The cards that may be chosen, of any depth.
    pub picks: &'a [Pick],
    /// Whether the built-in cards that belong to steps are in; not so where the user named decks.
    pub own: bool,
    /// The deepest depth that may come.
    pub ceiling: Depth,
    /// The ids of the categories that were opted into.
    pub opted: &'a [String],
    /// What chance starts from.
    pub seed: u64,
}

/// A day of a plan.
#[derive(Clone, Copy, Debug)]
pub struct Day<'p> {
    /// The number of the day, from 1.
    pub day: u32,
    /// The number in the unit of the plan, from 1.
    pub number: u32,
    /// What is done.
    pub step: &'p Step,
    /// The card, if it has one.
    pub pick: Option<Pick>,
    /// Whether the card says all that the step's words say: it was written for the plan.
    pub says_all: bool,
}

/// A plan with its cards.
#[derive(Clone, Debug)]
pub struct Settled<'p> {
    /// The days with something to do, in order.
    pub days: Vec<Day<'p>>,
    /// What had to give.
    pub notes: Vec<Diagnostic>,
}

/// Why a step has no card.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lack {
    /// It wants none.
    Meant,
    /// Its card must be opted into.
    OptIn,
    /// Its card goes deeper than the ceiling.
    Deep(Depth),
    /// Nothing fits that is not taken.
    Nothing,
}

impl Plan {
    /// Returns the days of the plan, each step with the card that it takes; no card comes twice.
    ///
    /// # Errors
    ///
    /// No card of the supply fits any step: `no-card-fits`.
    pub fn settle<'p>(&'p self, supply: &Supply) -> Result<Settled<'p>, Box<Diagnostic>> {
        let mut taken = Vec::new();
        let mut lacks = Vec::new();
        let mut days = Vec::new();
        for (at, step) in (1..).zip(&self.steps) {
            let card = step.card(supply, &taken);
            lacks.extend(card.err().map(|lack| (step, lack)));
            let pick = card.ok();
            let says_all = pick.is_some_and(|pick| is_series(pick.of(supply.decks).1));
            taken.extend(pick);
            let (When::Day(day) | When::Every(day)) = step.when();
            let number = match self.unit {
                Unit::Day | Unit::Night => day,
                Unit::Week => day.div_ceil(7),
                Unit::Step => at,
            };
            days.push(Day { day, number, step, pick, says_all });
        }
        let missing = lacks.iter().filter(|(_, lack)| *lack == Lack::Nothing).count();
        let wanting = lacks.iter().filter(|(_, lack)| *lack != Lack::Meant).count();
        let deeper = deeper(&lacks, &taken, supply);
        if missing > 0 && taken.is_empty() {
            return Err(Box::new(nothing_fits(wanting, supply.ceiling, deeper)));
        }
        let mut notes = held_back(&lacks, supply);
        if missing > 0 {
            notes.push(too_few(missing, deeper));
        }
        Ok(Settled { days, notes })
    }
}

impl Step {
    /// Returns the card: the step's own, else one of the supply that is not taken.
    fn card(&self, supply: &Supply, taken: &[Pick]) -> Result<Pick, Lack> {
        let deepest = match self.deepest {
            Some(deepest) => deepest.min(supply.ceiling.level()),
            None => return Err(Lack::Meant),
        };
        let is_opted = |id: &String| supply.opted.contains(id);
        if !self.opt_in.is_empty() && !self.opt_in.iter().any(is_opted) {
            return Err(Lack::OptIn);
        }
        if let Some(pick) = self.own(supply) {
            let depth = pick.of(supply.decks).1.depth.unwrap_or(Depth::ALL[0]);
            return if depth > supply.ceiling { Err(Lack::Deep(depth)) } else { Ok(pick) };
        }
        let chance = Chance::within("deckle plan v1", supply.seed);
        let free = supply.picks.iter().filter(|pick| {
            let card = pick.of(supply.decks).1;
            !taken.contains(pick) && asks(card) && level(card) <= deepest
        });
        let cost = |pick: &&Pick| {
            let (deck, card) = pick.of(supply.decks);
            (self.distance(deck, card), chance.of_card(card.key))
        };
        let fits = |pick: &&Pick| {
            let (deck, card) = pick.of(supply.decks);
            self.opt_in.is_empty() || self.opt_in.contains(&deck.category(card).id)
        };
        let best = free.filter(fits).min_by_key(cost).copied();
        best.ok_or(Lack::Nothing)
    }

    /// Returns the built-in card that belongs to the step, if it is in.
    fn own(&self, supply: &Supply) -> Option<Pick> {
        let id = self.id.as_deref().filter(|_| supply.own)?;
        let deck = supply.decks.iter().position(|deck| deck.meta.name == self.deck)?;
        let cards = &supply.decks[deck].cards;
        let card = cards.iter().position(|card| card.id.as_deref() == Some(id))?;
        Some(Pick { deck: deck as u32, card: card as u32 })
    }

    /// Returns how far a card is from what the step wants: the category matters first, then the
    /// kind. Decks have categories of their own, so another one is better than no card.
    fn distance(&self, deck: &Deck, card: &Card) -> (bool, bool) {
        let id = &deck.category(card).id;
        let other_kind = !self.kind.is_empty() && !self.kind.contains(&card.kind);
        let other_category = !self.category.is_empty() && !self.category.contains(id);
        (other_category, other_kind)
    }
}

/// Returns whether a card can stand for a step: it asks something of all, and belongs to no series.
fn asks(card: &Card) -> bool {
    !card.kind.is_guide() && card.kind != Kind::Selfcheck && !is_series(card)
}

fn is_series(card: &Card) -> bool {
    card.tags.iter().any(|tag| tag.eq_ignore_ascii_case(SERIES))
}

/// Returns the lightest ceiling that would let a card in where one is missing, if any would.
fn deeper(lacks: &[(&Step, Lack)], taken: &[Pick], supply: &Supply) -> Option<Depth> {
    let lacking = lacks.iter().filter(|(_, lack)| *lack == Lack::Nothing);
    let reach = lacking.filter_map(|(step, _)| step.deepest).max()?;
    let cards = supply.picks.iter().filter(|pick| !taken.contains(pick));
    let depths = cards.filter_map(|pick| {
        let card = pick.of(supply.decks).1;
        card.depth.filter(|_| asks(card))
    });
    depths.filter(|depth| *depth > supply.ceiling && depth.level() <= reach).min()
}

fn nothing_fits(wanting: usize, ceiling: Depth, deeper: Option<Depth>) -> Diagnostic {
    let found = format!("no card fits any of the plan's {wanting} days up to depth {ceiling}");
    let help = match deeper {
        Some(depth) => format!("`--ceiling {depth}` lets deeper ones in, or name another deck"),
        None => "name another deck, or none for the built-in ones".to_owned(),
    };
    Diagnostic::error("no-card-fits", found).help(help)
}

fn too_few(missing: usize, deeper: Option<Depth>) -> Diagnostic {
    let days = counted(missing, "day");
    let verb = if missing == 1 { "has" } else { "have" };
    let found = format!("the cards do not suffice: {days} {verb} words alone");
    let help = match deeper {
        Some(depth) => format!("`--ceiling {depth}` lets more in, or name another deck beside it"),
        None => "name another deck beside it".to_owned(),
    };
    Diagnostic::note("plan-cards", found).help(help)
}

/// Tells of cards that are there and do not come unless they are asked for.
fn held_back(lacks: &[(&Step, Lack)], supply: &Supply) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    if let Some((step, _)) = lacks.iter().find(|(_, lack)| *lack == Lack::OptIn) {
        let found = format!("`{}` has words and no card", step.title);
        let known = |id: &&String| {
            let has = |deck: &Deck| deck.categories.iter().any(|own| own.id == **id);
            supply.decks.iter().any(has)
        };
        if let Some(id) = step.opt_in.iter().find(known) {
            let help = format!("`--opt-in {id}` gives it one, if you both want that");
            notes.push(Diagnostic::note("plan-opt-in", found).help(help));
        }
    }
    let deep: Vec<Depth> = lacks
        .iter()
        .filter_map(|(_, lack)| if let Lack::Deep(depth) = lack { Some(*depth) } else { None })
        .collect();
    if let Some(deepest) = deep.iter().max() {
        let cards = if deep.len() == 1 { "1 card goes" } else { "the cards of some days go" };
        let found = format!("{cards} deeper than {}; those days have words alone", supply.ceiling);
        let help = format!("`--ceiling {deepest}` lets them in");
        notes.push(Diagnostic::note("plan-ceiling", found).help(help));
    }
    notes
}
