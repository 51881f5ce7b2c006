//! The letters of PDF: numbers, strings, names, references, and whole objects.

use lopdf::{Dictionary, Object};

/// The number of decimals that coordinates are written with: a thousandth of a point is 0.35 µm.
pub(super) const DECIMALS: u32 = 3;

/// Returns `value` counted in units of the last of `decimals` digits. What no page can hold is cut
/// to ± 10⁹ units, and no number becomes 0, so that every file stays readable.
pub(super) fn fixed(value: f64, decimals: u32) -> i64 {
    let units = (value * 10_f64.powi(decimals as i32)).round();
    if units.is_nan() { 0 } else { units.clamp(-1e9, 1e9) as i64 }
}

/// Writes `units` of the last of `decimals` digits with as few characters as say it: `.5`, `-12`.
pub(super) fn push_fixed(out: &mut Vec<u8>, units: i64, decimals: u32) {
    if units < 0 {
        out.push(b'-');
    }
    let scale = 10_u64.pow(decimals);
    let (whole, mut rest) = (units.unsigned_abs() / scale, units.unsigned_abs() % scale);
    if whole > 0 || rest == 0 {
        push_integer(out, whole);
    }
    if rest > 0 {
        out.push(b'.');
    }
    let mut place = scale / 10;
    while rest > 0 {
        out.push(b'0' + (rest / place) as u8);
        rest %= place;
        place /= 10;
    }
}

/// Writes a whole number.
pub(super) fn push_integer(out: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// Writes a string of bytes in parentheses, with a backslash before what would end or change it.
pub(super) fn push_string(out: &mut Vec<u8>, bytes: impl IntoIterator<Item = u8>) {
    out.push(b'(');
    for byte in bytes {
        push_string_byte(out, byte);
    }
    out.push(b')');
}

/// Writes one byte of a string in parentheses.
pub(super) fn push_string_byte(out: &mut Vec<u8>, byte: u8) {
    match byte {
        // A reader takes a bare carriage return for a line feed.
        b'\r' => out.extend_from_slice(b"\\r"),
        b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        _ => out.push(byte),
    }
}

/// Writes words for people: as they are if they are plain ASCII, else as UTF-16 with its mark.
pub(super) fn push_text(out: &mut Vec<u8>, text: &str) {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        push_string(out, text.bytes());
    } else {
        push_utf16(out, text);
    }
}

/// Writes words as UTF-16, big end first, with its mark.
pub(super) fn push_utf16(out: &mut Vec<u8>, text: &str) {
    push_string(
        out,
        [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)),
    );
}

/// Writes the reference to the object `id`.
pub(super) fn push_reference(out: &mut Vec<u8>, id: u32) {
    push_integer(out, id.into());
    out.extend_from_slice(b" 0 R");
}

/// Writes a name with its slash.
fn push_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(&byte) {
            out.push(byte);
        } else {
            out.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
}

/// Writes any object but a stream; of a stream only its dictionary.
pub(super) fn push_object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(true) => out.extend_from_slice(b"true"),
        Object::Boolean(false) => out.extend_from_slice(b"false"),
        Object::Integer(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Object::Real(value) => push_fixed(out, fixed((*value).into(), 4), 4),
        Object::Name(name) => push_name(out, name),
        Object::String(bytes, _) => push_string(out, bytes.iter().copied()),
        Object::Array(items) => push_array(out, items),
        Object::Dictionary(entries) => push_dictionary(out, entries),
        Object::Stream(stream) => push_dictionary(out, &stream.dict),
        Object::Reference((id, _)) => push_reference(out, *id),
    }
}

fn push_array(out: &mut Vec<u8>, items: &[Object]) {
    out.push(b'[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 && needs_space(item) {
            out.push(b' ');
        }
        push_object(out, item);
    }
    out.push(b']');
}

fn push_dictionary(out: &mut Vec<u8>, entries: &Dictionary) {
    out.extend_from_slice(b"<<");
    push_entries(out, entries);
    out.extend_from_slice(b">>");
}

/// Writes the keys and values of a dictionary without its brackets.
pub(super) fn push_entries(out: &mut Vec<u8>, entries: &Dictionary) {
    for (key, value) in entries {
        push_name(out, key);
        if needs_space(value) {
            out.push(b' ');
        }
        push_object(out, value);
    }
}

/// Whether an object must stand apart from what precedes it.
fn needs_space(object: &Object) -> bool {
    !matches!(
        object,
        Object::Name(_)
            | Object::String(..)
            | Object::Array(_)
            | Object::Dictionary(_)
            | Object::Stream(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(value: f64, decimals: u32) -> String {
        let mut out = Vec::new();
        push_fixed(&mut out, fixed(value, decimals), decimals);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_take_as_few_characters_as_say_them() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0001, "0"),
            (0.5, ".5"),
            (-0.05, "-.05"),
            (12.0, "12"),
            (841.8898, "841.89"),
            (-17.008, "-17.008"),
        ] {
            assert_eq!(written(value, 3), text);
        }
    }

    #[test]
    fn numbers_no_page_can_hold_stay_readable() {
        assert_eq!(written(f64::NAN, 3), "0");
        assert_eq!(written(f64::INFINITY, 3), "1000000");
        assert_eq!(written(f64::NEG_INFINITY, 0), "-1000000000");
    }

    #[test]
    fn hostile_strings_keep_their_bytes() {
        let mut out = Vec::new();
        push_text(&mut out, "a (b) \\ c");
        assert_eq!(out, b"(a \\(b\\) \\\\ c)");
        out.clear();
        push_text(&mut out, "\r");
        assert_eq!(out, b"(\xFE\xFF\0\\r)");
    }

    #[test]
    fn names_escape_what_is_no_name() {
        let mut out = Vec::new();
        push_name(&mut out, b"A B/C");
        assert_eq!(out, b"/A#20B#2FC");
    }

    proptest! {
        #[test]
        fn numbers_read_back_exactly(units in -1_000_000_000_i64..=1_000_000_000) {
            let mut out = Vec::new();
            push_fixed(&mut out, units, 3);
            let text = String::from_utf8(out).unwrap();
            let value: f64 = text.parse().unwrap();
            prop_assert_eq!((value * 1000.0).round() as i64, units);
        }
    }
}
