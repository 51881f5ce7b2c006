//! What the rules find in one card.

use crate::deck::{Card, Deck};

use super::rules::{Field, Measure, Rule, Rules, audience};
use super::words::{grade, syllables, words};
use super::{Hit, asks, language};

/// Returns the rules that the card numbered `at` breaks.
pub(super) fn hits(deck: &Deck, at: u32, card: &Card) -> Vec<Hit> {
    let mut hits = Vec::new();
    if !asks(card) {
        return hits;
    }
    let rules = Rules::of(language(deck, card));
    let mut hit = |rule: &'static Rule, detail: String| {
        // Of two rules that measure the same the stricter one stands first.
        let is_told = |hit: &Hit| rule.measure.is_some() && hit.rule.measure == rule.measure;
        if rule.concerns(deck, card) && !hits.iter().any(is_told) {
            hits.push(Hit { rule, card: Some(at), detail });
        }
    };
    rules.matches(Field::Prompt, &card.prompt, |rule, found| hit(rule, found.trim().into()));
    if let Some(line) = &card.follow_up {
        rules.matches(Field::FollowUp, line, |rule, found| hit(rule, found.trim().into()));
    }
    let subject = Subject { deck, card, rules, count: words(&card.prompt).count() as u32 };
    for (rule, measure) in rules.measures() {
        if let Some(found) = subject.measure(rule, measure) {
            hit(rule, found);
        }
    }
    hits
}

struct Subject<'a> {
    deck: &'a Deck,
    card: &'a Card,
    rules: &'static Rules,
    /// The number of words.
    count: u32,
}

impl Subject<'_> {
    /// Returns what is found against a rule that measures a card.
    fn measure(&self, rule: &Rule, measure: Measure) -> Option<String> {
        let prompt = &*self.card.prompt;
        let over = |count: u32| (count > rule.limit).then(|| count.to_string());
        match measure {
            Measure::WordsOver => over(self.count),
            Measure::WordsUnder => (self.count < rule.limit).then(|| self.count.to_string()),
            Measure::LineWordsOver => over(words(self.card.follow_up.as_deref()?).count() as u32),
            Measure::MarksOver => over(prompt.matches(['?', '？']).count() as u32),
            Measure::NoMark => self.invites_nobody(rule).then(String::new),
            Measure::NoEnd => self.ends_bare().then(String::new),
            Measure::GradeOver => {
                let grade = grade(prompt);
                (grade > f64::from(rule.limit)).then(|| format!("{grade:.0}"))
            }
            Measure::SyllablesOver => {
                words(prompt).find(|word| syllables(word) > rule.limit).map(str::to_owned)
            }
            Measure::CommasOver => over(prompt.matches(',').count() as u32),
            Measure::Capitals => words(prompt).find(|word| is_shouted(word)).map(str::to_owned),
            Measure::Nobody => self.speaks_to_nobody(rule).then(String::new),
            Measure::NoLine => self.card.follow_up.is_none().then(String::new),
            Measure::OverCap => self.over_cap(),
            _ => None,
        }
    }

    /// Returns whether there is neither a question mark nor a verb that invites.
    fn invites_nobody(&self, rule: &Rule) -> bool {
        let invites = |word: &str| rule.words.contains(&word.to_lowercase());
        !self.card.prompt.contains(['?', '？']) && !words(&self.card.prompt).any(invites)
    }

    fn ends_bare(&self) -> bool {
        let text = self.card.prompt.trim_end_matches(['"', '”', '’', '\'', '»', ')']);
        !text.ends_with(['.', '?', '!', '…', '。', '？'])
    }

    fn speaks_to_nobody(&self, rule: &Rule) -> bool {
        let is_somebody = |word: &str| rule.words.contains(&word.to_lowercase().replace('’', "'"));
        !words(&self.card.prompt).any(is_somebody)
    }

    fn over_cap(&self) -> Option<String> {
        let level = self.card.depth?.level();
        let audience = self.rules.audience(audience(self.deck, self.card))?;
        (level > audience.cap).then(|| level.to_string())
    }
}

/// Returns whether a word of four letters or more is written in capitals.
fn is_shouted(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 3 && !word.chars().any(char::is_lowercase)
}
