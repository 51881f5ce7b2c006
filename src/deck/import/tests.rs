use super::*;

fn imported(text: &str) -> Option<Imported> {
    import(Source { name: "t", bytes: text.as_bytes().into(), meta: None, stem: "t" }).unwrap()
}

/// The rows of a list, without the header.
fn rows(text: &str) -> Vec<String> {
    imported(text).unwrap().table.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn lists_become_tables_under_their_headings() {
    let list = "1. What now?\n\n# Play\n- Who, if anyone?\n* \"Say \"\"yes\"\".\"\n";
    let table = imported(list).unwrap();
    assert_eq!(
        table.table,
        "category,depth,kind,prompt,follow_up,note\nQuestions,2,question,What now?,,guess: depth\n\
         Play,2,question,\"Who, if anyone?\",,guess: depth\n\
         Play,2,question,\"Say \"\"yes\"\".\",,\"guess: kind, depth\"\n"
    );
    assert_eq!((table.cards, table.depths, table.kinds), (3, 3, 1));
}

#[test]
fn markdown_is_read_as_people_write_it() {
    let list = "---\ntitle: Ours\n---\n# Our deck\n\n## Warm-up\n\n- [ ] What **now**,\n  my friend?\n\
        - *Who then?*\n\n**Level 3**\n\n1) Where do you go?\n(2) Who goes along?\n\nTrust\n-----\n\
        > Why not?\n\nFor later:\n+ When?\n```\nWhat in here?\n```\n<!-- nor this -->\n";
    assert_eq!(
        rows(list),
        [
            "Warm-up,2,question,\"What now, my friend?\",,guess: depth",
            "Warm-up,2,question,Who then?,,guess: depth",
            "Warm-up,3,question,Where do you go?,,",
            "Warm-up,3,question,Who goes along?,,",
            "Trust,2,question,Why not?,,guess: depth",
            "For later,2,question,When?,,guess: depth",
            "For later,2,question,What in here?,,guess: depth",
        ]
    );
    let nested = "- Play\n  - Who begins?\n  - What ends it?\n- Trust\n\t- Where is it?\n";
    let categories: Vec<String> =
        rows(nested).iter().map(|row| row.split(',').next().unwrap().to_owned()).collect();
    assert_eq!(categories, ["Play", "Play", "Trust"]);
}

#[test]
fn json_is_read_in_the_shapes_that_programs_write() {
    let guessed = |text: &str| rows(text);
    let one = ["Questions,2,question,What now?,,guess: depth"];
    assert_eq!(guessed("[\"What now?\", \"\"]"), one);
    assert_eq!(guessed("\u{feff}{\"questions\": [{\"question\": \"What now?\"}]}"), one);
    assert_eq!(
        guessed(
            "{\"Play\": [\"What now?\"], \"Deep\": [{\"text\": \"Who?\", \"level\": 4, \"category\": \"Trust\"}]}"
        ),
        ["Play,2,question,What now?,,guess: depth", "Trust,4,question,Who?,,"]
    );
    assert_eq!(rows("[not json\nWhat now?").len(), 2);
    let refused = |name, text: &str| {
        let bytes = text.as_bytes().into();
        import(Source { name, bytes, meta: None, stem: "t" }).unwrap_err().found
    };
    assert_eq!(refused("t", "{\"a\": 1}"), "`t` has no prompts");
    assert_eq!(
        refused("t.json", ""),
        "`t.json` is no JSON: EOF while parsing a value at line 1 column 0"
    );
}

#[test]
fn words_that_mean_nothing_are_kept_in_the_note() {
    let list =
        "[{\"prompt\": \"What now?\", \"depth\": \"hard\", \"kind\": \"x\", \"note\": \"mine\"}]";
    let row = "Questions,2,question,What now?,,guess: depth; mine; kind was x; depth was hard";
    assert_eq!(rows(list), [row]);
}

#[test]
fn tables_without_depth_are_filled_in_and_decks_left_alone() {
    let csv = imported("Frage;Thema;Nr\nWas nun?;Heute;1\n").unwrap().table;
    assert!(csv.ends_with("Heute,2,question,Was nun?,,guess: depth\n"), "{csv}");
    assert_eq!(imported("category,depth,prompt\na,9,b\n"), None);
    assert_eq!(imported("category,depth\na,1\n"), None);
}

#[test]
fn kinds_are_known_by_their_form() {
    for (prompt, kind) in [
        ("Who taught you to whistle?", Kind::Question),
        ("When I am tired I…", Kind::Finish),
        ("On rainy days ___", Kind::Finish),
        ("I noticed…\nI would like…", Kind::Script),
        ("Describe your street, two minutes each.", Kind::Exercise),
        ("Hold hands and say nothing for one minute.", Kind::Exercise),
        ("What did I do lately that made your day lighter?", Kind::Appreciation),
        ("How are you right now?", Kind::Checkin),
        ("Take three slow breaths.", Kind::Pause),
        ("For the next card, only listen.", Kind::Listen),
    ] {
        assert_eq!(guess::kind(prompt).0, kind, "{prompt}");
    }
}

/// The cards of the library have depths that people gave: the guesses must be near them.
#[test]
fn guessed_depths_are_near_those_that_people_gave() {
    let (mut all, mut same, mut near) = (0, 0, 0);
    for built_in in &crate::deck::builtin::ALL {
        let deck = crate::deck::read(built_in.source()).deck.unwrap();
        for card in deck.cards.iter().filter(|card| !card.kind.is_guide()) {
            let level = card.depth.unwrap().level();
            let guess = guess::depth(&card.prompt, card.kind).level();
            all += 1;
            same += usize::from(guess == level);
            near += usize::from(guess.abs_diff(level) <= 1);
        }
    }
    println!("{same} of {all} depths are the same, {near} at most one off");
    assert!(same * 100 >= all * 40 && near * 100 >= all * 85, "{same} {near} of {all}");
}

/// The prompts of a list, in order.
fn prompts(text: &str) -> Vec<String> {
    let table = imported(text).unwrap().table;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let at = reader.headers().unwrap().iter().position(|name| name == "prompt").unwrap();
    reader.records().map(|row| row.unwrap()[at].to_owned()).collect()
}

#[test]
fn no_prompt_is_lost_or_torn() {
    let lists = [
        ("Question\nWhat, then, is it?\nWho?\n", vec!["What, then, is it?", "Who?"]),
        (
            "# Deck\n\n### What is love?\n\n### What is home?\n",
            vec!["What is love?", "What is home?"],
        ),
        ("#1 What is it?\n#2 Who is it?\n", vec!["What is it?", "Who is it?"]),
        (
            "I am proud of:\nTell me three things:\nI feel loved when:\n",
            vec!["I am proud of:", "Tell me three things:", "I feel loved when:"],
        ),
        ("What is it?\nFinish the sentence:\n", vec!["What is it?", "Finish the sentence:"]),
        ("- What is it?\nWho is it?\n", vec!["What is it?", "Who is it?"]),
        (
            "Q1: What is it?\na) Who is it?\n● Where is it?\n",
            vec!["What is it?", "Who is it?", "Where is it?"],
        ),
        ("---\nWhat is it?\nWho?\n---\nWhere?\n", vec!["What is it?", "Who?", "Where?"]),
        ("What is it?\rWho?\r", vec!["What is it?", "Who?"]),
        (
            "On rainy days I ___\n\"What\" he said, \"is it?\"\n",
            vec!["On rainy days I ___", "\"What\" he said, \"is it?\""],
        ),
        (
            "[{\"content\": \"What?\"}, {\"q\": \"Who?\"}, {\"prompt\": [\"A?\", \"B?\"]}]",
            vec!["What?", "Who?", "A?", "B?"],
        ),
    ];
    for (list, wanted) in lists {
        assert_eq!(prompts(list), wanted, "{list}");
    }
    assert_eq!(imported("question,category\nWhat, then, is it?,Play\n"), None);
    let kept = rows("prompt,copies,lang\nMagst du das?,3,de\n");
    assert_eq!(kept, ["Questions,2,question,Magst du das?,,3,de,guess: depth"]);
}

#[test]
fn headings_are_known_in_many_dresses() {
    let list = "# Level 3\n## Play\n- What a?\n\nTRUST\nWhat b?\n\nLevel 2\nWhat c?\n\n\
        # 🔥 Round 1: Warm-up\nWhat d?\n# Level 1-2\nWhat e?\n";
    let found: Vec<String> = rows(list)
        .iter()
        .map(|row| row.split(',').filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        found,
        [
            "Play 3 question What a?",
            "TRUST 3 question What b?",
            "TRUST 2 question What c?",
            "Warm-up 1 question What d?",
            "Level 1-2 2 question What e? guess: depth",
        ]
    );
    assert_eq!(rows("{\"Level 2\": [\"What a?\"]}"), ["Questions,2,question,What a?,,"]);
    assert_eq!(
        rows(
            "{\"Level 2: Trust\": [{\"question\": \"What a?\", \"level\": 4}, {\"text\": \"What b?\"}]}"
        ),
        ["Trust,4,question,What a?,,", "Trust,2,question,What b?,,"]
    );
}

#[test]
fn entries_that_ask_nothing_are_counted() {
    let list = "[{\"prompt\": \"What a?\"}, {\"x\": \"one\", \"y\": \"two\"}, {\"z\": 3}]";
    let imported = imported(list).unwrap();
    assert_eq!((imported.cards, imported.lost), (1, 2));
}
