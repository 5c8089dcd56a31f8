//! Rings two and three in one binary: SQL on a real Postgres, pages through the whole router.

// A test that cannot go on should stop where it stands.
#![allow(clippy::unwrap_used)]

mod architecture;
mod pages;
mod support;
