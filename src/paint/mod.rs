//! Painters: pages go in, bytes come out. A painter decides nothing, it only says a
//! [`Scene`](crate::scene::Scene) again in another language.

pub mod pdf;
