//! Depths as several decks name them.

use crate::deck::{Deck, Depth};
use crate::problem::{Diagnostic, did_you_mean};

/// Returns the depth that `word` names in the decks: a level, or a name that one of them declares.
///
/// # Errors
///
/// Nobody calls a depth so (`unknown-depth`), or two decks call different depths so (`two-depths`).
pub fn find(word: &str, decks: &[Deck]) -> Result<Depth, Box<Diagnostic>> {
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

/// Returns the name of a depth; where the decks differ, all their names with strokes between them,
/// and where none names it, its number.
pub(super) fn name(depth: Depth, decks: &[Deck]) -> String {
    let number = depth.to_string();
    let mut names: Vec<&str> = Vec::new();
    for name in decks.iter().map(|deck| deck.depth_name(depth)) {
        if name != number && !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() { number } else { names.join(" / ") }
}

/// Returns a depth with its name behind it, such as `4 Open sea`; `4` where no deck names it.
pub fn depth_heading(depth: Depth, decks: &[Deck]) -> String {
    let (number, name) = (depth.to_string(), name(depth, decks));
    if name == number { number } else { format!("{number} {name}") }
}

/// Returns a depth in words, such as `depth 4 Open sea`; `depth 4` where no deck names it.
pub(super) fn words(depth: Depth, decks: &[Deck]) -> String {
    format!("depth {}", depth_heading(depth, decks))
}
