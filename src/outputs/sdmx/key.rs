//! Key of a request: the requested codes of each dimension.

use std::fmt;

use super::structure::DIMENSIONS;
use crate::error::{QueryError, QueryProblem};

/// Requested codes of each dimension; an empty list means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeriesKeyFilter(pub [Vec<String>; 5]);

impl SeriesKeyFilter {
    /// Parses `A.domestic-market-revenue.china..`: dots separate dimensions, `,` or `+` alternatives; nothing or `*`
    /// means all, as do omitted trailing dimensions. Several full keys may follow each other:
    /// `A.jobs-total.*.*.*,S.users.*.*.*`.
    pub fn parse_all(text: &str) -> Result<Vec<SeriesKeyFilter>, QueryError> {
        if matches!(text, "" | "*" | "all") {
            return Ok(vec![SeriesKeyFilter::default()]);
        }
        // With more dots than one key has, commas separate keys.
        match text.matches('.').count() < DIMENSIONS.len() {
            true => Ok(vec![SeriesKeyFilter::parse(text)?]),
            false => text.split(',').map(SeriesKeyFilter::parse).collect(),
        }
    }

    fn parse(text: &str) -> Result<SeriesKeyFilter, QueryError> {
        let mut key = SeriesKeyFilter::default();
        let parts: Vec<&str> = text.split('.').collect();
        if parts.len() > DIMENSIONS.len() {
            let allowed = vec![DIMENSIONS.each_ref().map(|one| one.id).join(".")];
            return Err(QueryError::new("key", text, QueryProblem::NotAllowed { allowed }));
        }
        for (codes, part) in key.0.iter_mut().zip(parts) {
            let wanted: Vec<&str> = part.split([',', '+']).filter(|code| !code.is_empty()).collect();
            if !wanted.contains(&"*") {
                codes.extend(wanted.into_iter().map(str::to_owned));
            }
        }
        Ok(key)
    }

    /// Restricts a dimension further: `c[ENTITY]=china,shanghai`.
    pub fn narrow(&mut self, dimension: &str, codes: &str) -> Result<(), QueryError> {
        let name = format!("c[{dimension}]");
        let at = DIMENSIONS.iter().position(|known| known.id == dimension).ok_or_else(|| {
            let known = DIMENSIONS.iter().map(|known| format!("c[{}]", known.id)).collect();
            QueryError::new(&name, codes, QueryProblem::UnknownParameter { known })
        })?;
        let codes = codes.split([',', '+']).map(|code| code.strip_prefix("eq:").unwrap_or(code));
        let codes: Vec<String> = codes.filter(|code| !code.is_empty()).map(str::to_owned).collect();
        if codes.iter().any(|code| code == "*") {
            return Ok(());
        }
        let own = &mut self.0[at];
        if own.is_empty() {
            *own = codes;
        } else {
            own.retain(|code| codes.contains(code));
            // An empty intersection matches nothing: it is represented by a code that no observation has.
            if own.is_empty() {
                own.push(String::new());
            }
        }
        Ok(())
    }

    /// Returns whether observations of an indicator, an entity and a producer may match.
    pub fn takes_series(&self, indicator: &str, entity: &str, producer: &str) -> bool {
        let takes = |at: usize, id: &str| self.0[at].is_empty() || self.0[at].iter().any(|one| one == id);
        takes(1, indicator) && takes(2, entity) && takes(3, producer)
    }

    /// Returns whether an observation with these codes matches.
    pub fn takes(&self, codes: [&str; 5]) -> bool {
        self.0
            .iter()
            .zip(codes)
            .all(|(wanted, code)| wanted.is_empty() || wanted.iter().any(|one| one == code))
    }
}

impl fmt::Display for SeriesKeyFilter {
    /// Formats the key as it is parsed, with `*` for unrestricted dimensions.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |codes: &Vec<String>| if codes.is_empty() { "*".to_owned() } else { codes.join("+") };
        f.write_str(&self.0.iter().map(part).collect::<Vec<_>>().join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_a_place_for_each_dimension() {
        let parse = |text| SeriesKeyFilter::parse_all(text).unwrap();
        let [key] = parse("A+S.jobs-total.china,shanghai..").try_into().unwrap();
        assert!(key.takes(["A", "jobs-total", "shanghai", "cnsa", "x"]));
        assert!(!key.takes(["Q", "jobs-total", "shanghai", "cnsa", "x"]));
        for all in ["", "*", "all", "....", "*.*.*.*.*", "*.", "A+*"] {
            assert_eq!(parse(all), [SeriesKeyFilter::default()], "{all}");
        }
        assert_eq!(parse("A.users"), parse("A.users.*.*.*"));
        let keys = parse("A.users.*.*.*,S.jobs-total.china..");
        assert_eq!(keys.len(), 2);
        assert!(
            keys[1].takes(["S", "jobs-total", "china", "", ""]) && !keys[1].takes(["A", "users", "", "", ""])
        );
        assert_eq!(key.to_string(), "A+S.jobs-total.china+shanghai.*.*");
        assert!(SeriesKeyFilter::parse_all("A.b.c.d.e.f").is_err());
    }

    #[test]
    fn a_constraint_narrows_the_key() {
        let mut key = SeriesKeyFilter::parse(".jobs-total,users...").unwrap();
        key.narrow("INDICATOR", "users").unwrap();
        assert_eq!(key.0[1], ["users"]);
        key.narrow("INDICATOR", "jobs-total").unwrap();
        assert!(!key.takes(["A", "users", "", "", ""]) && !key.takes(["A", "jobs-total", "", "", ""]));
        assert!(key.narrow("TIME", "2025").is_err());
    }
}
