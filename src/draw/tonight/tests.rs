use std::collections::{BTreeMap, HashMap};

use jiff::civil::date;
use proptest::prelude::*;

use super::super::testing::{cards, deck};
use super::*;
use crate::deck::all_cards;

fn shared() -> Shared {
    Shared { zone: "Europe/Berlin".into(), start: None, ceiling: Depth::ALL[4], seed: 0 }
}

fn nights_of(deck: &Deck, shared: Shared) -> Nights {
    let decks = std::slice::from_ref(deck);
    Nights::new(decks, &all_cards(decks), shared).unwrap()
}

/// The ids of the cards of so many nights.
fn ids(deck: &Deck, shared: Shared, nights: usize) -> Vec<String> {
    let all = nights_of(deck, shared);
    let picks = all.cards_from(all.first(), nights).unwrap();
    let id = |pick: &Pick| pick.of(std::slice::from_ref(deck)).1.id.clone().unwrap().into_string();
    picks.iter().map(id).collect()
}

/// What two people saw on the first nights of 2027 in every version of the program: if this test
/// fails, `algorithm = 1` was changed, and people who are apart see different cards.
#[test]
fn the_cards_of_a_night_are_the_same_on_every_machine_for_ever() {
    let deck = cards(30, 5);
    let all = nights_of(&deck, shared());
    let picks = all.cards_from(date(2027, 1, 1), 12).unwrap();
    let numbers: Vec<u32> = picks.iter().map(|pick| pick.card).collect();
    assert_eq!(numbers, [1, 27, 19, 6, 16, 24, 15, 9, 22, 29, 17, 13]);
    assert_eq!(all.fingerprint().to_string(), "27KN-S5Q4");
    let start = Some(date(2026, 12, 1));
    let growing = nights_of(&deck, Shared { start, seed: 7, ..shared() });
    let picks = growing.cards_from(date(2026, 12, 1), 12).unwrap();
    let numbers: Vec<u32> = picks.iter().map(|pick| pick.card).collect();
    let another = growing.ranking(date(2026, 12, 3)).unwrap()[1].card;
    let found = (numbers, growing.fingerprint().to_string(), another);
    let wanted = vec![15, 5, 25, 10, 20, 0, 10, 26, 6, 21, 11, 1];
    assert_eq!(found, (wanted, "27KN-KFVP".into(), 10));
}

#[test]
fn a_day_ends_at_four_in_the_morning() {
    let night = |hour, minute| night_of(date(2026, 3, 1).at(hour, minute, 0, 0));
    assert_eq!(night(3, 59), date(2026, 2, 28));
    assert_eq!(night(4, 0), date(2026, 3, 1));
    assert_eq!(night(23, 59), date(2026, 3, 1));
}

#[test]
fn a_night_is_the_same_whether_it_is_looked_up_alone_or_in_a_row() {
    let deck = cards(17, 3);
    let all = nights_of(&deck, shared());
    let row = all.cards_from(date(2026, 5, 1), 60).unwrap();
    for (after, pick) in (0i64..).zip(row) {
        assert_eq!(all.ranking(date(2026, 5, 1) + after.days()).unwrap()[0], pick);
    }
}

#[test]
fn neither_the_order_of_rows_nor_the_words_of_a_card_with_an_id_move_a_night() {
    let table =
        |rows: &[&str]| deck("test", &format!("id,category,depth,prompt\n{}", rows.concat()));
    let rows = ["a,P,1,What a?\n", "b,P,2,What b?\n", "c,P,3,What c?\n", "d,P,1,What d?\n"];
    let turned = [rows[2], rows[0], "d,P,1,Which d?\n", rows[1]];
    let [one, other] = [table(&rows), table(&turned)];
    assert_eq!(ids(&one, shared(), 50), ids(&other, shared(), 50));
    let [one, other] = [&one, &other].map(|deck| nights_of(deck, shared()).fingerprint());
    assert_eq!(one.options, other.options);
    assert_ne!(one.cards, other.cards, "the other words show");
}

