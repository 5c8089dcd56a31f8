//! View models and server functions of the pages about places.

use crate::{
    charts::ChartView,
    components::list::SECTION,
    domain::{
        entities::model::Place,
        events::model::Event,
        organizations::model::{Organization, Statement},
        revisions::Snapshot,
        sources::model::Mentioned,
        subsidies::model::Subsidy,
    },
    error::AppError,
    loaders::{
        page_snapshot,
        programs::{
            charts as program_charts,
            closing::{ClosingSoon, closing_soon},
            rows::{ProgramRow, standing},
        },
    },
    text::{Locale, Named},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A place in the tree of places, with counts of what is known of the place itself.
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

/// An indicator with observations about a place, and their number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeasuredIndicator {
    pub indicator: Named,
    pub topic: String,
    pub figures: i64,
}

/// View model of a place's page. The places within it have pages of their own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacePage {
    /// The place, with full counts of everything of which the page shows only the first items.
    pub own: PlaceRow,
    /// What a region consists of, as far as known.
    pub members: Vec<Named>,
    /// Places that contain it, from the largest to the nearest.
    pub lies_in: Vec<Named>,
    pub inside: Vec<PlaceRow>,
    pub programs: Vec<ProgramRow>,
    /// Offers of the place, one chart for each kind of amount.
    pub caps: Vec<ChartView>,
    pub subsidies: Vec<Subsidy>,
    pub organizations: Vec<Organization>,
    pub events: Vec<Event>,
    pub statements: Vec<Statement>,
    /// What closes soon here and in the places within.
    pub closing: ClosingSoon,
    pub measured: Vec<MeasuredIndicator>,
    /// Sources that notes on this page name.
    pub cited: Mentioned,
}

/// Returns every place. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "places", input = leptos::server_fn::codec::GetUrl)]
pub async fn list() -> Result<Vec<PlaceRow>, AppError> {
    list_from(&page_snapshot().await?).await
}

/// Returns every place of a snapshot; shared by the page, its files and the API.
pub async fn list_from(snapshot: &Snapshot) -> Result<Vec<PlaceRow>, AppError> {
    use crate::domain::entities::{known::Known, model::Places};

    let (places, known) = (snapshot.cached::<Places>().await?, snapshot.cached::<Known>().await?);
    Ok(places.tree(|_| true).into_iter().map(|(depth, place)| row(depth, place, &known)).collect())
}

/// Returns one place and everything about it. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "place", input = leptos::server_fn::codec::GetUrl)]
pub async fn one(locale: Locale, id: String) -> Result<PlacePage, AppError> {
    one_from(&page_snapshot().await?, locale, id, SECTION).await
}

/// Returns one place of a snapshot, with at most the given number of each kind of item; shared by the page, its files
/// and the API.
pub async fn one_from(
    snapshot: &Snapshot,
    locale: Locale,
    id: String,
    most: usize,
) -> Result<PlacePage, AppError> {
    use crate::domain::entities::{known::Known, model::Places};
    use crate::domain::events;
    use crate::domain::indicators;
    use crate::domain::organizations;
    use crate::domain::programs;
    use crate::domain::sources;
    use crate::domain::subsidies;

    let (db, at, today) = (&snapshot.db, snapshot.at, snapshot.today);
    let (places, known) = (snapshot.cached::<Places>().await?, snapshot.cached::<Known>().await?);
    let place = places.get(&id).cloned().ok_or(AppError::NotFound)?;
    let mut lies_in: Vec<Named> = places
        .outwards(&id)
        .skip(1)
        .filter(|place| place.parent.is_some())
        .map(|place| place.named.clone())
        .collect();
    lies_in.reverse();
    let members = place.members.iter().filter_map(|id| Some(places.get(id)?.named.clone())).collect();
    let inside = places.inside(&id).map(|place| row(0, place, &known)).collect();

    let own = row(0, &place, &known);
    let offering = snapshot.cached::<programs::index::ProgramIndex>().await?;
    let entries: Vec<_> = offering.of_place(&id, Default::default()).collect();
    let offers = programs::filter::offers(snapshot, entries.iter().copied()).await?;
    let caps = program_charts::offers(&offers, today, locale).iter().map(|chart| chart.view()).collect();
    let programs = programs::filter::fetch_by_ids(snapshot, entries.into_iter().take(most)).await?;
    let programs = standing(programs, today);
    let ledger = snapshot.cached::<subsidies::index::SubsidyIndex>().await?;
    let given = subsidies::filter::fetch_by_ids(snapshot, ledger.of_place(&id).take(most)).await?;
    let index = snapshot.cached::<organizations::index::OrganizationIndex>().await?;
    let seated = organizations::filter::fetch_by_ids(snapshot, index.seated(&id).take(most)).await?;
    let limit = i64::try_from(most).ok();
    let filter = events::store::EventSelector { place: Some(&id), limit, ..Default::default() };
    let events = events::store::select(db, at, filter).await?;
    let statements = organizations::store::statements(db, at, Some(&id)).await?;

    let indicators = snapshot.cached::<indicators::index::IndicatorIndex>().await?;
    let figures = known.of(&id).map(|known| &known.figures).into_iter().flatten();
    let mut measured = figures
        .map(|(id, figures)| Ok((indicators.referred(id)?, *figures)))
        .collect::<Result<Vec<_>, AppError>>()?;
    measured.sort_by_key(|(indicator, _)| indicator.topic);
    let measured = measured.into_iter().map(|(indicator, figures)| {
        let topic = indicator.topic.name(locale).to_owned();
        MeasuredIndicator { indicator: indicator.named.clone(), topic, figures }
    });
    let measured = measured.collect();
    let notes = events
        .iter()
        .map(|event| &event.note)
        .chain(given.iter().map(|subsidy| &subsidy.note))
        .chain([&place.note]);
    let cited = sources::store::named_in(db, at, notes).await?;
    Ok(PlacePage {
        own,
        members,
        lies_in,
        inside,
        programs,
        caps,
        subsidies: given,
        organizations: seated,
        events,
        statements,
        closing: closing_soon(snapshot, today, Some(&id)).await?,
        measured,
        cited,
    })
}

fn row(depth: u8, place: &Place, known: &crate::domain::entities::known::Known) -> PlaceRow {
    let known = known.of(&place.named.id).cloned().unwrap_or_default();
    PlaceRow {
        place: place.clone(),
        depth,
        programs: known.programs,
        subsidies: known.subsidies,
        organizations: known.organizations,
        events: known.events,
        figures: known.figures.values().sum(),
    }
}
