//! Lists as JSON.

use serde_json::{Map, Value};

use super::super::header::{Column, Header};
use super::Item;
use super::lines::level;
use crate::deck::write::IN_ORDER;
use crate::problem::Diagnostic;

/// Names that a list has without saying what it is about.
const NO_CATEGORY: [&str; 10] = [
    "questions",
    "prompts",
    "cards",
    "deck",
    "items",
    "data",
    "entries",
    "list",
    "results",
    "content",
];

/// Returns the entries of a JSON text: an array of prompts or of objects with the names of columns, or an
/// object whose names are categories; and how many objects have no prompt. None where it is no JSON.
///
/// # Errors
///
/// A file with the ending `.json` that is none (`bad-json`), or JSON without prompts (`no-prompts`).
pub(super) fn items(
    name: &str,
    bytes: &[u8],
) -> Result<Option<(Vec<Item>, usize)>, Box<Diagnostic>> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let is_meant = name.to_lowercase().ends_with(".json");
    if !is_meant && !text.starts_with(['[', '{']) {
        return Ok(None);
    }
    let (mut items, mut lost) = (Vec::new(), 0);
    match serde_json::from_str(text) {
        Ok(value) => gather(&value, "", &mut items, &mut lost),
        Err(_) if !is_meant => return Ok(None),
        Err(error) => {
            let problem = Diagnostic::error("bad-json", format!("`{name}` is no JSON: {error}"));
            let help = "mend that place, or make it a text with a prompt on each line";
            return Err(Box::new(problem.help(help)));
        }
    }
    if items.is_empty() {
        let problem = Diagnostic::error("no-prompts", format!("`{name}` has no prompts"));
        let expected = "a list of prompts, or of objects that each have a `prompt`";
        return Err(Box::new(problem.expected(expected)));
    }
    Ok(Some((items, lost)))
}

fn gather(value: &Value, heading: &str, items: &mut Vec<Item>, lost: &mut usize) {
    match value {
        Value::String(prompt) => items.push(entry(prompt, heading, |_| None)),
        Value::Array(entries) => entries.iter().for_each(|at| gather(at, heading, items, lost)),
        Value::Object(fields) => object(fields, heading, items, lost),
        _ => {}
    }
}

fn object(fields: &Map<String, Value>, heading: &str, items: &mut Vec<Item>, lost: &mut usize) {
    let columns = Header::new(fields.keys().map(String::as_str)).columns;
    let field = |column: Column| columns.field(column).and_then(|at| fields.values().nth(at));
    let cell = |column: Column| field(column).and_then(words);
    if let Some(Value::Array(prompts)) = field(Column::Prompt) {
        let prompts = prompts.iter().filter_map(Value::as_str);
        items.extend(prompts.map(|prompt| entry(prompt, heading, cell)));
        return;
    }
    let prompt = cell(Column::Prompt).or_else(|| lone_words(fields));
    if let Some(prompt) = prompt.filter(|prompt| !prompt.trim().is_empty()) {
        items.push(entry(&prompt, heading, cell));
        return;
    }
    let mut below =
        fields.iter().filter(|(_, value)| value.is_array() || value.is_object()).peekable();
    *lost += usize::from(below.peek().is_none());
    for (name, value) in below {
        let says_nothing = NO_CATEGORY.contains(&name.to_lowercase().as_str());
        gather(value, if says_nothing { heading } else { name }, items, lost);
    }
}

/// Returns an entry whose cells say more than what it stands under: a category, or a depth.
fn entry(prompt: &str, heading: &str, cell: impl Fn(Column) -> Option<String>) -> Item {
    let mut item = Item::default();
    match level(heading) {
        Some((depth, rest)) => {
            item.set(Column::Depth, &depth);
            item.set(Column::Category, &rest);
        }
        None => item.set(Column::Category, heading),
    }
    for column in IN_ORDER {
        if let Some(text) = cell(column).filter(|text| !text.trim().is_empty()) {
            item.set(column, text.trim());
        }
    }
    item.set(Column::Prompt, prompt.trim());
    item
}

/// Returns what an object without a name for its prompt asks: words with a question mark or an open end,
/// or the only words that it has.
fn lone_words(fields: &Map<String, Value>) -> Option<String> {
    let words: Vec<&str> = fields.values().filter_map(Value::as_str).collect();
    let asks = |text: &&&str| text.trim_end().ends_with(['?', '…', '？', '؟']);
    let lone = (words.len() == 1 && fields.len() == 1).then(|| words[0]);
    words.iter().find(asks).copied().or(lone).map(str::to_owned)
}

/// Returns a value as it would stand in a cell.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(entries) => {
            let words: Option<Vec<String>> = entries.iter().map(words).collect();
            words.map(|words| words.join("; "))
        }
        _ => None,
    }
}
