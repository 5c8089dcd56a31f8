//! History of a figure: everything published about one indicator, entity and period, in order of publication, and how far first figures
//! were from last ones.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{
    breaks::{BreakKind, SeriesBreak},
    disagree::rounds_to,
    model::{Basis, Observation, Producer, Qualifier},
};
use crate::{
    error::QueryError,
    text::{
        Locale, Period, Unit,
        query::{Query, as_query_string, href},
    },
};

/// Minimum number of periods from which a distance between first and last figures is stated.
pub const MIN_PERIODS: usize = 3;

/// URL state of the page of a figure's history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryQuery {
    /// Id of an entity. If none, the page chooses.
    pub entity: Option<String>,
    /// If none, the period with the most publications.
    pub period: Option<Period>,
}

as_query_string!(HistoryQuery);

impl HistoryQuery {
    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&["entity", "period"])?;
        Ok(HistoryQuery { entity: query.one("entity")?.map(str::to_owned), period: query.period("period")? })
    }

    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let entity = self.entity.iter().map(|id| ("entity", id.clone()));
        entity.chain(self.period.map(|period| ("period", period.code()))).collect()
    }

    pub fn href(&self, locale: Locale, indicator: &str) -> String {
        href(&format!("/{locale}/indicators/{indicator}/history"), self.pairs())
    }

    /// Returns the query for the history of an observation.
    pub fn of(row: &Observation) -> Self {
        HistoryQuery { entity: Some(row.entity.id.clone()), period: Some(row.period) }
    }
}

/// The first and the last figure of one producer for one entity and period, on one basis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revised {
    pub first: Observation,
    pub last: Observation,
    /// Number of dated publications.
    pub publications: usize,
    pub movement: Movement,
    /// Change of scope, method or basis within the period: figures published before and after it may not count alike.
    pub changed: Option<(NaiveDate, BreakKind)>,
}

/// How a figure moved from its first publication to its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Movement {
    /// Last minus first, in percent of the first.
    Percent(Decimal),
    /// Last minus first, of an indicator in percent.
    Points(Decimal),
    /// The same number, possibly written with more or fewer digits.
    Unchanged,
    /// One of the two is a bound or a range, or the first is not above zero.
    NotComparable,
    /// The dates of publication are not precise enough to say which of the two is earlier.
    OrderUnknown,
}

/// How far the first figures of a producer were from its last ones, over all periods with both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstToLast {
    pub producer: Producer,
    pub basis: Option<Basis>,
    /// Number of entities and periods, at least [`MIN_PERIODS`].
    pub count: usize,
    /// How many of them changed by more than the digits in which they were written.
    pub changed: usize,
    /// Mean of the differences with their signs. In percent, or in percentage points for an indicator in percent.
    pub mean: Decimal,
    /// Mean of the differences without their signs.
    pub mean_absolute: Decimal,
    /// Median of the differences without their signs.
    pub median_absolute: Decimal,
}

/// Splits the observations of a period into those whose source is dated, in order of publication, and the others.
pub fn in_order(rows: impl IntoIterator<Item = Observation>) -> (Vec<Observation>, Vec<Observation>) {
    let (mut dated, mut undated): (Vec<Observation>, Vec<Observation>) =
        rows.into_iter().partition(|row| row.source.published_on.is_some());
    let place = |row: &Observation| {
        let on = row.source.published_on.map(|date| (date.first_day(), date.last_day()));
        (on, row.producer.named.id.clone(), row.value, row.source.id.clone())
    };
    dated.sort_by_cached_key(place);
    undated.sort_by_cached_key(place);
    (dated, undated)
}

/// Returns the first and the last figure of each producer with at least two dated publications, most publications first. Outliers and figures
/// without a named producer do not count. `breaks` are those of the indicator.
pub fn revised<'a>(
    rows: impl IntoIterator<Item = &'a Observation>,
    breaks: &[SeriesBreak],
    unit: &Unit,
) -> Vec<Revised> {
    let mut lines: BTreeMap<_, Vec<&Observation>> = BTreeMap::new();
    let counts =
        |row: &&Observation| !row.outlier && row.producer.is_body() && row.source.published_on.is_some();
    for row in rows.into_iter().filter(counts) {
        let key = (row.entity.id.as_str(), row.period, row.producer.named.id.as_str(), row.basis);
        lines.entry(key).or_default().push(row);
    }
    let mut all: Vec<Revised> =
        lines.into_values().filter_map(|line| first_and_last(&line, breaks, unit)).collect();
    all.sort_by_key(|one| Reverse(one.publications));
    all
}

