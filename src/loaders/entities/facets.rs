//! Places as a facet of the lists of other nouns: a tree in which a place counts its own rows and those of the places
//! within it.

use std::collections::BTreeMap;

use crate::{
    components::list::{FacetGroup, FacetValue},
    domain::{entities::model::Places, listing::ChoiceCounts},
    text::Locale,
};

/// Builds the facet. `counts` counts each row under its own place alone, by the index of that place in `own`.
pub fn place_group<'a>(
    places: &Places,
    own: impl Fn(usize) -> &'a str,
    counts: &ChoiceCounts,
    chosen: Option<&String>,
    locale: Locale,
    href: impl Fn(Option<&String>) -> String,
) -> FacetGroup {
    let mut within: BTreeMap<&str, i64> = BTreeMap::new();
    for (number, count) in counts.each() {
        for place in places.outwards(own(number)) {
            *within.entry(&place.named.id).or_default() += count;
        }
    }
    let count = |id: &str| within.get(id).copied().unwrap_or(0);
    // The world contains every place, so it would repeat “all”.
    let tree = places.tree(|place| place.parent.is_some() && count(&place.named.id) > 0);
    let values = tree.into_iter().map(|(depth, place)| {
        let id = place.named.id.clone();
        FacetValue { depth, ..FacetValue::new(id, place.named.name(locale), count(&place.named.id)) }
    });
    FacetGroup::facet(locale, locale.pick("Place", "地区"), counts.all, values, chosen, href)
}
