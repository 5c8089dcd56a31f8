//! Resources: documents that an assistant may read whole.

use rmcp::model::{ReadResourceResult, Resource, ResourceContents};
use serde_json::Value;

/// URI, name, description and address of each.
const RESOURCES: [(&str, &str, &str, &str); 3] = [
    (
        "observatory://dictionary",
        "Data dictionary",
        "Every table of the data set with its columns, types and meanings (Data Package).",
        "/en/data/datapackage.json",
    ),
    (
        "observatory://revisions",
        "Revisions",
        "Published revisions of the data: number, day, note, content hash.",
        "/api/v1/revisions",
    ),
    (
        "observatory://api",
        "API document",
        "OpenAPI document of the API that the tools ask.",
        "/api/openapi.json",
    ),
];

const JSON: &str = "application/json";

/// Returns the description of every resource.
pub fn all() -> Vec<Resource> {
    let described = |(uri, name, about, _): (&str, &str, &str, &str)| {
        Resource::new(uri, name).with_description(about).with_mime_type(JSON)
    };
    RESOURCES.map(described).into()
}

/// Returns the address within the site of a resource.
pub fn address(uri: &str) -> Option<&'static str> {
    RESOURCES.iter().find(|(known, ..)| *known == uri).map(|(.., address)| *address)
}

/// Returns the contents of a resource.
pub fn contents(uri: &str, answer: &Value) -> ReadResourceResult {
    ReadResourceResult::new(vec![ResourceContents::text(answer.to_string(), uri).with_mime_type(JSON)])
}
