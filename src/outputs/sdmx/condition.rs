//! Conditions on the value of a component: `c[OBS_STATUS]=E`, `c[OBS_VALUE]=ge:10+lt:100`.

use rust_decimal::Decimal;

use crate::error::{QueryError, QueryProblem};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    Contains,
    Lacks,
    Starts,
    Ends,
}

const OPERATORS: [(&str, Operator); 10] = [
    ("eq", Operator::Eq),
    ("ne", Operator::Ne),
    ("lt", Operator::Lt),
    ("le", Operator::Le),
    ("gt", Operator::Gt),
    ("ge", Operator::Ge),
    ("co", Operator::Contains),
    ("nc", Operator::Lacks),
    ("sw", Operator::Starts),
    ("ew", Operator::Ends),
];

/// Condition on the value of a component: a disjunction of conjunctions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition(Vec<Vec<(Operator, String)>>);

impl Condition {
    /// Parses `A,B`, `ne:A`, `ge:10+lt:100`: `,` means or, `+` means and. A colon after a word that is not an operator
    /// is part of the value.
    ///
    /// # Errors
    ///
    /// If a value is empty.
    pub fn parse(name: &str, text: &str) -> Result<Condition, QueryError> {
        let part = |part: &str| {
            let named = part.split_once(':').and_then(|(word, value)| {
                let (_, operator) = OPERATORS.iter().find(|(known, _)| *known == word)?;
                Some((*operator, value))
            });
            let (operator, value) = named.unwrap_or((Operator::Eq, part));
            match value.is_empty() {
                true => Err(QueryError::new(name, text, QueryProblem::Empty)),
                false => Ok((operator, value.to_owned())),
            }
        };
        // A plus sign in an address may have become a space.
        let all = |alternative: &str| alternative.split(['+', ' ']).map(part).collect();
        text.split(',').map(all).collect::<Result<_, _>>().map(Condition)
    }

    /// Returns whether a value, empty if absent, meets the condition. Numbers are compared as numbers.
    pub fn takes(&self, value: &str) -> bool {
        self.0.iter().any(|all| all.iter().all(|(operator, operand)| holds(*operator, value, operand)))
    }
}

fn holds(operator: Operator, value: &str, operand: &str) -> bool {
    let order = match (value.parse::<Decimal>(), operand.parse::<Decimal>()) {
        (Ok(value), Ok(operand)) => value.cmp(&operand),
        _ => value.cmp(operand),
    };
    // An absent value is neither greater nor less than anything.
    let is_there = !value.is_empty();
    match operator {
        Operator::Eq => order.is_eq(),
        Operator::Ne => order.is_ne(),
        Operator::Lt => is_there && order.is_lt(),
        Operator::Le => is_there && order.is_le(),
        Operator::Gt => is_there && order.is_gt(),
        Operator::Ge => is_there && order.is_ge(),
        Operator::Contains => value.contains(operand),
        Operator::Lacks => !value.contains(operand),
        Operator::Starts => value.starts_with(operand),
        Operator::Ends => value.ends_with(operand),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operator_is_its_own() {
        let takes = |text: &str, value: &str| Condition::parse("c[X]", text).unwrap().takes(value);
        for (text, yes, no) in [
            ("A,B", "B", "C"),
            ("eq:A", "A", "B"),
            ("ne:A", "B", "A"),
            ("ge:10", "10.0", "9"),
            ("ge:10+lt:100", "99", "100"),
            ("gt:-1 le:0", "0", "0.1"),
            ("lt:1", "0", ""),
            ("co:euro", "the euro area", "yuan"),
            ("nc:euro", "yuan", "euro"),
            ("sw:ch", "china", "shanghai"),
            ("ew:ai", "shanghai", "china"),
            ("https://a.test/x", "https://a.test/x", "https"),
        ] {
            assert!(takes(text, yes) && !takes(text, no), "{text}");
        }
        assert!(Condition::parse("c[X]", "A,").is_err() && Condition::parse("c[X]", "ge:").is_err());
    }
}
