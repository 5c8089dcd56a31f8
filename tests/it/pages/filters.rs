//! Parameters of lists: what a list accepts is what its page offers, its window titles name, and the API documents.

use std::collections::BTreeSet;

use observatory::{
    domain::{
        events::query::EventQuery,
        indicators::query::IndicatorQuery,
        listing::parameter::{ListQuery, Parameter},
        organizations::query::OrganizationQuery,
        programs::query::ProgramQuery,
        registry::Noun,
        sources::query::SourceQuery,
        subsidies::query::SubsidyQuery,
    },
    error::QueryProblem,
    text::query::Query,
};
use serde_json::Value;
use sqlx::PgPool;

use super::{Page, get, text};
use crate::support;

struct List {
    room: &'static str,
    /// Parameters that its parser names when it refuses one.
    accepted: BTreeSet<String>,
    /// Positions of its facets.
    positions: Vec<u8>,
}

fn list<Q: ListQuery>() -> List {
    let refused = Q::parse("no-such=1").err().map(|error| error.problem);
    let Some(QueryProblem::UnknownParameter { known }) = refused else { panic!("{}: {refused:?}", Q::PATH) };
    let position = |parameter: &Parameter<Q>| Some(parameter.facet.as_ref()?.position);
    List {
        room: Q::PATH,
        accepted: known.into_iter().collect(),
        positions: Q::PARAMETERS.iter().filter_map(position).collect(),
    }
}

fn lists() -> Vec<List> {
    let list = |noun| match noun {
        Noun::Indicators => Some(list::<IndicatorQuery>()),
        Noun::Programs => Some(list::<ProgramQuery>()),
        Noun::Subsidies => Some(list::<SubsidyQuery>()),
        Noun::Organizations => Some(list::<OrganizationQuery>()),
        Noun::Events => Some(list::<EventQuery>()),
        Noun::Sources => Some(list::<SourceQuery>()),
        // The tree of places is always shown whole.
        Noun::Places => None,
    };
    Noun::all().filter_map(list).collect()
}

/// Names of the parameters that a page offers, as links or as fields of a form.
fn offered(page: &Page) -> BTreeSet<String> {
    let links =
        page.all(".choices a, .alternatives a").into_iter().filter_map(|link| link.value().attr("href"));
    let linked = links
        .filter_map(|href| href.split_once('?'))
        .flat_map(|(_, raw)| Query::decode(raw).pairs().map(|(name, _)| name.to_owned()).collect::<Vec<_>>());
    let fields =
        page.all(".text-filter input[name]").into_iter().filter_map(|field| field.value().attr("name"));
    linked.chain(fields.map(str::to_owned)).collect()
}

#[test]
fn facets_of_a_list_have_a_position_each() {
    for List { room, mut positions, .. } in lists() {
        positions.sort_unstable();
        let expected: Vec<u8> = (1..=positions.len() as u8).collect();
        assert_eq!(positions, expected, "{room}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_a_list_accepts_is_what_its_page_offers(db: PgPool) {
    let site = support::site(&db).await;
    for List { room, mut accepted, .. } in lists() {
        let page = get(&site, &format!("/en/{room}")).await;
        // The pagination cursor is only offered by lists of several pages.
        accepted.remove("after");
        assert_eq!(offered(&page), accepted, "{room}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_a_list_accepts_is_named_in_window_titles(db: PgPool) {
    let site = support::site(&db).await;
    for List { room, accepted, .. } in lists() {
        for name in accepted {
            let title = get(&site, &format!("/zh/{room}?{name}=no-such")).await.text("head > title");
            assert!(title.contains("no-such"), "{room}, {name}: {title}");
            assert!(!title.contains(&format!("{name}：")), "{room}, {name}: {title}");
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_a_list_accepts_is_what_the_api_documents(db: PgPool) {
    let site = support::site(&db).await;
    let document = super::send(&site, "/api/openapi.json").await;
    let document = http_body_util::BodyExt::collect(document.into_body()).await.unwrap().to_bytes();
    let document: Value = serde_json::from_slice(&document).unwrap();
    let page = get(&site, "/en/api").await;
    for List { room, mut accepted, .. } in lists() {
        // Every list of the API has pages.
        accepted.remove("after");
        let parameters =
            document["paths"][format!("/api/v1/{room}")]["get"]["parameters"].as_array().unwrap();
        let common = ["limit", "after", "include_history", "updated_after", "as_of", "known_on", "lang"];
        let own =
            parameters.iter().filter(|parameter| !common.contains(&parameter["name"].as_str().unwrap()));
        let described = own.clone().all(|parameter| !parameter["description"].as_str().unwrap().is_empty());
        assert!(described, "{room}");
        let own: BTreeSet<String> =
            own.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect();
        assert_eq!(own, accepted, "{room}");
        let shown: BTreeSet<String> =
            page.all(&format!("section#{room} > dl > dt")).into_iter().map(text).collect();
        assert_eq!(shown, accepted, "{room}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn each_filter_in_force_has_a_chip_that_removes_it(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/programs?q=fund&place=shanghai-pudong&status=in-force").await;
    let chips: Vec<(String, &str)> = (page.all(".chips a").into_iter())
        .map(|link| (text(link), link.value().attr("href").unwrap()))
        .collect();
    let expected = [
        ("“fund” ×", "/en/programs?place=shanghai-pudong&status=in-force"),
        ("Place: Pudong New Area ×", "/en/programs?q=fund&status=in-force"),
        ("Status today: in force ×", "/en/programs?q=fund&place=shanghai-pudong"),
    ];
    assert_eq!(chips, expected.map(|(label, href)| (label.to_owned(), href)));
    assert!(get(&site, "/en/programs?sort=closing").await.all(".chips").is_empty());
}
