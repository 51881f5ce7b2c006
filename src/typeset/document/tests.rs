use proptest::prelude::*;

use super::*;
use crate::length::{Point, Size};
use crate::scene::{Item, Scene, Segment};

const A4: Size = Size::mm(210.0, 297.0);

fn on(paper: Size, fonts: &FontStore) -> Document<'_> {
    Document::new(fonts, DocumentSpec::new("Footer", paper))
}

/// What is to be seen at a place of a page.
struct Seen {
    from: Point,
    to: Point,
    words: String,
}

/// Returns everything that a page shows, groups taken apart.
fn seen(page: &Page, fonts: &FontStore) -> Vec<Seen> {
    let mut out = Vec::new();
    look(&page.scene, Point::ORIGIN, fonts, &mut out);
    out
}

fn look(scene: &Scene, by: Point, fonts: &FontStore, out: &mut Vec<Seen>) {
    for item in &scene.items {
        match item {
            Item::Group(group) => look(&group.scene, by + group.transform.offset, fonts, out),
            Item::Text(text) => {
                let range = text.text.start as usize..text.text.end as usize;
                let glyphs = &scene.glyphs[text.glyphs.start as usize..text.glyphs.end as usize];
                let advance: i64 = glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum();
                let units = f64::from(fonts.get(text.font).units_per_em);
                let width = text.size.scaled(advance as f64 / units);
                let from = by + text.origin;
                let to = from + Point::new(width, Length::ZERO);
                out.push(Seen { from, to, words: scene.text[range].to_owned() });
            }
            Item::Shape(shape) => out.extend(shape.path.segments.iter().filter_map(|segment| {
                let (Segment::Move(at) | Segment::Line(at) | Segment::Cubic(_, _, at)) = segment
                else {
                    return None;
                };
                Some(Seen { from: by + *at, to: by + *at, words: String::new() })
            })),
            Item::Image(_) => panic!("there are no pictures"),
        }
    }
}

/// Returns the words of all pages without their footers and without spaces.
fn words(pages: &[Page], fonts: &FontStore) -> String {
    let mut out = String::new();
    for page in pages {
        let mut seen = seen(page, fonts);
        let footer = seen.iter().rposition(|part| part.words == "Footer").expect("a footer");
        // It ends with the number and the title.
        seen.truncate(footer - 1);
        out.extend(seen.iter().flat_map(|part| part.words.split_whitespace()));
    }
    out
}

/// Returns the baselines of a page's words, each with the words.
fn lines(page: &Page, fonts: &FontStore) -> Vec<(Length, String)> {
    let mut lines: Vec<(Length, String)> = Vec::new();
    for part in seen(page, fonts).into_iter().filter(|part| !part.words.is_empty()) {
        match lines.last_mut() {
            Some((y, line)) if *y == part.from.y => line.push_str(&part.words),
            _ => lines.push((part.from.y, part.words)),
        }
    }
    lines
}

fn assert_inside(pages: &[Page], fonts: &FontStore) {
    for page in pages {
        let margin = DocumentSpec::new("", page.size).margin();
        // Places are rounded to EMU one by one.
        let slack = Length::mm(0.01);
        for part in seen(page, fonts) {
            let (left, right) = (part.from.x.min(part.to.x), part.from.x.max(part.to.x));
            assert!(left >= margin - slack, "{} at {left}", part.words);
            assert!(right <= page.size.width - margin + slack, "{} ends {right}", part.words);
            assert!(part.from.y >= margin && part.from.y <= page.size.height - margin);
        }
    }
}

#[derive(Clone, Debug)]
enum Block {
    Title(String, String),
    Heading(String),
    Paragraph(String),
    SmallPrint(String),
    Numbered(Vec<String>),
    Ticked(Vec<String>),
    Aside(String, String),
    Blank(String),
    Rule,
    Space(u16),
    Break,
    Table(Vec<String>, Vec<Vec<String>>),
    Together(Vec<Block>),
}

