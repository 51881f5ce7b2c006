//! The theme `chart`.
