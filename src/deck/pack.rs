//! Cards of one or several decks as a deck of their own that knows them again.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use serde::Serialize;

use super::card::Card;
use super::identity::normalised;
use super::write::{all_ids, rows_to_csv};
use super::{Deck, Pick};

/// Cards that become a deck of their own.
///
/// Read again, the deck has the same cards: the name in its file and the ids in its table give them
/// the keys that they had. Of several decks that holds for the cards of the first; the others get
/// keys of the new deck, since a deck has one name only.
#[derive(Clone, Debug)]
pub struct Pack<'a> {
    /// The decks; what a deck says of itself is taken from the first.
    pub decks: &'a [Deck],
    /// The cards, in order; one that comes several times becomes one row with copies.
    pub picks: &'a [Pick],
    /// The title.
    pub title: &'a str,
}

impl Pack<'_> {
    /// Returns the table: UTF-8 without a mark, every card with its id, and only the columns that
    /// one of the cards uses.
    pub fn table(&self) -> String {
        let ids = Ids::of(self.decks);
        let rows: Vec<(&Deck, Card)> =
            self.rows().into_iter().map(|(pick, copies)| self.row(pick, copies, &ids)).collect();
        let rows: Vec<(&Deck, &Card)> = rows.iter().map(|(deck, card)| (*deck, card)).collect();
        rows_to_csv(&rows)
    }

    /// Returns the text of the file beside the table; `seen` says how a file of the decks is named
    /// there.
    pub fn meta(&self, seen: &dyn Fn(&Path) -> String) -> String {
        let Some(first) = self.decks.first() else { return String::new() };
        let meta = &first.meta;
        let path = |path: &Option<std::path::PathBuf>| path.as_deref().map(seen);
        let file = MetaOut {
            name: &meta.name,
            title: self.title,
            subtitle: meta.subtitle.as_deref(),
            language: &meta.language,
            audience: meta.audience.as_deref(),
            licence: meta.licence.as_deref(),
            credit: meta.credit.as_deref(),
            depths: &meta.depths,
            back: path(&meta.back),
            logo: path(&meta.logo),
            fonts: meta.fonts.iter().map(|font| seen(font)).collect(),
            lint_allow: &meta.lint_allow,
            categories: self.categories(),
        };
        toml::to_string(&file).unwrap_or_default()
    }

    /// Returns each card once, where it comes first, and how often it comes.
    fn rows(&self) -> Vec<(Pick, u16)> {
        let mut places = BTreeMap::new();
        let mut rows: Vec<(Pick, u16)> = Vec::new();
        for pick in self.picks {
            let at = *places.entry((pick.deck, pick.card)).or_insert(rows.len());
            match rows.get_mut(at) {
                Some((_, copies)) => *copies += 1,
                None => rows.push((*pick, 1)),
            }
        }
        rows
    }

    /// Returns a card that says itself what its own deck said for it.
    fn row(&self, pick: Pick, copies: u16, ids: &Ids) -> (&Deck, Card) {
        let (deck, card) = pick.of(self.decks);
        let first = &self.decks[0].meta;
        let mut card = Card { copies, id: Some(ids.id(pick).into()), ..card.clone() };
        if card.language.is_none() && deck.meta.language != first.language {
            card.language = Some(deck.meta.language.as_str().into());
        }
        if card.audience.is_none() && deck.meta.audience != first.audience {
            card.audience = deck.meta.audience.as_deref().map(Into::into);
        }
        (deck, card)
    }

    /// Returns the categories of the cards; of one that several decks have, what the first says.
    fn categories(&self) -> BTreeMap<&str, CategoryOut<'_>> {
        let mut categories = BTreeMap::new();
        for pick in self.picks {
            let (deck, card) = pick.of(self.decks);
            let category = deck.category(card);
            let out = CategoryOut { label: &category.label, emblem: &category.emblem };
            categories.entry(&*category.id).or_insert(out);
        }
        categories
    }
}

/// The file beside a table, as it is written.
#[derive(Serialize)]
struct MetaOut<'a> {
    name: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subtitle: Option<&'a str>,
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    audience: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit: Option<&'a str>,
    depths: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    back: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fonts: Vec<String>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    lint_allow: &'a [String],
    categories: BTreeMap<&'a str, CategoryOut<'a>>,
}

