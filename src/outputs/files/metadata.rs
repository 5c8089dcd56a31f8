//! What the rows are, for programs: the site's own description, CSV on the Web, and a Frictionless data package.

use serde_json::{Value, json};

use super::{Citation, Extract, Form, Imprint, LICENCE, LICENCE_ADDRESS, attribution, facts, site};
use crate::{
    domain::table::{Column, Kind, Table},
    text::Locale,
};

/// The description of a page's rows.
pub fn metadata(extract: &Extract, imprint: &Imprint) -> Vec<u8> {
    let locale = extract.locale;
    let citation = Citation::of(extract, imprint);
    let tables: Vec<&Table> = extract.tables.iter().collect();
    let facts: serde_json::Map<String, Value> = facts(extract, &tables, imprint)
        .into_iter()
        .map(|(name, fact)| (name.to_owned(), fact.into()))
        .collect();
    let chosen: Vec<Value> =
        extract.pairs.iter().map(|(name, value)| json!({ "parameter": name, "value": value })).collect();
    let document = json!({
        "title": extract.title,
        "description": extract.description,
        "language": locale.tag(),
        "page": imprint.absolute(&extract.live()),
        "frozen_page": imprint.frozen(&extract.live()),
        "as_of": imprint.revision,
        "published_on": imprint.published_on.to_string(),
        "chosen": chosen,
        "period": extract.period().map(|(first, last)| json!({ "first_day": first, "last_day": last })),
        "licence": { "name": LICENCE, "url": LICENCE_ADDRESS, "attribution": attribution(locale, imprint.revision) },
        "citation": {
            "short": citation.written(Form::Short),
            "full": citation.written(Form::Full),
            "gbt7714": citation.written(Form::Gbt7714),
        },
        "facts": facts,
        "definitions": extract.definitions.iter().map(|(word, meaning)| json!({ "word": word, "meaning": meaning })).collect::<Vec<_>>(),
        "tables": tables.iter().map(|table| described(table, locale)).collect::<Vec<_>>(),
        "sources": sources(extract),
    });
    pretty(&document)
}

fn described(table: &Table, locale: Locale) -> Value {
    let columns = table.noun.columns.iter().map(|column| {
        json!({
            "name": column.name,
            "label": column.label(locale),
            "type": schema_type(column.kind),
            "description": column.explained(locale),
        })
    });
    json!({
        "noun": table.noun.name,
        "label": table.noun.label(locale),
        "rows": table.rows.len(),
        "key": table.noun.key,
        "columns": columns.collect::<Vec<_>>(),
    })
}

fn sources(extract: &Extract) -> Vec<Value> {
    let source = |credit: &super::Credit| {
        json!({
            "id": credit.id,
            "title": credit.title,
            "publisher": credit.publisher,
            "published_on": credit.published_on.map(|date| date.to_string()),
            "path": credit.url,
        })
    };
    extract.credits.iter().map(source).collect()
}

/// Frictionless names of types; a date of which only the year is known is no date there.
fn schema_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "number",
        Kind::Integer => "integer",
        Kind::Day => "date",
        Kind::YesNo => "boolean",
        Kind::Id | Kind::Word | Kind::Text | Kind::Date | Kind::Url | Kind::Ids => "string",
    }
}

/// `datapackage.json` of a folder with these tables as `{noun}.csv`, with stable names and without byte order mark.
pub fn frictionless(extract: &Extract, tables: &[(String, &Table)], imprint: &Imprint) -> Vec<u8> {
    let locale = extract.locale;
    let field = |column: &Column| {
        let mut field =
            json!({ "name": column.name, "title": column.label(locale), "type": schema_type(column.kind) });
        if let Some(text) = column.explained(locale) {
            field["description"] = text.into();
        }
        field
    };
    let resource = |(path, table): &(String, &Table)| {
        json!({
            "name": table.noun.name,
            "title": table.noun.label(locale),
            "path": path,
            "scheme": "file",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": { "lineTerminator": "\r\n" },
            "schema": {
                "fields": table.noun.columns.iter().map(field).collect::<Vec<_>>(),
                "primaryKey": table.noun.key,
                "missingValues": [""],
            },
        })
    };
    let document = json!({
        "name": extract.stem(imprint),
        "title": extract.title,
        "description": extract.description,
        "homepage": imprint.frozen(&extract.live()),
        "version": imprint.revision.to_string(),
        "created": format!("{}T00:00:00Z", imprint.published_on),
        "licenses": [{ "name": "CC-BY-4.0", "title": LICENCE, "path": LICENCE_ADDRESS }],
        "contributors": [{ "title": site(locale), "path": imprint.origin, "role": "publisher" }],
        "sources": sources(extract).into_iter().map(|source| json!({ "title": source["title"], "path": source["path"] })).collect::<Vec<_>>(),
        "resources": tables.iter().map(resource).collect::<Vec<_>>(),
    });
    pretty(&document)
}

/// CSV on the Web (W3C): what `file`, a table with labels in the header, has in its columns.
pub fn csvw(extract: &Extract, table: &Table, file: &str, imprint: &Imprint) -> Vec<u8> {
    let locale = extract.locale;
    let datatype = |kind| match kind {
        Kind::Number => json!("decimal"),
        Kind::Integer => json!("integer"),
        Kind::Day => json!("date"),
        Kind::YesNo => json!("boolean"),
        Kind::Url => json!("anyURI"),
        Kind::Id | Kind::Word | Kind::Text | Kind::Date | Kind::Ids => json!("string"),
    };
    let column = |column: &Column| {
        let mut described = json!({
            "name": column.name,
            // In the language that the context names.
            "titles": [column.label(locale), column.name],
            "datatype": datatype(column.kind),
        });
        if column.kind == Kind::Ids {
            described["separator"] = ";".into();
        }
        if let Some(text) = column.explained(locale) {
            described["dc:description"] = text.into();
        }
        described
    };
    let document = json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": locale.tag() }],
        "url": imprint.absolute(file),
        "dc:title": extract.title,
        "dc:description": extract.description,
        "dc:license": { "@id": LICENCE_ADDRESS },
        "dc:publisher": site(locale),
        "dc:modified": { "@value": imprint.published_on.to_string(), "@type": "xsd:date" },
        "dialect": { "encoding": "utf-8", "header": true, "delimiter": ",", "quoteChar": "\"" },
        "tableSchema": {
            "columns": table.noun.columns.iter().map(column).collect::<Vec<_>>(),
            "primaryKey": table.noun.key,
        },
    });
    pretty(&document)
}

fn pretty(document: &Value) -> Vec<u8> {
    format!("{document:#}\n").into_bytes()
}
