use super::*;
use crate::deck::{Source, read};

fn deck(rows: &str) -> Vec<Deck> {
    let table = format!("id,category,depth,prompt,copies\n{rows}");
    let bytes = table.into_bytes().into();
    vec![read(Source { name: "d.csv", bytes, meta: None, stem: "d" }).deck.unwrap()]
}

const FIRST: &str = "a,Play,1,What now?,1\nb,Cooking,2,What then?,2\nc,Mind,3,Why so?,1\n";

fn first() -> Record {
    let decks = deck(FIRST);
    // The third card is left out.
    Record::of(&decks, &all_cards(&decks)[..3], Value::Null)
}

fn ids(decks: &[Deck], picks: &[Pick]) -> String {
    picks.iter().map(|pick| pick.of(decks).1.id.as_deref().unwrap_or("-")).collect()
}

/// Returns the ids of the cards to print, what to take out, and how many cards stay.
fn compared(record: &Record, rows: &str) -> (String, Vec<(String, usize, Why)>, usize) {
    let decks = deck(rows);
    let changes = record.changes(&decks, &all_cards(&decks)).unwrap();
    let out = |out: &TakeOut| (out.card.prompt.clone(), out.copies, out.why);
    (ids(&decks, &changes.print), changes.take_out.iter().map(out).collect(), changes.stay)
}

#[test]
fn nothing_changed_is_nothing_to_print() {
    assert_eq!(compared(&first(), FIRST), (String::new(), vec![], 3));
}

#[test]
fn edited_new_and_missing_cards_are_told_apart() {
    let rows =
        "a,Play,1,What now then?,1\nb,Cooking,2,What then?,3\nc,Mind,3,Why?,1\nd,Play,1,New?,1\n";
    let out = vec![("What now?".to_owned(), 1, Why::Replaced)];
    assert_eq!(compared(&first(), rows), ("abd".into(), out, 2));
    let gone =
        vec![("What now?".to_owned(), 1, Why::Gone), ("What then?".to_owned(), 1, Why::TooMany)];
    assert_eq!(compared(&first(), "b,Cooking,2,What then?,1\n"), (String::new(), gone, 1));
}

#[test]
fn after_a_second_printing_nothing_is_left_to_print() {
    let rows = "a,Play,1,What now then?,1\nc,Mind,3,Why?,1\nd,Play,1,New?,1\n";
    let decks = deck(rows);
    let changes = first().changes(&decks, &all_cards(&decks)).unwrap();
    assert_eq!(compared(&changes.after, rows), (String::new(), vec![], 2));
    assert_eq!(changes.after.left_out.len(), 1);
}

#[test]
fn new_cards_that_nobody_asks_for_today_may_come_later() {
    let rows = format!("{FIRST}d,Play,1,New?,1\n");
    let decks = deck(&rows);
    let changes = first().changes(&decks, &[]).unwrap();
    assert_eq!(changes.print, []);
    assert_eq!(compared(&changes.after, &rows).0, "d");
}

#[test]
fn records_come_back_from_their_files() {
    let record = first();
    assert_eq!(Record::read(&record.to_json(), "r.json"), Ok(record));
}

#[test]
fn what_is_no_record_is_told() {
    let told = |text: &str| Record::read(text, "r.json").unwrap_err().code;
    assert_eq!(told("category,depth,prompt"), "record-syntax");
    assert_eq!(told("{\"deckle\": 1}"), "no-record");
    assert_eq!(told("{\"deckle\": 1, \"print-record\": 2}"), "record-version");
    assert_eq!(told("{\"deckle\": 1, \"print-record\": 1, \"cards\": 3}"), "bad-record");
    let broken = first().to_json().replacen("\"imprint\": \"", "\"imprint\": \"x", 1);
    assert_eq!(told(&broken), "bad-record");
    let other = deck("x,Play,1,Something else?,1\n");
    let problem = first().changes(&other, &all_cards(&other)).unwrap_err();
    assert_eq!(problem.code, "record-of-another");
}

#[test]
fn new_categories_leave_the_emblems_of_old_ones_alone() {
    let record = first();
    let mut decks = deck(&format!("e,Baking,1,Bread?,1\n{FIRST}"));
    let emblem = |decks: &[Deck], id: &str| {
        let category = decks[0].categories.iter().find(|category| category.id == id).unwrap();
        category.emblem.clone()
    };
    let before = emblem(&deck(FIRST), "cooking");
    assert_ne!(emblem(&decks, "cooking"), before);
    assert_eq!(record.dress(&mut decks), []);
    assert_eq!((emblem(&decks, "cooking"), emblem(&decks, "baking")), (before, "mark2".into()));
    decks[0].meta.title = "Another title".into();
    assert_eq!(record.dress(&mut decks)[0].code, "title-of-record");
    assert_eq!(decks[0].meta.title, record.title);
}

#[test]
fn a_third_printing_knows_the_emblems_of_the_second() {
    let second = format!("e,Baking,1,Bread?,1\n{FIRST}");
    let mut decks = deck(&second);
    first().dress(&mut decks);
    let after = first().changes(&decks, &all_cards(&decks)).unwrap().after;
    let mut third = deck(&format!("f,Angling,1,Fish?,1\n{second}"));
    after.dress(&mut third);
    let emblem = |decks: &[Deck], id: &str| {
        decks[0].categories.iter().find(|category| category.id == id).unwrap().emblem.clone()
    };
    for id in ["cooking", "baking"] {
        assert_eq!(emblem(&third, id), emblem(&decks, id));
    }
    assert_eq!(emblem(&third, "angling"), "mark3");
}

#[test]
fn all_decks_of_a_record_must_be_there() {
    let mut decks = deck(FIRST);
    let table = "id,category,depth,prompt\nz,Play,1,More?\n";
    let more = Source { name: "e.csv", bytes: table.as_bytes().into(), meta: None, stem: "e" };
    decks.extend(read(more).deck);
    let record = Record::of(&decks, &all_cards(&decks), Value::Null);
    decks.pop();
    let problem = record.changes(&decks, &all_cards(&decks)).unwrap_err();
    assert_eq!(problem.code, "record-of-more");
}

#[test]
fn copies_that_were_left_out_stay_out() {
    let rows = "a,Play,1,What now?,3\n";
    let decks = deck(rows);
    let record = Record::of(&decks, &all_cards(&decks)[..1], Value::Null);
    assert_eq!(Record::read(&record.to_json(), "r.json"), Ok(record.clone()));
    assert_eq!(compared(&record, rows), (String::new(), vec![], 1));
    assert_eq!(compared(&record, "a,Play,1,What now?,4\n").0, "a");
    let edited = compared(&record, "a,Play,1,What then?,3\n");
    assert_eq!((edited.0, edited.1.len(), edited.2), ("a".into(), 1, 0));
}

#[test]
fn another_subtitle_is_told_too() {
    let mut decks = deck(FIRST);
    decks[0].meta.subtitle = Some("for two".into());
    let told = first().dress(&mut decks).remove(0).found;
    assert_eq!(told, "backs carry `D` as at the first printing, not `D · for two`");
}
