//! Every value with its place in both drawings, for the readout.

use std::collections::BTreeMap;

use super::{compose::Composed, model::TimeChart};
use crate::chart::{
    marker,
    sheet::{Layout, NARROW, WIDE},
    theme::COLOURS,
    view::{ReadoutColumn, ReadoutSeries, ReadoutValue, ReadoutView, Sheet},
};
use crate::text::Period;

pub fn readout(chart: &TimeChart, wide: &Composed, narrow: &Composed) -> ReadoutView {
    let chart = chart.in_order();
    let series = chart
        .series
        .iter()
        .map(|series| ReadoutSeries {
            label: series.label.clone(),
            colour: series.slot % COLOURS + 1,
            marker: marker::path(series.slot, 4.0),
        })
        .collect();
    let mut columns: BTreeMap<(i64, i64, Period), Vec<(rust_decimal::Decimal, ReadoutValue)>> =
        BTreeMap::new();
    for (at, series) in chart.series.iter().enumerate() {
        for (index, point) in series.points.iter().enumerate() {
            let value = ReadoutValue {
                series: at,
                text: point.text.clone(),
                hollow: point.hollow(),
                wide: place(wide.spots[at][index]),
                narrow: place(narrow.spots[at][index]),
            };
            let days = (point.period.end - point.period.start).num_days();
            // Twice the middle, in days, so that it is whole.
            let middle = i64::from(chrono::Datelike::num_days_from_ce(&point.period.start)) * 2 + days;
            columns.entry((middle, -days, point.period)).or_default().push((point.value, value));
        }
    }
    let columns = columns
        .into_iter()
        .map(|((.., period), mut values)| {
            values.sort_by(|(a, one), (b, other)| b.cmp(a).then(one.series.cmp(&other.series)));
            ReadoutColumn {
                period: period.label(chart.locale),
                values: values.into_iter().map(|(_, value)| value).collect(),
            }
        })
        .collect();
    ReadoutView {
        locale: chart.locale,
        title: chart.heading.title.clone(),
        wide: sheet(wide, &WIDE),
        narrow: sheet(narrow, &NARROW),
        series,
        columns,
    }
}

fn sheet(composed: &Composed, layout: &Layout) -> Sheet {
    Sheet {
        width: tenths(layout.width),
        height: tenths(composed.scene.height),
        top: tenths(composed.frame.top),
        bottom: tenths(composed.frame.bottom),
    }
}

fn place((x, y): (f64, f64)) -> (i32, i32) {
    (tenths(x), tenths(y))
}

/// A tenth of a unit is all the drawing has.
fn tenths(length: f64) -> i32 {
    (length * 10.0).round() as i32
}
