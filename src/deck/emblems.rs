//! Which emblem stands for which category.

use std::collections::BTreeMap;

use super::header::fold;
use super::{Category, Deck};

/// The emblems that belong to a category, with other names that call for them.
const KNOWN: [(&str, &[&str]); 14] = [
    ("emotional", &["emotion", "emotions", "feelings", "heart"]),
    ("affection", &["touch", "physical", "closeness"]),
    ("mind", &["ideas", "intellectual", "opinions"]),
    ("adventure", &["adventures", "experiences", "experiential", "travel"]),
    ("meaning", &["values", "spiritual", "purpose", "faith"]),
    ("trust", &["vulnerability", "safety"]),
    ("appreciation", &["gratitude", "thanks", "admiration"]),
    ("repair", &["conflict", "apology", "forgiveness"]),
    ("roots", &["family", "past", "childhood", "memories", "origins"]),
    ("dreams", &["future", "goals", "hopes"]),
    ("play", &["fun", "humour", "humor", "laughter", "games"]),
    ("checkin", &["checkins", "today", "daily", "dailylife"]),
    ("work", &["job", "career", "team"]),
    ("ways", &["waysofworking", "howiwork", "working"]),
];

/// The emblems for categories that have none of their own.
const MARKS: [&str; 6] = ["mark1", "mark2", "mark3", "mark4", "mark5", "mark6"];

/// Returns all emblems by name.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|(name, _)| *name).chain(MARKS)
}

impl Deck {
    /// Gives the categories that are named, by their ids, the emblems `kept` for them.
    ///
    /// A category that is not named and would have one of these marks takes the first mark that no
    /// category has, if there is one.
    pub fn keep_emblems(&mut self, kept: &BTreeMap<String, String>) {
        let is_kept = |category: &Category| kept.contains_key(&category.id);
        for category in &mut self.categories {
            if let Some(emblem) = kept.get(&category.id).filter(|emblem| is_emblem(emblem)) {
                category.emblem.clone_from(emblem);
            }
        }
        for at in 0..self.categories.len() {
            let emblem = &self.categories[at].emblem;
            let is_taken = |other: &Category| is_kept(other) && other.emblem == *emblem;
            let moves = !is_kept(&self.categories[at]) && MARKS.contains(&&**emblem);
            if !moves || !self.categories.iter().any(is_taken) {
                continue;
            }
            let is_free = |mark: &&&str| self.categories.iter().all(|c| c.emblem != **mark);
            if let Some(mark) = MARKS.iter().find(is_free) {
                self.categories[at].emblem = (*mark).into();
            }
        }
    }
}

pub(super) fn is_emblem(name: &str) -> bool {
    all().any(|emblem| emblem == name)
}

/// Fills in the emblems that the deck's maker has not chosen: that of the category's own name,
/// then that of a name which means the same and whose emblem is still free, then the marks in
/// order. `asks` tells which categories have cards that show an emblem; only those use up a mark.
pub(super) fn assign(categories: &mut [Category], asks: &[bool]) {
    for own_name in [true, false] {
        for at in 0..categories.len() {
            if !categories[at].emblem.is_empty() {
                continue;
            }
            let name = fold(&categories[at].id);
            let calls = |(emblem, others): &(&str, &[&str])| {
                if own_name { *emblem == name } else { others.contains(&name.as_str()) }
            };
            let Some((emblem, _)) = KNOWN.iter().copied().find(|known| calls(known)) else {
                continue;
            };
            let is_free = categories.iter().all(|other| other.emblem != emblem);
            if own_name || is_free {
                categories[at].emblem = emblem.into();
            }
        }
    }
    let mut marks = MARKS.iter().cycle();
    for (category, asks) in categories.iter_mut().zip(asks) {
        if category.emblem.is_empty() {
            let mark = if *asks { marks.next() } else { MARKS.first() };
            category.emblem = mark.copied().unwrap_or_default().into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_call_for_emblems_and_marks_fill_the_rest() {
        let category = |id: &str| Category { id: id.into(), label: id.into(), emblem: "".into() };
        let ids = ["how it works", "warm-up", "family", "check-in", "childhood", "roots", "x"];
        let mut categories = ids.map(category);
        let asks = [false, true, true, true, true, true, true];
        assign(&mut categories, &asks);
        let emblems: Vec<&str> = categories.iter().map(|c| c.emblem.as_str()).collect();
        assert_eq!(emblems, ["mark1", "mark1", "mark2", "checkin", "mark3", "roots", "mark4"]);
    }
}
