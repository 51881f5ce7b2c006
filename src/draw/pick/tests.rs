use proptest::prelude::*;

use super::super::memory::What;
use super::super::testing::{cards, deck, event};
use super::*;
use crate::deck::{CardKey, all_cards};

fn draw(decks: &[Deck], memory: &Memory, count: usize, seed: u64) -> Drawn {
    let pool = all_cards(decks);
    request(decks, &pool, count, seed, memory).draw().unwrap()
}

fn request<'a>(
    decks: &'a [Deck],
    pool: &'a [Pick],
    count: usize,
    seed: u64,
    memory: &'a Memory,
) -> DrawRequest<'a> {
    DrawRequest { decks, pool, count, seed, lean: Lean::none(), memory, evening: false }
}

fn key(decks: &[Deck], pick: Pick) -> CardKey {
    pick.of(decks).1.key
}

/// Draws `count` times one card, each with a seed of its own, and remembers it.
fn draws(decks: &[Deck], memory: &mut Memory, count: usize) -> Vec<u32> {
    let one = |seed: usize| {
        let pick = draw(decks, memory, 1, seed as u64).picks[0];
        memory.take(&event("2026-11-22", What::Drawn, key(decks, pick)));
        pick.card
    };
    (0..count).map(one).collect()
}

/// Over many seeds every card comes as often as every other: the sum of squared deviations stays
/// under 43.8, which chance alone passes once in a thousand (chi-square, 19 degrees of freedom).
#[test]
fn every_card_is_as_likely_as_any_other() {
    let decks = [cards(20, 5)];
    for count in [1, 3] {
        let mut drawn = [0u32; 20];
        for seed in 0..10_000 {
            for pick in draw(&decks, &Memory::default(), count, seed).picks {
                drawn[pick.card as usize] += 1;
            }
        }
        let wanted = 10_000.0 * count as f64 / 20.0;
        let square = |count: &u32| (f64::from(*count) - wanted).powi(2) / wanted;
        let chi: f64 = drawn.iter().map(square).sum();
        assert!(chi < 43.8, "{chi}: {drawn:?}");
        assert!(chi > 3.0, "{chi} would be too even for chance: {drawn:?}");
    }
}

/// Also the card that follows a given one is left to chance: 380 pairs, 379 degrees of freedom.
#[test]
fn no_card_draws_another_after_it() {
    let decks = [cards(20, 5)];
    let mut pairs = vec![0u32; 400];
    for seed in 0..20_000 {
        let picks = draw(&decks, &Memory::default(), 2, seed).picks;
        pairs[(picks[0].card * 20 + picks[1].card) as usize] += 1;
    }
    let wanted = 20_000.0 / 380.0;
    let others = pairs.iter().enumerate().filter(|(at, _)| at / 20 != at % 20);
    let chi: f64 = others.map(|(_, count)| (f64::from(*count) - wanted).powi(2) / wanted).sum();
    assert!(chi < 468.7, "{chi}");
}

/// A deck of twenty cards, the first five of which are about trust.
fn of_trust() -> Deck {
    let row = |at: usize| {
        let category = if at < 5 { "Trust" } else { "Play" };
        format!("c{at},{category},1,What about {at}?\n")
    };
    let rows: String = (0..20).map(row).collect();
    deck("test", &format!("id,category,depth,prompt\n{rows}"))
}

