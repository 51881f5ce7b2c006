use std::collections::HashSet;

use proptest::prelude::*;

use super::lookup::{Named, normalised};
use super::*;
use crate::length::{Axes, Point, Rect};
use crate::problem::Severity;

/// Returns the catalogues of papers and stocks with a file of one's own, and what was told of it.
fn with(own: &str) -> (Catalogues, Vec<Diagnostic>) {
    let mut catalogues = Catalogues::bundled();
    let problems = catalogues.merge(&format!("schema = 1\n{own}"), "my.toml");
    (catalogues, problems)
}

/// Returns what is told of a file of one's own: place, what was found, expected and helps.
fn told(own: &str) -> Vec<String> {
    let part = |part: &Option<String>| part.as_ref().map(|part| format!(" | {part}"));
    let told = |problem: &Diagnostic| {
        let origin = problem.origin.as_ref().expect("a place in the file");
        let [expected, help] = [&problem.expected, &problem.help].map(part);
        format!(
            "{origin} {}{}{}",
            problem.found,
            expected.unwrap_or_default(),
            help.unwrap_or_default()
        )
    };
    with(own).1.iter().map(told).collect()
}

/// A sound stock, with lines in the place of those that begin alike, and others added.
fn stock_with(lines: &[&str]) -> String {
    let key = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    let usual = [
        "id = \"x\"",
        "sheet = \"a4\"",
        "columns = 2",
        "rows = 5",
        "card = \"85x54mm\"",
        "left = \"15mm\"",
        "top = \"13.5mm\"",
        "pitch = \"95x54mm\"",
    ];
    let kept = usual.iter().filter(|line| lines.iter().all(|other| key(other) != key(line)));
    let lines: Vec<&str> = kept.chain(lines).copied().collect();
    format!("[[stock]]\n{}\n", lines.join("\n"))
}

fn trims(stock: &Stock) -> Vec<Rect> {
    let cells =
        (0..stock.rows as i64).flat_map(|row| (0..stock.columns as i64).map(move |c| (c, row)));
    let step = |(column, row)| Point::new(stock.pitch.x * column, stock.pitch.y * row);
    cells.map(|cell| Rect::new(stock.origin + step(cell), stock.card)).collect()
}

/// Asserts that all cards lie on the sheet, side by side.
fn assert_sound(stock: &Stock) {
    let page = Rect::new(Point::ORIGIN, stock.page);
    let trims = trims(stock);
    assert_eq!(trims.len(), stock.cells());
    for (at, trim) in trims.iter().enumerate() {
        assert!(page.contains(*trim), "{}", stock.id);
        assert!(trims[..at].iter().all(|other| !other.overlaps(*trim)), "{}", stock.id);
    }
    assert_eq!(trims.iter().copied().reduce(Rect::union), Some(stock.outline()));
    let half = stock.card.width.min(stock.card.height) / 2;
    assert!((Length::ZERO..=half).contains(&stock.corner_radius), "{}", stock.id);
}

#[test]
fn bundled_stocks_are_sound() {
    let mut catalogues = Catalogues::default();
    assert_eq!(catalogues.merge(include_str!("../papers.toml"), "papers.toml"), []);
    assert_eq!(catalogues.merge(include_str!("../stocks.toml"), "stocks.toml"), []);
    let stocks = catalogues.stocks;
    assert_eq!(stocks.len(), 32);
    let (mut names, mut joined) = (HashSet::new(), HashSet::new());
    for stock in &stocks {
        assert_sound(stock);
        for name in stock.names() {
            assert_eq!(name, normalised(name));
            assert!(names.insert(name), "`{name}` names two");
            assert!(joined.insert(name.replace('-', "")), "`{name}` names two without hyphens");
        }
        assert!(!stock.sources.is_empty(), "{}", stock.id);
        assert!(stock.sources.iter().all(|source| ["glabels", "libreoffice"].contains(&&**source)));
    }
}

