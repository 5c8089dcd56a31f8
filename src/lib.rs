//! The Micro-Drama Observatory. Modules stand in the order in which they are best read.

// The view types of a whole page nest deep.
#![recursion_limit = "256"]

pub mod app;
pub mod error;
pub mod listing;
pub mod query;
pub mod text;
#[cfg(feature = "ssr")]
pub mod tracking;

#[cfg(feature = "ssr")]
pub mod config;
#[cfg(feature = "ssr")]
pub mod db;
#[cfg(feature = "ssr")]
pub mod import;
#[cfg(feature = "ssr")]
pub mod privileges;

pub mod about;
pub mod api;
pub mod dataset;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod disagreements;
#[cfg(feature = "ssr")]
pub mod embed;
pub mod entities;
pub mod events;
pub mod explore;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
pub mod extract;
#[cfg(feature = "ssr")]
pub mod feeds;
pub mod home;
pub mod indicators;
pub mod observations;
pub mod organizations;
pub mod programs;
pub mod revisions;
#[cfg(feature = "ssr")]
pub mod sdmx;
pub mod search;
pub mod sources;
pub mod subsidies;
pub mod takeaway;

pub mod chart;
pub mod ui;

#[cfg(feature = "ssr")]
pub mod server;

/// Wakes the islands of a page in the browser.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
