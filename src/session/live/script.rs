//! A plan as it is lived: one thing after the other, each with its time.

use std::time::Duration;

use crate::session::format::Role;
use crate::session::{Plan, Seconds, Stage, TimedBeat, TimedStep};

/// Something that happens, until the next thing does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// The number of its stage among those of the plan.
    pub stage: usize,
    /// Which of the stage's cards lies on the table; none while people move or are told something.
    pub card: Option<usize>,
    /// What happens.
    pub act: Act,
    /// How long it is planned to take.
    pub length: Seconds,
}

/// What happens in a cue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// People change places.
    Move,
    /// The whole stage, which has no steps: the opening, a moment of quiet.
    Whole,
    /// Somebody does something in their turn, or for whose turn it is.
    Turn(Turn),
    /// All do something together: a step of the stage.
    Together(usize),
}

/// A part of somebody's turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The number of the step in its stage.
    pub step: usize,
    /// Which turn of the step it is, from 0.
    pub turn: usize,
    /// Which part of the turn it is, from 0.
    pub beat: usize,
    /// Whose turn it is.
    pub of: Who,
    /// Who does what is done now.
    pub who: Who,
}

/// Somebody in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// One person, by their number in the plan, where there is but one group.
    Person(usize),
    /// In each group the one who is so many places behind the one who begins.
    Place(usize),
    /// All others of a group.
    Others,
    /// Everybody.
    Everybody,
}

/// Returns all that happens in what is still to come of a plan, in order.
///
/// The lengths add up to that of the plan. In a single group of another size than the usual one turns
/// are as long as the plan says for that size, and what does not come out in whole seconds falls away.
pub(super) fn cues(plan: &Plan) -> Vec<Cue> {
    let skipped = plan.stages.len() - plan.to_come().count();
    let mut cues = Vec::new();
    for (at, stage) in plan.stages.iter().enumerate().skip(skipped) {
        let cue = |card, act, length| Cue { stage: at, card, act, length };
        if stage.moving > Seconds::ZERO {
            cues.push(cue(None, Act::Move, stage.moving));
        }
        if stage.steps.is_empty() {
            cues.push(cue(None, Act::Whole, stage.length));
        }
        for card in 0..stage.cards.len().max(1) {
            for (step, timed) in stage.steps.iter().enumerate() {
                let card = (card < stage.cards.len()).then_some(card);
                match timed {
                    TimedStep::Together(beat) => {
                        cues.push(cue(card, Act::Together(step), beat.time));
                    }
                    TimedStep::Turns { turns, beats } => {
                        let circle = Circle::new(stage, card.unwrap_or_default(), *turns);
                        let of_step = circle.turns(step, beats);
                        cues.extend(of_step.map(|(turn, time)| cue(card, Act::Turn(turn), time)));
                    }
                }
            }
        }
    }
    cues.retain(|cue| cue.length > Seconds::ZERO);
    cues
}

/// Those who take turns, beginning with whoever begins.
struct Circle {
    /// The people of the only group; none where there are several.
    people: Vec<usize>,
    /// For how many turns there is time.
    turns: usize,
}

impl Circle {
    /// The circle around a card of a stage: with each card the next of the group begins.
    fn new(stage: &Stage, card: usize, turns: usize) -> Self {
        let is_one = stage.seating.groups.len() == 1;
        let mut people = stage.in_turn().next().filter(|_| is_one).unwrap_or_default();
        let begins = card % people.len().max(1);
        people.rotate_left(begins);
        Self { people, turns }
    }

    /// Returns every part of every turn, with its time.
    fn turns<'a>(
        &'a self,
        step: usize,
        beats: &'a [TimedBeat],
    ) -> impl Iterator<Item = (Turn, Seconds)> + 'a {
        let size = if self.people.is_empty() { self.turns } else { self.people.len() };
        let part = move |turn: usize, beat: usize| {
            let who = self.role(beats[beat].role, turn, size);
            let turn = Turn { step, turn, beat, of: self.at(turn), who };
            (turn, beats[beat].time_in(size, self.turns))
        };
        (0..size).flat_map(move |turn| (0..beats.len()).map(move |beat| part(turn, beat)))
    }

    fn at(&self, place: usize) -> Who {
        match self.people.len() {
            0 => Who::Place(place),
            count => Who::Person(self.people[place % count]),
        }
    }

    /// Returns who has a role in a turn: the next of the circle listens, the one behind observes.
    fn role(&self, role: Role, turn: usize, size: usize) -> Who {
        match role {
            Role::Speaker => self.at(turn),
            Role::Listener if size > 1 => self.at((turn + 1) % size),
            Role::Observer if size == 3 => self.at((turn + 2) % size),
            Role::Observer => Who::Others,
            Role::Listener | Role::All => Who::Everybody,
        }
    }
}

impl Cue {
    /// Returns how long it is planned to take.
    pub fn time(&self) -> Duration {
        self.length.to_duration()
    }

    /// Returns the turn, where it belongs to one.
    pub fn turn(&self) -> Option<&Turn> {
        match &self.act {
            Act::Turn(turn) => Some(turn),
            _ => None,
        }
    }

    /// Returns whether two cues belong to the same step around the same card.
    pub(super) fn is_around(&self, other: &Self) -> bool {
        let step = |cue: &Self| cue.turn().map(|turn| turn.step);
        (self.stage, self.card, step(self)) == (other.stage, other.card, step(other))
            && step(self).is_some()
    }

    /// Returns what is done, as the format says it; nothing where people move or a stage has no steps.
    pub fn beat<'p>(&self, plan: &'p Plan) -> Option<&'p TimedBeat> {
        let steps = &plan.stages.get(self.stage)?.steps;
        match &self.act {
            Act::Move | Act::Whole => None,
            Act::Together(step) => match steps.get(*step)? {
                TimedStep::Together(beat) => Some(beat),
                TimedStep::Turns { .. } => None,
            },
            Act::Turn(turn) => match steps.get(turn.step)? {
                TimedStep::Turns { beats, .. } => beats.get(turn.beat),
                TimedStep::Together(_) => None,
            },
        }
    }
}
