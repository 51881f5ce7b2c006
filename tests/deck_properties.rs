//! What holds for every table.

use std::borrow::Cow;
use std::collections::HashSet;

use deckle::cli::{check, report, show};
use deckle::deck::{Deck, Source, import, read, to_csv, write_ids};
use deckle::lint::lint;
use proptest::prelude::*;

fn source(bytes: &[u8]) -> Source<'_> {
    Source { name: "t.csv", bytes: Cow::Borrowed(bytes), meta: None, stem: "t" }
}

fn deck(table: &str) -> Deck {
    let loaded = read(source(table.as_bytes()));
    loaded.deck.unwrap_or_else(|| panic!("{:#?}\n{table}", loaded.problems))
}

/// What a card says, without where it stands.
fn content(deck: &Deck) -> Vec<String> {
    let mut deck = deck.clone();
    for card in &mut deck.cards {
        card.row = Default::default();
    }
    deck.cards.iter().map(|card| format!("{card:?} {:?}", deck.category(card).id)).collect()
}

/// Reads, renders and rewrites; only a panic can go wrong.
fn endure(bytes: &[u8], meta: Option<(&str, &str)>) {
    let source = Source { meta, ..source(bytes) };
    let loaded = read(source.clone());
    report::render_all(
        &loaded.problems,
        report::ReportStyle { colour: true, width: 60, wraps: true },
    );
    if let Some(deck) = &loaded.deck {
        let settings = show::ShowSettings { width: Some(40), ..Default::default() };
        show::show(&mut Vec::new(), std::slice::from_ref(deck), settings).unwrap();
    }
    let _ = write_ids(source.clone());
    if let Ok(Some(imported)) = import(source) {
        let table = Source { bytes: imported.table.into_bytes().into(), ..self::source(b"") };
        let read = read(table);
        assert_eq!(
            read.deck.map(|deck| deck.cards.len()),
            Some(imported.cards),
            "{:?}",
            read.problems
        );
    }
    let findings = loaded.deck.as_ref().map(|deck| lint(&[deck], 10).remove(0)).unwrap_or_default();
    check::check(
        &mut Vec::new(),
        &[check::Checked { name: "t", loaded, findings }],
        check::CheckSettings::default(),
    )
    .unwrap();
}

fn cell() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-zäé?!,;\"'‘ \n]{0,12}[a-zé][a-z?\" ]{0,6}").unwrap()
}

/// The cells of a sound row: category, depth, prompt, listener's line, kind, minutes, tags, note.
fn row() -> impl Strategy<Value = [String; 8]> {
    let optional = || prop_oneof![Just(String::new()), cell()];
    let kind =
        prop::sample::select::<&'static str>(vec!["", "finish", "Check-in", "rule", "close"]);
    let minutes = prop::sample::select::<&'static str>(vec!["", "3", "5 each", "2, then swap"]);
    (cell(), 1..=5u8, cell(), optional(), kind, minutes, optional(), optional()).prop_map(
        |(category, depth, prompt, follow_up, kind, minutes, tags, note)| {
            let depth = format!("{depth}");
            [category, depth, prompt, follow_up, kind.into(), minutes.into(), tags, note]
        },
    )
}

fn rows() -> impl Strategy<Value = Vec<[String; 8]>> {
    prop::collection::vec(row(), 1..30)
}

fn table(rows: &[[String; 8]], delimiter: u8) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    let header = ["category", "depth", "prompt", "follow_up", "kind", "minutes", "tags", "note"];
    writer.write_record(header).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>) {
        endure(&bytes, None);
    }

    #[test]
    fn no_text_makes_it_panic(
        body in "[a,;\"\n\r\t 1-9é\u{feff}\u{0}=#]{0,80}",
        meta in "([a-z\"=\\[\\]{}., \n1é]|depths|categories|title){0,20}",
        named: bool,
    ) {
        let header = if named { "category,depth,prompt,id\n" } else { "" };
        endure(format!("{header}{body}").as_bytes(), Some(("t.toml", &meta)));
    }

    #[test]
    fn what_is_written_reads_back_the_same(rows in rows(), delimiter in prop::sample::select(b",;\t".to_vec())) {
        let deck_read = deck(&table(&rows, delimiter));
        let cards: Vec<_> = deck_read.cards.iter().collect();
        prop_assert_eq!(content(&deck(&to_csv(&deck_read, &cards))), content(&deck_read));
    }

    #[test]
    fn codes_are_unique(rows in rows()) {
        let deck = deck(&table(&rows, b','));
        let codes: HashSet<_> = deck.cards.iter().map(|card| &card.code).collect();
        let keys: HashSet<_> = deck.cards.iter().map(|card| card.key).collect();
        prop_assert_eq!((codes.len(), keys.len()), (rows.len(), rows.len()));
        let lettered = |code: &str| code.len() >= 4 && code.contains(char::is_alphabetic);
        prop_assert!(codes.iter().all(|code| lettered(&code.0)));
    }

    #[test]
    fn the_order_of_rows_changes_no_key(rows in rows()) {
        let keys = |rows: &[[String; 8]]| {
            let deck = deck(&table(rows, b','));
            let mut keys: Vec<_> = deck.cards.iter().map(|c| (c.key, c.code.clone())).collect();
            keys.sort();
            keys
        };
        let mut turned = rows.clone();
        turned.reverse();
        prop_assert_eq!(keys(&rows), keys(&turned));
    }

    #[test]
    fn ids_that_are_filled_in_change_no_key_and_no_other_byte(
        rows in rows(),
        utf16: bool,
        with_column: bool,
    ) {
        let mut table = table(&rows, b';').replace("\n", "\r\n");
        if with_column {
            table = table.replacen("note", "note;id", 1);
        }
        let bytes: Vec<u8> = match utf16 {
            true => "\u{feff}".encode_utf16().chain(table.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
            false => table.clone().into_bytes(),
        };
        let before = read(source(&bytes)).deck.unwrap();
        let written = write_ids(source(&bytes)).unwrap();
        let after = read(source(&written)).deck.unwrap();
        let keys = |deck: &Deck| deck.cards.iter().map(|c| (c.key, c.code.clone())).collect::<Vec<_>>();
        prop_assert_eq!(keys(&after), keys(&before));
        prop_assert!(after.cards.iter().all(|card| card.id.is_some()));
        prop_assert_eq!(write_ids(source(&written)).unwrap(), written.clone());
        let mut left = written.iter();
        prop_assert!(bytes.iter().all(|byte| left.any(|other| other == byte)), "bytes were lost");
    }
}
