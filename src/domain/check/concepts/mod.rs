//! What a text speaks of: words for what is measured, and which of them an indicator needs.

mod find;
mod needs;
mod words;

pub use find::find;
pub use needs::Needs;
pub use words::Concept;
