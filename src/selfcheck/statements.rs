//! The statements as data.

use std::sync::LazyLock;

use serde::Deserialize;

/// What is asked in a self-check, and how.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questionnaire {
    /// The version of its shape.
    pub schema: u32,
    /// What the answers mean, from 1 to 5.
    pub scale: [String; 5],
    /// What is said where a low answer may mean that cards are not what helps.
    pub care: String,
    /// The statements, in the order in which they are asked.
    #[serde(rename = "statement")]
    pub statements: Vec<Statement>,
}

/// A statement to rate.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// A short stable name, such as `safe`.
    pub id: String,
    /// The statement.
    pub words: String,
    /// The ids of the categories whose cards practise it, as the built-in decks have them.
    pub categories: Vec<String>,
    /// One small thing to do this week.
    pub practice: String,
    /// Whether a low answer may mean that cards are not what helps. Default: no.
    #[serde(default)]
    pub care: bool,
}

impl Questionnaire {
    /// Returns the one there is.
    pub fn get() -> &'static Self {
        static QUESTIONNAIRE: LazyLock<Questionnaire> = LazyLock::new(|| {
            toml::from_str(include_str!("statements.toml")).expect("the statements are sound")
        });
        &QUESTIONNAIRE
    }

    /// Returns the place of the statement with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.statements.iter().position(|statement| statement.id == id)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::deck::{builtin, read};

    #[test]
    fn there_are_eight_statements_of_a_breath_each() {
        let Questionnaire { schema, scale, statements, .. } = Questionnaire::get();
        assert_eq!((*schema, statements.len()), (1, 8));
        let ids: BTreeSet<&str> = statements.iter().map(|statement| &*statement.id).collect();
        assert_eq!(ids.len(), 8);
        let words = |text: &str| text.split_whitespace().count();
        for statement in statements {
            assert!((6..=14).contains(&words(&statement.words)), "{}", statement.words);
            assert!((10..=25).contains(&words(&statement.practice)), "{}", statement.practice);
            assert!(statement.words.ends_with('.') && statement.practice.ends_with('.'));
        }
        assert!(scale.iter().all(|word| words(word) <= 3));
    }

    /// What one is told to practise must be there to be drawn.
    #[test]
    fn every_category_is_one_of_a_built_in_deck_for_couples() {
        let deck = read(builtin::find("intimacy").unwrap().source()).deck.unwrap();
        for statement in &Questionnaire::get().statements {
            assert!(!statement.categories.is_empty());
            for id in &statement.categories {
                assert!(deck.categories.iter().any(|category| category.id == *id), "{id}");
            }
        }
    }

    #[test]
    fn nothing_is_taken_for_granted_about_anybody() {
        let all = Questionnaire::get().statements.iter();
        let text: String = all.map(|it| format!("{} {} ", it.words, it.practice)).collect();
        let text = text.to_lowercase();
        let words: BTreeSet<&str> = text.split(|c: char| !c.is_alphabetic()).collect();
        for word in [
            "partner", "husband", "wife", "spouse", "marriage", "he", "she", "him", "her",
            "children",
        ] {
            assert!(!words.contains(word), "{word}");
        }
    }
}
