//! What a text says about each of its numbers.

use std::ops::Range;

use super::super::{
    number::{Bound, Measure, WrittenNumber},
    time::WrittenPeriod,
};
use crate::domain::observations::store::SeriesKey;

pub struct Reading {
    pub number: WrittenNumber,
    /// Byte range of the clause.
    pub clause: Range<usize>,
    /// Byte range of the number with its unit.
    pub whole: Range<usize>,
    /// Byte ranges of the number without its unit, and of the unit.
    pub written: Range<usize>,
    pub unit: Option<Range<usize>>,
    /// Series that the text may mean.
    pub scopes: Vec<Scope>,
    /// Whether words name an indicator at all.
    pub names_indicator: bool,
    pub names_entity: bool,
    pub periods: Vec<WrittenPeriod>,
    /// Ids of producers that the sentence names as origin.
    pub producers: Vec<String>,
    pub is_forecast: bool,
    /// Whether the text speaks of a loss or a fall.
    pub is_negative: bool,
    pub is_denied: bool,
    /// Whether no word says what is measured, and revenue is assumed: then nothing matches.
    pub is_assumed: bool,
    /// Whether it is not clear which of several names the number is about: then nothing matches.
    pub is_unclear: bool,
    /// Whether figures of whole markets were left out because no word of the text says that micro-dramas are meant.
    pub is_off_field: bool,
    /// Whether an unscaled number in Chinese stands without its currency, which is then CNY.
    pub is_chinese: bool,
    pub too_long: bool,
}

/// A series that a number may be of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    pub key: SeriesKey,
    pub fit: UnitFit,
    /// Whether the text names the entity, or leaves no choice.
    pub is_named: bool,
    /// Whether the text narrows the entity down to a part of which the series is not.
    pub is_part: bool,
    /// Whether the series is of another entity than the text names; it can only show where a value belongs.
    pub is_other: bool,
    /// Whether the indicator's words could be said of any industry, and no word of the text says that micro-dramas are meant: then it cannot
    /// match.
    pub is_off_field: bool,
}

/// How the unit of a number fits that of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitFit {
    Same,
    OtherCurrency,
    NoCurrency,
}

impl Reading {
    /// A row of digits that is too long to be a number.
    pub fn unreadable(written: Range<usize>, range: Range<usize>) -> Reading {
        Reading {
            number: WrittenNumber {
                range,
                value: Default::default(),
                high: None,
                step: Default::default(),
                significant: Default::default(),
                measure: Measure::None,
                unit: None,
                bound: Bound::Plain,
                is_scaled: false,
            },
            clause: written.clone(),
            whole: written.clone(),
            written,
            unit: None,
            scopes: Vec::new(),
            names_indicator: false,
            names_entity: false,
            periods: Vec::new(),
            producers: Vec::new(),
            is_forecast: false,
            is_negative: false,
            is_denied: false,
            is_assumed: false,
            is_unclear: false,
            is_off_field: false,
            is_chinese: false,
            too_long: true,
        }
    }
}
