//! Rings two and three in one binary: SQL on a real Postgres, pages through the whole router.

mod architecture;
mod pages;
mod support;
