//! Schema of the answers of tools.

use serde_json::{Value, json};

/// Schema of every answer.
pub fn output_schema() -> Value {
    let text = |about: &str| json!({ "type": "string", "description": about });
    let rows = |about: &str| json!({ "type": "array", "items": { "type": "object" }, "description": about });
    json!({
        "type": "object",
        "properties": {
            "quote": text("A sentence that may be quoted as it is."),
            "rows": rows("Rows, as the API has them, without empty cells. Figures have a `quote` each."),
            "figures": rows("Figures among the results of a search."),
            "linked": { "type": "object", "description": "Rows of other kinds that belong to the row." },
            "did_you_mean": { "type": "array", "items": { "type": "string" } },
            "citations": { "type": "object", "description": "Citation of the page in several styles." },
            "total": { "type": "integer", "description": "Number of all rows." },
            "shown": { "type": "integer", "description": "Number of rows in this answer." },
            "next": text("Value of the argument `after` for the next rows."),
            "more": text("Where the rest is."),
            "page": text("The page that shows the same to a reader. Link to it."),
            "as_of": { "type": "integer", "description": "The revision of the data." },
            "known_on": text("The day of which it was asked what was known."),
            "published_on": text("The day on which the revision was published."),
            "attribution": text("What to name as the source of compiled data; each row names its own source besides."),
            "licence": text("Licence of the compiled data."),
        },
        "required": ["as_of", "published_on", "attribution", "licence"],
    })
}