fn first_and_last(line: &[&Observation], breaks: &[SeriesBreak], unit: &Unit) -> Option<Revised> {
    let days: BTreeSet<_> = line.iter().map(|row| row.source.published_on).collect();
    if days.len() < 2 {
        return None;
    }
    let span = |row: &Observation| row.source.published_on.map(|date| (date.first_day(), date.last_day()));
    let first = line.iter().min_by_key(|row| (span(row), !row.headline, &row.source.id))?;
    let last = line.iter().max_by_key(|row| (span(row), row.headline, Reverse(&row.source.id)))?;
    let within = |one: &&SeriesBreak| {
        one.entity == last.entity
            && one.producer == last.producer.named
            && (last.period.start..=last.period.end).contains(&one.from)
    };
    Some(Revised {
        changed: breaks.iter().find(within).map(|one| (one.from, one.kind)),
        first: (*first).clone(),
        last: (*last).clone(),
        publications: line.len(),
        movement: movement(first, last, unit),
    })
}

fn movement(first: &Observation, last: &Observation, unit: &Unit) -> Movement {
    let (Some(earlier), Some(later)) = (first.source.published_on, last.source.published_on) else {
        return Movement::OrderUnknown;
    };
    if earlier.last_day() >= later.first_day() {
        return Movement::OrderUnknown;
    }
    if !(is_number(first) && is_number(last)) {
        return Movement::NotComparable;
    }
    if rounds_to(first.value, last.value) {
        return Movement::Unchanged;
    }
    let difference = last.value.checked_sub(first.value);
    if *unit == Unit::Percent {
        return difference.map_or(Movement::NotComparable, Movement::Points);
    }
    let percent = difference
        .filter(|_| first.value > Decimal::ZERO && last.value >= Decimal::ZERO)
        .and_then(|difference| difference.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(first.value));
    percent.map_or(Movement::NotComparable, |percent| Movement::Percent(percent.normalize()))
}

/// Whether it is one number, even if it was a forecast.
fn is_number(row: &Observation) -> bool {
    row.is_one_number() || (row.qualifier == Qualifier::Forecast && row.high.is_none())
}

/// Returns how far first figures were from last ones, for each producer and basis with at least [`MIN_PERIODS`] periods whose last figure
/// is not a forecast. Periods within which a producer changed scope, method or basis do not count. Observations may be of any entities and
/// periods of one indicator.
pub fn first_to_last(rows: &[Observation], breaks: &[SeriesBreak], unit: &Unit) -> Vec<FirstToLast> {
    let mut lines: BTreeMap<(Producer, Option<Basis>), Vec<Decimal>> = BTreeMap::new();
    for one in revised(rows, breaks, unit).into_iter().filter(|one| one.changed.is_none()) {
        let difference = match one.movement {
            Movement::Percent(by) | Movement::Points(by) => by,
            Movement::Unchanged => Decimal::ZERO,
            Movement::NotComparable | Movement::OrderUnknown => continue,
        };
        if one.last.qualifier != Qualifier::Forecast {
            lines.entry((one.last.producer, one.last.basis)).or_default().push(difference);
        }
    }
    let lines = lines.into_iter().filter(|(_, differences)| differences.len() >= MIN_PERIODS);
    let mut all: Vec<FirstToLast> = lines
        .filter_map(|((producer, basis), differences)| {
            let mut absolute: Vec<Decimal> = differences.iter().map(Decimal::abs).collect();
            absolute.sort();
            Some(FirstToLast {
                producer,
                basis,
                count: differences.len(),
                changed: differences.iter().filter(|by| !by.is_zero()).count(),
                mean: mean(&differences)?,
                mean_absolute: mean(&absolute)?,
                median_absolute: median(&absolute)?,
            })
        })
        .collect();
    all.sort_by(|a, b| (Reverse(a.count), &a.producer).cmp(&(Reverse(b.count), &b.producer)));
    all
}

