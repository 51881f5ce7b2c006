//! How a face stands in its place: upright, upside down, or on one of its sides.

use crate::impose::turn::Turn;
use crate::length::{Point, Sides, Size};
use crate::scene::Transform;

/// Where the top of a face points on its page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pose {
    /// Up.
    #[default]
    Upright,
    /// To the left: the face lies on its left side.
    Left,
    /// Down.
    UpsideDown,
    /// To the right: the face lies on its right side.
    Right,
}

impl Pose {
    /// Returns the pose of the back behind a front of this pose, on a sheet that is turned so: the
    /// one whose card, taken in the hand upright and turned from left to right, has its back upright.
    pub const fn behind(self, turn: Turn) -> Self {
        match (turn, self) {
            (Turn::AboutVertical, Self::Upright) => Self::Upright,
            (Turn::AboutVertical, Self::Left) => Self::Right,
            (Turn::AboutVertical, Self::UpsideDown) => Self::UpsideDown,
            (Turn::AboutVertical, Self::Right) => Self::Left,
            (Turn::AboutHorizontal, Self::Upright) => Self::UpsideDown,
            (Turn::AboutHorizontal, Self::Left) => Self::Left,
            (Turn::AboutHorizontal, Self::UpsideDown) => Self::Upright,
            (Turn::AboutHorizontal, Self::Right) => Self::Right,
        }
    }

    /// Returns the size of the face that fills a box of `size` on the page.
    pub const fn face(self, size: Size) -> Size {
        match self {
            Self::Upright | Self::UpsideDown => size,
            Self::Left | Self::Right => size.turned(),
        }
    }

    /// Returns the map that puts the face of a box of `size` into that box, at `origin`.
    pub fn into_box(self, size: Size, origin: Point) -> Transform {
        let (left, top) = (origin.x, origin.y);
        let (right, bottom) = (left + size.width, top + size.height);
        match self {
            Self::Upright => Transform::moved(origin),
            Self::UpsideDown => Transform::half_turn(size, origin),
            Self::Left => {
                let offset = Point::new(left, bottom);
                Transform { xx: 0.0, xy: -1.0, yx: 1.0, yy: 0.0, offset }
            }
            Self::Right => {
                let offset = Point::new(right, top);
                Transform { xx: 0.0, xy: 1.0, yx: -1.0, yy: 0.0, offset }
            }
        }
    }

    /// Returns what stands at the sides of a box on the page by the sides of the face in it.
    pub fn seen_from_face<T>(self, sides: Sides<T>) -> Sides<T> {
        let Sides { left, top, right, bottom } = sides;
        match self {
            Self::Upright => Sides { left, top, right, bottom },
            Self::Left => Sides { left: bottom, top: left, right: top, bottom: right },
            Self::UpsideDown => Sides { left: right, top: bottom, right: left, bottom: top },
            Self::Right => Sides { left: top, top: right, right: bottom, bottom: left },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::length::{Length, Rect};

    const POSES: [Pose; 4] = [Pose::Upright, Pose::Left, Pose::UpsideDown, Pose::Right];

    #[test]
    fn faces_fill_their_boxes() {
        let trim = Rect::new(Point::mm(10.0, 20.0), Size::mm(90.0, 50.0));
        for pose in POSES {
            let face = pose.face(trim.size);
            let placed = pose.into_box(trim.size, trim.origin);
            let corners = [Point::ORIGIN, Point::new(face.width, face.height)];
            let [a, b] = corners.map(|corner| Rect::new(placed.apply(corner), Size::default()));
            assert_eq!(a.union(b), trim, "{pose:?}");
            let up = Point::new(face.width / 2, Length::ZERO);
            let top = placed.apply(up);
            let points = match pose {
                Pose::Upright => top.y == trim.top(),
                Pose::Left => top.x == trim.left(),
                Pose::UpsideDown => top.y == trim.bottom(),
                Pose::Right => top.x == trim.right(),
            };
            assert!(points, "{pose:?}");
        }
    }

    #[test]
    fn sides_turn_with_the_face() {
        let trim = Rect::new(Point::mm(10.0, 20.0), Size::mm(90.0, 50.0));
        let [left, top, right, bottom] = [1.0, 2.0, 3.0, 4.0].map(Length::mm);
        let bleed = Sides { left, top, right, bottom };
        for pose in POSES {
            let face = Rect::new(Point::ORIGIN, pose.face(trim.size));
            let bled = face.grown(pose.seen_from_face(bleed));
            let placed = pose.into_box(trim.size, trim.origin);
            let corners = [bled.origin, Point::new(bled.right(), bled.bottom())];
            let [a, b] = corners.map(|corner| Rect::new(placed.apply(corner), Size::default()));
            assert_eq!(a.union(b), trim.grown(bleed), "{pose:?}");
        }
    }

    #[test]
    fn two_turns_undo_one_another() {
        for pose in POSES {
            for turn in [Turn::AboutVertical, Turn::AboutHorizontal] {
                assert_eq!(pose.behind(turn).behind(turn), pose);
            }
        }
    }
}
