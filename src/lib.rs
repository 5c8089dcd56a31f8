//! The Micro-Drama Observatory. Modules stand in the order in which they are best read.

#[cfg(feature = "ssr")]
pub mod config;
#[cfg(feature = "ssr")]
pub mod db;
#[cfg(feature = "ssr")]
pub mod import;
#[cfg(feature = "ssr")]
pub mod privileges;
pub mod revisions;
#[cfg(feature = "ssr")]
pub mod server;
pub mod text;
