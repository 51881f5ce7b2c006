use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::deck::all_cards;
use crate::select::testing::deck;

/// A prompt that is like no other.
fn prompt(n: usize) -> String {
    format!("w{n}a w{n}b w{n}c w{n}d w{n}e?")
}

/// A table of cards of (depth, category), each with its number as id.
fn table(cards: &[(usize, usize)]) -> String {
    let rows = cards
        .iter()
        .enumerate()
        .map(|(n, (depth, category))| format!("n{n},c{category},{depth},{}\n", prompt(n)));
    String::from("id,category,depth,prompt\n") + &rows.collect::<String>()
}

/// The request for `count` cards of all decks.
fn request<'a>(decks: &'a [Deck], pool: &'a [Pick], count: usize) -> BalanceRequest<'a> {
    let lean = Lean::none();
    BalanceRequest { decks, pool, count, mix: Mix::EVEN, pins: &[], lean, seed: 1 }
}

fn ids(decks: &[Deck], picks: &[Pick]) -> BTreeSet<String> {
    picks.iter().map(|pick| pick.of(decks).1.id.as_deref().unwrap_or_default().into()).collect()
}

/// The ids that a table of cards gives.
fn chosen(table: &str, count: usize, seed: u64) -> BTreeSet<String> {
    let decks = [deck(table)];
    let pool = all_cards(&decks);
    let picks = BalanceRequest { seed, ..request(&decks, &pool, count) }.choose().unwrap().picks;
    ids(&decks, &picks)
}

/// Cards in every cell of 5 × 12, more of some than of others.
fn hundreds(count: usize) -> Vec<(usize, usize)> {
    (0..count).map(|n| (1 + n * 7 % 5, (n * n / 3 + n) % 12)).collect()
}

#[test]
fn depths_and_categories_are_even_where_there_is_enough() {
    let cards: Vec<(usize, usize)> = (0..400).map(|n| (1 + n % 5, n / 5 % 12)).collect();
    let decks = [deck(&table(&cards))];
    let pool = all_cards(&decks);
    let Selection { picks, table, notes } = request(&decks, &pool, 60).choose().unwrap();
    assert_eq!((picks.len(), notes), (60, Vec::new()));
    assert!(table.rows.iter().all(|row| row.all.got == 12));
    assert!(table.columns.iter().all(|column| column.all.got == 5));
}

/// The ids of the categories that `table` makes.
fn leaned(numbers: &[usize]) -> Vec<String> {
    numbers.iter().map(|number| format!("c{number}")).collect()
}

#[test]
fn a_leaned_category_gets_half_as_many_again_at_every_depth() {
    let cards: Vec<(usize, usize)> = (0..400).map(|n| (1 + n % 5, n / 5 % 4)).collect();
    let decks = [deck(&table(&cards))];
    let pool = all_cards(&decks);
    let ids = leaned(&[0, 2]);
    let lean = Lean::towards(&ids);
    let request = BalanceRequest { lean, ..request(&decks, &pool, 50) };
    let Selection { table, notes, .. } = request.choose().unwrap();
    let of = |got: fn(&TableColumn) -> usize| table.columns.iter().map(got).collect::<Vec<_>>();
    assert_eq!(of(|column| column.all.got), [15, 10, 15, 10]);
    assert_eq!(of(|column| usize::from(column.is_leaned)), [1, 0, 1, 0]);
    assert_eq!(notes, []);
    for row in &table.rows {
        assert_eq!(row.cells.iter().map(|cell| cell.got).collect::<Vec<_>>(), [3, 2, 3, 2]);
        assert!(row.cells.iter().all(|cell| cell.reason.is_none()));
    }
}

