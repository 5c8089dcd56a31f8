//! Parameters of operations.

use utoipa::openapi::{
    Required,
    path::{Parameter as OpenApiParameter, ParameterBuilder, ParameterIn},
    schema::{AnyOfBuilder, ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type},
};

use super::{
    super::{
        nouns::Parameter,
        paging::{self, UPDATED_AFTER},
    },
    schemas::{day, integer, string},
};
use crate::{domain::listing::parameter::Takes, text::query};

pub(super) fn own(parameter: &Parameter) -> OpenApiParameter {
    common(parameter.name, schema_of(parameter), parameter.about)
}

/// Returns the schema of a parameter.
pub fn schema_of(parameter: &Parameter) -> Schema {
    match &parameter.takes {
        Takes::Text => ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(query::MAX_TEXT_LENGTH))
            .into(),
        Takes::Id(_) => string(),
        Takes::Ids(_) => ArrayBuilder::new()
            .items(ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)))
            .into(),
        Takes::Year => integer(1000, 9999),
        Takes::Day => day(),
        Takes::State => ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^([1-9][0-9]*|[0-9]{4}-[0-9]{2}-[0-9]{2})$"))
            .into(),
        Takes::Month => ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(r"^[1-9][0-9]{3}-(0[1-9]|1[0-2])$"))
            .into(),
        Takes::Words(words) => ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(words.iter().copied()))
            .default(parameter.default.map(Into::into))
            .into(),
        Takes::Currency => ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[A-Z]{3}$")).into(),
    }
}

pub(super) fn common(name: &str, schema: Schema, about: &str) -> OpenApiParameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(about))
        .schema(Some(schema))
        .build()
}

pub(super) fn limit(about: &str) -> OpenApiParameter {
    common("limit", integer(1, paging::MAX as i64), about)
}

pub(super) fn after() -> OpenApiParameter {
    common(
        "after",
        string(),
        "Cursor: the key of the last row of the previous page. Follow the address in meta.next instead of building one.",
    )
}

pub(super) fn history() -> OpenApiParameter {
    let words = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["false", "true"]));
    common(
        "include_history",
        words.into(),
        "Every version of each row, with the revisions in which it was valid, paginated; default: false. Filters of a list select \
         the rows by their state in the requested revision; for observations they select the versions themselves.",
    )
}

pub(super) fn updated_after() -> OpenApiParameter {
    let moment = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)));
    common(
        UPDATED_AFTER,
        AnyOfBuilder::new().item(day()).item(moment).build().into(),
        "Only rows whose current version was published after this day (in China) or this time (RFC 3339); with include_history, only \
         versions published after it. Withdrawn rows are in the list of changes.",
    )
}

pub(super) fn as_of() -> OpenApiParameter {
    let state = ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some("^([1-9][0-9]{0,5}|[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))$"));
    common(
        "as_of",
        state.into(),
        "Revision of the data: its number, or a day at whose end it was the newest.",
    )
}

pub(super) fn known_on() -> OpenApiParameter {
    common("known_on", day(), "Only rows whose source had been published by this day.")
}

pub(super) fn lang() -> OpenApiParameter {
    let words = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["en", "zh"]));
    common("lang", words.into(), "Language of names and texts; default: English.")
}
