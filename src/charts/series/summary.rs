//! Textual summary of a chart, generated from the description that also produces the drawing.

use super::model::{AxisScale, Break, Nature, Point, Series, TimeChart};
use crate::text::PeriodLength;

/// Maximum number of series described individually; the rest are only counted.
const MAX_DESCRIBED: usize = 6;

/// Describes each series from its first to its last value: its peak, which values are estimates or forecasts, and where values are missing.
/// Values are formatted as everywhere on the site; only first, last and highest are computed.
pub fn summary(chart: &TimeChart) -> String {
    let chart = chart.in_order();
    let locale = chart.locale;
    let mut sentences: Vec<String> =
        chart.series.iter().take(MAX_DESCRIBED).map(|series| describe(series, &chart)).collect();
    if let Some(rest) = chart.series.len().checked_sub(MAX_DESCRIBED).filter(|rest| *rest > 0) {
        sentences.push(locale.pick(
            format!("{rest} more {} in the table.", if rest == 1 { "line is" } else { "lines are" }),
            format!("另有{rest}条见表。"),
        ));
    }
    sentences.join(locale.pick(" ", ""))
}

fn describe(series: &Series, chart: &TimeChart) -> String {
    let locale = chart.locale;
    let (Some(first), Some(last)) = (series.points.first(), series.points.last()) else {
        return String::new();
    };
    let name = &series.label;
    let at = |point: &Point| {
        let period = point.period.label(locale);
        let on = if point.period.length() == PeriodLength::Point { "on" } else { "in" };
        locale.pick(format!("{} {on} {period}", point.text), format!("{period}{}", point.text))
    };
    if series.points.len() == 1 {
        return locale.pick(format!("{name}: {}.", at(first)), format!("{name}：{}。", at(first)));
    }
    // A range already contains a “to”; from a bound or across a break, a value does not rise or fall “to” another.
    let comparable =
        [first, last].iter().all(|end| end.high.is_none() && !end.is_bound()) && !series.is_broken();
    let mut text = match comparable {
        true => locale.pick(
            format!("{name}: from {} to {}", at(first), at(last)),
            format!("{name}：从{}到{}", at(first), at(last)),
        ),
        false => locale.pick(
            format!("{name}: first {}, last {}", at(first), at(last)),
            format!("{name}：最早为{}，最近为{}", at(first), at(last)),
        ),
    };
    // The first rank is the smallest number.
    let ranks = chart.manner.scale == AxisScale::Rank;
    let height = |point: &Point| if ranks { -point.value } else { point.value };
    let peak = series
        .points
        .iter()
        .max_by_key(|point| height(point))
        .filter(|peak| height(peak) > height(first) && height(peak) > height(last));
    if let Some(peak) = peak {
        text += &locale.pick(format!(", highest at {}", at(peak)), format!("，最高为{}", at(peak)));
    }
    if !chart.manner.joined && series.has_gaps() {
        text += locale.pick("; not every period was measured", "；并非每个时段都有数据");
    }
    let forecasts = series.points.iter().filter(|point| point.nature == Nature::Forecast).count();
    let estimates = series.points.iter().filter(|point| point.nature == Nature::Estimate).count();
    for (count, en, en_all, zh, zh_all) in [
        (estimates, "estimates", "all are estimates", "项为估算", "均为估算"),
        (forecasts, "forecasts", "all are forecasts", "项为预测", "均为预测"),
    ] {
        text += &match count {
            0 => String::new(),
            all if all == series.points.len() => locale.pick(format!("; {en_all}"), format!("；{zh_all}")),
            1 => locale.pick(
                format!("; one of the values is {} {}", article(en), &en[..en.len() - 1]),
                format!("；其中1{zh}"),
            ),
            some => locale.pick(format!("; {some} of the values are {en}"), format!("；其中{some}{zh}")),
        };
    }
    text += locale.pick(".", "。");
    for (index, point) in series.points.iter().enumerate() {
        for each in series.breaks_before(index) {
            let (name, period, note) = (Break::name(locale), point.period.label(locale), &each.note);
            text += &locale.pick(
                format!(" {} before {period}: {note}", capitalized(name)),
                format!("{period}之前{name}：{note}"),
            );
        }
    }
    text
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn article(schema: &str) -> &'static str {
    if schema.starts_with('e') { "an" } else { "a" }
}
