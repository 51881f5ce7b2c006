//! A choice of 60 and of 10,000 among 100,000 cards of 5 depths and 24 categories, what of it the
//! search for near-duplicates takes, and a deal.

use criterion::{Criterion, criterion_group, criterion_main};
use deckle::deck::{self, Deck, Pick, Source};
use deckle::select::{BalanceRequest, Lean, Likeness, Mix, deal};

const CARDS: usize = 100_000;

/// Returns a table whose prompts share words as people's do, one in a hundred a near twin of
/// another.
fn table() -> String {
    const VERBS: [&str; 8] =
        ["remember", "miss", "fear", "enjoy", "forgive", "postpone", "repeat", "hide"];
    let mut text = String::from("id,category,depth,prompt\n");
    for number in 0..CARDS {
        // Whole numbers without a pattern, from a multiplication by a large odd one.
        let mixed = (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
        let verb = VERBS[mixed as usize % VERBS.len()];
        let thing = if number % 100 == 1 { number - 1 } else { number };
        let really = if number % 100 == 1 { "really " } else { "" };
        let (place, person) = (thing / 251, thing % 251);
        text += &format!(
            "c{number},Category {},{},What did you {really}{verb} about place{place} and person{person} that spring?\n",
            mixed / 8 % 24,
            mixed / 192 % 5 + 1,
        );
    }
    text
}

fn read(text: &str) -> Deck {
    let bytes = text.as_bytes().into();
    deck::read(Source { name: "bench.csv", bytes, meta: None, stem: "bench" }).deck.expect("sound")
}

fn choose(decks: &[Deck], pool: &[Pick], count: usize) -> usize {
    let request = BalanceRequest {
        decks,
        pool,
        count,
        mix: Mix::EVEN,
        pins: &[],
        lean: Lean::none(),
        seed: 1,
    };
    request.choose().expect("there are enough").picks.len()
}

fn benches(criterion: &mut Criterion) {
    let decks = [read(&table())];
    let pool = deck::all_cards(&decks);
    let mut group = criterion.benchmark_group("select");
    group.sample_size(10);
    for count in [60, 10_000] {
        group.bench_function(format!("{count} of 100,000"), |bench| {
            bench.iter(|| choose(&decks, &pool, count));
        });
    }
    let prompts: Vec<&str> = decks[0].cards.iter().map(|card| &*card.prompt).collect();
    group.bench_function("likeness of 100,000", |bench| {
        bench.iter(|| Likeness::of(prompts.iter().copied()).near(1).len());
    });
    group.bench_function("deal of 100,000 into 100", |bench| {
        bench.iter(|| deal(&decks, &pool, 100, 1).expect("enough cards").packs.len());
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
