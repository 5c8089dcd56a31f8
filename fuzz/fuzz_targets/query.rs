//! Query strings of every page: whatever stands there is a state or an error that names what is wrong; a state's own address is
//! read back as the same state; what is cut out of an address or put into it breaks nothing else.
#![no_main]

use libfuzzer_sys::fuzz_target;
use observatory::{
    disagreements, events,
    explore::query::ExploreQuery,
    indicators, organizations, programs,
    query::{self, Query},
    revisions::model::AsOf,
    search, sources, subsidies,
    text::Locale,
};

fuzz_target!(|raw: &str| {
    let decoded = Query::decode(raw);
    let _ = AsOf::parse(&decoded);
    let _ = programs::matching::MatchQuery::parse(raw);
    let _ = programs::comparison::CompareQuery::parse(raw);
    let _ = programs::query::ProgramQuery::parse(raw);
    let _ = indicators::model::CatalogueQuery::parse(raw);
    let _ = indicators::model::SeriesQuery::parse(raw);
    let _ = subsidies::query::SubsidyQuery::parse(raw);
    let _ = search::model::SearchQuery::parse(raw);
    let _ = events::query::EventQuery::parse(raw);
    let _ = sources::model::SourceQuery::parse(raw);
    let _ = disagreements::model::DisagreementsQuery::parse(raw);
    let _ = organizations::query::OrganizationQuery::parse(raw);
    if let Ok(state) = ExploreQuery::parse(raw) {
        let href = state.href(Locale::En);
        let again = ExploreQuery::parse(href.split_once('?').map_or("", |(_, raw)| raw));
        assert_eq!(again, Ok(state), "{href}");
    }
    let without = query::without(raw, "as_of");
    assert_eq!(Query::decode(&without).all("as_of"), Vec::<&str>::new());
    let with = query::with(&format!("/en?{without}"), "as_of", raw);
    // A parameter without a value is none.
    let written = usize::from(!raw.is_empty());
    assert_eq!(Query::decode(with.split_once('?').map_or("", |(_, raw)| raw)).all("as_of").len(), written);
});
