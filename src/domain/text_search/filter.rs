//! Which rows of a list have the words that a reader types above it.

use super::terms::Terms;
use crate::{
    domain::listing::{Index, IndexEntry, TextMatches},
    error::AppError,
};

/// The words of a text with their synonyms, as they are looked for in lines of names ([`crate::text::words::line`]); none where there is
/// nothing in it to look for.
pub fn needles(text: &str) -> Option<Vec<Vec<String>>> {
    Terms::parse(text).map(|terms| terms.needles())
}

/// Those that have every word of a text; all of them without one. `with_term` reads the ids of those that have one term.
pub async fn found<Row, Reads>(
    entries: &Index<Row>,
    text: Option<&str>,
    with_term: impl Fn(String) -> Reads,
) -> Result<TextMatches, AppError>
where
    Row: IndexEntry,
    Reads: Future<Output = sqlx::Result<Vec<String>>>,
{
    let mut found = TextMatches::ALL;
    let Some(text) = text else { return Ok(found) };
    // A text without a word in it is in no row.
    let Some(terms) = Terms::parse(text) else { return Ok(entries.with([])) };
    for part in terms.parts() {
        found = found.and(entries.with(with_term(part).await?));
    }
    Ok(found)
}
