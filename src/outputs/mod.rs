//! Outputs: everything that leaves the site other than pages: files, the data set, the API, SDMX, feeds, embeds.

pub mod api;
pub mod dataset;
pub mod embed;
pub mod feeds;
pub mod files;
pub mod request_context;
pub mod sdmx;
