//! From bytes to text, whichever encoding a spreadsheet chose.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How the characters of a file are written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// Only a guess: no file says that it is in this encoding.
    Windows1252,
}

/// A file as text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub text: String,
    pub encoding: Encoding,
    /// Whether a byte order mark stands before the text; the text itself does not hold it.
    pub bom: bool,
}

/// Where the bytes stop making sense: the text up to and with the first wrong character.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken {
    pub text: String,
    /// The byte of `text` at which the replacement of the wrong character stands.
    pub at: usize,
    pub encoding: Encoding,
}

/// Reads `bytes` as UTF-8, as UTF-16 if a mark or the pattern of its zeros says so, and only when
/// UTF-8 fails as Windows-1252.
///
/// # Errors
///
/// UTF-16 that breaks off, or UTF-8 that is mostly sound and so damaged rather than something else.
pub(super) fn decode(bytes: Cow<[u8]>) -> Result<Decoded, Broken> {
    let (encoding, mark) = match *bytes {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
        [0xFF, 0xFE, ..] => (Encoding::Utf16Le, 2),
        [0xFE, 0xFF, ..] => (Encoding::Utf16Be, 2),
        _ => (unmarked(&bytes), 0),
    };
    let bom = mark > 0;
    match encoding {
        Encoding::Utf16Le | Encoding::Utf16Be => {
            decode_utf16(&bytes[mark..], encoding).map(|text| Decoded { text, encoding, bom })
        }
        _ => decode_bytes(bytes, mark),
    }
}

/// Tells UTF-16 without a mark by its zeros: Latin letters have one in every other byte.
fn unmarked(bytes: &[u8]) -> Encoding {
    let head = &bytes[..bytes.len().min(256) & !1];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = head.len() / 2 - head.len() / 8;
    match head.len() {
        0..4 => Encoding::Utf8,
        _ if odd >= most && even == 0 => Encoding::Utf16Le,
        _ if even >= most && odd == 0 => Encoding::Utf16Be,
        _ => Encoding::Utf8,
    }
}

fn decode_utf16(bytes: &[u8], encoding: Encoding) -> Result<String, Broken> {
    let decoder = if encoding == Encoding::Utf16Le { UTF_16LE } else { UTF_16BE };
    let (text, broken) = decoder.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    match text.find('\u{FFFD}') {
        Some(at) if broken => Err(Broken { text, at, encoding }),
        _ => Ok(text),
    }
}

fn decode_bytes(bytes: Cow<[u8]>, mark: usize) -> Result<Decoded, Broken> {
    let bom = mark > 0;
    let mut bytes = bytes.into_owned();
    bytes.drain(..mark);
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(Decoded { text, encoding: Encoding::Utf8, bom }),
        Err(error) => error.into_bytes(),
    };
    if bom || is_mostly_utf8(&bytes) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let at = text.find('\u{FFFD}').unwrap_or(0);
        return Err(Broken { text, at, encoding: Encoding::Utf8 });
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
    Ok(Decoded { text: text.into_owned(), encoding: Encoding::Windows1252, bom: false })
}

/// Whether the sound characters beyond ASCII outnumber the broken ones, which they never do in
/// Windows-1252, where a sound one takes two or three rare letters in a row.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > broken
}

/// Writes `text` as the bytes it came from.
pub(super) fn encode(text: &str, encoding: Encoding, bom: bool) -> Vec<u8> {
    let mark = if bom { "\u{FEFF}" } else { "" };
    let units = || mark.encode_utf16().chain(text.encode_utf16());
    match encoding {
        Encoding::Utf8 => [mark, text].concat().into_bytes(),
        Encoding::Utf16Le => units().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => units().flat_map(u16::to_be_bytes).collect(),
        Encoding::Windows1252 => WINDOWS_1252.encode(text).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> Result<Decoded, Broken> {
        decode(Cow::Borrowed(bytes))
    }

    #[test]
    fn every_encoding_of_spreadsheets_is_recognised() {
        let text = "category,depth,prompt\nSüden,1,Où?\n";
        for encoding in
            [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Windows1252]
        {
            for bom in [false, true] {
                let bom = bom && encoding != Encoding::Windows1252;
                let decoded = read(&encode(text, encoding, bom));
                assert_eq!(decoded, Ok(Decoded { text: text.into(), encoding, bom }));
            }
        }
    }

    #[test]
    fn damaged_utf8_is_not_taken_for_windows_1252() {
        let mut bytes = "é à ü ö, plenty of sound letters".as_bytes().to_vec();
        bytes.push(0xE9);
        assert_eq!(read(&bytes).unwrap_err().encoding, Encoding::Utf8);
        assert!(read(b"\xFF\xFEa\0b").is_err(), "half a character");
    }

    proptest! {
        #[test]
        fn windows_1252_survives_a_round_trip(bytes: Vec<u8>) {
            if let Ok(decoded) = read(&bytes) {
                prop_assert_eq!(encode(&decoded.text, decoded.encoding, decoded.bom), bytes);
            }
        }
    }
}
