//! The typeset room: cards in, finished scenes out, one theme behind one door.

pub mod chart;
