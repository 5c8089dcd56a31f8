//! Download of the whole data set: its files as published, streamed from Postgres.

pub mod package;
pub mod routes;
pub mod store;
pub mod stream;
