//! Data for the readout: every value with its position in both drawings.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    compose::Composed,
    model::{AxisScale, Break, TimeChart},
};
use crate::{
    charts::{
        marker,
        scene::Spot,
        sheet::{Layout, NARROW, WIDE},
        theme::COLOURS,
        view::{ReadoutColumn, ReadoutSeries, ReadoutValue, ReadoutView, Sheet},
    },
    text::{Locale, Period},
};

/// One chart of a sheet with its position in both drawings.
pub struct SheetPart<'a> {
    pub chart: &'a TimeChart,
    pub wide: (&'a Composed, Spot),
    pub narrow: (&'a Composed, Spot),
}

/// Returns the readout values of one chart.
pub fn readout(chart: &TimeChart, wide: &Composed, narrow: &Composed) -> ReadoutView {
    let part = SheetPart { chart, wide: (wide, (0.0, 0.0)), narrow: (narrow, (0.0, 0.0)) };
    of_parts(&[part], &chart.heading.title, chart.locale, sheet(wide, &WIDE), sheet(narrow, &NARROW))
}

/// Sort key of a period: its middle, then the longer period first.
type When = (i64, i64, Period);

/// Merges the values of several charts; values of one period share a column.
pub fn of_parts(
    parts: &[SheetPart<'_>],
    title: &str,
    locale: Locale,
    wide: Sheet,
    narrow: Sheet,
) -> ReadoutView {
    let mut all_series = Vec::new();
    let mut columns: BTreeMap<When, Vec<(usize, Decimal, ReadoutValue)>> = BTreeMap::new();
    let mut notes: BTreeMap<Period, Vec<(usize, String)>> = BTreeMap::new();
    for (number, part) in parts.iter().enumerate() {
        let chart = part.chart.in_order();
        let first = all_series.len();
        // The first rank is the smallest number.
        let height = |value: Decimal| if chart.manner.scale == AxisScale::Rank { -value } else { value };
        all_series.extend(chart.series.iter().map(|series| ReadoutSeries {
            label: series.label.clone(),
            unit: chart.unit.axis(chart.unit.scale_of(Decimal::ZERO, chart.locale), chart.locale),
            // Quiet series have the last colour, which is a grey.
            colour: if series.quiet { COLOURS } else { series.slot % COLOURS + 1 },
            marker: marker::path(series.shape(), 4.0),
        }));
        for (at, series) in chart.series.iter().enumerate() {
            for (index, point) in series.points.iter().enumerate() {
                let place = |(composed, (dx, dy)): (&Composed, Spot)| {
                    let (x, y) = composed.spots[at][index];
                    (tenths(x + dx), tenths(y + dy))
                };
                let value = ReadoutValue {
                    series: first + at,
                    text: point.text.clone(),
                    value: point.value,
                    high: point.high,
                    hollow: point.hollow(),
                    wide: place(part.wide),
                    narrow: place(part.narrow),
                    origin: point.origin.clone(),
                };
                let broken =
                    series.breaks_before(index).map(|each| (first + at, broken(&series.label, each, locale)));
                notes.entry(point.period).or_default().extend(broken);
                let days = (point.period.end - point.period.start).num_days();
                // Twice the middle in days, to stay an integer.
                let middle = i64::from(chrono::Datelike::num_days_from_ce(&point.period.start)) * 2 + days;
                let column = columns.entry((middle, -days, point.period)).or_default();
                column.push((number, height(point.value), value));
            }
        }
    }
    let columns = columns
        .into_iter()
        .map(|((.., period), mut values)| {
            values.sort_by(|(part, a, one), (another, b, other)| {
                part.cmp(another).then(b.cmp(a)).then(one.series.cmp(&other.series))
            });
            ReadoutColumn {
                period: period.label(locale),
                code: period.code(),
                breaks: notes.remove(&period).unwrap_or_default(),
                values: values.into_iter().map(|(.., value)| value).collect(),
            }
        })
        .collect();
    ReadoutView { locale, title: title.to_owned(), wide, narrow, series: all_series, columns }
}

/// Says that a series changed with this period, and how. Without its full stop, for more may follow.
fn broken(label: &str, each: &Break, locale: Locale) -> String {
    let (name, note) = (Break::name(locale), each.note.trim_end_matches(['.', '。']));
    locale.pick(format!("{label}, {name}: {note}"), format!("{label}{name}：{note}"))
}

fn sheet(composed: &Composed, layout: &Layout) -> Sheet {
    Sheet {
        width: tenths(layout.width),
        height: tenths(composed.scene.height),
        top: tenths(composed.frame.top),
        bottom: tenths(composed.frame.bottom),
    }
}

/// Converts to tenths of a unit, the precision of the drawing.
pub fn tenths(length: f64) -> i32 {
    (length * 10.0).round() as i32
}
