//! SDMX, the standard by which statistical offices exchange data (ISO 17369): REST API 2 for the observations.
//!
//! One dataflow, `MDO:OBSERVATIONS(1.0)`. Structures and what data there are (availability) come as SDMX-JSON 2.0 and
//! SDMX-ML 2.1, data as SDMX-JSON 2.0 and SDMX-CSV 2.0.
//!
//! Promises: every observation has a key of its own; values are as stored; a request that the standard defines is
//! either answered as defined or refused with 501 and the reason; an unknown parameter is refused and named.

pub mod accept;
mod action;
mod artefact;
mod availability;
mod components;
mod condition;
mod csv;
mod format;
mod json;
mod key;
mod period;
mod query;
mod request;
mod routes;
mod select;
mod sets;
mod structure;
mod time;
mod version;
mod xml;

pub use query::DataQuery;
pub use routes::routes;
