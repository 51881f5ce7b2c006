//! A card of 100,000 by chance with a memory of 10,000, and the card of a night ten years on.

use criterion::{Criterion, criterion_group, criterion_main};
use deckle::deck::{self, Deck, Depth, Pick, Source};
use deckle::draw::{DrawRequest, Event, Memory, Nights, Shared, What};
use deckle::select::Lean;
use jiff::civil::date;

/// Returns a deck of so many cards.
fn deck(count: usize) -> Deck {
    let mut text = String::from("id,category,depth,prompt\n");
    for at in 0..count {
        text += &format!("c{at},Category {},{},What about {at}?\n", at % 24, at % 5 + 1);
    }
    let bytes = text.into_bytes().into();
    deck::read(Source { name: "d.csv", bytes, meta: None, stem: "d" }).deck.unwrap()
}

fn benches(criterion: &mut Criterion) {
    let decks = [deck(100_000)];
    let pool: Vec<Pick> = deck::all_cards(&decks);
    let night = date(2026, 12, 1);
    let event = |at: usize| Event {
        at: 0,
        night,
        what: What::Drawn,
        card: decks[0].cards[at].key,
        detail: None,
    };
    let memory = Memory::of((0..10_000).map(event));
    let mut group = criterion.benchmark_group("draw");
    group.sample_size(10);
    group.bench_function("one of 100,000, 10,000 seen", |bench| {
        bench.iter(|| {
            let (decks, pool, memory) = (&decks, &pool, &memory);
            DrawRequest {
                decks,
                pool,
                count: 1,
                seed: 7,
                lean: Lean::none(),
                memory,
                evening: false,
            }
            .draw()
        })
    });
    for count in [380, 100_000] {
        let decks = [deck(count)];
        let pool = deck::all_cards(&decks);
        let shared = || Shared { zone: "UTC".into(), start: None, ceiling: Depth::ALL[4], seed: 0 };
        let nights = Nights::new(&decks, &pool, shared()).unwrap();
        group.bench_function(format!("the night of 2036-12-01 among {count}"), |bench| {
            bench.iter(|| nights.ranking(date(2036, 12, 1)))
        });
    }
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
