//! Who sits where in each stage.

use std::collections::BTreeSet;

use super::format::{Format, Part};
use super::plan::{Stage, What};
use super::rotation::{Grouping, Meetings, Odd, RotationRequest, Seating, sizes};

/// What is asked of the seats of a session.
#[derive(Clone, Copy, Debug)]
pub(super) struct SeatRequest<'a> {
    /// The format.
    pub format: &'a Format,
    /// How many people there are.
    pub people: usize,
    /// What becomes of the one whom pairs leave over.
    pub odd: Odd,
    /// Who shall not meet.
    pub apart: &'a [(usize, usize)],
    /// The rounds that are past.
    pub past: &'a [Seating],
    /// The number that chance starts from.
    pub seed: u64,
}

/// Seats everybody in every stage, and returns how well that mixes people.
pub(super) fn seat(request: &SeatRequest, stages: &mut [Stage]) -> Option<Meetings> {
    let mut seats = Seats::new(request);
    for (number, part) in request.format.parts.iter().enumerate() {
        let rounds = stages.iter_mut().filter(|stage| stage.part == Some(number));
        let rounds: Vec<&mut Stage> = rounds.collect();
        let seatings = seats.part(part, rounds.len());
        for (stage, seating) in rounds.into_iter().zip(seatings) {
            stage.seating = seating;
        }
    }
    if let Some(landing) = stages.last_mut() {
        landing.seating = seats.landing(&request.format.landing);
    }
    let whole = seats.whole();
    for stage in stages.iter_mut().filter(|stage| matches!(stage.what, What::Opening | What::Quiet))
    {
        stage.seating = whole.clone();
    }
    seats.meetings
}

/// Returns those of `apart` who meet all the same.
pub(super) fn not_apart(stages: &[Stage], apart: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let of_plan = stages.iter().filter(|stage| !stage.steps.is_empty());
    let met: BTreeSet<(usize, usize)> =
        of_plan.flat_map(|stage| stage.seating.meetings()).collect();
    let meet = |(a, b): &&(usize, usize)| met.contains(&(*a.min(b), *a.max(b)));
    apart.iter().filter(meet).copied().collect()
}

/// The seats of a session while they are given out.
struct Seats<'a> {
    request: &'a SeatRequest<'a>,
    /// All rounds so far: those that are past first.
    known: Vec<Seating>,
    /// How many of them are those of this plan.
    seated: usize,
    /// How people sat last in each kind of groups, the latest at the end.
    last: Vec<(Grouping, Seating)>,
    meetings: Option<Meetings>,
}

impl<'a> Seats<'a> {
    fn new(request: &'a SeatRequest<'a>) -> Self {
        let known = request.past.to_vec();
        Self { request, known, seated: 0, last: Vec::new(), meetings: None }
    }

    /// Returns the seatings of a part's rounds.
    fn part(&mut self, part: &Part, rounds: usize) -> Vec<Seating> {
        let past = self.request.past.len().saturating_sub(self.seated).min(rounds);
        let mut seatings: Vec<Seating> = self.request.past
            [self.request.past.len().min(self.seated)..]
            .iter()
            .take(past)
            .cloned()
            .collect();
        // Where all of a group have left, nobody sits.
        let round = |seating: &mut Seating| seating.groups.retain(|group| !group.is_empty());
        seatings.iter_mut().for_each(round);
        let left = rounds - past;
        // Later parts, and whoever stays together, go on from how people sat last: newcomers among them.
        let is_mixed = !matches!(part.grouping, Grouping::Alone | Grouping::All);
        if let Some(last) = seatings.last().filter(|_| past > 0 && is_mixed) {
            let here = mended(last.clone(), self.request.people);
            self.remember(part.grouping, Some(&here));
        }
        if left == 0 {
            self.seated += rounds;
            return seatings;
        }
        seatings.extend(self.seat(part, left));
        self.seated += rounds;
        self.remember(part.grouping, seatings.last());
        seatings
    }

    fn remember(&mut self, grouping: Grouping, seating: Option<&Seating>) {
        if let Some(seating) = seating {
            self.last.retain(|(known, _)| *known != grouping);
            self.last.push((grouping, seating.clone()));
        }
    }

