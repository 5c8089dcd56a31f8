//! The Micro-Drama Observatory.
//!
//! The modules form layers, each of which depends only on the layers before it (checked by `tests/it/architecture.rs`). With the feature
//! `ssr` the crate is the server. With `hydrate` it is the script of a page: the islands only, without the pages around them.

// The view types of a whole page nest deep.
#![recursion_limit = "256"]

pub mod text;

pub mod islands;

#[cfg(feature = "ssr")]
pub mod charts;

#[cfg(feature = "ssr")]
pub mod config;
#[cfg(feature = "ssr")]
pub mod error;

#[cfg(feature = "ssr")]
pub mod db;

#[cfg(feature = "ssr")]
pub mod domain;

#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod import;

#[cfg(feature = "ssr")]
pub mod loaders;

#[cfg(feature = "ssr")]
pub mod outputs;

#[cfg(feature = "ssr")]
pub mod pages;

#[cfg(feature = "ssr")]
pub mod server;

#[cfg(feature = "ssr")]
pub mod commands;

/// Allocator of the browser half: a page allocates little, and this one is a tenth of the standard one.
#[cfg(all(feature = "hydrate", target_arch = "wasm32"))]
#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());

/// Hydrates the islands of a page in the browser.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
