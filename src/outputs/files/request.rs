//! Options of a file: parameters in addition to those of the page.

use super::Scope;
use crate::{
    error::QueryError,
    text::query::{self, Query},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOptions {
    /// Whether a CSV begins with a byte order mark: spreadsheets need it, programs do not want it.
    pub mark: bool,
    /// Whether columns have their stable names instead of labels in the page's language.
    pub names: bool,
    pub scope: Scope,
    /// Noun of the requested table, where a page has several.
    pub table: Option<String>,
}

impl Default for FileOptions {
    fn default() -> Self {
        FileOptions { mark: true, names: false, scope: Scope::Shown, table: None }
    }
}

impl FileOptions {
    const BOM: [(&str, bool); 2] = [("0", false), ("1", true)];
    const HEADER: [(&str, bool); 2] = [("labels", false), ("names", true)];
    const SCOPE: [(&str, Scope); 2] = [("shown", Scope::Shown), ("all", Scope::All)];
    const PARAMETERS: [&str; 4] = ["bom", "header", "scope", "table"];

    /// Splits a query string into these options and the page's own query string.
    pub fn split(raw: &str) -> Result<(FileOptions, String), QueryError> {
        let query = Query::decode(raw);
        let take = FileOptions {
            mark: query.word("bom", &Self::BOM)?.unwrap_or(true),
            names: query.word("header", &Self::HEADER)?.unwrap_or_default(),
            scope: query.word("scope", &Self::SCOPE)?.unwrap_or_default(),
            table: query.id("table")?,
        };
        let rest = Self::PARAMETERS.iter().fold(raw.to_owned(), |raw, name| query::without(&raw, name));
        Ok((take, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_its_own_is_left_to_the_page() {
        let (take, rest) = FileOptions::split("?bom=0&kind=paid&scope=all&header=names&q=a+b").unwrap();
        assert_eq!(take, FileOptions { mark: false, names: true, scope: Scope::All, table: None });
        assert_eq!(rest, "kind=paid&q=a+b");
        assert_eq!(FileOptions::split("bom=2").unwrap_err().parameter, "bom");
    }
}
