use std::collections::BTreeSet;

use super::*;
use crate::deck::{Deck, Depth, Pick, Source, all_cards, builtin, read};
use crate::draw::SERIES;
use crate::problem::Diagnostic;
use crate::select::usual_seed;

fn built_in() -> Vec<Deck> {
    builtin::ALL.iter().map(|deck| read(deck.source()).deck.expect("it is sound")).collect()
}

fn table(text: &str) -> Vec<Deck> {
    let source = Source { name: "t", bytes: text.as_bytes().into(), meta: None, stem: "t" };
    vec![read(source).deck.expect("it is sound")]
}

fn supply<'a>(decks: &'a [Deck], picks: &'a [Pick]) -> Supply<'a> {
    let own = decks.len() > 1;
    Supply { decks, picks, own, ceiling: Depth::ALL[2], opted: &[], seed: usual_seed(decks) }
}

fn codes(notes: &[Diagnostic]) -> Vec<&str> {
    notes.iter().map(|note| note.code).collect()
}

#[test]
fn plans_rise_in_days_and_end_on_thanks() {
    for plan in all().iter().filter(|plan| !plan.is_open()) {
        let days: Vec<When> = plan.steps.iter().map(Step::when).collect();
        let numbers = days.iter().map(|when| if let When::Day(day) = when { *day } else { 0 });
        let numbers: Vec<u32> = numbers.collect();
        assert!(numbers[0] == 1 && numbers.is_sorted_by(|a, b| a < b), "{}", plan.id);
        let last = plan.steps.last().expect("a plan has steps");
        assert!(last.words.to_lowercase().contains("thank"), "{}", plan.id);
        for step in &plan.steps {
            assert!(!step.title.is_empty() && !step.words.is_empty() && step.minutes > 0);
        }
    }
    assert_eq!(all().len(), 5);
}

#[test]
fn every_card_of_a_series_belongs_to_one_plan() {
    let decks = built_in();
    let rituals = decks.iter().find(|deck| deck.meta.name == "rituals").expect("it is built in");
    let has_tag = |tags: &[Box<str>]| tags.iter().any(|tag| &**tag == SERIES);
    let cards = rituals.cards.iter().filter(|card| has_tag(&card.tags));
    let mut series: Vec<&str> = cards.filter_map(|card| card.id.as_deref()).collect();
    let mut used = Vec::new();
    for step in all().iter().flat_map(|plan| &plan.steps) {
        let Some(id) = step.id.as_deref() else { continue };
        let deck = decks.iter().find(|deck| deck.meta.name == step.deck).expect("a built-in deck");
        let card = deck.cards.iter().find(|card| card.id.as_deref() == Some(id));
        used.extend(has_tag(&card.expect("a card of that deck").tags).then_some(id));
    }
    series.sort_unstable();
    used.sort_unstable();
    assert_eq!(series, used);
    assert_eq!(used.len(), 19);
}

#[test]
fn categories_and_kinds_are_those_of_built_in_decks() {
    let decks = built_in();
    let known: BTreeSet<&str> =
        decks.iter().flat_map(|deck| &deck.categories).map(|own| &*own.id).collect();
    for step in all().iter().flat_map(|plan| &plan.steps) {
        for id in step.category.iter().chain(&step.opt_in) {
            assert!(known.contains(&**id), "{id}");
        }
    }
}

#[test]
fn cards_keep_to_the_ceiling_and_come_once() {
    let decks = built_in();
    let picks = all_cards(&decks);
    for ceiling in Depth::ALL {
        for plan in all().iter().filter(|plan| !plan.is_open()) {
            for seed in 0..20 {
                for own in [true, false] {
                    let supply = Supply { ceiling, seed, own, ..supply(&decks, &picks) };
                    let days = plan.settle(&supply).expect("there are cards").days;
                    let taken: Vec<Pick> = days.iter().filter_map(|day| day.pick).collect();
                    let unique: BTreeSet<(u32, u32)> =
                        taken.iter().map(|pick| (pick.deck, pick.card)).collect();
                    assert_eq!(unique.len(), taken.len());
                    let depths = taken.iter().filter_map(|pick| pick.of(&decks).1.depth);
                    assert!(depths.max().is_none_or(|depth| depth <= ceiling));
                }
            }
        }
    }
}

