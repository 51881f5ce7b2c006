//! What blocks are made of: strips as wide as the page, between which it may be broken.

use std::sync::Arc;

use crate::length::{Length, Point, Rect};
use crate::scene::{Bookmark, Item, Path, Scene, Shape, Stroke};

/// How a strip hangs together with the one over it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bond {
    /// A page may end between them.
    #[default]
    Free,
    /// A page ends between them only if there is more than a page of such strips.
    Kept,
    /// A page does not end between them.
    Fast,
}

/// A strip of a document, such as a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Strip {
    /// The space over it, left out at the head of a page.
    pub gap: Length,
    pub height: Length,
    pub bond: Bond,
    /// Whether it begins a page.
    pub breaks: bool,
    /// The header that is repeated where the strip begins a page.
    pub header: Option<usize>,
    /// The number of the frame that the strip stands in.
    pub frame: Option<u32>,
    pub bookmark: Option<Bookmark>,
    pub marks: Vec<Mark>,
}

/// Something to see on a strip.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// Its place among all texts in the order of reading; lines of one text share it.
    pub text: u32,
    /// Where its origin is, from the top left of the strip.
    pub at: Point,
    pub scene: Arc<Scene>,
}

/// Returns a scene with nothing but lines along `paths`.
pub(super) fn drawn(paths: impl IntoIterator<Item = Path>, stroke: Stroke) -> Arc<Scene> {
    let lines = paths.into_iter().map(|path| Item::Shape(Shape::stroked(path, stroke)));
    Arc::new(Scene { items: lines.collect(), ..Scene::default() })
}

/// Returns a level line of `width`.
pub(super) fn level(width: Length, stroke: Stroke) -> Arc<Scene> {
    drawn([Path::line(Point::ORIGIN, Point::new(width, Length::ZERO))], stroke)
}

/// Returns the outline of a rectangle with corners that are a little round.
pub(super) fn outline(rect: Rect, stroke: Stroke) -> Arc<Scene> {
    drawn([Path::rounded_rect(rect, Length::mm(0.5))], stroke)
}
