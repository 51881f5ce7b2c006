//! Painters: they say a [`Page`](crate::scene::Page) again in another language, and decide nothing.
//!
//! Every painter takes a page and the [`FontStore`](crate::font::FontStore) that its fonts are
//! numbered by, and writes bytes. None of them opens a file, breaks a line or picks a font: what
//! differs between two formats is the format. What the scene leaves open is settled here, once:
//! corners are mitred up to ten line widths ([`MITRE_LIMIT`]), as in PDF; lines of no width and
//! areas of no extent paint nothing; a dotted line begins with a dot, a dashed
//! one with a dash.

pub mod pdf;
pub mod png;
pub mod svg;

mod geometry;
mod outline;

/// How many line widths a mitred corner may be long before it is cut off: the default of PDF.
pub const MITRE_LIMIT: f64 = 10.0;
