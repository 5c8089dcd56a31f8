//! Revisions as rows of files.

pub mod columns;
