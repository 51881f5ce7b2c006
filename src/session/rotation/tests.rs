use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

const PLAIN: RotationRequest = RotationRequest {
    people: 2,
    grouping: Grouping::Pairs,
    table: 6,
    rounds: 1,
    odd: Odd::Triad,
    apart: &[],
    past: &[],
    seed: 7,
};

/// Asserts that everybody has one place in each round.
fn assert_placed(request: &RotationRequest, rounds: &[Seating]) {
    assert_eq!(rounds.len(), request.rounds);
    for round in rounds {
        let mut people: Vec<usize> = round.groups.concat();
        people.extend(&round.resting);
        people.sort_unstable();
        assert_eq!(people, (0..request.people).collect::<Vec<_>>(), "{round:?}");
    }
}

/// Returns how many meetings are of two who met in an earlier round, counted anew.
fn again(rounds: &[Seating], past: &[Seating]) -> usize {
    let mut met: BTreeSet<(usize, usize)> = past.iter().flat_map(Seating::meetings).collect();
    rounds.iter().flat_map(Seating::meetings).filter(|pair| !met.insert(*pair)).count()
}

#[test]
fn an_even_number_meets_everybody_in_one_round_less() {
    for people in (2..=60).step_by(2) {
        let rotation = RotationRequest { people, rounds: people - 1, ..PLAIN }.rotate();
        assert_eq!(again(&rotation.rounds, &[]), 0, "{people}");
        let all: usize = rotation.rounds.iter().map(|round| round.meetings().count()).sum();
        assert_eq!(all, people * (people - 1) / 2);
    }
}

#[test]
fn of_an_odd_number_everybody_rests_once_before_anybody_rests_twice() {
    for people in (3..=41).step_by(2) {
        let request = RotationRequest { people, rounds: people, odd: Odd::Rest, ..PLAIN };
        let rotation = request.rotate();
        assert_eq!(rotation.meetings.again, 0);
        let rested: BTreeSet<usize> =
            rotation.rounds.iter().flat_map(|round| round.resting.iter().copied()).collect();
        assert_eq!(rested.len(), people);
    }
}

#[test]
fn triads_are_shared_out_and_let_nobody_meet_twice() {
    for people in (9..=41).step_by(2) {
        let rounds = (people / 2).min(10);
        let rotation = RotationRequest { people, rounds, ..PLAIN }.rotate();
        assert_eq!(rotation.meetings.again, 0, "{people} × {rounds}");
        let mut times = vec![0; people];
        for round in &rotation.rounds {
            let triads: Vec<&Vec<usize>> = round.groups.iter().filter(|it| it.len() == 3).collect();
            assert_eq!(triads.len(), 1);
            triads[0].iter().for_each(|person| times[*person] += 1);
        }
        let uneven = times.iter().max().zip(times.iter().min()).map(|(most, least)| most - least);
        assert!(uneven <= Some(1), "{people} × {rounds}: {times:?}");
    }
}

#[test]
fn tables_mix_as_well_as_is_known_to_be_possible() {
    let tables = |people, table, rounds| {
        let grouping = Grouping::Tables;
        RotationRequest { people, grouping, table, rounds, ..PLAIN }.rotate().meetings
    };
    // A plane of five lines each way, and twenty golfers who play for five weeks.
    for (people, table, rounds) in [(25, 5, 6), (9, 3, 4), (16, 4, 5), (20, 4, 5), (200, 6, 10)] {
        assert_eq!(tables(people, table, rounds).again, 0, "{people}, {table}, {rounds}");
    }
    // Four who come from one table have but three to go to.
    assert_eq!((tables(12, 4, 3).again, tables(12, 4, 3).bound), (6, 6));
    assert_eq!((tables(18, 6, 3).again, tables(18, 6, 3).bound), (18, 18));
    // Where some must meet again the same few do, and everybody meets as many others as can be.
    for (people, table, rounds, again) in [
        (18, 6, 4, 27),
        (12, 6, 3, 24),
        (24, 6, 3, 16),
        (16, 6, 3, 14),
        (30, 6, 4, 15),
        (17, 6, 4, 24),
    ] {
        let reached = tables(people, table, rounds);
        assert_eq!((reached.again, reached.bound), (again, again), "{people}, {table}, {rounds}");
    }
}

#[test]
fn triads_of_few_people_meet_again_as_seldom_as_can_be() {
    for (people, rounds) in [(14, 4), (10, 4)] {
        let grouping = Grouping::Threes;
        let meetings = RotationRequest { people, grouping, rounds, ..PLAIN }.rotate().meetings;
        assert_eq!(meetings.again, meetings.bound, "{people} × {rounds}");
    }
}

