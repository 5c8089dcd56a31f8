//! Text search: parses typed text into terms with synonyms, selects the rows of a list that match them, and suggests spellings.

pub mod filter;
pub mod synonyms;
pub mod terms;
