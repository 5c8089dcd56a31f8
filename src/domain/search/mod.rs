//! One box over everything, in both languages: words by their stems and beginnings, scripts without blanks by pairs of letters, names as
//! they are pronounced, the field's synonyms, and figures by their values and what they are of. What matched is shown and marked.

pub mod excerpt;
pub mod model;
pub mod observations;
pub mod quantity;
pub mod store;
