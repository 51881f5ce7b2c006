//! Lists as lines, with or without the marks of Markdown.

use super::super::header::Column;
use super::{Item, depth_in};

/// Words that stand before the number of a depth.
const LEVELS: [&str; 11] = [
    "level", "depth", "lvl", "round", "tiefe", "stufe", "ebene", "niveau", "nivel", "livello",
    "nivå",
];

/// Words of one who speaks: a line that has one is the beginning of a sentence, not a heading.
const PERSONS: [&str; 10] = ["i", "me", "my", "you", "your", "we", "us", "our", "i'm", "i’m"];

/// Signs that stand before the entries of lists, those of word processors among them.
const BULLETS: [char; 16] =
    ['-', '*', '•', '–', '—', '+', '‣', '◦', '·', '▪', '☐', '○', '●', '■', '\u{F0B7}', '\u{F0A7}'];

/// Bullets that are nothing else, even without a space behind them.
const PLAIN_BULLETS: [char; 9] = ['•', '‣', '▪', '☐', '○', '●', '■', '\u{F0B7}', '\u{F0A7}'];

/// How many words a heading without a mark of Markdown has at most.
const MOST_OF_HEADING: usize = 4;

/// The height of headings that have no number of `#`.
const LOW: usize = 7;

/// A line, or several that belong together.
struct Entry {
    text: String,
    indent: usize,
    has_bullet: bool,
    /// How high it stands as a heading, 1 the highest; none for prompts.
    heading: Option<usize>,
}

/// Returns the prompts of the lines, each with the category and the depth that headings give it.
pub(super) fn items(lines: &[String]) -> Vec<Item> {
    let entries = entries(lines);
    let (mut category, mut depth) = (String::new(), String::new());
    // How high the heading stands that gave the depth.
    let mut height = LOW;
    let mut items = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        // A line with a colon that nothing stands under is the beginning of a sentence.
        let has_more = entries.get(at + 1).is_some_and(|next| next.heading.is_none());
        let heading = entry.heading.filter(|_| has_more || !entry.text.ends_with(':'));
        let own = heading.or_else(|| is_parent(&entries[at..]).then_some(LOW));
        let Some(own) = own else {
            let mut item = Item::default();
            item.set(Column::Prompt, &entry.text);
            item.set(Column::Category, &category);
            item.set(Column::Depth, &depth);
            items.push(item);
            continue;
        };
        let name = entry.text.trim_end_matches(':');
        if let Some((level, rest)) = level(name) {
            (depth, height) = (level, own);
            category = if rest.is_empty() { category } else { rest };
        } else {
            name.clone_into(&mut category);
            if own <= height {
                depth.clear();
            }
        }
    }
    items
}

/// Returns the depth that a heading gives, and what else it says: `Level 2: Deeper`.
pub(super) fn level(heading: &str) -> Option<(String, String)> {
    let heading = heading.trim_start_matches(|c: char| !c.is_alphanumeric());
    let small = heading.to_ascii_lowercase();
    let word = LEVELS.iter().find(|word| small.starts_with(**word))?;
    let rest = heading.get(word.len()..)?;
    let number = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let after = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = after.len() < number.len() && !rest.starts_with(char::is_alphabetic);
    // A range is no depth.
    let beyond = after.trim_start_matches(['-', '–', '/', '.', ' ']);
    let is_range = beyond.len() < after.len() && beyond.starts_with(|c: char| c.is_ascii_digit());
    let depth = depth_in(number).filter(|_| is_number && !is_range)?;
    let name = after.trim_start_matches(|c: char| !c.is_alphanumeric());
    Some((depth.level().to_string(), name.trim().to_owned()))
}

/// Returns whether the first entry is what those indented under it are about.
fn is_parent(entries: &[Entry]) -> bool {
    let [first, second, ..] = entries else { return false };
    let is_under = first.has_bullet && second.has_bullet && second.indent > first.indent;
    is_under && !ends(&first.text)
}

