//! OpenAPI 3.1 document of the API, generated from the same nouns, parameters and columns as the responses.

use serde_json::json;
use utoipa::openapi::{
    ComponentsBuilder, ContactBuilder, Content, HttpMethod, InfoBuilder, LicenseBuilder, OpenApi,
    OpenApiBuilder, PathItem, PathsBuilder, Ref, RefOr, Required, Response, ResponseBuilder, Responses,
    ResponsesBuilder, ServerBuilder,
    path::{Operation, OperationBuilder, Parameter as OpenApiParameter, ParameterBuilder, ParameterIn},
    request_body::RequestBodyBuilder,
    schema::{
        AdditionalProperties, AnyOfBuilder, ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat,
        SchemaType, Type,
    },
};

use super::{
    check::CHECK,
    nouns::{self, NOUNS, Parameter, Resource, Rows},
    paging::{self, UPDATED_AFTER},
    search::{self, SEARCH},
};
use crate::{
    domain::{
        listing::parameter::Takes,
        registry::Noun,
        table::{ColumnSchema, ColumnType},
    },
    outputs::files::{LICENCE, LICENCE_ADDRESS},
    text::{Locale, query},
};

const ABOUT: &str = "Every figure, programme, subsidy, organization, event and source of the Micro-Drama Observatory.\n\n\
    * **States.** The data is published in numbered revisions, and nothing is ever overwritten. `as_of` (a revision's number, or a day) \
    asks for an older state, and the answer never changes. Every answer names its revision in `meta.as_of`.\n\
    * **What was known.** `known_on` (a day) leaves out every row whose source had not been published by that day, or whose day of publication \
    is not known; statuses are those of that day. The answer names the day in `meta.known_on`.\n\
    * **Strict.** An unknown parameter or value is refused and named, never ignored; an id that does not exist is 404.\n\
    * **Numbers** have every digit they are stored with. Read them as decimals.\n\
    * **Changes.** `/api/v1/changes` lists what revisions added, corrected (from and to, and why) and withdrew. `updated_after` on any other \
    list leaves the rows whose current version was published after a day or a time.\n\
    * **Pages.** A list has `limit` rows (100, at most 1000) and in `meta.next` the address of the next page, in the same revision.\n\
    * **Anyone may call it** from anywhere, without a key. ETags are honoured. HEAD works wherever GET does.";

/// Builds the whole document; `origin` is the origin of the API.
pub fn document(origin: &str) -> OpenApi {
    let mut paths = PathsBuilder::new();
    let mut components = ComponentsBuilder::new().schema("Problem", problem()).schema("Meta", meta());
    for resource in &NOUNS {
        let name = schema_name(resource);
        components = components
            .schema(name.clone(), row(resource))
            .schema(format!("{name}List"), list_of(&name))
            .schema(format!("{name}History"), history_of(&name));
        paths = paths.path(format!("/api/v1/{}", resource.name), get(list(resource)));
        if let Some(noun) = resource.noun() {
            components = components.schema(format!("{name}WithLinked"), one_of(&name));
            paths = paths.path(format!("/api/v1/{}/{{id}}", resource.name), get(one(resource, noun)));
        }
    }
    components = components.schema("Search", row(&SEARCH)).schema("SearchResults", found());
    paths = paths.path("/api/v1/search", get(searched()));
    components = components.schema("Claim", claim()).schema("Claims", list_of("Claim"));
    paths = paths.path("/api/v1/check", checked_both());
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Micro-Drama Observatory")
                .version("1")
                .description(Some(ABOUT))
                .license(Some(LicenseBuilder::new().name(LICENCE).url(Some(LICENCE_ADDRESS)).build()))
                .contact(Some(ContactBuilder::new().url(Some(format!("{origin}/en/about"))).build()))
                .build(),
        )
        .servers(Some([ServerBuilder::new().url(origin).build()]))
        .paths(paths.build())
        .components(Some(components.build()))
        .build()
}

fn get(operation: Operation) -> PathItem {
    PathItem::new(HttpMethod::Get, operation)
}