impl Block {
    fn add(&self, document: &mut Document) {
        match self {
            Self::Title(title, subtitle) => document.title(title, subtitle),
            Self::Heading(words) => document.heading(words),
            Self::Paragraph(words) => document.paragraph(words),
            Self::SmallPrint(words) => document.small_print(words),
            Self::Numbered(items) => document.numbered(items),
            Self::Ticked(items) => document.ticked(items),
            Self::Aside(label, words) => document.aside(label, words),
            Self::Blank(label) => document.line_to_write_on(label),
            Self::Rule => document.rule(),
            Self::Space(mm) => document.space(Length::mm(f64::from(*mm))),
            Self::Break => document.page_break(),
            Self::Table(titles, rows) => document.table(&table(titles, rows)),
            Self::Together(blocks) => {
                document.keep_together(|document| blocks.iter().for_each(|b| b.add(document)));
            }
        }
    }

    fn has_table(&self) -> bool {
        match self {
            Self::Table(..) => true,
            Self::Together(blocks) => blocks.iter().any(Self::has_table),
            _ => false,
        }
    }

    /// Returns the words in the order in which they are read.
    fn words(&self) -> String {
        let numbered = |(at, item): (usize, &String)| format!("{}{item}", at + 1);
        match self {
            Self::Title(a, b) | Self::Aside(a, b) => format!("{a}{b}"),
            Self::Heading(a) | Self::Paragraph(a) | Self::SmallPrint(a) | Self::Blank(a) => {
                a.clone()
            }
            Self::Numbered(items) => items.iter().enumerate().map(numbered).collect(),
            Self::Ticked(items) => items.concat(),
            Self::Table(titles, rows) => titles.concat() + &rows.concat().concat(),
            Self::Together(blocks) => blocks.iter().map(Self::words).collect(),
            Self::Rule | Self::Space(_) | Self::Break => String::new(),
        }
    }
}

fn table(titles: &[String], rows: &[Vec<String>]) -> Table {
    let column = |(at, title): (usize, &String)| match at {
        0 => Column::fixed(title, Length::mm(24.0)),
        _ => Column::share(title, at as u32),
    };
    let mut table = Table::new(titles.iter().enumerate().map(column));
    rows.iter().for_each(|row| table.row(row.iter().map(|cell| &**cell)));
    table
}

/// Words of all lengths that typography leaves as they are.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => "[a-zé]{1,9}[,.;]?",
        1 => "[a-z]{1,5}-[a-z]{1,7}",
        1 => "[a-zß]{30,90}",
    ];
    prop::collection::vec(word, 0..20).prop_map(|words| words.join(" "))
}

fn block() -> impl Strategy<Value = Block> {
    let cells = |count| prop::collection::vec(text(), count);
    let rows = prop::collection::vec(cells(0..6), 0..8);
    let leaf = prop_oneof![
        (text(), text()).prop_map(|(a, b)| Block::Title(a, b)),
        text().prop_map(Block::Heading),
        text().prop_map(Block::Paragraph),
        text().prop_map(Block::SmallPrint),
        cells(0..5).prop_map(Block::Numbered),
        cells(0..5).prop_map(Block::Ticked),
        (text(), text()).prop_map(|(a, b)| Block::Aside(a, b)),
        text().prop_map(Block::Blank),
        Just(Block::Rule),
        any::<u16>().prop_map(Block::Space),
        Just(Block::Break),
        (cells(1..5), rows).prop_map(|(titles, rows)| Block::Table(titles, rows)),
    ];
    leaf.prop_recursive(2, 12, 4, |block| {
        prop::collection::vec(block, 0..4).prop_map(Block::Together)
    })
}

fn paper() -> impl Strategy<Value = Size> {
    (80..400u32, 80..400u32).prop_map(|(w, h)| Size::mm(f64::from(w), f64::from(h)))
}

