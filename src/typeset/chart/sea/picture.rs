//! A back that is the maker's own picture.

use std::sync::Arc;

use crate::length::{Length, Point, Rect, Sides, Size};
use crate::problem::Diagnostic;
use crate::scene::{Bitmap, Item, Picture, Scene};

/// The resolution below which a picture looks soft in the hand, in pixels to the inch.
const SHARP: f64 = 200.0;

/// Returns the back that shows `bitmap`, with the origin at the top left of the trim, and a note
/// where its pixels are too few.
///
/// The picture covers the trim and the bleed and is centred; what is too wide or too high reaches
/// beyond, so whoever places the back must clip it. The note is given below 200 dpi. A bitmap
/// without pixels gives an empty scene.
pub fn picture_back(bitmap: Arc<Bitmap>, trim: Size, bleed: Length) -> (Scene, Option<Diagnostic>) {
    let wanted = Rect::new(Point::ORIGIN, trim).grown(Sides::all(bleed.max(Length::ZERO)));
    let (width, height) = (f64::from(bitmap.width), f64::from(bitmap.height));
    let (wide, high) = (wanted.size.width.to_inches(), wanted.size.height.to_inches());
    if width * height == 0.0 || wide <= 0.0 || high <= 0.0 {
        return (Scene::default(), None);
    }
    let dpi = (width / wide).min(height / high);
    let area =
        covering(wanted, Size::new(Length::inches(width / dpi), Length::inches(height / dpi)));
    let note = (dpi < SHARP).then(|| note(&bitmap, wanted.size, dpi));
    let items = vec![Item::Image(Picture { bitmap, area })];
    (Scene { items, ..Scene::default() }, note)
}

fn covering(wanted: Rect, size: Size) -> Rect {
    // Rounding must not leave a sliver of paper at an edge.
    let size = Size::new(size.width.max(wanted.size.width), size.height.max(wanted.size.height));
    let left = wanted.left() - (size.width - wanted.size.width) / 2;
    let top = wanted.top() - (size.height - wanted.size.height) / 2;
    Rect::new(Point::new(left, top), size)
}

fn note(bitmap: &Bitmap, size: Size, dpi: f64) -> Diagnostic {
    let pixels = |length: Length| (length.to_inches() * SHARP).ceil();
    let found = format!(
        "the back's picture of {} × {} pixels has {dpi:.0} dpi on a card",
        bitmap.width, bitmap.height
    );
    Diagnostic::note("back-resolution", found)
        .expected(format!("at least {SHARP} dpi over {size}, bleed included"))
        .help(format!(
            "use a picture of at least {} × {} pixels",
            pixels(size.width),
            pixels(size.height)
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bitmap(width: u32, height: u32) -> Arc<Bitmap> {
        let rgb = vec![200; (width * height * 3) as usize];
        Arc::new(Bitmap { width, height, rgb, alpha: None, jpeg: None })
    }

    fn area(scene: &Scene) -> Rect {
        match &scene.items[..] {
            [Item::Image(picture)] => picture.area,
            other => panic!("{other:?} is no picture"),
        }
    }

    #[test]
    fn pictures_cover_the_bleed_and_keep_their_shape() {
        let bleed = Rect::new(Point::mm(-3.0, -3.0), Size::mm(69.0, 94.0));
        for (width, height) in [(700, 700), (300, 900), (690, 940), (691, 939)] {
            let (scene, _) =
                picture_back(bitmap(width, height), Size::mm(63.0, 88.0), Length::mm(3.0));
            let area = area(&scene);
            assert!(area.contains(bleed), "{area:?}");
            let shape = area.size.width.ratio(area.size.height);
            assert!((shape / (f64::from(width) / f64::from(height)) - 1.0).abs() < 1e-6);
            assert!((area.left() + area.right() - Length::mm(63.0)).abs() <= Length::emu(1));
            assert!((area.top() + area.bottom() - Length::mm(88.0)).abs() <= Length::emu(1));
        }
    }

    #[test]
    fn coarse_pictures_are_told() {
        let trim = Size::mm(63.5, 88.9);
        let note = |width, height| picture_back(bitmap(width, height), trim, Length::ZERO).1;
        assert_eq!(note(500, 700), None);
        let coarse = note(250, 700).expect("100 dpi is coarse");
        assert_eq!(coarse.found, "the back's picture of 250 × 700 pixels has 100 dpi on a card");
        assert_eq!(coarse.help.as_deref(), Some("use a picture of at least 500 × 700 pixels"));
    }

    #[test]
    fn a_bitmap_without_pixels_gives_an_empty_scene() {
        let (scene, note) = picture_back(bitmap(0, 9), Size::mm(63.0, 88.0), Length::ZERO);
        assert!(scene.items.is_empty() && note.is_none());
    }
}
