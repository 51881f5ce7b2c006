//! What of a card is to be read on its front, as a number that changes when that does.

use std::fmt;
use std::str::FromStr;

use super::{Card, Deck, Kind};

/// A digest of all that a deck and its table put on the front of a card: 64 bits.
///
/// The code is not among it, nor is the look: size, fonts and inks belong to the printing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Imprint(pub u64);

impl Deck {
    /// Returns the imprint of a card of this deck; the same in every version of deckle.
    pub fn imprint(&self, card: &Card) -> Imprint {
        let mut digest = Digest(blake3::Hasher::new_derive_key("deckle imprint v1"));
        let category = self.category(card);
        digest.put(card.kind.name());
        digest.put_if(card.depth.map(|depth| depth.to_string()).as_deref());
        // Names of categories are printed in capitals, however they are written.
        digest.put(&category.label.to_uppercase());
        digest.put(&category.emblem);
        digest.put(&card.prompt);
        digest.put_if(card.follow_up.as_deref());
        digest.put_if(card.minutes.as_ref().map(|minutes| minutes.count.to_string()).as_deref());
        digest.put_if(card.minutes.as_ref().map(|minutes| &*minutes.rest));
        digest.put(card.language.as_deref().unwrap_or(&self.meta.language));
        match card.kind {
            Kind::Rule => digest.put_if(self.meta.credit.as_deref()),
            Kind::Open => self.meta.depths.iter().for_each(|depth| digest.put(depth)),
            _ => {}
        }
        let mut bytes = [0; 8];
        digest.0.finalize_xof().fill(&mut bytes);
        Imprint(u64::from_be_bytes(bytes))
    }
}

/// A digest of words that cannot run into one another.
struct Digest(blake3::Hasher);

impl Digest {
    fn put(&mut self, word: &str) {
        self.0.update(&(word.len() as u64).to_le_bytes()).update(word.as_bytes());
    }

    /// Puts a word, or in its place that there is none.
    fn put_if(&mut self, word: Option<&str>) {
        self.0.update(&[u8::from(word.is_some())]);
        self.put(word.unwrap_or_default());
    }
}

impl fmt::Display for Imprint {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Imprint {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(text, 16).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::{Source, read};

    fn deck(table: &str) -> Deck {
        let bytes = table.as_bytes().into();
        read(Source { name: "d.csv", bytes, meta: None, stem: "d" }).deck.unwrap()
    }

    #[test]
    fn whatever_is_printed_changes_the_imprint() {
        let imprint = |row: &str| {
            let head = "category,depth,prompt,follow_up,minutes,kind,lang,note,tags";
            let deck = deck(&format!("{head}\n{row}\n"));
            deck.imprint(&deck.cards[0])
        };
        let first = imprint("Play,1,What now?,Listen.,,question,,,");
        assert_eq!(imprint("play,1,What now?,Listen.,,question,,a note,a-tag"), first);
        let changed = [
            "Mind,1,What now?,Listen.,,question,,,",
            "Play,2,What now?,Listen.,,question,,,",
            "Play,1,What now,Listen.,,question,,,",
            "Play,1,What now?,,,question,,,",
            "Play,1,What now?,Listen.,3,question,,,",
            "Play,1,What now?,Listen.,3 each,question,,,",
            "Play,1,What now?,Listen.,,listen,,,",
            "Play,1,What now?,Listen.,,question,de,,",
        ];
        let mut all: Vec<Imprint> = changed.map(imprint).to_vec();
        all.push(first);
        all.sort();
        all.dedup();
        assert_eq!(all.len(), changed.len() + 1);
    }

    #[test]
    fn imprints_do_not_change_from_version_to_version() {
        let deck = deck("category,depth,prompt\nPlay,1,What now?\n");
        let imprint = deck.imprint(&deck.cards[0]);
        assert_eq!(imprint.to_string(), "6178324a7c24fd14");
        assert_eq!(imprint.to_string().parse(), Ok(imprint));
    }
}
