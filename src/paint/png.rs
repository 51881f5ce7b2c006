//! The PNG painter: a page as pixels, with rusttype's outlines and exact coverage.
//!
//! A page becomes a list of polygons in pixels, then bands of rows, each painted by any core. The
//! share of a pixel that a polygon covers is computed, not sampled, so a stem stands where the font
//! puts it and a clip cuts through a pixel where it lies.

use std::io::{self, Write};

use ab_glyph_rasterizer::Rasterizer;
use image::RgbImage;
use kurbo::{Affine, Rect};
use rayon::prelude::*;

use crate::font::FontStore;
use crate::length::{Length, Size};
use crate::scene::Page;
use canvas::Band;
use steps::Step;

mod canvas;
mod dots;
mod polygon;
mod sampler;
mod steps;

/// The longest side of a picture, in pixels: 1.69 m at 300 dpi.
pub const MAX_SIDE: u32 = 20_000;

/// How many rows one core paints at a time.
const BAND_ROWS: usize = 128;

/// How many rows are held before they are written.
const HELD_ROWS: usize = 8 * BAND_ROWS;

/// How a page becomes pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct PngOptions {
    /// The number of pixels to the inch. Default: 300.
    pub dpi: f64,
    /// Whether the file holds greys instead of colours, by the luma weights of sRGB. Default: no.
    pub grey: bool,
}

impl Default for PngOptions {
    fn default() -> Self {
        Self { dpi: 300.0, grey: false }
    }
}

/// The reason why a page cannot become pixels.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// The resolution is not a positive number.
    #[error("`{0}` is no resolution; write pixels to the inch, such as 300")]
    NoResolution(f64),
    /// The page has no extent.
    #[error("a page of {0} has no room for a picture")]
    NoExtent(Size),
    /// The picture would have a side of more than [`MAX_SIDE`] pixels.
    #[error(
        "a page of {size} at {dpi} dpi is {width} × {height} pixels, more than {MAX_SIDE} a side; \
         at most {most} dpi fit this page"
    )]
    TooLarge {
        /// The size of the page.
        size: Size,
        /// The resolution asked for.
        dpi: f64,
        /// The columns the picture would have.
        width: u64,
        /// The rows the picture would have.
        height: u64,
        /// The highest whole resolution at which the page can be painted.
        most: u32,
    },
    /// The picture could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Paints `page` on white and writes it as a PNG file with its resolution.
///
/// The memory it takes does not grow with the height of the page.
///
/// # Errors
///
/// The page is too large or has no extent, the resolution is no number, or `out` fails.
pub fn paint(
    page: &Page,
    fonts: &FontStore,
    options: &PngOptions,
    out: impl Write,
) -> Result<(), PngError> {
    let canvas = Canvas::new(page, fonts, options.dpi)?;
    let mut file = canvas.encoder(options, out).write_header().map_err(io::Error::from)?;
    let mut rows = file.stream_writer().map_err(io::Error::from)?;
    let mut held = vec![0; 3 * canvas.width * HELD_ROWS.min(canvas.height)];
    for top in (0..canvas.height).step_by(HELD_ROWS) {
        let held = &mut held[..3 * canvas.width * HELD_ROWS.min(canvas.height - top)];
        canvas.paint_rows(top, held);
        if options.grey {
            rows.write_all(&greys(held))?;
        } else {
            rows.write_all(held)?;
        }
    }
    rows.finish().map_err(io::Error::from)?;
    file.finish().map_err(io::Error::from)?;
    Ok(())
}

/// Returns `page` painted on white, in colour whatever `options.grey` says.
///
/// # Errors
///
/// The page is too large or has no extent, or the resolution is no number.
pub fn draw(page: &Page, fonts: &FontStore, options: &PngOptions) -> Result<RgbImage, PngError> {
    let canvas = Canvas::new(page, fonts, options.dpi)?;
    let mut image = RgbImage::new(canvas.width as u32, canvas.height as u32);
    canvas.paint_rows(0, &mut image);
    Ok(image)
}

/// A page made ready for painting any of its rows.
struct Canvas {
    width: usize,
    height: usize,
    steps: Vec<Step>,
}

impl Canvas {
    fn new(page: &Page, fonts: &FontStore, dpi: f64) -> Result<Self, PngError> {
        let (width, height) = extent(page.size, dpi)?;
        let paper = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let to_pixels = Affine::scale(dpi / Length::inches(1.0).to_mm());
        let steps = steps::steps(&page.scene, to_pixels, paper, fonts);
        Ok(Self { width: width as usize, height: height as usize, steps })
    }

    /// Paints the rows from `top` on into `pixels`, as many as it holds.
    fn paint_rows(&self, top: usize, pixels: &mut [u8]) {
        let bands = pixels.par_chunks_mut(3 * self.width * BAND_ROWS).enumerate();
        bands.for_each_init(
            || Rasterizer::new(0, 0),
            |rasterizer, (number, pixels)| {
                let mut band = Band::new(pixels, self.width, top + number * BAND_ROWS);
                self.steps.iter().for_each(|step| band.take(step, rasterizer));
            },
        );
    }

    fn encoder<W: Write>(&self, options: &PngOptions, out: W) -> png::Encoder<'static, W> {
        let mut encoder = png::Encoder::new(out, self.width as u32, self.height as u32);
        let colour = if options.grey { png::ColorType::Grayscale } else { png::ColorType::Rgb };
        encoder.set_color(colour);
        encoder.set_depth(png::BitDepth::Eight);
        // Flat ink repeats itself to the byte, which deflate sees best unfiltered: sheets of cards
        // come out a sixth to a third smaller, and sooner. The tones of a photograph do not repeat.
        let photographs = self.steps.iter().any(Step::is_picture);
        let filter = if photographs { png::Filter::Adaptive } else { png::Filter::NoFilter };
        encoder.set_filter(filter);
        encoder.set_source_srgb(png::SrgbRenderingIntent::RelativeColorimetric);
        let pixels_per_metre = (options.dpi * 1000.0 / Length::inches(1.0).to_mm()).round() as u32;
        encoder.set_pixel_dims(Some(png::PixelDimensions {
            xppu: pixels_per_metre,
            yppu: pixels_per_metre,
            unit: png::Unit::Meter,
        }));
        encoder
    }
}

/// Returns the columns and rows of a page of `size`, rounded to the nearest whole pixel.
fn extent(size: Size, dpi: f64) -> Result<(u32, u32), PngError> {
    if !(dpi.is_finite() && dpi > 0.0) {
        return Err(PngError::NoResolution(dpi));
    }
    if size.width <= Length::ZERO || size.height <= Length::ZERO {
        return Err(PngError::NoExtent(size));
    }
    let pixels = |length: Length| (length.to_inches() * dpi).round().max(1.0) as u64;
    let (width, height) = (pixels(size.width), pixels(size.height));
    if width.max(height) > u64::from(MAX_SIDE) {
        let most = f64::from(MAX_SIDE) / size.width.max(size.height).to_inches();
        return Err(PngError::TooLarge { size, dpi, width, height, most: most as u32 });
    }
    Ok((width as u32, height as u32))
}

/// Returns the luma of each pixel by the weights of ITU-R BT.709, which are those of sRGB.
fn greys(pixels: &[u8]) -> Vec<u8> {
    let luma = |pixel: &[u8]| {
        let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(u32::from);
        ((2126 * r + 7152 * g + 722 * b + 5000) / 10_000) as u8
    };
    pixels.chunks_exact(3).map(luma).collect()
}
