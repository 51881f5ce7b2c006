//! The promises of the sequences, on decks of all shapes.

use proptest::prelude::*;

use super::alternate::category;
use super::*;
use crate::deck::{self, Source, all_cards};

/// Reads a deck of cards given by depth, kind and category.
fn deck_of(cards: &[(u8, Kind, u8)]) -> Vec<Deck> {
    let mut table = String::from("category,depth,kind,prompt\n");
    for (at, (depth, kind, category)) in cards.iter().enumerate() {
        let depth = if kind.is_guide() { String::new() } else { depth.to_string() };
        table.push_str(&format!("C{category},{depth},{kind},Words of card {at}\n"));
    }
    let source = Source { name: "t.csv", bytes: table.into_bytes().into(), meta: None, stem: "t" };
    vec![deck::read(source).deck.expect("a deck without errors")]
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop::sample::select(vec![
        Kind::Question,
        Kind::Question,
        Kind::Question,
        Kind::Question,
        Kind::Question,
        Kind::Appreciation,
        Kind::Exercise,
        Kind::Pause,
        Kind::Rule,
        Kind::Open,
        Kind::Close,
    ])
}

fn cards() -> impl Strategy<Value = Vec<(u8, Kind, u8)>> {
    prop::collection::vec((1..=5u8, kinds(), 0..4u8), 1..70)
}

fn ordered(decks: &[Deck], sequence: Sequence) -> (Vec<Pick>, Vec<&'static str>) {
    let mut picks = all_cards(decks);
    let notes = arrange(&mut picks, decks, sequence);
    (picks, notes.iter().map(|note| note.code).collect())
}

fn kind(pick: Pick, decks: &[Deck]) -> Kind {
    pick.of(decks).1.kind
}

/// Whether opening cards lead, closing cards end, and no card is lost.
fn is_framed(order: &[Pick], decks: &[Deck]) -> bool {
    let part = |pick: &Pick| match kind(*pick, decks) {
        Kind::Open | Kind::Rule => 0,
        Kind::Close => 2,
        _ => 1,
    };
    let mut sorted = order.to_vec();
    sorted.sort_by_key(|pick| pick.card);
    order.is_sorted_by_key(part) && sorted == all_cards(decks)
}

/// Counts neighbours of one category among cards of one level, at its least.
fn least_repeats(counts: &[usize]) -> usize {
    let all: usize = counts.iter().sum();
    let most = counts.iter().max().copied().unwrap_or(0);
    (2 * most).saturating_sub(all + 1)
}

