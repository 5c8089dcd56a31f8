//! Formulas over the chosen series, such as `a/b` or `(a+b)/c`: parsed strictly, written canonically.
//!
//! Grammar, without spaces in the canonical form:
//!
//! ```text
//! sum     = product (("+" | "-") product)*
//! product = operand (("*" | "/") operand)*
//! operand = letter | number | "(" sum ")"
//! letter  = "a" to "e": the chosen series in their order
//! number  = digits ["." digits]
//! ```

use std::fmt;

use rust_decimal::Decimal;

use crate::error::{FormulaPart, QueryError, QueryProblem};

/// Maximum number of series in a formula, each with a letter.
pub const MAX_SERIES: usize = 5;
/// Maximum length, in characters.
pub const MAX_LENGTH: usize = 60;
/// Maximum number of parentheses within each other.
const MAX_DEPTH: usize = 8;
/// Maximum length of a number, in characters.
const MAX_NUMBER: usize = 12;

/// Words for formulas of two series, from addresses older than the grammar.
const WORDS: [(&str, &str); 3] = [("ratio", "a/b"), ("percentage", "a/b*100"), ("difference", "a-b")];

/// A formula that names at least one series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula(Expression);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// Index of a chosen series, from 0.
    Series(usize),
    Number(Decimal),
    Operation(Box<Expression>, Operator, Box<Expression>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Plus,
    Minus,
    Times,
    Over,
}

/// Returns the letter of a chosen series, by its index.
pub fn letter(number: usize) -> Option<char> {
    ('a'..).nth(number).filter(|_| number < MAX_SERIES)
}

impl Formula {
    /// Parses a formula.
    ///
    /// # Errors
    ///
    /// [`QueryProblem::NotAFormula`] with the position of the first character that the grammar does not allow there, and what it allows;
    /// [`QueryProblem::TooLong`].
    pub fn parse(text: &str) -> Result<Formula, QueryError> {
        let wrong = |problem| QueryError::new("formula", text, problem);
        if text.chars().count() > MAX_LENGTH {
            return Err(wrong(QueryProblem::TooLong { most: MAX_LENGTH as u32 }));
        }
        let known = WORDS.iter().find(|(word, _)| *word == text);
        let text = known.map_or(text, |(_, formula)| formula);
        let mut parser = Parser { letters: text.chars().collect(), at: 0, depth: 0 };
        let parsed = parser.whole();
        let (expression, at) = match parsed {
            Ok(expression) if expression.series().is_empty() => (Err(FormulaPart::Series), 0),
            Ok(expression) => (Ok(expression), 0),
            Err(wanted) => (Err(wanted), parser.at),
        };
        match expression {
            Ok(expression) => Ok(Formula(expression)),
            Err(wanted) => {
                let found = parser.letters.get(at).copied();
                Err(wrong(QueryProblem::NotAFormula { at: at as u32 + 1, found, wanted }))
            }
        }
    }

    pub fn expression(&self) -> &Expression {
        &self.0
    }

    /// Writes the formula with typographic signs and a text for each series: `(1,200 + 300) ÷ 50`.
    pub fn written(&self, series: &dyn Fn(usize) -> String) -> String {
        self.0.written(series)
    }

    /// Writes the formula with the letters of the series: `(a + b) ÷ c`.
    pub fn lettered(&self) -> String {
        self.0.lettered()
    }

    /// Returns the formula for when a series is removed, so that later ones move up. `None` if it names that series.
    pub fn without(&self, number: usize) -> Option<Formula> {
        fn moved(expression: &Expression, number: usize) -> Expression {
            match expression {
                Expression::Series(own) => Expression::Series(own - usize::from(*own > number)),
                Expression::Number(_) => expression.clone(),
                Expression::Operation(left, operator, right) => Expression::Operation(
                    Box::new(moved(left, number)),
                    *operator,
                    Box::new(moved(right, number)),
                ),
            }
        }
        (!self.0.series().contains(&number)).then(|| Formula(moved(&self.0, number)))
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ascii = |operator: Operator| operator.ascii().to_string();
        f.write_str(&self.0.text(&|number| letter(number).into_iter().collect(), &|n| n.to_string(), &ascii))
    }
}

