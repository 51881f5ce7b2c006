//! How long the PDF painter takes: the kit once, then sheet after sheet of nine cards.

#[path = "../tests/shaped/mod.rs"]
mod shaped;

use std::io;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use deckle::font::FontStore;
use deckle::paint::pdf::{Inventory, PdfOptions, PdfPainter};
use deckle::scene::Page;
use shaped::Deck;

/// 999 cards, fronts and backs.
const SHEETS: usize = 111;

fn pages(fonts: &FontStore) -> Vec<Page> {
    let deck = Deck::new(fonts);
    (0..SHEETS).flat_map(|sheet| deck.sheets(sheet * 9)).collect()
}

fn inventory(pages: &[Page]) -> Inventory {
    let mut inventory = Inventory::new();
    pages.iter().for_each(|page| inventory.note(&page.scene));
    inventory
}

fn paint(criterion: &mut Criterion) {
    let fonts = FontStore::bundled();
    let pages = pages(&fonts);
    let inventory = inventory(&pages);
    let options = PdfOptions::default();
    let begin = |inventory| PdfPainter::begin(io::sink(), inventory, &fonts, &options).unwrap();

    let mut group = criterion.benchmark_group("pdf");
    group.bench_function("kit", |bencher| {
        bencher.iter_batched(|| inventory.clone(), begin, BatchSize::SmallInput);
    });
    group.throughput(Throughput::Elements(SHEETS as u64 * 9));
    group.bench_function("note", |bencher| bencher.iter(|| self::inventory(&pages)));
    group.bench_function("cards", |bencher| {
        bencher.iter_batched(
            || begin(inventory.clone()),
            |mut painter| {
                let encoder = painter.encoder();
                for page in &pages {
                    painter.push(encoder.encode(page).unwrap()).unwrap();
                }
                painter.finish().unwrap()
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, paint);
criterion_main!(benches);
