//! Facets: how a parameter filters rows, and which values the page offers.

use chrono::Datelike;

use crate::text::{Locale, Named, PartialDate};

/// How a parameter filters rows, and how the page offers its values.
///
/// `Q` is the query, `List` the list that entries belong to, with what their numbers mean. Values are numbered, so that a hundred thousand rows are filtered and counted in a few milliseconds.
pub struct Facet<Q, List, Entry> {
    /// Position among the facets of the page, from 1.
    pub position: u8,
    pub title: fn(&Q, Locale) -> String,
    /// Numbers of the values that a row has.
    pub numbers: fn(&List, &Entry) -> Numbers,
    pub values: Values<List>,
}

/// Numbers of the values of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Numbers {
    One(usize),
    /// None or several.
    Several(Vec<usize>),
}

impl Numbers {
    pub fn each(&self) -> &[usize] {
        match self {
            Numbers::One(number) => std::slice::from_ref(number),
            Numbers::Several(numbers) => numbers,
        }
    }
}

impl From<Option<usize>> for Numbers {
    fn from(number: Option<usize>) -> Self {
        number.map_or(Numbers::Several(Vec::new()), Numbers::One)
    }
}

/// What the numbers of a facet's values mean, and in which order the values are shown.
pub enum Values<List> {
    /// Words of the parameter, numbered and shown in their order.
    Words,
    /// Years, latest first. A year is its own number.
    Years,
    /// First months of a time without end, each with the rows of all later months. Shown are the latest month and the beginning of each
    /// year. A month is its own number: see [`month_number`].
    Since,
    /// Codes, shown in alphabetical order.
    Codes { codes: fn(&List) -> Vec<&str> },
    /// Names, those with the most rows first. Those with fewer than `fewest` rows are only shown if chosen.
    Names { names: fn(&List) -> &[Named], fewest: i64 },
    /// Ids of values within each other. A value also has the rows of the values within it.
    Nested { ids: fn(&List) -> Vec<&str>, hierarchy: fn(&List) -> &dyn Hierarchy },
}

/// Number of the month in which a date begins: twelve for each year, from the year 0.
pub fn month_number(date: PartialDate) -> usize {
    let day = date.first_day();
    usize::try_from(day.year()).unwrap_or_default() * 12 + day.month0() as usize
}

/// Values that lie within each other, such as places.
pub trait Hierarchy {
    fn has(&self, id: &str) -> bool;

    /// The value itself and those around it, from the inside out.
    fn outwards(&self, id: &str) -> Vec<&str>;

    /// Values accepted by `shown` in depth-first order: depth, id and label.
    fn tree(&self, locale: Locale, shown: &dyn Fn(&str) -> bool) -> Vec<(u8, &str, &str)>;
}
