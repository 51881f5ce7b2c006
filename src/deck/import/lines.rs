//! Lists as lines, with or without the marks of Markdown.

use super::super::header::Column;
use super::{Item, depth_in};

/// Words that stand before the number of a depth.
const LEVELS: [&str; 10] =
    ["level", "depth", "lvl", "tiefe", "stufe", "ebene", "niveau", "nivel", "livello", "nivå"];

/// How many words a line with a colon has at most that is a heading.
const MOST_OF_HEADING: usize = 4;

/// A line, or several that belong together.
struct Entry {
    text: String,
    indent: usize,
    has_bullet: bool,
    is_heading: bool,
}

/// Returns the prompts of the lines, each with the category and the depth that headings give it.
pub(super) fn items(lines: &[String]) -> Vec<Item> {
    let entries = entries(lines);
    let (mut category, mut depth) = (String::new(), String::new());
    let mut items: Vec<Item> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        if entry.is_heading || is_parent(&entries[at..]) {
            match level(&entry.text) {
                Some(level) => depth = level,
                None => (category, depth) = (entry.text.clone(), String::new()),
            }
            continue;
        }
        let mut item = Item::default();
        item.set(Column::Prompt, &entry.text);
        item.set(Column::Category, &category);
        item.set(Column::Depth, &depth);
        items.push(item);
    }
    items
}

/// Returns the depth that a heading gives, such as `Level 2: deeper`.
fn level(heading: &str) -> Option<String> {
    let small = heading.to_lowercase();
    let rest = LEVELS.iter().find_map(|word| small.strip_prefix(word))?;
    let is_number = rest.starts_with(|c: char| !c.is_alphabetic());
    depth_in(rest).filter(|_| is_number).map(|depth| depth.level().to_string())
}

/// Returns whether the first entry is what those indented under it are about.
fn is_parent(entries: &[Entry]) -> bool {
    let [first, second, ..] = entries else { return false };
    let asks = first.text.ends_with(['?', '.', '!', '…', '？', '؟']);
    first.has_bullet && second.has_bullet && second.indent > first.indent && !asks
}

fn entries(lines: &[String]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut follows = false;
    let mut is_code = false;
    for line in without_front_matter(lines) {
        let text = line.trim();
        if text.starts_with("```") {
            is_code = !is_code;
        }
        if is_code || text.starts_with("```") || text.starts_with("<!--") || text.is_empty() {
            follows = false;
            continue;
        }
        if is_rule(text) {
            // A line of = or - under words makes a heading of them.
            match entries.last_mut().filter(|last| follows && !last.has_bullet) {
                Some(last) => last.is_heading = true,
                None => follows = false,
            }
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let (bare, has_bullet) = without_bullet(text);
        let heading = heading(text).filter(|_| !has_bullet);
        match (heading, entries.last_mut()) {
            (Some(heading), _) => {
                entries.push(Entry { text: heading, indent, has_bullet, is_heading: true })
            }
            (None, Some(last)) if follows && !has_bullet && last.has_bullet => {
                last.text = format!("{} {}", last.text, plain(bare));
            }
            (None, _) => {
                let text = plain(bare);
                if !text.is_empty() {
                    entries.push(Entry { text, indent, has_bullet, is_heading: false });
                }
            }
        }
        follows = true;
    }
    entries
}

/// Leaves out the lines between `---` that some programs put at the top of Markdown.
fn without_front_matter(lines: &[String]) -> &[String] {
    let is_border = |line: &String| line.trim() == "---";
    let end =
        lines.iter().skip(1).position(is_border).filter(|_| lines.first().is_some_and(is_border));
    end.map_or(lines, |end| &lines[end + 2..])
}

fn is_rule(text: &str) -> bool {
    ['=', '-', '*', '_'].iter().any(|sign| text.len() >= 3 && text.chars().all(|c| c == *sign))
}

/// Returns the words of a heading: behind `#`, in bold, or before a colon at the end.
fn heading(text: &str) -> Option<String> {
    if let Some(words) = text.strip_prefix('#') {
        let words = plain(words.trim_matches(['#', ' ']));
        return (!words.is_empty()).then_some(words);
    }
    let bold = ["**", "__"].iter().find_map(|mark| text.strip_prefix(mark)?.strip_suffix(mark));
    let asks = |words: &str| words.ends_with(['?', '.', '!', '…', '？', '؟']);
    let bold = bold.filter(|words| !asks(words) && !words.contains("**"));
    let titled = || {
        let words = text.strip_suffix(':')?;
        (words.split_whitespace().count() <= MOST_OF_HEADING).then_some(words)
    };
    bold.or_else(titled).map(|words| plain(words.trim_end_matches(':')))
}

/// Takes `- `, `* `, `• `, `- [ ] `, `> `, `3. `, `3) `, `(3) ` or `Q3: ` away, and tells whether one
/// was there.
fn without_bullet(line: &str) -> (&str, bool) {
    const BULLETS: [char; 12] = ['-', '*', '•', '–', '—', '+', '‣', '◦', '·', '▪', '☐', '○'];
    let quoted = line.trim_start_matches(['>', ' ']);
    let bare = quoted.strip_prefix(BULLETS).filter(|rest| rest.starts_with([' ', '\t', ' ']));
    let bulleted =
        bare.or_else(|| quoted.strip_prefix(['•', '‣', '▪', '☐', '○'])).map(str::trim_start);
    let text = bulleted.unwrap_or(quoted);
    let boxed = ["[ ]", "[x]", "[X]"].iter().find_map(|mark| text.strip_prefix(mark));
    let text = boxed.unwrap_or(text).trim_start();
    let number = text.trim_start_matches(['(', 'Q', 'q']);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let rest = number[digits..].trim_start_matches([')', '.', ':']);
    let is_marked = (1..5).contains(&digits) && rest.len() < number.len() - digits;
    let rest = Some(rest).filter(|rest| is_marked && rest.starts_with([' ', '\t']));
    (rest.unwrap_or(text).trim(), bulleted.is_some() || rest.is_some())
}

/// Returns words without quotation marks around all of them, and without the marks of emphasis.
fn plain(text: &str) -> String {
    let text = text.trim();
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let text = inner.map_or_else(|| text.to_owned(), |inner| inner.replace("\"\"", "\""));
    let text = text.replace("**", "").replace("__", "").replace("\\", "");
    let whole = ['*', '_'].iter().find_map(|mark| text.strip_prefix(*mark)?.strip_suffix(*mark));
    whole.unwrap_or(&text).trim().to_owned()
}
