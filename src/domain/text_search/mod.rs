//! Search terms: how typed text becomes terms, their synonyms, and which rows of a list match them.

pub mod filter;
pub mod synonyms;
pub mod terms;
