//! Revision information on every page: the footer, the print header, and the banner of a pinned page.

pub mod colophon;
pub mod times;
