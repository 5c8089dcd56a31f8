//! Which rows of a page are wanted, and how many of them.

use super::Scope;
use crate::error::{QueryError, QueryProblem};

/// What is wanted of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowWindow<'a> {
    pub scope: Scope,
    /// Only the rows after the one with this key.
    pub after: Option<&'a str>,
    /// At most so many rows of a list.
    pub most: usize,
}

/// How many rows a list has of which only a part was wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Omitted {
    pub all: usize,
    /// Those after the part.
    pub left: usize,
}

impl<'a> RowWindow<'a> {
    /// Every row.
    pub fn whole(scope: Scope) -> Self {
        RowWindow { scope, after: None, most: usize::MAX }
    }

    /// Cuts the part that is wanted out of all rows, told apart by a key.
    ///
    /// # Errors
    ///
    /// If no row has the key that it is to begin after.
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
        let window = |after, most| RowWindow { scope: Scope::Shown, after, most };
        let part = |window: RowWindow<'_>| window.part_of(["a", "b", "c"], |row| *row);
        assert_eq!(part(window(None, 2)), Ok((vec!["a", "b"], Omitted { all: 3, left: 1 })));
        assert_eq!(part(window(Some("a"), 2)), Ok((vec!["b", "c"], Omitted { all: 3, left: 0 })));
        assert_eq!(part(window(Some("c"), 2)), Ok((vec![], Omitted { all: 3, left: 0 })));
        assert_eq!(
            part(RowWindow::whole(Scope::All)),
            Ok((vec!["a", "b", "c"], Omitted { all: 3, left: 0 }))
        );
        let error = part(window(Some("d"), 2)).unwrap_err();
        assert_eq!((&*error.parameter, &*error.value), ("after", "d"));
    }
}
