//! Which components of a figure a request wants: `attributes`, `measures`, and `detail` of the first REST API.

use super::structure::{ATTRIBUTES, MEASURE};
use crate::{
    error::{QueryError, QueryProblem},
    text::query::Query,
};

/// Components that an answer has beside the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComponentSelection {
    /// For each of [`ATTRIBUTES`] whether it is wanted.
    pub attributes: [bool; ATTRIBUTES.len()],
    /// Whether values are wanted.
    pub measure: bool,
    /// Whether only the keys of series are wanted, without any figure.
    pub series_only: bool,
}

impl Default for ComponentSelection {
    fn default() -> Self {
        ComponentSelection { attributes: [true; ATTRIBUTES.len()], measure: true, series_only: false }
    }
}

impl ComponentSelection {
    /// The names of its parameters.
    pub const PARAMETERS: [&str; 3] = ["attributes", "measures", "detail"];

    /// # Errors
    ///
    /// If a component is none, or `detail` stands beside what replaced it.
    pub fn parse(query: &Query) -> Result<ComponentSelection, QueryError> {
        let mut selection = ComponentSelection::default();
        let (attributes, measures) = (query.one("attributes")?, query.one("measures")?);
        let details = [("full", 0), ("dataonly", 1), ("serieskeysonly", 2), ("nodata", 2)];
        if let Some(detail) = query.word("detail", &details)? {
            if let Some((other, _)) =
                [("attributes", attributes), ("measures", measures)].iter().find(|(_, value)| value.is_some())
            {
                let problem = QueryProblem::NotWith { other: (*other).to_owned() };
                return Err(QueryError::new("detail", query.one("detail")?.unwrap_or_default(), problem));
            }
            if detail > 0 {
                selection.attributes = [false; ATTRIBUTES.len()];
            }
            // All attributes are those of figures: without figures only keys are left.
            selection.series_only = detail == 2;
        }
        if let Some(asked) = attributes {
            // All attributes stand in the data structure, at the level of observations.
            let known = ["dsd", "all", "obs", "msd", "dataset", "series", "none"];
            let names = known.into_iter().chain(ATTRIBUTES.iter().map(|one| one.id));
            let asked = listed("attributes", asked, names)?;
            let all = asked.iter().any(|one| matches!(*one, "dsd" | "all" | "obs"));
            for (window, one) in selection.attributes.iter_mut().zip(&ATTRIBUTES) {
                *window = all || asked.contains(&one.id);
            }
        }
        if let Some(asked) = measures {
            let asked = listed("measures", asked, ["all", "none", MEASURE.id])?;
            selection.measure = asked.iter().any(|one| *one != "none");
        }
        Ok(selection)
    }

    /// What is wanted of something that there is one of for each attribute.
    pub fn attributes_of<'a, T: 'a>(
        &'a self,
        all: impl IntoIterator<Item = T> + 'a,
    ) -> impl Iterator<Item = T> + 'a {
        all.into_iter().zip(self.attributes).filter(|(_, window)| *window).map(|(one, _)| one)
    }
}

/// The members of a list separated by commas, if all of them are known.
fn listed<'a>(
    name: &str,
    text: &'a str,
    known: impl IntoIterator<Item = &'static str>,
) -> Result<Vec<&'a str>, QueryError> {
    let known: Vec<&str> = known.into_iter().collect();
    let asked: Vec<&str> = text.split(',').map(str::trim).collect();
    match asked.iter().find(|one| !known.contains(one)) {
        None => Ok(asked),
        Some(one) => {
            let allowed = known.into_iter().map(str::to_owned).collect();
            Err(QueryError::new(name, one, QueryProblem::NotAllowed { allowed }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(raw: &str) -> Result<ComponentSelection, QueryError> {
        ComponentSelection::parse(&Query::decode(raw))
    }

    #[test]
    fn attributes_and_measures_are_wanted_by_level_or_by_name() {
        let count = |raw: &str| parse(raw).unwrap().attributes.iter().filter(|window| **window).count();
        for (raw, expected) in [
            ("", 12),
            ("attributes=dsd", 12),
            ("attributes=none,obs", 12),
            ("attributes=msd", 0),
            ("attributes=OBS_STATUS,UNIT_MEASURE", 2),
            ("detail=full", 12),
            ("detail=dataonly", 0),
        ] {
            assert_eq!(count(raw), expected, "{raw}");
        }
        assert!(!parse("measures=none").unwrap().measure && parse("measures=OBS_VALUE").unwrap().measure);
        assert!(
            parse("detail=nodata").unwrap().series_only
                && parse("detail=serieskeysonly").unwrap().series_only
        );
        for wrong in ["attributes=NOTHING", "measures=X", "detail=most", "detail=full&attributes=none"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
