//! URL state of the comparison.

use serde::{Deserialize, Serialize};

use super::MAX;
use crate::{
    domain::{
        entities::{model::Places, names::Found},
        programs::choices::{ScopeChoice, Within},
    },
    error::{QueryError, QueryProblem},
    text::{
        Locale, Named,
        query::{Query, as_query_string, href},
        vocabulary::Word,
    },
};

/// URL state of the comparison: programmes or places. Without either, the page chooses places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompareQuery {
    pub programs: Vec<String>,
    pub places: Vec<String>,
    /// Name of one more place as the reader typed it: see [`CompareQuery::resolved`].
    pub add: Option<String>,
    pub within: Within,
    /// Relation to micro-dramas of the measures that are counted. All if `None`.
    pub scope: Option<ScopeChoice>,
}

as_query_string!(CompareQuery);

impl Default for CompareQuery {
    fn default() -> Self {
        CompareQuery {
            programs: Vec::new(),
            places: Vec::new(),
            add: None,
            within: Within::All,
            scope: Some(ScopeChoice::Related),
        }
    }
}

/// Why a typed place was not added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotAdded {
    pub typed: String,
    pub reason: NotAddedReason,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotAddedReason {
    /// No place, or more than one, can be meant. Those that come closest.
    NotFound(Vec<Named>),
    /// As many places as fit are already compared.
    Full,
}

impl CompareQuery {
    /// Parameters that only a comparison of places takes.
    const OF_PLACES: [&str; 4] = ["place", "add", "within", "scope"];
    /// Value of `scope` that counts all measures. Not `all`, which asks a file for all rows.
    pub const EVERY_SCOPE: &str = "any";

