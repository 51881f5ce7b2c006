//! What somebody answered, and what to practise after it.

use super::{Questionnaire, Statement};

/// An answer: 1 to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rating(u8);

impl Rating {
    /// Returns the answer with this number, if there is one.
    pub fn new(number: u8) -> Option<Self> {
        (1..=5).contains(&number).then_some(Self(number))
    }

    /// Returns its number.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Returns whether it is under 3, so that there is something to practise.
    pub const fn is_low(self) -> bool {
        self.0 < 3
    }

    /// Returns what it means.
    pub fn words(self) -> &'static str {
        &Questionnaire::get().scale[usize::from(self.0) - 1]
    }
}

/// The answers to all statements, some of them passed over. Default: all are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers(Vec<Option<Rating>>);

impl Default for Answers {
    fn default() -> Self {
        Self(vec![None; Questionnaire::get().statements.len()])
    }
}

/// Something to practise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The statement.
    pub statement: &'static Statement,
    /// What was answered: less than 3.
    pub rating: Rating,
}

impl Answers {
    /// Returns the answer to the statement with the number `at`, from 0; none where it was passed over.
    pub fn get(&self, at: usize) -> Option<Rating> {
        self.0.get(at).copied().flatten()
    }

    /// Answers the statement with the number `at`, from 0, or passes it over. Where there is none,
    /// nothing happens.
    pub fn set(&mut self, at: usize, rating: Option<Rating>) {
        if let Some(answer) = self.0.get_mut(at) {
            *answer = rating;
        }
    }

    /// Returns every statement with its answer, in the order in which they are asked.
    pub fn all(&self) -> impl Iterator<Item = (&'static Statement, Option<Rating>)> {
        Questionnaire::get().statements.iter().zip(self.0.iter().copied())
    }

    /// Returns whether every statement was passed over.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// Returns what to practise: everything under 3, the lowest first, among equals as it was asked.
    pub fn findings(&self) -> Vec<Finding> {
        let low = |(statement, rating): (&'static Statement, Option<Rating>)| {
            let rating = rating.filter(|rating| rating.is_low())?;
            Some(Finding { statement, rating })
        };
        let mut findings: Vec<Finding> = self.all().filter_map(low).collect();
        findings.sort_by_key(|finding| finding.rating);
        findings
    }

    /// Returns the ids of the categories that practise what was found, each once, in that order.
    pub fn categories(&self) -> Vec<String> {
        let mut categories: Vec<String> = Vec::new();
        for id in self.findings().iter().flat_map(|finding| &finding.statement.categories) {
            if !categories.contains(id) {
                categories.push(id.clone());
            }
        }
        categories
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn answers(numbers: &[u8]) -> Answers {
        let mut answers = Answers::default();
        numbers.iter().enumerate().for_each(|(at, number)| answers.set(at, Rating::new(*number)));
        answers
    }

    #[test]
    fn what_is_under_three_is_found_the_lowest_first() {
        let answers = answers(&[2, 3, 1, 5, 2, 0, 9, 3]);
        let found: Vec<(&str, u8)> = answers
            .findings()
            .iter()
            .map(|finding| (&*finding.statement.id, finding.rating.number()))
            .collect();
        assert_eq!(found, [("supported", 1), ("safe", 2), ("appreciated", 2)]);
        let categories = ["checkin", "dreams", "trust", "emotional", "appreciation"];
        assert_eq!(answers.categories(), categories);
    }

    #[test]
    fn what_was_passed_over_says_nothing() {
        assert!(Answers::default().is_empty() && Answers::default().findings().is_empty());
        assert!(!answers(&[5]).is_empty() && answers(&[5]).findings().is_empty());
    }

    proptest! {
        #[test]
        fn a_low_answer_is_always_found_and_no_other_is(numbers in prop::collection::vec(0..7u8, 0..12)) {
            let answers = answers(&numbers);
            let low = numbers.iter().take(8).filter(|number| (1..3).contains(*number)).count();
            let findings = answers.findings();
            prop_assert_eq!(findings.len(), low);
            prop_assert!(findings.iter().all(|finding| finding.rating.is_low()));
            prop_assert!(findings.is_sorted_by_key(|finding| finding.rating));
        }
    }
}
