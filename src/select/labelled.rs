//! Pairs of prompts that people would call the same question, or would not.

use super::Likeness;

/// The same question in other dress.
const SAME: &[(&str, &str)] = &[
    ("What are you most afraid of?", "What are you really most afraid of?"),
    ("What are you most afraid of?", "what are you MOST afraid of"),
    ("What makes you laugh?", "What always makes you laugh?"),
    ("Which song takes you home?", "What song takes you home?"),
    ("Who taught you to be brave?", "Who was it that taught you to be brave?"),
    ("What do you miss about school?", "What is it you miss about school?"),
    ("What would you do with a free afternoon?", "What would you do with one free afternoon?"),
    ("When do you feel lonely?", "When do you feel lonely these days?"),
    ("What are you proud of?", "What are you proud of today?"),
    ("What small thing made you smile this week?", "What little thing made you smile this week?"),
    ("What did you dream of as a child?", "As a child, what did you dream of?"),
    ("Name a smell that you love.", "Name one smell you love!"),
    ("What helps you fall asleep?", "What helps you to fall asleep, honestly?"),
    ("Don't you miss the sea?", "Do you not miss the sea?"),
    ("What’s your favourite room?", "What is your favourite room?"),
    ("Which rule did you love breaking?", "Which rules did you love to break?"),
    ("Who do you turn to in a crisis?", "To whom do you turn in a crisis?"),
    ("What did your first teacher teach you?", "What have your first teachers taught you?"),
    (
        "Which letter have you kept in a drawer since you left home?",
        "Which letter have you kept in a box since you left home?",
    ),
    ("What would you ask your future self?", "What would you want to ask your future self?"),
    (
        "If you could live anywhere, where would it be?",
        "If you could live anywhere, where would that be?",
    ),
    ("Describe the kitchen you grew up in.", "Describe the kitchen that you grew up in, please."),
    ("What do you need from me tonight?", "What do you need from me tonight, really?"),
    ("What does trust mean to you?", "What does the word trust mean to you?"),
    ("Wovor hast du am meisten Angst?", "Wovor hast du wirklich am meisten Angst?"),
    ("Was bringt dich zum Lachen?", "Was bringt dich immer zum Lachen?"),
    ("Welches Lied erinnert dich an zu Hause?", "Welches Lied erinnert dich denn an zu Hause?"),
    ("Wem würdest du gerne danken?", "Wem wuerdest du gerne danken?"),
    ("Τι φοβάσαι περισσότερο;", "Τι φοβάσαι πραγματικά περισσότερο;"),
    ("あなたが一番怖いものは何ですか？", "あなたが本当に一番怖いものは何ですか"),
    ("子供の頃の夢は何ですか。", "子供の頃の夢は何でしたか。"),
    ("你最害怕什么？", "你真的最害怕什么？"),
];

/// Other questions, though they share a template or words.
const OTHER: &[(&str, &str)] = &[
    ("What did you learn from your mother?", "What did you learn from your work?"),
    ("Who makes you laugh?", "What makes you laugh?"),
    ("When do you feel lonely?", "When do you feel safe?"),
    ("What do you need from me?", "What do I need from you?"),
    ("What do you need?", "What do you need from me?"),
    ("What does patience mean to you?", "What does honesty mean to you?"),
    ("What are you afraid of?", "What are you proud of?"),
    ("What have you told me?", "What have you never told me?"),
    ("What was your best holiday?", "What was your worst holiday?"),
    ("Who taught you the most about courage?", "Who taught you the most about money?"),
    (
        "What do you think a parent would say is your greatest strength?",
        "What do you think a stranger would say is your greatest strength?",
    ),
    ("If you had a free day, what would you do?", "If you had a free year, what would you do?"),
    ("What would you like to be asked more often?", "What would you like to be told more often?"),
    ("Where do you want to live?", "How do you want to live?"),
    ("What song makes you cry?", "What song makes you dance?"),
    ("What do you love about winter?", "What do you love about your job?"),
    ("Which book changed you?", "Which friend changed you?"),
    ("What would you say to your younger self?", "What would your younger self say to you?"),
    ("How do you like to be comforted?", "How do you like to comfort others?"),
    ("Tell me about your first kiss.", "Tell me about your first home."),
    ("What makes a good friend?", "What makes a good evening?"),
    ("What are you looking forward to?", "What are you looking for?"),
    ("What helps you when you are angry?", "What helps you when you are tired?"),
    ("When did you last cry?", "When did you last laugh until you cried?"),
    ("Who do you miss?", "What do you miss?"),
    ("What is a secret talent of yours?", "What is a secret you keep?"),
    ("Was hast du von deiner Mutter gelernt?", "Was hast du von deiner Arbeit gelernt?"),
    ("Wovor hast du Angst?", "Worauf bist du stolz?"),
    ("Was brauchst du von mir?", "Was brauche ich von dir?"),
    ("Wann fühlst du dich sicher?", "Wann fühlst du dich einsam?"),
    ("Τι έμαθες από τη μητέρα σου;", "Τι έμαθες από τη δουλειά σου;"),
    ("お母さんから何を学びましたか？", "仕事から何を学びましたか？"),
    ("どんなときにうれしいと感じますか。", "どんなときにさびしいと感じますか。"),
    ("你最害怕什么？", "你最喜欢什么？"),
];