#[test]
fn circles_meet_all_of_the_other_circle() {
    for people in (4..=40).step_by(2) {
        let grouping = Grouping::Circles;
        let request = RotationRequest { people, grouping, rounds: people / 2, ..PLAIN };
        let rotation = request.rotate();
        assert_eq!(rotation.meetings.again, 0);
        let inner: BTreeSet<usize> =
            rotation.rounds[0].groups.iter().map(|group| group[0]).collect();
        for round in &rotation.rounds {
            let now: BTreeSet<usize> = round.groups.iter().map(|group| group[0]).collect();
            assert_eq!(now, inner, "the inner circle stays");
        }
        let once_more = RotationRequest { rounds: people / 2 + 1, ..request }.rotate().meetings;
        assert_eq!((once_more.again, once_more.bound), (people / 2, people / 2));
    }
}

#[test]
fn who_shall_not_meet_does_not() {
    let apart = [(0, 1), (2, 3), (4, 5)];
    for grouping in [Grouping::Pairs, Grouping::Circles, Grouping::Tables, Grouping::Threes] {
        let request =
            RotationRequest { people: 14, table: 4, rounds: 5, apart: &apart, grouping, ..PLAIN };
        let rotation = request.rotate();
        assert_eq!(rotation.meetings.apart, [], "{grouping:?}");
        let pairs: BTreeSet<(usize, usize)> =
            rotation.rounds.iter().flat_map(Seating::meetings).collect();
        assert!(apart.iter().all(|pair| !pairs.contains(pair)), "{grouping:?}");
    }
    // Pairs that know each other leave one round less, and that many are still complete.
    let all: Vec<(usize, usize)> = (0..7).map(|at| (2 * at, 2 * at + 1)).collect();
    let request = RotationRequest { people: 14, rounds: 12, apart: &all, ..PLAIN };
    assert_eq!((request.rotate().meetings.again, request.rotate().meetings.apart.len()), (0, 0));
    let impossible = RotationRequest { people: 2, apart: &[(0, 1)], ..PLAIN }.rotate();
    assert_eq!(impossible.meetings.apart, [(0, 1)]);
}

#[test]
fn rounds_that_are_past_count() {
    for (grouping, before, now) in [
        (Grouping::Pairs, 14, 15),
        (Grouping::Pairs, 15, 14),
        (Grouping::Circles, 12, 14),
        (Grouping::Circles, 13, 11),
        (Grouping::Tables, 40, 41),
    ] {
        let then =
            RotationRequest { people: before, grouping, rounds: 2, table: 5, ..PLAIN }.rotate();
        let here = |group: &Vec<usize>| -> Vec<usize> {
            group.iter().copied().filter(|person| *person < now).collect()
        };
        let past: Vec<Seating> = then
            .rounds
            .iter()
            .map(|round| Seating {
                groups: round.groups.iter().map(here).collect(),
                resting: here(&round.resting),
            })
            .collect();
        let request = RotationRequest {
            people: now,
            rounds: 3,
            past: &past,
            ..RotationRequest { grouping, table: 5, ..PLAIN }
        };
        let rotation = request.rotate();
        assert_placed(&request, &rotation.rounds);
        assert_eq!(again(&rotation.rounds, &past), rotation.meetings.again);
        assert_eq!(
            rotation.meetings.again, rotation.meetings.bound,
            "{grouping:?} {before} to {now}"
        );
    }
}

proptest! {
    #[test]
    fn everybody_has_a_place_and_meetings_are_counted_right(
        people in 1..40usize, rounds in 1..9usize, table in 2..8usize, seed: u64, rests: bool,
        apart in prop::collection::vec((0..40usize, 0..40usize), 0..4),
        grouping in prop::sample::select(vec![
            Grouping::Alone, Grouping::Pairs, Grouping::Circles, Grouping::Threes, Grouping::Fours,
            Grouping::Tables, Grouping::All,
        ]),
    ) {
        let odd = if rests { Odd::Rest } else { Odd::Triad };
        let request = RotationRequest {
            people, grouping, table, rounds, odd, apart: &apart, past: &[], seed,
        };
        let rotation = request.rotate();
        assert_placed(&request, &rotation.rounds);
        if !matches!(grouping, Grouping::Alone | Grouping::All) {
            prop_assert_eq!(again(&rotation.rounds, &[]), rotation.meetings.again);
            if apart.is_empty() {
                prop_assert!(rotation.meetings.again >= rotation.meetings.bound);
            }
            let mut expected = sizes(people, grouping, table, odd).groups;
            for round in &rotation.rounds {
                let mut found: Vec<usize> = round.groups.iter().map(Vec::len).collect();
                found.sort_unstable();
                expected.sort_unstable();
                prop_assert_eq!(&found, &expected);
            }
        }
        prop_assert_eq!(rotation, request.rotate());
    }
}