#[test]
fn bundled_rows_stand_as_in_the_sources() {
    let catalogues = Catalogues::bundled();
    let assert_row = |name: &str, cells: (usize, usize), card, origin, pitch: (f64, f64)| {
        let stock = catalogues.stock(name).unwrap();
        assert_eq!((stock.columns, stock.rows), cells, "{name}");
        assert_eq!((stock.card, stock.origin), (card, origin), "{name}");
        let pitch = Axes { x: Length::mm(pitch.0), y: Length::mm(pitch.1) };
        assert_eq!(stock.pitch, pitch, "{name}");
        stock
    };
    let card = Size::mm(88.9, 50.8);
    let stock = assert_row("5371", (2, 5), card, Point::mm(19.05, 12.7), (88.9, 50.8));
    assert_eq!((stock.page, stock.sheet.id.as_str()), (Size::mm(215.9, 279.4), "letter"));
    assert_row("8373", (2, 4), card, Point::mm(12.7, 19.05), (101.6, 63.5));
    let card = Size::mm(152.4, 101.6);
    assert_row("5389", (1, 2), card, Point::mm(31.75, 31.75), (152.4, 114.3));
    let card = Size::mm(139.7, 107.95);
    let stock = assert_row("3263", (2, 2), card, Point::ORIGIN, (139.7, 107.95));
    assert_eq!(stock.page, Size::mm(279.4, 215.9));
    assert!(!stock.sheet.size.is_landscape());
    let card = Size::mm(148.5, 105.0);
    let stock = assert_row("zweckform-32252", (2, 2), card, Point::ORIGIN, (148.5, 105.0));
    assert_eq!(stock.page, Size::mm(297.0, 210.0));
    let card = Size::mm(85.0, 54.25);
    let stock = assert_row("vm-5112", (2, 4), card, Point::mm(12.0, 21.0), (100.0, 68.75));
    assert_eq!(stock.corner_radius, Length::mm(3.5));
    let card = Size::mm(83.82, 50.8);
    assert_row("herma-8840", (2, 5), card, Point::mm(18.64, 21.5), (88.9, 50.8));
}

#[test]
fn conflicts_and_crooked_margins_are_noted() {
    let stocks = Catalogues::bundled().stocks;
    let note = |id: &str| stocks.iter().find(|stock| stock.id == id).unwrap().note.clone();
    assert!(note("avery-5371").is_none());
    let both = note("avery-5389").unwrap();
    assert!(both.contains("31.75 mm") && both.contains("38.1 mm"), "{both}");
    let both = note("avery-j8414").unwrap();
    assert!(both.contains("14.817 mm") && !both.contains('\n') && !both.contains("  "), "{both}");
    for stock in &stocks {
        let Axes { x, y } = stock.imbalance();
        let is_crooked = x.abs().max(y.abs()) > Length::mm(2.0);
        let is_told = stock.note.as_ref().is_some_and(|note| note.contains("margins are suspect"));
        assert_eq!(is_crooked, is_told, "{}", stock.id);
    }
}

#[test]
fn margins_and_room_for_ink_follow_from_the_places() {
    let catalogues = Catalogues::bundled();
    let imbalance = |name: &str| catalogues.stock(name).unwrap().imbalance();
    assert_eq!(imbalance("5371"), Axes::default());
    assert_eq!(imbalance("bm102s"), Axes { x: Length::ZERO, y: Length::mm(8.0) });
    assert_eq!(imbalance("vm-5112"), Axes { x: Length::mm(1.0), y: Length::mm(-5.5) });
    let overprint = |name: &str| catalogues.stock(name).unwrap().overprint();
    assert_eq!(overprint("5371"), Axes::default());
    assert_eq!(overprint("8373"), Axes::all(Length::mm(1.6)));
    assert_eq!(overprint("32011"), Axes { x: Length::mm(1.6), y: Length::ZERO });
    assert_eq!(overprint("dp837").y, Length::mm(0.75));
    assert_eq!(overprint("8389").x, Length::ZERO);
}

