//! The inks of the chart: five depths, the bands of the press back, the land and the figures.

use crate::deck::Depth;
use crate::scene::{Ink, Item, Scene, Stroke};

/// The ink of each depth, the shore first: buff, weed green, then the blues of a real chart.
pub const DEPTHS: [Ink; 5] = [
    Ink::new([0xB5, 0x83, 0x2B], [0, 35, 95, 30]),
    Ink::new([0x4A, 0x7E, 0x5A], [80, 30, 85, 15]),
    Ink::new([0x17, 0x66, 0x7A], [85, 10, 10, 55]),
    Ink::new([0x20, 0x4A, 0x88], [100, 75, 0, 25]),
    Ink::new([0x2A, 0x25, 0x59], [95, 95, 0, 40]),
];

/// The deepest ink, in which backs are drawn when no other is asked for.
pub const DEEP: Ink = DEPTHS[4];

/// The land of the press back.
pub const LAND: Ink = Ink::new([0xF1, 0xEA, 0xD8], [5, 5, 15, 0]);

/// The water of the press back, one band for each half step of depth from 0 down.
pub const BANDS: [Ink; 8] = [
    Ink::new([0x4E, 0x8E, 0x99], [55, 0, 15, 40]),
    Ink::new([0x35, 0x7B, 0x8B], [65, 0, 10, 50]),
    Ink::new([0x2A, 0x6A, 0x82], [65, 5, 0, 60]),
    Ink::new([0x26, 0x5A, 0x7C], [80, 30, 0, 55]),
    Ink::new([0x25, 0x4B, 0x74], [85, 50, 0, 50]),
    Ink::new([0x26, 0x3C, 0x6A], [95, 75, 0, 50]),
    Ink::new([0x26, 0x2E, 0x5E], [95, 90, 0, 50]),
    Ink::new([0x25, 0x21, 0x52], [95, 95, 0, 50]),
];

/// The title on the land of the press back: the darkest band.
pub const TITLE_ON_LAND: Ink = BANDS[7];

/// The soundings on the water of the press back.
pub const SOUNDING: Ink = Ink::new([0xDC, 0xE7, 0xEA], [12, 3, 5, 0]);

/// Returns the ink of `depth`.
pub const fn of_depth(depth: Depth) -> Ink {
    DEPTHS[depth.level() as usize - 1]
}

/// Returns the contrast of `ink` on white paper, 1 to 21, as WCAG 2.2 defines it.
pub fn contrast_on_paper(ink: Ink) -> f64 {
    1.05 / (luminance(ink) + 0.05)
}

/// Returns whether words may be set in `ink` on white paper: a contrast of 4.5 or more.
pub fn carries_text(ink: Ink) -> bool {
    contrast_on_paper(ink) >= 4.5
}

/// Returns the tint of black that is as light as `ink`, for jobs that print black alone.
pub fn in_black(ink: Ink) -> Ink {
    let grey = (255.0 * encoded(luminance(ink))).round();
    let black = (100.0 - grey / 2.55).round();
    Ink::new([grey as u8; 3], [0, 0, 0, black as u8])
}

/// Turns every ink of `scene` into the tint of black that is as light; groups keep theirs.
pub fn blacken(scene: &mut Scene) {
    for item in &mut scene.items {
        match item {
            Item::Text(text) => text.ink = in_black(text.ink),
            Item::Shape(shape) => {
                shape.fill = shape.fill.map(in_black);
                shape.stroke = shape.stroke.map(|s| Stroke { ink: in_black(s.ink), ..s });
            }
            Item::Group(_) | Item::Image(_) => {}
        }
    }
}

fn luminance(ink: Ink) -> f64 {
    let [red, green, blue] = ink.srgb.map(|part| linear(f64::from(part) / 255.0));
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The transfer curve of sRGB (IEC 61966-2-1), from the code to the light.
fn linear(code: f64) -> f64 {
    if code <= 0.04045 { code / 12.92 } else { libm::pow((code + 0.055) / 1.055, 2.4) }
}

fn encoded(light: f64) -> f64 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * libm::pow(light, 1.0 / 2.4) - 0.055 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depths_can_be_told_apart_in_grey() {
        let greys = DEPTHS.map(|ink| i32::from(in_black(ink).srgb[0]));
        for (grey, wanted) in greys.into_iter().zip([140, 115, 94, 75, 44]) {
            assert!((grey - wanted).abs() <= 3, "{greys:?}");
        }
    }

    #[test]
    fn only_the_shore_carries_no_text() {
        assert_eq!(DEPTHS.map(carries_text), [false, true, true, true, true]);
        assert!(DEPTHS.into_iter().all(|ink| contrast_on_paper(ink) >= 3.0));
    }

    #[test]
    fn no_ink_is_wetter_than_a_press_allows() {
        let total = |ink: Ink| ink.cmyk.into_iter().map(u32::from).sum::<u32>();
        assert_eq!(BANDS.into_iter().map(total).max(), Some(240));
        assert_eq!(DEPTHS.map(total), [160, 210, 160, 200, 230]);
    }

    #[test]
    fn black_alone_leaves_black_and_paper_alone() {
        assert_eq!(in_black(Ink::BLACK), Ink::BLACK);
        assert_eq!(in_black(Ink::PAPER), Ink::PAPER);
    }

    #[test]
    fn black_alone_keeps_bands_in_order() {
        let greys = BANDS.map(|ink| in_black(ink).cmyk[3]);
        assert!(greys.is_sorted() && in_black(LAND).cmyk[3] < greys[0], "{greys:?}");
    }
}
