//! The data set described for catalogues of other sites: DCAT-AP 3 (Turtle and JSON-LD) and Croissant 1.1.

mod croissant;
mod dcat;
mod jsonld;
pub mod names;
pub mod routes;
pub mod store;
mod triples;
mod turtle;
