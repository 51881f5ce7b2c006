//! The circle method: one stays, all others move on by one place around a ring.

use std::collections::BTreeSet;

use super::{Odd, RotationRequest, Seating};

/// Returns rounds of pairs in which everybody meets everybody before anybody meets again.
///
/// With an odd number the place opposite the ring's head is empty, and whoever comes to it rests:
/// everybody once before anybody twice. After the last possible round the first returns.
pub(super) fn rounds(people: usize, rounds: usize) -> Vec<Seating> {
    from(0, people, rounds)
}

/// Returns the rounds from number `first` on.
fn from(first: usize, people: usize, rounds: usize) -> Vec<Seating> {
    (first..first + rounds).map(|round| seating(people, round)).collect()
}

/// Returns one round: places are added up to an even number, and the added one is empty.
fn seating(people: usize, round: usize) -> Seating {
    let ring = people.next_multiple_of(2) - 1;
    let on_ring = |place: usize| (round + place) % ring;
    let head = on_ring(0);
    let others = (1..=ring / 2).map(|step| [on_ring(step), on_ring(ring - step)]);
    let mut seating = Seating::default();
    match people.is_multiple_of(2) {
        true => seating.groups.push(vec![head, ring]),
        false => seating.resting.push(head),
    }
    seating.groups.extend(others.map(Vec::from));
    seating
}

/// Returns rounds to begin a search with: those of the circle, in which whoever rested joins a pair
/// where triads are asked for, and those who shall not meet meet in rounds that are not used, as far
/// as each has but one whom not to meet.
pub(super) fn beginning(request: &RotationRequest) -> Vec<Seating> {
    let people = request.people;
    let all = people.next_multiple_of(2) - 1;
    let past = request.past.len();
    let mut rounds = from(past, people, request.rounds);
    if past + request.rounds < all {
        let names = names(people, &seating(people, all - 1), request.apart);
        for group in rounds.iter_mut().flat_map(|round| &mut round.groups) {
            group.iter_mut().for_each(|person| *person = names[*person]);
        }
        for person in rounds.iter_mut().flat_map(|round| &mut round.resting) {
            *person = names[*person];
        }
    }
    if request.odd == Odd::Triad {
        for (number, round) in rounds.iter_mut().enumerate() {
            let pairs = round.groups.len();
            if pairs > 0 {
                round.groups[number * 2 % pairs].append(&mut round.resting);
            }
        }
    }
    rounds
}

/// Returns who takes each number on the ring so that those who shall not meet are the pairs of a
/// round that is not used.
fn names(people: usize, unused: &Seating, apart: &[(usize, usize)]) -> Vec<usize> {
    let mut names = vec![usize::MAX; people];
    let mut placed = BTreeSet::new();
    let mut places = unused.groups.iter();
    for (a, b) in apart {
        if a == b || a.max(b) >= &people || placed.contains(a) || placed.contains(b) {
            continue;
        }
        let Some(place) = places.next() else { break };
        (names[place[0]], names[place[1]]) = (*a, *b);
        placed.extend([*a, *b]);
    }
    let mut others = (0..people).filter(|person| !placed.contains(person));
    for name in names.iter_mut().filter(|name| **name == usize::MAX) {
        *name = others.next().unwrap_or_default();
    }
    names
}