#[test]
fn what_is_short_of_a_leaned_category_others_give() {
    let cards: Vec<(usize, usize)> =
        (0..100).map(|n| (1 + n % 5, n / 5 % 4)).filter(|at| *at != (3, 0)).collect();
    let decks = [deck(&table(&cards))];
    let pool = all_cards(&decks);
    let ids = leaned(&[0]);
    let request = BalanceRequest { lean: Lean::towards(&ids), ..request(&decks, &pool, 45) };
    let Selection { picks, table, .. } = request.choose().unwrap();
    assert_eq!((picks.len(), table.columns[0].all.got), (45, 15));
    assert_eq!(table.rows[2].cells[0].reason, Some(Reason::Short));
    assert!(table.rows.iter().all(|row| row.all.got == 9));
}

#[test]
fn leaning_towards_nothing_towards_all_and_towards_what_is_not_there_is_the_same() {
    let decks = [deck(&table(&hundreds(200)))];
    let pool = all_cards(&decks);
    let all: Vec<usize> = (0..12).collect();
    let chosen = |ids: &[String]| {
        let request = BalanceRequest { lean: Lean::towards(ids), ..request(&decks, &pool, 40) };
        let Selection { picks, table, .. } = request.choose().unwrap();
        (picks, table.columns.iter().filter(|column| column.is_leaned).count())
    };
    let fair = chosen(&[]);
    assert_eq!(fair.1, 0);
    assert_eq!(chosen(&leaned(&all)), fair);
    assert_eq!(chosen(&leaned(&[77])), fair);
    assert_ne!(chosen(&leaned(&[3])), fair);
}

#[test]
fn a_selection_stays_the_same_for_ever() {
    let kept = chosen(&table(&hundreds(60)), 10, 7);
    assert_eq!(
        kept.into_iter().collect::<Vec<_>>().join(" "),
        "n18 n22 n31 n32 n34 n36 n45 n49 n50 n8"
    );
}

#[test]
fn seeds_differ() {
    let table = table(&hundreds(200));
    assert_ne!(chosen(&table, 40, 1), chosen(&table, 40, 2));
}

#[test]
fn adding_a_card_changes_few() {
    let cards = hundreds(300);
    let before = chosen(&table(&cards), 60, 3);
    let mut changes: Vec<usize> = (0..300)
        .map(|n| {
            let mut cards = cards.clone();
            cards.push((1 + n * 11 % 5, n * n % 12));
            // The new card is another one each time.
            let table = table(&cards).replace("n300,", &format!("new{n},"));
            before.difference(&chosen(&table, 60, 3)).count()
        })
        .collect();
    changes.sort_unstable();
    assert!(changes[changes.len() / 2] <= 2, "{changes:?}");
    assert!(changes[changes.len() * 9 / 10] <= 4, "{changes:?}");
}

#[test]
fn shortages_are_told_and_explained() {
    // Depth 4 has three cards, and at depth 1 the category c1 has none.
    let mut cards: Vec<(usize, usize)> =
        (0..200).map(|n| (1 + n % 5, n / 5 % 4)).filter(|at| at.0 != 4 && *at != (1, 1)).collect();
    cards.extend([(4, 0), (4, 1), (4, 2)]);
    let decks = [deck(&table(&cards))];
    let pool = all_cards(&decks);
    let Selection { table, notes, .. } = request(&decks, &pool, 40).choose().unwrap();
    let told: Vec<&str> = notes.iter().map(|note| note.found.as_str()).collect();
    assert_eq!(
        told,
        ["depth 4 Open sea: wanted 8, there are only 3: 3 went to depth 3, 2 to depth 5"]
    );
    let reason = |cell: &TableCell| cell.reason.as_ref().map(Reason::to_string);
    let rows: Vec<_> = table.rows.iter().map(|row| reason(&row.all)).collect();
    let took = Some("takes over from depth 4".to_owned());
    assert_eq!(rows, [None, None, took.clone(), Some("there are no more".into()), took]);
    let c1 = table.columns.iter().position(|column| column.id == "c1").unwrap();
    let cell = &table.rows[0].cells[c1];
    assert_eq!((cell.wanted, cell.got, cell.available), (2, 0, 0));
    assert_eq!(cell.reason, Some(Reason::Short));
}

