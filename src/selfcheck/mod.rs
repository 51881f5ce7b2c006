//! The self-check room: eight statements that one rates for oneself, and what to practise then.
//!
//! The statements are data ([`Questionnaire`]). One answers each from 1 to 5 or passes it over
//! ([`Answers`]); what is under 3 becomes a [`Finding`], with the categories of cards that practise it
//! and one small thing for this week. There is no sum and no diagnosis. A [`History`] is what is kept
//! in a file, and its categories are what a choice can lean on ([`Lean`](crate::select::Lean)).
//!
//! ```
//! use deckle::selfcheck::{Answers, Questionnaire, Rating};
//!
//! let mut answers = Answers::default();
//! answers.set(4, Rating::new(2));
//! let findings = answers.findings();
//! assert_eq!(findings[0].statement.id, Questionnaire::get().statements[4].id);
//! assert_eq!(answers.categories(), ["appreciation"]);
//! ```

mod answers;
mod history;
mod statements;

pub use answers::{Answers, Finding, Rating};
pub use history::{Check, History};
pub use statements::{Questionnaire, Statement};
