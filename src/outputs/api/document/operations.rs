//! Operations: what can be asked, and what is answered.

use serde_json::json;
use utoipa::openapi::{
    Content, HttpMethod, PathItem, Ref, RefOr, Required, Response, ResponseBuilder, Responses,
    ResponsesBuilder,
    path::{Operation, OperationBuilder, Parameter as OpenApiParameter, ParameterBuilder, ParameterIn},
    request_body::RequestBodyBuilder,
    schema::{AdditionalProperties, AnyOfBuilder, ObjectBuilder, Schema, Type},
};

use super::{
    super::{
        check::CHECK,
        nouns::{self, Parameter, Resource, Rows},
        search::{self, SEARCH},
    },
    parameters::{after, as_of, common, history, known_on, lang, limit, own, updated_after},
    schemas::{integer, schema_name, string},
};
use crate::domain::registry::Noun;

/// An address that is read.
pub(super) fn get(operation: Operation) -> PathItem {
    PathItem::new(HttpMethod::Get, operation)
}

pub(super) fn list(resource: &Resource) -> Operation {
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

pub(super) fn searched() -> Operation {
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

pub(super) fn checked() -> Operation {
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
pub(super) fn checked_both() -> PathItem {
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

pub(super) fn one(resource: &Resource, noun: Noun) -> Operation {
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

pub(super) fn refused(about: &str) -> Response {
    let content = Content::new(Some(RefOr::<Schema>::Ref(Ref::from_schema_name("Problem"))));
    ResponseBuilder::new().description(about).content("application/problem+json", content).build()
}

pub(super) fn responses(schemas: &[String]) -> Responses {
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
