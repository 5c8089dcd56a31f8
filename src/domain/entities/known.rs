//! What is known of each place, and which places are researched at all.

use std::collections::{BTreeMap, BTreeSet};

use super::model::Places;

/// Row counts of a place itself, without its descendants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceCounts {
    pub programs: i64,
    pub subsidies: i64,
    pub organizations: i64,
    pub events: i64,
    /// Number of observations by indicator id.
    pub figures: BTreeMap<String, i64>,
}

/// Row counts by place id. Places without rows are absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known(BTreeMap<String, PlaceCounts>);

impl FromIterator<(String, PlaceCounts)> for Known {
    fn from_iter<I: IntoIterator<Item = (String, PlaceCounts)>>(counts: I) -> Self {
        Known(counts.into_iter().collect())
    }
}

impl Known {
    pub fn of(&self, place: &str) -> Option<&PlaceCounts> {
        self.0.get(place)
    }

    /// Returns the ids of the researched places: the data set has at least one programme, subsidy, organization, event or figure of the
    /// place or of a place within it. Where a researched place has none of something, none is known; of any other place nothing can be
    /// said, because nobody has looked.
    pub fn researched<'a>(&self, places: &'a Places) -> BTreeSet<&'a str> {
        self.0.keys().flat_map(|id| places.outwards(id)).map(|place| place.named.id.as_str()).collect()
    }

    /// Approximate size in bytes.
    pub fn bytes(&self) -> usize {
        self.0.values().map(|counts| 200 + 80 * counts.figures.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::model::samples, *};

    #[test]
    fn a_place_is_researched_if_anything_is_known_of_it_or_within_it() {
        let places = samples::places();
        let known = |id: &str| (id.to_owned(), PlaceCounts { events: 1, ..PlaceCounts::default() });
        let of = |ids: &[&str]| -> Vec<String> {
            let known: Known = ids.iter().map(|id| known(id)).collect();
            known.researched(&places).into_iter().map(str::to_owned).collect()
        };
        assert_eq!(of(&["shanghai-pudong"]), ["china", "global", "shanghai", "shanghai-pudong"]);
        assert_eq!(
            of(&["shanghai"]),
            ["china", "global", "shanghai"],
            "what is known of a city says nothing of its districts"
        );
        assert!(of(&["atlantis"]).is_empty() && of(&[]).is_empty());
    }
}
