//! Component selection: `attributes`, `measures`, and `detail` of version 1 of the REST API.

use super::structure::{ATTRIBUTES, MEASURE};
use crate::{
    error::{QueryError, QueryProblem},
    text::query::Query,
};

/// Components of a response in addition to the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComponentSelection {
    /// Whether each of [`ATTRIBUTES`] is requested.
    pub attributes: [bool; ATTRIBUTES.len()],
    /// Whether values are requested.
    pub measure: bool,
    /// Whether only the series keys are requested, without observations.
    pub series_only: bool,
}

impl Default for ComponentSelection {
    fn default() -> Self {
        ComponentSelection { attributes: [true; ATTRIBUTES.len()], measure: true, series_only: false }
    }
}

impl ComponentSelection {
    /// Names of its parameters.
    pub const PARAMETERS: [&str; 3] = ["attributes", "measures", "detail"];

    /// Parses the selection.
    ///
    /// # Errors
    ///
    /// If a component is unknown, or `detail` is combined with the parameters that replaced it.
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
            // All attributes are attached to observations: without observations only keys are left.
            selection.series_only = detail == 2;
        }
        if let Some(asked) = attributes {
            // All attributes are in the data structure, at the level of observations.
            let known = ["dsd", "all", "obs", "msd", "dataset", "series", "none"];
            let names = known.into_iter().chain(ATTRIBUTES.iter().map(|one| one.id));
            let asked = listed("attributes", asked, names)?;
            let all = asked.iter().any(|one| matches!(*one, "dsd" | "all" | "obs"));
            for (wanted, one) in selection.attributes.iter_mut().zip(&ATTRIBUTES) {
                *wanted = all || asked.contains(&one.id);
            }
        }
        if let Some(asked) = measures {
            let asked = listed("measures", asked, ["all", "none", MEASURE.id])?;
            selection.measure = asked.iter().any(|one| *one != "none");
        }
        Ok(selection)
    }

    /// Filters a list with one item per attribute to the requested attributes.
    pub fn attributes_of<'a, T: 'a>(
        &'a self,
        all: impl IntoIterator<Item = T> + 'a,
    ) -> impl Iterator<Item = T> + 'a {
        all.into_iter().zip(self.attributes).filter(|(_, wanted)| *wanted).map(|(one, _)| one)
    }
}

/// Splits a comma-separated list whose members all have to be known.
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
    fn attributes_and_measures_are_selected_by_level_or_by_name() {
        let count = |raw: &str| parse(raw).unwrap().attributes.iter().filter(|wanted| **wanted).count();
        for (raw, expected) in [
            ("", 13),
            ("attributes=dsd", 13),
            ("attributes=none,obs", 13),
            ("attributes=msd", 0),
            ("attributes=OBS_STATUS,UNIT_MEASURE", 2),
            ("detail=full", 13),
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
