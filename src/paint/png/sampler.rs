//! Pixels of a picture under pixels of a page.

use std::sync::Arc;

use kurbo::{Affine, Point, Rect};

use crate::scene::Bitmap;

/// A bitmap shrunk by whole factors, so that what is left to scale is less than a half.
pub(super) struct Shrunk {
    bitmap: Arc<Bitmap>,
    columns: u32,
    rows: u32,
}

impl Shrunk {
    /// Averages blocks of `columns` by `rows` pixels into one; none if the bitmap is broken.
    pub(super) fn new(bitmap: &Arc<Bitmap>, columns: u32, rows: u32) -> Option<Self> {
        let (width, height) = (bitmap.width as usize, bitmap.height as usize);
        let pixels = width.checked_mul(height).filter(|pixels| *pixels > 0)?;
        let clear = bitmap.alpha.as_ref().is_some_and(|alpha| alpha.len() < pixels);
        if bitmap.rgb.len() < pixels.checked_mul(3)? || clear {
            return None;
        }
        if columns <= 1 && rows <= 1 {
            return Some(Self { bitmap: bitmap.clone(), columns: 1, rows: 1 });
        }
        let shrunk = Arc::new(averaged(bitmap, columns as usize, rows as usize));
        Some(Self { bitmap: shrunk, columns, rows })
    }
}

fn averaged(bitmap: &Bitmap, columns: usize, rows: usize) -> Bitmap {
    let (width, height) = (bitmap.width as usize, bitmap.height as usize);
    let blocks = Blocks { width, height, columns, rows };
    Bitmap {
        width: width.div_ceil(columns) as u32,
        height: height.div_ceil(rows) as u32,
        rgb: blocks.averaged::<3>(&bitmap.rgb),
        alpha: bitmap.alpha.as_ref().map(|alpha| blocks.averaged::<1>(alpha)),
        jpeg: None,
    }
}

/// Pixels parted into blocks.
struct Blocks {
    width: usize,
    height: usize,
    columns: usize,
    rows: usize,
}

impl Blocks {
    /// Averages each block of pixels of `N` values.
    fn averaged<const N: usize>(&self, values: &[u8]) -> Vec<u8> {
        let mut means = Vec::new();
        for top in (0..self.height).step_by(self.rows) {
            let ys = top..(top + self.rows).min(self.height);
            for left in (0..self.width).step_by(self.columns) {
                let xs = left..(left + self.columns).min(self.width);
                let count = (ys.len() * xs.len()) as u64;
                let mut sums = [0u64; N];
                for y in ys.clone() {
                    let row = y * self.width;
                    for pixel in values[N * (row + xs.start)..N * (row + xs.end)].chunks_exact(N) {
                        sums.iter_mut().zip(pixel).for_each(|(sum, v)| *sum += u64::from(*v));
                    }
                }
                means.extend(sums.map(|sum| ((sum + count / 2) / count) as u8));
            }
        }
        means
    }
}

/// A picture as it lies on the page.
pub(super) struct Sampler {
    shrunk: Arc<Shrunk>,
    to_bitmap: Affine,
    /// How many samples a pixel of the page takes along each side.
    samples: u32,
}

impl Sampler {
    /// Returns by which whole factors a picture over `area` is best shrunk first.
    pub(super) fn factors(bitmap: &Bitmap, area: Rect, to_pixels: Affine) -> (u32, u32) {
        let [a, b, c, d, ..] = to_pixels.as_coeffs();
        let factor = |source: u32, extent: f64, (x, y): (f64, f64)| {
            let pixels = extent * x.hypot(y);
            (f64::from(source) / pixels).clamp(1.0, f64::from(source.max(1))) as u32
        };
        (factor(bitmap.width, area.width(), (a, b)), factor(bitmap.height, area.height(), (c, d)))
    }

    /// The picture `shrunk` over `area`; none if the map flattens it to a line.
    pub(super) fn new(
        shrunk: Arc<Shrunk>,
        original: &Bitmap,
        area: Rect,
        to_pixels: Affine,
    ) -> Option<Self> {
        let across = f64::from(original.width) / f64::from(shrunk.columns) / area.width();
        let down = f64::from(original.height) / f64::from(shrunk.rows) / area.height();
        let to_bitmap = Affine::scale_non_uniform(across, down)
            * Affine::translate(-area.origin().to_vec2())
            * to_pixels.inverse();
        let [a, b, c, d, ..] = to_bitmap.as_coeffs();
        let step = a.hypot(b).max(c.hypot(d));
        let samples = if step > 1.05 { 2 } else { 1 };
        to_bitmap.is_finite().then_some(Self { shrunk, to_bitmap, samples })
    }