#[test]
fn pins_are_kept_and_told() {
    let decks = [deck(&table(&hundreds(100)))];
    let pool = all_cards(&decks);
    let deep = |pick: &&Pick| pick.of(&decks).1.depth.is_some_and(|depth| depth.level() == 5);
    let pins: Vec<Pick> = pool.iter().filter(deep).take(6).copied().collect();
    let request = BalanceRequest { pins: &pins, ..request(&decks, &pool, 20) };
    let Selection { picks, table, notes } = request.choose().unwrap();
    assert!(pins.iter().all(|pin| picks.contains(pin)));
    assert_eq!(notes[0].found, "depth 5 Deep: wanted 4, 6 are pinned");
    let got: Vec<usize> = table.rows.iter().map(|row| row.all.got).collect();
    assert_eq!(got, [4, 4, 3, 3, 6]);
    assert_eq!(table.rows[4].all.reason, Some(Reason::Pinned));
    assert_eq!(table.rows[3].all.reason, Some(Reason::PinsElsewhere));
}

#[test]
fn requests_that_cannot_be_met_are_refused() {
    let decks = [deck(
        &(table(&hundreds(10)) + "g,how,,Read this.\n")
            .replace("prompt\n", "prompt,kind\n")
            .replace("this.\n", "this.,rule\n"),
    )];
    let pool = all_cards(&decks);
    let guide = pool[10];
    let told = |request: BalanceRequest| -> Vec<String> {
        request.choose().unwrap_err().into_iter().map(|problem| problem.found).collect()
    };
    assert_eq!(told(request(&decks, &pool, 0)), ["asked for 0 cards"]);
    assert_eq!(
        told(request(&decks, &pool, 11)),
        ["asked for 11 cards besides those that guide, there are 10"]
    );
    assert_eq!(told(request(&decks, &[], 1)), ["asked for 1 card, there are 0"]);
    let light = Mix::weighing([1, 0, 0, 0, 0]).unwrap();
    assert_eq!(
        told(BalanceRequest { mix: light, ..request(&decks, &pool, 5) }),
        ["asked for 5 cards besides those that guide, and the mix wants only depth 1, which has 2"]
    );
    let pins = [pool[0], pool[1], pool[0], pool[9], guide];
    let code = |at: usize| &decks[0].cards[at].code;
    assert_eq!(
        told(BalanceRequest { pins: &pins, ..request(&decks, &pool[..9], 1) }),
        [
            format!("`{}` is pinned twice", code(0)),
            format!("`{}` is pinned, but is not among the cards to choose from", code(9)),
            format!("`{}` is pinned, but is not among the cards to choose from", code(10)),
            "asked for 1 card, and 4 are pinned".to_owned(),
        ]
    );
}

#[test]
fn guides_stay_where_they_stand_and_a_second_copy_comes_last() {
    let table = "id,category,depth,kind,copies,prompt\n\
        r,how,,rule,1,Read this.\n\
        a,play,1,question,3,w1a w1b w1c w1d?\n\
        p,how,,pause,2,Breathe.\n\
        b,play,1,question,2,w2a w2b w2c w2d?\n\
        c,play,1,question,1,w3a w3b w3c w3d?\n";
    let decks = [deck(table)];
    let pool = all_cards(&decks);
    for seed in 0..20 {
        let choose = |count| {
            let request = BalanceRequest { seed, ..request(&decks, &pool, count) };
            let picks = request.choose().unwrap().picks;
            picks.iter().map(|pick| pick.of(&decks).1.id.as_deref().unwrap()).collect::<String>()
        };
        assert_eq!(choose(3), "rappbc");
        assert_eq!(choose(5), "raappbbc");
        assert_eq!(choose(6), "raaappbbc");
    }
}

