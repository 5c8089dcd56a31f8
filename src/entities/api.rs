//! What the pages about places ask of the server.

use std::collections::BTreeSet;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::model::Place;
use crate::{
    chart::ChartView,
    error::AppError,
    events::model::Event,
    organizations::model::{Organization, Statement},
    programs::api::ProgramRow,
    subsidies::model::Subsidy,
    text::{Locale, Named},
};

/// A place in the tree of places, with how much is known of it itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceRow {
    pub place: Place,
    pub depth: u8,
    pub programs: i64,
    pub subsidies: i64,
    pub organizations: i64,
    pub events: i64,
    pub figures: i64,
}

/// An indicator that has figures about a place, and how many.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    pub indicator: Named,
    pub topic: String,
    pub figures: i64,
}

/// Everything a place's page shows. What lies in the place has pages of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacePage {
    pub place: Place,
    /// From the largest place it lies in to the nearest.
    pub lies_in: Vec<Named>,
    pub inside: Vec<PlaceRow>,
    pub programs: Vec<ProgramRow>,
    /// Offers of the place, one chart for each kind of amount.
    pub caps: Vec<ChartView>,
    pub subsidies: Vec<Subsidy>,
    pub organizations: Vec<Organization>,
    pub events: Vec<Event>,
    pub statements: Vec<Statement>,
    pub measured: Vec<Measured>,
    /// Ids of sources that notes on this page name.
    pub cited: BTreeSet<String>,
}

/// Every place. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "places", input = leptos::server_fn::codec::GetUrl)]
pub async fn list() -> Result<Vec<PlaceRow>, AppError> {
    list_from(&crate::revisions::of_this_page().await?).await
}

/// The same from a given state of the data: what the page, its files and the API have in common.
#[cfg(feature = "ssr")]
pub async fn list_from(reading: &crate::revisions::Reading) -> Result<Vec<PlaceRow>, AppError> {
    use super::store;

    let (db, revision) = (&reading.db, reading.revision);
    let places = store::places(db, revision).await?;
    let known = store::known(db, revision).await?;
    Ok(places.tree(|_| true).into_iter().map(|(depth, place)| row(depth, place, &known)).collect())
}

/// One place and everything about it. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "place", input = leptos::server_fn::codec::GetUrl)]
pub async fn one(locale: Locale, id: String) -> Result<PlacePage, AppError> {
    one_from(&crate::revisions::of_this_page().await?, locale, id).await
}

/// The same from a given state of the data: what the page, its files and the API have in common.
#[cfg(feature = "ssr")]
pub async fn one_from(
    reading: &crate::revisions::Reading,
    locale: Locale,
    id: String,
) -> Result<PlacePage, AppError> {
    use std::collections::BTreeMap;

    use super::store;
    use crate::{events, indicators, observations, organizations, programs, sources, subsidies};

    let (db, revision, today) = (&reading.db, reading.revision, reading.today);
    let places = store::places(db, revision).await?;
    let place = places.get(&id).cloned().ok_or(AppError::NotFound)?;
    let known = store::known(db, revision).await?;
    let mut lies_in: Vec<Named> = places
        .outwards(&id)
        .skip(1)
        .filter(|place| place.parent.is_some())
        .map(|place| place.named.clone())
        .collect();
    lies_in.reverse();
    let inside = places.inside(&id).map(|place| row(0, place, &known)).collect();

    let day = today;
    let all = programs::store::select(db, revision, Default::default()).await?;
    let mut own: Vec<_> = all.into_iter().filter(|program| program.jurisdiction.id == id).collect();
    programs::query::sort(&mut own, Default::default());
    let caps = programs::draw::offers(&own, day, locale).iter().map(|chart| chart.view()).collect();
    let programs = programs::api::standing(own, day);
    let ids = [id.clone()];
    let filter = subsidies::store::Filter { places: Some(&ids), limit: Some(200), ..Default::default() };
    let subsidies = subsidies::store::select(db, revision, filter).await?;
    let filter = organizations::store::Filter { seat: Some(&id), ..Default::default() };
    let mut seated = organizations::store::select(db, revision, filter).await?;
    organizations::query::sort(&mut seated);
    let filter = events::store::Filter { place: Some(&id), ..Default::default() };
    let events = events::store::select(db, revision, filter).await?;
    let statements = organizations::store::statements(db, revision, Some(&id)).await?;

    let filter = observations::store::Filter { entities: Some(&ids), ..Default::default() };
    let mut figures: BTreeMap<String, i64> = BTreeMap::new();
    for row in observations::store::select(db, revision, filter).await? {
        *figures.entry(row.indicator_id).or_default() += 1;
    }
    let mut indicators = indicators::store::list(db, revision, &Default::default()).await?;
    indicators.sort_by_key(|indicator| indicator.topic);
    let measured = indicators.into_iter().filter_map(|indicator| {
        let figures = figures.get(&indicator.named.id).copied()?;
        let topic = indicator.topic.name(locale).to_owned();
        Some(Measured { indicator: indicator.named, topic, figures })
    });
    let measured = measured.collect();
    let notes = events.iter().map(|event| &event.note).chain(subsidies.iter().map(|subsidy| &subsidy.note));
    let cited = sources::store::named_in(db, revision, notes).await?;
    Ok(PlacePage {
        place,
        lies_in,
        inside,
        programs,
        caps,
        subsidies,
        organizations: seated,
        events,
        statements,
        measured,
        cited,
    })
}

#[cfg(feature = "ssr")]
fn row(depth: u8, place: &Place, known: &[super::store::Known]) -> PlaceRow {
    let known = known.iter().find(|known| known.place == place.named.id).cloned().unwrap_or_default();
    PlaceRow {
        place: place.clone(),
        depth,
        programs: known.programs,
        subsidies: known.subsidies,
        organizations: known.organizations,
        events: known.events,
        figures: known.figures,
    }
}