/// Of five leaned cards and fifteen others the leaned ones have 10 of 25 parts of the chance, each of
/// them 2: the first card is held to that, over 10,000 seeds (chi-square, 19 degrees of freedom, which
/// chance alone passes once in a thousand).
#[test]
fn a_new_card_of_a_leaned_category_is_twice_as_likely() {
    let decks = [of_trust()];
    let (pool, memory) = (all_cards(&decks), Memory::default());
    let ids = ["trust".to_owned()];
    let mut drawn = [0u32; 20];
    for seed in 0..10_000 {
        let lean = Lean::towards(&ids);
        let request = DrawRequest { lean, ..request(&decks, &pool, 1, seed, &memory) };
        drawn[request.draw().unwrap().picks[0].card as usize] += 1;
    }
    let parts = |at: usize| if at < 5 { 2.0 } else { 1.0 };
    let square = |(at, count): (usize, &u32)| {
        let wanted = 10_000.0 * parts(at) / 25.0;
        (f64::from(*count) - wanted).powi(2) / wanted
    };
    let chi: f64 = drawn.iter().enumerate().map(square).sum();
    assert!(chi < 43.8 && chi > 3.0, "{chi}: {drawn:?}");
}

#[test]
fn leaning_changes_neither_those_that_come_nor_the_order_of_old_cards() {
    let decks = [of_trust()];
    let pool = all_cards(&decks);
    let ids = ["trust".to_owned()];
    let mut memory = Memory::default();
    let all = |memory: &Memory, lean| {
        let request = DrawRequest { lean, ..request(&decks, &pool, 20, 4, memory) };
        request.draw().unwrap().picks
    };
    let plain = all(&memory, Lean::none());
    let leaned = all(&memory, Lean::towards(&ids));
    assert_ne!(plain, leaned);
    let of = |picks: &[Pick], is_trust: bool| {
        let is = |pick: &&Pick| (pick.card < 5) == is_trust;
        picks.iter().filter(is).copied().collect::<Vec<_>>()
    };
    for is_trust in [true, false] {
        assert_eq!(of(&plain, is_trust), of(&leaned, is_trust));
    }
    draws(&decks, &mut memory, 20);
    assert_eq!(all(&memory, Lean::none()), all(&memory, Lean::towards(&ids)));
}

#[test]
fn a_seed_repeats_itself_on_every_machine() {
    let decks = [cards(30, 5)];
    let drawn = draw(&decks, &Memory::default(), 5, 7);
    assert_eq!(drawn.picks.iter().map(|pick| pick.card).collect::<Vec<_>>(), [29, 12, 21, 10, 25]);
    assert_eq!((drawn.again, drawn.pool), (0, 30));
}

#[test]
fn copies_count_once() {
    let table = "category,depth,prompt,copies\nPlay,1,What now?,9\nPlay,1,What then?,1\n";
    let decks = [deck("test", table)];
    assert_eq!(draw(&decks, &Memory::default(), 5, 1).picks.len(), 2);
}

#[test]
fn the_oldest_return_in_their_order() {
    let decks = [cards(12, 3)];
    let mut memory = Memory::default();
    let first = draws(&decks, &mut memory, 12);
    assert_eq!(draws(&decks, &mut memory, 12), first);
    assert_eq!(draw(&decks, &memory, 2, 0).again, 2);
}

#[test]
fn love_brings_a_card_sooner_and_a_pass_later() {
    let decks = [cards(16, 3)];
    let mut memory = Memory::default();
    let first = draws(&decks, &mut memory, 16);
    let key = |at: usize| decks[0].cards[first[at] as usize].key;
    memory.take(&event("2026-11-22", What::Loved, key(8)));
    memory.take(&event("2026-11-22", What::Passed, key(2)));
    memory.take(&event("2026-11-22", What::Retired, key(5)));
    let again = draws(&decks, &mut memory, 24);
    let place = |at: usize| again.iter().position(|card| *card == first[at]);
    assert_eq!(place(5), None);
    assert!(place(8) < place(7) && place(8) > place(4), "{first:?} {again:?}");
    assert!(place(2) > place(4) && place(2) < place(9), "{first:?} {again:?}");
    assert!(place(2).is_some(), "a passed card waits, but comes: {first:?} {again:?}");
    memory.take(&event("2026-11-22", What::Restored, key(5)));
    assert!(draws(&decks, &mut memory, 16).contains(&first[5]));
}

