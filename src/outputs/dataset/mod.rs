//! Download of the whole data set: its files as published, streamed from Postgres as CSV, or as Parquet.

pub mod package;
pub mod package_v2;
pub mod parquet;
pub mod routes;
pub mod store;
pub mod stream;
pub mod verify;
