//! From files to revisions.

mod interrupted;
mod published;
mod refused;
