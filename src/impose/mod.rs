//! The imposition room: cards go to their places on sheets, fronts and backs, marks around them.
//!
//! The work goes in this order, a file for each step:
//!
//! 1. `catalogue` turns names such as `poker` and `a4` into sizes ([`Catalogues`]).
//! 2. `spec` settles what was asked for ([`SheetRequest`]) into a sheet ([`SheetSpec`]), or
//!    `refusal` says everything that stands against it and the smallest repair.
//! 3. `grid` finds the n-up: how many cards fit, and exactly where ([`Grid`]).
//! 4. `plan` says on numbers alone which card stands in which cell of which side ([`Plan`]);
//!    `turn` knows what lies behind what on a turned sheet ([`Turn`]).
//! 5. `bleed`, `marks` and `slug` deal with the space around the trims.
//! 6. `place` makes the pages ([`Imposer`]), one by one, as painters ask for them.
//!
//! `tuck_box` is a room of its own: the net of a box for the cards, on numbers alone as well.
//!
//! Whatever had to give way for want of room is told by [`Imposer::notes`], never dropped silently.

mod bleed;
mod catalogue;
mod grid;
mod marks;
mod place;
mod plan;
#[cfg(test)]
mod properties;
mod refusal;
mod slug;
mod spec;
pub mod tuck_box;
mod turn;

pub use bleed::Bleed;
pub use catalogue::{Catalogues, Format};
pub use grid::Grid;
pub use marks::{Frame, Marks, marks};
pub use place::{Faces, Imposer, Job};
pub use plan::{Duplex, Plan, SheetPlan, Side, Stacking, instructions, stacking_instructions};
pub use slug::{Bar, SetLine, SetText, Slug, Surroundings, TextSpec, Words};
pub use spec::{
    Arrangement, EDGE, MarkStyle, Orientation, Purpose, SheetRequest, SheetSpec, USUAL_MARGIN,
};
pub use turn::{Flip, Turn};
