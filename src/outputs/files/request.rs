//! Options of a file: parameters in addition to those of the page.

use super::RowScope;
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
    /// Whether columns of text are given in both languages.
    pub both: bool,
    pub scope: RowScope,
    /// Noun of the requested table, where a page has several.
    pub table: Option<String>,
}

impl Default for FileOptions {
    fn default() -> Self {
        FileOptions { mark: true, names: false, both: false, scope: RowScope::Shown, table: None }
    }
}

impl FileOptions {
    const BOM: [(&str, bool); 2] = [("0", false), ("1", true)];
    const HEADER: [(&str, bool); 2] = [("labels", false), ("names", true)];
    const LABELS: [(&str, bool); 2] = [("one", false), ("both", true)];
    const SCOPE: [(&str, RowScope); 2] = [("shown", RowScope::Shown), ("all", RowScope::All)];
    const PARAMETERS: [&str; 4] = ["bom", "header", "labels", "table"];

    /// Returns whether texts are requested in both languages.
    pub fn labels(query: &Query) -> Result<bool, QueryError> {
        Ok(query.word("labels", &Self::LABELS)?.unwrap_or_default())
    }

    /// Splits a query string into these options and the page's own query string.
    pub fn split(raw: &str) -> Result<(FileOptions, String), QueryError> {
        let query = Query::decode(raw);
        // Lists have a filter of the same name with other words.
        let scope =
            |value: &str| Self::SCOPE.iter().find(|(word, _)| *word == value).map(|(_, scope)| *scope);
        let scopes = query.all("scope");
        let take = FileOptions {
            mark: query.word("bom", &Self::BOM)?.unwrap_or(true),
            names: query.word("header", &Self::HEADER)?.unwrap_or_default(),
            both: FileOptions::labels(&query)?,
            scope: scopes.into_iter().filter_map(scope).next().unwrap_or_default(),
            table: query.id("table")?,
        };
        let rest = Self::PARAMETERS.iter().fold(raw.to_owned(), |raw, name| query::without(&raw, name));
        let rest = query::without_pairs(&rest, |name, value| name == "scope" && scope(value).is_some());
        Ok((take, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_its_own_is_left_to_the_page() {
        let (take, rest) =
            FileOptions::split("?bom=0&kind=paid&scope=all&header=names&labels=both&q=a+b").unwrap();
        let expected =
            FileOptions { mark: false, names: true, both: true, scope: RowScope::All, table: None };
        assert_eq!(take, expected);
        assert_eq!(rest, "kind=paid&q=a+b");
        let (take, rest) = FileOptions::split("scope=general&scope=all").unwrap();
        assert_eq!((take.scope, rest.as_str()), (RowScope::All, "scope=general"));
        assert_eq!(FileOptions::split("bom=2").unwrap_err().parameter, "bom");
    }
}