/// Pairs written after the measure was settled, to see how it does on what it does not know: same.
const FRESH_SAME: &[(&str, &str)] = &[
    ("What do you wish I knew about you?", "What do you really wish I knew about you?"),
    ("How do you show someone that you care?", "How do you show someone you care?"),
    ("What did your grandparents laugh about?", "What did your grandparents always laugh about?"),
    ("Which smell reminds you of summer?", "What smell reminds you of the summer?"),
    ("What would you cook for a stranger?", "If a stranger came, what would you cook?"),
    (
        "What is the kindest thing a stranger did for you?",
        "What's the kindest thing that a stranger has done for you?",
    ),
    ("When were you last surprised by yourself?", "When did you last surprise yourself?"),
    ("What do you hope we never lose?", "What is it that you hope we never lose?"),
    ("Was w\u{fc}rdest du gern k\u{f6}nnen?", "Was w\u{fc}rdest du wirklich gern k\u{f6}nnen?"),
    ("Welchen Geruch liebst du?", "Welche Ger\u{fc}che liebst du?"),
    ("最近、嬉しかったことは何ですか？", "最近嬉しかったことは何ですか。"),
];

/// Other such pairs: not the same.
const FRESH_OTHER: &[(&str, &str)] = &[
    ("What do you wish I knew about you?", "What do I wish you knew about me?"),
    ("Which smell reminds you of summer?", "Which smell reminds you of school?"),
    ("What would you cook for a stranger?", "What would you cook for your boss?"),
    ("When do you feel most alive?", "When do you feel most tired?"),
    ("What do you hope we never lose?", "What do you hope we find?"),
    ("Who believed in you first?", "Who believes in you now?"),
    ("What did you want to be at ten?", "What did you want to own at ten?"),
    ("How do you rest?", "How do you work?"),
    ("Was macht dich stolz?", "Was macht dich traurig?"),
    ("Wo bist du zu Hause?", "Wer ist zu Hause?"),
    ("最近、嬉しかったことは何ですか？", "最近、悲しかったことは何ですか？"),
];

fn near(pair: &(&str, &str)) -> bool {
    Likeness::of([pair.0, pair.1]).are_near(0, 1)
}

#[test]
fn people_and_likeness_mostly_agree() {
    let missed: Vec<&str> = SAME.iter().filter(|pair| !near(pair)).map(|pair| pair.0).collect();
    let wrong: Vec<&str> = OTHER.iter().filter(|pair| near(pair)).map(|pair| pair.0).collect();
    // Strong verbs, a noun for another noun in the same sense, and `ue` for an umlaut.
    let hard = [
        "What did your first teacher teach you?",
        "Which letter have you kept in a drawer since you left home?",
        "Wem w\u{fc}rdest du gerne danken?",
    ];
    assert_eq!(missed, hard);
    // Only the order of the words differs.
    assert_eq!(wrong, ["What would you say to your younger self?"]);
}

#[test]
fn fresh_pairs_are_told_apart_nearly_as_well() {
    let missed = FRESH_SAME.iter().filter(|pair| !near(pair)).count();
    let wrong: Vec<&str> =
        FRESH_OTHER.iter().filter(|pair| near(pair)).map(|pair| pair.0).collect();
    assert_eq!(missed, 1);
    assert_eq!(wrong, ["Who believed in you first?", "What did you want to be at ten?"]);
}
