//! Pictures compared with the ones under `tests/golden`, pixel by pixel, with a little patience.
//!
//! A picture that differs is shown as expected | difference | actual in one file under
//! `target/golden`. References change only when `DECKLE_BLESS=1` is set, and a run that wrote one
//! fails on purpose, so that nobody blesses by habit.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use image::{Rgb, RgbImage};

/// How far a channel may be off without counting: what another processor may round differently.
const LEVELS: u8 = 2;

/// How many pixels of a picture may be off by more.
const PIXELS: usize = 3;

/// How much two pictures of the same size differ.
#[derive(Clone, Copy, Debug)]
pub struct Difference {
    /// The mean of the absolute differences of all channels, in levels of 255.
    pub mean: f64,
    /// The largest difference of any channel.
    pub largest: u8,
    /// How many pixels differ by more than the levels asked for.
    pub pixels: usize,
    /// The share of those pixels.
    pub share: f64,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { mean, largest, pixels, share } = self;
        let share = 100.0 * share;
        write!(f, "mean {mean:.3}, largest {largest}, {pixels} pixels ({share:.3} %) beyond")
    }
}

/// Measures how much two pictures differ; a pixel counts if a channel is off by over `levels`.
///
/// # Panics
///
/// The pictures have different sizes.
pub fn difference(one: &RgbImage, other: &RgbImage, levels: u8) -> Difference {
    assert_eq!(one.dimensions(), other.dimensions(), "pictures of different sizes");
    let off = |a: &Rgb<u8>, b: &Rgb<u8>| (0..3).map(|at| a[at].abs_diff(b[at])).max().unwrap_or(0);
    let worst: Vec<u8> = one.pixels().zip(other.pixels()).map(|(a, b)| off(a, b)).collect();
    let channels = one.as_raw().iter().zip(other.as_raw());
    let sum: u64 = channels.map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    let pixels = worst.iter().filter(|off| **off > levels).count();
    Difference {
        mean: sum as f64 / one.as_raw().len().max(1) as f64,
        largest: worst.iter().copied().max().unwrap_or(0),
        pixels,
        share: pixels as f64 / worst.len().max(1) as f64,
    }
}

/// Compares `actual` with the picture `tests/golden/{name}.png`.
///
/// # Panics
///
/// They differ, there is no such picture, or `DECKLE_BLESS` had it written anew.
pub fn check(name: &str, actual: &RgbImage) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.png"));
    let expected = image::open(&path).map(|picture| picture.to_rgb8());
    let same = |expected: &RgbImage| {
        expected.dimensions() == actual.dimensions()
            && difference(expected, actual, LEVELS).pixels <= PIXELS
    };
    if expected.as_ref().is_ok_and(same) {
        return;
    }
    if std::env::var_os("DECKLE_BLESS").is_some_and(|value| value == "1") {
        actual.save(&path).expect("the reference can be written");
        panic!("wrote {}; look at it, then run again without DECKLE_BLESS", path.display());
    }
    let expected = expected.unwrap_or_else(|_| RgbImage::new(actual.width(), actual.height()));
    let shown = show(name, &expected, actual);
    panic!("{name} differs from its reference: see {}", shown.display());
}

/// Writes expected | difference | actual as one picture and returns where.
pub fn show(name: &str, expected: &RgbImage, actual: &RgbImage) -> PathBuf {
    let width = expected.width().max(actual.width());
    let height = expected.height().max(actual.height());
    let pixel = |picture: &RgbImage, x: u32, y: u32| {
        picture.get_pixel_checked(x, y).copied().unwrap_or(Rgb([255, 0, 255]))
    };
    let mut panels = RgbImage::new(3 * width, height);
    for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
        let (a, b) = (pixel(expected, x, y), pixel(actual, x, y));
        // Black is the same; small differences are lifted so that they can be seen.
        let off = [0, 1, 2].map(|at| a[at].abs_diff(b[at]).saturating_mul(4));
        panels.put_pixel(x, y, a);
        panels.put_pixel(width + x, y, Rgb(off));
        panels.put_pixel(2 * width + x, y, b);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/golden");
    let path = folder.join(format!("{name}.png"));
    fs::create_dir_all(&folder).expect("target can be written");
    panels.save(&path).expect("the panels can be written");
    path
}