fn mean(values: &[Decimal]) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for value in values {
        sum = sum.checked_add(*value)?;
    }
    Some(sum.checked_div(Decimal::from(values.len()))?.normalize())
}

/// Median of sorted values: of an even number, the mean of the middle two.
fn median(sorted: &[Decimal]) -> Option<Decimal> {
    let middle = sorted.len() / 2;
    match sorted.len() % 2 {
        0 => mean(sorted.get(middle.checked_sub(1)?..=middle)?),
        _ => sorted.get(middle).map(Decimal::normalize),
    }
}

/// A correction of this site: a row of the data set that a later revision changed or withdrew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub before: Observation,
    /// None if the row was withdrawn.
    pub now: Option<Observation>,
    /// Revision that corrected it.
    pub revision: i32,
}

/// A version of a row, and the revisions in which it is valid: from the first to, but not including, the second.
pub type Version = (Observation, i32, Option<i32>);

/// Returns the corrections among versions of rows, oldest first. Versions of one source follow each other in order of revision.
pub fn corrections(versions: &[Version]) -> Vec<Correction> {
    let mut found: Vec<Correction> = Vec::new();
    for (at, (before, _, until)) in versions.iter().enumerate() {
        let Some(revision) = *until else { continue };
        let next = versions.get(at + 1).filter(|(row, from, _)| {
            *from == revision && row.source.id == before.source.id && row.period == before.period
        });
        let now = next.map(|(row, ..)| row.clone());
        found.push(Correction { before: before.clone(), now, revision });
    }
    found.sort_by(|a, b| (a.revision, &a.before.source.id).cmp(&(b.revision, &b.before.source.id)));
    found
}

#[cfg(test)]
mod tests {
    use super::{super::model::samples::observation, *};

    fn on(value: i64, date: &str, qualifier: Qualifier) -> Observation {
        let mut row = observation("x", value, qualifier);
        row.source.id = format!("x-{date}-{value}");
        row.source.published_on = date.parse().ok();
        row
    }

    fn money() -> Unit {
        Unit::Money("CNY".into())
    }

    #[test]
    fn a_query_is_canonical() {
        let query = HistoryQuery::parse("period=2025&entity=china").unwrap();
        assert_eq!(query.href(Locale::En, "x"), "/en/indicators/x/history?entity=china&period=2025");
        assert!(HistoryQuery::parse("period=soon").is_err() && HistoryQuery::parse("year=2025").is_err());
        assert_eq!(HistoryQuery::default().href(Locale::Zh, "x"), "/zh/indicators/x/history");
    }

    #[test]
    fn publications_are_in_order_and_undated_ones_apart() {
        let rows = [
            on(3, "2026", Qualifier::Exact),
            on(1, "2025-03", Qualifier::Exact),
            on(2, "", Qualifier::Exact),
        ];
        let (dated, undated) = in_order(rows);
        assert_eq!(dated.iter().map(|row| row.value).collect::<Vec<_>>(), [Decimal::ONE, Decimal::from(3)]);
        assert_eq!(undated.len(), 1);
    }

    fn moved(first: Observation, last: Observation) -> Movement {
        revised(&[last, first], &[], &money())[0].movement
    }

    #[test]
    fn a_figure_moves_from_its_first_publication_to_its_last() {
        let first = || on(40, "2024-06-01", Qualifier::Forecast);
        assert_eq!(
            moved(first(), on(50, "2025-06-01", Qualifier::Exact)),
            Movement::Percent(Decimal::from(25))
        );
        assert_eq!(moved(first(), on(40, "2025-06-01", Qualifier::Exact)), Movement::Unchanged);
        assert_eq!(
            moved(on(5044, "2025-01-01", Qualifier::Exact), on(5040, "2025-06-01", Qualifier::Exact)),
            Movement::Unchanged
        );
        assert_eq!(moved(first(), on(50, "2025-06-01", Qualifier::AtLeast)), Movement::NotComparable);
        assert_eq!(moved(first(), on(50, "2024", Qualifier::Exact)), Movement::OrderUnknown);
        assert_eq!(
            moved(on(-4, "2024-06-01", Qualifier::Exact), on(9, "2025-06-01", Qualifier::Exact)),
            Movement::NotComparable
        );
        let shares = [on(40, "2024-06-01", Qualifier::Exact), on(55, "2025-06-01", Qualifier::Exact)];
        assert_eq!(revised(&shares, &[], &Unit::Percent)[0].movement, Movement::Points(Decimal::from(15)));
    }