fn sorted(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn words_are_there_once_and_in_order_and_inside_the_margins(
        blocks in prop::collection::vec(block(), 0..8),
        paper in paper(),
    ) {
        let fonts = FontStore::bundled();
        let mut document = on(paper, &fonts);
        blocks.iter().for_each(|block| block.add(&mut document));
        // Headers would come again on each page.
        document.headers.iter_mut().for_each(Vec::clear);
        let pages = document.finish().expect("all letters have glyphs");
        let wanted: String = blocks.iter().map(Block::words).collect();
        let wanted: String = wanted.split_whitespace().collect();
        let found = words(&pages, &fonts);
        // Rows that are continued are read page by page.
        if blocks.iter().any(Block::has_table) {
            prop_assert_eq!(sorted(&found), sorted(&wanted));
        } else {
            prop_assert_eq!(found, wanted);
        }
        assert_inside(&pages, &fonts);
    }

    #[test]
    fn tables_are_read_cell_by_cell(
        rows in prop::collection::vec(prop::collection::vec("[a-z]{1,9}( [a-z]{1,9}){0,20}", 3), 1..6),
    ) {
        let fonts = FontStore::bundled();
        // High enough for all rows, whatever is in them.
        let mut document = on(Size::mm(210.0, 900.0), &fonts);
        document.table(&table(&vec![String::new(); 3], &rows));
        let pages = document.finish().expect("all letters have glyphs");
        prop_assert_eq!(pages.len(), 1);
        let wanted: String = rows.concat().concat().split_whitespace().collect();
        prop_assert_eq!(words(&pages, &fonts), wanted);
    }
}

#[test]
fn ten_thousand_rows_fill_pages_that_each_begin_with_the_header() {
    let fonts = FontStore::bundled();
    let mut document = on(A4, &fonts);
    let rows: Vec<Vec<String>> =
        (0..10_000).map(|at| vec![at.to_string(), "walk".into(), String::new()]).collect();
    let titles = ["No.", "What", "Minutes"].map(String::from);
    document.table(&table(&titles, &rows));
    let pages = document.finish().expect("all letters have glyphs");
    assert!(pages.len() > 250);
    let words = words(&pages, &fonts);
    assert_eq!(words.matches("No.WhatMinutes").count(), pages.len());
    assert!(words.ends_with("9999walk"));
    assert_inside(&pages[..3], &fonts);
}

#[test]
fn a_word_as_long_as_a_book_is_broken_anywhere_and_soon() {
    let fonts = FontStore::bundled();
    let long = "unbroken".repeat(20_000);
    let many = "word ".repeat(40_000);
    let mut document = on(A4, &fonts);
    document.paragraph(&long);
    document.paragraph(&many);
    let pages = document.finish().expect("all letters have glyphs");
    assert!(pages.len() > 20);
    assert_eq!(words(&pages, &fonts), long + &many.replace(' ', ""));
}

#[test]
fn a_row_taller_than_a_page_goes_on_and_its_heading_is_not_alone() {
    let fonts = FontStore::bundled();
    let mut document = on(A4, &fonts);
    document.space(Length::mm(1.0));
    document.paragraph(&"first line\n".repeat(49));
    document.heading("Tall");
    let mut table = Table::new([Column::fixed("", Length::mm(30.0)), Column::share("", 1)]);
    table.row(["Left".to_owned(), "one more line of it\n".repeat(120)]);
    document.table(&table);
    let pages = document.finish().expect("all letters have glyphs");
    assert!(pages.len() >= 4, "{}", pages.len());
    let first = lines(&pages[0], &fonts);
    assert!(first.iter().all(|(_, line)| line != "Tall"), "{first:?}");
    assert_eq!(lines(&pages[1], &fonts)[0].1, "Tall");
    assert_inside(&pages, &fonts);
}

