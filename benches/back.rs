//! How long the back of a card takes, without the fonts.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use deckle::font::FontStore;
use deckle::length::{Length, Size};
use deckle::typeset::chart::inks;
use deckle::typeset::chart::lettering::PlainLetterer;
use deckle::typeset::chart::sea::{BackSpec, BackStyle, Sea, back};

fn backs(criterion: &mut Criterion) {
    let fonts = FontStore::bundled();
    let letterer = PlainLetterer { fonts: &fonts };
    let trim = Size::mm(63.0, 88.0);
    criterion.bench_function("sea", |bench| bench.iter(|| Sea::new(black_box("Intimacy"), trim)));
    for (name, style) in
        [("home", BackStyle::Home { ink: inks::DEEP }), ("press", BackStyle::Press)]
    {
        let bleed = Length::mm(3.0);
        let (title, subtitle) = ("Intimacy", Some("For two"));
        let spec = BackSpec { trim, bleed, title, subtitle, logo: None, style, one_ink: false };
        criterion.bench_function(name, |bench| bench.iter(|| back(black_box(&spec), &letterer)));
    }
}

criterion_group!(benches, backs);
criterion_main!(benches);
