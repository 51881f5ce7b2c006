//! A card in the terminal.

use std::fmt::Write;

use clap::builder::styling::Style;
use unicode_width::UnicodeWidthStr;

pub use crate::cli::show::clean;
use crate::cli::show::{depth_style, rings, wrapped};
use crate::deck::{Card, Deck, Kind, Pick};
use crate::typeset::Language;

/// The widest card: longer lines read badly.
const WIDEST: usize = 64;

/// The narrowest card; where there is less room the words stand alone.
const NARROWEST: usize = 24;

/// How far the prompt stands from the frame.
const INDENT: usize = 3;

/// How a card is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CardStyle {
    /// The width of the terminal in columns. Default: none, and the words stand alone, without a frame.
    pub width: Option<usize>,
    /// Whether colours are used. Default: no.
    pub colour: bool,
}

/// Returns the cards, one below the other.
pub fn cards(decks: &[Deck], picks: &[Pick], style: CardStyle) -> String {
    let one = |pick: &Pick| {
        let (deck, card) = pick.of(decks);
        match style.width.filter(|width| *width >= NARROWEST) {
            Some(width) => Frame { deck, card, style, width: width.min(WIDEST) }.draw(),
            None => plain(deck, card, style.width),
        }
    };
    picks.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// Returns the words of a card.
fn plain(deck: &Deck, card: &Card, room: Option<usize>) -> String {
    let mut text = String::new();
    let mut put = |lead: &str, words: &str| {
        for line in words.lines().flat_map(|line| wrapped(line, room)) {
            let _ = writeln!(text, "{lead}{line}");
        }
    };
    put("", &clean(&card.prompt));
    if let Some(line) = listener(deck, card) {
        put("› ", &clean(&line));
    }
    put("", &clean(&caption(deck, card, details(deck, card))));
    text
}

/// Returns what a card is, in a line: category, depth, details, code.
pub fn caption(deck: &Deck, card: &Card, details: Option<String>) -> String {
    let depth = card.depth.map(|depth| format!("{} ({depth} of 5)", deck.depth_name(depth)));
    let parts = [Some(deck.category(card).label.clone()), depth, details];
    let code = card.code.to_string();
    parts.into_iter().flatten().chain([code]).collect::<Vec<_>>().join(" · ")
}

/// Returns words of several lines as one, without what could steer a terminal.
pub fn one_line(words: &str) -> String {
    clean(&words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Returns the line for whoever listens; a deep card has one in any case.
pub fn listener(deck: &Deck, card: &Card) -> Option<String> {
    let own = card.follow_up.as_deref().map(str::to_owned);
    let language = card.language.as_deref().unwrap_or(&deck.meta.language);
    let is_deep = card.depth.is_some_and(|depth| depth.level() >= super::consent::DEEP);
    own.or_else(|| is_deep.then(|| Language::named(language).listen.clone()))
}

/// Returns the kind and the time, where there is something to say of them.
fn details(deck: &Deck, card: &Card) -> Option<String> {
    let kind = (card.kind != Kind::Question).then(|| card.kind.to_string());
    let language = card.language.as_deref().unwrap_or(&deck.meta.language);
    let minutes = card.minutes.as_ref().map(|minutes| Language::named(language).minutes(minutes));
    let parts: Vec<String> = kind.into_iter().chain(minutes).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// A card with its frame.
struct Frame<'a> {
    deck: &'a Deck,
    card: &'a Card,
    style: CardStyle,
    width: usize,
}

impl Frame<'_> {
    fn draw(&self) -> String {
        let ink = depth_style(self.card.depth);
        let mut text = String::new();
        let rule = "─".repeat(self.width - 2);
        let _ = writeln!(text, "{}", self.painted(&format!("╭{rule}╮"), ink));
        self.ends(&mut text, &self.category(), &self.depth(), ink.bold());
        self.line(&mut text, "", Style::new());
        for line in balanced(&clean(&self.card.prompt), self.room()) {
            self.line(&mut text, &line, Style::new().bold());
        }
        self.line(&mut text, "", Style::new());
        let listener = listener(self.deck, self.card);
        if let Some(words) = &listener {
            let water = self.painted(&"~".repeat(self.width - 2), ink);
            let edge = self.painted("│", ink);
            let _ = writeln!(text, "{edge}{water}{edge}");
            self.line(&mut text, "", Style::new());
            for line in balanced(&clean(words), self.room()) {
                self.line(&mut text, &line, Style::new().italic());
            }
            self.line(&mut text, "", Style::new());
        }
        let details = details(self.deck, self.card).unwrap_or_default();
        self.ends(&mut text, &clean(&details), &self.card.code.to_string(), Style::new().dimmed());
        let _ = writeln!(text, "{}", self.painted(&format!("╰{rule}╯"), ink));
        text
    }

    /// Returns how many columns the words have.
    fn room(&self) -> usize {
        self.width - 2 - 2 * INDENT
    }

    fn category(&self) -> String {
        let category = self.deck.category(self.card);
        format!("{} {}", emblem(&category.emblem), clean(&category.label))
    }

    fn depth(&self) -> String {
        let Some(depth) = self.card.depth else { return String::new() };
        let name = clean(self.deck.depth_name(depth));
        let whole = format!("{name} {}", rings(depth));
        let room = self.width - 4 - self.category().width().min(self.width - 4);
        if whole.width() < room { whole } else { rings(depth) }
    }

    /// Adds a line of words.
    fn line(&self, text: &mut String, words: &str, style: Style) {
        let edge = self.painted("│", depth_style(self.card.depth));
        let fill = " ".repeat((self.width - 2 - INDENT).saturating_sub(words.width()));
        let words = self.painted(words, style);
        let _ = writeln!(text, "{edge}{}{words}{fill}{edge}", " ".repeat(INDENT));
    }

    /// Adds a line with words at both ends; where both do not fit the first is cut.
    fn ends(&self, text: &mut String, left: &str, right: &str, style: Style) {
        let edge = self.painted("│", depth_style(self.card.depth));
        let room = self.width - 4;
        let most = room.saturating_sub(right.width() + 1);
        let left = if left.width() > most { shortened(left, most) } else { left.to_owned() };
        let fill = " ".repeat(room.saturating_sub(left.width() + right.width()));
        let [left, right] = [&*left, right].map(|words| self.painted(words, style));
        let _ = writeln!(text, "{edge} {left}{fill}{right} {edge}");
    }

    fn painted(&self, text: &str, style: Style) -> String {
        if !self.style.colour || style == Style::new() || text.is_empty() {
            return text.into();
        }
        format!("{style}{text}{style:#}")
    }
}

/// Returns the lines of a text, none wider than `room`, as even as that number of lines allows.
pub fn balanced(text: &str, room: usize) -> Vec<String> {
    let even = |line: &str| {
        let count = wrapped(line, Some(room)).len();
        // A word that fits is never broken for the sake of even lines.
        let widest = line.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(1);
        let widths: Vec<usize> = (widest.clamp(1, room)..=room).collect();
        // The narrower, the more lines: the first width that needs no more is the most even one.
        let at = widths.partition_point(|width| wrapped(line, Some(*width)).len() > count);
        let width = widths.get(at).copied().unwrap_or(room);
        wrapped(line, Some(width)).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    text.lines().flat_map(even).collect()
}

/// Returns the beginning of `text` with an ellipsis, no wider than `room`.
pub fn shortened(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let line = wrapped(text, Some(room.saturating_sub(1).max(1))).first().copied().unwrap_or("");
    format!("{}…", line.trim_end())
}

/// Returns the sign that stands for an emblem, one column wide.
pub fn emblem(name: &str) -> char {
    const SIGNS: [(&str, char); 20] = [
        ("emotional", '♡'),
        ("affection", '❀'),
        ("mind", '◎'),
        ("adventure", '△'),
        ("meaning", '✦'),
        ("trust", '◒'),
        ("appreciation", '❖'),
        ("repair", '⋈'),
        ("roots", '⌂'),
        ("dreams", '☆'),
        ("play", '◈'),
        ("checkin", '◷'),
        ("work", '▣'),
        ("ways", '⇄'),
        ("mark1", '□'),
        ("mark2", '▽'),
        ("mark3", '○'),
        ("mark4", '◇'),
        ("mark5", '▷'),
        ("mark6", '✧'),
    ];
    SIGNS.iter().find(|(known, _)| *known == name).map_or('◇', |(_, sign)| *sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::{Source, all_cards, builtin, read};
    use crate::typeset::chart::emblem::emblems;

    fn deck(table: &str) -> [Deck; 1] {
        let bytes = table.as_bytes().into();
        let loaded = read(Source { name: "t", bytes, meta: None, stem: "t" });
        [loaded.deck.unwrap()]
    }

    const ONE: &str = "id,category,depth,prompt,follow_up,kind,minutes\n\
        a,Play,3,\"If we lived round one courtyard, what would stand in the middle?\",\
        Ask who waters it.,exercise,\"2, then swap\"\n";

    fn drawn(table: &str, width: Option<usize>, colour: bool) -> String {
        let decks = deck(table);
        cards(&decks, &all_cards(&decks), CardStyle { width, colour })
    }

    #[test]
    fn a_card_fits_forty_columns() {
        assert_eq!(
            drawn(ONE, Some(40), false),
            "\
╭──────────────────────────────────────╮
│ ◈ Play                   Shelf ●●●○○ │
│                                      │
│   If we lived round one courtyard,   │
│   what would stand in the middle?    │
│                                      │
│~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~│
│                                      │
│   Ask who waters it.                 │
│                                      │
│ exercise, 2 minutes, then swap  5TFZ │
╰──────────────────────────────────────╯
"
        );
    }

    #[test]
    fn a_card_is_no_wider_than_one_reads_well() {
        assert_eq!(
            drawn(ONE, Some(80), false),
            "\
╭──────────────────────────────────────────────────────────────╮
│ ◈ Play                                           Shelf ●●●○○ │
│                                                              │
│   If we lived round one courtyard,                           │
│   what would stand in the middle?                            │
│                                                              │
│~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~│
│                                                              │
│   Ask who waters it.                                         │
│                                                              │
│ exercise, 2 minutes, then swap                          5TFZ │
╰──────────────────────────────────────────────────────────────╯
"
        );
        assert_eq!(drawn(ONE, Some(120), false), drawn(ONE, Some(80), false));
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        let coloured = drawn(ONE, Some(80), true);
        assert!(coloured.contains("\u{1b}[36m╭"), "{coloured}");
        let plain: String = coloured
            .split('\u{1b}')
            .enumerate()
            .map(|(at, part)| if at == 0 { part } else { part.split_once('m').unwrap().1 })
            .collect();
        assert_eq!(plain, drawn(ONE, Some(80), false));
    }

    #[test]
    fn every_card_of_the_library_keeps_to_its_frame() {
        for built_in in &builtin::ALL {
            let decks = [read(built_in.source()).deck.unwrap()];
            for width in [24, 40, 80] {
                let style = CardStyle { width: Some(width), colour: false };
                for pick in all_cards(&decks) {
                    let text = cards(&decks, &[pick], style);
                    let wide = text.lines().find(|line| line.width() != width.min(WIDEST));
                    assert_eq!(wide, None, "{}", built_in.name);
                }
            }
        }
    }

    #[test]
    fn a_strangers_table_steers_no_terminal_and_breaks_no_frame() {
        let table = "category,depth,prompt\n\"A\u{1b}[31mvery long category with no end to it\",1,\
            \"Pneumonoultramicroscopicsilicovolcanoconiosis\u{7}, 漢字漢字漢字漢字漢字漢字漢字漢字?\"\n";
        let text = drawn(table, Some(30), false);
        assert!(!text.contains(['\u{1b}', '\u{7}']), "{text:?}");
        assert!(text.lines().all(|line| line.width() == 30), "{text}");
        assert_eq!(drawn(table, Some(10), false).lines().next(), Some("Pneumonoul"));
    }

    #[test]
    fn no_word_that_fits_is_broken() {
        let table = "category,depth,prompt\nRoots,1,\"Nachbarschaftshilfe, wer gab sie dir?\"\n";
        let text = drawn(table, Some(40), false);
        assert!(text.contains("   Nachbarschaftshilfe,"), "{text}");
        let all = builtin::ALL.iter().map(|built_in| [read(built_in.source()).deck.unwrap()]);
        for decks in all {
            for pick in all_cards(&decks) {
                let style = CardStyle { width: Some(40), colour: false };
                let text = cards(&decks, &[pick], style);
                let words = pick.of(&decks).1.prompt.split_whitespace();
                let torn: Vec<&str> = words.filter(|word| !text.contains(*word)).collect();
                assert_eq!(torn, Vec::<&str>::new());
            }
        }
    }

    #[test]
    fn a_deep_card_has_a_listeners_line_in_its_language() {
        let table = "category,depth,prompt,lang\nTrust,4,Was nun?,de\nTrust,4,What now?,\n\
            Trust,3,What then?,\n";
        let decks = deck(table);
        let lines: Vec<Option<String>> =
            decks[0].cards.iter().map(|card| listener(&decks[0], card)).collect();
        assert!(lines[0].as_ref().unwrap().starts_with("Hört zu"), "{lines:?}");
        assert!(lines[1].as_ref().unwrap().starts_with("Hear it"), "{lines:?}");
        assert_eq!(lines[2], None);
    }

    #[test]
    fn every_emblem_has_a_sign_of_its_own_one_column_wide() {
        let mut signs: Vec<char> = emblems().iter().map(|known| emblem(known.name)).collect();
        assert!(signs.iter().all(|sign| sign.to_string().width() == 1));
        let all = signs.len();
        signs.sort_unstable();
        signs.dedup();
        assert_eq!((signs.len(), all), (20, 20));
    }
}
