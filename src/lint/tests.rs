use std::collections::BTreeSet;

use super::*;
use crate::deck::{self, Source};
use crate::problem::Severity;

fn deck(name: &str, table: &str, meta: &str) -> Deck {
    let source =
        Source { name, bytes: table.as_bytes().into(), meta: Some((name, meta)), stem: name };
    let loaded = deck::read(source);
    loaded.deck.unwrap_or_else(|| panic!("{:?}", loaded.problems))
}

/// Returns the codes of what is found in a deck, each once.
fn codes(table: &str, meta: &str) -> BTreeSet<String> {
    let found = lint(&[&deck("t", table, meta)], 10).remove(0).told;
    found.iter().map(|finding| finding.code.to_owned()).collect()
}

/// Returns the codes of what is found in a single card.
fn of_card(kind: &str, depth: u8, prompt: &str, rest: &str) -> BTreeSet<String> {
    let table = format!(
        "category,kind,depth,prompt,follow_up,tags,audience,lint_allow\nPlay,{kind},{depth},\"{prompt}\",{rest}\n"
    );
    codes(&table, "")
}

/// For each rule of a single card: a card that breaks it and one that is near to breaking it.
/// Kind, depth, prompt and what stands behind it in the row.
type Case = (
    &'static str,
    (&'static str, u8, &'static str, &'static str),
    (&'static str, u8, &'static str, &'static str),
);

const CASES: &[Case] = &[
    (
        "closed",
        ("question", 1, "Do you like your mornings slow?", ",,,"),
        ("question", 1, "Can you tell me about a slow morning?", ",,,"),
    ),
    (
        "closed-fact",
        ("question", 1, "Where were you born?", ",,,"),
        ("question", 1, "Where did you last lose track of time without minding it?", ",,,"),
    ),
    (
        "double",
        ("question", 1, "What did you sing as a child? And who listened to you?", ",,,"),
        ("question", 1, "What did you sing as a child, and badly?", ",,,"),
    ),
    (
        "double",
        ("question", 1, "What did you sing as a child and who listened to you?", ",,,"),
        ("question", 1, "What did you and your friends sing?", ",,,"),
    ),
    (
        "why",
        ("question", 2, "Why do you keep that old coat?", ",,,"),
        ("question", 2, "What keeps that old coat in your life?", ",,,"),
    ),
    (
        "leading",
        ("question", 2, "Which journey, be honest, did you not enjoy?", ",,,"),
        ("question", 2, "Which journey taught you to be honest with yourself?", ",,,"),
    ),
    (
        "blame",
        ("question", 3, "What do you feel when you never call me?", "Listen.,,,"),
        ("question", 3, "What would you rather never explain to me?", "Listen.,,,"),
    ),
    (
        "assume",
        ("question", 2, "What did your wife teach you about patience?", ",,,"),
        ("question", 2, "Who taught you patience without a word?", ",,,"),
    ),
    (
        "assume",
        ("question", 2, "What do your kids know better than you?", ",,,"),
        ("question", 2, "What do your kids know better than you?", ",parents,,"),
    ),
    (
        "assume",
        ("question", 2, "Which song did your mother hum to you?", ",,,"),
        ("question", 2, "Which song was hummed around you?", ",,,"),
    ),
    (
        "assume",
        ("question", 2, "What do you pray for at night?", ",,,"),
        ("question", 2, "What do you spray your plants with at night?", ",,,"),
    ),
    (
        "assume",
        ("question", 2, "What did your boss teach you?", ",,,"),
        ("question", 2, "What did a bossy friend teach you?", ",,,"),
    ),
    (
        "assume-gender",
        ("question", 2, "Who do you know that laughs at himself?", ",,,"),
        ("question", 2, "Who do you know that laughs at themselves?", ",,,"),
    ),
    (
        "jargon",
        ("question", 3, "How does your attachment style show at breakfast?", "Listen.,,,"),
        ("question", 3, "How does your style of saying goodbye show at breakfast?", "Listen.,,,"),
    ),
    (
        "unsafe",
        ("question", 3, "What is the worst thing that you lived through?", "Listen.,,,"),
        ("question", 3, "What is the worst song that you know by heart?", "Listen.,,,"),
    ),
    (
        "unsafe",
        ("question", 5, "What abuse did you live through?", "Listen.,,,"),
        ("question", 5, "What have you come through that you will talk about?", "Listen.,,,"),
    ),
    (
        "unsafe",
        ("question", 2, "Which song, and you must tell me, do you sing alone?", ",,,"),
        ("question", 2, "Which song of yours must I hear?", ",,,"),
    ),
    (
        "spoken",
        ("question", 1, "What would you pack (if you could carry it)?", ",,,"),
        ("question", 1, "What would you pack if you could carry it?", ",,,"),
    ),
    (
        "spoken",
        ("question", 1, "Which do you like: tea, coffee, water, milk?", ",,,"),
        ("question", 1, "Which do you like: tea, coffee or water?", ",,,"),
    ),
    (
        "depth-word",
        ("question", 1, "What are you afraid of at night?", ",,,"),
        ("question", 3, "What are you afraid of at night?", "Listen.,,,"),
    ),
    (
        "depth-word",
        ("question", 4, "What is your favourite way to be held?", "Listen.,,,"),
        ("question", 2, "What is your favourite way to wake up?", ",,,"),
    ),
    (
        "advice",
        ("question", 3, "What do you put off again and again?", "Tell them what to do first.,,,"),
        ("question", 3, "What do you put off again and again?", "Ask what happens before.,,,"),
    ),
    (
        "long",
        (
            "question",
            1,
            "What would you say to the person who once sat beside you on a bench in a park in the rain on a day when you had nowhere else to be at all?",
            ",,,",
        ),
        (
            "question",
            1,
            "What would you say to the person who once sat beside you on a bench in the rain?",
            ",,,",
        ),
    ),
    (
        "longish",
        (
            "question",
            1,
            "What would you say to the person who once sat beside you on a bench in a park in the rain one day?",
            ",,,",
        ),
        (
            "question",
            1,
            "What would you say to the person who once sat beside you on a bench?",
            ",,,",
        ),
    ),
    (
        "long-line",
        (
            "question",
            1,
            "What do you hum?",
            "Ask them where they heard it first and who was there and what they wore that day.,,,",
        ),
        ("question", 1, "What do you hum?", "Ask where they heard it first.,,,"),
    ),
    (
        "short",
        ("question", 1, "What makes you laugh?", ",,,"),
        ("question", 1, "What makes you laugh at breakfast?", ",,,"),
    ),
    (
        "no-mark",
        ("question", 1, "Your way home on a rainy evening.", ",,,"),
        ("question", 1, "Tell me about your way home on a rainy evening.", ",,,"),
    ),
    (
        "no-end",
        ("question", 1, "Tell me about your way home", ",,,"),
        ("finish", 1, "On my way home I…", ",,,"),
    ),
    (
        "hard",
        (
            "question",
            1,
            "Which institutional responsibilities characterise your contemporary relationships?",
            ",,,",
        ),
        ("question", 1, "What do you carry for others at work?", ",,,"),
    ),
    (
        "hard",
        ("question", 1, "Which surprising animals would you appreciate at dinner?", ",,families,"),
        ("question", 1, "Which animal would you like to meet?", ",,families,"),
    ),
    (
        "hard-word",
        ("question", 1, "What is your responsibility at breakfast?", ",,,"),
        ("question", 1, "What does everybody leave to you at breakfast?", ",,,"),
    ),
    (
        "capitals",
        ("question", 1, "What do you REALLY like about rain?", ",,,"),
        ("question", 1, "What do you like about TV in the rain?", ",,,"),
    ),
    (
        "person",
        ("question", 1, "What makes a good bench in a park?", ",,,"),
        ("question", 1, "What makes a bench in a park yours?", ",,,"),
    ),
    (
        "no-line",
        ("question", 4, "What do you need that is hard to ask for?", ",,,"),
        ("question", 3, "What do you like that is hard to ask for?", ",,,"),
    ),
    (
        "over-cap",
        ("question", 4, "What do you want from us this year?", "Listen.,,teams,"),
        ("question", 4, "What do you want from us this year?", "Listen.,,friends,"),
    ),
];

#[test]
fn every_rule_fires_where_it_must_and_not_beside_it() {
    for (code, breaks, keeps) in CASES {
        let found = |(kind, depth, prompt, rest): (&str, u8, &str, &str)| {
            of_card(kind, depth, prompt, rest)
        };
        assert!(found(*breaks).contains(*code), "{code}: {breaks:?} gives {:?}", found(*breaks));
        assert!(!found(*keeps).contains(*code), "{code}: {keeps:?}");
    }
    let shown: BTreeSet<&str> = CASES.iter().map(|case| case.0).collect();
    let of_decks = [
        "near",
        "same-opening",
        "one-opening",
        "in-a-row",
        "superlatives",
        "heavy",
        "no-guide",
        "uneven-depths",
        "uneven-categories",
        "unknown-audience",
        "foreign",
        "guess",
    ];
    for rule in Rules::of("en").list() {
        let code = rule.code.as_str();
        assert!(shown.contains(code) || of_decks.contains(&code), "`{code}` has no case");
    }
}

/// A table of so many cards, each prompt made from its number.
fn table(count: usize, prompt: impl Fn(usize) -> String) -> String {
    let rows =
        (0..count).map(|n| format!("Play,question,{},\"{}\",Listen.\n", 1 + n % 5, prompt(n)));
    String::from("category,kind,depth,prompt,follow_up\n") + &rows.collect::<String>()
}

/// A question that no rule finds fault with, another one for each number.
fn fine(n: usize) -> String {
    let begins = ["When", "How", "Which", "Whose", "What"][n % 5];
    format!("{begins} w{n}a you w{n}b w{n}c w{n}d w{n}e w{n}f?")
}

#[test]
fn decks_are_judged_as_a_whole() {
    let guides = "How,rule,,Read it.,\nHow,pause,,Breathe.,\nHow,close,,Thank them.,\n";
    let sound = table(40, fine) + guides;
    assert_eq!(codes(&sound, ""), BTreeSet::new());
    let same = |n: usize| format!("What do w{n}a you w{n}b w{n}c?");
    let all = ["in-a-row", "no-guide", "one-opening", "same-opening"].map(str::to_owned);
    assert_eq!(codes(&table(40, same), ""), BTreeSet::from(all));
    assert!(!codes(&table(12, same), "").contains("no-guide"));
    let best =
        |n: usize| fine(n).replace("you", if n.is_multiple_of(8) { "your best" } else { "you" });
    assert!(codes(&(table(40, best) + guides), "").contains("superlatives"));
    assert!(codes(&sound, "audience = 'teams'").contains("uneven-depths"));
    let heavy = |n: usize| fine(n).replace("you", if n % 3 == 1 { "your grief" } else { "you" });
    assert!(codes(&(table(40, heavy) + guides), "").contains("heavy"));
    let cards = table(40, fine);
    let split = |of: usize| {
        let cut = cards.match_indices("Play,").nth(of).map_or(cards.len(), |(at, _)| at);
        cards[..cut].to_owned() + &cards[cut..].replace("Play,", "Trust,") + guides
    };
    assert!(codes(&split(30), "").contains("uneven-categories"));
    assert_eq!(codes(&split(22), ""), BTreeSet::new());
    let run = "category,depth,prompt\nPlay,1,Who in this room has a song for you?\n\
        Play,1,Who in your street would lend you a ladder?\nPlay,2,Who in a crowd do you look at?\n";
    assert_eq!(codes(run, ""), BTreeSet::from(["in-a-row".to_owned()]));
}

#[test]
fn what_the_lint_does_not_know_it_says() {
    let cards = "category,depth,prompt\nPlay,1,What would you take with you to the sea?\n";
    let found = |who: &str| codes(cards, &format!("audience = '{who}'"));
    assert_eq!(found("colleagues"), BTreeSet::from(["unknown-audience".to_owned()]));
    assert_eq!(found("colleagues, Teams"), BTreeSet::new());
    let german = "category,depth,prompt\nSpiel,1,Was hat dich heute zum Lachen gebracht?\n\
        Spiel,2,Warum magst du den Regen?\n";
    assert_eq!(codes(german, ""), BTreeSet::from(["foreign".to_owned()]));
    assert_eq!(codes(german, "language = 'de'"), BTreeSet::new());
    let guessed = "category,depth,prompt,note\n\
        Play,1,What would you take with you to the sea?,\"mine; guess: kind, depth\"\n\
        Play,1,Which road would you take to the hills?,\"guess: kind, depth; mine\"\n";
    let told = lint(&[&deck("t", guessed, "")], 10).remove(0).told;
    assert_eq!(told.len(), 1);
    assert_eq!(
        told[0].found,
        "nobody has looked yet at what was guessed (`guess: kind, depth`) [guess]"
    );
}

#[test]
fn near_prompts_are_found_across_decks_and_told_once() {
    let head = "category,depth,prompt\n";
    let one =
        deck("one", &format!("{head}Play,2,What are you looking forward to this week?\n"), "");
    let two = deck(
        "two",
        &format!(
            "{head}Play,1,Tell me about a chair that is yours.\nPlay,2,What are you really looking forward to this week?\n"
        ),
        "",
    );
    let found: Vec<_> = lint(&[&one, &two], 10).into_iter().map(|found| found.told).collect();
    assert!(found[0].is_empty(), "{:?}", found[0]);
    let told: Vec<&str> = found[1].iter().map(|finding| finding.found.as_str()).collect();
    assert_eq!(told, ["it asks nearly the same as line 2 of one [near]"]);
    let place = found[1][0].origin.as_ref().map(ToString::to_string);
    assert_eq!(place.as_deref(), Some("two:3:8"));
}

#[test]
fn near_prompts_are_told_once_and_may_be_meant() {
    let table = |rows: [&str; 2]| {
        format!("id,category,depth,prompt,lint_allow\n{}\n{}\n", rows[0], rows[1])
    };
    let one = "a,Play,2,What are you looking forward to this week?";
    let other = "b,Play,2,What are you really looking forward to this week?";
    let found = |rows: [&str; 2]| codes(&table(rows), "");
    let near = BTreeSet::from(["near".to_owned()]);
    let [plain, same] = [format!("{one},"), format!("b{},", &one[1..])];
    assert_eq!(found([&plain, &format!("{other},")]), near);
    let meant = "near: asked at both ends";
    assert_eq!(found([&format!("{one},{meant}"), &format!("{other},")]), BTreeSet::new());
    assert_eq!(found([&plain, &format!("{other},{meant}")]), BTreeSet::new());
    // That a prompt stands there twice is told where the deck is read.
    assert_eq!(found([&plain, &same]), BTreeSet::new());
}

#[test]
fn a_card_may_break_a_rule_for_a_reason() {
    let card = |allow: &str| {
        of_card("question", 1, "Do you like your mornings slow?", &format!(",,,{allow}"))
    };
    assert_eq!(card("closed: a game of yes and no"), BTreeSet::new());
    assert_eq!(card("closed"), BTreeSet::from(["no-reason".to_owned()]));
    assert_eq!(card("long: it lists"), BTreeSet::from(["closed".to_owned()]));
    let unknown = card("closd: a game");
    assert_eq!(unknown, BTreeSet::from(["closed".to_owned(), "unknown-rule".to_owned()]));
    let note =
        "category,depth,prompt,note\nPlay,1,Do you like it slow?,mine; lint-allow closed: a game\n";
    assert_eq!(codes(note, ""), BTreeSet::new());
    let misplaced = card("no-guide: it is in the box");
    assert_eq!(misplaced, BTreeSet::from(["closed".to_owned(), "misplaced-rule".to_owned()]));
}

#[test]
fn several_rules_are_parted_by_any_mark_that_people_use() {
    let allow = |text: &str| {
        let prompt = "Why do you stay? Do you know?";
        of_card("question", 1, prompt, &format!(",,,\"{text}\""))
    };
    assert_eq!(allow(""), ["closed", "double", "why"].map(str::to_owned).into());
    for text in [
        "why: known; double: a game; closed: a game",
        "why: known, double: a game, closed: a game",
        "why: known | double: a game | closed: a game",
        "why: known\ndouble: a game\nclosed: a game",
        "why, double, closed: it is a game, of three",
    ] {
        assert_eq!(allow(text), BTreeSet::new(), "{text}");
    }
    assert_eq!(allow("why, double, closed"), BTreeSet::from(["no-reason".to_owned()]));
}

#[test]
fn a_deck_may_break_a_rule_for_a_reason() {
    let table = "category,depth,prompt\nPlay,1,Do you like your mornings slow?\n";
    assert_eq!(codes(table, "lint_allow = ['closed: a game of yes and no']"), BTreeSet::new());
    let told = codes(table, "lint_allow = ['closd: a game', 'long']");
    let all = ["closed", "no-reason", "unknown-rule"].map(str::to_owned);
    assert_eq!(told, BTreeSet::from(all));
}

#[test]
fn quotations_marks_and_front_matter_do_not_hide_a_question() {
    let found = |prompt: &str| of_card("question", 3, &prompt.replace('"', "\"\""), "Listen.,,,");
    for (prompt, code) in [
        ("“Is there something you would like to change about us?”", "closed"),
        ("\"Have you ever missed a train on purpose?\"", "closed"),
        ("- Would you move abroad with me next year?", "closed"),
        ("1. Did you enjoy your school days on the whole?", "closed"),
        ("¿Do you like surprises on a quiet morning?", "closed"),
        ("So, do you think we talk enough about the future?", "closed"),
        ("Think about last year. Did you feel loved by me?", "closed"),
        ("If you could start over, would you move here again?", "closed"),
        ("Don’t you think we should travel more?", "leading"),
        ("It was hard for you, wasn’t it?", "leading"),
        ("What’s wrong with you when you are hungry?", "blame"),
        ("You’re always late: how can we mend that?", "blame"),
        ("When we fight, why don’t you stay?", "why"),
        ("What does your inner\nchild need tonight?", "jargon"),
        ("What does self‑care look like for you?", "jargon"),
        ("What is the worst\nthing you have done?", "unsafe"),
        ("Where did you grow up,\nand what do you miss?", "double"),
    ] {
        assert!(found(prompt).contains(code), "{prompt}: {:?}", found(prompt));
    }
    for prompt in [
        "When did someone last ask you \"why?\" and you had no answer?",
        "What would you like me to ask instead of \"Why are you late?\"",
        "May brings long evenings. What would you do with the first one?",
        "Do-overs are free tonight. Which one would you take?",
        "Which meal from the U.S. would you miss for a whole year?",
        "Tell me about a teacher whom you never thanked.",
        "What should have its own button on our coffee machine?",
        "What naïve idea of yours turned out to be right?",
        "Tell me one thing I did this month and what it made easier.",
    ] {
        assert_eq!(found(prompt), BTreeSet::new(), "{prompt}");
    }
}

#[test]
fn nobody_must_answer_on_any_card() {
    let told = |kind: &str, prompt: &str, line: &str| {
        let table = format!("category,kind,depth,prompt,follow_up\nHow,{kind},,{prompt},{line}\n");
        codes(&table, "")
    };
    let unsafe_ = BTreeSet::from(["unsafe".to_owned()]);
    assert_eq!(told("rule", "You have to answer.", ""), unsafe_);
    assert_eq!(told("close", "Thank you.", "You must answer this."), unsafe_);
    assert_eq!(told("rule", "You never have to answer.", "Nobody has to answer."), BTreeSet::new());
}

#[test]
fn other_languages_have_the_rules_that_need_no_words() {
    let long = "Wort ".repeat(40);
    let table = format!(
        "category,depth,prompt\nSpiel,1,Do you like it?\nSpiel,1,{long}?\nSpiel,1,Wer? Und wo?\n"
    );
    assert_eq!(codes(&table, "language = 'de'"), BTreeSet::from(["double".into(), "long".into()]));
    let mixed = "category,depth,prompt,lang\nPlay,1,Do you like it slow?,de\nPlay,1,Do you like it quick?,\n";
    let found = lint(&[&deck("t", mixed, "")], 10).remove(0).told;
    assert_eq!(found.len(), 1);
}

#[test]
fn the_built_in_decks_keep_the_rules() {
    let decks: Vec<Deck> =
        deck::builtin::ALL.iter().filter_map(|deck| deck::read(deck.source()).deck).collect();
    let found = lint(&decks.iter().collect::<Vec<_>>(), 10);
    let told: Vec<String> = found
        .iter()
        .flat_map(|findings| &findings.told)
        .filter(|finding| finding.severity != Severity::Note)
        .map(|finding| {
            format!(
                "{} {}",
                finding.origin.as_ref().map(ToString::to_string).unwrap_or_default(),
                finding.found
            )
        })
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn many_findings_are_told_as_a_number() {
    let closed = |n: usize| format!("Do you w{n}a w{n}b w{n}c w{n}d?");
    let found = lint(&[&deck("t", &table(300, closed), "")], 10).remove(0);
    assert!(found.tally.errors >= 300, "{}", found.tally.errors);
    let found = found.told;
    let told = found.iter().filter(|finding| finding.code == "closed").count();
    assert_eq!(told, 10);
    let more = found.iter().find(|finding| finding.found == "290 more findings of [closed]");
    assert_eq!(more.map(|more| more.severity), Some(Severity::Error));
}
