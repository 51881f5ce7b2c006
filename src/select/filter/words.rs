//! Filters as people write them.

use std::collections::BTreeSet;

use crate::deck::{Category, Deck, Depth, Kind};
use crate::problem::{Diagnostic, did_you_mean};
use crate::select::depths;

use super::{Filter, is_same, must_opt_in};

/// How many right answers a problem lists, at most.
const MOST: usize = 12;

/// The words of a filter, as they come from a command line: each entry is what one flag was given,
/// which may be a list with commas between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilterWords {
    /// Depths: `2`, `1-3`, `1,3-4`, `3-` for 3 and all that are deeper, or names that the decks
    /// declare.
    pub depth: Vec<String>,
    /// Categories by id or label, without regard to case.
    pub category: Vec<String>,
    /// Categories to leave out.
    pub not_category: Vec<String>,
    /// Kinds, in all spellings that a table may use.
    pub kind: Vec<String>,
    /// Audiences that a deck or a card names.
    pub audience: Vec<String>,
    /// Tags that a card has.
    pub tag: Vec<String>,
    /// The most minutes that a card may take.
    pub max_minutes: Option<u16>,
    /// Categories whose cards may be chosen although one must opt into them.
    pub opt_in: Vec<String>,
}

impl FilterWords {
    /// Reads the words, given the decks whose names they use.
    ///
    /// # Errors
    ///
    /// Every word that names nothing in the decks: `unknown-depth`, `unknown-category`,
    /// `unknown-kind`, `unknown-audience`, `unknown-tag`, with what was likely meant; `empty-filter`
    /// for a flag without a word, and `two-depths` for a name that two decks give to different
    /// depths.
    pub fn read(&self, decks: &[Deck]) -> Result<Filter, Vec<Diagnostic>> {
        let mut reader = Reader { decks, problems: Vec::new() };
        let category = |word: &str, decks: &[Deck]| find_category(word, decks);
        let mut filter = Filter {
            depths: reader.list("depth", &self.depth, range).into_iter().flatten().collect(),
            categories: reader.list("category", &self.category, category),
            not_categories: reader.list("not-category", &self.not_category, category),
            kinds: reader.list("kind", &self.kind, find_kind),
            audiences: reader.list("audience", &self.audience, find_audience),
            tags: reader.list("tag", &self.tag, find_tag),
            max_minutes: self.max_minutes,
            opt_in: reader.list("opt-in", &self.opt_in, category),
        };
        // Who names a category in which all must be asked for has asked for them.
        let is_all = |id: &String| {
            let cards =
                decks.iter().flat_map(|deck| deck.cards.iter().map(move |card| (deck, card)));
            let own =
                cards.filter(|(deck, card)| deck.category(card).id == *id && !card.kind.is_guide());
            own.map(|(_, card)| card).all(must_opt_in)
        };
        let named: Vec<String> =
            filter.categories.iter().filter(|id| is_all(id)).cloned().collect();
        filter.opt_in.extend(named);
        if reader.problems.is_empty() { Ok(filter) } else { Err(reader.problems) }
    }
}

/// How many commas a name may hold in a list of names.
const MOST_COMMAS: usize = 8;

struct Reader<'a> {
    decks: &'a [Deck],
    problems: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Returns what the words of a flag stand for. A name may hold commas: of the parts between
    /// them, as many as mean something together are one word.
    fn list<T: PartialEq>(
        &mut self,
        flag: &str,
        words: &[String],
        find: impl Fn(&str, &[Deck]) -> Result<T, Box<Diagnostic>>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        for words in words {
            let parts: Vec<&str> = words.split(',').collect();
            if parts.iter().all(|part| part.trim().is_empty()) {
                let problem = format!("`--{flag}` has no word to go by");
                let help = format!("give it a word, or leave `--{flag}` out");
                self.problems.push(Diagnostic::error("empty-filter", problem).help(help));
            }
            let mut rest = &parts[..];
            while let [part, others @ ..] = rest {
                let together = (1..=rest.len().min(MOST_COMMAS + 1)).rev();
                let mut joined = together.map(|count| (rest[..count].join(","), count));
                let longest = joined.find_map(|(word, count)| {
                    let thing = find(word.trim(), self.decks).ok()?;
                    (!word.trim().is_empty()).then_some((thing, count))
                });
                rest = longest.as_ref().map_or(others, |(_, count)| &rest[*count..]);
                match longest {
                    Some((thing, _)) => found.push(thing),
                    None if part.trim().is_empty() => {}
                    None => self.problems.extend(find(part.trim(), self.decks).err().map(|p| *p)),
                }
            }
        }
        let mut unique = Vec::new();
        for thing in found {
            if !unique.contains(&thing) {
                unique.push(thing);
            }
        }
        unique
    }
}

