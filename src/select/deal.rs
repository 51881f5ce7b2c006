//! Equal packs: every card into one, and none that is lighter, richer or larger than the others.

use std::collections::{BTreeMap, HashMap};

use crate::deck::{Deck, Depth, Pick};
use crate::problem::Diagnostic;

use super::apart::Apart;
use super::chance::Chance;
use super::colouring::fair_colours;

/// Cards in packs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dealt {
    /// The packs, each in the order of the pool.
    pub packs: Vec<Vec<Pick>>,
    /// What could not be had: near-duplicates that share a pack.
    pub notes: Vec<Diagnostic>,
}

/// Deals `picks` into `packs` packs.
///
/// Every card that asks goes into exactly one pack. The packs' counts of each depth, of each category
/// and of all cards differ by at most one, always. Within these bounds, copies of a card and
/// prompts that ask nearly the same are kept apart: cards of the same depth and category change
/// packs while that lowers the number of near pairs; what remains is told. In pools where nearly
/// everything is alike this ends early, after a time that grows with the number of cards alone.
/// Cards that guide ([`Kind::is_guide`](crate::deck::Kind::is_guide)) go into every pack.
///
/// The same cards and seed give the same packs on every machine (`algorithm = 1`); the order of
/// `picks` only orders the cards in their packs.
///
/// # Errors
///
/// No packs are asked for, or more than there are cards that ask.
pub fn deal(
    decks: &[Deck],
    picks: &[Pick],
    packs: usize,
    seed: u64,
) -> Result<Dealt, Vec<Diagnostic>> {
    let asking = |at: &usize| !picks[*at].is_guide(decks);
    let mut pool: Vec<usize> = (0..picks.len()).filter(asking).collect();
    if let Some(problem) = impossible(packs, pool.len()) {
        return Err(vec![problem]);
    }
    let chance = Chance::within("deckle deal v1", seed);
    pool.sort_by_cached_key(|at| {
        let pick = picks[*at];
        let key = pick.of(decks).1.key;
        (chance.of_card(key), key, pick.deck, pick.card)
    });
    let ordered: Vec<Pick> = pool.iter().map(|at| picks[*at]).collect();
    let cells = cells(decks, &ordered, &chance);
    let mut pack_of = spread(&cells, ordered.len(), packs as u32);
    let notes = Apart::new(decks, &ordered, packs).settle(&cells, &mut pack_of);
    let mut place: Vec<Option<u32>> = vec![None; picks.len()];
    for (at, pack) in pool.iter().zip(pack_of) {
        place[*at] = Some(pack);
    }
    Ok(Dealt { packs: gather(picks, &place, packs), notes })
}

fn impossible(packs: usize, cards: usize) -> Option<Diagnostic> {
    if packs == 0 {
        let problem = Diagnostic::error("no-packs", "asked for 0 packs");
        return Some(problem.help("ask for at least one: `--packs 2`"));
    }
    let found = match cards {
        0 => "there are no cards to deal: guide cards go into every pack".to_owned(),
        1 => format!("asked for {packs} packs, there is 1 card to deal"),
        cards => format!("asked for {packs} packs, there are {cards} cards to deal"),
    };
    let help = match cards {
        0 => "add cards that ask something".to_owned(),
        1 => "ask for one pack, or add cards".to_owned(),
        cards => format!("ask for {cards} packs or fewer, or add cards"),
    };
    (packs > cards).then(|| Diagnostic::error("too-many-packs", found).help(help))
}

/// The cards of one depth and category, by their place in the pool.
pub(super) struct Cell {
    depth: Option<Depth>,
    /// The number of the category in an order of chance.
    pub category: u32,
    pub cards: Vec<usize>,
}

impl Cell {
    /// Returns the level of the depth; 0 where there is none.
    pub fn depth_number(&self) -> u32 {
        self.depth.map_or(0, |depth| u32::from(depth.level()))
    }
}

