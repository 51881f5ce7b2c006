//! Which cards may be chosen.

mod words;

use std::collections::BTreeSet;

use crate::deck::{Card, Deck, Depth, Kind, Pick};
use crate::problem::Diagnostic;
pub use words::FilterWords;

/// Which cards may be chosen; the default lets all of them pass but those with the tag `opt-in`.
///
/// A card must pass every part that asks for something, and passes a part with a list if one entry
/// of the list fits. Cards that guide (`rule`, `open`, `close`, `pause`) belong to every selection:
/// they pass all parts but an explicit list of kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The depths that pass. Default: none, and all pass.
    pub depths: BTreeSet<Depth>,
    /// The ids of the categories that pass. Default: none, and all pass.
    pub categories: Vec<String>,
    /// The ids of the categories that do not pass.
    pub not_categories: Vec<String>,
    /// The kinds that pass. Default: none, and all pass.
    pub kinds: Vec<Kind>,
    /// The audiences that pass, without regard to case. A card is for its own audience, else for
    /// its deck's; one cell may name several with commas between them. A card for nobody in
    /// particular passes only where no audience is asked for. Default: none, and all pass.
    pub audiences: Vec<String>,
    /// The tags of which a card must have one, without regard to case. Default: none, and all pass.
    pub tags: Vec<String>,
    /// The most minutes that a card may take; a card without minutes passes.
    pub max_minutes: Option<u16>,
    /// The ids of the categories whose cards with the tag `opt-in` pass. Such cards also pass where the
    /// tag is asked for. Default: none.
    pub opt_in: Vec<String>,
}

/// One part of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Depth,
    Category,
    NotCategory,
    Kind,
    Audience,
    Tag,
    MaxMinutes,
}

impl Part {
    /// All parts, in the order in which they are applied.
    const ALL: [Self; 7] = [
        Self::Depth,
        Self::Category,
        Self::NotCategory,
        Self::Kind,
        Self::Audience,
        Self::Tag,
        Self::MaxMinutes,
    ];
}

impl Filter {
    /// Returns the cards of `picks` that pass, in their order.
    ///
    /// # Errors
    ///
    /// `nothing-left`, which names the part that let no card pass of those that the parts before it
    /// had left, or says that all those that are left must be opted into. Cards that guide do not count
    /// as something unless their kind is asked for; where there was nothing to begin with, nothing is
    /// wrong.
    pub fn apply(&self, decks: &[Deck], picks: &[Pick]) -> Result<Vec<Pick>, Vec<Diagnostic>> {
        let mut left = picks.to_vec();
        let mut before = None;
        for part in Part::ALL.into_iter().filter(|part| self.is_set(*part)) {
            let count = self.count(decks, &left);
            left.retain(|pick| self.passes(part, pick.of(decks)));
            if count > 0 && self.count(decks, &left) == 0 {
                return Err(vec![self.emptied(part, count, before)]);
            }
            before = Some(part);
        }
        let (asked, held): (Vec<Pick>, Vec<Pick>) =
            left.into_iter().partition(|pick| self.is_asked_for(pick.of(decks)));
        if !held.is_empty() && self.count(decks, &asked) == 0 {
            let found = "all cards that the filters leave are to be opted into";
            let help = format!("`{}` lets them in", opt_in(decks, &held));
            return Err(vec![Diagnostic::error("nothing-left", found).help(help)]);
        }
        Ok(asked)
    }

    /// Returns the cards of `picks` that pass all else: only that they must be opted into holds them
    /// back.
    pub fn held_back(&self, decks: &[Deck], picks: &[Pick]) -> Vec<Pick> {
        let parts = || Part::ALL.into_iter().filter(|part| self.is_set(*part));
        let is_held = |pick: &&Pick| {
            let card = pick.of(decks);
            !self.is_asked_for(card) && parts().all(|part| self.passes(part, card))
        };
        picks.iter().filter(is_held).copied().collect()
    }

    /// Returns whether a card is not to be opted into, or has been.
    fn is_asked_for(&self, (deck, card): (&Deck, &Card)) -> bool {
        !must_opt_in(card)
            || self.opt_in.contains(&deck.category(card).id)
            || self.tags.iter().any(|tag| is_opt_in(tag))
    }