impl Expression {
    /// Returns the indices of the series, each once, in order.
    pub fn series(&self) -> Vec<usize> {
        let mut found = match self {
            Expression::Series(number) => vec![*number],
            Expression::Number(_) => Vec::new(),
            Expression::Operation(left, _, right) => [left.series(), right.series()].concat(),
        };
        found.sort_unstable();
        found.dedup();
        found
    }

    pub fn written(&self, series: &dyn Fn(usize) -> String) -> String {
        let sign = |operator: Operator| format!(" {} ", operator.sign());
        self.text(series, &super::quantity::figures, &sign)
    }

    pub fn lettered(&self) -> String {
        self.written(&|number| letter(number).into_iter().collect())
    }

    fn text(
        &self,
        series: &dyn Fn(usize) -> String,
        number: &dyn Fn(Decimal) -> String,
        sign: &dyn Fn(Operator) -> String,
    ) -> String {
        match self {
            Expression::Series(index) => series(*index),
            Expression::Number(value) => number(*value),
            Expression::Operation(left, operator, right) => {
                let side = |of: &Expression, alike: bool| {
                    let text = of.text(series, number, sign);
                    let own = operator.precedence();
                    let within = of.precedence().is_some_and(|other| other < own || alike && other == own);
                    if within { format!("({text})") } else { text }
                };
                format!("{}{}{}", side(left, false), sign(*operator), side(right, true))
            }
        }
    }

    fn precedence(&self) -> Option<u8> {
        match self {
            Expression::Operation(_, operator, _) => Some(operator.precedence()),
            Expression::Series(_) | Expression::Number(_) => None,
        }
    }
}

impl Operator {
    fn of(letter: char) -> Option<Operator> {
        match letter {
            '+' => Some(Operator::Plus),
            '-' => Some(Operator::Minus),
            '*' => Some(Operator::Times),
            '/' => Some(Operator::Over),
            _ => None,
        }
    }

    fn ascii(self) -> char {
        match self {
            Operator::Plus => '+',
            Operator::Minus => '-',
            Operator::Times => '*',
            Operator::Over => '/',
        }
    }

    fn sign(self) -> char {
        match self {
            Operator::Plus => '+',
            Operator::Minus => '−',
            Operator::Times => '×',
            Operator::Over => '÷',
        }
    }

    fn precedence(self) -> u8 {
        match self {
            Operator::Plus | Operator::Minus => 1,
            Operator::Times | Operator::Over => 2,
        }
    }
}

/// Recursive-descent parser. On an error `at` is the index of the character that the grammar does not allow.
struct Parser {
    letters: Vec<char>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn whole(&mut self) -> Result<Expression, FormulaPart> {
        let found = self.sum()?;
        match self.peek() {
            None => Ok(found),
            Some(_) => Err(FormulaPart::Operator),
        }
    }

    fn peek(&mut self) -> Option<char> {
        while self.letters.get(self.at) == Some(&' ') {
            self.at += 1;
        }
        self.letters.get(self.at).copied()
    }

    fn sum(&mut self) -> Result<Expression, FormulaPart> {
        self.chain(1, Parser::product)
    }

    fn product(&mut self) -> Result<Expression, FormulaPart> {
        self.chain(2, Parser::operand)
    }

