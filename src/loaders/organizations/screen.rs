//! The company screen: organizations with their latest figures of the chosen indicators. Nothing is added up.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    components::list::FacetGroup,
    domain::{
        indicators::{index::IndicatorIndex, model::Indicator},
        observations::{
            breaks::Breaks,
            inventory::Inventory,
            latest::{Latest, latest},
            model::{Observation, Qualifier},
        },
        organizations::{
            index::{AppOwners, OrganizationIndex},
            model::Organization,
            screen::{ScreenColumn, ScreenQuery, ScreenSort, missing_last},
        },
        revisions::Snapshot,
    },
    error::{AppError, QueryError, QueryProblem},
    loaders::page_snapshot,
    text::{Locale, Named, PeriodLength},
};

/// Organizations per page.
const PAGE: usize = 60;

/// Number of indicators shown before the reader has chosen.
const DEFAULT_INDICATORS: usize = 4;

/// An organization with its latest figure of each indicator shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScreenRow {
    pub organization: Organization,
    /// One for each indicator. The entity is the organization, or the one of its apps and works with the largest figure.
    pub cells: Vec<Option<Latest>>,
}

/// An indicator that the reader can choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfferedIndicator {
    pub named: Named,
    /// Number of organizations that have a figure.
    pub organizations: usize,
    pub chosen: bool,
}

/// View model of the screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScreenPage {
    pub query: ScreenQuery,
    pub sort: ScreenSort,
    pub indicators: Vec<Indicator>,
    pub offered: Vec<OfferedIndicator>,
    pub rows: Vec<ScreenRow>,
    /// Number of organizations that match the filters and have a figure.
    pub total: usize,
    pub next: Option<String>,
    pub groups: Vec<FacetGroup>,
}

/// Returns a page of the screen. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "screen", input = leptos::server_fn::codec::GetUrl)]
pub async fn screen(locale: Locale, query: ScreenQuery) -> Result<ScreenPage, AppError> {
    use crate::domain::listing::page;

    let snapshot = page_snapshot().await?;
    let screened = screened(&snapshot, locale, &query).await?;
    let total = screened.rows.len();
    let after = query.list.after.as_deref();
    let page = page(screened.rows.into_iter(), after, PAGE, |row| &row.organization.named.id)?;
    Ok(ScreenPage {
        sort: screened.sort,
        indicators: screened.indicators,
        offered: screened.offered,
        rows: page.rows,
        total,
        next: page.next,
        groups: screened.groups,
        query,
    })
}

/// All rows of the screen, in order, with everything that its page offers.
pub struct Screened {
    pub sort: ScreenSort,
    pub indicators: Vec<Indicator>,
    pub offered: Vec<OfferedIndicator>,
    pub rows: Vec<ScreenRow>,
    pub groups: Vec<FacetGroup>,
}

/// Reads the screen of a snapshot; shared by the page and its files.
///
/// # Errors
///
/// If an indicator or a place does not exist, or if the order is by an indicator that is not shown.
pub async fn screened(
    snapshot: &Snapshot,
    locale: Locale,
    query: &ScreenQuery,
) -> Result<Screened, AppError> {
    use crate::domain::observations::store::{ObservationSelector, select};
    use crate::domain::organizations::filter;
    use crate::loaders::facets;

    let owners = Owners {
        organizations: snapshot.cached::<OrganizationIndex>().await?,
        apps: snapshot.cached::<AppOwners>().await?,
    };
    let inventory = snapshot.cached::<Inventory>().await?;
    let index = snapshot.cached::<IndicatorIndex>().await?;
    let breaks = snapshot.cached::<Breaks>().await?;
    let coverage = coverage(&inventory, &owners);
    let indicators = chosen(query, &coverage, &index)?;
    let shown: Vec<&str> = indicators.iter().map(|indicator| indicator.named.id.as_str()).collect();
    let sort = query.order(&shown)?;

    let keys = keys(&shown, &inventory, &owners);
    let selector = ObservationSelector { keys: Some(&keys), headline_only: true, ..Default::default() };
    let measured = select(&snapshot.db, snapshot.at, selector).await?;
    let measured = measured.into_iter().map(|row| (row.indicator_id, row.observation));
    let mut cells = cells(&indicators, measured.collect(), &owners, &breaks);

    let filtered = filter::apply(snapshot, &query.list).await?;
    let filter = filtered.filter(&query.list)?;
    let counts = filter.facet_counts(filtered.found().filter(|row| cells.contains_key(&*row.id)));
    let groups = facets::groups_of_view(query, &filter, &counts, locale);
    let found = filter::fetch_by_ids(snapshot, counts.passing()).await?;
    let mut rows: Vec<ScreenRow> = found
        .into_iter()
        .filter_map(|organization| {
            Some(ScreenRow { cells: cells.remove(&organization.named.id)?, organization })
        })
        .collect();
    sort_rows(&mut rows, &sort, &shown, locale);
    let offered = offered(&coverage, &shown, &index)?;
    Ok(Screened { sort, offered, rows, groups, indicators })
}

