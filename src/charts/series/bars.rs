//! Bars from zero. Those of one period length have one width; of several lengths, each is as wide as its period is long. Bars of different
//! series are side by side; a shorter period is drawn in front of the longer one that contains it, so that nothing is hidden.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;

use super::{
    frame::PlotFrame,
    model::{Bound, Nature, Point, TimeChart},
    whiskers::{ARROW, whiskers},
};
use crate::{
    charts::{
        marker::{arrow, painted},
        scene::{Dash, Fill, Scene, Shape, Spot, Stroke},
        sheet::Layout,
    },
    text::PeriodLength,
};

/// Minimum width of a bar, maximum width of one among bars of one length, and width of a bar for a single day.
const NARROWEST: f64 = 2.5;
pub const WIDEST: f64 = 120.0;
const DAY: f64 = 12.0;
/// Fraction of its period that a bar, or a group of bars side by side, fills.
const FILLED: f64 = 0.84;

/// A bar with its layout.
struct Bar<'a> {
    series: usize,
    index: usize,
    point: &'a Point,
    left: f64,
    right: f64,
    /// Whether a shorter period within it is drawn in front.
    behind: bool,
}

/// Returns the fill opacity of a bar and the dash of its outline. Only bars that are not opaque have an outline. `behind` means that a
/// shorter period is drawn in front.
pub fn look(nature: Nature, behind: bool) -> (f64, Dash) {
    match nature {
        Nature::Reported if behind => (0.25, Dash::Solid),
        Nature::Reported => (1.0, Dash::Solid),
        Nature::Estimate if behind => (0.12, Dash::Solid),
        Nature::Estimate => (0.45, Dash::Solid),
        Nature::Forecast => (0.06, Dash::Forecast),
    }
}

/// Draws every bar, longest periods at the back, and returns the position of the end of each.
pub fn draw(scene: &mut Scene, chart: &TimeChart, frame: &PlotFrame, layout: &Layout) -> Vec<Vec<Spot>> {
    let mut spots: Vec<Vec<Spot>> =
        chart.series.iter().map(|series| vec![(0.0, 0.0); series.points.len()]).collect();
    let mut bars = place(chart, frame);
    bars.sort_by(|a, b| (b.right - b.left).total_cmp(&(a.right - a.left)));
    let mut shapes = Vec::new();
    for bar in &bars {
        let middle = (bar.left + bar.right) / 2.0;
        let (base, spot) = (frame.baseline(), (middle, frame.level(bar.point.value)));
        spots[bar.series][bar.index] = spot;
        // A range is filled up to its certain part: the end nearer to zero.
        let end = frame.level(bar.point.value.max(bar.point.upper().min(Decimal::ZERO)));
        let outline = vec![(bar.left, base), (bar.left, end), (bar.right, end), (bar.right, base)];
        let paint = chart.series[bar.series].paint();
        let (opacity, dash) = look(bar.point.nature, bar.behind);
        let stroke = (opacity < 1.0).then(|| Stroke::new(paint, 1.3).dashed(dash));
        shapes.push(Shape::Area { spots: outline, fill: Some(Fill { paint, opacity }), stroke });
        // The arrow starts above the top of the bar: inside the bar it would be invisible.
        if bar.point.bound == Bound::AtMost && bar.point.value > Decimal::ZERO {
            shapes.extend(arrow(paint, (middle, spot.1 - ARROW), spot));
        } else {
            shapes.extend(whiskers(paint, bar.point, spot, frame.level(bar.point.upper()), layout.marker));
        }
    }
    scene.group("series", shapes);
    let mut marks = Vec::new();
    for (series, spots) in chart.series.iter().zip(&mut spots).filter(|(series, _)| series.quiet) {
        for (point, spot) in series.points.iter().zip(spots) {
            *spot = frame.spot(point.period, point.value);
            let high = frame.level(point.upper());
            marks.extend(whiskers(series.paint(), point, *spot, high, layout.marker));
            marks.push(painted(series.paint(), series.shape(), *spot, layout.marker, point.hollow()));
        }
    }
    scene.group("series", marks);
    spots
}

