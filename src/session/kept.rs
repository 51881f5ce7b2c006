//! A plan as it is kept, so that it can be gone on with just as it was printed.

use std::collections::{BTreeSet, HashMap, VecDeque};

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::format::Format;
use super::plan::{Plan, Stage, TimedStep, What};
use super::rotation::Seating;
use super::seconds::Seconds;
use crate::deck::{CardKey, Deck, Depth, Pick};
use crate::problem::Diagnostic;

/// More turns than a group has people, and more parts than a turn has.
const MOST_TURNS: usize = 1000;

/// A plan in a file. Cards are named by their keys, in hexadecimal, and people by their places.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct KeptPlan {
    people: Vec<String>,
    gone: Vec<usize>,
    start: Option<Time>,
    ceiling: u8,
    from_round: usize,
    in_hand: Seconds,
    stages: Vec<KeptStage>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
struct KeptStage {
    what: What,
    part: Option<usize>,
    title: String,
    say: Vec<String>,
    moving: Seconds,
    at: Seconds,
    length: Seconds,
    depth: Option<u8>,
    cards: Vec<KeptCard>,
    reserve: Vec<KeptCard>,
    keeps_cards: bool,
    groups: Vec<Vec<usize>>,
    resting: Vec<usize>,
    first: Vec<usize>,
    steps: Vec<TimedStep>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
struct KeptCard {
    key: String,
    code: String,
}

impl KeptPlan {
    /// Returns what is to be kept of a plan.
    pub fn of(plan: &Plan, decks: &[Deck]) -> Self {
        let card = |pick: &Pick| {
            let card = pick.of(decks).1;
            KeptCard { key: card.key.to_hex(), code: card.code.to_string() }
        };
        let stage = |stage: &Stage| KeptStage {
            what: stage.what,
            part: stage.part,
            title: stage.title.clone(),
            say: stage.say.clone(),
            moving: stage.moving,
            at: stage.at,
            length: stage.length,
            depth: stage.depth.map(Depth::level),
            cards: stage.cards.iter().map(card).collect(),
            reserve: stage.reserve.iter().map(card).collect(),
            keeps_cards: stage.keeps_cards,
            groups: stage.seating.groups.clone(),
            resting: stage.seating.resting.clone(),
            first: stage.first.clone(),
            steps: stage.steps.clone(),
        };
        Self {
            people: plan.people.clone(),
            gone: plan.gone.clone(),
            start: plan.start,
            ceiling: plan.ceiling.level(),
            from_round: plan.from_round,
            in_hand: plan.in_hand,
            stages: plan.stages.iter().map(stage).collect(),
        }
    }

    /// Returns the plan, of cards that are in `decks`, and the codes of those that are not there any more:
    /// in the place of such a one comes the card in reserve, if there is one.
    ///
    /// # Errors
    ///
    /// It is no plan of `format` (`no-plan`): somebody sits in two places, a round is missing, times have no
    /// bounds.
    pub fn plan(
        &self,
        format: &Format,
        decks: &[Deck],
    ) -> Result<(Plan, Vec<String>), Box<Diagnostic>> {
        self.check(format).map_err(|fault| {
            Box::new(Diagnostic::error("no-plan", format!("the plan is not whole: {fault}")))
        })?;
        let known: HashMap<CardKey, Pick> = keys(decks);
        let mut lost = Vec::new();
        let stages = self.stages.iter().map(|stage| stage.stage(&known, &mut lost)).collect();
        let plan = Plan {
            format: format.clone(),
            people: self.people.clone(),
            gone: self.gone.clone(),
            start: self.start,
            ceiling: Depth::new(self.ceiling).unwrap_or(format.ceiling),
            stages,
            from_round: self.from_round,
            meetings: None,
            in_hand: self.in_hand,
            notes: Vec::new(),
        };
        let mut told = BTreeSet::new();
        lost.retain(|code| told.insert(code.clone()));
        Ok((plan, lost))
    }

