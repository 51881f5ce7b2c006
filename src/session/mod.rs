//! The session room.

pub mod format;
pub mod rotation;
pub mod seconds;