proptest! {
    #[test]
    fn rising_never_sinks_nor_leaps(cards in cards()) {
        let decks = deck_of(&cards);
        let (order, notes) = ordered(&decks, Sequence::Rising);
        prop_assert!(is_framed(&order, &decks));
        let levels: Vec<u8> =
            order.iter().filter(|p| !kind(**p, &decks).is_guide()).map(|p| level(*p, &decks)).collect();
        prop_assert!(levels.is_sorted());
        let leaps = levels.windows(2).filter(|pair| pair[1] - pair[0] > 1).count();
        prop_assert_eq!(notes, vec!["wide-step"; leaps]);
    }

    #[test]
    fn pauses_stand_between_cards(levels in prop::collection::vec(1..=5u8, 2..20), share in 0..100usize) {
        let pauses = share * levels.len() / 100;
        let mut cards: Vec<_> = levels.iter().map(|level| (*level, Kind::Question, 0)).collect();
        cards.extend((0..pauses).map(|_| (0, Kind::Pause, 0)));
        let decks = deck_of(&cards);
        let (order, _) = ordered(&decks, Sequence::Rising);
        let is_pause = |pick: &Pick| kind(*pick, &decks) == Kind::Pause;
        prop_assert!(!is_pause(&order[0]) && !is_pause(&order[order.len() - 1]));
        prop_assert!(!order.windows(2).any(|pair| pair.iter().all(is_pause)));
    }

    #[test]
    fn categories_alternate_within_the_first_level(cards in cards()) {
        let decks = deck_of(&cards);
        let (order, _) = ordered(&decks, Sequence::Rising);
        let asks: Vec<Pick> =
            order.into_iter().filter(|p| !kind(*p, &decks).is_guide()).collect();
        let first = asks.chunk_by(|a, b| level(*a, &decks) == level(*b, &decks)).next();
        let ids: Vec<&str> = first.into_iter().flatten().map(|p| category(*p, &decks)).collect();
        let repeats = ids.windows(2).filter(|pair| pair[0] == pair[1]).count();
        let counts: Vec<usize> =
            ["c0", "c1", "c2", "c3"].iter().map(|id| ids.iter().filter(|x| x == &id).count()).collect();
        prop_assert_eq!(repeats, least_repeats(&counts));
    }

    #[test]
    fn an_arc_keeps_its_promises_or_says_which_not(cards in cards()) {
        let decks = deck_of(&cards);
        let (order, notes) = ordered(&decks, Sequence::Arc);
        prop_assert!(is_framed(&order, &decks));
        let way: Vec<Pick> = order.iter().copied()
            .filter(|p| !matches!(kind(*p, &decks), Kind::Open | Kind::Rule | Kind::Close)).collect();
        prop_assert!(breathes(&way, &decks) || notes.contains(&"out-of-breath"));
        prop_assert!(climbs_and_lands(&way, &decks) || notes.contains(&"wide-step"));
        let ends = order.last().map(|p| kind(*p, &decks));
        let lands = matches!(ends, Some(Kind::Close | Kind::Appreciation));
        let asks = way.iter().any(|p| !kind(*p, &decks).is_guide());
        prop_assert!(lands || !asks || notes.contains(&"no-landing"));
    }

    #[test]
    fn an_arc_is_out_of_breath_only_without_light_cards(mut cards in cards(), closed: bool) {
        cards.push((1, if closed { Kind::Close } else { Kind::Appreciation }, 0));
        let decks = deck_of(&cards);
        let (_, notes) = ordered(&decks, Sequence::Arc);
        let count = |wanted: &dyn Fn(&(u8, Kind, u8)) -> bool| cards.iter().filter(|c| wanted(c)).count();
        let deep = count(&|(level, kind, _)| !kind.is_guide() && *level >= 4);
        let light = count(&|(level, kind, _)| !kind.is_guide() && *level <= 2);
        let pauses = count(&|(_, kind, _)| *kind == Kind::Pause);
        let closed = count(&|(_, kind, _)| *kind == Kind::Close) > 0;
        // One of the light cards is the one to end on.
        let breathers = light + pauses - usize::from(!closed);
        if breathers >= deep.saturating_sub(1) / 2 {
            prop_assert!(!notes.contains(&"out-of-breath"));
        }
    }

    #[test]
    fn a_usual_deck_has_its_arc_without_a_note(
        each in prop::collection::vec(4..10usize, 3), deep in 2..6usize, deepest in 2..5usize, pauses in 0..4usize,
    ) {
        let mut cards = Vec::new();
        for (level, count) in each.iter().chain([&deep, &deepest]).enumerate() {
            cards.extend((0..*count).map(|n| (level as u8 + 1, Kind::Question, n as u8 % 4)));
        }
        cards.extend((0..pauses).map(|_| (0, Kind::Pause, 9)));
        cards.extend([1, 2, 3, 4].map(|level| (level, Kind::Appreciation, 5)));
        let decks = deck_of(&cards);
        let (order, notes) = ordered(&decks, Sequence::Arc);
        prop_assert_eq!(notes, Vec::<&str>::new());
        prop_assert_eq!(kind(order[order.len() - 1], &decks), Kind::Appreciation);
        prop_assert_eq!(level(order[order.len() - 1], &decks), 1);
    }

    #[test]
    fn a_shuffle_keeps_every_card(cards in cards(), seed: u64) {
        let decks = deck_of(&cards);
        let (mut order, _) = ordered(&decks, Sequence::Shuffled(seed));
        order.sort_by_key(|pick| pick.card);
        prop_assert_eq!(order, all_cards(&decks));
    }
}

/// Whether no third deep card follows two others.
fn breathes(way: &[Pick], decks: &[Deck]) -> bool {
    !way.windows(3).any(|three| three.iter().all(|pick| is_deep(level(*pick, decks))))
}

/// Whether the way, its breathers left out, rises by single levels and then sinks.
fn climbs_and_lands(way: &[Pick], decks: &[Deck]) -> bool {
    let levels: Vec<u8> = way.iter().map(|pick| level(*pick, decks)).collect();
    let between_deep = |at: usize| {
        at >= 2
            && levels[at - 2..at].iter().all(|level| is_deep(*level))
            && levels.get(at + 1).is_some_and(|level| is_deep(*level))
    };
    let own: Vec<u8> = (0..levels.len())
        .filter(|at| levels[*at] > 0 && !(levels[*at] <= 2 && between_deep(*at)))
        .map(|at| levels[at])
        .collect();
    let turn = own.windows(2).position(|pair| pair[1] < pair[0]).unwrap_or(own.len());
    let single = own.windows(2).all(|pair| pair[1] <= pair[0] + 1);
    single && own.iter().skip(turn + 1).is_sorted_by(|a, b| a >= b)
}