#[test]
fn another_card_of_the_night_is_never_the_same_twice() {
    let deck = cards(9, 3);
    let all = nights_of(&deck, shared());
    let night = date(2026, 8, 8);
    let mut seen: Vec<u32> = all.ranking(night).unwrap().iter().map(|pick| pick.card).collect();
    seen.sort_unstable();
    assert_eq!(seen, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn there_is_no_night_before_the_first() {
    let deck = cards(3, 3);
    let early = nights_of(&deck, shared()).ranking(date(2025, 12, 31)).unwrap_err();
    assert_eq!(early.code, "too-early");
    let start = Some(date(2026, 12, 1));
    let all = nights_of(&deck, Shared { start, ..shared() });
    assert!(all.ranking(date(2026, 11, 30)).is_err() && all.ranking(date(2026, 12, 1)).is_ok());
}

#[test]
fn without_a_card_under_the_ceiling_there_are_no_nights() {
    let deep = deck("test", "category,depth,prompt\nTrust,4,What now?\n");
    let decks = [deep];
    let shared = Shared { ceiling: Depth::ALL[2], ..shared() };
    let problem = Nights::new(&decks, &all_cards(&decks), shared).unwrap_err();
    assert_eq!(problem.code, "nothing-to-draw");
}

/// Counts the nights of one round that a card more, a card less and a card reworded change.
fn changed(count: usize, round: usize) -> Vec<usize> {
    let mut changes = Vec::new();
    for seed in 0..8 {
        let shared = || Shared { seed, ..shared() };
        let whole = cards(count, 5);
        let before = ids(&whole, shared(), count * (round + 1));
        for edit in 0..3 {
            let mut deck = whole.clone();
            let mut other = cards(count + 1, 5).cards[count].clone();
            other.depth = deck.cards[seed as usize].depth;
            match edit {
                0 => deck.cards.push(other),
                1 => drop(deck.cards.remove(seed as usize)),
                _ => deck.cards[seed as usize] = other,
            }
            let after = ids(&deck, shared(), count * (round + 1));
            let nights = count * round..count * (round + 1);
            changes.push(nights.filter(|at| before[*at] != after[*at]).count());
        }
    }
    changes.sort_unstable();
    changes
}

#[test]
fn a_change_of_the_deck_moves_few_nights() {
    let first = changed(365, 0);
    assert!(first[first.len() / 2] <= 8 && *first.last().unwrap() <= 15, "{first:?}");
    let second = changed(365, 1);
    assert!(second[second.len() / 2] <= 16 && *second.last().unwrap() <= 30, "{second:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_card_has_its_night_before_any_returns(
        count in 1..60usize, deepest in 1..=5usize, seed: u64,
    ) {
        let deck = cards(count, deepest);
        let ids = ids(&deck, Shared { seed, ..shared() }, count * 4);
        for round in ids.chunks(count) {
            let mut seen: Vec<&String> = round.iter().collect();
            seen.sort();
            seen.dedup();
            prop_assert_eq!(seen.len(), count);
        }
        let mut last: HashMap<&String, usize> = HashMap::new();
        for (at, id) in ids.iter().enumerate() {
            if let Some(before) = last.insert(id, at) {
                let apart = (count / APART).max(1);
                prop_assert!(count == 1 || at - before > apart, "{id} after {}", at - before);
            }
        }
    }

    #[test]
    fn depth_grows_by_one_level_a_week_at_most(
        count in 5..80usize, ceiling in 1..=5u8, seed: u64,
    ) {
        let deck = cards(count, 5);
        let most = Depth::new(ceiling).unwrap();
        let start = date(2026, 12, 1);
        let shared = Shared { start: Some(start), ceiling: most, seed, ..shared() };
        let all = nights_of(&deck, shared);
        let picks = all.cards_from(start, 120).unwrap();
        let decks = std::slice::from_ref(&deck);
        let mut deepest: BTreeMap<i64, u8> = BTreeMap::new();
        for (at, pick) in (0i64..).zip(&picks) {
            let level = pick.of(decks).1.depth.unwrap().level();
            let night = start + at.days();
            prop_assert!(level <= all.ceiling(night).level() && level <= ceiling);
            let week = deepest.entry(at / 7).or_default();
            *week = (*week).max(all.ceiling(night).level());
        }
        prop_assert_eq!(deepest[&0], 1);
        let allowed = |night: i64| {
            let most = usize::from(all.ceiling(start + night.days()).level());
            (0..count).filter(|at| at % 5 < most).count()
        };
        let mut last: HashMap<u32, usize> = HashMap::new();
        for (at, pick) in picks.iter().enumerate() {
            let Some(before) = last.insert(pick.card, at) else { continue };
            // A quarter of a round lies between two nights of a card, and a night in any case.
            let apart = (allowed(at as i64) / APART).max(1);
            prop_assert!(at - before > apart || allowed(at as i64) == 1, "{at}: {picks:?}");
            // Cards that the ceiling lets in have their night first, and then no more than others.
            let between = &picks[before + 1..at];
            let most = between.iter().map(|one| between.iter().filter(|two| *two == one).count());
            prop_assert!(most.max().unwrap_or(0) <= 3, "{at}: {picks:?}");
        }
        for weeks in deepest.values().collect::<Vec<_>>().windows(2) {
            prop_assert!(weeks[0] <= weeks[1] && *weeks[1] - *weeks[0] <= 1);
        }
        prop_assert_eq!(*deepest.values().last().unwrap(), ceiling);
    }
}
