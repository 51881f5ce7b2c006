//! How long it takes to plan a session, seats and cards, for a room of two hundred and for tables that mix;
//! and to look at one that is under way.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use deckle::deck::{self, Deck, builtin};
use deckle::select::Lean;
use deckle::session::live::{Live, Pace};
use deckle::session::rotation::Odd;
use deckle::session::{Formats, SessionRequest};

/// Formats with a number of people and of rounds.
const ROOMS: [(&str, usize, usize); 4] =
    [("pair-rotation", 200, 10), ("pair-rotation", 201, 10), ("cafe", 200, 4), ("triads", 200, 8)];

fn plan(criterion: &mut Criterion) {
    let formats = Formats::bundled();
    for (id, count, rounds) in ROOMS {
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
        let plan = request.plan().expect("it can be planned");
        let mut live = Live::new(&plan, Pace::Timed, Duration::ZERO);
        let mut now = Duration::ZERO;
        criterion.bench_function(&format!("look at {id}, {count} people"), |bench| {
            bench.iter(|| {
                now += Duration::from_millis(20);
                live.tick(now);
                black_box(live.view(now));
            });
        });
    }
}

criterion_group!(benches, plan);
criterion_main!(benches);
