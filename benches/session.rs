//! How long it takes to plan a session, seats and cards: a room of two hundred, and tables that mix.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use deckle::deck::{self, Deck, builtin};
use deckle::select::Lean;
use deckle::session::rotation::Odd;
use deckle::session::{Formats, SessionRequest};

fn plan(criterion: &mut Criterion) {
    let formats = Formats::bundled();
    for (id, count, rounds) in [
        ("pair-rotation", 200, 10),
        ("pair-rotation", 201, 10),
        ("cafe", 200, 4),
        ("triads", 200, 8),
    ] {
        let format = formats.find(id).expect("it comes along");
        let read = |name: &String| {
            let source = builtin::find(name).expect("it comes along").source();
            deck::read(source).deck.expect("it has no errors")
        };
        let decks: Vec<Deck> = format.decks.iter().map(read).collect();
        let pool = deck::all_cards(&decks);
        let people: Vec<String> = (1..=count).map(|number| number.to_string()).collect();
        let request = SessionRequest {
            format: &format,
            decks: &decks,
            pool: &pool,
            people: &people,
            time: None,
            rounds: Some(rounds),
            start: None,
            ceiling: None,
            odd: Odd::Triad,
            apart: &[],
            lean: Lean::none(),
            seed: 7,
        };
        criterion.bench_function(&format!("plan {id}, {count} people, {rounds} rounds"), |bench| {
            bench.iter(|| black_box(&request).plan().expect("it can be planned"));
        });
    }
}

criterion_group!(benches, plan);
criterion_main!(benches);
