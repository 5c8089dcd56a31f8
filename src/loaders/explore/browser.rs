//! Series browser: search results, the tree of all series, everything about one entity, and series to compare with.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    loader::Loader,
    view::{AboutView, BranchView, FoundView, TreeView},
};
use crate::{
    domain::{
        entities::model::Places,
        explore::{
            model::Input,
            query::{ExploreQuery, SeriesKey},
        },
        indicators::model::Topic,
        observations::{
            inventory::{FoundSeries, Inventory},
            store as observations,
        },
        organizations::index::AppOwners,
        text_search::filter as search,
    },
    error::{AppError, QueryError, QueryProblem},
    text::{Locale, Named, Period, PeriodLength},
};

/// Maximum number of series in a search result.
const MAX_FOUND: usize = 40;
/// Maximum number of series of one indicator or entity.
const MAX_LISTED: usize = 60;
/// Maximum number of series offered for comparison.
const MAX_PEERS: usize = 4;
/// Maximum number of entities whose series are offered.
const MAX_ENTITIES: usize = 3;
/// Maximum number of series among which those are chosen by their periods.
const MAX_WEIGHED: usize = 24;
/// Maximum number of indicators, and of entities, suggested for a search.
const MAX_SUGGESTED: usize = 30;
/// Word that opens the tree without a branch.
const ALL: &str = "all";

/// What the browser shows for a query.
#[derive(Default)]
pub struct Browser {
    pub found: Option<Vec<FoundView>>,
    pub tree: Option<TreeView>,
    pub about: Option<AboutView>,
    pub entities: Vec<Named>,
    pub peers: Vec<FoundView>,
    pub suggestions: Vec<String>,
}

/// Reads what the browser shows for a query and the observations of its series.
///
/// # Errors
///
/// If the query names a topic, an indicator or an entity that does not exist.
pub async fn browser(
    loader: &Loader<'_>,
    query: &ExploreQuery,
    chosen: &[Vec<Arc<Input>>],
    locale: Locale,
) -> Result<Browser, AppError> {
    let inventory = loader.snapshot.cached::<Inventory>().await?;
    let describe = |series| described(loader, series, query, locale);
    let mut browser = Browser { suggestions: suggestions(&inventory, locale), ..Browser::default() };
    if let Some(text) = &query.find {
        let found = search::needles(text).map(|needles| inventory.find(&needles, MAX_FOUND));
        browser.found = Some(describe(found.unwrap_or_default()).await?);
    }
    if let Some(branch) = &query.browse {
        browser.tree = Some(tree(loader, &inventory, branch, query, locale).await?);
    }
    if let Some(entity) = &query.about {
        let named = inventory.entities().find(|named| named.id == *entity);
        let named = named.ok_or_else(|| QueryError::new("about", entity, QueryProblem::NothingThere))?;
        let (series, count) = inventory.drawn(|_, own| own == entity, MAX_LISTED);
        let series = describe(series).await?;
        browser.about = Some(AboutView { entity: named.name(locale).to_owned(), count, series });
    }
    browser.entities = entities(&inventory, query, chosen);
    if let Some(last) = chosen.last() {
        browser.peers = peers(loader, &inventory, last, query, locale).await?;
    }
    Ok(browser)
}

/// Returns the entities of the selected series and those that the search text names, at most [`MAX_ENTITIES`].
fn entities(inventory: &Inventory, query: &ExploreQuery, chosen: &[Vec<Arc<Input>>]) -> Vec<Named> {
    let selected = chosen.iter().filter_map(|figures| Some(&figures.first()?.observation.entity));
    let text = query.find.as_deref().map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty());
    let is_named = |named: &Named| {
        text.as_ref().is_some_and(|text| {
            Locale::ALL.iter().any(|locale| named.name(*locale).to_lowercase().contains(text.as_str()))
        })
    };
    let mut entities: Vec<Named> = Vec::new();
    for named in inventory.entities().filter(|named| is_named(named)).chain(selected) {
        if entities.len() < MAX_ENTITIES && !entities.iter().any(|one| one.id == named.id) {
            entities.push(named.clone());
        }
    }
    entities
}

