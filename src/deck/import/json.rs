//! Lists as JSON.

use serde_json::{Map, Value};

use super::super::header::{Column, Header};
use super::lines::level;
use super::{Item, KEPT};
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
/// object whose names are categories. None where it is no JSON.
///
/// # Errors
///
/// A file with the ending `.json` that is none (`bad-json`), or JSON without prompts (`no-prompts`).
pub(super) fn items(name: &str, bytes: &[u8]) -> Result<Option<Vec<Item>>, Box<Diagnostic>> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let is_meant = name.to_lowercase().ends_with(".json");
    if !is_meant && !text.starts_with(['[', '{']) {
        return Ok(None);
    }
    let mut items = Vec::new();
    match serde_json::from_str(text) {
        Ok(value) => gather(&value, "", &mut items),
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
    Ok(Some(items))
}

fn gather(value: &Value, category: &str, items: &mut Vec<Item>) {
    match value {
        Value::String(prompt) => {
            let mut item = Item::default();
            item.set(Column::Prompt, prompt.trim());
            match level(category) {
                Some((depth, rest)) => {
                    item.set(Column::Depth, &depth);
                    item.set(Column::Category, &rest);
                }
                None => item.set(Column::Category, category),
            }
            items.push(item);
        }
        Value::Array(entries) => entries.iter().for_each(|entry| gather(entry, category, items)),
        Value::Object(fields) => object(fields, category, items),
        _ => {}
    }
}

fn object(fields: &Map<String, Value>, category: &str, items: &mut Vec<Item>) {
    let header = Header::new(fields.keys().map(String::as_str));
    let value = |column: Column| {
        let at = header.columns.field(column)?;
        fields.values().nth(at).and_then(words)
    };
    let at = header.columns.field(Column::Prompt);
    if let Some(Value::Array(prompts)) = at.and_then(|at| fields.values().nth(at)) {
        prompts.iter().for_each(|prompt| gather(prompt, category, items));
        return;
    }
    let prompt = value(Column::Prompt).or_else(|| lone_words(fields));
    if let Some(prompt) = prompt.filter(|prompt| !prompt.trim().is_empty()) {
        let mut item = Item::default();
        for column in KEPT {
            item.set(column, value(column).unwrap_or_default().trim());
        }
        item.set(Column::Prompt, prompt.trim());
        if item.get(Column::Category).is_empty() {
            item.set(Column::Category, category);
        }
        items.push(item);
        return;
    }
    for (name, value) in fields.iter().filter(|(_, value)| value.is_array() || value.is_object()) {
        let says_nothing = NO_CATEGORY.contains(&name.to_lowercase().as_str());
        gather(value, if says_nothing { category } else { name }, items);
    }
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
