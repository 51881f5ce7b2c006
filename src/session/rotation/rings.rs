//! Concentric circles: the inner stays, the outer moves on by one place.

use std::collections::{BTreeMap, BTreeSet};

use super::met::Met;
use super::{Odd, RotationRequest, Seating};

/// Returns the rounds. In each group the one of the inner circle is named first.
///
/// With an odd number the outer circle has one place more than the inner: whoever comes to it rests,
/// or joins the two whom that lets meet fewest again. Those who shall not meet sit in the same circle,
/// as far as the circles then come out alike. After rounds that are past everybody keeps the circle
/// they had, newcomers go where there is room, and the outer circle begins at the place from which
/// fewest meet again.
pub(super) fn rounds(request: &RotationRequest) -> Vec<Seating> {
    let [inner, outer] = circles(request);
    let starts = if request.past.is_empty() { 0..1 } else { 0..outer.len().max(1) };
    let tried = starts.map(|start| {
        let mut met = Met::new(request);
        let rounds: Vec<Seating> = (0..request.rounds)
            .map(|round| {
                let left = request.rounds - round - 1;
                let spare = Spare { odd: request.odd, left, met: &met };
                let seating = seating(&inner, &outer, start + round, &spare);
                met.add(&seating);
                seating
            })
            .collect();
        (met.cost(), rounds)
    });
    // The first of equal ones: people need not leave their chairs for nothing.
    tried.min_by_key(|(cost, _)| *cost).map(|(_, rounds)| rounds).unwrap_or_default()
}

/// What becomes of the one whom the circles leave over.
struct Spare<'a> {
    odd: Odd,
    /// How many rounds follow.
    left: usize,
    met: &'a Met,
}

fn seating(inner: &[usize], outer: &[usize], moved: usize, spare: &Spare) -> Seating {
    let at = |place: usize| outer[(place + outer.len() - moved % outer.len()) % outer.len()];
    let mut groups: Vec<Vec<usize>> =
        inner.iter().enumerate().map(|(place, person)| vec![*person, at(place)]).collect();
    let mut resting: Vec<usize> = (inner.len()..outer.len()).map(at).collect();
    if spare.odd == Odd::Triad && !groups.is_empty() {
        for person in resting.drain(..) {
            let place = spare.place(&groups, person);
            groups[place].push(person);
        }
    }
    Seating { groups, resting }
}

impl Spare<'_> {
    /// Returns the group that `person` joins: one of strangers, and none to which they come later.
    fn place(&self, groups: &[Vec<usize>], person: usize) -> usize {
        let cost = |place: &usize| {
            let again: u32 =
                groups[*place].iter().map(|with| self.met.cost_of(*with, person)).sum();
            // The place after the last is the first, and then they come to each in turn.
            (again, *place < self.left, groups.len() - place)
        };
        (0..groups.len()).min_by_key(cost).unwrap_or_default()
    }
}

/// Returns who sits in the inner circle and who in the outer, which has one more where the number is
/// odd.
fn circles(request: &RotationRequest) -> [Vec<usize>; 2] {
    let room = [request.people / 2, request.people.div_ceil(2)];
    let was_inner = side_before(request);
    let mut circles = [Vec::new(), Vec::new()];
    let mut late = Vec::new();
    for bond in bonds(request) {
        let wish = bond.iter().find_map(|person| was_inner.get(person));
        let wish = wish.map(|inner| usize::from(!inner));
        let fits = |side: usize| circles[side].len() + bond.len() <= room[side];
        let emptier = usize::from(circles[0].len() > circles[1].len());
        match [wish, Some(emptier), Some(1 - emptier)].into_iter().flatten().find(|at| fits(*at)) {
            Some(side) => circles[side].extend(bond),
            None => late.extend(bond),
        }
    }
    for person in late {
        let side = usize::from(circles[0].len() >= room[0]);
        circles[side].push(person);
    }
    circles.iter_mut().for_each(|circle| circle.sort_unstable());
    circles
}

/// Returns whether people sat in the inner circle when they last sat in one.
fn side_before(request: &RotationRequest) -> BTreeMap<usize, bool> {
    let mut sides = BTreeMap::new();
    // Of whom nobody is left to face it is not known who sat where.
    let groups = request.past.iter().flat_map(|round| &round.groups);
    for group in groups.filter(|group| group.len() > 1) {
        let known = group.iter().filter(|person| **person < request.people);
        sides.extend(known.map(|person| (*person, *person == group[0])));
    }
    sides
}

/// Returns those who must share a circle, the largest sets first, then in order.
fn bonds(request: &RotationRequest) -> Vec<Vec<usize>> {
    let mut left: BTreeSet<usize> = (0..request.people).collect();
    let mut bonds = Vec::new();
    while let Some(first) = left.pop_first() {
        let mut bond = vec![first];
        let mut at = 0;
        while at < bond.len() {
            let person = bond[at];
            let others =
                request.apart.iter().filter_map(|(a, b)| match (*a == person, *b == person) {
                    (true, false) => Some(*b),
                    (false, true) => Some(*a),
                    _ => None,
                });
            bond.extend(others.filter(|other| left.remove(other)));
            at += 1;
        }
        bonds.push(bond);
    }
    bonds.sort_by_key(|bond| std::cmp::Reverse(bond.len()));
    bonds
}
