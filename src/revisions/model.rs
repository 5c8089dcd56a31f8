//! What is known about a revision.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One published state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// From 1.
    pub number: i32,
    pub published_at: DateTime<Utc>,
    /// What it is about, in the words of whoever published it.
    pub note: Option<String>,
    /// SHA-256 of the content in 64 hex digits, the same for any order of the rows.
    pub content_hash: String,
}

/// What a revision did to one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableChange {
    /// As in the schema: `observation`, `program` …
    pub table: String,
    pub added: i32,
    pub changed: i32,
    pub removed: i32,
}
