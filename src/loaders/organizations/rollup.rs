//! What an organization owns: its latest figures, and those, the apps and the public money of its subsidiaries. Nothing is added up.

use std::{cmp::Reverse, collections::BTreeMap};

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        indicators::{index::IndicatorIndex, model::Indicator},
        observations::{
            breaks::Breaks,
            latest::{Latest, latest},
            model::Observation,
            store::{ObservationSelector, select},
        },
        organizations::store::{Descendant, descendants},
        revisions::Snapshot,
        subsidies::{index::SubsidyIndex, total::Total},
    },
    error::AppError,
    text::Named,
};

/// The latest figure of an indicator for an organization, an app or a work by one producer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeyFigure {
    pub indicator: Indicator,
    pub latest: Latest,
}

/// An organization below another one, with what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subsidiary {
    /// From the subsidiary up to the organization of the page, both included.
    pub chain: Vec<Named>,
    /// Its apps and works, without those that are parts of others, such as an app in one country.
    pub apps: Vec<Named>,
    /// The figures that represent their indicators.
    pub figures: Vec<KeyFigure>,
    /// Totals of the public money that names it. Empty if none is known.
    pub money: Vec<Total>,
}

/// Returns the latest figure of each indicator, entity and producer: those of `own` first, then those of the entities with the most
/// observations. The most observed indicators of an entity come first, and of an indicator the figure that represents it.
pub fn key_figures(
    own: &str,
    indicators: &IndicatorIndex,
    breaks: &Breaks,
    rows: impl IntoIterator<Item = (String, Observation)>,
) -> Result<Vec<KeyFigure>, AppError> {
    let mut measured: BTreeMap<String, Vec<Observation>> = BTreeMap::new();
    let mut of_entity: BTreeMap<String, usize> = BTreeMap::new();
    let mut of_pair: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (indicator, row) in rows {
        *of_entity.entry(row.entity.id.clone()).or_default() += 1;
        *of_pair.entry((row.entity.id.clone(), indicator.clone())).or_default() += 1;
        measured.entry(indicator).or_default().push(row);
    }
    let mut figures = Vec::new();
    for (id, rows) in measured {
        let indicator = indicators.referred(&id)?;
        let found = latest(indicator, &rows, breaks).into_iter();
        figures.extend(found.map(|latest| KeyFigure { indicator: Indicator::clone(indicator), latest }));
    }
    figures.sort_by_cached_key(|one| {
        let (entity, indicator) = (one.latest.figure.entity.id.clone(), one.indicator.named.id.clone());
        let (size, pair) = (of_entity.get(&entity).copied(), (entity.clone(), indicator.clone()));
        (
            (entity != own, Reverse(size), entity),
            (Reverse(of_pair.get(&pair).copied()), indicator),
            (!one.latest.leads, Reverse(one.latest.figures)),
        )
    });
    Ok(figures)
}

/// Returns the subsidiaries of an organization, parents before their children.
pub async fn subsidiaries(
    snapshot: &Snapshot,
    organization: &Named,
    indicators: &IndicatorIndex,
    breaks: &Breaks,
) -> Result<Vec<Subsidiary>, AppError> {
    let below = descendants(&snapshot.db, snapshot.at, &organization.id).await?;
    let owned = owned(organization, &below);
    if owned.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<String> = owned.iter().flat_map(Owned::ids).map(str::to_owned).collect();
    let filter = ObservationSelector { entities: Some(&ids), ..Default::default() };
    let rows = select(&snapshot.db, snapshot.at, filter).await?;
    let ledger = snapshot.cached::<SubsidyIndex>().await?;
    let subsidiary = |owned: &Owned<'_>| -> Result<Subsidiary, AppError> {
        let own: Vec<&str> = owned.ids().collect();
        let rows = rows.iter().filter(|row| own.contains(&row.observation.entity.id.as_str()));
        let rows = rows.map(|row| (row.indicator_id.clone(), row.observation.clone()));
        let id = &owned.chain[0].id;
        let figures = key_figures(id, indicators, breaks, rows)?;
        Ok(Subsidiary {
            figures: figures.into_iter().filter(|one| one.latest.leads).collect(),
            money: ledger.totals(ledger.of_recipient(id)),
            apps: owned
                .below
                .iter()
                .filter(|one| one.is_app && one.parent == *id)
                .map(|one| one.named.clone())
                .collect(),
            chain: owned.chain.iter().map(|one| (*one).clone()).collect(),
        })
    };
    owned.iter().map(subsidiary).collect()
}

/// A subsidiary and what lies below it (apps, works, and joint accounts without a profile), up to the next subsidiary.
struct Owned<'a> {
    chain: Vec<&'a Named>,
    below: Vec<&'a Descendant>,
}

impl Owned<'_> {
    fn ids(&self) -> impl Iterator<Item = &str> {
        let own = self.chain.first().map(|named| named.id.as_str());
        own.into_iter().chain(self.below.iter().map(|one| one.named.id.as_str()))
    }
}

/// Assigns the apps and works below an organization to its subsidiaries. Those of the organization itself are left out.
fn owned<'a>(organization: &'a Named, below: &'a [Descendant]) -> Vec<Owned<'a>> {
    let find = |id: &str| below.iter().find(|one| one.named.id == id);
    // The nearest organization at or above an entity; `None` for the organization of the page.
    let owner = |one: &'a Descendant| {
        let mut at = Some(one);
        while let Some(one) = at.filter(|one| !one.is_organization) {
            at = find(&one.parent);
        }
        at
    };
    let chain = |one: &'a Descendant| {
        let mut chain = vec![&one.named];
        let mut at = find(&one.parent);
        while let Some(one) = at {
            chain.push(&one.named);
            at = find(&one.parent);
        }
        chain.push(organization);
        chain
    };
    let organizations = below.iter().filter(|one| one.is_organization);
    let owned = organizations.map(|one| Owned {
        chain: chain(one),
        below: below
            .iter()
            .filter(|other| !other.is_organization)
            .filter(|other| owner(other).is_some_and(|owner| owner.named.id == one.named.id))
            .collect(),
    });
    owned.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(id: &str) -> Named {
        Named::new(id.into(), id.to_uppercase(), None)
    }

    fn below(id: &str, parent: &str, is_organization: bool) -> Descendant {
        Descendant { named: named(id), parent: parent.into(), is_organization, is_app: !is_organization }
    }

    #[test]
    fn apps_belong_to_the_nearest_organization_and_chains_lead_to_the_top() {
        let top = named("group");
        let below = [
            below("studio", "group", true),
            below("own-app", "group", false),
            below("app", "studio", false),
            below("team", "studio", true),
            below("app-us", "app", false),
            below("team-app", "team", false),
        ];
        let owned = owned(&top, &below);
        let chains: Vec<Vec<&str>> =
            owned.iter().map(|one| one.chain.iter().map(|named| named.id.as_str()).collect()).collect();
        assert_eq!(chains, [vec!["studio", "group"], vec!["team", "studio", "group"]]);
        let below: Vec<Vec<&str>> =
            owned.iter().map(|one| one.below.iter().map(|one| one.named.id.as_str()).collect()).collect();
        assert_eq!(below, [vec!["app", "app-us"], vec!["team-app"]]);
    }
}