#[test]
fn product_numbers_are_understood_as_people_write_them() {
    let catalogues = Catalogues::bundled();
    let id = |name: &str| catalogues.stock(name).map(|stock| stock.id);
    for name in ["avery-5371", "Avery 5371", " AVERY_8371", "5371", "8877", "avery8871"] {
        assert_eq!(id(name), Ok("avery-5371".into()), "{name}");
    }
    for name in ["L7414", "l 7415", "Avery L7414"] {
        assert_eq!(id(name), Ok("avery-l7414".into()), "{name}");
    }
    assert_eq!(id("Zweckform C32011"), Ok("avery-32011".into()));
    assert_eq!(id("Sigel LP 800"), Ok("sigel-lp800".into()));
    assert_eq!(id("DP837"), Ok("sigel-dp837".into()));
    assert_eq!(id("Your Design VM 5112"), Ok("your-design-vm-5112".into()));
}

#[test]
fn unknown_stocks_are_mended() {
    let catalogues = Catalogues::bundled();
    let problem = catalogues.stock("Avry 5371").unwrap_err();
    assert_eq!((problem.code, &*problem.found), ("unknown-stock", "unknown stock `avry-5371`"));
    assert_eq!(problem.help.as_deref(), Some("did you mean `avery-5371`?"));
    let problem = catalogues.stock("poker").unwrap_err();
    let help = problem.help.unwrap_or_default();
    assert!(help.starts_with("`deckle list stocks` shows every name"), "{help}");
    for name in ["", "-", " - ", "70x120mm", "é", "-5371mm"] {
        assert!(catalogues.stock(name).is_err(), "{name}");
    }
}

#[test]
fn own_stocks_add_and_replace_and_say_so() {
    let own =
        stock_with(&["id = \"My Cards\"", "aliases = [\"mine\", \"5372\"]", "radius = \"3mm\""])
            + &stock_with(&["id = \"avery-5371\"", "name = \"Mine\"", "aliases = [\"5376\"]"]);
    let (catalogues, problems) = with(&own);
    let told: Vec<_> = problems.iter().map(|p| (p.severity, &*p.found)).collect();
    let taken = (Severity::Warning, "`5372` already names `avery-5371`");
    assert_eq!(told, [taken]);
    let note = catalogues.replaced(Catalogue::Stocks, "avery-5371").unwrap();
    let found = "`avery-5371` replaces the one of 10 cards of 88.9 × 50.8 mm";
    assert_eq!((note.severity, &*note.found), (Severity::Note, found));
    let mine = catalogues.stock("mine").unwrap();
    assert_eq!((&*mine.id, &*mine.name), ("my-cards", "my-cards"));
    assert_eq!((mine.corner_radius, mine.cells()), (Length::mm(3.0), 10));
    assert_eq!((mine.sources, mine.note), (vec![], None));
    let replaced = catalogues.stock("Avery 5371").unwrap();
    assert_eq!((&*replaced.name, replaced.card), ("Mine", Size::mm(85.0, 54.0)));
    assert_eq!(replaced.aliases, ["5376"]);
    assert!(catalogues.stock("5377").is_err());
}

#[test]
fn own_stocks_stand_on_own_papers_and_free_ones() {
    let own = stock_with(&["sheet = \"Long\""])
        + "[[paper]]\nid = \"long\"\nsize = \"200x400mm\"\n"
        + &stock_with(&["id = \"y\"", "sheet = \"300x200mm\"", "rows = 3"])
        + &stock_with(&["id = \"z\"", "orientation = \"Landscape\"", "rows = 3"]);
    let (catalogues, problems) = with(&own);
    assert_eq!(problems, []);
    let page = |name: &str| catalogues.stock(name).unwrap().page;
    assert_eq!(page("x"), Size::mm(200.0, 400.0));
    assert_eq!(page("y"), Size::mm(300.0, 200.0));
    assert_eq!(page("z"), Size::mm(297.0, 210.0));
}

