//! What was found, in words and with its place.

use std::collections::BTreeMap;

use crate::deck::{Column, Deck};
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
}

impl Report<'_> {
    /// Returns the findings that no card has allowed, by card, and then those about allowing itself.
    pub fn tell(&self, mut hits: Vec<Hit>) -> Vec<Diagnostic> {
        hits.retain(|hit| !hit.card.is_some_and(|at| self.allows(at, &hit.rule.code)));
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

    fn allows(&self, card: u32, code: &str) -> bool {
        self.allowed[card as usize].has(code)
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
        let known: Vec<&str> =
            Rules::of("en").list().iter().map(|rule| rule.code.as_str()).collect();
        let mut told = Vec::new();
        for (card, allowed) in self.deck.cards.iter().zip(self.allowed) {
            let column = if card.lint_allow.is_some() { Column::LintAllow } else { Column::Note };
            for (code, has_reason) in allowed.codes().iter().take(MOST - MOST.min(told.len())) {
                let problem = match (known.contains(&code.as_str()), has_reason) {
                    (false, _) => {
                        Diagnostic::warning("unknown-rule", format!("there is no rule `{code}`"))
                            .help("`deckle list rules` shows them all")
                    }
                    (true, false) => Diagnostic::warning(
                        "no-reason",
                        format!("`{code}` is allowed without a reason"),
                    )
                    .help(format!("say what for: `{code}: it is part of a game`")),
                    (true, true) => continue,
                };
                told.push(problem.at(self.deck.origin(card, column)));
            }
        }
        told
    }
}