/// Returns the name of a noun as a schema name: `programs` becomes `Programs`.
fn schema_name(resource: &Resource) -> String {
    let mut name = resource.name.to_owned();
    name[..1].make_ascii_uppercase();
    name
}

fn list(resource: &Resource) -> Operation {
    let name = schema_name(resource);
    let mut parameters: Vec<OpenApiParameter> = (resource.parameters)().iter().map(own).collect();
    parameters.extend([limit("Rows per page; default: 100."), after(), as_of(), known_on(), lang()]);
    // Changes have no versions.
    if !matches!(resource.rows, Rows::Changes) {
        parameters.extend([history(), updated_after()]);
    }
    OperationBuilder::new()
        .operation_id(Some(format!("list_{}", resource.name)))
        .tag(resource.name)
        .summary(Some(resource.about))
        .parameters(Some(parameters))
        .responses(responses(&[format!("{name}List"), format!("{name}History")]))
        .build()
}

fn searched() -> Operation {
    let described = |parameter: &Parameter| match parameter.name {
        "q" => {
            let example = Some(json!("ReelShort revenue"));
            ParameterBuilder::from(own(parameter)).required(Required::True).example(example).build()
        }
        _ => own(parameter),
    };
    let mut parameters: Vec<OpenApiParameter> = (SEARCH.parameters)().iter().map(described).collect();
    let about = format!("Results per kind; default: {}.", search::EACH);
    parameters.extend([common("limit", integer(1, search::MAX), &about), as_of(), known_on(), lang()]);
    OperationBuilder::new()
        .operation_id(Some("search"))
        .tag(SEARCH.name)
        .summary(Some(SEARCH.about))
        .parameters(Some(parameters))
        .responses(responses(&["SearchResults".to_owned()]))
        .build()
}

fn checked() -> Operation {
    // How long a text may be is said in words: characters are counted without surrounding blanks and after composition, and the address
    // bounds them too.
    let text = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1));
    let about = (CHECK.parameters)().first().map_or("", |parameter| parameter.about);
    let text = ParameterBuilder::from(common("text", text.into(), about))
        .required(Required::True)
        .example(Some(json!("China's micro-drama market was worth more than CNY 50 billion in 2024.")));
    OperationBuilder::new()
        .operation_id(Some("check"))
        .tag(CHECK.name)
        .summary(Some(CHECK.about))
        .parameters(Some(vec![text.build(), as_of(), known_on(), lang()]))
        .responses(responses(&["Claims".to_owned()]))
        .response("414", refused("The address is longer than 8,000 bytes."))
        .build()
}

/// The check of a text in the address, and of one in the body.
fn checked_both() -> PathItem {
    let text = || ObjectBuilder::new().schema_type(Type::String).min_length(Some(1));
    let form = ObjectBuilder::new()
        .property("text", text())
        .required("text")
        .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)));
    let body_of = |schema: ObjectBuilder| Content::new(Some(RefOr::T(Schema::from(schema))));
    let body = RequestBodyBuilder::new()
        .description(Some(
            "A text of at most 5,000 characters. Nothing is stored; the answer is never cached.",
        ))
        .required(Some(Required::True))
        .content("application/x-www-form-urlencoded", body_of(form))
        .content("text/plain", body_of(text()));
    let posted = OperationBuilder::new()
        .operation_id(Some("check-long"))
        .tag(CHECK.name)
        .summary(Some("The same, of a text too long for an address."))
        .parameters(Some(vec![as_of(), known_on(), lang()]))
        .request_body(Some(body.build()))
        .responses(responses(&["Claims".to_owned()]))
        .response("413", refused("The body is larger than 5,000 characters can be."))
        .response("415", refused("The body is no form and no plain text."));
    let mut item = get(checked());
    item.post = Some(posted.build());
    item
}

