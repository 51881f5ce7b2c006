//! The theme `chart`: a sea chart, in which colour is depth and shape is category.
//!
//! All distances are measured from the top left of the trim, in the sizes of a poker card
//! (63 × 88 mm); where another card differs, the item says how.

pub mod emblem;
pub mod inks;
pub mod lettering;
pub mod rings;
pub mod sea;
