//! Outputs: everything the site serves apart from pages: files, the data set, catalogues, the API, Parquet, SDMX, feeds, embeds and subscriptions.

pub mod api;
pub mod backup;
pub mod brief;
pub mod catalogue;
pub mod dataset;
pub mod embed;
pub mod feeds;
pub mod files;
pub mod link_header;
pub mod markdown;
pub mod mcp;
pub mod memento;
pub mod parquet;
pub mod request_context;
pub mod sdmx;
pub mod signposts;
pub mod since;
pub mod subscriptions;
