//! Which state of the data every page shows: the footer, the print header, the banner of a requested state, and the form that asks for one.

pub mod colophon;
pub mod preview;
pub mod state;
pub mod times;