#[test]
fn a_stock_like_another_says_only_what_differs() {
    let own = "[[stock]]\nid = \"my-5371\"\nlike = \"Avery 5371\"\nleft = \"19.6mm\"\n\
               [[stock]]\nid = \"moved\"\nlike = \"my-5371\"\nshift = \"0,5mm, -0,3mm\"\n\
               [[stock]]\nid = \"avery-8373\"\nlike = \"8373\"\nshift = \"-1mm,0mm\"\n\
               [[stock]]\nid = \"wide\"\nlike = \"3263\"\nsheet = \"280x220mm\"\nnote = \"trimmed\"\n";
    let (catalogues, problems) = with(own);
    assert_eq!(problems, []);
    let notes: Vec<&str> = catalogues.replaced.iter().map(|it| &*it.note.found).collect();
    assert_eq!(notes, ["`avery-8373` replaces the one of 8 cards of 88.9 × 50.8 mm"]);
    let bundled = Catalogues::bundled().stock("5371").unwrap();
    let mine = catalogues.stock("my-5371").unwrap();
    let expected = Stock {
        id: "my-5371".into(),
        origin: Point::mm(19.6, 12.7),
        aliases: vec![],
        sources: vec![],
        ..bundled.clone()
    };
    assert_eq!(mine, expected);
    assert_eq!(catalogues.stock("moved").unwrap().origin, Point::mm(20.1, 12.4));
    assert_eq!(catalogues.stock("5371").unwrap(), bundled);
    // The name is the same, so the product numbers mean the corrected sheet.
    let corrected = catalogues.stock("28373").unwrap();
    assert_eq!((&*corrected.id, corrected.origin), ("avery-8373", Point::mm(11.7, 19.05)));
    assert_eq!(corrected.sources, Vec::<String>::new());
    let wide = catalogues.stock("wide").unwrap();
    assert_eq!((wide.page, wide.note.as_deref()), (Size::mm(280.0, 220.0), Some("trimmed")));
}

#[test]
fn what_a_stock_lacks_is_told_at_its_name() {
    let lacking =
        "[[stock]]\nid = \"x\"\nsheet = \"a4\"\nrows = 2\n[[stock]]\nid = \" \"\nlike = \"5371\"";
    let help = "say them, or say `like` with the name of a stock that has them";
    assert_eq!(
        told(lacking),
        [
            format!("my.toml:3:6 a stock without `columns`, `card`, `left` and `top` | {help}"),
            "my.toml:7:6 a name that is empty".into(),
        ]
    );
    let all_but_top = stock_with(&["top"]).replace("\ntop\n", "\n");
    assert_eq!(told(&all_but_top), [format!("my.toml:3:6 a stock without `top` | {help}")]);
}

#[test]
fn unknown_names_in_a_stock_are_told_where_they_stand() {
    let at = "my.toml:10:";
    let paper = "a name, or a width and a height such as `70x120mm` or `2.5x3.5in`";
    assert_eq!(
        told(&stock_with(&["sheet = \"leter\""])),
        [format!("{at}9 unknown paper `leter` | {paper} | did you mean `letter`?")]
    );
    let like = "a maker and a product number, such as `avery-5371`, or the number alone";
    assert_eq!(
        told("[[stock]]\nid = \"x\"\nlike = \"avery-5370\""),
        [format!("my.toml:4:8 unknown stock `avery-5370` | {like} | did you mean `avery-5371`?")]
    );
    let two = "[[stock]]\nid = \"x\"\nlike = \"y\"\n[[stock]]\nid = \"y\"\nlike = \"5371\"";
    assert_eq!(
        told(two),
        [format!("my.toml:4:8 unknown stock `y` | {like} | move `y` above this entry")]
    );
    let help = "name a sheet of `deckle list stocks`, or say in place of `like` what it measures";
    assert_eq!(
        told("[[stock]]\nid = \"x\"\nlike = \"X\""),
        [format!("my.toml:4:8 `x` is like itself | {help}")]
    );
    let round = "[[stock]]\nid = \"x\"\nlike = \"y\"\n[[stock]]\nid = \"y\"\nlike = \"x\"";
    assert_eq!(
        told(round),
        [
            format!("my.toml:4:8 `x` is like itself, by way of `y` | {help}"),
            format!("my.toml:7:8 `y` is like itself, by way of `x` | {help}"),
        ]
    );
    let onto = format!("{round}\n[[stock]]\nid = \"z\"\nlike = \"y\"");
    assert_eq!(
        told(&onto)[2],
        format!(
            "my.toml:10:8 unknown stock `y` | {like} | mend `y` above, which is left out as it is"
        )
    );
    assert_eq!(
        told(&stock_with(&["orientation = \"flat\""])),
        ["my.toml:11:15 a sheet held `flat` | `portrait` or `landscape`"]
    );
}

