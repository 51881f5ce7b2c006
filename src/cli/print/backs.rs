//! The backs of a run: the sea in one of its styles, or a picture.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::deck::{Deck, Depth};
use crate::font::FontStore;
use crate::impose::SheetSpec;
use crate::problem::Diagnostic;
use crate::run::Backs;
use crate::scene::{Bitmap, Scene};
use crate::typeset::chart::inks;
use crate::typeset::chart::lettering::PlainLetterer;
use crate::typeset::chart::sea::{BackSpec, BackStyle, back, picture_back};

use super::super::args::ColourArg;
use super::super::failure::Failure;
use super::resolve::{BackChoice, Resolved};

/// The backs, the files they were read from, and what there is to tell about them.
pub struct Made {
    /// The backs.
    pub backs: Backs,
    /// The picture, if the backs are one.
    pub files: Vec<PathBuf>,
    /// Notes, such as on a coarse picture.
    pub notes: Vec<Diagnostic>,
    /// Whether a cut that is a little off would show a neighbour's other colour.
    pub needs_gutter: bool,
}

/// Draws or reads the backs.
pub fn make(resolved: &Resolved, deck: &Deck, fonts: &FontStore) -> Result<Made, Failure> {
    let sea = |style| Arc::new(sea(resolved, deck, style, fonts));
    let home = |ink| BackStyle::Home { ink };
    let mut made = Made {
        backs: Backs::Same(Arc::default()),
        files: Vec::new(),
        notes: Vec::new(),
        needs_gutter: false,
    };
    made.backs = match &resolved.back {
        BackChoice::Line => Backs::Same(sea(home(inks::DEEP))),
        BackChoice::LineByDepth => {
            Backs::ByDepth(Depth::ALL.map(|depth| sea(home(inks::of_depth(depth)))))
        }
        BackChoice::Ground => Backs::Same(sea(BackStyle::Press)),
        BackChoice::Picture(name) => {
            let path = PathBuf::from(name);
            let bitmap = Arc::new(read_picture(&path)?);
            made.needs_gutter = !has_plain_edge(&bitmap);
            let bleed = bleed_of(&resolved.sheet);
            let (scene, note) = picture_back(bitmap, resolved.look.trim, bleed);
            made.files.push(path);
            made.notes.extend(note);
            Backs::Same(Arc::new(scene))
        }
    };
    Ok(made)
}

fn sea(resolved: &Resolved, deck: &Deck, style: BackStyle, fonts: &FontStore) -> Scene {
    let spec = BackSpec {
        trim: resolved.look.trim,
        bleed: bleed_of(&resolved.sheet),
        title: &deck.meta.title,
        subtitle: deck.meta.subtitle.as_deref(),
        style,
        one_ink: resolved.colour == ColourArg::Grey,
    };
    back(&spec, &PlainLetterer { fonts })
}

fn bleed_of(sheet: &SheetSpec) -> crate::length::Length {
    // Backs run out of the grid even where fronts do not: feeding is never exact.
    sheet.bleed.max(crate::length::Length::mm(3.0))
}

fn read_picture(path: &Path) -> Result<Bitmap, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, &error))?;
    let format = image::guess_format(&bytes);
    let decoded = format
        .as_ref()
        .ok()
        .and_then(|format| image::load_from_memory_with_format(&bytes, *format).ok());
    let Some(decoded) = decoded else {
        let found = format!("`{}` is no picture that can be read", path.display());
        let problem = Diagnostic::error("no-picture", found).expected("a PNG or JPEG file");
        return Err(Failure::unmet(vec![problem]));
    };
    let rgb = flattened(&decoded);
    let (width, height) = rgb.dimensions();
    let is_jpeg = matches!(format, Ok(image::ImageFormat::Jpeg));
    let plain = decoded.color() == image::ColorType::Rgb8;
    let jpeg = (is_jpeg && plain).then_some(bytes);
    Ok(Bitmap { width, height, rgb: rgb.into_raw(), jpeg })
}

/// Returns whether the border of a picture is of one colour, as far as an eye can tell at a cut.
fn has_plain_edge(picture: &Bitmap) -> bool {
    const NEAR: u8 = 16;
    let (width, height) = (picture.width as usize, picture.height as usize);
    let pixel = |x: usize, y: usize| picture.rgb.chunks_exact(3).nth(y * width + x);
    let rows = (0..width).flat_map(|x| [pixel(x, 0), pixel(x, height.saturating_sub(1))]);
    let columns = (0..height).flat_map(|y| [pixel(0, y), pixel(width.saturating_sub(1), y)]);
    let mut border = rows.chain(columns).flatten();
    let Some(first) = border.next() else { return true };
    border.all(|other| first.iter().zip(other).all(|(a, b)| a.abs_diff(*b) <= NEAR))
}

/// Returns the picture on white paper.
fn flattened(picture: &image::DynamicImage) -> image::RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let rgba = picture.to_rgba8();
    image::RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [r, g, b, a] = rgba.get_pixel(x, y).0.map(u32::from);
        image::Rgb([r, g, b].map(|part| ((part * a + 255 * (255 - a) + 127) / 255) as u8))
    })
}
