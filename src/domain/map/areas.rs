//! Areas of the map, and which of them each place counts in.

use std::collections::BTreeMap;

use super::{
    grid::{DISTRICTS, GridTile, PROVINCES},
    model::MapLevel,
    query::MapCount,
};
use crate::domain::{
    entities::model::{Place, PlaceKind, Places},
    programs::comparison::OWN,
};

/// A province of China, a district of Shanghai, or a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area<'a> {
    pub level: MapLevel,
    /// Code of ISO 3166 or GB/T 2260.
    pub code: &'a str,
    /// `None` if the data set does not have the place.
    pub place: Option<&'a Place>,
    pub tile: Option<&'static GridTile>,
}

/// All areas of the map: provinces and districts in the order of their grids, then countries by id.
pub struct Areas<'a> {
    pub all: Vec<Area<'a>>,
    places: &'a Places,
    /// Position of each area's place.
    positions: BTreeMap<&'a str, usize>,
    count: MapCount,
}

impl<'a> Areas<'a> {
    /// Finds the places of the grids by their codes, and all countries.
    pub fn new(places: &'a Places, count: MapCount) -> Self {
        let mut by_code: BTreeMap<&str, &Place> = BTreeMap::new();
        for place in places.all() {
            let codes = [&place.iso_3166, &place.gbt_2260].into_iter().flatten();
            by_code.extend(codes.map(|code| (code.as_str(), place)));
        }
        let tiled = |level, tiles: &'static [GridTile]| {
            let by_code = &by_code;
            tiles.iter().map(move |tile| Area {
                level,
                code: tile.code,
                place: by_code.get(tile.code).copied(),
                tile: Some(tile),
            })
        };
        let countries = places.all().filter(|place| place.kind == PlaceKind::Country);
        let countries = countries.map(|place| Area {
            level: MapLevel::Country,
            code: place.iso_3166.as_deref().unwrap_or_default(),
            place: Some(place),
            tile: None,
        });
        let all: Vec<Area<'a>> = tiled(MapLevel::Province, &PROVINCES)
            .chain(tiled(MapLevel::District, &DISTRICTS))
            .chain(countries)
            .collect();
        let positions = all.iter().enumerate();
        let positions =
            positions.filter_map(|(at, area)| Some((area.place?.named.id.as_str(), at))).collect();
        Areas { all, places, positions, count }
    }

    /// Positions of the areas in which a row of this place counts: at most one of each level.
    pub fn of(&self, place: &str) -> Vec<usize> {
        match self.count {
            MapCount::Own => self.positions.get(place).copied().into_iter().collect(),
            MapCount::Within => self.around(place),
        }
    }

    /// Positions of the areas to be marked: those around the place that the reader asked for, otherwise [`OWN`].
    pub fn marked(&self, asked: Option<&str>) -> Vec<usize> {
        match asked {
            Some(place) => self.around(place),
            None => self.positions.get(OWN).copied().into_iter().collect(),
        }
    }

    /// Positions of the areas that are a place or contain it.
    fn around(&self, place: &str) -> Vec<usize> {
        let around = self.places.outwards(place);
        around.filter_map(|place| self.positions.get(place.named.id.as_str()).copied()).collect()
    }

    /// Number of rows of each area. A row is given as the position of its place in `places`.
    pub fn count<'p>(
        &self,
        places: impl IntoIterator<Item = &'p str>,
        rows: impl IntoIterator<Item = u32>,
    ) -> Vec<i64> {
        let mut own: Vec<(Vec<usize>, i64)> = places.into_iter().map(|place| (self.of(place), 0)).collect();
        for row in rows {
            if let Some((_, count)) = own.get_mut(row as usize) {
                *count += 1;
            }
        }
        let mut counts = vec![0; self.all.len()];
        for (areas, count) in own {
            areas.into_iter().for_each(|area| counts[area] += count);
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entities::model::samples;

    fn coded() -> Places {
        let place = |place: &Place, iso: Option<&str>, gbt: Option<&str>| Place {
            iso_3166: iso.map(str::to_owned),
            gbt_2260: gbt.map(str::to_owned),
            ..place.clone()
        };
        let zone = samples::place("zone", PlaceKind::District, Some("shanghai-pudong"));
        let places = samples::places();
        let coded = places.all().map(|one| match one.named.id.as_str() {
            "china" => place(one, Some("CN"), None),
            "shanghai" => place(one, Some("CN-SH"), Some("310000")),
            "shanghai-pudong" => place(one, None, Some("310115")),
            "henan" => place(one, Some("CN-HA"), Some("410000")),
            _ => one.clone(),
        });
        coded.chain([zone]).collect()
    }

    #[test]
    fn a_row_counts_in_its_district_its_province_and_its_country() {
        let places = coded();
        let of = |count, place: &str| -> Vec<String> {
            let areas = Areas::new(&places, count);
            areas.of(place).into_iter().map(|at| areas.all[at].code.to_owned()).collect()
        };
        assert_eq!(of(MapCount::Within, "zone"), ["310115", "CN-SH", "CN"]);
        assert_eq!(of(MapCount::Within, "shanghai"), ["CN-SH", "CN"]);
        assert_eq!(of(MapCount::Within, "global"), Vec::<String>::new());
        assert_eq!(of(MapCount::Own, "shanghai-pudong"), ["310115"]);
        assert_eq!(of(MapCount::Own, "zone"), Vec::<String>::new());
    }

    #[test]
    fn rows_are_counted_once_at_each_level() {
        let places = coded();
        let ids = ["shanghai-pudong", "shanghai", "henan", "zone"];
        let known = |count| -> Vec<(String, i64)> {
            let areas = Areas::new(&places, count);
            let counts = areas.count(ids, [0, 0, 1, 2, 3]);
            let counted = areas.all.iter().zip(counts).filter(|(_, count)| *count > 0);
            counted.map(|(area, count)| (area.code.to_owned(), count)).collect()
        };
        let counts = |counts: &[(&str, i64)]| -> Vec<(String, i64)> {
            counts.iter().map(|(code, count)| ((*code).to_owned(), *count)).collect()
        };
        assert_eq!(known(MapCount::Within), counts(&[("CN-HA", 1), ("CN-SH", 4), ("310115", 3), ("CN", 5)]));
        assert_eq!(known(MapCount::Own), counts(&[("CN-HA", 1), ("CN-SH", 1), ("310115", 2)]));
    }

    #[test]
    fn tiles_have_the_place_of_their_code() {
        let places = coded();
        let areas = Areas::new(&places, MapCount::Within);
        let found = areas.all.iter().filter(|area| area.tile.is_some() && area.place.is_some()).count();
        assert_eq!((found, areas.all.len()), (3, 34 + 16 + 1));
    }
}
