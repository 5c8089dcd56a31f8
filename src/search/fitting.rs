//! Which rows of a list have the words that a reader types above it.

use super::store;
use crate::{
    error::AppError,
    listing::{Brief, Briefs, Found},
    revisions::Reading,
};

/// Those that have every word of a text; all of them without one. `with_term` reads the ids of those that have one term.
pub async fn found<Row, Reads>(
    reading: &Reading,
    briefs: &Briefs<Row>,
    text: Option<&str>,
    with_term: impl Fn(String) -> Reads,
) -> Result<Found, AppError>
where
    Row: Brief,
    Reads: Future<Output = sqlx::Result<Vec<String>>>,
{
    let mut found = Found::ALL;
    let Some(text) = text else { return Ok(found) };
    for term in store::parts(&reading.db, text).await? {
        found = found.and(briefs.with(with_term(term).await?));
    }
    Ok(found)
}