/// Returns the depths from one to another, whichever is named first; where one is left out, all to
/// that end. Names may hold hyphens, so that every hyphen is tried as the one that parts two depths.
fn range(word: &str, decks: &[Deck]) -> Result<BTreeSet<Depth>, Box<Diagnostic>> {
    let mut best = match depths::find(word, decks) {
        Ok(depth) => return Ok(BTreeSet::from([depth])),
        Err(problem) => problem,
    };
    for (at, dash) in ["-", "–", ".."].iter().flat_map(|dash| word.match_indices(dash)) {
        if word.trim() == dash {
            continue;
        }
        let ends = [(&word[..at], Depth::ALL[0]), (&word[at + dash.len()..], Depth::ALL[4])];
        let ends = ends.map(|(end, open)| match end.trim() {
            "" => Ok(open),
            end => depths::find(end, decks),
        });
        match ends {
            [Ok(one), Ok(other)] => {
                let span = one.min(other)..=one.max(other);
                return Ok(Depth::ALL.into_iter().filter(|at| span.contains(at)).collect());
            }
            [Ok(_), Err(problem)] | [Err(problem), Ok(_)] => best = problem,
            [Err(_), Err(_)] => {}
        }
    }
    Err(best)
}

/// Returns the id of the category that `word` names.
fn find_category(word: &str, decks: &[Deck]) -> Result<String, Box<Diagnostic>> {
    let all = || decks.iter().flat_map(|deck| &deck.categories);
    let by_id = all().find(|category| is_same(&category.id, word));
    let called = || all().find(|category| category.is_called(word));
    let spelled = || {
        let mut alike = all().filter(|category| category.is_spelled_like(word));
        alike.next().filter(|first| alike.all(|other| other.id == first.id))
    };
    let found = by_id.or_else(called).or_else(spelled);
    let asks = |deck: &Deck, at: usize| {
        deck.cards.iter().any(|card| usize::from(card.category) == at && !card.kind.is_guide())
    };
    found.map(|category| category.id.clone()).ok_or_else(|| {
        let labels = decks.iter().flat_map(|deck| {
            let asking = deck.categories.iter().enumerate().filter(|(at, _)| asks(deck, *at));
            asking.map(|(_, Category { label, .. })| label.as_str())
        });
        unknown("category", word, labels.collect())
    })
}

fn find_kind(word: &str, _: &[Deck]) -> Result<Kind, Box<Diagnostic>> {
    word.parse()
        .map_err(|()| unknown("kind", word, Kind::ALL.iter().map(|kind| kind.name()).collect()))
}

fn find_audience(word: &str, decks: &[Deck]) -> Result<String, Box<Diagnostic>> {
    let all =
        decks.iter().flat_map(|deck| deck.cards.iter().flat_map(move |card| deck.audiences(card)));
    named("audience", word, all.collect())
}

fn find_tag(word: &str, decks: &[Deck]) -> Result<String, Box<Diagnostic>> {
    let cards = decks.iter().flat_map(|deck| &deck.cards);
    named("tag", word, cards.flat_map(|card| card.tags.iter().map(|tag| &**tag)).collect())
}

/// Returns the one of `all` that is `word` but for case.
fn named(what: &str, word: &str, all: BTreeSet<&str>) -> Result<String, Box<Diagnostic>> {
    let found = all.iter().find(|name| is_same(name, word));
    found.map(|name| (*name).into()).ok_or_else(|| unknown(what, word, all))
}

fn unknown(what: &str, word: &str, names: BTreeSet<&str>) -> Box<Diagnostic> {
    let code = match what {
        "category" => "unknown-category",
        "kind" => "unknown-kind",
        "audience" => "unknown-audience",
        _ => "unknown-tag",
    };
    let mut expected = names.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    if names.len() > MOST {
        expected += &format!(" and {} more", names.len() - MOST);
    }
    let mut problem = Diagnostic::error(code, format!("unknown {what} `{word}`"));
    problem.expected = Some(expected).filter(|expected| !expected.is_empty());
    problem.help = match did_you_mean(word, names.iter().copied()) {
        Some(near) => Some(format!("did you mean `{near}`?")),
        None if names.is_empty() => Some(format!("no card names one; leave `--{what}` out")),
        None => None,
    };
    Box::new(problem)
}