#[test]
fn near_duplicates_are_parted_or_told() {
    let near = "n0,play,1,What are you most afraid of?\n\
        n1,play,1,What are you really most afraid of?\n\
        n2,trust,1,What are you most afraid of today?\n";
    let head = "id,category,depth,prompt\n";
    let spare = format!("s0,play,1,{}\ns1,trust,1,{}\n", prompt(1), prompt(2));
    let told = |table: String, count| {
        let decks = [deck(&table)];
        let pool = all_cards(&decks);
        let mut told = BTreeSet::new();
        for seed in 0..20 {
            let request = BalanceRequest { seed, ..request(&decks, &pool, count) };
            told.insert(request.choose().unwrap().notes.len());
        }
        told
    };
    assert_eq!(told(format!("{head}{near}{spare}"), 2), BTreeSet::from([0]));
    assert_eq!(told(format!("{head}{near}{spare}"), 3), BTreeSet::from([0]));
    assert_eq!(told(format!("{head}{near}"), 2), BTreeSet::from([1]));
}

/// A small deck: depth, category and copies of each card, and whether it is pinned.
fn small() -> impl Strategy<Value = Vec<(usize, usize, usize, bool)>> {
    let pin = prop::bool::weighted(0.15);
    prop::collection::vec((1..=5usize, 0..4usize, 1..3usize, pin), 1..24)
}

