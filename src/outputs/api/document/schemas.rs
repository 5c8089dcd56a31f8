//! Schemas of rows and answers.

use utoipa::openapi::{
    Ref, RefOr,
    schema::{ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type},
};

use super::super::{check::CHECK, nouns::Resource};
use crate::{
    domain::table::{ColumnSchema, ColumnType},
    text::Locale,
};

/// Returns the name of a noun as a schema name: `programs` becomes `Programs`.
pub(super) fn schema_name(resource: &Resource) -> String {
    let mut name = resource.name.to_owned();
    name[..1].make_ascii_uppercase();
    name
}

/// Schema of a number of a checked text. Its candidates are observations, as that list gives them.
pub(super) fn claim() -> Schema {
    let mut object = ObjectBuilder::new().description(Some(CHECK.about));
    for column in &(CHECK.schema)().columns {
        let schema = match column.name {
            "candidates" => rows_of("Observations").into(),
            _ => RefOr::T(field(column)),
        };
        object = object.property(column.name, schema).required(column.name);
    }
    object.into()
}

/// Schema of a search response.
pub(super) fn found() -> Schema {
    let texts = ArrayBuilder::new()
        .items(ObjectBuilder::new().schema_type(Type::String))
        .description(Some("Suggested texts with results, where nothing was found."));
    ObjectBuilder::new()
        .property("meta", Ref::from_schema_name("Meta"))
        .required("meta")
        .property("data", rows_of("Search"))
        .required("data")
        .property("figures", rows_of("Observations"))
        .required("figures")
        .property("did_you_mean", texts)
        .required("did_you_mean")
        .into()
}

pub(super) fn string() -> Schema {
    ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).into()
}

pub(super) fn integer(least: i64, most: i64) -> Schema {
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(least as f64))
        .maximum(Some(most as f64))
        .into()
}

pub(super) fn day() -> Schema {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
        .into()
}

/// Schema of a row: every column is present, and null where nothing is known.
pub(super) fn row(resource: &Resource) -> Schema {
    let noun = (resource.schema)();
    let mut object = ObjectBuilder::new().description(Some(resource.about));
    for column in &noun.columns {
        object = object.property(column.name, field(column)).required(column.name);
    }
    object.into()
}

pub(super) fn field(column: &ColumnSchema) -> Schema {
    let about = match column.explained(Locale::En) {
        Some(about) => format!("{}. {about}", column.label(Locale::En)),
        None => format!("{}.", column.label(Locale::En)),
    };
    let or_null = |kind| SchemaType::from_iter([kind, Type::Null]);
    match column.kind {
        ColumnType::Ids => {
            let id = ObjectBuilder::new().schema_type(Type::String);
            ArrayBuilder::new().items(id).description(Some(about)).into()
        }
        kind => {
            let kind_of = match kind {
                ColumnType::Number => Type::Number,
                ColumnType::Integer => Type::Integer,
                ColumnType::YesNo => Type::Boolean,
                _ => Type::String,
            };
            let format = match kind {
                ColumnType::Day => Some(SchemaFormat::KnownFormat(KnownFormat::Date)),
                _ => None,
            };
            ObjectBuilder::new().schema_type(or_null(kind_of)).format(format).description(Some(about)).into()
        }
    }
}

pub(super) fn rows_of(name: &str) -> Schema {
    ArrayBuilder::new().items(Ref::from_schema_name(name)).into()
}

pub(super) fn list_of(name: &str) -> Schema {
    ObjectBuilder::new()
        .property("meta", Ref::from_schema_name("Meta"))
        .required("meta")
        .property("data", rows_of(name))
        .required("data")
        .into()
}

pub(super) fn one_of(name: &str) -> Schema {
    let linked = ObjectBuilder::new()
        .additional_properties(Some(ArrayBuilder::new().items(ObjectBuilder::new())))
        .description(Some("Rows linked to it, by the list that they are in."));
    ObjectBuilder::new()
        .property("meta", Ref::from_schema_name("Meta"))
        .required("meta")
        .property("data", rows_of(name))
        .required("data")
        .property("linked", linked)
        .required("linked")
        .into()
}

pub(super) fn history_of(name: &str) -> Schema {
    let held = |about: &str, null: bool| {
        let kinds = if null { vec![Type::Integer, Type::Null] } else { vec![Type::Integer] };
        ObjectBuilder::new().schema_type(SchemaType::from_iter(kinds)).description(Some(about))
    };
    let moment = |null: bool| {
        let kinds = if null { vec![Type::String, Type::Null] } else { vec![Type::String] };
        ObjectBuilder::new()
            .schema_type(SchemaType::from_iter(kinds))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .description(Some("When that revision was published: UTC, RFC 3339."))
    };
    let version = ObjectBuilder::new()
        .property("valid_from", held("First revision in which the version was valid.", false))
        .required("valid_from")
        .property("valid_from_published_at", moment(false))
        .required("valid_from_published_at")
        .property(
            "valid_to",
            held("First revision in which the version was no longer valid; null while it is valid.", true),
        )
        .required("valid_to")
        .property("valid_to_published_at", moment(true))
        .required("valid_to_published_at")
        .property("row", Ref::from_schema_name(name))
        .required("row");
    let next = ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .description(Some("The address of the next page; null on the last."));
    let meta = ObjectBuilder::new()
        .property("noun", string())
        .required("noun")
        .property("next", next)
        .required("next")
        .property("as_of", integer(1, i64::from(i32::MAX)))
        .required("as_of");
    ObjectBuilder::new()
        .property("meta", meta)
        .required("meta")
        .property("data", ArrayBuilder::new().items(version))
        .required("data")
        .into()
}

pub(super) fn meta() -> Schema {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let count = || ObjectBuilder::new().schema_type(Type::Integer);
    let next = ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .description(Some("The address of the next page; null on the last."));
    ObjectBuilder::new()
        .property("noun", text())
        .property("total", count().description(Some("Number of matching rows on all pages together.")))
        .property("next", next)
        .property("as_of", count().description(Some("Revision that the rows belong to.")))
        .property(
            "known_on",
            text().description(Some(
                "The day of which the call asks what was known; absent without `known_on`.",
            )),
        )
        .property("published_on", text())
        .property("language", text())
        .property("licence", text())
        .property("licence_url", text())
        .required("noun")
        .required("total")
        .required("next")
        .required("as_of")
        .into()
}

pub(super) fn problem() -> Schema {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    ObjectBuilder::new()
        .description(Some("Problem details: the error, its location and the remedy (RFC 9457)."))
        .property("type", text())
        .property("title", text())
        .property("status", ObjectBuilder::new().schema_type(Type::Integer))
        .property("detail", text())
        .property("instance", text())
        .property("parameter", text())
        .property("value", text())
        .required("title")
        .required("status")
        .into()
}
