//! Rows that a list selects, for its feed: the filters of the page, without its order and its pages.

use crate::{
    domain::{
        changes::ChangedNoun,
        entities::model::Places,
        events::{self, deals::DealQuery, query::EventQuery},
        indicators::query::IndicatorQuery,
        listing::{parameter::ListQuery, view::ListView},
        organizations::{self, query::OrganizationQuery, screen::ScreenQuery},
        programs::{self, query::ProgramQuery},
        registry::{Noun, SinglePage},
        revisions::Snapshot,
        sources::{self, query::SourceQuery},
        subsidies::{
            self,
            query::{INTO, SubsidyQuery},
        },
    },
    error::AppError,
    loaders::indicators::data::catalogue_from,
    text::{Locale, query::Query},
};

/// A list that has a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowedList {
    Of(Noun),
    /// Investments and listings, which are events.
    Deals,
    /// Companies as a table.
    Screen,
}

impl FollowedList {
    /// Returns the list with this path below the language.
    pub fn at(path: &[&str]) -> Option<FollowedList> {
        match (SinglePage::at(path), path) {
            (Some(SinglePage::Deals), _) => Some(FollowedList::Deals),
            (Some(SinglePage::Screen), _) => Some(FollowedList::Screen),
            (None, [noun]) => Some(FollowedList::Of(noun.parse().ok()?)),
            _ => None,
        }
    }
}

/// Rows of one noun that a list selects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    pub noun: ChangedNoun,
    /// Every row, if the list is not filtered.
    pub rows: Option<Vec<String>>,
    /// The filters, in canonical order.
    pub filters: Vec<(&'static str, String)>,
}

/// Returns the rows that a list selects.
///
/// # Errors
///
/// The errors of the list itself.
pub async fn selection(snapshot: &Snapshot, list: FollowedList, raw: &str) -> Result<Selection, AppError> {
    let (noun, selected) = match list {
        FollowedList::Of(Noun::Indicators) => (ChangedNoun::Indicators, indicators(snapshot, raw).await?),
        FollowedList::Of(Noun::Programs) => (ChangedNoun::Programs, of_programs(snapshot, raw).await?),
        FollowedList::Of(Noun::Subsidies) => (ChangedNoun::Subsidies, of_subsidies(snapshot, raw).await?),
        FollowedList::Of(Noun::Organizations) => {
            let query = OrganizationQuery::parse(raw)?;
            (ChangedNoun::Organizations, of_organizations(snapshot, &query).await?)
        }
        FollowedList::Screen => {
            let query = ScreenQuery::parse(raw)?;
            (ChangedNoun::Organizations, of_organizations(snapshot, query.list()).await?)
        }
        FollowedList::Of(Noun::Events) => {
            let query = EventQuery::parse(raw)?;
            (ChangedNoun::Events, of_events(snapshot, &query, false).await?)
        }
        FollowedList::Deals => {
            let query = DealQuery::parse(raw)?;
            (ChangedNoun::Events, of_events(snapshot, query.list(), true).await?)
        }
        FollowedList::Of(Noun::Sources) => (ChangedNoun::Sources, of_sources(snapshot, raw).await?),
        FollowedList::Of(Noun::Places) => (ChangedNoun::Entities, of_places(snapshot, raw).await?),
    };
    let (rows, filters) = selected;
    Ok(Selection { noun, rows, filters })
}

type Selected = (Option<Vec<String>>, Vec<(&'static str, String)>);

/// Parameters that choose no rows.
pub const UNUSED: [&str; 4] = ["sort", "after", "timeline", INTO];

fn filters<Q: ListQuery>(query: &Q) -> Vec<(&'static str, String)> {
    query.pairs().into_iter().filter(|(name, _)| !UNUSED.contains(name)).collect()
}

fn ids<'a>(ids: impl Iterator<Item = &'a str>) -> Option<Vec<String>> {
    Some(ids.map(str::to_owned).collect())
}

async fn indicators(snapshot: &Snapshot, raw: &str) -> Result<Selected, AppError> {
    let query = IndicatorQuery::parse(raw)?;
    let filters = filters(&query);
    if !query.is_filtered() {
        return Ok((None, filters));
    }
    let rows = catalogue_from(snapshot, Locale::En, query).await?.rows;
    Ok((ids(rows.iter().map(|row| row.indicator.named.id.as_str())), filters))
}

async fn of_programs(snapshot: &Snapshot, raw: &str) -> Result<Selected, AppError> {
    let query = ProgramQuery { order: Default::default(), after: None, ..ProgramQuery::parse(raw)? };
    if !query.is_filtered() {
        return Ok((None, filters(&query)));
    }
    let filtered = programs::filter::apply(snapshot, &query).await?;
    let filter = filtered.filter(&query)?;
    Ok((ids(filtered.rows(&filter).map(|row| &*row.id)), filters(&query)))
}

async fn of_subsidies(snapshot: &Snapshot, raw: &str) -> Result<Selected, AppError> {
    let query = SubsidyQuery { after: None, ..SubsidyQuery::parse(raw)? };
    if !query.is_filtered() {
        return Ok((None, filters(&query)));
    }
    let filtered = subsidies::filter::apply(snapshot, &query).await?;
    let filter = filtered.filter(&query)?;
    Ok((ids(filtered.rows(&filter).map(|row| &*row.id)), filters(&query)))
}

async fn of_organizations(snapshot: &Snapshot, query: &OrganizationQuery) -> Result<Selected, AppError> {
    if !query.is_filtered() {
        return Ok((None, filters(query)));
    }
    let filtered = organizations::filter::apply(snapshot, query).await?;
    let filter = filtered.filter(query)?;
    Ok((ids(filtered.rows(&filter).map(|row| &*row.id)), filters(query)))
}

async fn of_events(snapshot: &Snapshot, query: &EventQuery, only_deals: bool) -> Result<Selected, AppError> {
    if !query.is_filtered() && !only_deals {
        return Ok((None, filters(query)));
    }
    let filtered = events::filter::apply(snapshot, query).await?;
    let filter = filtered.filter(query)?;
    let rows = filtered.rows(&filter).filter(|event| !only_deals || event.is_deal());
    Ok((ids(rows.map(|row| row.named.id.as_str())), filters(query)))
}

async fn of_sources(snapshot: &Snapshot, raw: &str) -> Result<Selected, AppError> {
    let query = SourceQuery { after: None, ..SourceQuery::parse(raw)? };
    if !query.is_filtered() {
        return Ok((None, filters(&query)));
    }
    let filtered = sources::filter::apply(snapshot, &query).await?;
    let filter = filtered.filter(&query)?;
    Ok((ids(filtered.rows(&filter).map(|row| &*row.id)), filters(&query)))
}

async fn of_places(snapshot: &Snapshot, raw: &str) -> Result<Selected, AppError> {
    Query::decode(raw).only(&[])?;
    let places = snapshot.cached::<Places>().await?;
    Ok((ids(places.all().map(|place| place.named.id.as_str())), Vec::new()))
}