    /// Values of `scope`, in display order.
    pub fn scopes() -> Vec<(&'static str, Option<ScopeChoice>)> {
        let choices = ScopeChoice::every().into_iter().map(|(word, choice)| (word, Some(choice)));
        choices.chain([(Self::EVERY_SCOPE, None)]).collect()
    }

    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&["program", "place", "add", "within", "scope"])?;
        let programs = query.ids("program", MAX)?;
        if let Some(program) = programs.first()
            && let Some(other) = Self::OF_PLACES.iter().find(|name| !query.all(name).is_empty())
        {
            let problem = QueryProblem::NotWith { other: (*other).to_owned() };
            return Err(QueryError::new("program", program, problem));
        }
        Ok(CompareQuery {
            programs,
            places: query.ids("place", MAX)?,
            add: query.text("add")?,
            within: query.word("within", Within::WORDS)?.unwrap_or_default(),
            scope: query.word("scope", &Self::scopes())?.unwrap_or(Self::default().scope),
        })
    }

    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let programs = self.programs.iter().map(|id| ("program", id.clone()));
        let places = self.places.iter().map(|id| ("place", id.clone()));
        let add = self.add.iter().map(|typed| ("add", typed.clone()));
        let default = Self::default();
        let within = (self.within != default.within).then(|| ("within", self.within.word().to_owned()));
        let scope = (self.scope != default.scope).then(|| ("scope", self.scope_word().to_owned()));
        programs.chain(places).chain(add).chain(within).chain(scope).collect()
    }

    /// The scope as it stands in an address.
    pub fn scope_word(&self) -> &'static str {
        let scopes = Self::scopes();
        scopes.iter().find(|(_, scope)| *scope == self.scope).map_or(Self::EVERY_SCOPE, |(word, _)| word)
    }

    pub fn href(&self, locale: Locale) -> String {
        href(&format!("/{locale}/programs/compare"), self.pairs())
    }

    /// Returns the comparison with the same choices of other places.
    pub fn of_places(&self, places: Vec<String>) -> Self {
        CompareQuery { places, add: None, ..self.clone() }
    }

    /// Returns the comparison of the chosen places, or of `default` if none is chosen, with the one that was typed.
    ///
    /// # Errors
    ///
    /// The comparison without it, and why it was not added.
    pub fn resolved(&self, places: &Places, default: &[Named]) -> (Self, Option<NotAdded>) {
        let Some(typed) = &self.add else { return (self.clone(), None) };
        let mut chosen = self.places.clone();
        if chosen.is_empty() {
            chosen.extend(default.iter().map(|place| place.id.clone()));
        }
        let reason = match places.find(typed) {
            Found::Place(place) if chosen.contains(&place.named.id) => None,
            Found::Place(place) if chosen.len() < MAX => {
                chosen.push(place.named.id.clone());
                None
            }
            Found::Place(_) => Some(NotAddedReason::Full),
            Found::Candidates(places) => {
                let names = places.into_iter().map(|place| place.named.clone());
                Some(NotAddedReason::NotFound(names.collect()))
            }
        };
        let not_added = reason.map(|reason| NotAdded { typed: typed.clone(), reason });
        (self.of_places(chosen), not_added)
    }

    /// Returns the comparison without one of its programmes.
    pub fn without(&self, program: &str) -> Self {
        let programs = self.programs.iter().filter(|id| *id != program).cloned().collect();
        CompareQuery { programs, ..Self::default() }
    }

    /// Returns the comparison with one more programme.
    pub fn with(&self, program: &str) -> Self {
        let mut programs = self.programs.clone();
        programs.push(program.to_owned());
        CompareQuery { programs, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        entities::model::{PlaceKind, samples::place},
        programs::model::Scope,
    };

    #[test]
    fn six_things_stand_side_by_side_of_one_kind() {
        let query = CompareQuery::parse("place=henan&place=shanghai").unwrap();
        assert_eq!(query.href(Locale::Zh), "/zh/programs/compare?place=henan&place=shanghai");
        for other in ["place=henan", "add=henan", "within=own", "scope=any"] {
            assert!(CompareQuery::parse(&format!("{other}&program=p")).is_err(), "{other}");
        }
        let seven: String = (0..7).map(|number| format!("program=p{number}&")).collect();
        assert_eq!(
            CompareQuery::parse(&seven).unwrap_err().problem,
            QueryProblem::TooMany { most: MAX as u32 }
        );
        let query = CompareQuery::default().with("a").with("b").without("a");
        assert_eq!(query.programs, ["b"]);
    }

    #[test]
    fn what_counts_is_written_only_if_it_differs_from_the_default() {
        let query = CompareQuery::parse("place=henan&add=&within=all&scope=related").unwrap();
        assert_eq!(query.href(Locale::En), "/en/programs/compare?place=henan");
        let query = CompareQuery::parse("scope=any&within=own&place=henan").unwrap();
        assert_eq!(query.href(Locale::En), "/en/programs/compare?place=henan&within=own&scope=any");
        assert_eq!(query.scope, None);
        let query = CompareQuery::parse("scope=micro-drama").unwrap();
        assert_eq!(query.scope, Some(ScopeChoice::Exactly(Scope::MicroDrama)));
    }

    fn places(ids: &[&str]) -> Places {
        let place = |id: &&str| place(id, PlaceKind::City, None);
        ids.iter().map(place).collect()
    }

    #[test]
    fn a_typed_place_joins_those_chosen_and_none_of_them_is_lost() {
        let places = places(&["henan", "hunan", "hubei", "a1", "a2", "a3", "a4"]);
        let default = [Named::new("henan".into(), "henan".into(), None)];
        let resolved = |raw: &str| CompareQuery::parse(raw).unwrap().resolved(&places, &default);
        for (raw, address, added) in [
            ("", "", true),
            ("add=Hubei", "place=henan&place=hubei", true),
            ("place=hunan&add=hubei&scope=any", "place=hunan&place=hubei&scope=any", true),
            ("place=hunan&add=hunan", "place=hunan", true),
            ("place=hunan&add=atlantis", "place=hunan", false),
            (
                "place=hunan&place=henan&place=a1&place=a2&place=a3&place=a4&add=hubei",
                "place=hunan&place=henan&place=a1&place=a2&place=a3&place=a4",
                false,
            ),
        ] {
            let (query, not_added) = resolved(raw);
            assert_eq!(
                query.href(Locale::En).trim_start_matches("/en/programs/compare").trim_start_matches('?'),
                address
            );
            assert_eq!(not_added.is_none(), added, "{raw}");
        }
        let (_, not_added) = resolved("place=hunan&add=huben");
        let Some(NotAdded { reason: NotAddedReason::NotFound(candidates), .. }) = not_added else {
            panic!("{not_added:?}")
        };
        assert!(candidates.iter().any(|place| place.id == "hubei"), "{candidates:?}");
    }
}
