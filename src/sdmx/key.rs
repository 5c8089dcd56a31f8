//! The key of a request: for each dimension the codes wanted.

use std::fmt;

use super::structure::DIMENSIONS;
use crate::error::{QueryError, QueryProblem};

/// The codes wanted of each dimension; none means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key(pub [Vec<String>; 5]);

impl Key {
    /// Reads `A.domestic-market-revenue.china..`: dots between dimensions, `,` or `+` between alternatives, nothing or `*` for all.
    pub fn parse(text: &str) -> Result<Key, QueryError> {
        let mut key = Key::default();
        if matches!(text, "" | "*" | "all") {
            return Ok(key);
        }
        let parts: Vec<&str> = text.split('.').collect();
        if parts.len() != DIMENSIONS.len() {
            let allowed = vec![DIMENSIONS.each_ref().map(|one| one.id).join(".")];
            return Err(QueryError::new("key", text, QueryProblem::NotAllowed { allowed }));
        }
        for (codes, part) in key.0.iter_mut().zip(parts) {
            let wanted = part.split([',', '+']).filter(|code| !code.is_empty() && *code != "*");
            codes.extend(wanted.map(str::to_owned));
        }
        Ok(key)
    }

    /// Narrows a dimension further: `c[ENTITY]=china,shanghai`.
    pub fn narrow(&mut self, dimension: &str, codes: &str) -> Result<(), QueryError> {
        let name = format!("c[{dimension}]");
        let at = DIMENSIONS.iter().position(|known| known.id == dimension).ok_or_else(|| {
            let known = DIMENSIONS.iter().map(|known| format!("c[{}]", known.id)).collect();
            QueryError::new(&name, codes, QueryProblem::UnknownParameter { known })
        })?;
        let codes = codes.split([',', '+']).map(|code| code.strip_prefix("eq:").unwrap_or(code));
        let codes: Vec<String> = codes.filter(|code| !code.is_empty()).map(str::to_owned).collect();
        let own = &mut self.0[at];
        if own.is_empty() {
            *own = codes;
        } else {
            own.retain(|code| codes.contains(code));
            // What both ask for is nothing: a code that nothing has keeps it that.
            if own.is_empty() {
                own.push(String::new());
            }
        }
        Ok(())
    }

    /// Whether a figure with these codes is wanted.
    pub fn takes(&self, codes: [&str; 5]) -> bool {
        self.0
            .iter()
            .zip(codes)
            .all(|(wanted, code)| wanted.is_empty() || wanted.iter().any(|one| one == code))
    }
}

impl fmt::Display for Key {
    /// As it is read, `*` for what is not narrowed.
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
        let key = Key::parse("A+S.jobs-total.china,shanghai..").unwrap();
        assert!(key.takes(["A", "jobs-total", "shanghai", "cnsa", "x"]));
        assert!(!key.takes(["Q", "jobs-total", "shanghai", "cnsa", "x"]));
        assert_eq!(Key::parse("*").unwrap(), Key::default());
        assert_eq!(key.to_string(), "A+S.jobs-total.china+shanghai.*.*");
        assert!(Key::parse("A.b").is_err());
    }

    #[test]
    fn a_constraint_narrows_the_key() {
        let mut key = Key::parse(".jobs-total,users...").unwrap();
        key.narrow("INDICATOR", "users").unwrap();
        assert_eq!(key.0[1], ["users"]);
        key.narrow("INDICATOR", "jobs-total").unwrap();
        assert!(!key.takes(["A", "users", "", "", ""]) && !key.takes(["A", "jobs-total", "", "", ""]));
        assert!(key.narrow("TIME", "2025").is_err());
    }
}