    #[test]
    fn outliers_other_bases_and_single_publications_are_no_history() {
        let mut outlier = on(9, "2026-01-01", Qualifier::Exact);
        outlier.outlier = true;
        let mut net = on(9, "2026-01-01", Qualifier::Exact);
        net.basis = Some(Basis::Net);
        let first = on(4, "2025-01-01", Qualifier::Exact);
        assert!(revised(&[first.clone(), outlier, net], &[], &money()).is_empty());
        assert!(
            revised(&[first.clone(), on(5, "2025-01-01", Qualifier::Exact)], &[], &money()).is_empty(),
            "one day"
        );
    }

    /// Three years, of which the first figures were 10 % and 30 % too low, and right.
    #[test]
    fn distances_are_stated_from_three_periods_on() {
        let year = |year: i32, first: i64, last: i64| {
            [on(first, "2024-01-01", Qualifier::Exact), on(last, "2025-01-01", Qualifier::Exact)].map(
                |mut row| {
                    row.period = Period::new(
                        format!("{year}-01-01").parse().unwrap(),
                        format!("{year}-12-31").parse().unwrap(),
                    );
                    row
                },
            )
        };
        let rows = [year(2021, 100, 110), year(2022, 100, 130), year(2023, 100, 100)].concat();
        let all = first_to_last(&rows, &[], &money());
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].count, all[0].changed), (3, 2));
        assert_eq!(all[0].median_absolute, Decimal::TEN);
        assert_eq!(all[0].mean.round_dp(2), "13.33".parse().unwrap());
        assert!(first_to_last(&rows[..4], &[], &money()).is_empty());
        let mut forecasts = rows.clone();
        forecasts[1].qualifier = Qualifier::Forecast;
        assert!(first_to_last(&forecasts, &[], &money()).is_empty(), "a forecast is no last word");
    }

    #[test]
    fn a_change_of_scope_within_the_period_is_said_and_not_counted() {
        let rows = [on(40, "2024-06-01", Qualifier::Exact), on(50, "2025-06-01", Qualifier::Exact)];
        let scope = SeriesBreak {
            indicator: rows[0].entity.clone(),
            entity: rows[0].entity.clone(),
            producer: rows[0].producer.named.clone(),
            from: "2025-01-01".parse().unwrap(),
            kind: BreakKind::Scope,
            note: Default::default(),
            source: rows[0].source.clone(),
        };
        let changed = revised(&rows, std::slice::from_ref(&scope), &money())[0].changed;
        assert_eq!(changed, Some((scope.from, BreakKind::Scope)));
        let mut nameless = rows.clone();
        nameless.iter_mut().for_each(|row| row.producer.named.id = "unattributed".into());
        assert!(revised(&nameless, &[], &money()).is_empty(), "they need not come from one producer");
    }

    #[test]
    fn a_change_and_a_withdrawal_are_corrections() {
        let row = |value| on(value, "2025-01-01", Qualifier::Exact);
        let mut versions = vec![(row(4), 1, Some(2)), (row(5), 2, Some(4)), (row(4), 5, None)];
        for version in &mut versions {
            version.0.source.id = "x".into();
        }
        let found = corrections(&versions);
        let said: Vec<_> = found
            .iter()
            .map(|one| {
                (
                    one.before.value.to_string(),
                    one.now.as_ref().map(|row| row.value.to_string()),
                    one.revision,
                )
            })
            .collect();
        assert_eq!(said, [("4".to_owned(), Some("5".to_owned()), 2), ("5".to_owned(), None, 4)]);
    }
}
