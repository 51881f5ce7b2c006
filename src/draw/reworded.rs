//! Cards without an id whose words were changed: the same cards in a new dress.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use crate::deck::{CardKey, Deck, Pick, is_same_prompt};
use crate::select::wording::{Vocabulary, Word};

use super::memory::{Keepsake, Memory};

/// For how many lost cards a new wording is sought: those that were met last.
const MOST: usize = 200;

/// What part of the words of two prompts must be the same, by weight, where only one of them has
/// words of its own: a half.
const GROWN: (u32, u32) = (1, 2);

/// What part where each has: two thirds. "What did you learn from your mother?" is no new wording of
/// "What did you learn from your work?".
const CHANGED: (u32, u32) = (2, 3);

/// A card that was reworded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reworded {
    /// The card as it was.
    pub was: Keepsake,
    /// The card as it is.
    pub is: Pick,
}

impl Reworded {
    /// Returns the key of the old wording, as a ledger keeps it.
    pub fn detail(&self) -> String {
        self.was.key.to_hex()
    }
}

/// Returns the cards that are gone from their decks, and that stand there in other words now.
///
/// A card is the same where its deck has the same name, the old card is gone, the new one was never
/// met, and at least two thirds of the words that matter are in both, or half if words were only added
/// or only taken away; where the new one has an id, which says that it is a card of its own, all words
/// must be the same. Of several the one with the most in common is taken. `met` are all cards that were
/// ever met, in the order of their first meeting.
pub fn reworded(decks: &[Deck], memory: &Memory, met: &[Keepsake]) -> Vec<Reworded> {
    let here: HashSet<CardKey> =
        decks.iter().flat_map(|deck| deck.cards.iter().map(|card| card.key)).collect();
    let is_of_deck =
        |card: &Keepsake| decks.iter().any(|deck| is_same_name(&deck.meta.name, &card.deck));
    let is_lost =
        |card: &&Keepsake| is_of_deck(card) && !here.contains(&card.key) && memory.knows(card.key);
    let lost: Vec<&Keepsake> = met.iter().rev().filter(is_lost).take(MOST).collect();
    if lost.is_empty() {
        return Vec::new();
    }
    let mut vocabulary = Vocabulary::default();
    let lost: Vec<(&Keepsake, Vec<Word>)> =
        lost.into_iter().map(|was| (was, vocabulary.words(&was.prompt))).collect();
    let sought = lost.iter().flat_map(|(_, words)| words.iter().map(|word| word.digest)).collect();
    let mut strangers = Strangers::of(decks, memory, &sought);
    let found = |(was, words): (&Keepsake, Vec<Word>)| {
        Some(Reworded { was: was.clone(), is: strangers.take_like(was, &words)? })
    };
    lost.into_iter().filter_map(found).collect()
}

/// Cards that were never met, by their words.
struct Strangers<'d> {
    decks: &'d [Deck],
    /// Each with the weight of all its words.
    cards: Vec<(Pick, u32)>,
    /// The cards that have a word.
    having: HashMap<u128, Vec<u32>>,
    taken: HashSet<CardKey>,
}

impl<'d> Strangers<'d> {
    /// Returns the cards that have one of the words that are `sought`.
    fn of(decks: &'d [Deck], memory: &Memory, sought: &HashSet<u128>) -> Self {
        let all = (0..).zip(decks).flat_map(|(deck, cards)| {
            (0..cards.cards.len() as u32).map(move |card| Pick { deck, card })
        });
        let is_stranger = |pick: &Pick| {
            let (_, card) = pick.of(decks);
            !card.kind.is_guide() && !memory.knows(card.key)
        };
        let picks: Vec<Pick> = all.filter(is_stranger).collect();
        let read = |known: &mut Vocabulary, pick: &Pick| known.words(&pick.of(decks).1.prompt);
        let words: Vec<Vec<Word>> = picks.par_iter().map_init(Vocabulary::default, read).collect();
        let mut having: HashMap<u128, Vec<u32>> = HashMap::new();
        for (at, words) in (0..).zip(&words) {
            for word in words.iter().filter(|word| sought.contains(&word.digest)) {
                having.entry(word.digest).or_default().push(at);
            }
        }
        let cards = picks.into_iter().zip(&words).map(|(pick, words)| (pick, weight(words)));
        Self { decks, cards: cards.collect(), having, taken: HashSet::new() }
    }

