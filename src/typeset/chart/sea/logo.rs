//! The maker's logo, which may take the place of the title on the island.

use std::sync::Arc;

use crate::length::{Length, Point, Rect, Size};
use crate::scene::{Bitmap, Picture};

use super::scale::Scale;

/// The room for a logo over a subtitle on a poker card: its middle's height, its width and its
/// height, in millimetres. It is as wide as stays clear of the shore.
const OVER_SUBTITLE: [f64; 3] = [38.2, 26.0, 7.0];

/// The room for a logo alone.
const ALONE: [f64; 3] = [40.4, 26.0, 9.0];

/// Returns `bitmap` as large as the island has room, in its own proportions; none without pixels.
pub(super) fn logo(bitmap: &Arc<Bitmap>, scale: &Scale, over_subtitle: bool) -> Option<Picture> {
    if bitmap.width == 0 || bitmap.height == 0 {
        return None;
    }
    let [middle, width, height] = if over_subtitle { OVER_SUBTITLE } else { ALONE };
    let (width, height) = (width * scale.by.x, height * scale.type_scale);
    let (columns, rows) = (f64::from(bitmap.width), f64::from(bitmap.height));
    let pixel = (width / columns).min(height / rows);
    let size = Size::mm(columns * pixel, rows * pixel);
    let island = scale.point(31.5, 40.0);
    let middle = Point::mm(island.x, island.y + (middle - 40.0) * scale.type_scale);
    let corner = Point::new(middle.x - size.width / 2, middle.y - size.height / 2);
    let visible = size.width > Length::ZERO && size.height > Length::ZERO;
    visible.then(|| Picture { bitmap: bitmap.clone(), area: Rect::new(corner, size) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(width: u32, height: u32, over_subtitle: bool) -> Option<Rect> {
        let rgb = vec![0; (width * height * 3) as usize];
        let bitmap = Arc::new(Bitmap { width, height, rgb, alpha: None, jpeg: None });
        let scale = Scale::new(Size::mm(63.0, 88.0)).expect("poker is a card");
        logo(&bitmap, &scale, over_subtitle).map(|picture| picture.area)
    }

    #[test]
    fn logos_keep_their_shape_and_stay_on_the_island() {
        let broad = area(520, 100, true).expect("it has pixels");
        assert_eq!(broad, Rect::new(Point::mm(18.5, 35.7), Size::mm(26.0, 5.0)));
        let high = area(100, 300, false).expect("it has pixels");
        assert_eq!(high, Rect::new(Point::mm(30.0, 35.9), Size::mm(3.0, 9.0)));
        assert_eq!(area(0, 9, true), None);
    }
}
