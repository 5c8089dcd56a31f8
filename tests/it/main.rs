//! Everything that is tested against a real Postgres or the real program, in one binary.
//!
//! `DATABASE_URL` names a server on which databases may be created; `./test` provides one.

// A test that cannot go on has failed; clippy sees this by itself only inside the test functions.
#![allow(clippy::unwrap_used)]

mod command_line;
mod import;
mod migrations;
mod private;
mod support;
