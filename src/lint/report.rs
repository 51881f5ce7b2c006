//! What was found, in words and with its place.

use std::collections::BTreeMap;

use crate::deck::{Card, Column, Deck};
use crate::problem::Diagnostic;

use super::Hit;
use super::allow::Allowed;
use super::rules::{Field, Measure, Rule, Rules};

/// How many findings of a rule are told one by one.
const MOST: usize = 10;

/// The findings of a deck.
pub(super) struct Report<'a> {
    pub deck: &'a Deck,
    /// What each card is free of.
    pub allowed: &'a [Allowed],
    /// What the deck as a whole is free of.
    pub whole: &'a Allowed,
}

impl Report<'_> {
    /// Returns the findings that nobody has allowed, by card, and then those about allowing itself.
    pub fn tell(&self, mut hits: Vec<Hit>) -> Vec<Diagnostic> {
        let of_card = |hit: &Hit| hit.card.map(|at| &self.allowed[at as usize]);
        let is_allowed = |hit: &Hit| of_card(hit).unwrap_or(self.whole).has(&hit.rule.code);
        hits.retain(|hit| !is_allowed(hit));
        hits.sort_by_key(|hit| (hit.card.is_none(), hit.card));
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut told = Vec::new();
        for hit in &hits {
            let count = counts.entry(&hit.rule.code).or_default();
            *count += 1;
            if *count <= MOST {
                told.push(self.words(hit));
            }
        }
        for (code, count) in counts.into_iter().filter(|(_, count)| *count > MOST) {
            let severity =
                hits.iter().find(|hit| hit.rule.code == code).map(|hit| hit.rule.severity);
            let found = format!("{} more findings of [{code}]", count - MOST);
            let more = Diagnostic::note("more", found).at(self.deck.whole());
            told.push(Diagnostic { severity: severity.unwrap_or(more.severity), ..more });
        }
        told.extend(self.allowances());
        told
    }

    fn words(&self, hit: &Hit) -> Diagnostic {
        let Rule { code, says, help, severity, .. } = hit.rule;
        let found = match hit.detail.as_str() {
            "" => says.replace("`{}`", "another card"),
            detail => says.replace("{}", detail),
        };
        let column = match (hit.rule.field, hit.rule.measure) {
            (Field::FollowUp, _) | (_, Some(Measure::LineWordsOver)) => Column::FollowUp,
            (_, Some(Measure::OverCap)) => Column::Depth,
            _ => Column::Prompt,
        };
        let origin = match hit.card {
            Some(at) => self.deck.origin(&self.deck.cards[at as usize], column),
            None => self.deck.whole(),
        };
        let problem = Diagnostic::note(code, format!("{found} [{code}]")).at(origin).help(help);
        Diagnostic { severity: *severity, ..problem }
    }

    /// Tells of rules that are allowed without a reason, and of those that do not exist.
    fn allowances(&self) -> Vec<Diagnostic> {
        let of_deck = self.whole.codes().iter().map(|code| (code, None));
        let cards = self.deck.cards.iter().zip(self.allowed);
        let of_cards =
            cards.flat_map(|(card, own)| own.codes().iter().map(move |code| (code, Some(card))));
        let told = of_deck.chain(of_cards).filter_map(|((code, has_reason), card)| {
            let problem = doubt(code, *has_reason)?;
            let column = |card: &Card| match card.lint_allow {
                Some(_) => Column::LintAllow,
                None => Column::Note,
            };
            let place = card.map(|card| self.deck.origin(card, column(card)));
            Some(problem.at(place.unwrap_or_else(|| self.deck.whole())))
        });
        told.take(MOST).collect()
    }
}

/// Tells of a rule that is allowed and does not exist, or has no reason to be.
fn doubt(code: &str, has_reason: bool) -> Option<Diagnostic> {
    let is_rule = Rules::of("en").list().iter().any(|rule| rule.code == code);
    match (is_rule, has_reason) {
        (false, _) => {
            let found = format!("there is no rule `{code}`");
            let problem = Diagnostic::warning("unknown-rule", found);
            Some(problem.help("`deckle list rules` shows them all"))
        }
        (true, false) => {
            let found = format!("`{code}` is allowed without a reason");
            let help = format!("say what for: `{code}: it is part of a game`");
            Some(Diagnostic::warning("no-reason", found).help(help))
        }
        (true, true) => None,
    }
}
