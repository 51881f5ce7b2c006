//! The search: two people change places as long as that lets fewer meet again.
//!
//! It goes for those who meet again: one of two such, chosen by chance, changes places with somebody
//! of another group of that round. A change that makes nothing worse is kept; now and then, the more
//! seldom the longer it lasts, one that does, or the search would end in the first dead end.
//!
//! That two meet a third time costs little more than the second time. So where some have to meet again
//! it is rather the same few, and everybody meets as many others as can be.

use super::bound::bound;
use super::met::{AGAIN, Met};
use super::{RotationRequest, Seating, Sizes};
use crate::select::Dice;

/// How many changes are tried at most, between pairs of many people; between tables fewer, for each costs
/// more, and of few people more, for among them strangers are scarce.
const TRIES: u64 = 400_000;

/// From how many people on there are no more tries than that.
const MANY: u64 = 96;

/// What an uneven share of triads and rests costs beside meeting again.
const UNEVEN: i64 = 8;

/// What meeting again costs beside that.
const WEIGHT: i64 = 6;

/// Returns rounds to begin the search of tables with: in each round everybody at the seat numbered so
/// moves on by that many tables. With as many tables as a prime number not less than their seats nobody
/// meets again before every table was passed.
pub(super) fn beginning(sizes: &Sizes, request: &RotationRequest) -> Vec<Seating> {
    let tables = sizes.groups.len();
    let mut dealt = vec![Vec::new(); tables];
    let mut person = 0;
    for seat in 0..sizes.groups.first().copied().unwrap_or_default() {
        for table in (0..tables).filter(|table| sizes.groups[*table] > seat) {
            dealt[table].push((seat, person));
            person += 1;
        }
    }
    let round = |round: usize| {
        let mut groups = vec![Vec::new(); tables];
        for (table, people) in dealt.iter().enumerate() {
            for (seat, person) in people {
                // Where tables differ in size, the odd seats stay: there are not enough to move on to.
                let is_full = sizes.groups.iter().all(|size| size > seat);
                let moved = if is_full { round * seat } else { 0 };
                groups[(table + moved) % tables].push(*person);
            }
        }
        Seating { groups, resting: Vec::new() }
    };
    // Those that are past went the first way.
    (0..request.rounds).map(|number| round(number + request.past.len())).collect()
}

/// Returns rounds in which fewer meet again than in `rounds`, or none more.
pub(super) fn improve(rounds: Vec<Seating>, request: &RotationRequest) -> Vec<Seating> {
    if rounds.iter().all(|round| round.groups.len() + round.resting.len() < 2) {
        return rounds;
    }
    let mut search = Search::new(rounds, request);
    search.run();
    search.best
}

struct Search {
    rounds: Vec<Seating>,
    met: Met,
    dice: Dice,
    best: Vec<Seating>,
    best_cost: i64,
    tries: u64,
    /// What no rounds can cost less than.
    least: i64,
    /// How unevenly the triads and rests are shared: the sum of the squares.
    uneven: i64,
    /// What that is at the least.
    most_even: i64,
}

/// A place in a round: the group and the seat; the group after the last is the resting one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    group: usize,
    seat: usize,
}

impl Search {
    fn new(rounds: Vec<Seating>, request: &RotationRequest) -> Self {
        let mut met = Met::new(request);
        rounds.iter().for_each(|round| met.add(round));
        let spares: Vec<i64> = (0..request.people).map(|at| i64::from(met.spare(at))).collect();
        let (all, people) = (spares.iter().sum::<i64>(), request.people as i64);
        let (each, more) = (all / people, all % people);
        let groups = rounds.iter().flat_map(|round| &round.groups);
        let largest = groups.map(Vec::len).max().unwrap_or_default() as u64;
        let mut search = Self {
            best: rounds.clone(),
            rounds,
            met,
            dice: Dice::new(request.seed),
            best_cost: 0,
            tries: TRIES * 2 / largest.max(2) * (MANY / request.people.max(1) as u64).clamp(1, 3),
            least: bound(request, &Met::new(request)) as i64 * i64::from(AGAIN + 1) * WEIGHT,
            uneven: spares.iter().map(|spare| spare * spare).sum(),
            most_even: (people - more) * each * each + more * (each + 1) * (each + 1),
        };
        search.best_cost = search.cost();
        search
    }

    fn cost(&self) -> i64 {
        i64::from(self.met.cost()) * WEIGHT + (self.uneven - self.most_even) * UNEVEN
    }

