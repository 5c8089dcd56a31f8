//! Place as a parameter of the lists of other nouns.

use super::model::{Place, Places};
use crate::{
    domain::listing::{
        facet::Hierarchy,
        parameter::{Field, ListQuery, Parameter},
    },
    text::Locale,
};

/// The parameter `place`, which selects a place and every place within it. The list adds how its rows are placed.
pub const fn place<Q: ListQuery>(field: fn(&mut Q) -> &mut Option<String>) -> Parameter<Q> {
    Parameter {
        name: "place",
        label: ("place", "地区"),
        about: "A place, including every place within it.",
        field: Field::Id("places", field),
        facet: None,
    }
}

impl Hierarchy for Places {
    fn has(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    fn outwards(&self, id: &str) -> Vec<&str> {
        Places::outwards(self, id).map(|place| place.named.id.as_str()).collect()
    }

    fn tree(&self, locale: Locale, shown: &dyn Fn(&str) -> bool) -> Vec<(u8, &str, &str)> {
        // The world contains every place, so it would repeat “all”.
        let shown = |place: &Place| place.parent.is_some() && shown(&place.named.id);
        let tree = Places::tree(self, shown).into_iter();
        tree.map(|(depth, place)| (depth, place.named.id.as_str(), place.named.name(locale))).collect()
    }
}