    /// Checks what plans rely on.
    fn check(&self, format: &Format) -> Result<(), &'static str> {
        let mut names = BTreeSet::new();
        if !self.people.iter().all(|name| names.insert(name)) {
            return Err("two people have the same name");
        }
        if !self.gone.is_sorted_by(|a, b| a < b)
            || self.gone.iter().any(|at| *at >= self.people.len())
        {
            return Err("somebody has left who was never there");
        }
        let rounds = self.stages.iter().filter_map(|stage| match stage.what {
            What::Round(number) => Some(number),
            _ => None,
        });
        let rounds: Vec<usize> = rounds.collect();
        if rounds.iter().enumerate().any(|(at, number)| at + 1 != *number) {
            return Err("a round is missing");
        }
        if !(1..=rounds.len().max(1)).contains(&self.from_round) {
            return Err("it begins with no round");
        }
        let last = self.stages.len().wrapping_sub(1);
        let is_in_place = |(at, stage): (usize, &KeptStage)| match stage.what {
            What::Opening => at == 0 && last > 0,
            What::Landing => at == last && last > 0,
            What::Quiet | What::Round(_) => at > 0 && at < last,
        };
        if self.stages.is_empty() || !self.stages.iter().enumerate().all(is_in_place) {
            return Err("its opening or its landing is missing");
        }
        if self.in_hand > Seconds::DAY {
            return Err("a time is longer than a day");
        }
        if self.stages.iter().any(|it| it.part.is_some_and(|part| part >= format.parts.len())) {
            return Err("the format has fewer parts by now");
        }
        self.stages.iter().try_for_each(|stage| stage.check(self.people.len()))
    }
}

impl KeptStage {
    fn check(&self, people: usize) -> Result<(), &'static str> {
        let mut seated = BTreeSet::new();
        let all = self.groups.iter().flatten().chain(&self.resting);
        if !all.copied().all(|person| person < people && seated.insert(person)) {
            return Err("somebody sits in two places, or has no name");
        }
        let begins = |(group, first): (&Vec<usize>, &usize)| group.contains(first);
        if self.groups.len() != self.first.len() || !self.groups.iter().zip(&self.first).all(begins)
        {
            return Err("nobody begins, or somebody from elsewhere");
        }
        if self.part.is_some() != matches!(self.what, What::Round(_)) {
            return Err("a round is of no part, or something else is of one");
        }
        if [self.moving, self.at, self.length].into_iter().any(|time| time > Seconds::DAY) {
            return Err("a time is longer than a day");
        }
        let is_bounded = |step: &TimedStep| match step {
            TimedStep::Together(beat) => beat.time <= Seconds::DAY,
            TimedStep::Turns { turns, beats } => {
                let bounds = (1..=MOST_TURNS).contains(turns) && !beats.is_empty();
                bounds
                    && beats.len() <= MOST_TURNS
                    && beats.iter().all(|beat| beat.time <= Seconds::DAY)
            }
        };
        if !self.steps.iter().all(is_bounded) || self.steps.len() > MOST_TURNS {
            return Err("a step has no bounds");
        }
        Ok(())
    }

    fn stage(&self, known: &HashMap<CardKey, Pick>, lost: &mut Vec<String>) -> Stage {
        let mut find = |card: &KeptCard| {
            let key = CardKey::from_hex(&card.key);
            let pick = key.and_then(|key| known.get(&key)).copied();
            if pick.is_none() {
                lost.push(card.code.clone());
            }
            pick
        };
        let cards: Vec<Option<Pick>> = self.cards.iter().map(&mut find).collect();
        let mut reserve: VecDeque<Pick> = self.reserve.iter().filter_map(&mut find).collect();
        let in_place = |card: Option<Pick>| card.or_else(|| reserve.pop_front());
        let cards: Vec<Pick> = cards.into_iter().filter_map(in_place).collect();
        let reserve: Vec<Pick> = reserve.into();
        Stage {
            what: self.what,
            part: self.part,
            title: self.title.clone(),
            say: self.say.clone(),
            moving: self.moving,
            at: self.at,
            length: self.length,
            depth: self.depth.and_then(Depth::new),
            cards,
            reserve,
            keeps_cards: self.keeps_cards,
            seating: Seating { groups: self.groups.clone(), resting: self.resting.clone() },
            first: self.first.clone(),
            steps: self.steps.clone(),
        }
    }
}

fn keys(decks: &[Deck]) -> HashMap<CardKey, Pick> {
    let of_deck = |(deck, cards): (usize, &Deck)| {
        let pick = move |at: usize| Pick { deck: deck as u32, card: at as u32 };
        let cards = cards.cards.iter().enumerate();
        cards.map(move |(at, card)| (card.key, pick(at))).collect::<Vec<_>>()
    };
    decks.iter().enumerate().flat_map(of_deck).collect()
}
