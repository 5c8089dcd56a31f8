//! Fuzzes the query strings of every page. A query string must parse to a state or to an error that names the problem; a state must
//! round-trip through its own address; removing or adding a parameter must leave the others intact.
#![no_main]

use libfuzzer_sys::fuzz_target;
use observatory::{
    domain::{
        disagreements, events, explore::query::ExploreQuery, indicators, listing::parameter::ListQuery,
        organizations, programs, revisions::model::AsOf, search, sources, subsidies,
    },
    text::query::{self, Query},
};

macro_rules! read_back {
    ($raw:expr, $($query:ty),* $(,)?) => {
        $(if let Ok(state) = <$query>::parse($raw) {
            let written = query::encode(state.pairs());
            assert_eq!(<$query>::parse(&written), Ok(state), "{written}");
        })*
    };
}

fuzz_target!(|raw: &str| {
    let decoded = Query::decode(raw);
    let _ = AsOf::parse(&decoded);
    read_back!(
        raw,
        programs::matching::MatchQuery,
        programs::comparison::CompareQuery,
        programs::query::ProgramQuery,
        indicators::query::IndicatorQuery,
        indicators::model::SeriesQuery,
        subsidies::query::SubsidyQuery,
        search::model::SearchQuery,
        events::query::EventQuery,
        sources::query::SourceQuery,
        disagreements::model::DisagreementsQuery,
        organizations::query::OrganizationQuery,
        ExploreQuery,
    );
    let without = query::without(raw, "as_of");
    assert_eq!(Query::decode(&without).all("as_of"), Vec::<&str>::new());
    let with = query::with(&format!("/en?{without}"), "as_of", raw);
    // A parameter with an empty value counts as absent.
    let written = usize::from(!raw.is_empty());
    assert_eq!(Query::decode(with.split_once('?').map_or("", |(_, raw)| raw)).all("as_of").len(), written);
});
