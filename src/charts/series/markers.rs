//! Legend entries for the styles of marks: fill, dash and whiskers, for those that occur.

use std::collections::BTreeMap;

use super::{
    bars,
    model::{Bound, Break, MarkKind, Nature, Series, TimeChart},
};
use crate::{
    charts::legend::{KeyEntry, Sign},
    text::{Locale, Period},
};

/// Returns the legend entries that these charts need, without duplicates.
pub fn legend_entries(charts: &[&TimeChart], locale: Locale) -> Vec<KeyEntry> {
    let points = || charts.iter().flat_map(|chart| chart.points());
    let of_nature = |wanted: Nature| points().any(|point| point.nature == wanted);
    let of_bound = |wanted: Bound| points().any(|point| point.bound == wanted);
    let bars = charts.iter().any(|chart| chart.kind != MarkKind::Line);
    let bar = |nature: Nature, behind: bool| {
        let (opacity, dash) = bars::look(nature, behind);
        Sign::Bar { opacity, dash }
    };
    let (estimate, forecast) = match bars {
        true => (bar(Nature::Estimate, false), bar(Nature::Forecast, false)),
        false => (Sign::Hollow, Sign::Dashed),
    };
    let behind = bar(Nature::Reported, true);
    let quiet = charts.iter().flat_map(|chart| &chart.series).any(|series| series.quiet);
    [
        (quiet, Sign::Quiet, locale.pick("also published", "其他已公布数据")),
        (of_nature(Nature::Estimate), estimate, locale.pick("estimate", "估算")),
        (of_nature(Nature::Forecast), forecast, locale.pick("forecast", "预测")),
        (of_bound(Bound::AtLeast), Sign::Arrow { up: true }, locale.pick("at least", "至少")),
        (of_bound(Bound::AtMost), Sign::Arrow { up: false }, locale.pick("at most", "至多")),
        (of_bound(Bound::Range), Sign::Range, locale.pick("range", "区间")),
        (
            charts.iter().flat_map(|chart| &chart.series).any(Series::is_broken),
            Sign::Break,
            Break::name(locale),
        ),
        (
            charts.iter().any(|chart| has_bars_within(chart)),
            behind,
            locale.pick("longer period, with shorter ones in front", "较长时段，其内较短时段在前"),
        ),
    ]
    .into_iter()
    .filter(|(occurs, ..)| *occurs)
    .map(|(_, sign, name)| KeyEntry { sign, name: name.to_owned() })
    .collect()
}

/// Returns whether a bar of a shorter period is in front of one of a longer period.
fn has_bars_within(chart: &TimeChart) -> bool {
    let mut periods: BTreeMap<usize, Vec<Period>> = BTreeMap::new();
    for series in chart.series.iter().filter(|_| chart.kind == MarkKind::Bar) {
        periods.entry(series.slot).or_default().extend(series.points.iter().map(|point| point.period));
    }
    let within =
        |short: &Period, long: &Period| short != long && short.start >= long.start && short.end <= long.end;
    periods.values().any(|own| own.iter().any(|long| own.iter().any(|short| within(short, long))))
}