#[test]
fn talk_about_touch_has_a_card_only_if_it_is_opted_into() {
    let decks = built_in();
    let picks = all_cards(&decks);
    let plan = named("six-week").expect("it is built in");
    let settle = |opted: &[String], ceiling: u8, own: bool| {
        let all = supply(&decks, &picks);
        let ceiling = Depth::new(ceiling).expect("a depth");
        let supply = Supply { ceiling, opted, own, ..all };
        plan.settle(&supply).expect("there are cards")
    };
    let yes = ["affection".to_owned()];
    for own in [true, false] {
        let closed = settle(&[], 5, own);
        assert!(closed.days[4].pick.is_none());
        assert_eq!(codes(&closed.notes), ["plan-opt-in"]);
        assert!(closed.notes[0].help.as_deref().expect("help").contains("--opt-in affection"));
        let open = settle(&yes, 5, own);
        let pick = open.days[4].pick.expect("a card");
        let (deck, card) = pick.of(&decks);
        assert!(["affection", "sexual"].contains(&&*deck.category(card).id));
        assert!(open.notes.is_empty());
    }
    let shallow = settle(&yes, 3, true);
    assert!(shallow.days[4].pick.is_none());
    assert_eq!(codes(&shallow.notes), ["plan-ceiling"]);
    assert_eq!(shallow.notes[0].help.as_deref(), Some("`--ceiling 4` lets them in"));
}

#[test]
fn the_order_of_rows_changes_nothing_and_the_seed_does() {
    let decks = built_in();
    let picks = all_cards(&decks);
    let turned: Vec<Pick> = picks.iter().rev().copied().collect();
    let plan = named("ten-day").expect("it is built in");
    let cards = |picks: &[Pick], seed| -> Vec<Option<Pick>> {
        let supply = Supply { picks, seed, ..supply(&decks, picks) };
        plan.settle(&supply).expect("there are cards").days.iter().map(|day| day.pick).collect()
    };
    assert_eq!(cards(&picks, 7), cards(&turned, 7));
    assert_ne!(cards(&picks, 7), cards(&picks, 8));
    assert_eq!(cards(&picks, 7)[..5], cards(&picks, 8)[..5], "its own cards stay");
}

#[test]
fn another_category_is_better_than_no_card_and_too_few_are_told() {
    let decks = table("category,depth,prompt\nRivers,1,Where do you swim?\nRivers,2,Who swims?\n");
    let picks = all_cards(&decks);
    let plan = named("weekly").expect("it is built in");
    let settled = plan.settle(&supply(&decks, &picks)).expect("there are cards");
    let with = settled.days.iter().filter(|day| day.pick.is_some()).count();
    assert_eq!((with, codes(&settled.notes)), (2, vec!["plan-cards"]));
    assert!(settled.days.iter().all(|day| !day.says_all));
}

#[test]
fn a_deck_without_a_fitting_card_is_refused_with_what_helps() {
    let plan = named("weekly").expect("it is built in");
    let refused = |text: &str| {
        let decks = table(text);
        let picks = all_cards(&decks);
        *plan.settle(&supply(&decks, &picks)).expect_err("nothing fits")
    };
    // None of the week's days goes deeper than 3, whatever the ceiling is.
    let deep = refused("category,depth,prompt\nTrust,4,What hurts?\n");
    assert_eq!(deep.code, "no-card-fits");
    let guide = refused("category,depth,prompt,kind\nHow,,Be kind.,rule\n");
    assert_eq!(guide.help.as_deref(), Some("name another deck, or none for the built-in ones"));
}
