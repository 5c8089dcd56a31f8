//! Rings two and three in one binary: SQL on a real Postgres, the real program, pages through the whole router.
//!
//! `DATABASE_URL` names a server on which databases may be created; `./test` provides one.

// A test that cannot go on should stop where it stands.
#![allow(clippy::unwrap_used)]

mod architecture;
mod backed_up;
mod backup;
mod changes;
mod check;
mod command_line;
mod doctor;
mod import;
mod known_on;
mod migrations;
mod pages;
mod plans;
mod pooler;
mod private;
mod program;
mod roles;
mod support;
