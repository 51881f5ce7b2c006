//! What was found, in words and with its place.

use std::collections::BTreeMap;

use crate::deck::{Card, Column, Deck};
use crate::problem::{Diagnostic, Severity, did_you_mean};

use super::rules::{Field, Measure, Rule, Rules};
use super::{Findings, Hit, Subjects};

/// How many doubts about allowances are told.
const MOST_DOUBTS: usize = 10;

/// Returns the findings that nobody has allowed, by card, and then those about allowing itself. Of each
/// rule only so many as `most` are told one by one; all are counted.
pub(super) fn tell(subjects: &Subjects, mut hits: Vec<Hit>, most: usize) -> Findings {
    let Subjects { deck, allowed, whole, .. } = subjects;
    hits.retain(|hit| {
        let code = &hit.rule.code;
        !whole.has(code) && !hit.card.is_some_and(|at| allowed[at as usize].has(code))
    });
    hits.sort_by_key(|hit| (hit.card.is_none(), hit.card));
    let mut counts: BTreeMap<&str, (usize, Severity)> = BTreeMap::new();
    let mut findings = Findings::default();
    for hit in &hits {
        let count = counts.entry(&hit.rule.code).or_insert((0, Severity::Note));
        *count = (count.0 + 1, count.1.max(hit.rule.severity));
        findings.tally.add(hit.rule.severity);
        if count.0 <= most {
            findings.told.push(words(deck, hit));
        }
    }
    for (code, (count, severity)) in counts.into_iter().filter(|(_, (count, _))| *count > most) {
        let found = format!("{} more findings of [{code}]", count - most);
        let more = Diagnostic { severity, ..Diagnostic::note("more", found) };
        findings.told.push(more.at(deck.whole()));
    }
    for doubt in doubts(subjects) {
        findings.tally.add(doubt.severity);
        findings.told.push(doubt);
    }
    findings
}

fn words(deck: &Deck, hit: &Hit) -> Diagnostic {
    let Rule { code, says, help, severity, .. } = hit.rule;
    let found = says.replace("{}", &hit.detail);
    let column = match (hit.rule.field, hit.rule.measure) {
        (Field::FollowUp, _) | (_, Some(Measure::LineWordsOver)) => Column::FollowUp,
        (Field::Note, _) => Column::Note,
        (_, Some(Measure::OverCap)) => Column::Depth,
        _ => Column::Prompt,
    };
    let origin = match hit.card {
        Some(at) => deck.origin(&deck.cards[at as usize], column),
        None => deck.whole(),
    };
    let problem = Diagnostic::note(code, format!("{found} [{code}]")).at(origin).help(help);
    Diagnostic { severity: *severity, ..problem }
}

/// Tells of rules that are allowed without a reason, of those that do not exist, and of those that no
/// card can break.
fn doubts(subjects: &Subjects) -> Vec<Diagnostic> {
    let Subjects { deck, allowed, whole, .. } = subjects;
    let of_deck = whole.codes().iter().map(|code| (code, None));
    let cards = deck.cards.iter().zip(allowed);
    let of_cards =
        cards.flat_map(|(card, own)| own.codes().iter().map(move |code| (code, Some(card))));
    let told =
        of_deck.chain(of_cards).filter_map(|((code, has_reason), card): (_, Option<&Card>)| {
            let problem = doubt(code, *has_reason, card.is_some())?;
            let column = |card: &Card| match card.lint_allow {
                Some(_) => Column::LintAllow,
                None => Column::Note,
            };
            let place = card.map(|card| deck.origin(card, column(card)));
            Some(problem.at(place.unwrap_or_else(|| deck.whole())))
        });
    told.take(MOST_DOUBTS).collect()
}

fn doubt(code: &str, has_reason: bool, is_of_card: bool) -> Option<Diagnostic> {
    let Some(rule) = Rules::of("en").find(code) else {
        let found = format!("there is no rule `{code}`");
        let codes = Rules::of("en").list().iter().map(|rule| rule.code.as_str());
        let help = match did_you_mean(code, codes) {
            Some(near) => format!("did you mean `{near}`? Between two rules stands `;`"),
            None => "`deckle list rules` shows them all; between two stands `;`".to_owned(),
        };
        return Some(Diagnostic::warning("unknown-rule", found).help(help));
    };
    if is_of_card && rule.measure.is_some_and(Measure::is_of_deck) {
        let found = format!("`{code}` is about the deck, which no card can allow");
        let help = format!("write `lint_allow = [\"{code}: the reason\"]` into the file beside it");
        return Some(Diagnostic::warning("misplaced-rule", found).help(help));
    }
    (!has_reason).then(|| {
        let found = format!("`{code}` is allowed without a reason");
        let help = format!("say what for: `{code}: it is part of a game`");
        Diagnostic::warning("no-reason", found).help(help)
    })
}