    fn run(&mut self) {
        let mut cost = self.best_cost;
        for tried in 0..self.tries {
            if self.best_cost == self.least {
                return;
            }
            let round = self.dice.below(self.rounds.len() as u64) as usize;
            let Some((from, to)) = self.places(round) else { continue };
            self.swap(round, from, to);
            let now = self.cost();
            if now <= cost || self.is_daring(now - cost, tried) {
                cost = now;
                if cost < self.best_cost {
                    self.best_cost = cost;
                    self.best.clone_from(&self.rounds);
                }
            } else {
                self.swap(round, from, to);
            }
        }
    }

    /// Returns whether a change for the worse is made all the same.
    fn is_daring(&mut self, worse: i64, tried: u64) -> bool {
        // Half as likely with every fourteen that it costs; later on a quarter, and so on.
        let halves = (worse as u64 * (1 + 7 * tried / self.tries) / 14).min(40);
        self.dice.below(1 << halves) == 0
    }

    /// Returns two places of a round whose people may change: one of somebody whom a change can help,
    /// and any other.
    fn places(&mut self, round: usize) -> Option<(Place, Place)> {
        let from = self.any_place(round)?;
        let to = self.any_place(round)?;
        let is_helped = self.is_ill_placed(round, from) || self.is_ill_placed(round, to);
        (from.group != to.group && is_helped).then_some((from, to))
    }

    fn any_place(&mut self, round: usize) -> Option<Place> {
        let groups = self.rounds[round].groups.len();
        let group = self.dice.below((groups + self.rounds[round].resting.len()) as u64) as usize;
        let group = group.min(groups);
        let seats = self.group(round, group).len() as u64;
        (seats > 0).then(|| Place { group, seat: self.dice.below(seats) as usize })
    }

    fn group(&self, round: usize, group: usize) -> &Vec<usize> {
        let round = &self.rounds[round];
        round.groups.get(group).unwrap_or(&round.resting)
    }

    /// Returns whether somebody meets again here, or is the one too many more often than need be.
    fn is_ill_placed(&self, round: usize, place: Place) -> bool {
        let group = self.group(round, place.group);
        let person = group[place.seat];
        let again = |with: &usize| {
            *with != person
                && (self.met.times(*with, person) > 1 || self.met.are_apart(*with, person))
        };
        self.uneven > self.most_even && self.met.spare(person) > 0
            || place.group < self.rounds[round].groups.len() && group.iter().any(again)
    }

    /// Lets two people change places.
    fn swap(&mut self, round: usize, from: Place, to: Place) {
        let (a, b) = (self.person(round, from), self.person(round, to));
        self.leave(round, from);
        self.leave(round, to);
        let spare = [self.is_spare(round, from.group), self.is_spare(round, to.group)];
        match spare {
            [true, false] => self.take_turn(b, a),
            [false, true] => self.take_turn(a, b),
            _ => {}
        }
        *self.person_mut(round, from) = b;
        *self.person_mut(round, to) = a;
        self.join(round, from);
        self.join(round, to);
    }

    fn take_turn(&mut self, comes: usize, goes: usize) {
        let square = |met: &Met, at: usize| i64::from(met.spare(at)).pow(2);
        let sum = |met: &Met| square(met, comes) + square(met, goes);
        let before = sum(&self.met);
        self.met.take_turn(comes, goes);
        self.uneven += sum(&self.met) - before;
    }

    /// Returns whether those of a group are the ones too many of their round.
    fn is_spare(&self, round: usize, group: usize) -> bool {
        let groups = &self.rounds[round].groups;
        let Some(own) = groups.get(group) else { return true };
        own.len() > 2 && groups.iter().any(|other| other.len() == 2)
    }

    fn person(&self, round: usize, place: Place) -> usize {
        self.group(round, place.group)[place.seat]
    }

    fn person_mut(&mut self, round: usize, place: Place) -> &mut usize {
        let Seating { groups, resting } = &mut self.rounds[round];
        &mut groups.get_mut(place.group).unwrap_or(resting)[place.seat]
    }

    fn leave(&mut self, round: usize, place: Place) {
        let Some(group) = self.rounds[round].groups.get(place.group) else { return };
        let person = group[place.seat];
        let others = group.iter().filter(|other| **other != person);
        others.for_each(|other| self.met.part(*other, person));
    }

    fn join(&mut self, round: usize, place: Place) {
        let Some(group) = self.rounds[round].groups.get(place.group) else { return };
        let person = group[place.seat];
        let others = group.iter().filter(|other| **other != person);
        others.for_each(|other| self.met.meet(*other, person));
    }
}
