//! The tuck box: from a card and a stack of them to the net of a box that holds it, on a paper.
//!
//! 1. `size` says how large the box is inside ([`BoxSize`]), from the stack of cards.
//! 2. `flap` shapes what is hinged to the four walls; `net` puts walls and flaps together
//!    ([`Net`]): what is cut, folded, glued, and how far ink runs beyond each part.
//! 3. `sheet` settles what was asked for ([`BoxRequest`]) into a net on a page ([`BoxSheet`]), or
//!    says everything that stands against it.
//! 4. `words` sets the words and the bar that stand beside the net.
//!
//! The net is seen from outside, as it is printed. The walls stand side by side from left to right:
//! back, spine, front, side; the glue flap at the left goes behind the side. The lid is hinged to
//! the back and tucks in behind the front. The bottom is glued: its inner flap is hinged to the
//! back, the outer one to the front. A second tuck would need no glue, but a heavy deck falls
//! through it, and the box is glued at its side in any case.

mod flap;
mod net;
#[cfg(test)]
mod properties;
mod sheet;
mod size;
mod words;

pub use net::{Net, Panel, Part};
pub use sheet::{BoxRequest, BoxSheet, Stack};
pub use size::{BoxSize, GRAMMAGES, stack_of, thickness_of};
pub use words::{BoxLines, BoxWords};

use crate::length::Length;

/// How far ink runs beyond a cut.
pub const BLEED: Length = Length::mm(3.0);

/// How far ink runs onto what is glued, so that no white line shows at the joint.
const ONTO_GLUE: Length = Length::mm(1.0);
