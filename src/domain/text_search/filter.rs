//! Selection of the rows of a list that match the text typed above it.

use super::terms::Terms;
use crate::{
    domain::listing::{Index, IndexEntry, TextMatches},
    error::AppError,
};

/// Search words of a text with their synonyms, as they occur in lines of names ([`crate::text::words::line`]). `None` if the text has no
/// search words.
pub fn needles(text: &str) -> Option<Vec<Vec<String>>> {
    Terms::parse(text).map(|terms| terms.needles())
}

/// Finds the rows that match every term of a text, or all rows without a text. `with_term` reads the ids of the rows that match one term.
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
    // A text without any search word matches no row.
    let Some(terms) = Terms::parse(text) else { return Ok(entries.with([])) };
    for part in terms.parts() {
        found = found.and(entries.with(with_term(part).await?));
    }
    Ok(found)
}
