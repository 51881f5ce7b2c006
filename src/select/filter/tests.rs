use super::*;
use crate::deck::all_cards;
use crate::select::testing::{deck, deck_with};

const TABLE: &str = "category,depth,kind,prompt,minutes,audience,tags\n\
    How,,rule,Read this.,,,\n\
    Play,1,question,What game?,2,,winter;quick\n\
    Play,2,exercise,Hold hands.,5 each,teams,\n\
    Trust,4,question,What stings?,,,Winter\n\
    \"Feelings, needs\",5,finish,I need…,9,\"Teams, friends\",\n\
    End,,close,Thank you.,,,\n";

fn decks() -> Vec<Deck> {
    let meta =
        "audience = 'couples'\ndepths = ['Shore', 'Ankle-deep', 'Afloat', 'Open-sea', 'Deep']";
    vec![deck_with(TABLE, Some(meta))]
}

fn read(words: FilterWords) -> Filter {
    words.read(&decks()).unwrap()
}

fn words(word: &str) -> Vec<String> {
    vec![word.into()]
}

/// Returns the numbers of the rows that pass.
fn left(words: FilterWords) -> Vec<u32> {
    let decks = decks();
    let left = words.read(&decks).unwrap().apply(&decks, &all_cards(&decks)).unwrap();
    left.iter().map(|pick| pick.card).collect()
}

fn depths(word: &str) -> String {
    ranges(&read(FilterWords { depth: words(word), ..Default::default() }).depths)
}

#[test]
fn depths_are_read_as_ranges_lists_and_names() {
    for (word, range) in [
        ("2", "2"),
        ("1-3", "1-3"),
        ("3–1", "1-3"),
        ("1,3-4", "1,3-4"),
        ("ankle deep", "2"),
        ("Shore-Ankle-deep", "1-2"),
        ("ankle-deep - open-sea, 5", "2-5"),
        ("1..3", "1-3"),
        ("3-", "3-5"),
        ("-2,4..", "1-2,4-5"),
    ] {
        assert_eq!(depths(word), range, "{word}");
    }
}

#[test]
fn each_part_lets_pass_what_it_names_and_guides() {
    let none = FilterWords::default;
    assert_eq!(left(none()), [0, 1, 2, 3, 4, 5]);
    assert_eq!(left(FilterWords { depth: words("1-2"), ..none() }), [0, 1, 2, 5]);
    assert_eq!(left(FilterWords { category: words("feelings, Needs"), ..none() }), [0, 4, 5]);
    assert_eq!(left(FilterWords { category: words("TRUST, play"), ..none() }), [0, 1, 2, 3, 5]);
    assert_eq!(left(FilterWords { not_category: words("play"), ..none() }), [0, 3, 4, 5]);
    assert_eq!(left(FilterWords { audience: words("teams"), ..none() }), [0, 2, 4, 5]);
    assert_eq!(left(FilterWords { audience: words("Couples"), ..none() }), [0, 1, 3, 5]);
    assert_eq!(left(FilterWords { tag: words("WINTER"), ..none() }), [0, 1, 3, 5]);
    assert_eq!(left(FilterWords { max_minutes: Some(5), ..none() }), [0, 1, 2, 3, 5]);
}

#[test]
fn categories_go_by_their_letters_and_may_hold_commas() {
    let table = "category,depth,prompt\n\"Work, money\",1,A?\nÜberleben,1,B?\nPlay,1,C?\nCafé,1,D?\n\
        Cafe,1,E?\n";
    let decks = [deck(table)];
    let read = |word| FilterWords { category: words(word), ..Default::default() }.read(&decks);
    let ids = |word| read(word).unwrap().categories;
    assert_eq!(ids("play, Work, money,uberleben"), ["play", "work, money", "überleben"]);
    assert_eq!(ids("UBERLEBEN"), ["überleben"]);
    assert_eq!(ids("CAFÉ,cafe"), ["café", "cafe"]);
    // Two are spelled like this.
    assert_eq!(read("cafè").unwrap_err()[0].code, "unknown-category");
}

#[test]
fn named_kinds_part_the_guides_too() {
    let kind = |word| left(FilterWords { kind: words(word), ..Default::default() });
    assert_eq!(kind("activity,stem"), [2, 4]);
    assert_eq!(kind("Questions,rules"), [0, 1, 3]);
    assert_eq!(kind("closing"), [5]);
}