#[test]
fn headings_and_short_ends_do_not_stand_alone_at_a_foot() {
    let fonts = FontStore::bundled();
    for filling in 30..60 {
        let mut document = on(A4, &fonts);
        document.paragraph(&"filling\n".repeat(filling));
        document.heading("Heading");
        document.paragraph("One\ntwo\nthree\nfour.");
        let pages = document.finish().expect("all letters have glyphs");
        for page in &pages {
            let mut lines = lines(page, &fonts);
            lines.truncate(lines.len() - 1);
            let ends = [&lines[0].1, &lines[lines.len() - 1].1].map(|line| line.as_str());
            assert_ne!(ends[1], "Heading", "{filling}");
            assert!(!["two", "four."].contains(&ends[0]), "{filling}: {ends:?}");
            assert_ne!(ends[1], "One", "{filling}");
        }
    }
}

#[test]
fn what_is_kept_together_is_on_one_page_where_it_fits() {
    let fonts = FontStore::bundled();
    for filling in 40..60 {
        let mut document = on(A4, &fonts);
        document.paragraph(&"filling\n".repeat(filling));
        document.keep_together(|document| {
            document.paragraph("Kept");
            document.ticked(["one", "two", "three"]);
        });
        document.aside("Frame", "in\nthe\nbox");
        let pages = document.finish().expect("all letters have glyphs");
        let on_page = |words: &str| {
            let has = |page: &Page| lines(page, &fonts).iter().any(|(_, line)| line == words);
            pages.iter().position(has).expect("it is there")
        };
        assert_eq!(on_page("Kept"), on_page("three"), "{filling}");
        assert_eq!(on_page("Frame"), on_page("box"), "{filling}");
    }
}

#[test]
fn pages_break_where_they_are_told_and_none_is_empty() {
    let fonts = FontStore::bundled();
    let mut document = on(A4.turned(), &fonts);
    document.page_break();
    document.paragraph("One");
    document.page_break();
    document.page_break();
    document.paragraph("Two");
    document.page_break();
    let pages = document.finish().expect("all letters have glyphs");
    assert_eq!(pages.len(), 2);
    let footer = &lines(&pages[1], &fonts)[1].1;
    assert_eq!(footer, "2 of 2Footer");
    assert!(on(A4, &fonts).finish().expect("no word is no problem").len() == 1);
}

#[test]
fn characters_without_glyphs_and_small_paper_are_told_at_once() {
    let fonts = FontStore::bundled();
    let spec = DocumentSpec::new("語", Size::mm(40.0, 90.0));
    let mut document = Document::new(&fonts, spec);
    document.paragraph("好 and 好");
    let problems = document.finish().expect_err("two problems");
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["paper-too-small", "no-glyph"]);
    assert!(problems[1].found.contains("U+597D") && problems[1].found.contains("U+8A9E"));
}

#[test]
fn long_titles_are_shortened_at_the_foot() {
    let fonts = FontStore::bundled();
    let spec = DocumentSpec::new(&"A very long title ".repeat(30), A4);
    let pages = Document::new(&fonts, spec).finish().expect("all letters have glyphs");
    let footer = lines(&pages[0], &fonts).remove(0).1;
    assert!(footer.starts_with("1 of 1A very") && footer.ends_with('…'), "{footer}");
    assert_inside(&pages, &fonts);
}

#[test]
fn headings_lead_to_their_pages() {
    let fonts = FontStore::bundled();
    let mut document = on(A4, &fonts);
    document.title("Title", "");
    document.heading("First *part*");
    document.page_break();
    document.heading("Second");
    let pages = document.finish().expect("all letters have glyphs");
    let entries = |page: &Page| -> Vec<(String, u8)> {
        page.bookmarks.iter().map(|entry| (entry.title.clone(), entry.level)).collect()
    };
    assert_eq!(entries(&pages[0]), [("Title".to_owned(), 0), ("First part".to_owned(), 1)]);
    assert_eq!(entries(&pages[1]), [("Second".to_owned(), 1)]);
}
