//! Finding a place by what a reader types: its id, its code, or its name in either language, whole, in part or misspelt.

use std::collections::BTreeSet;

use super::model::{Place, Places};
use crate::text::words::{Class, class, fold};

/// Maximum number of places that are offered instead of the one that was typed.
const MAX_CANDIDATES: usize = 6;
/// Minimum share of pairs of letters that a misspelt name has in common with a candidate.
const MIN_LIKENESS: f64 = 0.4;

/// Result of [`Places::find`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    Place(&'a Place),
    /// No place, or more than one, can be meant: those that come closest, best first. Empty if none comes close.
    Candidates(Vec<&'a Place>),
}

impl Places {
    /// Finds a place by its id, by a code, by its name in either language, or by a part of a name that no other place has. Case, accents, hyphens and
    /// traditional characters do not matter.
    pub fn find(&self, typed: &str) -> Found<'_> {
        let typed = letters(typed);
        if typed.is_empty() {
            return Found::Candidates(Vec::new());
        }
        let named = |fits: &dyn Fn(&str) -> bool| -> Vec<&Place> {
            let mut places: Vec<&Place> =
                self.all().filter(|place| names(place).iter().any(|name| fits(name))).collect();
            places.sort_by_key(|place| place.named.en.len());
            places
        };
        let whole = named(&|name| name == typed);
        let part = if whole.is_empty() { named(&|name| begins_a_word(name, &typed)) } else { whole };
        match part.as_slice() {
            [only] => Found::Place(only),
            [] => Found::Candidates(self.alike(&typed)),
            several => Found::Candidates(several.iter().take(MAX_CANDIDATES).copied().collect()),
        }
    }

    /// Places whose names are spelt similarly, the most similar first.
    fn alike(&self, typed: &str) -> Vec<&Place> {
        let typed = pairs(typed);
        let likeness = |name: &str| {
            let name = pairs(name);
            2.0 * typed.intersection(&name).count() as f64 / (typed.len() + name.len()) as f64
        };
        let best = |place: &Place| names(place).iter().map(|name| likeness(name)).fold(0.0, f64::max);
        let alike = self.all().map(|place| (best(place), place));
        let mut alike: Vec<(f64, &Place)> = alike.filter(|(likeness, _)| *likeness >= MIN_LIKENESS).collect();
        alike.sort_by(|a, b| b.0.total_cmp(&a.0));
        alike.into_iter().take(MAX_CANDIDATES).map(|(_, place)| place).collect()
    }
}

/// The id, both names, the codes, and the Chinese name without its kind of place (杭州 for 杭州市), folded.
fn names(place: &Place) -> Vec<String> {
    let own = &place.named;
    let short = own.zh.as_ref().and_then(|zh| {
        let short = zh.strip_suffix(['省', '市', '区', '县'])?;
        (short.chars().count() > 1).then(|| short.to_owned())
    });
    let names =
        [Some(&own.id), Some(&own.en), own.zh.as_ref(), place.iso_3166.as_ref(), place.gbt_2260.as_ref()];
    names.into_iter().flatten().chain(&short).map(|name| letters(name)).collect()
}

/// Folds a text to its letters and digits, with one space for what separates them.
fn letters(text: &str) -> String {
    let folded: String = fold(text)
        .iter()
        .map(|folded| if class(folded.letter) == Class::Gap { ' ' } else { folded.letter })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a word of the name begins with the text. Hanzi are not separated into words, so any of them may begin one.
fn begins_a_word(name: &str, text: &str) -> bool {
    name.match_indices(text).any(|(at, _)| {
        let before = name[..at].chars().next_back();
        before.is_none_or(|before| before == ' ' || class(before) == Class::Run)
    })
}

/// The pairs of letters of a text, with its beginning.
fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let letters = || text.chars().filter(|letter| *letter != ' ');
    std::iter::once('^').chain(letters()).zip(letters()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::entities::model::{PlaceKind, samples::place},
        text::Named,
    };

    fn places() -> Places {
        [
            ("beijing", "Beijing", "北京市"),
            ("beijing-xicheng", "Xicheng District", "西城区"),
            ("dongyang-hengdian", "Hengdian (Dongyang)", "横店"),
            ("hangzhou", "Hangzhou", "杭州市"),
            ("hangzhou-yuhang", "Yuhang District", "余杭区"),
            ("hangzhou-binjiang", "Binjiang District", "杭州高新区"),
            ("shanghai-pudong", "Pudong New Area", "浦东新区"),
            ("south-korea", "South Korea", "韩国"),
        ]
        .into_iter()
        .map(|(id, en, zh)| Place {
            named: Named::new(id.into(), en.into(), Some(zh.into())),
            iso_3166: (id == "south-korea").then(|| "KR".to_owned()),
            gbt_2260: (id == "hangzhou").then(|| "330100".to_owned()),
            ..place(id, PlaceKind::City, None)
        })
        .collect()
    }

    #[test]
    fn a_place_is_found_by_id_code_name_or_part_of_a_name() {
        let places = places();
        for (typed, id) in [
            ("hangzhou", "hangzhou"),
            (" HANGZHOU ", "hangzhou"),
            ("杭州", "hangzhou"),
            ("橫店", "dongyang-hengdian"),
            ("Hengdian", "dongyang-hengdian"),
            ("dongyang hengdian", "dongyang-hengdian"),
            ("korea", "south-korea"),
            ("kr", "south-korea"),
            ("330100", "hangzhou"),
            ("Pudong", "shanghai-pudong"),
            ("浦东", "shanghai-pudong"),
            ("Beijing", "beijing"),
        ] {
            let Found::Place(place) = places.find(typed) else { panic!("{typed} is not found") };
            assert_eq!(place.named.id, id, "{typed}");
        }
    }

    #[test]
    fn what_is_misspelt_or_meant_by_several_gets_candidates() {
        let places = places();
        for (typed, first) in [
            ("Hangzou", "hangzhou"),
            ("Bejing", "beijing"),
            ("杭洲", "hangzhou"),
            ("district", "hangzhou-yuhang"),
        ] {
            let Found::Candidates(places) = places.find(typed) else { panic!("{typed} is found") };
            assert_eq!(places.first().map(|place| place.named.id.as_str()), Some(first), "{typed}");
        }
        for typed in ["", "…", "Xyzzy"] {
            assert_eq!(places.find(typed), Found::Candidates(Vec::new()), "{typed}");
        }
    }
}