/// Schema of a number of a checked text. Its candidates are observations, as that list gives them.
fn claim() -> Schema {
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
fn found() -> Schema {
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

fn one(resource: &Resource, noun: Noun) -> Operation {
    let name = schema_name(resource);
    let mut id = ParameterBuilder::new()
        .name("id")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("Its id."))
        .schema(Some(string()));
    if !resource.example.is_empty() {
        id = id.example(Some(json!(resource.example)));
    }
    let mut parameters = vec![
        id.build(),
        history(),
        limit("Versions per page of the history; default: 100."),
        after(),
        as_of(),
        known_on(),
        lang(),
    ];
    parameters.extend(nouns::of_one(noun).iter().map(own));
    OperationBuilder::new()
        .operation_id(Some(format!("get_{}", resource.name)))
        .tag(resource.name)
        .summary(Some("One row, with the rows of other lists that are linked to it."))
        .parameters(Some(parameters))
        .responses(responses(&[format!("{name}WithLinked"), format!("{name}History")]))
        .build()
}

fn own(parameter: &Parameter) -> OpenApiParameter {
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

fn common(name: &str, schema: Schema, about: &str) -> OpenApiParameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(about))
        .schema(Some(schema))
        .build()
}

fn limit(about: &str) -> OpenApiParameter {
    common("limit", integer(1, paging::MAX as i64), about)
}

fn after() -> OpenApiParameter {
    common(
        "after",
        string(),
        "Cursor: the key of the last row of the previous page. Follow the address in meta.next instead of building one.",
    )
}

fn history() -> OpenApiParameter {
    let words = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["false", "true"]));
    common(
        "include_history",
        words.into(),
        "Every version of each row, with the revisions in which it was valid, paginated; default: false. Filters of a list select \
         the rows by their state in the requested revision; for observations they select the versions themselves.",
    )
}

fn updated_after() -> OpenApiParameter {
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

fn as_of() -> OpenApiParameter {
    let state = ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some("^([1-9][0-9]{0,5}|[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))$"));
    common(
        "as_of",
        state.into(),
        "Revision of the data: its number, or a day at whose end it was the newest.",
    )
}

fn known_on() -> OpenApiParameter {
    common("known_on", day(), "Only rows whose source had been published by this day.")
}

fn lang() -> OpenApiParameter {
    let words = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["en", "zh"]));
    common("lang", words.into(), "Language of names and texts; default: English.")
}

fn string() -> Schema {
    ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).into()
}

fn integer(least: i64, most: i64) -> Schema {
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(least as f64))
        .maximum(Some(most as f64))
        .into()
}

fn day() -> Schema {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
        .into()
}

/// Schema of a row: every column is present, and null where nothing is known.
fn row(resource: &Resource) -> Schema {
    let noun = (resource.schema)();
    let mut object = ObjectBuilder::new().description(Some(resource.about));
    for column in &noun.columns {
        object = object.property(column.name, field(column)).required(column.name);
    }
    object.into()
}

fn field(column: &ColumnSchema) -> Schema {
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

fn rows_of(name: &str) -> Schema {
    ArrayBuilder::new().items(Ref::from_schema_name(name)).into()
}

fn list_of(name: &str) -> Schema {
    ObjectBuilder::new()
        .property("meta", Ref::from_schema_name("Meta"))
        .required("meta")
        .property("data", rows_of(name))
        .required("data")
        .into()
}

fn one_of(name: &str) -> Schema {
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

fn history_of(name: &str) -> Schema {
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

fn meta() -> Schema {
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

fn problem() -> Schema {
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

fn refused(about: &str) -> Response {
    let content = Content::new(Some(RefOr::<Schema>::Ref(Ref::from_schema_name("Problem"))));
    ResponseBuilder::new().description(about).content("application/problem+json", content).build()
}

fn responses(schemas: &[String]) -> Responses {
    let mut any = AnyOfBuilder::new();
    for schema in schemas {
        any = any.item(Ref::from_schema_name(schema));
    }
    ResponsesBuilder::new()
        .response(
            "200",
            ResponseBuilder::new()
                .description("The rows.")
                .content("application/json", Content::new(Some(RefOr::T(Schema::from(any)))))
                .build(),
        )
        .response(
            "301",
            ResponseBuilder::new()
                .description("The same address without parameters that other services append.")
                .build(),
        )
        .response("304", ResponseBuilder::new().description("Not modified.").build())
        .response("400", refused("A parameter is unknown, repeated or invalid."))
        .response("404", refused("Not found."))
        .response("503", refused("The data is temporarily unavailable."))
        .build()
}
