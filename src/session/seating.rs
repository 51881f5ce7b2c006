//! Who sits where in each stage.

use super::format::Part;
use super::request::SessionRequest;
use super::rotation::{Grouping, Meetings, RotationRequest, Seating, sizes};

/// The seats of a session while they are given out.
pub(super) struct Seats<'a> {
    request: &'a SessionRequest<'a>,
    /// All rounds so far: those that are past first.
    known: Vec<Seating>,
    /// How many of them are those of this plan.
    seated: usize,
    /// How people sat last in each kind of groups, the latest at the end.
    last: Vec<(Grouping, Seating)>,
    meetings: Option<Meetings>,
}

impl<'a> Seats<'a> {
    pub fn new(request: &'a SessionRequest<'a>) -> Self {
        let known = request.past.to_vec();
        Self { request, known, seated: 0, last: Vec::new(), meetings: None }
    }

    /// Returns the seatings of a part's rounds.
    pub fn part(&mut self, part: &Part, rounds: usize) -> Vec<Seating> {
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
        seatings.extend(self.seat(part, left));
        self.seated += rounds;
        if let Some(last) = seatings.last() {
            self.last.retain(|(grouping, _)| *grouping != part.grouping);
            self.last.push((part.grouping, last.clone()));
        }
        seatings
    }

    fn seat(&mut self, part: &Part, rounds: usize) -> Vec<Seating> {
        let last = self.last.last().cloned();
        let stays = self.request.format.stay;
        match (part.grouping, last) {
            _ if rounds == 0 => Vec::new(),
            (Grouping::Alone | Grouping::All, _) => self.rotated(part.grouping, rounds),
            (grouping, _) if stays && self.seated_as(grouping).is_some() => {
                let seating = self.seated_as(grouping).cloned().unwrap_or_default();
                vec![mended(seating, self.request.people.len()); rounds]
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
            people: request.people.len(),
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
        let people: Vec<usize> = (0..self.request.people.len()).collect();
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
    pub fn landing(&mut self, part: &Part) -> Seating {
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
    pub fn whole(&self) -> Seating {
        Seating { groups: vec![(0..self.request.people.len()).collect()], resting: Vec::new() }
    }

    pub fn meetings(self) -> Option<Meetings> {
        self.meetings
    }
}

/// Returns a seating in which everybody sits with somebody: newcomers, and those whose company has left,
/// sit down together in pairs, and one who is left over joins the last group.
fn mended(mut seating: Seating, people: usize) -> Seating {
    seating.groups.retain(|group| !group.is_empty());
    let is_seated = |person: &usize| {
        seating.groups.iter().any(|group| group.len() > 1 && group.contains(person))
    };
    let loose: Vec<usize> = (0..people).filter(|person| !is_seated(person)).collect();
    seating.groups.retain(|group| group.len() > 1);
    for pair in loose.chunks(2) {
        match (pair, seating.groups.last_mut()) {
            ([alone], Some(last)) => last.push(*alone),
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
