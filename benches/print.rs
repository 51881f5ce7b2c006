//! The whole way from a table to a PDF in memory, on a deck with every column filled.

use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use deckle::deck::{self, Deck, Source, builtin};
use deckle::font::FontStore;
use deckle::impose::{Catalogues, Purpose, Register, SheetRequest, SheetSpec};
use deckle::paint::pdf::{Inventory, PdfOptions, PdfPainter};
use deckle::run::{self, Backs, Run, RunRequest};
use deckle::scene::Scene;
use deckle::typeset::chart::Look;

/// Returns a table of `count` cards: the built-in prompts, each time with other words in them.
fn table(count: usize) -> String {
    let deck = deck::read(builtin::find("intimacy").expect("built in").source());
    let deck = deck.deck.expect("sound");
    let asking: Vec<_> = deck.cards.iter().filter(|card| !card.kind.is_guide()).collect();
    let mut text = String::from("id,category,depth,kind,prompt,follow_up,minutes,tags,note\n");
    for number in 0..count {
        let card = asking[number % asking.len()];
        let category = &deck.category(card).id;
        let depth = card.depth.map_or(1, |depth| depth.level());
        let prompt = card.prompt.replace('"', "\"\"");
        let follow_up = card.follow_up.as_deref().unwrap_or("Ask for one thing more.");
        let minutes = if number % 7 == 0 { "3 each" } else { "" };
        text += &format!(
            "card-{number},{category},{depth},{},\"{prompt}\",\"{follow_up}\",{minutes},quick,n{number}\n",
            card.kind
        );
    }
    text
}

fn read(text: &str) -> Deck {
    let bytes = text.as_bytes().into();
    deck::read(Source { name: "bench.csv", bytes, meta: None, stem: "bench" }).deck.expect("sound")
}

fn sheet() -> SheetSpec {
    let catalogues = Catalogues::bundled();
    let (card, paper) = (catalogues.size("poker"), catalogues.paper("a4"));
    let request = SheetRequest::new(Purpose::Home, card.expect("known"), paper.expect("known"));
    request.resolve(&catalogues.papers).expect("it fits")
}

fn print(decks: &[Deck], fonts: &FontStore) -> usize {
    let picks = deck::all_cards(decks);
    let request = RunRequest {
        decks,
        picks: &picks,
        blanks: 0,
        look: Look::default(),
        sheet: sheet(),
        backs: Backs::Same(Arc::new(Scene::default())),
        register: Register::default(),
        title: "Bench",
    };
    let run = Run::new(fonts, request).expect("every card fits");
    let text = run::slug_setter(fonts);
    let sheets = run.sheets(&text);
    let mut inventory = Inventory::new();
    run.inventory().iter().for_each(|scene| inventory.note(scene));
    let sides = sheets.sequence();
    for &(sheet, side) in sides.iter().take(20).chain(sides.last()) {
        inventory.note(&sheets.page(sheet, side).scene);
    }
    let options = PdfOptions::default();
    let mut painter = PdfPainter::begin(Vec::new(), inventory, fonts, &options).expect("begun");
    let encoder = painter.encoder();
    for (sheet, side) in sides {
        let page = encoder.encode(&sheets.page(sheet, side)).expect("encoded");
        painter.push(page).expect("written");
    }
    painter.finish().expect("finished").len()
}

fn whole_way(criterion: &mut Criterion) {
    let fonts = FontStore::bundled();
    let mut group = criterion.benchmark_group("print");
    group.sample_size(10);
    for count in [54, 1_000, 10_000] {
        let text = table(count);
        group.throughput(Throughput::Elements(count as u64));
        group.bench_function(format!("read {count}"), |b| b.iter(|| read(&text).cards.len()));
        let decks = [read(&text)];
        group.bench_function(format!("print {count}"), |b| b.iter(|| print(&decks, &fonts)));
    }
    group.finish();
}

criterion_group!(benches, whole_way);
criterion_main!(benches);