#[test]
fn wrong_values_in_a_stock_are_all_told_at_once() {
    let wrong = stock_with(&[
        "columns = 0",
        "rows = -9223372036854775808",
        "card = \"85\"",
        "left = \"wide\"",
        "radius = \"3\"",
    ]);
    let told = told(&wrong);
    let places: Vec<&str> = told.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(
        places,
        ["my.toml:7:11", "my.toml:8:8", "my.toml:9:8", "my.toml:11:10", "my.toml:10:8"]
    );
    assert_eq!(told[0], "my.toml:7:11 0 columns | 1 to 200 columns");
    assert_eq!(told[1], "my.toml:8:8 -9223372036854775808 rows | 1 to 200 rows");
}

#[test]
fn shifts_are_two_lengths_beside_a_likeness() {
    let shifted = |shift: &str| {
        let (catalogues, _) =
            with(&format!("[[stock]]\nid = \"x\"\nlike = \"5371\"\nshift = \"{shift}\""));
        catalogues.stock("x").ok().map(|stock| stock.origin - Point::mm(19.05, 12.7))
    };
    assert_eq!(shifted("0.5mm,-0.3mm"), Some(Point::mm(0.5, -0.3)));
    assert_eq!(shifted("1/8in , 0,5mm"), Some(Point::mm(3.175, 0.5)));
    assert_eq!(
        told("[[stock]]\nid = \"x\"\nlike = \"5371\"\nshift = \"0,5mm\""),
        ["my.toml:5:9 a shift of `0,5mm` | how far to the right, then how far down, such as \
          `0.5mm,-0.3mm`"]
    );
    assert_eq!(
        told(&stock_with(&["shift = \"1mm,1mm\""])),
        ["my.toml:11:9 a `shift` of a stock that is like no other | `left` and `top` as they are \
          measured, or `like`"]
    );
}

#[test]
fn cards_that_overlap_are_told() {
    assert_eq!(
        told(&stock_with(&["pitch = \"80x54mm\""])),
        ["my.toml:10:9 cards 85 mm wide in steps of 80 mm overlap by 5 mm | steps of 85 mm at \
          least | `pitch = \"85x54mm\"` would let them touch"]
    );
    let own = "[[stock]]\nid = \"x\"\nlike = \"5371\"\ncard = \"88.9x60mm\"";
    assert_eq!(
        told(own),
        ["my.toml:5:8 cards 60 mm high in steps of 50.8 mm overlap by 9.2 mm | steps of 60 mm at \
          least | `pitch = \"88.9x60mm\"` would let them touch"]
    );
    assert_eq!(told(&stock_with(&["pitch = \"-95x-54mm\""])).len(), 2);
    assert_eq!(told(&stock_with(&["columns = 1", "pitch = \"1x54mm\""])), [""; 0]);
}

