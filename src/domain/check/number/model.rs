//! A number as written.

use std::ops::Range;

use rust_decimal::Decimal;

/// What a written number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Money, with the ISO 4217 code of its currency.
    Money(&'static str),
    Percent,
    PercentagePoints,
    People,
    /// A count, with the English label of its unit; none where only a general classifier is written.
    Count(Option<&'static str>),
    Times,
    Rank,
    /// No unit is written.
    None,
}

/// How a text limits a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bound {
    #[default]
    Plain,
    About,
    MoreThan,
    AtLeast,
    Nearly,
    LessThan,
    AtMost,
}

/// A number as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenNumber {
    /// Letters of the number with its scale and unit.
    pub range: Range<usize>,
    pub value: Decimal,
    /// Upper end of a range.
    pub high: Option<Decimal>,
    /// Value of one step of the last digit written: 0.01 billion for `50.44 billion`.
    pub step: Decimal,
    /// Value of one step of the last digit that is not zero: 100 million for `500 million`.
    pub significant: Decimal,
    pub measure: Measure,
    /// Letters of the unit, if one is written.
    pub unit: Option<Range<usize>>,
    pub bound: Bound,
    pub is_scaled: bool,
}