    fn seat(&mut self, part: &Part, rounds: usize) -> Vec<Seating> {
        let last = self.last.last().cloned();
        let stays = self.request.format.stay;
        match (part.grouping, last) {
            _ if rounds == 0 => Vec::new(),
            (Grouping::Alone | Grouping::All, _) => self.rotated(part.grouping, rounds),
            (grouping, _) if stays && self.seated_as(grouping).is_some() => {
                let seating = self.seated_as(grouping).cloned().unwrap_or_default();
                vec![mended(seating, self.request.people); rounds]
            }
            (Grouping::Pairs, _) if stays => vec![self.as_listed(); rounds],
            (Grouping::Fours, Some((Grouping::Pairs, pairs))) => vec![joined(&pairs); rounds],
            (grouping, _) => {
                let mixed = self.rotated(grouping, rounds);
                self.known.extend(mixed.iter().cloned());
                mixed
            }
        }
    }

    fn rotated(&mut self, grouping: Grouping, rounds: usize) -> Vec<Seating> {
        let request = self.request;
        let rotation = RotationRequest {
            people: request.people,
            grouping,
            table: request.format.table,
            rounds,
            odd: request.odd,
            apart: request.apart,
            past: &self.known,
            seed: request.seed,
        }
        .rotate();
        if !matches!(grouping, Grouping::Alone | Grouping::All) {
            let meetings = self.meetings.get_or_insert_default();
            meetings.all += rotation.meetings.all;
            meetings.again += rotation.meetings.again;
            meetings.bound += rotation.meetings.bound;
            meetings.pairs.extend(rotation.meetings.pairs);
            meetings.apart.extend(rotation.meetings.apart);
        }
        rotation.rounds
    }

    /// Returns pairs as people are listed: the first two, the next two.
    fn as_listed(&self) -> Seating {
        let people: Vec<usize> = (0..self.request.people).collect();
        let mut sizes = sizes(people.len(), Grouping::Pairs, 0, self.request.odd);
        // The larger group stands last, where the list ends.
        sizes.groups.reverse();
        let mut rest = &people[..];
        let mut seating = Seating::default();
        for size in sizes.groups {
            let (group, others) = rest.split_at(size);
            seating.groups.push(group.to_vec());
            rest = others;
        }
        seating.resting = rest.to_vec();
        seating
    }

    /// Returns how people sit at the end: with those they are with, if that is how the landing goes.
    fn landing(&mut self, part: &Part) -> Seating {
        let known = self.seated_as(part.grouping).cloned();
        let mut seating = known.unwrap_or_else(|| self.seat(part, 1).pop().unwrap_or_default());
        // Nobody rests while the others thank each other.
        if let Some(last) = seating.groups.last_mut() {
            last.append(&mut seating.resting);
        }
        seating
    }

    /// Returns how people sat last in groups of this kind.
    fn seated_as(&self, grouping: Grouping) -> Option<&Seating> {
        self.last.iter().find(|(known, _)| *known == grouping).map(|(_, seating)| seating)
    }

    /// Returns all in one group.
    fn whole(&self) -> Seating {
        Seating { groups: vec![(0..self.request.people).collect()], resting: Vec::new() }
    }
}

/// Returns a seating in which everybody sits with somebody: newcomers, and those whose company has left,
/// sit down together in pairs, and one who is left over joins the smallest group.
fn mended(mut seating: Seating, people: usize) -> Seating {
    seating.groups.retain(|group| !group.is_empty());
    let is_seated = |person: &usize| {
        seating.groups.iter().any(|group| group.len() > 1 && group.contains(person))
    };
    let loose: Vec<usize> = (0..people).filter(|person| !is_seated(person)).collect();
    seating.groups.retain(|group| group.len() > 1);
    for pair in loose.chunks(2) {
        // The last of the smallest groups takes one more.
        let smallest = seating.groups.iter_mut().rev().min_by_key(|group| group.len());
        match (pair, smallest) {
            ([alone], Some(group)) => group.push(*alone),
            _ => seating.groups.push(pair.to_vec()),
        }
    }
    Seating { groups: seating.groups, resting: Vec::new() }
}

/// Joins every two groups to one; the last of an odd number joins the two before it.
fn joined(seating: &Seating) -> Seating {
    let mut groups: Vec<Vec<usize>> = seating.groups.chunks(2).map(<[_]>::concat).collect();
    if seating.groups.len() > 1 && !seating.groups.len().is_multiple_of(2) {
        let last = groups.pop().unwrap_or_default();
        if let Some(before) = groups.last_mut() {
            before.extend(last);
        }
    }
    if let Some(group) = groups.last_mut() {
        group.extend(&seating.resting);
    }
    Seating { groups, resting: Vec::new() }
}
