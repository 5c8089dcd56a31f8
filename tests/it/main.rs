//! Everything that is tested against a real Postgres or the real program, in one binary.
//!
//! `DATABASE_URL` names a server on which databases may be created; `./test` provides one.

mod command_line;
mod import;
mod migrations;
mod private;
mod support;
