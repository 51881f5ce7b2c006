//! Going on from a later round with other people: what is past stays, cards and times stay, seats change.

use super::plan::Plan;
use super::rotation::{Meetings, Odd, Seating};
use super::seating::{self, SeatRequest};
use super::{faults, first};
use crate::problem::Diagnostic;

/// What is different from a round on.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// The first round that is still to come, counted from 1.
    pub from: usize,
    /// All who have left by then, by their places among the people of the plan.
    pub gone: &'a [usize],
    /// Who has come.
    pub came: &'a [String],
    /// What becomes of the one whom pairs leave over.
    pub odd: Odd,
    /// Who shall not meet, by their places among the people, those who came being the last.
    pub apart: &'a [(usize, usize)],
    /// The number that chance starts from.
    pub seed: u64,
}

impl Plan {
    /// Returns the plan for those who are there from a later round on.
    ///
    /// Everything before that round is as it was, also for those who have left. Later rounds keep their
    /// cards and times; a group that is larger than planned shares its time.
    ///
    /// # Errors
    ///
    /// There are too few or too many people for the format by then (`people-number`), or there is no
    /// such round (`rounds-number`).
    pub fn go_on(&self, change: &Change) -> Result<Self, Vec<Diagnostic>> {
        // With the first round nothing is past.
        let is_here = |it: &super::Stage| change.from > 1 && it.round() == Some(change.from);
        let Some(past) = self.stages.iter().position(is_here) else {
            return Err(vec![faults::no_such_round(change.from, self.last_round())]);
        };
        let mut plan = self.clone();
        plan.people.extend(change.came.iter().cloned());
        plan.gone = change.gone.to_vec();
        plan.gone.sort_unstable();
        plan.gone.dedup();
        plan.from_round = change.from;
        plan.notes.clear();
        let present: Vec<usize> = plan.present().collect();
        if !(plan.format.people.least..=plan.format.people.most).contains(&present.len()) {
            return Err(vec![faults::people_left(&plan.format, present.len())]);
        }
        let places = Places::of(&present, plan.people.len());
        let past_rounds: Vec<Seating> =
            self.past_before(change.from).map(|seating| places.seating(seating)).collect();
        let apart: Vec<(usize, usize)> =
            change.apart.iter().filter_map(|pair| places.pair(*pair)).collect();
        let request = SeatRequest {
            format: &plan.format,
            people: present.len(),
            odd: change.odd,
            apart: &apart,
            past: &past_rounds,
            seed: change.seed,
        };
        let mut stages = plan.stages.clone();
        let meetings = seating::seat(&request, &mut stages);
        let names: Vec<String> = present.iter().map(|at| plan.people[*at].clone()).collect();
        plan.notes.extend(meetings.iter().flat_map(|it| faults::meetings(it, &names)));
        let together = seating::not_apart(&stages[past..], &apart);
        plan.notes.extend(faults::not_apart(&together, &names));
        for (stage, anew) in plan.stages.iter_mut().zip(stages).skip(past) {
            stage.seating = places.back(&anew.seating);
            stage.first.clear();
        }
        first::choose(&mut plan.stages, plan.people.len(), past);
        plan.meetings = meetings.map(|meetings| places.meetings(meetings));
        Ok(plan)
    }

    /// Returns the number of the last round.
    pub fn last_round(&self) -> usize {
        self.stages.iter().filter_map(super::Stage::round).max().unwrap_or_default()
    }

    /// Returns how people sat in the rounds before round `from`.
    fn past_before(&self, from: usize) -> impl Iterator<Item = &Seating> {
        let rounds = self.stages.iter().filter(move |it| it.round().is_some_and(|it| it < from));
        rounds.map(|stage| &stage.seating)
    }
}

/// Those who are there, numbered among themselves and among all.
struct Places<'a> {
    /// The numbers among all.
    present: &'a [usize],
    /// The numbers among themselves, of all.
    own: Vec<Option<usize>>,
}

impl<'a> Places<'a> {
    fn of(present: &'a [usize], all: usize) -> Self {
        let mut own = vec![None; all];
        for (at, person) in present.iter().enumerate() {
            own[*person] = Some(at);
        }
        Self { present, own }
    }

    /// Returns a seating without those who have left.
    fn seating(&self, seating: &Seating) -> Seating {
        let here = |people: &Vec<usize>| people.iter().filter_map(|at| self.own[*at]).collect();
        Seating {
            groups: seating.groups.iter().map(here).collect(),
            resting: here(&seating.resting),
        }
    }

    fn pair(&self, (a, b): (usize, usize)) -> Option<(usize, usize)> {
        let own = |at: usize| self.own.get(at).copied().flatten();
        own(a).zip(own(b))
    }

    /// Returns a seating of those who are there in the numbers of all.
    fn back(&self, seating: &Seating) -> Seating {
        let all = |people: &Vec<usize>| people.iter().map(|at| self.present[*at]).collect();
        Seating { groups: seating.groups.iter().map(all).collect(), resting: all(&seating.resting) }
    }

    fn meetings(&self, mut meetings: Meetings) -> Meetings {
        let pairs = meetings.pairs.iter_mut().chain(&mut meetings.apart);
        pairs.for_each(|(a, b)| (*a, *b) = (self.present[*a], self.present[*b]));
        meetings
    }
}