/// Returns the names of the indicators and entities with most series.
fn suggestions(inventory: &Inventory, locale: Locale) -> Vec<String> {
    let (series, _) = inventory.drawn(|_, _| true, usize::MAX);
    let most = |named: &dyn Fn(&FoundSeries) -> &Named| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for one in &series {
            *counts.entry(named(one).name(locale)).or_default() += 1;
        }
        let mut names: Vec<(&str, usize)> = counts.into_iter().collect();
        names.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        names.into_iter().take(MAX_SUGGESTED).map(|(name, _)| name.to_owned()).collect::<Vec<_>>()
    };
    [most(&|one| &one.entity), most(&|one| &one.indicator)].concat()
}

async fn tree(
    loader: &Loader<'_>,
    inventory: &Inventory,
    branch: &str,
    query: &ExploreQuery,
    locale: Locale,
) -> Result<TreeView, AppError> {
    let open_topic = Topic::WORDS.iter().find(|(word, _)| *word == branch).map(|(_, topic)| *topic);
    let open_indicator = loader.indicators.get(branch);
    if open_topic.is_none() && open_indicator.is_none() && branch != ALL {
        return Err(QueryError::new("browse", branch, QueryProblem::NothingThere).into());
    }
    let open_topic = open_topic.or_else(|| open_indicator.map(|indicator| indicator.topic));
    let count = |indicator: &str| inventory.of_indicator(indicator).filter(|one| one.headlines > 0).count();
    let mut topics = Vec::new();
    for (word, topic) in Topic::WORDS {
        let own: Vec<(&Named, usize)> = loader
            .indicators
            .of_topic(Some(*topic))
            .map(|indicator| (&indicator.named, count(&indicator.named.id)))
            .filter(|(_, count)| *count > 0)
            .collect();
        let is_open = open_topic == Some(*topic);
        let mut branches = Vec::new();
        for (named, count) in own.iter().filter(|_| is_open) {
            let is_open = named.id == branch;
            let series = match is_open {
                true => {
                    let (series, _) = inventory.drawn(|indicator, _| indicator == branch, MAX_LISTED);
                    described(loader, series, query, locale).await?
                }
                false => Vec::new(),
            };
            let (id, name) = (named.id.clone(), named.name(locale).to_owned());
            branches.push(BranchView { id, name, count: *count, is_open, branches: Vec::new(), series });
        }
        topics.push(BranchView {
            id: (*word).to_owned(),
            name: topic.name(locale).to_owned(),
            count: own.iter().map(|(_, count)| count).sum(),
            is_open,
            branches,
            series: Vec::new(),
        });
    }
    Ok(TreeView { topics })
}

/// Reads the observations of series, and says of each how far it reaches.
async fn described(
    loader: &Loader<'_>,
    series: Vec<FoundSeries>,
    query: &ExploreQuery,
    locale: Locale,
) -> Result<Vec<FoundView>, AppError> {
    let figures = figures(loader, &series).await?;
    Ok(views(series, &figures, query, locale))
}

fn views(
    series: Vec<FoundSeries>,
    figures: &BTreeMap<SeriesKey, Vec<Arc<Input>>>,
    query: &ExploreQuery,
    locale: Locale,
) -> Vec<FoundView> {
    let nothing = Vec::new();
    let views = series.into_iter().map(|found| {
        let key = key(&found);
        let (entity, producer) = (found.entity.name(locale), found.producer.name(locale));
        FoundView {
            chosen: query.series.iter().any(|chosen| chosen.key == key),
            indicator: found.indicator.name(locale).to_owned(),
            who: if entity == producer { entity.to_owned() } else { format!("{entity} · {producer}") },
            extent: extent(figures.get(&key).unwrap_or(&nothing), locale),
            key,
        }
    });
    views.collect()
}

fn key(found: &FoundSeries) -> SeriesKey {
    SeriesKey {
        indicator: found.indicator.id.clone(),
        entity: found.entity.id.clone(),
        producer: found.producer.id.clone(),
    }
}

