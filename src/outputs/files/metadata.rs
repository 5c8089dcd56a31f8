//! Machine-readable metadata of the rows: the site's own description, CSV on the Web, and a Frictionless data package.

use serde_json::{Value, json};

use super::{
    Citation, CitationFormat, ExportDocument, LICENCE, LICENCE_ADDRESS, Provenance, attribution, facts, site,
};
use crate::{
    domain::table::{ColumnSchema, ColumnType, Table},
    text::Locale,
};

/// Returns the site's own description of a page's rows.
pub fn metadata(document: &ExportDocument, provenance: &Provenance) -> Vec<u8> {
    let locale = document.locale;
    let citation = Citation::of(document, provenance);
    let tables: Vec<&Table> = document.tables.iter().collect();
    let facts: serde_json::Map<String, Value> = facts(document, &tables, provenance)
        .into_iter()
        .map(|(name, fact)| (name.to_owned(), fact.into()))
        .collect();
    let chosen: Vec<Value> =
        document.pairs.iter().map(|(name, value)| json!({ "parameter": name, "value": value })).collect();
    let document = json!({
        "title": document.title,
        "description": document.description,
        "language": locale.tag(),
        "page": provenance.absolute(&document.live()),
        "frozen_page": provenance.frozen(&document.live()),
        "as_of": provenance.revision,
        "known_on": provenance.known_on,
        "published_on": provenance.published_on.to_string(),
        "chosen": chosen,
        "period": document.period().map(|(first, last)| json!({ "first_day": first, "last_day": last })),
        "licence": { "name": LICENCE, "url": LICENCE_ADDRESS, "attribution": attribution(locale, provenance.revision) },
        "citation": {
            "short": citation.written(CitationFormat::Short),
            "full": citation.written(CitationFormat::Full),
            "gbt7714": citation.written(CitationFormat::Gbt2015),
            "gbt7714_2025": citation.written(CitationFormat::Gbt2025),
        },
        "facts": facts,
        "definitions": document.definitions.iter().map(|(word, meaning)| json!({ "word": word, "meaning": meaning })).collect::<Vec<_>>(),
        "tables": tables.iter().map(|table| described(table, locale)).collect::<Vec<_>>(),
        "sources": sources(document),
    });
    pretty(&document)
}

fn described(table: &Table, locale: Locale) -> Value {
    let columns = table.schema.columns.iter().map(|column| {
        json!({
            "name": column.name,
            "label": column.label(locale),
            "type": schema_type(column.kind),
            "description": column.explained(locale),
        })
    });
    json!({
        "noun": table.schema.name,
        "label": table.schema.label(locale),
        "rows": table.rows.len(),
        "key": table.schema.key,
        "columns": columns.collect::<Vec<_>>(),
    })
}

fn sources(document: &ExportDocument) -> Vec<Value> {
    let source = |credit: &super::Credit| {
        json!({
            "id": credit.id,
            "title": credit.title,
            "publisher": credit.publisher(document.locale),
            "published_on": credit.published_on.map(|date| date.to_string()),
            "path": credit.url,
        })
    };
    document.credits.iter().map(source).collect()
}

/// Returns the Frictionless name of a type; there, a date of which only the year is known is not a date.
fn schema_type(kind: ColumnType) -> &'static str {
    match kind {
        ColumnType::Number => "number",
        ColumnType::Integer => "integer",
        ColumnType::Day => "date",
        ColumnType::YesNo => "boolean",
        ColumnType::Id
        | ColumnType::Word
        | ColumnType::Text
        | ColumnType::Date
        | ColumnType::Url
        | ColumnType::Ids => "string",
    }
}

/// Returns the `datapackage.json` of a folder with these tables as `{schema}.csv`, with stable names and without byte
/// order mark.
pub fn frictionless(
    document: &ExportDocument,
    tables: &[(String, &Table)],
    provenance: &Provenance,
) -> Vec<u8> {
    let locale = document.locale;
    let field = |column: &ColumnSchema| {
        let mut field =
            json!({ "name": column.name, "title": column.label(locale), "type": schema_type(column.kind) });
        if let Some(text) = column.explained(locale) {
            field["description"] = text.into();
        }
        field
    };
    let resource = |(path, table): &(String, &Table)| {
        json!({
            "name": table.schema.name,
            "title": table.schema.label(locale),
            "path": path,
            "scheme": "file",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": { "lineTerminator": "\r\n" },
            "schema": {
                "fields": table.schema.columns.iter().map(field).collect::<Vec<_>>(),
                "primaryKey": table.schema.key,
                "missingValues": [""],
            },
        })
    };
    let document = json!({
        "name": document.stem(provenance),
        "title": document.title,
        "description": document.description,
        "homepage": provenance.frozen(&document.live()),
        "version": provenance.revision.to_string(),
        "created": format!("{}T00:00:00Z", provenance.published_on),
        "licenses": [{ "name": "CC-BY-4.0", "title": LICENCE, "path": LICENCE_ADDRESS }],
        "contributors": [{ "title": site(locale), "path": provenance.origin, "role": "publisher" }],
        "sources": sources(document).into_iter().map(|source| json!({ "title": source["title"], "path": source["path"] })).collect::<Vec<_>>(),
        "resources": tables.iter().map(resource).collect::<Vec<_>>(),
    });
    pretty(&document)
}

/// Returns the CSV on the Web metadata (W3C) of `file`, a table with labels in the header.
pub fn csvw(document: &ExportDocument, table: &Table, file: &str, provenance: &Provenance) -> Vec<u8> {
    let locale = document.locale;
    let datatype = |kind| match kind {
        ColumnType::Number => json!("decimal"),
        ColumnType::Integer => json!("integer"),
        ColumnType::Day => json!("date"),
        ColumnType::YesNo => json!("boolean"),
        ColumnType::Url => json!("anyURI"),
        ColumnType::Id | ColumnType::Word | ColumnType::Text | ColumnType::Date | ColumnType::Ids => {
            json!("string")
        }
    };
    let column = |column: &ColumnSchema| {
        let mut described = json!({
            "name": column.name,
            // In the language that the JSON-LD context names.
            "titles": [column.label(locale), column.name],
            "datatype": datatype(column.kind),
        });
        if column.kind == ColumnType::Ids {
            described["separator"] = ";".into();
        }
        if let Some(text) = column.explained(locale) {
            described["dc:description"] = text.into();
        }
        described
    };
    let document = json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": locale.tag() }],
        "url": provenance.absolute(file),
        "dc:title": document.title,
        "dc:description": document.description,
        "dc:license": { "@id": LICENCE_ADDRESS },
        "dc:publisher": site(locale),
        "dc:modified": { "@value": provenance.published_on.to_string(), "@type": "xsd:date" },
        "dialect": { "encoding": "utf-8", "header": true, "delimiter": ",", "quoteChar": "\"" },
        "tableSchema": {
            "columns": table.schema.columns.iter().map(column).collect::<Vec<_>>(),
            "primaryKey": table.schema.key,
        },
    });
    pretty(&document)
}

fn pretty(document: &Value) -> Vec<u8> {
    format!("{document:#}\n").into_bytes()
}
