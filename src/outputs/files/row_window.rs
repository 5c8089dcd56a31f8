//! Row window: which rows of a page are requested, and how many.

use super::RowScope;
use crate::error::{QueryError, QueryProblem};

/// Window over the rows of a page, by scope, starting key and length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowWindow<'a> {
    pub scope: RowScope,
    /// Only the rows after the one with this key.
    pub after: Option<&'a str>,
    /// Maximum number of rows of a list.
    pub most: usize,
}

/// Row counts of a list of which only a window was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Omitted {
    pub all: usize,
    /// Number of rows after the window.
    pub left: usize,
}

impl<'a> RowWindow<'a> {
    /// Returns the window of every row.
    pub fn whole(scope: RowScope) -> Self {
        RowWindow { scope, after: None, most: usize::MAX }
    }

    /// Cuts the window out of all rows, which are identified by a key.
    ///
    /// # Errors
    ///
    /// If no row has the key that the window starts after.
    pub fn part_of<T, K: AsRef<str>>(
        &self,
        rows: impl IntoIterator<Item = T>,
        key: impl Fn(&T) -> K,
    ) -> Result<(Vec<T>, Omitted), QueryError> {
        let mut rows: Vec<T> = rows.into_iter().collect();
        let all = rows.len();
        let start = match self.after {
            None => 0,
            Some(after) => rows
                .iter()
                .position(|row| key(row).as_ref() == after)
                .map(|at| at + 1)
                .ok_or_else(|| QueryError::new("after", after, QueryProblem::NothingThere))?,
        };
        rows.drain(..start);
        let left = rows.len().saturating_sub(self.most);
        rows.truncate(self.most);
        Ok((rows, Omitted { all, left }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_begins_after_its_key_and_says_what_is_left() {
        let window = |after, most| RowWindow { scope: RowScope::Shown, after, most };
        let part = |window: RowWindow<'_>| window.part_of(["a", "b", "c"], |row| *row);
        assert_eq!(part(window(None, 2)), Ok((vec!["a", "b"], Omitted { all: 3, left: 1 })));
        assert_eq!(part(window(Some("a"), 2)), Ok((vec!["b", "c"], Omitted { all: 3, left: 0 })));
        assert_eq!(part(window(Some("c"), 2)), Ok((vec![], Omitted { all: 3, left: 0 })));
        assert_eq!(
            part(RowWindow::whole(RowScope::All)),
            Ok((vec!["a", "b", "c"], Omitted { all: 3, left: 0 }))
        );
        let error = part(window(Some("d"), 2)).unwrap_err();
        assert_eq!((&*error.parameter, &*error.value), ("after", "d"));
    }
}
