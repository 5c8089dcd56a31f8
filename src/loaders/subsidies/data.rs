//! View models and server functions of the pages about subsidies.

use crate::{
    charts::ChartView,
    components::list::FacetGroup,
    domain::{
        revisions::Snapshot,
        sources::model::Mentioned,
        subsidies::{
            headline::headline_query,
            model::Subsidy,
            query::{INTO, SubsidyQuery},
            total::{LedgerCoverage, Total},
        },
    },
    error::AppError,
    loaders::page_snapshot,
    text::{Locale, Named, currency::Currency, query},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Amounts per page of the ledger.
const PAGE: usize = 60;

/// View model of the ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    pub query: SubsidyQuery,
    pub rows: Vec<Subsidy>,
    pub total: i64,
    pub next: Option<String>,
    pub groups: Vec<FacetGroup>,
    /// Totals for the headline figures: of every kind, recipient and scope under the other filters.
    pub headline: Vec<Total>,
    /// The chosen place.
    pub place: Option<Named>,
    /// Totals of the listed amounts.
    pub totals: Vec<Total>,
    pub coverage: LedgerCoverage,
    /// Offers of programmes of the selected place, one chart for each kind of amount.
    pub offered: Vec<ChartView>,
    /// Sources that notes on this page name.
    pub cited: Mentioned,
}

/// One amount, and others of its programme or recipient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SubsidyPage {
    pub subsidy: Subsidy,
    /// Currency to which the amount is converted.
    pub into: Option<Currency>,
    pub currencies: FacetGroup,
    pub same_program: Vec<Subsidy>,
    pub same_recipient: Vec<Subsidy>,
    pub cited: Mentioned,
}

/// Returns a page of the ledger. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "subsidies", input = leptos::server_fn::codec::GetUrl)]
pub async fn list(locale: Locale, query: SubsidyQuery) -> Result<Ledger, AppError> {
    use crate::domain::listing::{page, parameter::ListQuery};
    use crate::domain::sources;
    use crate::domain::subsidies::filter;
    use crate::loaders::{facets, programs, subsidies::conversion};

    let snapshot = page_snapshot().await?;
    let (db, at, day) = (&snapshot.db, snapshot.at, snapshot.today);
    let filtered = filter::apply(&snapshot, &query).await?;
    let filter = filtered.filter(&query)?;
    let facet_counts = filter.facet_counts(filtered.found());
    let mut groups = facets::groups(&filter, &facet_counts, locale);
    groups.push(currencies(query.into, locale, |word| query.href_with(locale, INTO, word)));
    let totals = filtered.index.totals(facet_counts.passing());
    let broad = headline_query(&query);
    let broad = filtered.filter(&broad)?;
    let headline = filtered.index.totals(filtered.found().filter(|row| broad.fits(row)));
    let place = query.place.as_ref().and_then(|place| filtered.places.get(place));
    let place = place.map(|place| place.named.clone());
    let page = page(filtered.rows(&filter), query.after.as_deref(), PAGE, |row| &row.id)?;
    let (total, next) = (facet_counts.fits as i64, page.next);
    let mut rows = filter::fetch_by_ids(&snapshot, page.rows).await?;
    conversion::convert(&snapshot, &mut rows, query.into).await?;
    let cited = sources::store::named_in(db, at, rows.iter().map(|row| &row.note)).await?;

    let offering = filter::offering(&snapshot, &query, &filtered.places).await?;
    let offered = programs::charts::offers(&offering, day, locale).iter().map(|chart| chart.view()).collect();
    let coverage = filtered.index.coverage.clone();
    Ok(Ledger { rows, total, next, groups, headline, place, totals, coverage, offered, cited, query })
}

/// Returns one amount with its programme and recipient. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "subsidy", input = leptos::server_fn::codec::GetUrl)]
pub async fn one(locale: Locale, id: String, into: Option<Currency>) -> Result<SubsidyPage, AppError> {
    one_from(&page_snapshot().await?, locale, id, into).await
}

/// The choice of a currency to which amounts are converted.
pub fn currencies(
    chosen: Option<Currency>,
    locale: Locale,
    href: impl Fn(Option<&str>) -> String,
) -> FacetGroup {
    let none = (None, locale.pick("As stated", "原币种"));
    let words = Currency::WORDS.iter().map(|(_, currency)| (Some(*currency), currency.name(locale)));
    let title = locale.pick("Convert to", "换算为").to_owned();
    FacetGroup {
        title,
        ..FacetGroup::order(
            locale,
            std::iter::once(none).chain(words),
            chosen,
            |currency: Option<Currency>| href(currency.map(Currency::word)),
        )
    }
}

/// Returns one amount of a snapshot; shared by the page, its files and the API.
pub async fn one_from(
    snapshot: &Snapshot,
    locale: Locale,
    id: String,
    into: Option<Currency>,
) -> Result<SubsidyPage, AppError> {
    use crate::domain::sources;
    use crate::domain::subsidies::store;
    use crate::loaders::subsidies::conversion;

    const MAX: i64 = 50;

    let (db, at) = (&snapshot.db, snapshot.at);
    let mut subsidy = store::find(db, at, &id).await?.ok_or(AppError::NotFound)?;
    conversion::convert(snapshot, [&mut subsidy], into).await?;
    let path = format!("/{locale}/subsidies/{id}");
    let currencies =
        currencies(into, locale, |word| query::href(&path, word.map(|word| (INTO, word.to_owned()))));
    let others = async |filter: store::SubsidySelector<'_>| -> Result<Vec<Subsidy>, AppError> {
        let rows = store::select(db, at, store::SubsidySelector { limit: Some(MAX), ..filter }).await?;
        Ok(rows.into_iter().filter(|row| row.id != id).collect())
    };
    let same_program = match &subsidy.program {
        Some(program) => {
            others(store::SubsidySelector { program: Some(&program.id), ..Default::default() }).await?
        }
        None => Vec::new(),
    };
    let same_recipient = match &subsidy.recipient {
        Some(recipient) => {
            others(store::SubsidySelector { recipient: Some(&recipient.id), ..Default::default() }).await?
        }
        None => Vec::new(),
    };
    let notes = same_program.iter().chain(&same_recipient).chain([&subsidy]).map(|row| &row.note);
    let cited = sources::store::named_in(db, at, notes).await?;
    Ok(SubsidyPage { subsidy, into, currencies, same_program, same_recipient, cited })
}