/// Whose figures are whose.
struct Owners {
    organizations: Arc<OrganizationIndex>,
    apps: Arc<AppOwners>,
}

impl Owners {
    /// The organization that an entity is, or that it is an app or work of.
    fn of<'a>(&'a self, entity: &'a str) -> Option<&'a str> {
        match self.organizations.entries.get(entity) {
            Some(_) => Some(entity),
            None => self.apps.0.get(entity).map(String::as_str),
        }
    }
}

/// How many organizations have figures of an indicator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Coverage {
    indicator: String,
    organizations: usize,
    /// Number of organizations that themselves have figures, not only by an app.
    own: usize,
    figures: u32,
}

/// Returns the indicators with figures of organizations, those of the most organizations first.
fn coverage(inventory: &Inventory, owners: &Owners) -> Vec<Coverage> {
    let mut known: BTreeMap<&str, (BTreeMap<&str, bool>, u32)> = BTreeMap::new();
    for series in inventory.series().filter(|series| series.headlines > 0) {
        if let Some(owner) = owners.of(series.entity) {
            let (organizations, figures) = known.entry(series.indicator).or_default();
            *organizations.entry(owner).or_default() |= owner == series.entity;
            *figures += series.headlines;
        }
    }
    let mut coverage: Vec<Coverage> = known
        .into_iter()
        .map(|(indicator, (organizations, figures))| Coverage {
            indicator: indicator.to_owned(),
            organizations: organizations.len(),
            own: organizations.values().filter(|own| **own).count(),
            figures,
        })
        .collect();
    coverage.sort_by_key(|one| (Reverse((one.organizations, one.figures)), one.indicator.clone()));
    coverage
}

/// Returns the indicators that the query names or, if it names none, those of the most organizations: first those of organizations
/// themselves, then those of their apps.
fn chosen(
    query: &ScreenQuery,
    coverage: &[Coverage],
    index: &IndicatorIndex,
) -> Result<Vec<Indicator>, AppError> {
    if query.indicators.is_empty() {
        let mut widest: Vec<&Coverage> = coverage.iter().take(DEFAULT_INDICATORS).collect();
        widest.sort_by_key(|one| one.own == 0);
        let indicators = widest.into_iter().map(|one| index.referred(&one.indicator));
        return indicators.map(|indicator| Ok(Indicator::clone(indicator?))).collect();
    }
    let indicator = |id: &String| match index.get(id) {
        Some(indicator) => Ok(Indicator::clone(indicator)),
        None => Err(QueryError::new("indicator", id, QueryProblem::NothingThere).into()),
    };
    query.indicators.iter().map(indicator).collect()
}

/// Returns the indicators to choose from: those with figures of at least two organizations, and those chosen.
fn offered(
    coverage: &[Coverage],
    shown: &[&str],
    index: &IndicatorIndex,
) -> Result<Vec<OfferedIndicator>, AppError> {
    let offered = coverage.iter().filter_map(|one| {
        let chosen = shown.contains(&one.indicator.as_str());
        (chosen || one.organizations > 1).then_some((one, chosen))
    });
    let offered = offered.map(|(one, chosen)| {
        let named = index.referred(&one.indicator)?.named.clone();
        Ok(OfferedIndicator { named, organizations: one.organizations, chosen })
    });
    offered.collect()
}

/// Returns the pairs of indicator and entity whose figures the screen needs.
fn keys(shown: &[&str], inventory: &Inventory, owners: &Owners) -> Vec<(String, String)> {
    let of_indicator = |id: &&str| {
        let series = inventory.of_indicator(id).filter(|one| one.headlines > 0);
        let entities = series.map(|one| one.entity.id.as_str()).filter(|id| owners.of(id).is_some());
        entities.map(|entity| ((*id).to_owned(), entity.to_owned())).collect::<Vec<_>>()
    };
    let mut keys: Vec<(String, String)> = shown.iter().flat_map(of_indicator).collect();
    // Several producers may have measured the same pair.
    keys.dedup();
    keys
}

/// Returns the cells of each organization that has any, by its id.
fn cells(
    indicators: &[Indicator],
    measured: Vec<(String, Observation)>,
    owners: &Owners,
    breaks: &Breaks,
) -> BTreeMap<String, Vec<Option<Latest>>> {
    let mut cells: BTreeMap<String, Vec<Option<Latest>>> = BTreeMap::new();
    for (at, indicator) in indicators.iter().enumerate() {
        let mut groups: BTreeMap<&str, Vec<Observation>> = BTreeMap::new();
        let own = measured.iter().filter(|(id, _)| *id == indicator.named.id).map(|(_, row)| row);
        for row in own.filter(|row| row.qualifier != Qualifier::Forecast) {
            if let Some(owner) = owners.of(&row.entity.id) {
                groups.entry(owner).or_default().push(row.clone());
            }
        }
        let usual = usual_length(indicator, groups.values());
        for (owner, rows) in groups {
            if let Some(cell) = cell(indicator, owner, rows, usual, breaks) {
                let row = cells.entry(owner.to_owned()).or_insert_with(|| vec![None; indicators.len()]);
                row[at] = Some(cell);
            }
        }
    }
    cells
}

