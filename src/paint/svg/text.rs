//! The words of an SVG file: numbers, path data, escaped text, embedded files.

use std::io::Cursor;

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use kurbo::{BezPath, PathEl, Point};

use crate::scene::Bitmap;

/// Returns `value` with at most so many decimals and no trailing zeros.
pub(super) fn decimal(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    if text == "-0" { "0".into() } else { text.into() }
}

/// Returns `text` fit for an attribute or an element; characters that XML does not have are gone.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            _ if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Returns the `d` of a path: relative steps, each the difference of two rounded places, so that
/// rounding never adds up.
pub(super) fn path_data(path: &BezPath, decimals: usize) -> String {
    let mut data = Data { text: String::new(), decimals, letter: ' ', at: (0, 0) };
    let mut start = (0, 0);
    for element in path {
        match element {
            PathEl::MoveTo(point) => {
                data.step('m', &[point]);
                start = data.at;
            }
            PathEl::LineTo(point) => data.line(point),
            PathEl::QuadTo(a, point) => data.step('q', &[a, point]),
            PathEl::CurveTo(a, b, point) => data.step('c', &[a, b, point]),
            PathEl::ClosePath => {
                data.step('z', &[]);
                data.at = start;
            }
        }
    }
    data.text
}

struct Data {
    text: String,
    decimals: usize,
    letter: char,
    at: (i64, i64),
}

impl Data {
    /// Draws a line, with one number if it is level or upright.
    fn line(&mut self, point: Point) {
        let (x, y) = self.whole(point);
        let (across, down) = (x.saturating_sub(self.at.0), y.saturating_sub(self.at.1));
        match (across, down) {
            (_, 0) => {
                self.letter('h');
                self.number(across);
            }
            (0, _) => {
                self.letter('v');
                self.number(down);
            }
            _ => return self.step('l', &[point]),
        }
        self.at = (x, y);
    }

    fn letter(&mut self, letter: char) {
        // Points after a move without a letter would be lines: m is never left out.
        if letter != self.letter || letter == 'm' {
            self.text.push(letter);
        }
        self.letter = letter;
    }

    fn whole(&self, point: Point) -> (i64, i64) {
        let units = 10f64.powi(self.decimals as i32);
        let whole = |value: f64| (value * units).round() as i64;
        (whole(point.x), whole(point.y))
    }

    fn step(&mut self, letter: char, points: &[Point]) {
        self.letter(letter);
        let mut end = self.at;
        for point in points {
            end = self.whole(*point);
            self.number(end.0.saturating_sub(self.at.0));
            self.number(end.1.saturating_sub(self.at.1));
        }
        self.at = end;
    }

    fn number(&mut self, value: i64) {
        if value >= 0 && self.text.ends_with(|c: char| c.is_ascii_digit()) {
            self.text.push(' ');
        }
        let units = 10u64.pow(self.decimals as u32);
        let (whole, rest) = (value.unsigned_abs() / units, value.unsigned_abs() % units);
        if value < 0 {
            self.text.push('-');
        }
        if whole > 0 || rest == 0 {
            self.text += &whole.to_string();
        }
        if rest > 0 {
            let rest = format!(".{rest:0width$}", width = self.decimals);
            self.text += rest.trim_end_matches('0');
        }
    }
}

/// Returns the file of a bitmap as a URI: the JPEG it came from, else a PNG; none if it is broken.
pub(super) fn data_uri(bitmap: &Bitmap) -> Option<String> {
    if let Some(jpeg) = &bitmap.jpeg {
        return Some(format!("data:image/jpeg;base64,{}", base64(jpeg)));
    }
    let (width, height) = (bitmap.width, bitmap.height);
    let needed = (width as usize).checked_mul(height as usize)?.checked_mul(3)?;
    let rgb = bitmap.rgb.get(..needed).filter(|rgb| !rgb.is_empty())?;
    let mut png = Cursor::new(Vec::new());
    let encoder = PngEncoder::new(&mut png);
    let written = match &bitmap.alpha {
        None => encoder.write_image(rgb, width, height, ExtendedColorType::Rgb8),
        Some(alpha) => {
            let pixels = rgb.chunks_exact(3).zip(alpha.get(..needed / 3)?);
            let rgba: Vec<u8> = pixels.flat_map(|(p, a)| [p[0], p[1], p[2], *a]).collect();
            encoder.write_image(&rgba, width, height, ExtendedColorType::Rgba8)
        }
    };
    written.ok()?;
    Some(format!("data:image/png;base64,{}", base64(png.get_ref())))
}

/// Returns `bytes` in the alphabet of RFC 4648, section 4, padded.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for sextet in 0..4 {
            let letter = ALPHABET[(bits >> (18 - 6 * sextet) & 63) as usize];
            text.push(if sextet <= chunk.len() { letter.into() } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (bytes, text) in cases {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(decimal(63.0, 3), "63");
        assert_eq!(decimal(-0.0001, 3), "0");
        assert_eq!(decimal(-1.25, 3), "-1.25");
        assert_eq!(decimal(100.0, 0), "100");
    }

    #[test]
    fn text_cannot_leave_its_attribute() {
        assert_eq!(escaped("a\"<b>&\u{0}\u{1b}\u{ffff}\nc"), "a&quot;&lt;b&gt;&amp; c");
    }

    #[test]
    fn steps_are_relative_and_do_not_drift() {
        let path = BezPath::from_svg("M1 2L1.0004 2.0004L1.0008 2L0.5 -2ZL9 9").expect("a path");
        assert_eq!(path_data(&path, 3), "m1 2h0 .001l-.501-4zm0 0l8 7");
        let third = 1.0 / 3.0;
        let mut path = BezPath::new();
        path.move_to((0.0, 0.0));
        (1..=900).for_each(|step| path.line_to((f64::from(step) * third, 0.0)));
        let sum: f64 = path_data(&path, 3)
            .trim_start_matches("m0 0h")
            .split(' ')
            .filter_map(|number| number.parse::<f64>().ok())
            .sum();
        assert!((sum - 300.0).abs() < 1e-9);
    }
}
