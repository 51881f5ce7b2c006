//! The lint of 100,000 cards whose prompts are those of the built-in decks with other nouns, and the
//! search for near-duplicates among them, which is part of it.

use criterion::{Criterion, criterion_group, criterion_main};
use deckle::deck::{self, Deck, Source, builtin};
use deckle::lint::lint;

const CARDS: usize = 100_000;

/// Returns a deck of prompts as people write them, each with a word or two of its own.
fn deck() -> Deck {
    let read = |built_in: &builtin::BuiltIn| deck::read(built_in.source()).deck.expect("sound");
    let decks: Vec<Deck> = builtin::ALL.iter().map(read).collect();
    let cards: Vec<_> = decks.iter().flat_map(|deck| &deck.cards).collect();
    let cards: Vec<_> = cards.into_iter().filter(|card| !card.kind.is_guide()).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["category", "depth", "kind", "prompt", "follow_up"]).expect("memory");
    for number in 0..CARDS {
        let card = cards[number % cards.len()];
        let words = card.prompt.split(' ').enumerate().map(|(at, word)| {
            let is_changed = word.len() > 4 && (number / cards.len() + at).is_multiple_of(3);
            if is_changed { format!("w{}", number * 31 + at) } else { word.to_owned() }
        });
        let prompt = words.collect::<Vec<_>>().join(" ");
        let level = card.depth.map_or_else(|| "1".to_owned(), |depth| depth.level().to_string());
        let category = format!("Category {}", number % 12);
        let line = card.follow_up.as_deref().unwrap_or_default();
        let row = [category.as_str(), level.as_str(), card.kind.name(), prompt.as_str(), line];
        writer.write_record(row).expect("memory");
    }
    let bytes = writer.into_inner().expect("memory").into();
    deck::read(Source { name: "bench.csv", bytes, meta: None, stem: "bench" }).deck.expect("sound")
}

fn benches(criterion: &mut Criterion) {
    let deck = deck();
    let mut group = criterion.benchmark_group("lint");
    group.sample_size(10);
    group.bench_function("100,000 cards", |bench| {
        bench.iter(|| lint(&[&deck], 10)[0].tally.warnings)
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
