//! Investments and listings: the events of these kinds, each with its amount, converted on request.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    components::list::FacetGroup,
    domain::{
        events::{deals::DealQuery, model::Event},
        revisions::Snapshot,
        sources::model::Mentioned,
        subsidies::conversion::Conversion,
    },
    error::AppError,
    loaders::page_snapshot,
    text::Locale,
};

/// Deals per page.
const PAGE: usize = 60;

/// A deal, with its amount in the requested currency. `None` if none was requested, it has no amount, or is in that currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deal {
    pub event: Event,
    pub conversion: Option<Conversion>,
}

/// View model of the page of deals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DealPage {
    pub query: DealQuery,
    pub rows: Vec<Deal>,
    pub total: usize,
    pub next: Option<String>,
    pub groups: Vec<FacetGroup>,
    /// The choice of a currency.
    pub currencies: FacetGroup,
    /// Sources that notes on this page name.
    pub cited: Mentioned,
}

/// Returns a page of deals. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "deals", input = leptos::server_fn::codec::GetUrl)]
pub async fn deals(locale: Locale, query: DealQuery) -> Result<DealPage, AppError> {
    use crate::domain::listing::page;
    use crate::domain::listing::{parameter::ListQuery, view::ListView};
    use crate::domain::sources;
    use crate::loaders::subsidies::data::currencies;

    let snapshot = page_snapshot().await?;
    let DealList { rows, groups } = deals_from(&snapshot, locale, &query).await?;
    let total = rows.len();
    let page = page(rows.into_iter(), query.events.after.as_deref(), PAGE, |row| &row.event.named.id)?;
    let notes = page.rows.iter().map(|row| &row.event.note);
    let cited = sources::store::named_in(&snapshot.db, snapshot.at, notes).await?;
    let currencies = currencies(query.into, locale, |word| {
        let into = word.and_then(|word| word.parse().ok());
        DealQuery { events: query.events.with(|_| ()), into }.href(locale)
    });
    Ok(DealPage { rows: page.rows, total, next: page.next, groups, currencies, cited, query })
}

/// All deals that match the filters, latest first, with the facets of their page.
pub struct DealList {
    pub rows: Vec<Deal>,
    pub groups: Vec<FacetGroup>,
}

/// Reads the deals of a snapshot; shared by the page and its files.
pub async fn deals_from(
    snapshot: &Snapshot,
    locale: Locale,
    query: &DealQuery,
) -> Result<DealList, AppError> {
    use crate::domain::events::filter;
    use crate::loaders::explore::loader;
    use crate::loaders::facets;
    use crate::loaders::subsidies::conversion::conversion;

    let filtered = filter::apply(snapshot, &query.events).await?;
    let filter = filtered.filter(&query.events)?;
    let counts = filter.facet_counts(filtered.found().filter(|event| event.is_deal()));
    let groups = facets::groups_of_view(query, &filter, &counts, locale);
    let events: Vec<Event> = counts.passing().cloned().collect();
    let rates = match query.into {
        Some(currency) => Some((currency, loader::rates(snapshot).await?)),
        None => None,
    };
    let rows = events.into_iter().map(|event| {
        let converted = rates.as_ref().zip(event.amount.as_ref());
        let converted = converted.and_then(|((into, rates), (amount, currency))| {
            conversion((*amount, None), currency, event.rate_period(), *into, rates)
        });
        Deal { conversion: converted, event }
    });
    Ok(DealList { rows: rows.collect(), groups })
}
