//! Preset about the profit of companies.

use rust_decimal::Decimal;

use super::facts::{Facts, PROFIT, Ready, fullest_year};
use crate::{
    domain::explore::query::{ChartKind, Every, ExploreQuery},
    text::{Locale, PeriodLength},
};

/// Uses the last year that most companies have reported; for each company the line that contains it.
pub(super) fn company_profit(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
    let found = facts.lines(PROFIT, None, PeriodLength::Year);
    let (year, values) = fullest_year(&found)?;
    let losses = values.iter().filter(|given| given.value.quantity.high < Decimal::ZERO).count();
    let (count, year) = (values.len(), year.label(locale));
    let query = ExploreQuery {
        every: Some(Every::Year),
        kind: Some(ChartKind::Bars),
        ..ExploreQuery::of_series(values.iter().map(|given| given.key.clone()))
    };
    Some(Ready {
        query,
        headline: locale.pick(
            format!("{losses} of {count} companies with a figure for {year} report a loss"),
            format!("有{year}数据的{count}家企业中，{losses}家亏损"),
        ),
    })
}