/// Returns the cells of a pool that is in an order of chance, which is kept within each.
fn cells(decks: &[Deck], pool: &[Pick], chance: &Chance) -> Vec<Cell> {
    let mut cells: BTreeMap<(Option<Depth>, u64, &str), Vec<usize>> = BTreeMap::new();
    let mut chances: HashMap<&str, u64> = HashMap::new();
    for (at, pick) in pool.iter().enumerate() {
        let (deck, card) = pick.of(decks);
        let id = &*deck.category(card).id;
        let chance = *chances.entry(id).or_insert_with(|| chance.of(id.as_bytes()));
        cells.entry((card.depth, chance, id)).or_default().push(at);
    }
    let mut numbers = HashMap::new();
    let cells = cells.into_iter().map(|((depth, _, id), cards)| {
        let next = numbers.len() as u32;
        Cell { depth, category: *numbers.entry(id).or_insert(next), cards }
    });
    cells.collect()
}

/// Returns the pack of each card of the pool.
fn spread(cells: &[Cell], cards: usize, packs: u32) -> Vec<u32> {
    let mut pack_of = vec![0; cards];
    let mut rest = Vec::new();
    let mut edges = Vec::new();
    for cell in cells {
        // Whole rounds give every pack the same; only what is left has to be weighed.
        let rounds = cell.cards.len() / packs as usize * packs as usize;
        let (even, odd) = cell.cards.split_at(rounds);
        even.iter().enumerate().for_each(|(n, at)| pack_of[*at] = (n % packs as usize) as u32);
        rest.extend_from_slice(odd);
        edges.extend(odd.iter().map(|_| [cell.depth_number(), cell.category]));
    }
    for (at, pack) in rest.into_iter().zip(fair_colours(&edges, packs)) {
        pack_of[at] = pack;
    }
    pack_of
}

