//! Public API, `/api/v1`: every noun as a list and row by row, with the filters of the pages, for programs.
//!
//! Promises: field names are stable within v1; an unknown parameter is an error that names it (RFC 9457) and is never
//! ignored; with `as_of` the response never changes; any origin may call it. The OpenAPI document is generated from the
//! same list of columns as the responses, so the two cannot differ.

mod answer;
pub mod check;
pub mod document;
mod history;
pub mod nouns;
mod paging;
mod response;
mod routes;
mod rows;
pub mod search;
pub mod store;

pub use paging::updated_after;
pub use routes::routes;