/// Writes an order as depths, with `o` for what opens, `~` for pauses, `t` behind thanks, `c` for closers.
fn sketch(order: &[Pick], decks: &[Deck]) -> String {
    let word = |pick: &Pick| match kind(*pick, decks) {
        Kind::Open | Kind::Rule => "o".to_owned(),
        Kind::Pause => "~".to_owned(),
        Kind::Close => "c".to_owned(),
        Kind::Appreciation => format!("{}t", level(*pick, decks)),
        _ => level(*pick, decks).to_string(),
    };
    order.iter().map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_built_in_deck_rises_and_makes_an_arc() {
    let deck = deck::builtin::find("intimacy").expect("a built-in deck");
    let decks = [deck::read(deck.source()).deck.expect("a deck without errors")];
    let (rising, notes) = ordered(&decks, Sequence::Rising);
    let wanted = "o o 1 1 1 1 1 1 1t 1 1 1 1 1 1 1 1 1t 1 1 1 1 2 2 2 2 2t 2 2 2 2 2 2 2 2t 2 2 2 2 2 2 2 \
        2 2 2t 2 2 2 2 2 2 3 3 3 3 3 3 3t 3 3 3 3 3 3 3 3 3 3 3 3 3 3t 3 3 3 3 ~ 4 4 4t 4 4 4 4 4t 4 4 4 4 \
        4 4 ~ 5 5 5 5 5 5 5 5 5 5 c c";
    assert_eq!((sketch(&rising, &decks).as_str(), notes.len()), (wanted, 0));
    let (arc, notes) = ordered(&decks, Sequence::Arc);
    let wanted = "o o 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 3 3 3 3 3 3 3 3 3 3 3 3 3 \
        3 4 4 ~ 4 4 ~ 4 4 2 4 4 2 4 4 2 4 4 2 5 5 2 5 5 2 5 5 2 5 5 2 5 5 2 4t 4t 3 3 3 3 3 3 3 3 3 3t 3t 2 2 \
        2t 2t 2t 1 1 1 1t 1t c c";
    assert_eq!((sketch(&arc, &decks).as_str(), notes.len()), (wanted, 0));
}

#[test]
fn what_cannot_be_kept_is_told() {
    let only_deep = deck_of(&[(5, Kind::Question, 0); 9]);
    let (_, notes) = ordered(&only_deep, Sequence::Arc);
    assert_eq!(notes, ["out-of-breath", "no-way-down", "no-landing"]);
    let gap = deck_of(&[(1, Kind::Question, 0), (4, Kind::Question, 0)]);
    let mut picks = all_cards(&gap);
    let notes = arrange(&mut picks, &gap, Sequence::Rising);
    assert_eq!(notes[0].found, "the order steps up from depth 1 to 4");
    assert_eq!(notes[0].help.as_deref(), Some("add cards of the depths 2 to 3"));
}

#[test]
fn the_deepest_cards_stand_around_seven_tenths_of_the_way() {
    let arc = |levels: &[u8]| {
        let cards: Vec<_> = levels.iter().map(|level| (*level, Kind::Question, 0)).collect();
        let decks = deck_of(&[cards, vec![(0, Kind::Close, 0)]].concat());
        let (order, notes) = ordered(&decks, Sequence::Arc);
        assert_eq!(notes, Vec::<&str>::new());
        sketch(&order, &decks)
    };
    assert_eq!(arc(&[1, 2, 2, 3, 3, 4, 5, 1]), "1 1 2 3 4 5 3 2 c");
    assert_eq!(arc(&[1, 1, 2, 2, 2, 3, 3, 3]), "1 1 2 2 3 3 3 2 c");
    assert_eq!(arc(&[&[1; 10][..], &[2; 14]].concat()).split(' ').nth_back(1), Some("1"));
}

#[test]
fn thanks_that_are_the_deepest_are_no_landing() {
    let asks = (0..14).map(|n| (1 + n % 4, Kind::Question, 0));
    let decks = deck_of(&asks.chain([(5, Kind::Appreciation, 0)]).collect::<Vec<_>>());
    let mut picks = all_cards(&decks);
    let notes = arrange(&mut picks, &decks, Sequence::Arc);
    let told: Vec<&str> = notes.iter().map(|note| note.found.as_str()).collect();
    assert_eq!(told, ["the only appreciation cards are the deepest: the order cannot end on one"]);
}

#[test]
fn categories_part_from_one_level_to_the_next() {
    let decks = deck_of(&[(1, Kind::Question, 0), (1, Kind::Question, 1), (2, Kind::Question, 1)]);
    let (order, _) = ordered(&decks, Sequence::Rising);
    let ids: Vec<&str> = order.iter().map(|pick| category(*pick, &decks)).collect();
    assert_eq!(ids, ["c1", "c0", "c1"]);
}

#[test]
fn the_only_light_cards_are_breathers_before_they_are_the_climb() {
    let question = |level| (level, Kind::Question, level);
    let thanks = (1, Kind::Appreciation, 0);
    let close = (0, Kind::Close, 0);
    let few = [question(2), question(3), question(4), question(4), question(4), close];
    let decks = deck_of(&few);
    let (order, notes) = ordered(&decks, Sequence::Arc);
    assert_eq!(sketch(&order, &decks), "3 4 4 2 4 c");
    assert_eq!(notes, ["no-way-down"]);
    let two =
        [thanks, thanks, question(2), question(3), question(4), question(4), question(4), close];
    let decks = deck_of(&two);
    let (order, _) = ordered(&decks, Sequence::Arc);
    assert_eq!(sketch(&order, &decks), "1t 2 3 4 4 1t 4 c");
}

#[test]
fn nothing_is_put_in_order_without_complaint() {
    for sequence in [Sequence::Deck, Sequence::Rising, Sequence::Arc, Sequence::Shuffled(1)] {
        assert_eq!(arrange(&mut [], &[], sequence), []);
    }
}
