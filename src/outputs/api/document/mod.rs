//! OpenAPI 3.1 document of the API, generated from the same nouns, parameters and columns as the responses.

mod operations;
mod parameters;
mod schemas;

use utoipa::openapi::{
    ComponentsBuilder, ContactBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, PathsBuilder,
    ServerBuilder,
};

pub use self::parameters::schema_of;
use self::{
    operations::{checked_both, get, list, one, searched},
    schemas::{claim, found, history_of, list_of, meta, one_of, problem, row, schema_name},
};
use super::{nouns::NOUNS, search::SEARCH};
use crate::outputs::files::{LICENCE, LICENCE_ADDRESS};

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
