//! Where the fields of a record stand, and whether their quotes are sound.
//!
//! The crate `csv` gives values without places and forgives every quote. This scanner walks the
//! same fields by the same rules, but only over records that have something to tell.

use std::ops::Range;

/// A field in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// The bytes of the field, its quotes included.
    pub span: Range<usize>,
    /// How the field is quoted.
    pub quoting: Quoting,
}

/// How a field is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quoting {
    /// Not at all, or not from its first character on.
    Bare,
    /// In a pair of quotes.
    Closed,
    /// In a pair of quotes with more text behind the second one, which stands at this byte.
    Loose(usize),
    /// From a quote to the end of the text.
    Unclosed,
}

/// The fields of the record that begins at a byte of a text.
pub(super) struct Fields<'a> {
    text: &'a [u8],
    next: Option<usize>,
    delimiter: u8,
}

impl<'a> Fields<'a> {
    /// The fields of the record that begins at `start`.
    pub fn new(text: &'a str, start: usize, delimiter: u8) -> Self {
        Self { text: text.as_bytes(), next: Some(start), delimiter }
    }

    fn find(&self, from: usize, ends: impl Fn(u8) -> bool) -> usize {
        let found = self.text[from..].iter().position(|byte| ends(*byte));
        found.map_or(self.text.len(), |at| from + at)
    }

    /// Returns the byte behind the quoted field that opens at `start`, and how it is quoted.
    fn quoted(&self, start: usize) -> (usize, Quoting) {
        let mut at = start + 1;
        loop {
            at = self.find(at, |byte| byte == b'"');
            if at == self.text.len() {
                return (at, Quoting::Unclosed);
            }
            if self.text.get(at + 1) != Some(&b'"') {
                break;
            }
            at += 2;
        }
        let end = self.bare(at + 1);
        let blank = self.text[at + 1..end].iter().all(|byte| *byte == b' ');
        (end, if blank { Quoting::Closed } else { Quoting::Loose(at) })
    }

    fn bare(&self, start: usize) -> usize {
        self.find(start, |byte| byte == self.delimiter || byte == b'\n' || byte == b'\r')
    }
}

impl Iterator for Fields<'_> {
    type Item = Field;

    fn next(&mut self) -> Option<Field> {
        let start = self.next?;
        let (end, quoting) = match self.text.get(start) {
            Some(b'"') => self.quoted(start),
            _ => (self.bare(start), Quoting::Bare),
        };
        self.next = (self.text.get(end) == Some(&self.delimiter)).then_some(end + 1);
        Some(Field { span: start..end, quoting })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn scan(text: &str) -> Vec<(&str, Quoting)> {
        Fields::new(text, 0, b',').map(|field| (&text[field.span], field.quoting)).collect()
    }

    #[test]
    fn fields_know_how_they_are_quoted() {
        use Quoting::*;
        let quoted = scan("a,\"b, \"\"c\"\"\nd\" ,\ne");
        assert_eq!(quoted, [("a", Bare), ("\"b, \"\"c\"\"\nd\" ", Closed), ("", Bare)]);
        assert_eq!(scan("\"a \"b\" c\",d"), [("\"a \"b\" c\"", Loose(3)), ("d", Bare)]);
        assert_eq!(scan("a,\"b,c\nd"), [("a", Bare), ("\"b,c\nd", Unclosed)]);
    }

    proptest! {
        #[test]
        fn fields_are_those_that_the_csv_crate_sees(text in "[a\", \n\r;]{0,40}") {
            let text = text.trim_start_matches(['\n', '\r']);
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes());
            let mut record = csv::StringRecord::new();
            if reader.read_record(&mut record).unwrap() {
                prop_assert_eq!(Fields::new(text, 0, b',').count(), record.len());
            }
        }
    }
}
