//! Places and their hierarchy.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    text::{Bilingual, Named},
    vocabulary,
};

vocabulary! {
    pub enum PlaceKind {
        Region = "region", "region", "区域";
        Country = "country", "country", "国家";
        Province = "province", "province or region", "省级地区";
        City = "city", "city", "城市";
        District = "district", "district, county or zone", "区县或园区";
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub named: Named,
    pub kind: PlaceKind,
    /// Id of the enclosing place. `None` for the world and for places outside the hierarchy.
    pub parent: Option<String>,
    pub note: Bilingual,
    /// Code of ISO 3166: `KR` for a country, `CN-SH` for a first-level part of one.
    pub iso_3166: Option<String>,
    /// Code of GB/T 2260 for a Chinese province, city, district or county: `310115`.
    pub gbt_2260: Option<String>,
    /// Ids of the places that a region consists of, as far as known: they need not add up to it.
    pub members: Vec<String>,
}

/// Subject of observations: a place, an organization, an app, a work or a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    pub named: Named,
    /// Word from the data set: a kind of place, `organization`, `app`, `work` or `group`.
    pub kind: String,
    /// Enclosing place, operator or owner.
    pub parent: Option<String>,
    pub note: Bilingual,
    /// Code of ISO 3166, as of [`Place::iso_3166`].
    pub iso_3166: Option<String>,
    /// Code of GB/T 2260, as of [`Place::gbt_2260`].
    pub gbt_2260: Option<String>,
    /// Ids of the places or apps that a region or group consists of, as far as known.
    pub members: Vec<String>,
}

/// All places of a revision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(BTreeMap<String, Place>);

impl FromIterator<Place> for Places {
    fn from_iter<I: IntoIterator<Item = Place>>(places: I) -> Self {
        Places(places.into_iter().map(|place| (place.named.id.clone(), place)).collect())
    }
}

impl Places {
    /// Iterates over all places, by id.
    pub fn all(&self) -> impl Iterator<Item = &Place> {
        self.0.values()
    }

    pub fn get(&self, id: &str) -> Option<&Place> {
        self.0.get(id)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Iterates over the place and its ancestors, from the place itself outwards.
    pub fn outwards<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Place> {
        // Bounded by the number of places, so that a cycle (which the import refuses) cannot hang a page.
        std::iter::successors(self.get(id), |place| self.get(place.parent.as_deref()?)).take(self.0.len())
    }

    /// Whether `id` equals `larger` or lies within it.
    pub fn within(&self, id: &str, larger: &str) -> bool {
        self.outwards(id).any(|place| place.named.id == larger)
    }

    /// Direct children of a place, by English name.
    pub fn inside<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Place> {
        let mut places: Vec<&Place> =
            self.0.values().filter(move |place| place.parent.as_deref() == Some(id)).collect();
        places.sort_by(|a, b| a.named.en.cmp(&b.named.en));
        places.into_iter()
    }

    /// The country of a place, or its region when no country is known.
    pub fn country(&self, id: &str) -> Option<&Place> {
        self.outwards(id).find(|place| matches!(place.kind, PlaceKind::Country | PlaceKind::Region))
    }

    /// Places accepted by `shown`, in depth-first order, each with the number of its ancestors that are shown.
    pub fn tree(&self, shown: impl Fn(&Place) -> bool) -> Vec<(u8, &Place)> {
        let mut rows = Vec::new();
        let mut roots: Vec<&Place> = self.0.values().filter(|place| self.is_root(place)).collect();
        roots.sort_by(|a, b| a.named.en.cmp(&b.named.en));
        for root in roots {
            self.grow(root, 0, &shown, &mut rows);
        }
        rows
    }

    fn is_root(&self, place: &Place) -> bool {
        place.parent.as_deref().is_none_or(|parent| self.get(parent).is_none())
    }

    fn grow<'a>(
        &'a self,
        place: &'a Place,
        depth: u8,
        shown: &impl Fn(&Place) -> bool,
        rows: &mut Vec<(u8, &'a Place)>,
    ) {
        let show = shown(place);
        if show {
            rows.push((depth, place));
        }
        // The import refuses cycles, so the depth never exceeds the number of places.
        for inside in self.inside(&place.named.id) {
            self.grow(inside, depth.saturating_add(show.into()), shown, rows);
        }
    }
}

#[cfg(test)]
pub mod samples {
    use super::*;

    /// Sample place without codes, whose names are its id, for tests to modify.
    pub fn place(id: &str, kind: PlaceKind, parent: Option<&str>) -> Place {
        Place {
            named: Named::new(id.into(), id.into(), Some(id.into())),
            kind,
            parent: parent.map(Into::into),
            note: Bilingual::default(),
            iso_3166: None,
            gbt_2260: None,
            members: Vec::new(),
        }
    }

    /// The world, China, Shanghai with Pudong, and Henan.
    pub fn places() -> Places {
        [
            place("global", PlaceKind::Region, None),
            place("china", PlaceKind::Country, Some("global")),
            place("shanghai", PlaceKind::City, Some("china")),
            place("shanghai-pudong", PlaceKind::District, Some("shanghai")),
            place("henan", PlaceKind::Province, Some("china")),
        ]
        .into_iter()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::samples::places;

    #[test]
    fn a_district_lies_in_its_city_and_country() {
        let places = places();
        assert!(places.within("shanghai-pudong", "china"));
        assert!(places.within("shanghai", "shanghai"));
        assert!(!places.within("china", "shanghai"));
        assert!(!places.within("atlantis", "china"));
        assert_eq!(places.country("shanghai-pudong").unwrap().named.id, "china");
    }

    #[test]
    fn a_tree_keeps_its_shape_where_places_are_left_out() {
        let places = places();
        let tree: Vec<_> = places
            .tree(|place| !matches!(place.named.id.as_str(), "global" | "shanghai"))
            .into_iter()
            .map(|(depth, place)| (depth, place.named.id.as_str()))
            .collect();
        assert_eq!(tree, [(0, "china"), (1, "henan"), (1, "shanghai-pudong")]);
    }
}