fn entries(lines: &[String]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut follows = false;
    for line in without_front_matter(lines) {
        let text = line.trim();
        if text.starts_with("```") || text.starts_with("<!--") || text.is_empty() {
            follows = false;
            continue;
        }
        if is_rule(text) {
            // A line of = or - under words makes a heading of them.
            let is_title = |last: &&mut Entry| !last.has_bullet && !ends(&last.text);
            match entries.last_mut().filter(|_| follows).filter(is_title) {
                Some(last) => last.heading = Some(LOW),
                None => follows = false,
            }
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let (bare, has_bullet) = without_bullet(text);
        let heading = heading(text).filter(|_| !has_bullet);
        let goes_on = |last: &&mut Entry| last.has_bullet && !has_bullet && indent > last.indent;
        if let Some((text, height)) = heading {
            entries.push(Entry { text, indent, has_bullet, heading: Some(height) });
        } else if let Some(last) = entries.last_mut().filter(|_| follows).filter(goes_on) {
            last.text = format!("{} {}", last.text, plain(bare));
        } else if !plain(bare).is_empty() {
            entries.push(Entry { text: plain(bare), indent, has_bullet, heading: None });
        }
        follows = true;
    }
    entries
}

/// Leaves out the names with values between `---` that some programs put at the top of Markdown.
fn without_front_matter(lines: &[String]) -> &[String] {
    let is_border = |line: &String| line.trim() == "---";
    let end = lines.iter().skip(1).position(is_border);
    let Some(end) = end.filter(|_| lines.first().is_some_and(is_border)) else { return lines };
    let is_value = |line: &&String| {
        let name = line.split_once(':').map(|(name, _)| name);
        line.starts_with([' ', '-']) || name.is_some_and(|name| !name.contains(' '))
    };
    let mut between = lines[1..=end].iter().filter(|line| !line.trim().is_empty());
    if between.all(|line| is_value(&line)) { &lines[end + 2..] } else { lines }
}

fn is_rule(text: &str) -> bool {
    ['=', '-', '*', '_'].iter().any(|sign| text.len() >= 3 && text.chars().all(|c| c == *sign))
}

/// Returns whether words end as a sentence does.
fn ends(words: &str) -> bool {
    words.ends_with(['?', '.', '!', '…', '？', '؟', '_'])
}

/// Returns the words of a heading and how high it stands: behind `#`, in bold, in capitals, before a
/// colon at the end, or the name of a depth. What asks is none.
fn heading(text: &str) -> Option<(String, usize)> {
    let bare = text.trim_start_matches('#');
    if bare.len() < text.len() && bare.starts_with([' ', '\t']) {
        let words = plain(bare.trim_matches(['#', ' ']));
        let is_heading = !words.is_empty() && !words.ends_with(['?', '…', '？', '؟']);
        return is_heading.then_some((words, text.len() - bare.len()));
    }
    let bold = ["**", "__"].iter().find_map(|mark| text.strip_prefix(mark)?.strip_suffix(mark));
    let bold = bold.filter(|words| !ends(words) && !words.contains("**"));
    let is_short = text.split_whitespace().count() <= MOST_OF_HEADING && !ends(text);
    let speaks = |word: &str| PERSONS.contains(&word.trim_end_matches(':').to_lowercase().as_str());
    let is_titled = text.ends_with(':') && !text.split_whitespace().any(speaks);
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let is_capitals = capitals > 2 && !text.chars().any(char::is_lowercase);
    let is_named = is_short && (is_titled || is_capitals || level(text).is_some());
    let words = bold.or_else(|| is_named.then_some(text))?;
    Some((plain(words), LOW))
}

/// Takes `- `, `* `, `• `, `- [ ] `, `> `, `3. `, `3) `, `(3) `, `a) `, `#3 ` or `Q3: ` away, and tells
/// whether one was there.
fn without_bullet(line: &str) -> (&str, bool) {
    let quoted = line.trim_start_matches(['>', ' ']);
    // A heading that asks is a prompt.
    let behind = quoted.trim_start_matches('#');
    let quoted = if behind.starts_with(' ') { behind.trim_start() } else { quoted };
    let bare = quoted.strip_prefix(BULLETS).filter(|rest| rest.starts_with([' ', '\t']));
    let bulleted = bare.or_else(|| quoted.strip_prefix(PLAIN_BULLETS)).map(str::trim_start);
    let text = bulleted.unwrap_or(quoted);
    let boxed = ["[ ]", "[x]", "[X]"].iter().find_map(|mark| text.strip_prefix(mark));
    let text = boxed.unwrap_or(text).trim_start();
    let number = text.trim_start_matches(['(', 'Q', 'q', '#']);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let is_letter =
        number.starts_with(|c: char| c.is_ascii_lowercase()) && number[1..].starts_with(')');
    let digits = if is_letter { 1 } else { digits };
    let rest = number[digits..].trim_start_matches([')', '.', ':']);
    let is_closed = rest.len() < number.len() - digits || text.starts_with('#');
    let is_marked = (1..5).contains(&digits) && is_closed;
    let rest = Some(rest).filter(|rest| is_marked && rest.starts_with([' ', '\t']));
    (rest.unwrap_or(text).trim(), bulleted.is_some() || rest.is_some())
}

/// Returns words without quotation marks around all of them, and without the marks of emphasis.
fn plain(text: &str) -> String {
    let text = text.trim();
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    // Of two quotations the first and the last mark are no pair.
    let inner = inner.filter(|inner| !inner.replace("\"\"", "").contains('"'));
    let text = inner.map_or_else(|| text.to_owned(), |inner| inner.replace("\"\"", "\""));
    // Underscores at the end are a line to write on.
    let text = text.replace("**", "").replace('\\', "");
    let text =
        if text.ends_with("__") && !text.starts_with("__") { text } else { text.replace("__", "") };
    let whole = ['*', '_'].iter().find_map(|mark| text.strip_prefix(*mark)?.strip_suffix(*mark));
    whole.unwrap_or(&text).trim().to_owned()
}