#[test]
fn all_unknown_words_are_told_at_once() {
    let words = FilterWords {
        depth: vec!["7".into(), "shoer".into(), "1-afloatt".into()],
        category: words("Trsut"),
        not_category: words(" , "),
        kind: words("qestion"),
        audience: words("team"),
        tag: words("wintre"),
        max_minutes: None,
        opt_in: Vec::new(),
    };
    let problems = words.read(&decks()).unwrap_err();
    let told: Vec<(String, Option<String>)> =
        problems.into_iter().map(|problem| (problem.found, problem.help)).collect();
    let mean = |name: &str| Some(format!("did you mean `{name}`?"));
    assert_eq!(
        told,
        [
            ("unknown depth `7`".into(), None),
            ("unknown depth `shoer`".into(), mean("Shore")),
            ("unknown depth `afloatt`".into(), mean("Afloat")),
            ("unknown category `Trsut`".into(), mean("Trust")),
            (
                "`--not-category` has no word to go by".into(),
                Some("give it a word, or leave `--not-category` out".into()),
            ),
            ("unknown kind `qestion`".into(), mean("question")),
            ("unknown audience `team`".into(), mean("Teams")),
            ("unknown tag `wintre`".into(), mean("Winter")),
        ]
    );
}

#[test]
fn a_name_of_two_depths_is_refused() {
    let table = "category,depth,prompt\nPlay,1,What?\n";
    let decks = [
        deck_with(table, Some("depths = ['Light', 'Deep']")),
        deck_with(table, Some("depths = ['Light', 'Warm', 'Deep']")),
    ];
    let read = |word| FilterWords { depth: words(word), ..Default::default() }.read(&decks);
    let problem = &read("deep").unwrap_err()[0];
    assert_eq!(problem.found, "`deep` is depth 2 in test.csv and depth 3 in test.csv");
    assert_eq!(ranges(&read("light").unwrap().depths), "1");
}

#[test]
fn the_part_that_leaves_nothing_is_named() {
    let told = |words: FilterWords| {
        let decks = decks();
        let problems = words.read(&decks).unwrap().apply(&decks, &all_cards(&decks)).unwrap_err();
        problems[0].found.clone()
    };
    let none = FilterWords::default;
    assert_eq!(
        told(FilterWords { depth: words("3"), ..none() }),
        "`--depth 3` leaves none of the 4 cards"
    );
    assert_eq!(
        told(FilterWords { tag: words("quick"), depth: words("4-5"), ..none() }),
        "`--tag quick` leaves none of the 2 cards that `--depth 4-5` left"
    );
    assert_eq!(
        told(FilterWords { category: words("trust"), kind: words("finish"), ..none() }),
        "`--kind finish` does not leave the only card that `--category trust` left"
    );
}

#[test]
fn a_deck_of_guides_alone_is_not_emptied() {
    let decks = [deck("category,depth,kind,prompt\nHow,,rule,Read this.\n")];
    let filter = Filter { depths: BTreeSet::from([Depth::ALL[0]]), ..Filter::default() };
    assert_eq!(filter.apply(&decks, &all_cards(&decks)).unwrap().len(), 1);
}

#[test]
fn cards_to_opt_into_pass_only_when_they_are_asked_for() {
    let table = "category,depth,prompt,tags\nPlay,1,What game?,\nNear,2,Which touch?,Opt In\n\
        Near,4,What wish?,opt-in\nFar,2,Which road?,opt-in\nPlay,4,What else?,opt-in: late\n";
    let decks = vec![deck(table)];
    let all = all_cards(&decks);
    let none = FilterWords::default;
    let filter = |words: FilterWords| words.read(&decks).unwrap();
    let numbers = |picks: Vec<Pick>| picks.iter().map(|pick| pick.card).collect::<Vec<_>>();
    let left = |words: FilterWords| numbers(filter(words).apply(&decks, &all).unwrap());
    assert_eq!(left(none()), [0]);
    assert_eq!(left(FilterWords { opt_in: words("near"), ..none() }), [0, 1, 2]);
    assert_eq!(left(FilterWords { category: words("near"), ..none() }), [1, 2]);
    assert_eq!(left(FilterWords { category: words("play"), ..none() }), [0]);
    assert_eq!(left(FilterWords { tag: words("opt-in"), ..none() }), [2, 3]);
    let shallow = FilterWords { depth: words("1-2"), ..none() };
    assert_eq!(numbers(filter(shallow).held_back(&decks, &all)), [1, 3]);
    let deep = FilterWords { depth: words("4"), ..none() };
    let told = filter(deep).apply(&decks, &all).unwrap_err();
    assert_eq!(told[0].found, "all cards that the filters leave are to be opted into");
    assert_eq!(told[0].help.as_deref(), Some("`--opt-in near,play` lets them in"));
}
