//! The decks that come with the program.

use super::Source;

/// A deck that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// The name by which the command line knows it.
    pub name: &'static str,
    /// The table, as CSV.
    pub table: &'static str,
    /// The file that belongs beside the table.
    pub meta: &'static str,
}

macro_rules! built_in {
    ($name:literal) => {
        BuiltIn {
            name: $name,
            table: include_str!(concat!("../../decks/", $name, ".csv")),
            meta: include_str!(concat!("../../decks/", $name, ".toml")),
        }
    };
}

/// The decks that come with the program, the usual one first.
pub static ALL: [BuiltIn; 9] = [
    built_in!("intimacy"),
    built_in!("nightly"),
    built_in!("friends"),
    built_in!("family"),
    built_in!("team"),
    built_in!("strangers"),
    built_in!("repair"),
    built_in!("touch"),
    built_in!("rituals"),
];

/// Returns the built-in deck called `name`.
pub fn find(name: &str) -> Option<&'static BuiltIn> {
    ALL.iter().find(|deck| deck.name == name)
}

impl BuiltIn {
    /// Returns the deck ready to be read.
    pub fn source(&self) -> Source<'static> {
        Source {
            name: self.name,
            bytes: self.table.as_bytes().into(),
            meta: Some((self.name, self.meta)),
            stem: self.name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::{Deck, Kind, read};

    #[test]
    fn built_in_decks_have_no_problems() {
        for built_in in &ALL {
            let loaded = read(built_in.source());
            assert_eq!(loaded.problems, [], "{}", built_in.name);
            assert!(loaded.deck.is_some());
        }
        assert!(find("intimacy").is_some() && find("intimacy.csv").is_none());
    }

    fn decks() -> Vec<(&'static str, Deck)> {
        let read = |built_in: &BuiltIn| (built_in.name, read(built_in.source()).deck.unwrap());
        ALL.iter().map(read).collect()
    }

    #[test]
    fn every_card_has_what_its_kind_and_depth_ask_for() {
        for (name, deck) in decks() {
            let kinds: Vec<Kind> = deck.cards.iter().map(|card| card.kind).collect();
            for kind in [Kind::Open, Kind::Rule, Kind::Pause, Kind::Close] {
                assert!(kinds.contains(&kind), "{name} has no {kind}");
            }
            let licence = deck.meta.licence.as_deref();
            assert_eq!(licence, Some("CC BY 4.0"), "{name}");
            assert!(deck.meta.credit.as_ref().is_some_and(|credit| credit.contains("CC BY 4.0")));
            for card in &deck.cards {
                let what = format!("{name}: {:?}", card.id);
                assert!(card.id.is_some(), "{name}: {}", card.prompt);
                let is_deep = card.depth.is_some_and(|depth| depth.level() >= 3);
                assert!(!is_deep || card.follow_up.is_some(), "{what}");
                assert!(card.kind != Kind::Exercise || card.minutes.is_some(), "{what}");
                let is_opt_in = card.tags.iter().any(|tag| &**tag == "opt-in");
                assert_eq!(deck.category(card).id == "sexual", is_opt_in, "{what}");
            }
        }
    }

    #[test]
    fn there_is_a_card_for_every_night_of_a_year() {
        let asking = |names: &[&str]| {
            let decks = decks().into_iter().filter(|(name, _)| names.contains(name));
            let cards = decks.flat_map(|(_, deck)| deck.cards);
            let free = cards.filter(|card| !card.tags.iter().any(|tag| &**tag == "opt-in"));
            free.filter(|card| !card.kind.is_guide()).count()
        };
        assert!(asking(&["intimacy", "nightly", "touch", "repair", "rituals"]) >= 365);
        assert!(asking(&ALL.map(|deck| deck.name)) >= 600);
    }

    #[test]
    fn intimacy_is_what_its_files_say() {
        let deck = read(ALL[0].source()).deck.unwrap();
        assert_eq!((deck.meta.title.as_str(), deck.meta.standard_count), ("Intimacy", Some(54)));
        assert_eq!(deck.cards[0].kind, Kind::Open);
        let shop = &deck.cards[2];
        assert_eq!(shop.id.as_deref(), Some("gift-shop"));
        assert_eq!(deck.depth_name(shop.depth.unwrap()), "Shoreline");
        assert_eq!(&*shop.tags[0], "distance-ok");
        let emblem =
            |card: &crate::deck::Card| deck.categories[card.category as usize].emblem.clone();
        let marks = deck.cards.iter().filter(|card| !card.kind.is_guide());
        assert!(marks.map(emblem).all(|emblem| !emblem.starts_with("mark")));
    }
}
