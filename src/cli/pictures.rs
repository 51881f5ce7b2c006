//! Pictures that a deck names: backs and logos, read from PNG and JPEG files.

use std::path::Path;

use image::{ColorType, DynamicImage, ImageFormat, RgbImage, RgbaImage};

use crate::problem::Diagnostic;
use crate::scene::Bitmap;

use super::failure::Failure;

/// Reads a picture that fills its area; what is clear in it becomes white.
pub fn read_opaque(path: &Path, grey: bool) -> Result<Bitmap, Failure> {
    let (decoded, file) = read(path, grey)?;
    let plain = decoded.color() == ColorType::Rgb8;
    let rgb = flattened(&decoded);
    let (width, height) = rgb.dimensions();
    let jpeg = file.filter(|_| plain);
    Ok(Bitmap { width, height, rgb: rgb.into_raw(), alpha: None, jpeg })
}

/// Reads a picture through which the ground is seen where it is clear.
pub fn read_clear(path: &Path, grey: bool) -> Result<Bitmap, Failure> {
    let (decoded, _) = read(path, grey)?;
    if !decoded.color().has_alpha() {
        return read_opaque(path, grey);
    }
    let rgba = decoded.to_rgba8();
    let alpha = rgba.pixels().map(|pixel| pixel[3]).collect();
    let (width, height) = rgba.dimensions();
    Ok(Bitmap { width, height, rgb: without_fringe(&rgba), alpha: Some(alpha), jpeg: None })
}

/// Returns the picture, and its file if that is a JPEG to embed as it is.
fn read(path: &Path, grey: bool) -> Result<(DynamicImage, Option<Vec<u8>>), Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, &error))?;
    let format = image::guess_format(&bytes).ok();
    let decoded =
        format.and_then(|format| image::load_from_memory_with_format(&bytes, format).ok());
    let Some(decoded) = decoded else {
        let found = format!("`{}` is no picture that can be read", path.display());
        let problem = Diagnostic::error("no-picture", found).expected("a PNG or JPEG file");
        return Err(Failure::unmet(vec![problem]));
    };
    if grey {
        return Ok((decoded.grayscale(), None));
    }
    Ok((decoded, (format == Some(ImageFormat::Jpeg)).then_some(bytes)))
}

/// Returns the picture on white paper.
fn flattened(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let rgba = picture.to_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [r, g, b, a] = rgba.get_pixel(x, y).0.map(u32::from);
        image::Rgb([r, g, b].map(|part| ((part * a + 255 * (255 - a) + 127) / 255) as u8))
    })
}

/// Returns the colours, white where nothing is seen: smoothing mixes clear pixels, which many
/// programs save as black, into the edges beside them.
fn without_fringe(picture: &RgbaImage) -> Vec<u8> {
    let colour = |pixel: &image::Rgba<u8>| match pixel.0 {
        [_, _, _, 0] => [255; 3],
        [r, g, b, _] => [r, g, b],
    };
    picture.pixels().flat_map(colour).collect()
}
