//! What a data set can be asked about: names, indicators with their words, and which indicator is held of which entity.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{concepts::Needs, names::Names};
use crate::{
    domain::indicators::model::Indicator,
    text::{Named, Unit},
};

/// An indicator, the concepts that a text about it names, and the entities of which it is held.
pub struct KnownIndicator {
    pub indicator: Arc<Indicator>,
    pub needs: Needs,
    pub entities: BTreeSet<String>,
}

/// Everything that is needed to read a text, of one revision.
pub struct Lexicon {
    pub names: Names,
    pub indicators: Vec<KnownIndicator>,
    /// Place to the place around it.
    parents: BTreeMap<String, String>,
    /// Groups of apps or companies, whose names say no more than a place does unless figures are held of them.
    groups: BTreeSet<String>,
    /// An entity and a place, to the entity that stands for the first within the second (`ReelShort, United States only`).
    parts: BTreeMap<(String, String), String>,
}

/// Names and pairs from which a [`Lexicon`] is made.
#[derive(Default)]
pub struct Contents {
    pub indicators: Vec<Arc<Indicator>>,
    /// Each place with the id of the place around it.
    pub places: Vec<(Named, Option<String>)>,
    /// Entities other than places that have observations.
    pub subjects: Vec<Named>,
    pub producers: Vec<Named>,
    /// Ids of subjects that are groups.
    pub groups: BTreeSet<String>,
    /// Further names of organizations, by id.
    pub aliases: Vec<(String, Vec<String>)>,
    /// Ids of indicator and entity of each series.
    pub series: Vec<(String, String)>,
}

impl Lexicon {
    pub fn new(contents: Contents) -> Lexicon {
        let Contents { indicators, places, subjects, producers, groups, aliases, series } = contents;
        let mut entities: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (indicator, entity) in series {
            entities.entry(indicator).or_default().insert(entity);
        }
        let mut parts = BTreeMap::new();
        let mut wholes = Vec::new();
        for named in subjects {
            match part_of(&named, &wholes, &places) {
                Some(key) => drop(parts.insert(key, named.id)),
                None => wholes.push(named),
            }
        }
        let names =
            Names::new(places.iter().map(|(named, _)| named), wholes.iter(), producers.iter(), &aliases);
        let indicators = indicators.into_iter().filter_map(|indicator| {
            let entities = entities.remove(&indicator.named.id)?;
            Some(KnownIndicator { needs: Needs::of(&indicator), indicator, entities })
        });
        let parents = places.iter().filter_map(|(named, parent)| Some((named.id.clone(), parent.clone()?)));
        Lexicon { indicators: indicators.collect(), parents: parents.collect(), names, groups, parts }
    }

    pub fn part(&self, entity: &str, place: &str) -> Option<&String> {
        self.parts.get(&(entity.to_owned(), place.to_owned()))
    }

    /// Whether a place lies within another, at any depth.
    pub fn is_within(&self, place: &str, other: &str) -> bool {
        let mut at = place;
        // Places form a tree of a few levels; the bound is for data that do not.
        for _ in 0..12 {
            match self.parents.get(at) {
                Some(parent) if parent == other => return true,
                Some(parent) => at = parent,
                None => return false,
            }
        }
        false
    }

    pub fn is_group(&self, subject: &str) -> bool {
        self.groups.contains(subject)
    }

    /// Whether an app has figures of app stores abroad: revenue in dollars, downloads, ranks.
    pub fn is_sold_abroad(&self, app: &str) -> bool {
        let is_of_stores = |unit: &Unit| match unit {
            Unit::Money(currency) => currency == "USD",
            Unit::Count { en, .. } => matches!(en.as_str(), "downloads" | "rank" | "creative groups"),
            _ => false,
        };
        self.indicators
            .iter()
            .any(|known| is_of_stores(&known.indicator.unit) && known.entities.contains(app))
    }

    /// Approximate size in bytes.
    pub fn bytes(&self) -> usize {
        let pairs: usize = self.indicators.iter().map(|one| 400 + 60 * one.entities.len()).sum();
        pairs + 200 * (self.parents.len() + self.parts.len()) + 200_000
    }
}

/// Reads `X, Y only` as an entity within a place.
fn part_of(named: &Named, wholes: &[Named], places: &[(Named, Option<String>)]) -> Option<(String, String)> {
    let (whole, rest) = named.en.split_once(", ")?;
    let place = rest.strip_suffix(" only")?;
    let whole = wholes.iter().find(|one| one.en == whole)?;
    let (place, _) = places.iter().find(|(one, _)| one.en == place)?;
    Some((whole.id.clone(), place.id.clone()))
}
