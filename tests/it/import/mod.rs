//! From files to revisions.

mod digested;
mod interrupted;
mod published;
mod refused;
mod sample;
mod warned;
mod words;
