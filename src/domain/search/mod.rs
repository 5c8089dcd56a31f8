//! Site-wide search in both languages: words by stem and prefix, scripts without spaces by bigrams, names by pronunciation, synonyms of the
//! field, and observations by value and subject. Matches are shown and marked.

pub mod excerpt;
pub mod model;
pub mod observations;
pub mod quantity;
pub mod store;
pub mod suggestions;
