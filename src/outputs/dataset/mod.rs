//! The data set as a whole: its files as they were published, streamed from Postgres.

pub mod package;
pub mod routes;
pub mod store;
pub mod stream;