/// Returns the packs in the order of the pool, guides in each.
fn gather(picks: &[Pick], place: &[Option<u32>], packs: usize) -> Vec<Vec<Pick>> {
    let mut dealt: Vec<Vec<Pick>> = vec![Vec::new(); packs];
    for (pick, pack) in picks.iter().zip(place) {
        match pack {
            Some(pack) => dealt[*pack as usize].push(*pick),
            None => dealt.iter_mut().for_each(|pack| pack.push(*pick)),
        }
    }
    dealt
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::deck::all_cards;
    use crate::deck::{self, Kind, Source};

    /// A card: depth, category, copies, prompt; depth 0 makes a rule.
    type Row = (u8, u8, u8, String);

    /// Reads a deck; each card's id is its number in `rows`, whatever `order` puts first.
    fn deck_of(rows: &[Row], order: &[usize]) -> Vec<Deck> {
        let mut table = String::from("id,category,depth,kind,copies,prompt\n");
        for at in order {
            let (depth, category, copies, prompt) = &rows[*at];
            let kind = if *depth == 0 { Kind::Rule } else { Kind::Question };
            let depth = if *depth == 0 { String::new() } else { depth.to_string() };
            table.push_str(&format!("n{at},C{category},{depth},{kind},{copies},{prompt}\n"));
        }
        let source =
            Source { name: "t.csv", bytes: table.into_bytes().into(), meta: None, stem: "t" };
        vec![deck::read(source).deck.expect("a deck without errors")]
    }

    fn in_order(rows: &[Row]) -> Vec<Deck> {
        deck_of(rows, &(0..rows.len()).collect::<Vec<_>>())
    }

    fn rows() -> impl Strategy<Value = Vec<Row>> {
        let thing =
            prop::sample::select(vec!["the sea", "really the sea", "the wind", "a letter", "home"]);
        let prompt =
            (thing, 0..12u8).prop_map(|(thing, n)| format!("What is {thing} to river{n} garden"));
        prop::collection::vec((0..=5u8, 0..6u8, 1..4u8, prompt), 1..60)
    }

    fn codes(pack: &[Pick], decks: &[Deck]) -> BTreeSet<String> {
        pack.iter().map(|pick| pick.of(decks).1.id.as_deref().unwrap_or("").to_owned()).collect()
    }

    /// Returns the widest difference between packs of the counts of one depth, category or of all.
    fn widest(packs: &[Vec<Pick>], decks: &[Deck]) -> usize {
        let mut counts: BTreeMap<(u8, u16), Vec<usize>> = BTreeMap::new();
        for (n, pack) in packs.iter().enumerate() {
            for card in pack.iter().map(|pick| pick.of(decks).1) {
                let Some(depth) = card.depth else { continue };
                for key in [(0, u16::from(depth.level())), (1, card.category), (2, 0)] {
                    counts.entry(key).or_insert_with(|| vec![0; packs.len()])[n] += 1;
                }
            }
        }
        let spread = |counts: &Vec<usize>| {
            counts.iter().max().unwrap_or(&0) - counts.iter().min().unwrap_or(&0)
        };
        counts.values().map(spread).max().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn packs_are_equal_and_hold_every_card_once(rows in rows(), packs in 1..20usize, seed: u64) {
            let decks = in_order(&rows);
            let pool = all_cards(&decks);
            let cards = pool.iter().filter(|pick| !pick.is_guide(&decks)).count();
            let dealt = deal(&decks, &pool, packs, seed);
            prop_assert_eq!(dealt.is_err(), packs > cards);
            let Ok(dealt) = dealt else { return Ok(()) };
            prop_assert!(widest(&dealt.packs, &decks) <= 1);
            let guides = pool.len() - cards;
            for pack in &dealt.packs {
                prop_assert!(pack.is_sorted_by_key(|pick| pick.card));
                let is_guide = |pick: &&Pick| pick.is_guide(&decks);
                prop_assert_eq!(pack.iter().filter(is_guide).count(), guides);
            }
            let mut all: Vec<Pick> = dealt.packs.concat();
            all.retain(|pick| !pick.is_guide(&decks));
            all.sort_by_key(|pick| pick.card);
            let asking: Vec<Pick> =
                pool.iter().copied().filter(|pick| !pick.is_guide(&decks)).collect();
            prop_assert_eq!(all, asking);
        }

        #[test]
        fn the_order_of_rows_and_of_the_pool_changes_no_pack(
            rows in rows(), shuffle in any::<prop::sample::Index>(), packs in 1..6usize, seed: u64,
        ) {
            let decks = in_order(&rows);
            let turn = shuffle.index(rows.len());
            let order: Vec<usize> = (turn..rows.len()).chain(0..turn).rev().collect();
            let moved = deck_of(&rows, &order);
            let mut pool = all_cards(&moved);
            pool.reverse();
            let Ok(one) = deal(&decks, &all_cards(&decks), packs, seed) else { return Ok(()) };
            let other = deal(&moved, &pool, packs, seed).expect("as many cards");
            let sets = |dealt: &Dealt, decks: &[Deck]| -> Vec<BTreeSet<String>> {
                dealt.packs.iter().map(|pack| codes(pack, decks)).collect()
            };
            prop_assert_eq!(sets(&one, &decks), sets(&other, &moved));
            prop_assert_eq!(&one, &deal(&decks, &all_cards(&decks), packs, seed).expect("again"));
        }

        #[test]
        fn no_single_swap_would_part_more_that_are_alike(rows in rows(), packs in 1..5usize, seed: u64) {
            let single: Vec<Row> = rows.into_iter().map(|row| (row.0, row.1, 1, row.3)).collect();
            let decks = in_order(&single);
            let Ok(dealt) = deal(&decks, &all_cards(&decks), packs, seed) else { return Ok(()) };
            let mut hands: Vec<Vec<Pick>> = dealt.packs;
            hands.iter_mut().for_each(|hand| hand.retain(|pick| pick.of(&decks).1.depth.is_some()));
            let best = near_pairs(&hands, &decks);
            prop_assert_eq!(best == 0, dealt.notes.is_empty());
            for (one, other) in swaps(&hands, &decks) {
                let mut swapped = hands.clone();
                for hand in &mut swapped {
                    for pick in hand {
                        *pick = if *pick == one { other } else if *pick == other { one } else { *pick };
                    }
                }
                prop_assert!(near_pairs(&swapped, &decks) >= best);
            }
        }
    }

    /// Returns the pairs of cards of one cell that are in different packs.
    fn swaps(hands: &[Vec<Pick>], decks: &[Deck]) -> Vec<(Pick, Pick)> {
        let cell = |pick: Pick| (pick.of(decks).1.depth, pick.of(decks).1.category);
        let all: Vec<(usize, Pick)> =
            (0..hands.len()).flat_map(|n| hands[n].iter().map(move |pick| (n, *pick))).collect();
        let mut swaps = Vec::new();
        for (n, one) in &all {
            let others = all.iter().filter(|(m, other)| m < n && cell(*other) == cell(*one));
            swaps.extend(others.map(|(_, other)| (*one, *other)));
        }
        swaps
    }

    fn near_pairs(hands: &[Vec<Pick>], decks: &[Deck]) -> usize {
        let of = |hand: &Vec<Pick>| {
            let prompts = hand.iter().map(|pick| &*pick.of(decks).1.prompt);
            let likeness = crate::select::Likeness::of(prompts);
            (0..hand.len()).map(|at| likeness.near(at).len()).sum::<usize>() / 2
        };
        hands.iter().map(of).sum()
    }

    fn plain(count: usize) -> Vec<Row> {
        let row =
            |n: usize| (n as u8 % 5 + 1, n as u8 % 3, 1, format!("river{} garden{}", n * n, n));
        (0..count).map(row).collect()
    }

    #[test]
    fn a_deal_never_changes_from_version_to_version() {
        let decks = in_order(&plain(12));
        let dealt = deal(&decks, &all_cards(&decks), 3, 7).expect("three packs of four");
        let packs: Vec<String> = dealt
            .packs
            .iter()
            .map(|pack| codes(pack, &decks).into_iter().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(packs, ["n1 n3 n5 n9", "n0 n11 n4 n7", "n10 n2 n6 n8"]);
    }

    #[test]
    fn copies_of_a_card_meet_only_where_they_must() {
        let copies =
            |copies| vec![(1, 0, copies, "Alone?".to_owned()), (1, 0, 3, "Other?".to_owned())];
        let decks = in_order(&copies(3));
        let dealt = deal(&decks, &all_cards(&decks), 3, 1).expect("three packs");
        assert!(
            dealt.notes.is_empty() && dealt.packs.iter().all(|pack| codes(pack, &decks).len() == 2)
        );
        let decks = in_order(&copies(5));
        let dealt = deal(&decks, &all_cards(&decks), 4, 1).expect("four packs");
        assert_eq!(dealt.notes.len(), 1);
        assert!(dealt.notes[0].found.ends_with(" twice"), "{}", dealt.notes[0].found);
    }

    #[test]
    fn near_duplicates_of_different_cells_are_parted_too() {
        let cards = [
            "What are you most afraid of?",
            "What are you really most afraid of?",
            "Which colleague taught you patience?",
            "Where did you hide as a child?",
        ];
        let rows = (1..).zip(cards).map(|(n, prompt)| (n, n, 1, prompt.to_owned()));
        let decks = in_order(&rows.collect::<Vec<Row>>());
        for seed in 0..20 {
            let dealt = deal(&decks, &all_cards(&decks), 2, seed).expect("two packs");
            assert_eq!((dealt.notes.len(), widest(&dealt.packs, &decks)), (0, 1), "{seed}");
        }
    }

    #[test]
    fn impossible_deals_are_refused() {
        let decks = in_order(&plain(5));
        let told = |packs| {
            let problems = deal(&decks, &all_cards(&decks), packs, 0).expect_err("impossible");
            (problems[0].found.clone(), problems[0].help.clone().unwrap_or_default())
        };
        assert_eq!(told(0).0, "asked for 0 packs");
        let many = "asked for 6 packs, there are 5 cards to deal";
        assert_eq!(told(6), (many.into(), "ask for 5 packs or fewer, or add cards".into()));
        assert!(deal(&decks, &[], 1, 0).is_err());
    }

    #[test]
    fn large_pools_are_dealt_quickly_into_any_number_of_packs() {
        let row = |n: usize| {
            let prompt = match n % 3 {
                0 => "What are you afraid of?".to_owned(),
                1 => format!(
                    "Tell of a summer evening by rivers with cousins boats lanterns and x{n}"
                ),
                _ => format!("word{n} other{n} third{n}"),
            };
            (n as u8 % 5 + 1, (n / 5) as u8 % 24, 1, prompt)
        };
        let rows: Vec<Row> = (0..20_000).map(row).collect();
        let decks = in_order(&rows);
        for packs in [2, 300, 20_000] {
            let dealt = deal(&decks, &all_cards(&decks), packs, 3).expect("enough cards");
            assert!(widest(&dealt.packs, &decks) <= 1);
            assert!(dealt.notes.len() <= 21);
        }
    }
}
