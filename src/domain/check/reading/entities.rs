//! Which entities of an indicator the names near a number may mean.

use std::collections::BTreeSet;

use super::{
    super::{
        concepts::Concept,
        lexicon::KnownIndicator,
        names::{Meaning, WrittenName},
    },
    model::{Scope, UnitFit},
    text::Text,
};

impl Text<'_> {
    /// The entities of an indicator that the names may mean.
    pub fn entities(
        &self,
        known: &KnownIndicator,
        fit: UnitFit,
        concepts: &BTreeSet<Concept>,
        names: &[&WrittenName],
    ) -> Vec<Scope> {
        let id = &known.indicator.named.id;
        let scope = |entity: &str, is_named: bool, is_part: bool| Scope {
            key: (id.clone(), entity.to_owned()),
            fit,
            is_named,
            is_part,
            is_other: false,
            is_off_field: false,
        };
        let said: Vec<&&WrittenName> = names.iter().filter(|name| !name.is_attribution).collect();
        let places = self.places(&said);
        let is_unheld_group = |id: &&str| self.lexicon.is_group(id) && !known.entities.contains(*id);
        let mut subjects: Vec<&str> =
            ids(&said, true).into_iter().filter(|id| !is_unheld_group(id)).collect();
        // `Kunlun Tech reported …`: who reports may also be what is measured.
        let reporters: Vec<&&WrittenName> = names.iter().filter(|name| name.is_attribution).collect();
        if subjects.is_empty() {
            subjects = ids(&reporters, true)
                .into_iter()
                .filter(|id| known.entities.contains(*id) && places.is_empty())
                .collect();
        }
        let held: Vec<&str> = subjects.iter().copied().filter(|id| known.entities.contains(*id)).collect();
        let narrow: Vec<&str> = places
            .iter()
            .copied()
            .filter(|place| {
                !matches!(*place, "china" | "global" | "overseas") && !self.lexicon.is_within(place, "china")
            })
            .collect();
        if !subjects.is_empty() {
            let mut scopes = Vec::new();
            for subject in &subjects {
                let parts: Vec<&String> = narrow
                    .iter()
                    .filter_map(|place| self.lexicon.part(subject, place))
                    .filter(|part| known.entities.contains(*part))
                    .collect();
                scopes.extend(parts.iter().map(|part| scope(part, true, false)));
                if held.contains(subject) {
                    let is_part = !narrow.is_empty()
                        || self.is_elsewhere(known, subject, &said)
                        || id.starts_with("company-revenue") && concepts.contains("drama business");
                    scopes.push(scope(subject, true, is_part));
                }
            }
            if !scopes.is_empty() || !concepts.contains("market") {
                return scopes;
            }
        }
        let held: Vec<&str> = places.iter().copied().filter(|id| known.entities.contains(*id)).collect();
        match (held.as_slice(), places.is_empty()) {
            ([], true) => match known.entities.iter().next() {
                Some(only) if known.entities.len() == 1 && self.may_be_meant(only) => {
                    vec![scope(only, true, false)]
                }
                Some(_) if known.entities.contains("china") => vec![scope("china", true, false)],
                _ => known
                    .entities
                    .iter()
                    .filter(|entity| matches!(entity.as_str(), "overseas" | "global"))
                    .map(|entity| scope(entity, false, false))
                    .collect(),
            },
            ([], false) => {
                // Only `overseas` is a word for what apps earn outside China; `world` is another scope.
                Vec::new()
            }
            (held, _) => {
                let is_part = self.names_stranger(held, &narrow);
                held.iter().map(|entity| scope(entity, true, is_part)).collect()
            }
        }
    }

    /// Whether the text speaks of a wide place in which the subject's figure is not: revenue of a company abroad, of an app for other countries
    /// in China, users abroad of an app for China.
    fn is_elsewhere(&self, known: &KnownIndicator, subject: &str, said: &[&&WrittenName]) -> bool {
        let id = &known.indicator.named.id;
        let names = |place: &str| ids(said, false).contains(&place);
        let in_china =
            said.iter().any(|name| ids(&[name], false).contains(&"china") && self.is_locative(name));
        if id.starts_with("company") {
            return (names("overseas") || in_china) && !id.contains("overseas");
        }
        match self.lexicon.is_sold_abroad(subject) {
            true => in_china,
            false => names("overseas") || names("global"),
        }
    }

    /// Whether a name of a place says where, and not whose: `in China`, `国内`, but not `China's`.
    fn is_locative(&self, name: &WrittenName) -> bool {
        const WHERE: [&str; 7] = ["domestically", "国内", "境内", "内地", "中国大陆", "nationwide", "全国"];
        const BEFORE: [&str; 7] =
            ["in ", "within ", "across ", "inside ", "in mainland ", "throughout ", "在"];
        const AFTER: [&str; 3] = ["市场", "内", " market"];
        let ends_with = |word: &&str| {
            name.range.start.checked_sub(word.chars().count()).is_some_and(|at| self.letters.stands(at, word))
        };
        WHERE.iter().any(|word| self.letters.stands(name.range.start, word))
            || BEFORE.iter().any(ends_with)
            || AFTER.iter().any(|word| self.letters.stands(name.range.end, word))
    }

    /// Whether the text names a place that lies neither in one of those held nor around it, as `Shanghai’s share … in Shenzhen`: the number may
    /// be of that one.
    fn names_stranger(&self, held: &[&str], narrow: &[&str]) -> bool {
        let lie_together = |a: &str, b: &str| self.lexicon.is_within(a, b) || self.lexicon.is_within(b, a);
        narrow
            .iter()
            .any(|place| !held.contains(place) && !held.iter().any(|entity| lie_together(place, entity)))
    }

    /// Whether an entity that the text does not name can be meant: a place, but no app or company.
    pub fn may_be_meant(&self, entity: &str) -> bool {
        matches!(entity, "china" | "overseas" | "global") || self.lexicon.is_within(entity, "global")
    }

    /// Places that names stand for, without those that only say whose companies are meant, and without those around others.
    fn places<'a>(&self, names: &[&&'a WrittenName]) -> Vec<&'a str> {
        let all = ids(names, false);
        let is_outside = |place: &str| place == "overseas" || self.lexicon.is_within(place, "overseas");
        let outside = all.iter().any(|place| is_outside(place));
        let around =
            |place: &str| all.iter().any(|other| *other != place && self.lexicon.is_within(other, place));
        all.iter().copied().filter(|place| !(around(place) || outside && *place == "china")).collect()
    }
}

/// Ids that names stand for: of companies, apps and works, or of places.
fn ids<'a>(names: &[&&'a WrittenName], subjects: bool) -> Vec<&'a str> {
    let mut ids: Vec<&str> = Vec::new();
    for meaning in names.iter().flat_map(|name| &name.meanings) {
        match meaning {
            Meaning::Subject(id) if subjects => ids.push(id),
            Meaning::Place(id) if !subjects => ids.push(id),
            _ => {}
        }
    }
    ids.dedup();
    ids
}
