//! Lists that a reader narrows: rules over rows in memory. For nouns of which there are hundreds, not millions.
//!
//! Promises: the number beside a choice is the number of rows that choosing it leaves; pages neither skip nor repeat a row.

use std::collections::BTreeMap;

use crate::error::{QueryError, QueryProblem};

/// A query that narrows rows by several filters, each of which can be left out to count its alternatives.
pub trait Narrow<Row> {
    type Filter: Copy + PartialEq + 'static;
    const FILTERS: &'static [Self::Filter];

    /// Whether a row passes one of the filters; a filter that is not set lets everything pass.
    fn passes(&self, row: &Row, filter: Self::Filter) -> bool;

    /// How many things a row stands for.
    fn weight(&self, _row: &Row) -> i64 {
        1
    }

    fn fits(&self, row: &Row) -> bool {
        Self::FILTERS.iter().all(|filter| self.passes(row, *filter))
    }

    /// Whether a row passes every filter but `own`.
    fn fits_but(&self, row: &Row, own: Self::Filter) -> bool {
        Self::FILTERS.iter().filter(|filter| **filter != own).all(|filter| self.passes(row, *filter))
    }

    /// How many rows each value of `own` would leave, and how many there are without that filter. A row may have several values.
    fn count<Value: Ord, Values: IntoIterator<Item = Value>>(
        &self,
        rows: &[Row],
        own: Self::Filter,
        values: impl Fn(&Row) -> Values,
    ) -> Counts<Value> {
        let mut counts = Counts { each: BTreeMap::new(), all: 0 };
        for row in rows.iter().filter(|row| self.fits_but(row, own)) {
            counts.all += self.weight(row);
            for value in values(row) {
                *counts.each.entry(value).or_default() += self.weight(row);
            }
        }
        counts
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts<Value: Ord> {
    pub each: BTreeMap<Value, i64>,
    pub all: i64,
}

impl<Value: Ord> Counts<Value> {
    pub fn of(&self, value: &Value) -> i64 {
        self.each.get(value).copied().unwrap_or(0)
    }
}

/// A stretch of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<Row> {
    pub rows: Vec<Row>,
    /// How many rows the whole list has.
    pub total: usize,
    /// The id after which the next page begins; none on the last page.
    pub next: Option<String>,
}

/// The page of at most `size` rows after the row with the id `after`.
///
/// # Errors
///
/// If the list has no row of that id.
pub fn page<Row>(
    rows: Vec<Row>,
    after: Option<&str>,
    size: usize,
    id: impl Fn(&Row) -> &str,
) -> Result<Page<Row>, QueryError> {
    let total = rows.len();
    let start = match after {
        None => 0,
        Some(after) => rows
            .iter()
            .position(|row| id(row) == after)
            .map(|at| at + 1)
            .ok_or_else(|| QueryError::new("after", after, QueryProblem::NothingThere))?,
    };
    let rows: Vec<Row> = rows.into_iter().skip(start).take(size).collect();
    let next = (start + rows.len() < total).then(|| rows.last().map(|row| id(row).to_owned())).flatten();
    Ok(Page { rows, total, next })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Filter {
        Colour,
        Size,
    }

    #[derive(Clone, Debug, Default)]
    struct Query {
        colour: Option<u8>,
        size: Option<u8>,
    }

    type Row = (u8, u8);

    impl Narrow<Row> for Query {
        type Filter = Filter;
        const FILTERS: &'static [Filter] = &[Filter::Colour, Filter::Size];

        fn passes(&self, row: &Row, filter: Filter) -> bool {
            match filter {
                Filter::Colour => self.colour.is_none_or(|colour| colour == row.0),
                Filter::Size => self.size.is_none_or(|size| size == row.1),
            }
        }
    }

    proptest! {
        #[test]
        fn a_count_is_what_choosing_leaves(
            rows in proptest::collection::vec((0u8..4, 0u8..3), 0..40),
            colour in proptest::option::of(0u8..4),
            size in proptest::option::of(0u8..3),
        ) {
            let query = Query { colour, size };
            let counts = query.count(&rows, Filter::Colour, |row| [row.0]);
            for value in 0..4 {
                let chosen = Query { colour: Some(value), ..query.clone() };
                prop_assert_eq!(counts.of(&value), rows.iter().filter(|row| chosen.fits(row)).count() as i64);
            }
            let open = Query { colour: None, ..query };
            prop_assert_eq!(counts.all, rows.iter().filter(|row| open.fits(row)).count() as i64);
        }

        #[test]
        fn pages_neither_skip_nor_repeat(count in 0usize..50, size in 1usize..20) {
            let rows: Vec<String> = (0..count).map(|number| number.to_string()).collect();
            let (mut seen, mut after) = (Vec::new(), None::<String>);
            loop {
                let page = page(rows.clone(), after.as_deref(), size, |row| row.as_str()).unwrap();
                prop_assert_eq!(page.total, count);
                seen.extend(page.rows);
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            prop_assert_eq!(seen, rows);
        }
    }

    #[test]
    fn a_page_after_nothing_is_refused() {
        let error = page(vec!["a"], Some("b"), 10, |row| row).unwrap_err();
        assert_eq!(error.problem, QueryProblem::NothingThere);
    }
}