/// Reads the observations drawn by default, by series.
async fn figures(
    loader: &Loader<'_>,
    series: &[FoundSeries],
) -> Result<BTreeMap<SeriesKey, Vec<Arc<Input>>>, AppError> {
    let mut by_key: BTreeMap<SeriesKey, Vec<Arc<Input>>> = BTreeMap::new();
    let keys: BTreeSet<_> =
        series.iter().map(|found| (found.indicator.id.clone(), found.entity.id.clone())).collect();
    let keys: Vec<_> = keys.into_iter().collect();
    if keys.is_empty() {
        return Ok(by_key);
    }
    let filter = observations::ObservationSelector { keys: Some(&keys), ..Default::default() };
    for input in loader.read(filter).await? {
        if input.observation.headline {
            by_key.entry(input.key()).or_default().push(input);
        }
    }
    Ok(by_key)
}

/// Says how many figures a series has, how often, from when to when, and the last of them.
fn extent(figures: &[Arc<Input>], locale: Locale) -> String {
    let periods = || figures.iter().map(|input| input.observation.period);
    let last =
        figures.iter().max_by_key(|input| (input.observation.period.end, input.observation.period.start));
    let (Some(first), Some(last)) = (periods().min(), last) else { return String::new() };
    let mut lengths: Vec<PeriodLength> = periods().map(Period::length).collect();
    lengths.sort();
    lengths.dedup();
    let lengths: Vec<String> = lengths.into_iter().map(|length| length.adjective(locale)).collect();
    let (count, often) = (figures.len(), locale.list(&lengths));
    let row = &last.observation;
    let (first, until, value) =
        (first.label(locale), row.period.label(locale), row.worded(&last.indicator.unit, locale));
    match (count, locale) {
        (1, Locale::En) => format!("1 figure, {until}: {value}"),
        (1, Locale::Zh) => format!("1项数据，{until}：{value}"),
        (_, Locale::En) => format!("{count} figures, {often}, from {first}; last {until}: {value}"),
        (_, Locale::Zh) => format!("{count}项数据，{often}，自{first}起；最新{until}：{value}"),
    }
}

/// Finds series of the same indicator for other entities of the same kind: those with most periods in common with the given one, then those
/// with most figures.
async fn peers(
    loader: &Loader<'_>,
    inventory: &Inventory,
    of: &[Arc<Input>],
    query: &ExploreQuery,
    locale: Locale,
) -> Result<Vec<FoundView>, AppError> {
    let Some(own) = of.first().map(|input| input.key()) else { return Ok(Vec::new()) };
    let (places, apps) =
        (loader.snapshot.cached::<Places>().await?, loader.snapshot.cached::<AppOwners>().await?);
    let kind = |entity: &str| (places.get(entity).map(|place| place.kind), apps.0.contains_key(entity));
    let alike = |indicator: &str, entity: &str| {
        indicator == own.indicator
            && entity != own.entity
            && kind(entity) == kind(&own.entity)
            && !query
                .series
                .iter()
                .any(|chosen| chosen.key.indicator == indicator && chosen.key.entity == entity)
    };
    let (mut series, _) = inventory.drawn(alike, usize::MAX);
    series.sort_by_key(|found| std::cmp::Reverse(found.figures));
    series.truncate(MAX_WEIGHED);
    let figures = figures(loader, &series).await?;
    let periods: BTreeSet<Period> = of.iter().map(|input| input.observation.period).collect();
    let common = |found: &FoundSeries| {
        let own = figures.get(&key(found)).into_iter().flatten();
        own.filter(|input| periods.contains(&input.observation.period)).count()
    };
    series.retain(|found| common(found) > 0);
    // The same producer counts in the same way.
    series.sort_by_key(|found| {
        std::cmp::Reverse((common(found), found.producer.id == own.producer, found.figures))
    });
    let mut seen = BTreeSet::new();
    series.retain(|found| seen.insert(found.entity.id.clone()));
    series.truncate(MAX_PEERS);
    Ok(views(series, &figures, query, locale))
}
