//! The Micro-Drama Observatory. Modules stand in the order in which they are best read.

#[cfg(feature = "ssr")]
pub mod db;
pub mod error;
pub mod query;
pub mod text;

pub mod events;
pub mod indicators;
pub mod observations;
pub mod organizations;
pub mod programs;
pub mod sources;
pub mod subsidies;

pub mod ui;
