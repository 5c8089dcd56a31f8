//! Description of the data set by version 2 of the Data Package standard (<https://datapackage.org>), from the specification that the import
//! validates against. Version 1 has its own address, because its readers do not know this one.

use serde_json::{Value, json};

use crate::{
    domain::revisions::Snapshot,
    import::spec::{CellKind, ColumnSpec, FILES, File},
    outputs::files::{LICENCE, LICENCE_ADDRESS, site},
    text::Locale,
};

/// Name of the description, in the archive and as an address.
pub const NAME: &str = "datapackage-2.json";

const PACKAGE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const RESOURCE: &str = "https://datapackage.org/profiles/2.0/dataresource.json";
const SCHEMA: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

/// Describes the data set; `path` returns where a file is, relative to the description.
pub fn describe(snapshot: &Snapshot, path: impl Fn(&File) -> String) -> Value {
    json!({
        "$schema": PACKAGE,
        "name": "micro-drama-observatory",
        "title": "Micro-Drama Observatory: China’s micro-drama industry and Pudong",
        "version": snapshot.at.revision.to_string(),
        "created": snapshot.published_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        "licenses": [{ "name": "CC-BY-4.0", "title": LICENCE, "path": LICENCE_ADDRESS }],
        "contributors": [{ "title": site(Locale::En), "roles": ["creator"] }],
        "resources": FILES.iter().map(|file| resource(file, path(file))).collect::<Vec<_>>(),
    })
}

fn resource(file: &File, path: String) -> Value {
    let references = file.columns.iter().filter_map(|column| match column.kind {
        CellKind::To(other) => Some(json!({
            "fields": [column.name],
            "reference": { "resource": other.file().stem(), "fields": ["id"] },
        })),
        _ => None,
    });
    json!({
        "$schema": RESOURCE,
        "name": file.stem(),
        "type": "table",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "$schema": SCHEMA,
            "fields": file.columns.iter().map(field).collect::<Vec<_>>(),
            "primaryKey": file.key,
            "foreignKeys": references.collect::<Vec<_>>(),
            "missingValues": [""],
        },
    })
}

fn field(column: &ColumnSpec) -> Value {
    let mut field = json!({ "name": column.name });
    let mut constraints = json!({});
    if column.required {
        constraints["required"] = true.into();
    }
    field["type"] = match column.kind {
        CellKind::Number => "number".into(),
        CellKind::Day => "date".into(),
        CellKind::YesNo | CellKind::Yes => {
            field["trueValues"] = json!(["yes"]);
            field["falseValues"] = json!(["no"]);
            "boolean".into()
        }
        CellKind::List | CellKind::Words(_) | CellKind::Many(_) => {
            field["delimiter"] = ";".into();
            field["itemType"] = "string".into();
            "list".into()
        }
        CellKind::Word(words) => {
            constraints["enum"] = words.into();
            "string".into()
        }
        CellKind::Date => {
            constraints["pattern"] = r"\d{4}(-\d{2}(-\d{2})?)?".into();
            "string".into()
        }
        CellKind::Id
        | CellKind::Text
        | CellKind::Url
        | CellKind::To(_)
        | CellKind::Currency
        | CellKind::Language
        | CellKind::Unit => "string".into(),
    };
    field["constraints"] = constraints;
    field
}