fn small_table(cards: &[(usize, usize, usize, bool)], order: &[usize]) -> String {
    let row = |n: &usize| {
        let (depth, category, copies, _) = cards[*n];
        format!("n{n},c{category},{depth},{copies},{}\n", prompt(*n))
    };
    String::from("id,category,depth,copies,prompt\n") + &order.iter().map(row).collect::<String>()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_table_adds_up_and_every_difference_has_a_reason(
        cards in small(), share in 0..1000usize, mix in 0..3usize, seed: u64
    ) {
        let order: Vec<usize> = (0..cards.len()).collect();
        let decks = [deck(&small_table(&cards, &order))];
        let pool = all_cards(&decks);
        let pins = order.iter().filter(|n| cards[**n].3);
        let pins: Vec<Pick> = pins.map(|n| Pick { deck: 0, card: *n as u32 }).collect();
        let least = pins.len().max(1);
        let count = least + share % (pool.len() + 1 - least);
        let mix = Mix::NAMED[mix].1;
        let request = BalanceRequest { mix, pins: &pins, seed, ..request(&decks, &pool, count) };
        let Selection { picks, table, .. } = request.choose().unwrap();
        prop_assert_eq!(picks.len(), count);
        prop_assert!(pins.iter().all(|pin| picks.contains(pin)));
        prop_assert_eq!((table.total.wanted, table.total.got), (count, count));
        prop_assert_eq!(table.total.available, pool.len());
        for row in &table.rows {
            for (column, cell) in table.columns.iter().zip(&row.cells) {
                prop_assert_eq!(cell.reason.is_some(), cell.got != cell.wanted);
                let there = picks.iter().filter(|pick| {
                    let (deck, card) = pick.of(&decks);
                    card.depth == Some(row.depth) && deck.category(card).id == column.id
                });
                prop_assert_eq!(there.count(), cell.got);
            }
        }
        let margins = table.rows.iter().map(|row| &row.all);
        for margin in margins.chain(table.columns.iter().map(|column| &column.all)) {
            prop_assert_eq!(margin.reason.is_some(), margin.got != margin.wanted);
        }
        // What was wanted is got wherever nothing is short and nothing pinned.
        let is_short = table.rows.iter().flat_map(|row| &row.cells).any(|it| it.wanted > it.available);
        if pins.is_empty() && !is_short {
            prop_assert!(table.rows.iter().flat_map(|row| &row.cells).all(|it| it.wanted == it.got));
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing(
        (cards, order) in small().prop_flat_map(|cards| {
            let order: Vec<usize> = (0..cards.len()).collect();
            (Just(cards), Just(order).prop_shuffle())
        }),
        share in 0..1000usize,
        seed: u64,
    ) {
        let copies: usize = cards.iter().map(|card| card.2).sum();
        let choose = |order: &[usize]| {
            let decks = [deck(&small_table(&cards, order))];
            let pool = all_cards(&decks);
            let count = 1 + share % copies;
            let selection = BalanceRequest { seed, ..request(&decks, &pool, count) }.choose().unwrap();
            let mut ids: Vec<String> = selection.picks.iter()
                .map(|pick| pick.of(&decks).1.id.as_deref().unwrap().to_owned())
                .collect();
            ids.sort();
            let mut cells: Vec<(String, TableCell)> = selection.table.rows.into_iter()
                .flat_map(|row| row.cells.into_iter().zip(&selection.table.columns)
                    .map(|(cell, column)| (format!("{} {}", row.depth, column.id), cell))
                    .collect::<Vec<_>>())
                .collect();
            cells.sort_by(|one, other| one.0.cmp(&other.0));
            (ids, cells)
        };
        let sorted: Vec<usize> = (0..cards.len()).collect();
        prop_assert_eq!(choose(&order), choose(&sorted));
    }
}

/// A table of `(depth, theme, dress)` in one category, in a given order; cards of a theme ask nearly
/// the same.
fn dressed(cards: &[(usize, usize, usize)], order: &[usize]) -> String {
    let row = |n: &usize| {
        let (depth, theme, dress) = cards[*n];
        let dress = ["", "really", "gently", "slowly", "gladly"][dress];
        format!("n{n},play,{depth},w{theme}a w{theme}b w{theme}c w{theme}d w{theme}e {dress}?\n")
    };
    String::from("id,category,depth,prompt\n") + &order.iter().map(row).collect::<String>()
}

/// How many pairs of the cards with these numbers ask nearly the same.
fn pairs(likeness: &crate::select::Likeness, numbers: &[usize]) -> usize {
    let after = |at: usize| numbers[at + 1..].iter();
    let near =
        |at: usize| after(at).filter(|other| likeness.are_near(numbers[at], **other)).count();
    (0..numbers.len()).map(near).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_swap_inside_a_cell_parts_more(
        (cards, order) in prop::collection::vec((1..3usize, 0..24usize, 0..5usize), 20..90).prop_flat_map(|cards| {
            let order: Vec<usize> = (0..cards.len()).collect();
            (Just(cards), Just(order).prop_shuffle())
        }),
        share in 100..900usize,
        seed: u64,
    ) {
        let count = (share * cards.len() / 1000).max(1);
        let choose = |order: &[usize]| {
            let decks = [deck(&dressed(&cards, order))];
            let pool = all_cards(&decks);
            let selection = BalanceRequest { seed, ..request(&decks, &pool, count) }.choose().unwrap();
            let ids = ids(&decks, &selection.picks);
            (ids.iter().map(|id| id[1..].parse().unwrap()).collect::<Vec<usize>>(), selection.notes)
        };
        let sorted: Vec<usize> = (0..cards.len()).collect();
        let (chosen, notes) = choose(&sorted);
        prop_assert_eq!(&choose(&order).0, &chosen);
        let decks = [deck(&dressed(&cards, &sorted))];
        let likeness = crate::select::Likeness::of(decks[0].cards.iter().map(|card| &*card.prompt));
        let least = pairs(&likeness, &chosen);
        prop_assert_eq!(notes.iter().any(|note| note.code == "near-pair"), least > 0);
        for (place, out) in chosen.iter().enumerate() {
            for into in sorted.iter().filter(|n| !chosen.contains(n) && cards[**n].0 == cards[*out].0) {
                let mut swapped = chosen.clone();
                swapped[place] = *into;
                prop_assert!(pairs(&likeness, &swapped) >= least, "{out} for {into}");
            }
        }
    }
}
