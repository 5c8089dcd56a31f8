//! Code snippets that load the rows of a page into other programs.

use crate::outputs::files::ExportDocument;
use serde::{Deserialize, Serialize};

/// Snippet for one tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    pub tool: String,
    pub code: String,
}

pub fn of(document: &ExportDocument, provenance: &crate::outputs::files::Provenance) -> Vec<Snippet> {
    use crate::text::query;

    let plain = query::with(&query::with(&document.live_file("data.csv"), "bom", "0"), "header", "names");
    let csv = provenance.frozen(&plain);
    let mut snippets = Vec::new();
    let mut snippet = |tool: &str, code: String| snippets.push(Snippet { tool: tool.to_owned(), code });
    if let Some(api) = api_address(document) {
        snippet("API", provenance.frozen(&api));
        snippet(
            "curl",
            format!("curl -H 'Accept: application/json' {}", quoted::shell(&provenance.frozen(&api))),
        );
    } else {
        snippet("curl", format!("curl -o data.csv {}", quoted::shell(&csv)));
    }
    snippet(
        "Python (pandas)",
        format!("import pandas as pd\n\nrows = pd.read_csv({})", quoted::script(&csv)),
    );
    let parquet = provenance.frozen(&document.live_file("data.parquet"));
    snippet("DuckDB", format!("select * from read_parquet({})", quoted::sql(&parquet)));
    let json = provenance.frozen(&document.live_file("data.json"));
    snippet(
        "JavaScript",
        format!(
            "const answer = await fetch({});\nconst {{ data: rows }} = await answer.json();",
            quoted::script(&json)
        ),
    );
    snippet("R", format!("rows <- read.csv({}, encoding = \"UTF-8\")", quoted::script(&csv)));
    snippet("Google Sheets", format!("=IMPORTDATA({})", quoted::formula(&csv)));
    snippet(
        "Excel (Power Query)",
        format!(
            "= Table.PromoteHeaders(Csv.Document(Web.Contents({}), [Delimiter = \",\", Encoding = 65001]))",
            quoted::formula(&csv)
        ),
    );
    snippets
}

/// String literals for each target language, with quotation marks.
mod quoted {
    /// Quotes for a POSIX shell.
    pub fn shell(text: &str) -> String {
        format!("'{}'", text.replace('\'', "'\\''"))
    }

    /// Quotes for SQL.
    pub fn sql(text: &str) -> String {
        format!("'{}'", text.replace('\'', "''"))
    }

    /// Quotes for Python, JavaScript and R.
    pub fn script(text: &str) -> String {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }

    /// Quotes for spreadsheet formulas. In Power Query `#(` begins an escape; an address has it percent-encoded.
    pub fn formula(text: &str) -> String {
        format!("\"{}\"", text.replace('"', "\"\"").replace("#(", "%23("))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn no_text_leaves_its_quotation_marks() {
            assert_eq!(shell("a'; rm -r ~ #"), r"'a'\''; rm -r ~ #'");
            assert_eq!(sql("a'; drop"), "'a''; drop'");
            assert_eq!(script(r#"a", b\"#), r#""a\", b\\""#);
            assert_eq!(formula("a\"&x#(lf)"), "\"a\"\"&x%23(lf)\"");
        }
    }
}

/// Returns the API address of the same rows, if there is one.
pub fn api_address(document: &crate::outputs::files::ExportDocument) -> Option<String> {
    use crate::{domain::registry::SinglePage, text::query};

    let lang = ("lang", document.locale.segment().to_owned());
    let segments: Vec<&str> = document.path.split('/').filter(|segment| !segment.is_empty()).collect();
    SinglePage::at(&segments).is_none().then(|| {
        let pairs = document.pairs.iter().cloned().chain([lang]);
        query::href(&format!("/api/v1/{}", document.path), pairs)
    })
}