/// Lays out the bars. The axis is divided into calendar intervals as long as the longest period (year, half-year, quarter, month). Each
/// series has a lane in every interval; within the lane, a shorter period is placed at its position in the interval, in front of the longer
/// one.
fn place<'a>(chart: &'a TimeChart, frame: &PlotFrame) -> Vec<Bar<'a>> {
    let months = stretch_months(chart);
    let lengths: BTreeSet<PeriodLength> = chart.points().map(|point| point.period.length()).collect();
    let several = months_filled(lengths).is_none();
    let mut stretches: BTreeMap<NaiveDate, Vec<Bar<'a>>> = BTreeMap::new();
    for (series, each) in chart.series.iter().enumerate().filter(|(_, each)| !each.quiet) {
        for (index, point) in each.points.iter().enumerate() {
            let bar = Bar { series, index, point, left: 0.0, right: 0.0, behind: false };
            stretches.entry(stretch_start(point.period.middle(), months)).or_default().push(bar);
        }
    }
    let slots_of = |stretch: &[Bar<'_>]| -> BTreeSet<usize> {
        stretch.iter().map(|bar| chart.series[bar.series].slot).collect()
    };
    let most = stretches.values().map(|stretch| slots_of(stretch).len()).max().unwrap_or(1);
    let shortest = f64::from(months) * 30.0 - 2.0;
    let usual = (frame.width_of(shortest) * FILLED / most as f64).min(WIDEST);
    let mut bars = Vec::new();
    for (start, mut stretch) in stretches {
        let end = start.checked_add_months(Months::new(months)).unwrap_or(start).min(frame.span.end);
        let start = start.max(frame.span.first);
        let slots = slots_of(&stretch);
        let (from, to) = (frame.at(start), frame.at(end));
        // A shorter bar must match its period's position on the axis, so the longer one gets the full width of its period.
        let lane = if several { (to - from) * FILLED / slots.len() as f64 } else { usual };
        let days = (end - start).num_days() as f64;
        // A financial year does not fill the calendar year that it is counted to.
        let first = stretch.first().map(|bar| bar.point.period);
        let alike = stretch.iter().all(|bar| Some(bar.point.period) == first);
        let middle = match first.filter(|_| !several && alike) {
            Some(period) => frame.middle(period),
            None => (from + to) / 2.0,
        };
        for bar in &mut stretch {
            let number = slots.iter().position(|slot| *slot == chart.series[bar.series].slot).unwrap_or(0);
            let left = middle - lane * slots.len() as f64 / 2.0 + lane * number as f64;
            let along = |date: NaiveDate| ((date - start).num_days() as f64 / days).clamp(0.0, 1.0);
            let period = bar.point.period;
            let (first, last) = match several {
                true => (along(period.start), along(period.end.succ_opt().unwrap_or(period.end))),
                false => (0.0, 1.0),
            };
            (bar.left, bar.right) = (left + first * lane, left + last * lane - 1.0);
            if bar.right - bar.left < NARROWEST {
                let middle = (bar.left + bar.right) / 2.0;
                let half =
                    if period.length() == PeriodLength::Point { DAY.min(lane) } else { NARROWEST } / 2.0;
                (bar.left, bar.right) = (middle - half, middle + half);
            }
        }
        mark_those_behind(&mut stretch);
        bars.extend(stretch);
    }
    bars
}

/// Returns the number of months that every period lasts; none if they differ, or are no calendar periods.
fn months_filled(lengths: BTreeSet<PeriodLength>) -> Option<u32> {
    let months: BTreeSet<Option<u32>> = lengths
        .into_iter()
        .map(|length| match length {
            PeriodLength::Month => Some(1),
            PeriodLength::Quarter => Some(3),
            PeriodLength::Half => Some(6),
            PeriodLength::Year | PeriodLength::Months(12) => Some(12),
            PeriodLength::Months(_) | PeriodLength::Days | PeriodLength::Point => None,
        })
        .collect();
    if months.len() == 1 { months.into_iter().next().flatten() } else { None }
}

/// Returns the length of the longest period in months, rounded up to a calendar unit.
fn stretch_months(chart: &TimeChart) -> u32 {
    let longest =
        chart.points().map(|point| (point.period.end - point.period.start).num_days()).max().unwrap_or(0);
    match longest {
        ..32 => 1,
        32..93 => 3,
        93..185 => 6,
        _ => 12,
    }
}

fn stretch_start(date: NaiveDate, months: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(date.year(), date.month0() / months * months + 1, 1).unwrap_or(date)
}

fn mark_those_behind(bars: &mut [Bar<'_>]) {
    let days = |bar: &Bar<'_>| (bar.point.period.end - bar.point.period.start).num_days();
    for at in 0..bars.len() {
        bars[at].behind = bars.iter().any(|other| {
            days(other) < days(&bars[at]) && other.left < bars[at].right && bars[at].left < other.right
        });
    }
}
