use super::*;
use crate::deck::{self, builtin};
use crate::length::Length;
use crate::scene::{Item, Page, Scene};
use crate::select::Lean;
use crate::session::rotation::Odd;
use crate::session::{Formats, SessionRequest};

/// Returns all words of a scene, those of its groups too.
fn words_of(scene: &Scene) -> String {
    let mut words = scene.text.clone();
    for item in &scene.items {
        if let Item::Group(group) = item {
            words.push_str(&words_of(&group.scene));
            words.push(' ');
        }
    }
    words
}

fn words(pages: &[Page]) -> String {
    let all: String = pages.iter().map(|page| words_of(&page.scene)).collect();
    all.split_whitespace().collect()
}

fn planned(id: &str, names: &[String]) -> (Plan, Vec<crate::deck::Deck>) {
    let format = Formats::bundled().find(id).expect("it comes along");
    let read = |name: &String| {
        let source = builtin::find(name).expect("it comes along").source();
        deck::read(source).deck.expect("it has no errors")
    };
    let decks: Vec<crate::deck::Deck> = format.decks.iter().map(read).collect();
    let request = SessionRequest {
        format: &format,
        decks: &decks,
        pool: &deck::all_cards(&decks),
        people: names,
        time: None,
        rounds: None,
        start: None,
        ceiling: None,
        odd: Odd::Triad,
        apart: &[],
        lean: Lean::none(),
        seed: 7,
    };
    (request.plan().expect("it can be planned"), decks)
}

fn names(count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("Person{number:03}")).collect()
}

#[test]
fn every_format_has_all_of_its_paper() {
    let fonts = FontStore::bundled();
    for id in Formats::bundled().ids() {
        let count = Formats::bundled().find(id).expect("it comes along").people.usual;
        let names = names(count);
        let (plan, decks) = planned(id, &names);
        for size in [Size::mm(210.0, 297.0), Size::new(Length::inches(8.5), Length::inches(11.0))] {
            let paper = Paper { plan: &plan, decks: &decks, fonts: &fonts, size };
            let run_sheet = paper.run_sheet().expect("a run sheet");
            assert!(run_sheet.iter().all(|page| page.size == size));
            let told = words(&run_sheet);
            for copies in plan.copies() {
                let code = &copies.card.of(&decks).1.code.0;
                assert!(told.contains(&**code), "{id}: {code} is not on the run sheet");
            }
            for stage in &plan.stages {
                assert!(told.contains(&plan.when(stage.at)), "{id}: {}", stage.title);
            }
            let slides = words(&paper.slides().expect("slides"));
            for pick in plan.rounds().flat_map(|stage| &stage.cards) {
                let prompt: String = paper.words(*pick).split_whitespace().collect();
                let begin: String = prompt.chars().take(12).collect();
                assert!(slides.contains(&begin), "{id}: {prompt}");
            }
            let slips = words(&paper.slips().expect("slips"));
            let placed = paper.placed().count();
            assert_eq!(slips.is_empty(), placed == 0, "{id}");
            if placed > 0 {
                assert!(names.iter().all(|name| slips.contains(name)), "{id}");
                let most = paper.placed().map(|stage| stage.seating.groups.len()).max();
                let tents = paper.tents().expect("tents");
                assert_eq!(Some(tents.len()), most.map(|most| most.div_ceil(2)));
            }
        }
    }
}

#[test]
fn a_slip_says_when_where_and_with_whom() {
    let fonts = FontStore::bundled();
    let (plan, decks) = planned("pair-rotation", &names(4));
    let paper = Paper { plan: &plan, decks: &decks, fonts: &fonts, size: Size::mm(210.0, 297.0) };
    let stage = plan.rounds().next().expect("a round");
    let group = stage.seating.groups.iter().position(|group| group.contains(&0)).expect("a place");
    let other = stage.seating.groups[group].iter().find(|person| **person != 0).expect("a partner");
    let begins = if stage.first[group] == 0 { " · *you begin*" } else { "" };
    let expected = format!(
        "{}  Place {} with {}{begins}",
        plan.when(stage.at),
        group + 1,
        plan.people[*other]
    );
    assert_eq!(paper.stop(0, stage), expected);
}

#[test]
fn names_that_no_font_has_are_told() {
    let fonts = FontStore::bundled();
    let people: Vec<String> = ["安娜", "Ben", "Chloé", "Dan"].map(str::to_owned).into();
    let (plan, decks) = planned("pair-rotation", &people);
    let paper = Paper { plan: &plan, decks: &decks, fonts: &fonts, size: Size::mm(210.0, 297.0) };
    let problems = paper.slips().expect_err("no font has them");
    assert!(problems[0].found.contains('安'), "{}", problems[0].found);
}