#[test]
fn cards_beside_the_sheet_are_told_with_the_edge() {
    assert_eq!(
        told(&stock_with(&["left = \"40mm\"", "top = \"-2mm\""])),
        [
            "my.toml:9:8 the cards reach 10 mm over the right edge of the sheet | a first card 0 mm \
          to 30 mm from the left | `left = \"15mm\"` would stand in the middle",
            "my.toml:10:7 the cards reach 2 mm over the top edge of the sheet | a first card 0 mm to \
          27 mm from the top | `top = \"13.5mm\"` would stand in the middle",
        ]
    );
    assert_eq!(
        told(&stock_with(&["sheet = \"a5\""])),
        [
            "my.toml:4:11 the cards reach 47 mm over the right edge of the sheet | 148 mm in \
          all; they take up 180 mm | `columns = 1` would fit",
            "my.toml:5:8 the cards reach 73.5 mm over the bottom edge of the sheet | 210 mm \
          in all; they take up 270 mm | `rows = 3` would fit",
        ]
    );
    let shifted =
        |shift: &str| told(&format!("[[stock]]\nid = \"x\"\nlike = \"5371\"\nshift = \"{shift}\""));
    assert_eq!(
        shifted("20mm,0mm"),
        [
            "my.toml:5:9 the cards reach 0.95 mm over the right edge of the sheet | a first card 0 mm to \
          38.1 mm from the left | `shift = \"19.05mm,0mm\"` would bring them to the edge"
        ]
    );
    // Both directions at once are mended by one and the same shift.
    let both = shifted("1/8in,-30mm").concat() + &shifted("-30mm,-30mm").concat();
    for shift in ["3.175mm,-12.7mm", "-19.05mm,-12.7mm"] {
        assert!(both.contains(&format!("`shift = \"{shift}\"`")), "{both}");
        assert_eq!(shifted(shift), [""; 0]);
    }
}

#[test]
fn absurd_measures_are_told() {
    assert_eq!(
        told(&stock_with(&["card = \"0x54mm\"", "sheet = \"5x5m\"", "radius = \"1mm\""])).len(),
        1
    );
    assert_eq!(
        told(&stock_with(&["card = \"-85x54mm\"", "sheet = \"5x300mm\""])),
        [
            "my.toml:10:9 a sheet of 5 × 300 mm | sides of 20 mm to 2000 mm",
            "my.toml:9:8 a card of -85 × 54 mm | sides of 10 mm to 2000 mm",
        ]
    );
    assert_eq!(
        told(&stock_with(&["radius = \"30mm\""])),
        ["my.toml:11:10 a radius of 30 mm on 85 × 54 mm | 0 mm to 27 mm"]
    );
}

fn length(least: i64, most: i64) -> impl Strategy<Value = String> {
    (least..=most).prop_map(|tenths| format!("{}mm", tenths as f64 / 10.0))
}

fn size(most: i64) -> impl Strategy<Value = String> {
    (1..=most, 1..=most).prop_map(|(width, height)| format!("{width}x{height}mm"))
}

proptest! {
    #[test]
    fn whatever_a_file_says_only_sound_stocks_come_of_it(
        (sheet, card, pitch) in (size(400), size(120), size(150)),
        (columns, rows) in (-1_i64..6, -1_i64..6),
        (left, top, radius) in (length(-50, 900), length(-50, 900), length(-10, 200)),
        orientation in prop_oneof!["portrait", "landscape"],
    ) {
        let own = format!(
            "[[stock]]\nid = \"x\"\nsheet = \"{sheet}\"\ncard = \"{card}\"\npitch = \"{pitch}\"\n\
             columns = {columns}\nrows = {rows}\nleft = \"{left}\"\ntop = \"{top}\"\n\
             radius = \"{radius}\"\norientation = \"{orientation}\"\n"
        );
        let (catalogues, problems) = with(&own);
        match catalogues.stock("x") {
            Ok(stock) => {
                prop_assert_eq!(problems, []);
                assert_sound(&stock);
                prop_assert_eq!(stock.page.is_landscape(), orientation == "landscape" && stock.page.width != stock.page.height);
            }
            Err(_) => prop_assert!(!problems.is_empty()),
        }
    }

    #[test]
    fn no_text_in_a_stock_brings_deckle_down(text in "[-0-9a-z.,/ x\"']{0,24}", field in 0..9_usize) {
        let fields = ["like", "sheet", "orientation", "card", "left", "shift", "pitch", "radius", "id"];
        let text = toml::Value::String(text).to_string();
        let own = stock_with(&[&format!("{} = {text}", fields[field])]);
        let (catalogues, problems) = with(&own);
        let is_new = catalogues.stocks.len() > Catalogues::bundled().stocks.len();
        prop_assert!(is_new || !problems.is_empty());
    }
}