#[test]
fn of_two_cards_the_loved_one_does_not_come_every_time() {
    let decks = [cards(2, 2)];
    let mut memory = Memory::default();
    let first = draws(&decks, &mut memory, 2);
    memory.take(&event("2026-11-22", What::Loved, decks[0].cards[first[1] as usize].key));
    assert_eq!(draws(&decks, &mut memory, 4), [first.clone(), first].concat());
}

#[test]
fn where_all_are_retired_it_says_so() {
    let decks = [cards(2, 2)];
    let retired = decks[0].cards.iter().map(|card| event("2026-01-01", What::Retired, card.key));
    let memory = Memory::of(retired);
    let pool = all_cards(&decks);
    let refused = |pool| request(&decks, pool, 1, 0, &memory).draw().unwrap_err().code;
    assert_eq!((refused(&pool[..]), refused(&[])), ("all-retired", "nothing-to-draw"));
}

proptest! {
    #[test]
    fn nothing_repeats_before_all_were_drawn_and_nothing_stays_away(
        count in 1..40usize,
        marks in prop::collection::vec((0..40usize, 0..3usize), 0..20),
    ) {
        let decks = [cards(count, 5)];
        let mut memory = Memory::default();
        let mut first = draws(&decks, &mut memory, count);
        first.sort_unstable();
        first.dedup();
        prop_assert_eq!(first.len(), count);
        let mut later = Vec::new();
        for _ in 0..4 {
            for (card, what) in &marks {
                let what = [What::Loved, What::Passed, What::Noted][*what];
                let key = decks[0].cards[card % count].key;
                memory.take(&event("2026-11-22", what, key));
            }
            later.extend(draws(&decks, &mut memory, count));
        }
        for card in 0..count as u32 {
            let times = later.iter().filter(|drawn| **drawn == card).count();
            prop_assert!(times >= 2, "{card} came {times} times in four rounds: {later:?}");
        }
        let again = later.windows(2).filter(|pair| pair[0] == pair[1]).count();
        prop_assert!(count < 3 || again == 0, "{later:?}");
    }

    #[test]
    fn an_evening_rises_by_single_levels_and_lands(
        levels in 1..=5usize, count in 2..9usize, seed: u64, drawn in 0..30u64,
    ) {
        // Enough cards of each level, so that nothing has to stand in for another.
        let each = count + 2;
        let row = |at: usize| {
            let kind = if at % 5 == 4 { "appreciation" } else { "question" };
            format!("c{at},C{},{},{kind},What about {at}?\n", at % 4, at / each + 1)
        };
        let rows: String = (0..levels * each).map(row).collect();
        let decks = [deck("test", &format!("id,category,depth,kind,prompt\n{rows}"))];
        let pool = all_cards(&decks);
        // Some were drawn before, but of each level there is a new one left for every step.
        let old = (0..drawn as usize).map(|at| decks[0].cards[at % levels * each].key);
        let memory = Memory::of(old.map(|key| event("2026-11-22", What::Drawn, key)));
        let request = request(&decks, &pool, count, seed, &memory);
        let Drawn { picks, again, .. } = DrawRequest { evening: true, ..request }.draw().unwrap();
        prop_assert_eq!((picks.len(), again), (count, 0));
        let depths: Vec<u8> =
            picks.iter().map(|pick| pick.of(&decks).1.depth.unwrap().level()).collect();
        let (landing, up) = depths.split_last().unwrap();
        prop_assert!(*landing <= 2, "{depths:?}");
        prop_assert_eq!(up[0], 1);
        prop_assert!(up.windows(2).all(|step| step[1] == step[0] || step[1] == step[0] + 1));
        prop_assert_eq!(usize::from(up[up.len() - 1]), levels.min(up.len()));
        let mut seen: Vec<u32> = picks.iter().map(|pick| pick.card).collect();
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen.len(), count);
    }
}