    /// Returns the colour of the picture under the pixel with the middle `center`, and how much of
    /// what lies beneath it covers.
    pub(super) fn colour(&self, center: Point) -> ([u8; 3], f32) {
        let bitmap = &self.shrunk.bitmap;
        let colour = self.sampled(&bitmap.rgb, center).map(|value| (value + 0.5) as u8);
        let opacity = bitmap.alpha.as_ref().map_or(1.0, |alpha| {
            let [value] = self.sampled(alpha, center);
            (value / 255.0) as f32
        });
        (colour, opacity)
    }

    fn sampled<const N: usize>(&self, values: &[u8], center: Point) -> [f64; N] {
        let count = f64::from(self.samples);
        let mut sums = [0.0; N];
        for sample in 0..self.samples * self.samples {
            let (x, y) = (sample % self.samples, sample / self.samples);
            let shift = |at: u32| (f64::from(at) + 0.5) / count - 0.5;
            let under = self.to_bitmap * Point::new(center.x + shift(x), center.y + shift(y));
            let mixed: [f64; N] = self.bilinear(values, under);
            sums.iter_mut().zip(mixed).for_each(|(sum, value)| *sum += value);
        }
        sums.map(|sum| sum / (count * count))
    }

    fn bilinear<const N: usize>(&self, values: &[u8], at: Point) -> [f64; N] {
        let bitmap = &self.shrunk.bitmap;
        let (left, right, x) = neighbours(at.x, bitmap.width);
        let (above, below, y) = neighbours(at.y, bitmap.height);
        std::array::from_fn(|channel| {
            let value = |column: usize, row: usize| {
                f64::from(values[N * (row * bitmap.width as usize + column) + channel])
            };
            let mixed = |row| {
                let (a, b) = (value(left, row), value(right, row));
                a + (b - a) * x
            };
            let (a, b) = (mixed(above), mixed(below));
            a + (b - a) * y
        })
    }
}

/// Returns the pixels before and after `at`, and how much of the way to the latter has been gone.
fn neighbours(at: f64, count: u32) -> (usize, usize, f64) {
    let at = (at - 0.5).clamp(0.0, f64::from(count - 1));
    let before = at as usize;
    (before, (before + 1).min(count as usize - 1), at.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checks(width: u32, height: u32) -> Arc<Bitmap> {
        let value = |at: u32| if (at % width + at / width).is_multiple_of(2) { 255 } else { 0 };
        let rgb = (0..width * height).flat_map(|at| [value(at); 3]).collect();
        Arc::new(Bitmap { width, height, rgb, alpha: None, jpeg: None })
    }

    fn sampler(bitmap: &Arc<Bitmap>, area: Rect, to_pixels: Affine) -> Sampler {
        let (columns, rows) = Sampler::factors(bitmap, area, to_pixels);
        let shrunk = Arc::new(Shrunk::new(bitmap, columns, rows).expect("a whole bitmap"));
        Sampler::new(shrunk, bitmap, area, to_pixels).expect("an area with an extent")
    }

    #[test]
    fn one_to_one_pictures_keep_their_pixels() {
        let area = Rect::new(2.0, 3.0, 6.0, 7.0);
        let sampler = sampler(&checks(4, 4), area, Affine::IDENTITY);
        assert_eq!(sampler.colour(Point::new(2.5, 3.5)), ([255; 3], 1.0));
        assert_eq!(sampler.colour(Point::new(3.5, 3.5)), ([0; 3], 1.0));
    }

    #[test]
    fn fine_checks_become_an_even_grey() {
        let area = Rect::new(0.0, 0.0, 10.0, 10.0);
        let turned = Affine::new([-0.5, 0.0, 0.0, -0.5, 5.0, 5.0]);
        for sides in [15, 20, 60, 64] {
            let sampler = sampler(&checks(sides, sides), area, turned);
            let ([grey, ..], _) = sampler.colour(Point::new(2.5, 2.5));
            assert!(grey.abs_diff(128) < 16, "{sides}: {grey}");
        }
    }

    #[test]
    fn broken_bitmaps_are_refused() {
        let short =
            Arc::new(Bitmap { width: 9, height: 9, rgb: vec![0; 10], alpha: None, jpeg: None });
        assert!(Shrunk::new(&short, 1, 1).is_none());
        let (rgb, alpha) = (vec![0; 27], Some(vec![0; 8]));
        let thin = Arc::new(Bitmap { width: 3, height: 3, rgb, alpha, jpeg: None });
        assert!(Shrunk::new(&thin, 1, 1).is_none());
        let none = Arc::new(Bitmap { width: 0, height: 9, rgb: vec![], alpha: None, jpeg: None });
        assert!(Shrunk::new(&none, 1, 1).is_none());
    }
}
