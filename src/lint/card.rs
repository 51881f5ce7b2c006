//! What the rules find in one card.

use crate::deck::Card;

use super::reading::{Reading, plain, without_quotations, words};
use super::rules::{Field, Measure, Rule, Rules};
use super::{Hit, Subjects, asks};

/// Signs that end a question, in Latin, East Asian and Arabic letters.
const ASKING: [char; 3] = ['?', '？', '؟'];

/// From how many capitals on a word shouts.
const SHOUTED: usize = 4;

/// Returns the rules that the card numbered `at` breaks.
pub(super) fn hits(subjects: &Subjects, at: u32, card: &Card) -> Vec<Hit> {
    let mut hits = Vec::new();
    let rules = subjects.rules(card);
    let mut hit = |rule: &'static Rule, detail: String| {
        hits.push(Hit { rule, card: Some(at), detail });
    };
    let prompt = Reading::of(&card.prompt);
    let line = card.follow_up.as_deref().map(plain);
    let asked_of_listener = line.as_deref().and_then(without_quotations);
    let cells = [
        (Field::Prompt, Some(prompt.plain.as_str())),
        (Field::Asked, Some(prompt.asked())),
        (Field::FollowUp, asked_of_listener.as_deref().or(line.as_deref())),
        (Field::Note, card.note.as_deref()),
    ];
    for (field, cell) in cells {
        let text = cell.unwrap_or_default();
        rules.matches(field, text, |rule, found| {
            if rule.concerns(subjects.deck, card) {
                hit(rule, found.trim().into());
            }
        });
    }
    if !asks(card) {
        return hits;
    }
    let subject = Subject { subjects, card, rules, prompt, line };
    let mut told = None;
    for (rule, measure) in rules.measures() {
        // Rules that measure the same stand together, the stricter one first.
        if measure.is_of_deck() || told == Some(measure) || !rule.concerns(subjects.deck, card) {
            continue;
        }
        if let Some(found) = subject.measure(rule, measure) {
            told = Some(measure);
            hit(rule, found);
        }
    }
    hits
}

struct Subject<'a> {
    subjects: &'a Subjects<'a>,
    card: &'a Card,
    rules: &'static Rules,
    prompt: Reading,
    line: Option<String>,
}

impl Subject<'_> {
    /// Returns what is found against a rule that measures a card.
    fn measure(&self, rule: &Rule, measure: Measure) -> Option<String> {
        let over = |count: u32| (count > rule.limit).then(|| count.to_string());
        let has = |word: &str| rule.words.contains(word);
        let prompt = &self.prompt;
        match measure {
            Measure::WordsOver => over(prompt.count),
            Measure::WordsUnder => (prompt.count < rule.limit).then(|| prompt.count.to_string()),
            Measure::LineWordsOver => over(words(self.line.as_deref()?).count() as u32),
            Measure::MarksOver => over(self.marks()),
            Measure::NoMark => (self.marks() == 0 && !self.invites(has)).then(String::new),
            Measure::NoEnd => self.ends_bare().then(String::new),
            Measure::GradeOver => {
                let grade = prompt.grade();
                (grade > f64::from(rule.limit)).then(|| format!("{grade:.0}"))
            }
            Measure::SyllablesOver => {
                let at = prompt.syllables().iter().position(|count| *count > rule.limit)?;
                prompt.words().nth(at).map(str::to_owned)
            }
            Measure::CommasOver => over(prompt.plain.matches(',').count() as u32),
            Measure::Capitals => {
                words(&self.card.prompt).find(|word| is_shouted(word)).map(str::to_owned)
            }
            Measure::Nobody => (!prompt.words().any(has)).then(String::new),
            Measure::NoLine => self.line.is_none().then(String::new),
            Measure::OverCap => self.over_cap(),
            _ => None,
        }
    }

    /// Returns how many questions are asked. What is quoted is not; but where only a quotation asks, it
    /// is the question.
    fn marks(&self) -> u32 {
        let is_greek = self.subjects.deck.meta.language.starts_with("el");
        let is_mark = |c: &char| ASKING.contains(c) || (is_greek && matches!(c, ';' | '\u{37E}'));
        let count = |text: &str| text.chars().filter(is_mark).count() as u32;
        match count(self.prompt.asked()) {
            0 => count(&self.prompt.plain).min(1),
            asked => asked,
        }
    }

    /// Returns whether a part of a sentence begins with a verb that invites.
    fn invites(&self, is_inviting: impl Fn(&str) -> bool) -> bool {
        let plain = self.prompt.plain.to_lowercase();
        let ends = |c: char| !c.is_alphanumeric() && !matches!(c, ' ' | '-' | '\'');
        plain.split(ends).any(|part| {
            let first =
                words(part).find(|word| !matches!(*word, "and" | "then" | "now" | "please"));
            first.is_some_and(&is_inviting)
        })
    }

    fn ends_bare(&self) -> bool {
        let ends =
            |c: &char| ASKING.contains(c) || matches!(c, '.' | '!' | '…' | '。' | '—' | '–' | '_');
        let mut signs = self.card.prompt.chars().rev();
        signs.find(|c| ends(c) || c.is_alphanumeric()).is_some_and(char::is_alphanumeric)
    }

    fn over_cap(&self) -> Option<String> {
        let level = self.card.depth?.level();
        let audience = self.rules.audience(self.subjects.deck.audiences(self.card))?;
        (level > audience.cap).then(|| level.to_string())
    }
}

/// Returns whether a word of four letters or more is written in capitals.
fn is_shouted(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    capitals >= SHOUTED && !word.chars().any(char::is_lowercase)
}
