//! Time constraints of a request (`startPeriod`, `endPeriod`, `c[TIME_PERIOD]`).

use super::period;
use crate::{
    error::{QueryError, QueryProblem},
    text::Period,
};

/// Relation between an observation's period and the one named in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    /// The same period.
    Is(Period),
    /// Any other period.
    IsNot(Period),
    /// Ends on its first day or later.
    From(Period),
    /// Begins on its last day or earlier.
    To(Period),
    /// Ends after it.
    After(Period),
    /// Begins before it.
    Before(Period),
}

impl Bound {
    fn takes(self, period: Period) -> bool {
        match self {
            Bound::Is(named) => period == named,
            Bound::IsNot(named) => period != named,
            Bound::From(named) => period.end >= named.start,
            Bound::To(named) => period.start <= named.end,
            Bound::After(named) => period.end > named.end,
            Bound::Before(named) => period.start < named.start,
        }
    }
}

/// All constraints of a request: each is a disjunction of conjunctions, and all have to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times(Vec<Vec<Vec<Bound>>>);

impl Times {
    /// Adds a constraint such as `2025`, `ge:2020+le:2025`, `2023,2025`: `+` means and, `,` means or (SDMX REST 2.1,
    /// 4.4.3.2).
    ///
    /// # Errors
    ///
    /// If a period is invalid, or its operator is unknown.
    pub fn narrow(&mut self, name: &str, value: &str) -> Result<(), QueryError> {
        let wrong = || QueryError::new(name, value, QueryProblem::NotAPeriod);
        let bound = |part: String| {
            // The hours of a time are followed by a colon too.
            let named =
                part.split_once(':').filter(|(word, _)| word.bytes().all(|byte| byte.is_ascii_alphabetic()));
            let (operator, text) = named.unwrap_or(("eq", &part));
            let operator = match operator {
                "eq" => Bound::Is,
                "ne" => Bound::IsNot,
                "ge" => Bound::From,
                "le" => Bound::To,
                "gt" => Bound::After,
                "lt" => Bound::Before,
                operator => {
                    let words = ["eq", "ne", "ge", "le", "gt", "lt"].map(str::to_owned).to_vec();
                    let problem = match operator {
                        "co" | "nc" | "sw" | "ew" => QueryProblem::NotOffered { offered: words },
                        _ => QueryProblem::NotAllowed { allowed: words },
                    };
                    return Err(QueryError::new(name, operator, problem));
                }
            };
            period::parse(text).map(operator).ok_or_else(wrong)
        };
        let all = |alternative: &str| parts(alternative).into_iter().map(bound).collect();
        self.0.push(value.split(',').map(all).collect::<Result<_, _>>()?);
        Ok(())
    }

    pub fn take(&self, period: Period) -> bool {
        let holds = |bounds: &Vec<Bound>| bounds.iter().all(|bound| bound.takes(period));
        self.0.iter().all(|alternatives| alternatives.iter().any(holds))
    }
}

/// Splits an alternative into the parts that all have to hold, at `+`, which may have become a space in an address. The
/// plus sign of a time zone belongs to its part.
fn parts(alternative: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in alternative.split(['+', ' ']) {
        match parts.last_mut() {
            Some(last) if is_zone(part) => {
                last.push('+');
                last.push_str(part);
            }
            _ => parts.push(part.to_owned()),
        }
    }
    parts
}

/// Returns whether a part begins with the hours of a time zone, alone or before the duration of a range: `08:00`,
/// `08:00/P1Y`.
fn is_zone(part: &str) -> bool {
    part.split('/').next().is_some_and(period::is_hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns which of these periods meet the constraints.
    fn taken(constraints: &[&str]) -> Vec<&'static str> {
        let mut times = Times::default();
        for constraint in constraints {
            times.narrow("c[TIME_PERIOD]", constraint).unwrap();
        }
        let periods = ["2022", "2023", "2024", "2025-Q1", "2025", "2025-01-01/P24M"];
        periods.into_iter().filter(|code| times.take(Period::from_code(code).unwrap())).collect()
    }

    #[test]
    fn each_comparison_is_its_own() {
        assert_eq!(taken(&[]).len(), 6);
        assert_eq!(taken(&["2025"]), ["2025"]);
        assert_eq!(taken(&["eq:2025-Q1"]), ["2025-Q1"]);
        assert_eq!(taken(&["ge:2024"]), ["2024", "2025-Q1", "2025", "2025-01-01/P24M"]);
        assert_eq!(taken(&["gt:2024"]), ["2025-Q1", "2025", "2025-01-01/P24M"]);
        assert_eq!(taken(&["le:2023"]), ["2022", "2023"]);
        assert_eq!(taken(&["lt:2023"]), ["2022"]);
        assert_eq!(taken(&["ne:2024"]).len(), 5);
        assert_eq!(
            taken(&["ge:2025-01-01T00:00:00+08:00+le:2025-03-31T00:00:00Z"]),
            ["2025-Q1", "2025", "2025-01-01/P24M"]
        );
        assert_eq!(taken(&["2025-01-01T00:00:00 08:00/P3M"]), ["2025-Q1"]);
        assert_eq!(taken(&["2022-A1,2025-Q1"]), ["2022", "2025-Q1"]);
    }

    #[test]
    fn both_and_either_are_told_apart() {
        assert_eq!(taken(&["2022,2024"]), ["2022", "2024"]);
        assert_eq!(taken(&["ge:2023+le:2024"]), ["2023", "2024"]);
        assert_eq!(taken(&["ge:2023 le:2024"]), ["2023", "2024"]);
        assert_eq!(taken(&["2022,ge:2024+lt:2025"]), ["2022", "2024"]);
        assert_eq!(taken(&["ge:2023+ge:2022+lt:2024"]), ["2023"]);
        assert_eq!(taken(&["ge:2023", "lt:2024"]), ["2023"]);
        assert!(taken(&["2022+2023"]).is_empty());
    }

    #[test]
    fn what_is_no_period_or_comparison_is_refused() {
        for wrong in ["", "soon", "ge:", "ge:2020+", "2020,", "xy:2020", "co:2020"] {
            assert!(Times::default().narrow("startPeriod", wrong).is_err(), "{wrong}");
        }
    }
}
