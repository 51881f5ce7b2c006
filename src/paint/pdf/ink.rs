//! Inks as a content stream names them.

use super::Colour;
use super::syntax::{fixed, push_fixed};
use crate::scene::{Ink, Spot};

/// Returns the name under which content streams know a plate of its own.
pub(super) const fn name(spot: Spot) -> &'static str {
    match spot {
        Spot::Registration => "R",
        Spot::CutContour => "C",
    }
}

/// Returns the colour space of a plate. Where there is no such plate, full strength means all four
/// process colours for registration marks, and magenta for cuts.
pub(super) const fn space(spot: Spot) -> &'static [u8] {
    match spot {
        Spot::Registration => {
            b"[/Separation/All/DeviceCMYK<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[1 1 1 1]/N 1>>]"
        }
        Spot::CutContour => {
            b"[/Separation/CutContour/DeviceCMYK<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 1 0 0]/N 1>>]"
        }
    }
}

/// A colour of a content stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paint {
    /// Only black, in parts of 255: a printer sets neutral greys without a tint.
    Gray(u8),
    /// Red, green and blue, in parts of 255.
    Rgb([u8; 3]),
    /// Cyan, magenta, yellow and black, in percent.
    Cmyk([u8; 4]),
    /// A plate of its own at full strength.
    Spot(Spot),
}

impl Paint {
    /// Returns how a document in `colour` says `ink`.
    pub fn new(ink: Ink, colour: Colour) -> Self {
        let [r, g, b] = ink.srgb;
        match (colour, ink.spot) {
            (Colour::Cmyk, Some(spot)) => Self::Spot(spot),
            (Colour::Cmyk, None) => Self::Cmyk(ink.cmyk),
            (Colour::Rgb, _) if r == g && g == b => Self::Gray(r),
            (Colour::Rgb, _) => Self::Rgb(ink.srgb),
        }
    }

    /// Returns the plate of its own that this prints on, if any.
    pub const fn spot(self) -> Option<Spot> {
        match self {
            Self::Spot(spot) => Some(spot),
            Self::Gray(_) | Self::Rgb(_) | Self::Cmyk(_) => None,
        }
    }

    /// Writes the operator that makes this the colour of fills.
    pub fn push_fill(self, out: &mut Vec<u8>) {
        self.push(out, ["g", "rg", "k", "scn"], "cs");
    }

    /// Writes the operator that makes this the colour of strokes.
    pub fn push_stroke(self, out: &mut Vec<u8>) {
        self.push(out, ["G", "RG", "K", "SCN"], "CS");
    }

    fn push(self, out: &mut Vec<u8>, [gray, rgb, cmyk, tint]: [&str; 4], space: &str) {
        let operator = match self {
            Self::Gray(value) => {
                push_parts(out, &[value], 255.0);
                gray
            }
            Self::Rgb(parts) => {
                push_parts(out, &parts, 255.0);
                rgb
            }
            Self::Cmyk(parts) => {
                push_parts(out, &parts, 100.0);
                cmyk
            }
            Self::Spot(spot) => {
                out.extend_from_slice(format!("/{} {space} 1 ", name(spot)).as_bytes());
                tint
            }
        };
        out.extend_from_slice(operator.as_bytes());
        out.push(b'\n');
    }
}

fn push_parts(out: &mut Vec<u8>, parts: &[u8], whole: f64) {
    for &part in parts {
        // Three decimals tell all 256 steps apart.
        push_fixed(out, fixed((f64::from(part) / whole).min(1.0), 3), 3);
        out.push(b' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(ink: Ink, colour: Colour) -> String {
        let mut out = Vec::new();
        Paint::new(ink, colour).push_fill(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn inks_are_said_in_the_colour_of_the_document() {
        let teal = Ink::new([0x17, 0x66, 0x7A], [85, 10, 10, 55]);
        assert_eq!(fill(teal, Colour::Rgb), ".09 .4 .478 rg\n");
        assert_eq!(fill(teal, Colour::Cmyk), ".85 .1 .1 .55 k\n");
        assert_eq!(fill(Ink::BLACK, Colour::Rgb), "0 g\n");
        assert_eq!(fill(Ink::BLACK, Colour::Cmyk), "0 0 0 1 k\n");
    }

    #[test]
    fn spots_have_their_plate_only_where_there_are_plates() {
        assert_eq!(fill(Ink::REGISTRATION, Colour::Rgb), "0 g\n");
        assert_eq!(fill(Ink::REGISTRATION, Colour::Cmyk), "/R cs 1 scn\n");
        assert_eq!(fill(Ink::CUT_CONTOUR, Colour::Rgb), ".902 0 .494 rg\n");
        assert_eq!(fill(Ink::CUT_CONTOUR, Colour::Cmyk), "/C cs 1 scn\n");
    }
}
