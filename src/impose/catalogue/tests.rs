use std::collections::HashSet;

use super::lookup::normalised;
use super::*;
use crate::problem::Severity;

fn assert_sound(formats: &[Format]) {
    let mut names = HashSet::new();
    for format in formats {
        assert!(format.size.width > Length::ZERO && format.size.height > Length::ZERO);
        assert!(format.corner_radius >= Length::ZERO, "{}", format.id);
        assert!(!format.name.is_empty());
        for name in std::iter::once(&format.id).chain(&format.aliases) {
            assert!(names.insert(name.clone()), "`{name}` names two");
            assert_eq!(*name, normalised(name));
        }
    }
}

#[test]
fn bundled_catalogues_are_sound() {
    let mut catalogues = Catalogues::default();
    assert_eq!(catalogues.merge(include_str!("../sizes.toml"), "sizes.toml"), []);
    assert_eq!(catalogues.merge(include_str!("../papers.toml"), "papers.toml"), []);
    assert_eq!((catalogues.sizes.len(), catalogues.papers.len()), (40, 23));
    assert_sound(&catalogues.sizes);
    assert_sound(&catalogues.papers);
    assert!(catalogues.papers.iter().all(|paper| !paper.size.is_landscape()));
    assert_eq!(catalogues.merge(include_str!("../stocks.toml"), "stocks.toml"), []);
    assert_eq!(catalogues, Catalogues::bundled());
}

#[test]
fn sizes_are_exact_in_their_own_unit() {
    let catalogues = Catalogues::bundled();
    let size = |name: &str| catalogues.size(name).map(|f| (f.size, f.corner_radius));
    assert_eq!(size("poker"), Ok((Size::mm(63.0, 88.0), Length::mm(3.0))));
    assert_eq!(size("poker-us"), Ok((Size::mm(63.5, 88.9), Length::mm(3.175))));
    let paper = |name: &str| catalogues.paper(name).map(|f| f.size);
    assert_eq!(paper("letter"), Ok(Size::mm(215.9, 279.4)));
    assert_eq!(paper("a4"), Ok(Size::mm(210.0, 297.0)));
}

#[test]
fn names_are_forgiving() {
    let catalogues = Catalogues::bundled();
    let id = |name: &str| catalogues.size(name).map(|f| f.id);
    for name in ["Poker-US", " poker us", "POKER_US", "us-poker"] {
        assert_eq!(id(name), Ok("poker-us".into()), "{name}");
    }
    assert_eq!(catalogues.paper("Ledger").map(|f| f.id), Ok("tabloid".into()));
    assert_eq!(catalogues.paper("iso_a4").map(|f| f.id), Ok("a4".into()));
    assert_eq!(id("3x5"), Ok("index-3x5".into()));
}

#[test]
fn free_sizes_stand_beside_names() {
    let catalogues = Catalogues::bundled();
    let free = catalogues.size("70x120mm").unwrap();
    assert_eq!((free.size, free.corner_radius), (Size::mm(70.0, 120.0), Length::mm(3.0)));
    assert_eq!(catalogues.size("4x50mm").unwrap().corner_radius, Length::mm(2.0));
    assert_eq!(catalogues.paper("13x19in").unwrap().size, Size::mm(330.2, 482.6));
    let problem = catalogues.size("70x120").unwrap_err();
    assert_eq!(problem.code, "bad-size");
    assert_eq!(problem.found, "`70x120` needs a unit: mm, cm, in or pt, such as `70x120mm`");
}

#[test]
fn unknown_names_are_mended() {
    let catalogues = Catalogues::bundled();
    let problem = catalogues.size("pokr").unwrap_err();
    assert_eq!((problem.code, problem.found.as_str()), ("unknown-size", "unknown size `pokr`"));
    assert_eq!(problem.help.as_deref(), Some("did you mean `poker`?"));
    let problem = catalogues.paper("papyrus").unwrap_err();
    assert_eq!(problem.found, "unknown paper `papyrus`");
    assert_eq!(problem.help.as_deref(), Some("`deckle list papers` shows every name"));
}

#[test]
fn own_files_add_and_replace_and_say_so() {
    let mut catalogues = Catalogues::bundled();
    let own = "schema = 1\n[[size]]\nid = \"Big One\"\nsize = \"10x15cm\"\naliases = [\"tcg\"]\n\
               [[paper]]\nid = \"a4\"\nname = \"My A4\"\nsize = \"209x296mm\"\n";
    let problems = catalogues.merge(own, "my.toml");
    let told: Vec<_> = problems.iter().map(|p| (p.severity, p.found.as_str())).collect();
    assert_eq!(told, [(Severity::Warning, "`tcg` already names `poker`")]);
    assert_eq!(problems[0].origin.as_ref().unwrap().to_string(), "my.toml:5:12");
    let note = catalogues.replaced(Catalogue::Papers, "a4").unwrap();
    let found = "`a4` replaces the one of 210 × 297 mm";
    assert_eq!((note.severity, &*note.found), (Severity::Note, found));
    assert_eq!(catalogues.replaced.len(), 1);
    assert_eq!(catalogues.size("big-one").unwrap().corner_radius, Length::mm(3.0));
    assert_eq!(catalogues.paper("A4").unwrap().size, Size::mm(209.0, 296.0));
    assert_sound(&catalogues.sizes);
}

#[test]
fn what_a_file_tells_twice_is_told() {
    let mut catalogues = Catalogues::bundled();
    let own = "schema = 1\n[[size]]\nid = \"mine\"\nsize = \"50x70mm\"\n\
               [[paper]]\nid = \"mine\"\nsize = \"1x2in\"\n\
               [[size]]\nid = \"Mine\"\nsize = \"60x80mm\"\n";
    let problems = catalogues.merge(own, "my.toml");
    let [problem] = &problems[..] else { panic!("{problems:?}") };
    assert_eq!(problem.origin.as_ref().unwrap().to_string(), "my.toml:9:6");
    assert_eq!(problem.found, "`mine` is told twice; what is told last counts");
    assert!(problem.severity == Severity::Warning && problem.help.is_some());
    assert_eq!(catalogues.size("mine").unwrap().size, Size::mm(60.0, 80.0));
    assert_eq!(catalogues.replaced, []);
}

#[test]
fn wrong_entries_are_told_where_they_stand() {
    let told = |own: &str| {
        let problems = Catalogues::default().merge(own, "my.toml");
        let told = |p: &Diagnostic| format!("{} {}", p.origin.as_ref().unwrap(), p.found);
        problems.iter().map(told).collect::<Vec<_>>()
    };
    assert_eq!(told("schema = 2"), ["my.toml:1:10 schema 2"]);
    assert_eq!(
        told(
            "schema = 1\n[[size]]\nid = \"x\"\nsize = \"0x9mm\"\n[[size]]\nid = \"y\"\nsize = \"9\""
        ),
        [
            "my.toml:4:8 a size of 0 × 9 mm",
            "my.toml:7:8 `9` is not a size; write width x height and a unit, such as `70x120mm` or `2.5x3.5in`",
        ]
    );
    assert_eq!(
        told("schema = 1\n[[size]]\nid = \"x\"\nsize = \"9x9mm\"\nradius = \"5mm\""),
        ["my.toml:5:10 a radius of 5 mm on 9 × 9 mm"]
    );
    assert_eq!(told("schema = 1\nsizes = 3")[0].split(' ').next(), Some("my.toml:2:1"));
    assert!(told("schema = ")[0].starts_with("my.toml:1:1"));
}