#[derive(Serialize)]
struct CategoryOut<'a> {
    label: &'a str,
    emblem: &'a str,
}

/// The ids of all cards of some decks, no two alike.
struct Ids(Vec<Vec<String>>);

impl Ids {
    /// The cards of the first deck keep their ids; one that another deck has as well is told apart
    /// there by that deck's name.
    fn of(decks: &[Deck]) -> Self {
        let mut taken = HashSet::new();
        let mut all: Vec<Vec<String>> = Vec::new();
        for deck in decks {
            let ids = all_ids(deck).into_iter();
            all.push(ids.map(|id| free(&id, &deck.meta.name, &mut taken)).collect());
        }
        Self(all)
    }

    fn id(&self, pick: Pick) -> &str {
        &self.0[pick.deck as usize][pick.card as usize]
    }
}

/// Returns `id`, or what tells it apart from those that are taken; it is taken then.
fn free(id: &str, deck: &str, taken: &mut HashSet<String>) -> String {
    let mut tried = id.to_owned();
    let mut number = 1;
    while !taken.insert(normalised(&tried)) {
        let again = if number == 1 { String::new() } else { format!("-{number}") };
        tried = format!("{deck}-{id}{again}");
        number += 1;
    }
    tried
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::all_cards;
    use crate::deck::{Source, read};
    use crate::problem::{Diagnostic, Severity};

    fn deck(name: &str, table: &str, meta: Option<&str>) -> Deck {
        let meta = meta.map(|text| ("m.toml", text));
        let source = Source { name, bytes: table.as_bytes().into(), meta, stem: name };
        let loaded = read(source);
        let is_error = |problem: &Diagnostic| problem.severity == Severity::Error;
        assert!(!loaded.problems.iter().any(is_error), "{:?}", loaded.problems);
        loaded.deck.expect("a deck without problems")
    }

    /// Writes a pack of all cards and reads it under another name.
    fn again(decks: &[Deck]) -> Deck {
        let pack = Pack { decks, picks: &all_cards(decks), title: "Again · pack 1" };
        let meta = pack.meta(&|path| path.display().to_string());
        deck("pack-1", &pack.table(), Some(&meta))
    }

    #[test]
    fn cards_keep_their_keys_and_codes_and_the_deck_what_it_says() {
        let table = "category,depth,prompt,copies,id\nDaily  life,2,One?,3,\nPlay,Far,Two?,1,two\n";
        let meta = "subtitle = 'S \"x\"'\ndepths = ['Near', 'Far']\nback = 'sea.png'\n\
                    lint_allow = ['near: twins']\nstandard_count = 1\n[categories.play]\nlabel = 'Games'\nemblem = 'mind'\n";
        let decks = [deck("family", table, Some(meta))];
        let read = again(&decks);
        let told = |deck: &Deck| -> Vec<_> {
            deck.cards.iter().map(|card| (card.key, card.code.clone(), card.copies)).collect()
        };
        assert_eq!(told(&read), told(&decks[0]));
        assert_eq!(read.categories, decks[0].categories);
        let expected = super::super::Meta {
            title: "Again · pack 1".into(),
            standard_count: None,
            ..decks[0].meta.clone()
        };
        assert_eq!(read.meta, expected);
    }

    #[test]
    fn several_decks_merge_without_losing_what_each_said() {
        let one = deck("one", "category,depth,prompt\nPlay,1,Same?\n", None);
        let table = "category,depth,prompt,minutes\nPlay,2,Same?,3 each\nWork,1,Else?,\n";
        let two = deck("two", table, Some("language = 'de'\naudience = 'crews'\n"));
        let decks = [one, two];
        let read = again(&decks);
        assert_eq!(read.cards[0].key, decks[0].cards[0].key);
        let ids: Vec<&str> = read.cards.iter().filter_map(|card| card.id.as_deref()).collect();
        assert_eq!(ids[1], format!("two-{}", ids[0]));
        let second = &read.cards[1];
        assert_eq!(
            (second.language.as_deref(), second.audience.as_deref()),
            (Some("de"), Some("crews"))
        );
        assert_eq!((read.meta.language.as_str(), read.cards[0].language.as_deref()), ("en", None));
        assert!(second.minutes == decks[1].cards[0].minutes && read.categories.len() == 2);
    }
}