    fn chain(
        &mut self,
        precedence: u8,
        next: fn(&mut Parser) -> Result<Expression, FormulaPart>,
    ) -> Result<Expression, FormulaPart> {
        let mut left = next(self)?;
        while let Some(operator) = self.peek().and_then(Operator::of) {
            if operator.precedence() != precedence {
                break;
            }
            self.at += 1;
            left = Expression::Operation(Box::new(left), operator, Box::new(next(self)?));
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Expression, FormulaPart> {
        match self.peek() {
            Some('(') => {
                if self.depth == MAX_DEPTH {
                    return Err(FormulaPart::FewerParentheses);
                }
                self.at += 1;
                self.depth += 1;
                let within = self.sum()?;
                if self.peek() != Some(')') {
                    return Err(FormulaPart::ClosingParenthesis);
                }
                self.at += 1;
                self.depth -= 1;
                Ok(within)
            }
            Some(found) if found.is_ascii_digit() => self.number(),
            Some(found) => {
                let number = (0..MAX_SERIES).find(|number| letter(*number) == Some(found));
                let number = number.ok_or(FormulaPart::Operand)?;
                self.at += 1;
                Ok(Expression::Series(number))
            }
            None => Err(FormulaPart::Operand),
        }
    }

    fn number(&mut self) -> Result<Expression, FormulaPart> {
        let rest = &self.letters[self.at..];
        let length = rest.iter().take_while(|letter| letter.is_ascii_digit() || **letter == '.').count();
        let text: String = rest[..length].iter().collect();
        let value = text.parse::<Decimal>().ok().filter(|_| length <= MAX_NUMBER && !text.ends_with('.'));
        let value = value.ok_or(FormulaPart::Number)?;
        self.at += length;
        Ok(Expression::Number(value.normalize()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn error(text: &str) -> (u32, FormulaPart) {
        match Formula::parse(text).unwrap_err().problem {
            QueryProblem::NotAFormula { at, wanted, .. } => (at, wanted),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_formula_is_written_in_one_way() {
        for (typed, canonical, read) in [
            ("a/b", "a/b", "a ÷ b"),
            (" ( a + b ) / c ", "(a+b)/c", "(a + b) ÷ c"),
            ("a-(b-c)", "a-(b-c)", "a − (b − c)"),
            ("((a-b))-c", "a-b-c", "a − b − c"),
            ("a/(b*c)", "a/(b*c)", "a ÷ (b × c)"),
            ("(a/b-1)*100.0", "(a/b-1)*100", "(a ÷ b − 1) × 100"),
            ("ratio", "a/b", "a ÷ b"),
            ("percentage", "a/b*100", "a ÷ b × 100"),
            ("difference", "a-b", "a − b"),
        ] {
            let formula = Formula::parse(typed).unwrap();
            assert_eq!((formula.to_string().as_str(), formula.lettered().as_str()), (canonical, read));
            assert_eq!(Formula::parse(canonical).unwrap(), formula);
        }
        let names = |number: usize| ["Revenue", "Cost", "People"][number].to_owned();
        assert_eq!(Formula::parse("(a-b)/c").unwrap().written(&names), "(Revenue − Cost) ÷ People");
    }

    #[test]
    fn an_error_says_where_and_what_is_allowed() {
        assert_eq!(error("a/"), (3, FormulaPart::Operand));
        assert_eq!(error("a//b"), (3, FormulaPart::Operand));
        assert_eq!(error("a b"), (3, FormulaPart::Operator));
        assert_eq!(error("(a+b"), (5, FormulaPart::ClosingParenthesis));
        assert_eq!(error("a+b)"), (4, FormulaPart::Operator));
        assert_eq!(error("a+f"), (3, FormulaPart::Operand));
        assert_eq!(error("A"), (1, FormulaPart::Operand));
        assert_eq!(error("-a"), (1, FormulaPart::Operand));
        assert_eq!(error("a*1.2.3"), (3, FormulaPart::Number));
        assert_eq!(error("a*1234567890123"), (3, FormulaPart::Number));
        assert_eq!(error("1+2"), (1, FormulaPart::Series));
        assert_eq!(
            error(&format!("{}a{}", "(".repeat(9), ")".repeat(9))),
            (9, FormulaPart::FewerParentheses)
        );
        let long = "a+".repeat(40) + "a";
        assert!(matches!(Formula::parse(&long).unwrap_err().problem, QueryProblem::TooLong { most: 60 }));
    }

    #[test]
    fn letters_follow_their_series() {
        let formula = Formula::parse("a/c").unwrap();
        assert_eq!(formula.without(1).map(|formula| formula.to_string()).as_deref(), Some("a/b"));
        assert_eq!(formula.without(2), None);
    }

    proptest! {
        /// Whatever is typed, it is refused or written canonically.
        #[test]
        fn a_formula_reads_back_as_it_was_written(text in "[a-e0-9.+*/() -]{0,24}") {
            if let Ok(formula) = Formula::parse(&text) {
                prop_assert_eq!(Formula::parse(&formula.to_string()), Ok(formula));
            }
        }
    }
}
