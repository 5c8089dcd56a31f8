//! URL state of the company screen: the filters of the list of organizations, the indicators shown, and the order.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::query::OrganizationQuery;
use crate::{
    domain::listing::{parameter::ListQuery, view::ListView},
    error::{QueryError, QueryProblem},
    text::{
        Locale,
        query::{self, Query, as_query_string},
    },
};

/// Maximum number of indicators shown side by side.
pub const MAX_INDICATORS: usize = 6;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScreenQuery {
    /// Filters, and the page.
    pub list: OrganizationQuery,
    /// Ids of the indicators, in the order of the columns. If empty, the page chooses.
    pub indicators: Vec<String>,
    /// If `None`, the first indicator in descending order.
    pub sort: Option<ScreenSort>,
}

as_query_string!(ScreenQuery);

/// Order of the rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenSort {
    pub column: ScreenColumn,
    pub descending: bool,
}

/// What rows can be sorted by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScreenColumn {
    Name,
    /// The value of an indicator.
    Value(String),
    /// The change of an indicator.
    Change(String),
}

const NAME: &str = "name";
const CHANGE: &str = ".change";

impl ScreenSort {
    fn parse(text: &str) -> Self {
        let (descending, column) = match text.strip_prefix('-') {
            Some(column) => (true, column),
            None => (false, text),
        };
        let column = match column.strip_suffix(CHANGE) {
            Some(indicator) => ScreenColumn::Change(indicator.to_owned()),
            None if column == NAME => ScreenColumn::Name,
            None => ScreenColumn::Value(column.to_owned()),
        };
        ScreenSort { column, descending }
    }

    /// The order as it stands in an address: `name`, `-company-revenue`, `company-revenue.change`.
    pub fn written(&self) -> String {
        let sign = if self.descending { "-" } else { "" };
        match &self.column {
            ScreenColumn::Name => format!("{sign}{NAME}"),
            ScreenColumn::Value(indicator) => format!("{sign}{indicator}"),
            ScreenColumn::Change(indicator) => format!("{sign}{indicator}{CHANGE}"),
        }
    }
}

impl ScreenColumn {
    /// Id of the indicator sorted by.
    pub fn indicator(&self) -> Option<&str> {
        match self {
            ScreenColumn::Name => None,
            ScreenColumn::Value(id) | ScreenColumn::Change(id) => Some(id),
        }
    }
}

/// The parameters that the list of organizations does not have.
const OWN: [&str; 2] = ["indicator", "sort"];

impl ListView for ScreenQuery {
    type List = OrganizationQuery;

    const PATH: &'static str = "organizations/screen";

    fn list(&self) -> &OrganizationQuery {
        &self.list
    }

    fn of(&self, list: OrganizationQuery) -> Self {
        ScreenQuery { list, ..self.clone() }
    }

    fn own_pairs(&self) -> Vec<(&'static str, String)> {
        let indicators = self.indicators.iter().map(|id| ("indicator", id.clone()));
        indicators.chain(self.sort.as_ref().map(|sort| ("sort", sort.written()))).collect()
    }
}

impl ScreenQuery {
    /// Parses a query string. Whether indicators exist, and whether the order is by one that is shown, is known only to the data.
    ///
    /// # Errors
    ///
    /// If a parameter or value is unknown, or if there are too many indicators.
    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let given = Query::decode(raw);
        let of_list = OrganizationQuery::PARAMETERS.iter().map(|parameter| parameter.name);
        given.only(&of_list.chain(OWN).collect::<Vec<_>>())?;
        Ok(ScreenQuery {
            list: OrganizationQuery::parse(&query::without_pairs(raw, |name, _| OWN.contains(&name)))?,
            indicators: given.ids("indicator", MAX_INDICATORS)?,
            sort: given.one("sort")?.map(ScreenSort::parse),
        })
    }

    /// Address of the first page in another order.
    pub fn href_sorted(&self, locale: Locale, column: ScreenColumn, descending: bool) -> String {
        let sort = Some(ScreenSort { column, descending });
        ScreenQuery { list: self.list.with(|_| ()), sort, ..self.clone() }.href(locale)
    }

    /// Returns the order, given the indicators that are shown.
    ///
    /// # Errors
    ///
    /// If it is by an indicator that is not shown.
    pub fn order(&self, shown: &[&str]) -> Result<ScreenSort, QueryError> {
        let Some(sort) = &self.sort else {
            let first = shown.first().map(|id| ScreenColumn::Value((*id).to_owned()));
            let descending = first.is_some();
            return Ok(ScreenSort { column: first.unwrap_or(ScreenColumn::Name), descending });
        };
        match sort.column.indicator() {
            Some(id) if !shown.contains(&id) => {
                let signs = |column: &str| [column.to_owned(), format!("-{column}")];
                let columns = shown.iter().flat_map(|id| [(*id).to_owned(), format!("{id}{CHANGE}")]);
                let columns = [NAME.to_owned()].into_iter().chain(columns);
                let allowed = columns.flat_map(|column| signs(&column)).collect();
                Err(QueryError::new("sort", &sort.written(), QueryProblem::NotAllowed { allowed }))
            }
            _ => Ok(sort.clone()),
        }
    }
}

/// Compares two values, of which missing ones come last in either direction.
pub fn missing_last(a: Option<Decimal>, b: Option<Decimal>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if descending => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_canonical() {
        let raw =
            "kind=company&place=shanghai&indicator=revenue&indicator=profit&sort=-profit.change&after=x";
        let query = ScreenQuery::parse(raw).unwrap();
        assert_eq!(query.href(Locale::En), format!("/en/organizations/screen?{raw}"));
        assert_eq!(ScreenQuery::parse("").unwrap().href(Locale::Zh), "/zh/organizations/screen");
        assert_eq!(
            query.href_sorted(Locale::En, ScreenColumn::Name, false),
            "/en/organizations/screen?kind=company&place=shanghai&indicator=revenue&indicator=profit&sort=name"
        );
        assert_eq!(
            query.href_filtered(Locale::Zh, "/zh/organizations?q=AI+x"),
            "/zh/organizations/screen?q=AI+x&indicator=revenue&indicator=profit&sort=-profit.change"
        );
        for wrong in [
            "kind=x",
            "x=1",
            "sort=a&sort=b",
            "indicator=1&indicator=2&indicator=3&indicator=4&indicator=5&indicator=6&indicator=7",
        ] {
            assert!(ScreenQuery::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn rows_are_sorted_by_what_is_shown() {
        let shown = ["revenue", "profit"];
        let order = |raw: &str| ScreenQuery::parse(raw).unwrap().order(&shown);
        assert_eq!(order("").unwrap().written(), "-revenue");
        assert_eq!(order("sort=profit.change").unwrap().written(), "profit.change");
        assert_eq!(order("sort=users").unwrap_err().parameter, "sort");
        assert_eq!(ScreenQuery::default().order(&[]).unwrap().written(), "name");
    }

    #[test]
    fn missing_values_come_last_in_either_direction() {
        for (descending, expected) in [(false, [Some(1), Some(2), None]), (true, [Some(2), Some(1), None])] {
            let mut values = [None, Some(1), Some(2)].map(|value: Option<i64>| value.map(Decimal::from));
            values.sort_by(|a, b| missing_last(*a, *b, descending));
            assert_eq!(values, expected.map(|value| value.map(Decimal::from)));
        }
    }
}
