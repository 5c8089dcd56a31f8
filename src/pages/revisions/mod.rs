//! Revisions as parts of every page: the foot, the print head, the banner of a frozen page.

pub mod colophon;
