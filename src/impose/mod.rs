//! The imposition room: cards go to their places on sheets, fronts and backs, marks around them.
//!
//! The work goes in this order, a file for each step:
//!
//! 1. `catalogue` turns names such as `poker` and `a4` into sizes ([`Catalogues`]), and the product
//!    numbers of perforated sheets into places of cards ([`Stock`]).
//! 2. `spec` settles what was asked for ([`SheetRequest`]) into a sheet ([`SheetSpec`]), or
//!    `refusal` says everything that stands against it and the smallest repair (`repair`).
//! 3. `grid` finds the n-up: how many cards fit, and exactly where ([`Grid`]).
//! 4. `plan` says on numbers alone which card stands in which cell of which side ([`Plan`]);
//!    `turn` knows what lies behind what on a turned sheet ([`Turn`]).
//! 5. `bleed`, `marks` and `slug` deal with the space around the trims.
//! 6. `place` makes the pages ([`Imposer`]), one by one, as painters ask for them.
//!
//! Beside that way, [`calibration`] finds the error of a printer, and `register` moves finished pages
//! so that they come out as they should all the same ([`Register`]).
//! `tuck_box` is a room of its own: the net of a box for the cards, on numbers alone as well.
//!
//! Whatever had to give way for want of room is told by [`Imposer::notes`], never dropped silently.

mod bleed;
pub mod calibration;
mod catalogue;
mod fold;
mod grid;
mod marks;
mod place;
mod plan;
mod pose;
#[cfg(test)]
mod properties;
mod refusal;
mod register;
mod repair;
mod slug;
mod spec;
mod steps;
mod ticket;
pub mod tuck_box;
mod turn;

pub use bleed::Bleed;
pub use catalogue::{Catalogue, Catalogues, Format, Replaced, Stock};
pub use grid::{Grid, GridRequest};
pub use marks::{Frame, Marks, marks};
pub use place::{Faces, Imposer, Job};
pub use plan::{Duplex, Plan, SheetPlan, Side, Stacking};
pub use pose::Pose;
pub use register::Register;
pub use slug::{Bar, Detail, SetLine, SetText, Slug, Surroundings, TextSpec, Words};
pub use spec::{
    Arrangement, EDGE, MarkStyle, Orientation, Purpose, SheetRequest, SheetSpec, USUAL_MARGIN,
};
pub use steps::{instructions, picture_of_turn, stacking_instructions, turned_by_hand};
pub use ticket::{TicketJob, ticket};
pub use turn::{Flip, Turn};
