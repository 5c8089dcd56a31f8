//! The public API, `/api/v1`: every noun as a list and one by one, with the filters of the pages, for programs.
//!
//! Promises: names of fields are stable within v1; an unknown parameter is an error that names it (RFC 9457), never ignored; with
//! `as_of` the answer is the same for ever; anyone may call it from anywhere. The document that describes it is made from the same
//! list of columns as the answers, so that they cannot differ.

mod answer;
mod document;
mod history;
pub mod nouns;
mod routes;
pub mod search;
mod store;

pub use routes::routes;