/// Returns the length of period that rows are compared by: that of the indicator's frequency, or else the one that most organizations
/// have.
fn usual_length<'a>(
    indicator: &Indicator,
    organizations: impl Iterator<Item = &'a Vec<Observation>>,
) -> Option<PeriodLength> {
    let mut lengths: BTreeMap<PeriodLength, (usize, usize)> = BTreeMap::new();
    for rows in organizations {
        let mut own: BTreeMap<PeriodLength, usize> = BTreeMap::new();
        for row in rows {
            *own.entry(row.period.length()).or_default() += 1;
        }
        for (length, figures) in own {
            let (organizations, all) = lengths.entry(length).or_default();
            *organizations += 1;
            *all += figures;
        }
    }
    let of_frequency = indicator.frequency.length().filter(|length| lengths.contains_key(length));
    of_frequency.or_else(|| lengths.into_iter().max_by_key(|(_, known)| *known).map(|(length, _)| length))
}

/// Returns the figure of an organization: its own or, if it has none, the largest of its apps and works. They are never added, because
/// they may be of different producers, periods and bases. Periods of the usual length come before others.
fn cell(
    indicator: &Indicator,
    organization: &str,
    rows: Vec<Observation>,
    usual: Option<PeriodLength>,
    breaks: &Breaks,
) -> Option<Latest> {
    let is_usual = |row: &Observation| Some(row.period.length()) == usual;
    let rows: Vec<Observation> = match rows.iter().any(is_usual) {
        true => rows.into_iter().filter(is_usual).collect(),
        false => rows,
    };
    let leading = latest(indicator, &rows, breaks).into_iter().filter(|one| one.leads);
    leading.max_by_key(|one| (one.figure.entity.id == organization, one.figure.value))
}

/// Sorts rows as asked, those without a value last, and those alike by name.
fn sort_rows(rows: &mut [ScreenRow], sort: &ScreenSort, shown: &[&str], locale: Locale) {
    let at = sort.column.indicator().and_then(|id| shown.iter().position(|shown| *shown == id));
    let value = |row: &ScreenRow| {
        let cell = row.cells.get(at?)?.as_ref()?;
        match sort.column {
            ScreenColumn::Change(_) => cell.change.as_ref().map(|change| change.value),
            ScreenColumn::Value(_) | ScreenColumn::Name => Some(cell.figure.value),
        }
    };
    rows.sort_by(|a, b| {
        let (one, other) = (&a.organization.named, &b.organization.named);
        let by_name = (one.name(locale), &one.id).cmp(&(other.name(locale), &other.id));
        match sort.column {
            ScreenColumn::Name if sort.descending => by_name.reverse(),
            ScreenColumn::Name => by_name,
            _ => missing_last(value(a), value(b), sort.descending).then(by_name),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            indicators::model::{DefaultChart, Frequency, Topic},
            observations::model::samples::observation,
        },
        text::{Bilingual, Period, Unit},
    };

    fn indicator() -> Indicator {
        Indicator {
            named: Named::new("revenue".into(), "Revenue".into(), None),
            topic: Topic::Companies,
            unit: Unit::Money("CNY".into()),
            frequency: Frequency::Irregular,
            same_as: None,
            additive: true,
            default_chart: DefaultChart::Line,
            description: Bilingual::default(),
        }
    }

    fn figure(entity: &str, value: i64, start: &str, end: &str) -> Observation {
        let mut row = observation("x", value, Qualifier::Exact);
        row.entity = Named::new(entity.into(), entity.into(), None);
        row.period = Period::new(start.parse().unwrap(), end.parse().unwrap());
        row
    }

    #[test]
    fn the_largest_app_stands_for_a_firm_without_a_figure_of_its_own() {
        let year = |entity, value| figure(entity, value, "2025-01-01", "2025-12-31");
        let cell = |rows: Vec<Observation>| {
            let cell =
                cell(&indicator(), "firm", rows, Some(PeriodLength::Year), &Breaks::default()).unwrap();
            (cell.figure.entity.id, cell.figure.value)
        };
        let apps = vec![year("one", 5), year("two", 9), year("three", 7)];
        assert_eq!(cell(apps.clone()), ("two".into(), 9.into()));
        let with_own = [apps, vec![year("firm", 1)]].concat();
        assert_eq!(cell(with_own), ("firm".into(), 1.into()));
    }

    #[test]
    fn organizations_are_compared_by_the_length_of_period_that_most_have() {
        let year = figure("a", 9, "2024-01-01", "2024-12-31");
        let half = figure("a", 5, "2025-01-01", "2025-06-30");
        let groups = [vec![year.clone(), half.clone()], vec![figure("b", 3, "2024-01-01", "2024-12-31")]];
        let usual = usual_length(&indicator(), groups.iter());
        assert_eq!(usual, Some(PeriodLength::Year));
        let shown = |rows| cell(&indicator(), "a", rows, usual, &Breaks::default()).unwrap().figure;
        assert_eq!(shown(vec![half.clone(), year.clone()]), year);
        assert_eq!(shown(vec![half.clone()]), half, "there is no other");
    }
}
