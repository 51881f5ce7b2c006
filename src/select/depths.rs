//! Depths as several decks name them.

use crate::deck::{Deck, Depth};
use crate::problem::{Diagnostic, did_you_mean};

/// Returns the depth that `word` names in the decks: a level, or a name that one of them declares.
pub(super) fn find(word: &str, decks: &[Deck]) -> Result<Depth, Box<Diagnostic>> {
    let named = |deck: &Deck| deck.find_depth(word).map(|depth| (depth, deck.source.clone()));
    let mut found = decks.iter().filter_map(named);
    let Some((depth, source)) = found.next() else {
        return word.trim().parse().ok().and_then(Depth::new).ok_or_else(|| unknown(word, decks));
    };
    match found.find(|(other, _)| *other != depth) {
        None => Ok(depth),
        Some((other, elsewhere)) => {
            let found =
                format!("`{word}` is depth {depth} in {source} and depth {other} in {elsewhere}");
            let help = format!("write the number: `{depth}` or `{other}`");
            Err(Box::new(Diagnostic::error("two-depths", found).help(help)))
        }
    }
}

fn unknown(word: &str, decks: &[Deck]) -> Box<Diagnostic> {
    let names = names(decks);
    let expected = match names.is_empty() {
        true => "1 to 5".into(),
        false => format!("1 to 5, or {}", names.join(", ")),
    };
    let mut problem =
        Diagnostic::error("unknown-depth", format!("unknown depth `{word}`")).expected(expected);
    problem.help = did_you_mean(word, names).map(|near| format!("did you mean `{near}`?"));
    Box::new(problem)
}

fn names(decks: &[Deck]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for name in decks.iter().flat_map(|deck| &deck.meta.depths) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names
}

/// Returns the name of a depth; where the decks differ, all their names with strokes between them.
pub(super) fn name(depth: Depth, decks: &[Deck]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for deck in decks {
        let name = deck.depth_name(depth);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(" / ")
}

/// Returns a depth in words, such as `depth 4 Open sea`; `depth 4` where it has no name.
pub(super) fn words(depth: Depth, decks: &[Deck]) -> String {
    let name = name(depth, decks);
    if name.is_empty() || name == depth.to_string() {
        return format!("depth {depth}");
    }
    format!("depth {depth} {name}")
}
