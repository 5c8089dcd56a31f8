//! The constraints on time of a request (`startPeriod`, `endPeriod`, `c[TIME_PERIOD]`).

use crate::{
    error::{QueryError, QueryProblem},
    text::Period,
};

/// What a period has to be beside the one that is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    /// The very same.
    Is(Period),
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
            Bound::From(named) => period.end >= named.start,
            Bound::To(named) => period.start <= named.end,
            Bound::After(named) => period.end > named.end,
            Bound::Before(named) => period.start < named.start,
        }
    }
}

/// All constraints of a request: of each one, one alternative has to hold whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times(Vec<Vec<Vec<Bound>>>);

impl Times {
    /// Reads `2025`, `ge:2020+le:2025`, `2023,2025`: `+` for both, `,` for either (SDMX REST 2.1, 4.4.3.2).
    ///
    /// # Errors
    ///
    /// If a period is none, or is compared in a way that is not known here.
    pub fn narrow(&mut self, name: &str, value: &str) -> Result<(), QueryError> {
        let wrong = || QueryError::new(name, value, QueryProblem::NotAPeriod);
        let bound = |part: &str| {
            let (operator, text) = part.split_once(':').unwrap_or(("eq", part));
            let operator = match operator {
                "eq" => Bound::Is,
                "ge" => Bound::From,
                "le" => Bound::To,
                "gt" => Bound::After,
                "lt" => Bound::Before,
                _ => {
                    let allowed = ["eq", "ge", "le", "gt", "lt"].map(str::to_owned).to_vec();
                    return Err(QueryError::new(name, operator, QueryProblem::NotAllowed { allowed }));
                }
            };
            Period::from_code(text).map(operator).ok_or_else(wrong)
        };
        // A plus sign in an address may have become a space.
        let all = |alternative: &str| alternative.split(['+', ' ']).map(bound).collect();
        self.0.push(value.split(',').map(all).collect::<Result<_, _>>()?);
        Ok(())
    }

    pub fn take(&self, period: Period) -> bool {
        let holds = |bounds: &Vec<Bound>| bounds.iter().all(|bound| bound.takes(period));
        self.0.iter().all(|alternatives| alternatives.iter().any(holds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of these periods the constraints take.
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
        for wrong in ["", "soon", "ge:", "ge:2020+", "2020,", "ne:2020"] {
            assert!(Times::default().narrow("startPeriod", wrong).is_err(), "{wrong}");
        }
    }
}