    /// Returns how many of the cards count as something to choose from.
    fn count(&self, decks: &[Deck], picks: &[Pick]) -> usize {
        let counts = |pick: &&Pick| {
            let kind = pick.of(decks).1.kind;
            !kind.is_guide() || self.kinds.contains(&kind)
        };
        picks.iter().filter(counts).count()
    }

    fn is_set(&self, part: Part) -> bool {
        match part {
            Part::Depth => !self.depths.is_empty(),
            Part::Category => !self.categories.is_empty(),
            Part::NotCategory => !self.not_categories.is_empty(),
            Part::Kind => !self.kinds.is_empty(),
            Part::Audience => !self.audiences.is_empty(),
            Part::Tag => !self.tags.is_empty(),
            Part::MaxMinutes => self.max_minutes.is_some(),
        }
    }

    fn passes(&self, part: Part, (deck, card): (&Deck, &Card)) -> bool {
        if card.kind.is_guide() {
            return part != Part::Kind || self.kinds.contains(&card.kind);
        }
        let category = &deck.category(card).id;
        match part {
            Part::Depth => card.depth.is_some_and(|depth| self.depths.contains(&depth)),
            Part::Category => self.categories.contains(category),
            Part::NotCategory => !self.not_categories.contains(category),
            Part::Kind => self.kinds.contains(&card.kind),
            Part::Audience => deck.audiences(card).any(|own| has(&self.audiences, own)),
            Part::Tag => card.tags.iter().any(|tag| has(&self.tags, tag)),
            Part::MaxMinutes => {
                let minutes = card.minutes.as_ref().map_or(0, |minutes| minutes.count);
                self.max_minutes.is_none_or(|most| minutes <= most)
            }
        }
    }

    fn emptied(&self, part: Part, count: usize, before: Option<Part>) -> Diagnostic {
        let these = match (before, count) {
            (None, 1) => "the only card".into(),
            (None, _) => format!("the {count} cards"),
            (Some(before), 1) => format!("the only card that `{}` left", self.words(before)),
            (Some(before), _) => format!("the {count} cards that `{}` left", self.words(before)),
        };
        let of = if count == 1 { "does not leave" } else { "leaves none of" };
        let found = format!("`{}` {of} {these}", self.words(part));
        Diagnostic::error("nothing-left", found).help("leave one of the filters out, or widen it")
    }

    /// Returns a part as it is asked for on the command line.
    fn words(&self, part: Part) -> String {
        let kinds = || self.kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(",");
        match part {
            Part::Depth => format!("--depth {}", ranges(&self.depths)),
            Part::Category => format!("--category {}", self.categories.join(",")),
            Part::NotCategory => format!("--not-category {}", self.not_categories.join(",")),
            Part::Kind => format!("--kind {}", kinds()),
            Part::Audience => format!("--audience {}", self.audiences.join(",")),
            Part::Tag => format!("--tag {}", self.tags.join(",")),
            Part::MaxMinutes => format!("--max-minutes {}", self.max_minutes.unwrap_or_default()),
        }
    }
}

/// Returns the words of a command line that let cards in which must be opted into.
pub fn opt_in(decks: &[Deck], held: &[Pick]) -> String {
    let id = |pick: &Pick| {
        let (deck, card) = pick.of(decks);
        deck.category(card).id.clone()
    };
    let ids: BTreeSet<String> = held.iter().map(id).collect();
    format!("--opt-in {}", ids.into_iter().collect::<Vec<_>>().join(","))
}

/// Returns whether a card is for those only who ask for it.
pub(super) fn must_opt_in(card: &Card) -> bool {
    card.tags.iter().any(|tag| is_opt_in(tag))
}

/// Returns whether a tag is `opt-in` in any spelling, with or without words behind it: who meant it
/// must not be taken for one who did not.
fn is_opt_in(tag: &str) -> bool {
    let letters = tag.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    letters.collect::<String>().starts_with("optin")
}

fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|entry| is_same(entry, word))
}

/// Returns whether two words are the same but for case.
fn is_same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || one.to_lowercase() == other.to_lowercase()
}

/// Returns depths as one writes them: `1-3,5`.
fn ranges(depths: &BTreeSet<Depth>) -> String {
    let mut ranges: Vec<(u8, u8)> = Vec::new();
    for level in depths.iter().map(|depth| depth.level()) {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == level => *last = level,
            _ => ranges.push((level, level)),
        }
    }
    let range = |(first, last): &(u8, u8)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    };
    ranges.iter().map(range).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests;
