//! How many groups there are, and how large.

use super::{Grouping, Odd};

/// The sizes of the groups of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// How many sit in each group, larger groups first.
    pub groups: Vec<usize>,
    /// How many rest.
    pub resting: usize,
}

/// Returns how `people` are shared among groups.
///
/// Pairs leave one over where the number is odd, who makes a pair a triad or rests. Threes are never
/// less than three, so that somebody can observe, if there are as many. Fours and tables come as
/// near to their size as they can, and differ by one at most.
pub fn sizes(people: usize, grouping: Grouping, table: usize, odd: Odd) -> Sizes {
    let whole = |groups: Vec<usize>| Sizes { groups, resting: 0 };
    match grouping {
        Grouping::Alone => whole(vec![1; people]),
        Grouping::All => whole(vec![people]),
        Grouping::Pairs | Grouping::Circles => pairs(people, odd),
        Grouping::Threes => whole(even(people, (people / 3).max(1))),
        Grouping::Fours => whole(even(people, nearest(people, 4))),
        Grouping::Tables => whole(even(people, nearest(people, table.max(1)))),
    }
}

fn pairs(people: usize, odd: Odd) -> Sizes {
    let is_odd = !people.is_multiple_of(2);
    match odd {
        Odd::Triad if is_odd && people >= 3 => {
            let mut groups = vec![2; people / 2];
            groups[0] = 3;
            Sizes { groups, resting: 0 }
        }
        _ => Sizes { groups: vec![2; people / 2], resting: usize::from(is_odd) },
    }
}

/// Returns how many groups bring their sizes nearest to `size`; of two numbers the smaller.
fn nearest(people: usize, size: usize) -> usize {
    let fewest = (people / size).max(1);
    let off = |groups: usize| {
        let (least, most) = (people / groups, people.div_ceil(groups));
        least.abs_diff(size).max(most.abs_diff(size))
    };
    if off(fewest + 1) < off(fewest) { fewest + 1 } else { fewest }
}

/// Shares people evenly, larger groups first.
fn even(people: usize, groups: usize) -> Vec<usize> {
    (0..groups).map(|at| people / groups + usize::from(at < people % groups)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_come_near_their_size() {
        let of = |people, grouping| sizes(people, grouping, 6, Odd::Triad).groups;
        assert_eq!(of(7, Grouping::Pairs), [3, 2, 2]);
        assert_eq!(of(1, Grouping::Pairs), Vec::<usize>::new());
        assert_eq!(of(11, Grouping::Threes), [4, 4, 3]);
        assert_eq!(of(5, Grouping::Threes), [5]);
        assert_eq!(of(6, Grouping::Fours), [3, 3]);
        assert_eq!(of(9, Grouping::Fours), [5, 4]);
        assert_eq!(of(8, Grouping::Tables), [8]);
        assert_eq!(of(9, Grouping::Tables), [5, 4]);
        assert_eq!(of(200, Grouping::Tables).iter().sum::<usize>(), 200);
        let rest = sizes(7, Grouping::Pairs, 0, Odd::Rest);
        assert_eq!((rest.groups, rest.resting), (vec![2, 2, 2], 1));
    }
}
