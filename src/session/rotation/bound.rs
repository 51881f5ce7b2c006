//! What no plan could better, and what this one reaches.

use super::met::Met;
use super::{Grouping, RotationRequest, Seating, sizes};

/// Who meets again, beside what cannot be helped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meetings {
    /// How many meetings there are in all.
    pub all: usize,
    /// How many of them are of two who have met before.
    pub again: usize,
    /// How many no plan with these groups can do without.
    pub bound: usize,
    /// Who meets more than once, the lower number first.
    pub pairs: Vec<(usize, usize)>,
    /// Who meets though they shall not.
    pub apart: Vec<(usize, usize)>,
}

impl Meetings {
    pub(super) fn of(request: &RotationRequest, rounds: &[Seating]) -> Self {
        if matches!(request.grouping, Grouping::Alone | Grouping::All) {
            return Self::default();
        }
        let mut met = Met::new(request);
        let bound = bound(request, &met);
        let mut meetings = Self { bound, ..Self::default() };
        for (a, b) in rounds.iter().flat_map(Seating::meetings) {
            meetings.all += 1;
            if met.times(a, b) > 0 {
                meetings.again += 1;
                meetings.pairs.push((a, b));
            }
            if met.are_apart(a, b) {
                meetings.apart.push((a, b));
            }
            met.meet(a, b);
        }
        for pairs in [&mut meetings.pairs, &mut meetings.apart] {
            pairs.sort_unstable();
            pairs.dedup();
        }
        meetings
    }
}

/// Returns how many meetings of two who have met no plan can do without: those for which there are not
/// enough pairs of strangers, in the whole room or around each person, whichever is more.
pub(super) fn bound(request: &RotationRequest, met: &Met) -> usize {
    let people = request.people;
    let sizes = sizes(people, request.grouping, request.table, request.odd);
    // A plan may yet let two meet who shall not, where nothing else is left.
    let stranger = |a: usize, b: usize| a != b && met.times(a, b) == 0;
    let strangers: Vec<usize> =
        (0..people).map(|a| (0..people).filter(|b| stranger(a, *b)).count()).collect();
    let of_group = |size: &usize| size * size.saturating_sub(1) / 2;
    let each: usize = sizes.groups.iter().map(of_group).sum();
    let in_room = (each * request.rounds).saturating_sub(strangers.iter().sum::<usize>() / 2);
    // Nobody meets fewer than those of the smallest group, and who rests meets none.
    let fewest = match sizes.resting {
        0 => sizes.groups.iter().min().map_or(0, |size| size - 1),
        _ => 0,
    };
    let around: usize = strangers
        .iter()
        .map(|strangers| (fewest * request.rounds).saturating_sub(*strangers))
        .sum();
    let bound = in_room.max(around.div_ceil(2));
    if !request.past.is_empty() {
        return bound;
    }
    bound.max(match request.grouping {
        Grouping::Circles => across_circles(request, sizes.resting),
        _ => at_same_tables(&sizes.groups, request.rounds),
    })
}

/// Returns how many must meet again because only the two circles meet.
fn across_circles(request: &RotationRequest, resting: usize) -> usize {
    let (inner, outer) = (request.people / 2, request.people.div_ceil(2));
    (request.rounds * (outer - resting)).saturating_sub(inner * outer)
}

/// Returns how many must meet again because those of one table of the first round have fewer tables to
/// go to than they are.
fn at_same_tables(sizes: &[usize], rounds: usize) -> usize {
    let tables = sizes.len().max(1);
    let again = |size: &usize| {
        let (each, more) = (size / tables, size % tables);
        (tables - more) * each * each.saturating_sub(1) / 2 + more * (each + 1) * each / 2
    };
    sizes.iter().map(again).sum::<usize>() * rounds.saturating_sub(1)
}
