//! The back of a card: a sea bed that the deck's title imagines, with an island that carries it.
//!
//! One title gives one sea, on every machine, and the sea repeats at the trim, so that backs laid
//! side by side on a sheet run on without a seam.
//!
//! Everything is given for a poker card of 63 × 88 mm. On another card of W × H the sea is the
//! same picture stretched: positions and the island scale by W/63 and H/88, and what has one
//! measure for both directions (cells, pitches, smallest loops, the distance between soundings) by
//! the geometric mean of the two. Waves are as long, beside the shorter side, as on a poker card.
//! Type and the room around it scale as on the fronts, by min(W/63, H/88) within 0.85 to 1.5.
//! Line weights do not scale, and neither does the 5 mm of the safe area.

mod back;
mod cartouche;
mod chance;
mod contour;
mod expanse;
mod field;
mod line;
mod logo;
mod picture;
mod scale;
mod soundings;

pub use back::{BackSpec, BackStyle, back};
pub use cartouche::title_problem;
pub use expanse::{Expanse, expanse, island};
pub use field::Sea;
pub use picture::picture_back;
