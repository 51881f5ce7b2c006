//! Which font draws which character.

use unicode_script::{Script, UnicodeScript};

use crate::font::{FontStore, Role};
use crate::scene::FontId;

/// Parts a text where the font must change, going down the chain of `role` character by character.
///
/// Characters that cannot be drawn but can be said with another one (a no-break hyphen, a narrow
/// space) are replaced, invisible ones dropped, and those that no font has are put into `missing`.
pub(super) fn by_font(
    text: &str,
    role: Role,
    fonts: &FontStore,
    missing: &mut String,
) -> Vec<(String, FontId)> {
    let chain = fonts.chain(role);
    let mut parts: Vec<(String, FontId)> = Vec::new();
    for c in text.chars().filter(|&c| !is_invisible(c)) {
        let Some((c, font)) = printable(c, chain, parts.last().map(|part| part.1), fonts) else {
            if !missing.contains(c) {
                missing.push(c);
            }
            continue;
        };
        match parts.last_mut() {
            Some((part, last)) if *last == font => part.push(c),
            _ => parts.push((c.to_string(), font)),
        }
    }
    parts
}

/// Returns characters that no font has as a problem names them, the first eight of them.
pub fn named_characters(missing: &str) -> String {
    let named: Vec<String> =
        missing.chars().take(8).map(|c| format!("`{c}` (U+{:04X})", c as u32)).collect();
    named.join(", ")
}

/// Returns a character that can stand for `c` and the first font that has it. Marks stay with the
/// font of the letter before them if it can draw them.
fn printable(
    c: char,
    chain: &[FontId],
    last: Option<FontId>,
    fonts: &FontStore,
) -> Option<(char, FontId)> {
    let last = last.filter(|_| c.script() == Script::Inherited);
    let stand_ins: &[char] = match c {
        '\u{2011}' => &['\u{2010}', '-'],
        '\u{202F}' | '\u{2007}' => &['\u{A0}', ' '],
        '\u{A0}' => &[' '],
        _ => &[],
    };
    last.iter().chain(chain).find_map(|&font| {
        let mut forms = std::iter::once(&c).chain(stand_ins);
        forms.find(|&&form| fonts.get(font).covers(form)).map(|&form| (form, font))
    })
}

/// Returns whether a character stands for nothing that could be drawn.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}