    /// Returns the stranger that is most like a card, if one is like enough, and only once.
    fn take_like(&mut self, was: &Keepsake, words: &[Word]) -> Option<Pick> {
        let own = weight(words);
        let mut shared: HashMap<u32, u32> = HashMap::new();
        for word in words {
            for at in self.having.get(&word.digest).into_iter().flatten() {
                *shared.entry(*at).or_default() += u32::from(word.weight);
            }
        }
        let alike = shared.into_iter().filter_map(|(at, shared)| {
            let (pick, weight) = self.cards[at as usize];
            let (deck, card) = pick.of(self.decks);
            let is_free =
                is_same_name(&deck.meta.name, &was.deck) && !self.taken.contains(&card.key);
            let may_differ = card.id.is_none() || is_same_prompt(&card.prompt, &was.prompt);
            let all = own + weight - shared;
            let (part, whole) = if own > shared && weight > shared { CHANGED } else { GROWN };
            let is_like = is_free && may_differ && shared * whole >= all * part && shared > 0;
            is_like.then(|| (u64::from(shared) * 1_000_000 / u64::from(all), Reverse(at)))
        });
        // Of equals the one that stands first, so that the answer never depends on the map.
        let (_, Reverse(at)) = alike.max()?;
        let pick = self.cards[at as usize].0;
        self.taken.insert(pick.of(self.decks).1.key);
        Some(pick)
    }
}

/// Returns whether two names of decks give the same keys.
fn is_same_name(one: &str, other: &str) -> bool {
    one == other || is_same_prompt(one, other)
}

fn weight(words: &[Word]) -> u32 {
    words.iter().map(|word| u32::from(word.weight)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::memory::What;
    use super::super::testing::{deck, event};
    use super::*;

    const BEFORE: &str = "category,depth,prompt\n\
        Play,1,Which song from long ago do you still know by heart?\n\
        Trust,3,What do you wish people asked you more often?\n\
        Roots,2,Who taught you to whistle?\n";

    fn met(deck: &Deck) -> Vec<Keepsake> {
        deck.cards.iter().map(|card| Keepsake::of(deck, card)).collect()
    }

    fn drawn(deck: &Deck) -> Memory {
        let event = |card: &crate::deck::Card| event("2026-11-22", What::Drawn, card.key);
        Memory::of(deck.cards.iter().map(event))
    }

    #[test]
    fn a_card_in_other_words_is_known_again() {
        let before = deck("ours", BEFORE);
        let after = BEFORE
            .replace("from long ago do you still know", "of long ago can you still sing")
            .replace("taught you to whistle", "lent you a bicycle");
        let decks = [deck("ours", &after)];
        let found = reworded(&decks, &drawn(&before), &met(&before));
        let pairs: Vec<(&str, u32)> =
            found.iter().map(|found| (&*found.was.prompt, found.is.card)).collect();
        assert_eq!(pairs, [("Which song from long ago do you still know by heart?", 0)]);
    }

    #[test]
    fn a_card_that_stands_or_is_new_is_no_other() {
        let before = deck("ours", BEFORE);
        let whole = [before.clone()];
        assert_eq!(reworded(&whole, &drawn(&before), &met(&before)), []);
        let elsewhere = [deck("theirs", &BEFORE.replace("long ago", "way back"))];
        assert_eq!(reworded(&elsewhere, &drawn(&before), &met(&before)), []);
        let never = [deck("ours", &BEFORE.replace("long ago", "way back"))];
        assert_eq!(reworded(&never, &Memory::default(), &met(&before)), []);
    }

    #[test]
    fn an_id_makes_a_card_its_own_unless_its_words_are_the_same() {
        let before = deck("ours", BEFORE);
        let after = "id,category,depth,prompt\n\
            q1,Play,1,Which song of long ago do you still know by heart?\n\
            q2,Roots,2,Who taught you to whistle?\n";
        let decks = [deck("ours", after)];
        let found = reworded(&decks, &drawn(&before), &met(&before));
        assert_eq!(found.iter().map(|found| found.is.card).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn another_question_of_the_same_frame_is_no_new_wording() {
        let table = "category,depth,prompt\nRoots,2,What did you learn from your mother?\n";
        let before = deck("ours", table);
        let decks = [deck("ours", &table.replace("mother", "work"))];
        assert_eq!(reworded(&decks, &drawn(&before), &met(&before)), []);
    }

    #[test]
    fn one_new_wording_stands_for_one_card() {
        let table = "category,depth,prompt\nPlay,1,Which song do you know by heart?\n\
            Play,1,Which old song do you know by heart?\n";
        let before = deck("ours", table);
        let after = "category,depth,prompt\nPlay,1,Which long song do you know by heart?\n";
        let decks = [deck("ours", after)];
        assert_eq!(reworded(&decks, &drawn(&before), &met(&before)).len(), 1);
    }
}
