//! Places as a facet of other rooms' lists: a tree, in which a place counts what is about it and about what lies in it.

use super::model::Places;
use crate::{
    listing::Counts,
    text::Locale,
    ui::list::{Group, Value},
};

/// `counts` has a row under its place and under every larger one ([`Places::ids_outwards`]).
pub fn place_group(
    places: &Places,
    counts: &Counts<String>,
    chosen: Option<&String>,
    locale: Locale,
    href: impl Fn(Option<&String>) -> String,
) -> Group {
    // The world, in which all lies, says no more than “all”.
    let tree = places.tree(|place| place.parent.is_some() && counts.of(&place.named.id) > 0);
    let values = tree.into_iter().map(|(depth, place)| {
        let id = place.named.id.clone();
        Value { depth, ..Value::new(id, place.named.name(locale), counts.of(&place.named.id)) }
    });
    Group::facet(locale, locale.pick("Place", "地区"), counts.all, values, chosen, href)
}
