//! Near-duplicates that meet in a pack in spite of all swaps, in words.

use std::collections::{BTreeMap, HashMap};

use crate::deck::{Card, CardKey, Deck, Pick};
use crate::problem::Diagnostic;

use super::likeness::Likeness;

/// How many meetings are told one by one.
const MOST: usize = 20;

/// A deal whose swaps are done.
pub(super) struct Meetings<'a> {
    pub decks: &'a [Deck],
    pub pool: &'a [Pick],
    pub likeness: &'a Likeness,
    /// The pack of each card of the pool.
    pub pack_of: &'a [u32],
}

/// A card in a pack, as often as the pack has it.
struct Guest {
    at: usize,
    copies: u64,
}

impl Meetings<'_> {
    /// Returns a note for each two cards that meet in a pack and for each that meets itself.
    ///
    /// `mates` tells how many cards of its pack are near each card.
    pub fn notes(&self, mates: impl Fn(usize) -> u32) -> Vec<Diagnostic> {
        let crowded: Vec<usize> = (0..self.pool.len()).filter(|at| mates(*at) > 0).collect();
        let pairs = crowded.iter().map(|at| u64::from(mates(*at))).sum::<u64>() / 2;
        let mut told = 0;
        let mut notes = Vec::new();
        'all: for (pack, guests) in self.guests(&crowded) {
            for (at, one) in guests.iter().enumerate() {
                for other in &guests[at..] {
                    let Some((note, pairs)) = self.meeting(pack, one, other) else { continue };
                    if notes.len() == MOST {
                        break 'all;
                    }
                    notes.push(note);
                    told += pairs;
                }
            }
        }
        if pairs > told {
            let found =
                format!("{} more pairs of cards in one pack ask nearly the same", pairs - told);
            notes.push(Diagnostic::note("more", found));
        }
        notes
    }

    /// Returns the crowded cards of each pack, copies counted.
    fn guests(&self, crowded: &[usize]) -> BTreeMap<u32, Vec<Guest>> {
        let mut packs: BTreeMap<u32, Vec<Guest>> = BTreeMap::new();
        let mut places: HashMap<(u32, CardKey), usize> = HashMap::new();
        for at in crowded {
            let pack = self.pack_of[*at];
            let guests = packs.entry(pack).or_default();
            let place = *places.entry((pack, self.card(*at).key)).or_insert(guests.len());
            match guests.get_mut(place) {
                Some(guest) => guest.copies += 1,
                None => guests.push(Guest { at: *at, copies: 1 }),
            }
        }
        packs
    }

    fn card(&self, at: usize) -> &Card {
        self.pool[at].of(self.decks).1
    }

    /// Tells of two cards that meet, or of copies of one, and how many pairs that is.
    fn meeting(&self, pack: u32, one: &Guest, other: &Guest) -> Option<(Diagnostic, u64)> {
        let [code, second] = [one, other].map(|guest| &self.card(guest.at).code);
        let pack = pack + 1;
        if one.at == other.at {
            let times = match one.copies {
                2 => "twice".into(),
                many => format!("{many} times"),
            };
            let found = format!("pack {pack} has `{code}` {times}");
            let note = Diagnostic::note("twins-in-pack", found)
                .help("print fewer copies of the card, or deal more packs");
            return (one.copies > 1).then(|| (note, one.copies * (one.copies - 1) / 2));
        }
        let found = format!("pack {pack} has `{code}` and `{second}`, which ask nearly the same");
        let note =
            Diagnostic::note("near-in-pack", found).help("reword one of them, or leave one out");
        self.likeness.are_near(one.at, other.at).then(|| (note, one.copies * other.copies))
    }
}

#[cfg(test)]
mod tests {
    use crate::deck::{self, Source, all_cards};

    #[test]
    fn copies_are_told_once_for_each_card_and_pack() {
        let table = "category,depth,copies,prompt\nA,1,5,What do you miss?\n\
            A,1,3,What do you really miss?\nA,1,1,Who taught you to swim?\n";
        let source = Source { name: "t", bytes: table.as_bytes().into(), meta: None, stem: "t" };
        let decks = [deck::read(source).deck.expect("a sound table")];
        let pool = all_cards(&decks);
        let dealt = crate::select::deal(&decks, &pool, 1, 1).expect("one pack");
        let [miss, really] = [0, 1].map(|at| decks[0].cards[at].code.to_string());
        let wanted = [
            format!("pack 1 has `{miss}` 5 times"),
            format!("pack 1 has `{miss}` and `{really}`, which ask nearly the same"),
            format!("pack 1 has `{really}` 3 times"),
        ];
        let found: Vec<String> = dealt.notes.into_iter().map(|note| note.found).collect();
        assert_eq!(found, wanted);
    }
}
