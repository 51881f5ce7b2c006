use super::*;

fn told(text: &str) -> Vec<String> {
    let mut formats = Formats::bundled();
    let source = |text: &str| Source { name: "mine.toml".into(), text: text.into() };
    let id = formats.add(source(text));
    let problems = match id {
        Some(id) => formats.find(&id).err().unwrap_or_default(),
        None => formats.unreadable(),
    };
    let place = |problem: &crate::problem::Diagnostic| match &problem.origin {
        Some(origin) => format!("{origin} {}", problem.found),
        None => problem.found.clone(),
    };
    problems.iter().map(place).collect()
}

#[test]
fn every_format_that_comes_along_can_be_read() {
    let formats = Formats::bundled();
    assert_eq!(formats.ids().len(), 11);
    for id in formats.ids() {
        let format = formats.find(id).unwrap_or_else(|problems| panic!("{id}: {problems:?}"));
        assert_eq!(format.id, id);
        assert!(!format.purpose.is_empty() && !format.decks.is_empty(), "{id}");
        assert_eq!(format.landing.kinds, [Kind::Appreciation], "{id}");
    }
}

#[test]
fn a_format_may_be_like_another_and_differ() {
    let mut formats = Formats::bundled();
    let text = "schema = 1\nid = \"ours\"\nlike = \"conversation\"\nceiling = 2\n";
    formats.add(Source { name: "ours.toml".into(), text: text.into() });
    let (ours, like) =
        (formats.find("ours").expect("ours"), formats.find("conversation").expect("it"));
    assert_eq!((ours.ceiling.level(), &ours.parts), (2, &like.parts));
    assert!(formats.is_own("ours") && !formats.is_own("conversation"));
    let text = "schema = 1\nid = \"conversation\"\nlike = \"conversation\"\ntitle = \"Talk\"\n";
    formats.add(Source { name: "talk.toml".into(), text: text.into() });
    assert_eq!(formats.find("Conversation").expect("in place of it").title, "Talk");
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let start = "schema = 1\nid = \"mine\"\n";
    let like = format!("{start}like = \"stories\"\n");
    assert_eq!(told(&format!("{like}moving = -5\n")), ["mine.toml:4:10 `moving` of -5 cannot be"]);
    assert_eq!(
        told(&format!("{like}[opening]\nseconds = [90, 60]\nsay = []\n")),
        ["mine.toml:5:11 `seconds` is no number from 5 to 14400, nor two or three that rise"]
    );
    assert_eq!(
        told(&format!("{like}titel = \"x\"\n")),
        ["mine.toml:4:1 nothing here is called `titel`"]
    );
    assert_eq!(
        told(&format!("{start}like = \"storys\"\n")),
        ["mine.toml:3:8 there is no format `storys` to be like"]
    );
    assert_eq!(
        told(start),
        ["mine.toml:2:6 no `part` is said", "mine.toml:2:6 no `landing` is said"]
    );
    assert_eq!(told("id = \"x\"\n").len(), 1);
    assert_eq!(told("schema = 2\nid = \"x\"\n"), ["mine.toml:1:10 schema 2"]);
    let part = "[[part]]\ntitle = \"A\"\nkinds = [\"riddle\"]\n[[part.step]]\ndoes = \"x\"\nseconds = -3\n";
    assert_eq!(
        told(&format!("{like}{part}")),
        ["mine.toml:6:10 `riddle` is no kind of card", "mine.toml:9:11 `seconds` of -3 cannot be"]
    );
}

#[test]
fn formats_that_are_like_each_other_are_told_and_do_not_hang() {
    let mut formats = Formats::bundled();
    for (id, like) in [("a", "b"), ("b", "c"), ("c", "a"), ("d", "d")] {
        let text = format!("schema = 1\nid = \"{id}\"\nlike = \"{like}\"\n");
        formats.add(Source { name: format!("{id}.toml"), text });
    }
    let found = |id: &str| formats.find(id).expect_err("a loop").remove(0).found;
    assert_eq!(
        found("a"),
        "`a`, which is like `b`, which is like `c`, which is like `a`: that never ends"
    );
    assert_eq!(found("d"), "`d` is like itself, and there is no other `d`");
}
