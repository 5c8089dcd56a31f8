//! Value axis: four to six round ticks in one scale, starting at zero unless stated otherwise.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::model::{AxisScale, MarkKind, TimeChart};
use crate::text::{Locale, Unit, number::Scale};

/// Ticks and heading of a value axis.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueAxis {
    /// In ascending order, evenly spaced.
    pub ticks: Vec<Tick>,
    /// Unit and scale, plus a note if the axis does not start at zero.
    pub heading: String,
    scale: AxisScale,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub value: Decimal,
    pub label: String,
}

impl ValueAxis {
    pub fn of(chart: &TimeChart) -> ValueAxis {
        let (low, high) = chart.reach();
        match chart.manner.scale {
            AxisScale::Linear => ValueAxis::linear(chart, low, high),
            AxisScale::Log => ValueAxis::log(chart, low, high),
            AxisScale::Rank => ValueAxis::rank(chart, high),
        }
    }

    fn linear(chart: &TimeChart, low: Decimal, high: Decimal) -> ValueAxis {
        let raised = chart.kind == MarkKind::Line && may_start_above_zero(&chart.unit, low, high);
        let (low, high) =
            if raised { (low, high) } else { (low.min(Decimal::ZERO), high.max(Decimal::ZERO)) };
        let whole = matches!(chart.unit, Unit::People | Unit::Count { .. });
        let values = ticks(low, high, whole);
        let scale = chart.unit.scale_of(high.abs().max(low.abs()), chart.locale);
        ValueAxis {
            heading: heading(&chart.unit, scale, values[0], raised, chart.locale),
            ticks: labelled(&values, scale),
            scale: AxisScale::Linear,
        }
    }

    fn log(chart: &TimeChart, low: Decimal, high: Decimal) -> ValueAxis {
        let values = log_ticks(low, high);
        let scale = chart.unit.scale_of(high, chart.locale);
        let unit = chart.unit.axis(scale, chart.locale);
        let label = |value: &Decimal| scale.format(*value);
        ValueAxis {
            heading: chart.locale.pick(format!("{unit} (logarithmic)"), format!("{unit}（对数坐标）")),
            ticks: values.iter().map(|value| Tick { value: *value, label: label(value) }).collect(),
            scale: AxisScale::Log,
        }
    }

    fn rank(chart: &TimeChart, lowest: Decimal) -> ValueAxis {
        let last = lowest.to_u32().unwrap_or(1).max(2);
        let ticks = (1..=last).map(|place| Tick { value: place.into(), label: place.to_string() });
        ValueAxis {
            heading: chart.locale.pick("Rank", "名次").to_owned(),
            ticks: ticks.collect(),
            scale: AxisScale::Rank,
        }
    }

    pub fn low(&self) -> Decimal {
        self.ticks[0].value
    }

    pub fn high(&self) -> Decimal {
        self.ticks[self.ticks.len() - 1].value
    }

    /// Returns the position of a value between the lowest tick (0) and the highest (1).
    pub fn share(&self, value: Decimal) -> f64 {
        let linear =
            |value: Decimal| ((value - self.low()) / (self.high() - self.low())).to_f64().unwrap_or_default();
        match self.scale {
            AxisScale::Linear => linear(value),
            // Leaves a margin above the first rank and below the last.
            AxisScale::Rank => 0.96 - 0.92 * linear(value),
            AxisScale::Log => {
                let log = |value: Decimal| value.to_f64().unwrap_or(1.0).max(f64::MIN_POSITIVE).ln();
                (log(value) - log(self.low())) / (log(self.high()) - log(self.low()))
            }
        }
    }

    /// Returns whether zero is on the axis.
    pub fn has_zero(&self) -> bool {
        self.scale == AxisScale::Linear
    }
}

/// Returns whether the axis may start above zero: for lines of shares and rates that would otherwise be flat, never for money and counts.
fn may_start_above_zero(unit: &Unit, low: Decimal, high: Decimal) -> bool {
    let flat = |share: Decimal| low > Decimal::ZERO && high - low < high * share;
    match unit {
        Unit::Rate(_) => flat(Decimal::new(5, 1)),
        Unit::Percent | Unit::Ratio => flat(Decimal::new(2, 1)),
        Unit::Money(_) | Unit::People | Unit::Count { .. } | Unit::Points | Unit::Index(_) => false,
    }
}

fn heading(unit: &Unit, scale: Scale, lowest: Decimal, raised: bool, locale: Locale) -> String {
    let unit = unit.axis(scale, locale);
    if !raised || lowest.is_zero() {
        return unit;
    }
    let start = scale.format(lowest);
    locale.pick(
        format!("{unit} (axis starts at {start}, not 0)"),
        format!("{unit}（纵轴从{start}起，不从0起）"),
    )
}

/// Returns round ticks that enclose `low` to `high`: of all candidates with four to six ticks, the ones that waste the least room.
fn ticks(low: Decimal, high: Decimal, whole: bool) -> Vec<Decimal> {
    let high = if low == high { low + Decimal::ONE } else { high };
    for most in [6, 8] {
        let best = steps(whole)
            .filter_map(|step| {
                let first = (low / step).floor() * step;
                let last = (high / step).ceil() * step;
                let count = ((last - first) / step).to_usize()? + 1;
                (4..=most).contains(&count).then_some((last - first, count, first, step))
            })
            .min_by_key(|(length, count, ..)| (*length, most - count));
        if let Some((_, count, first, step)) = best {
            return (0..count).map(|index| first + step * Decimal::from(index)).collect();
        }
    }
    vec![low, high]
}

/// Returns ticks at one, two and five times powers of ten, from at most `low` to at least `high`. Over many powers only the powers
/// themselves are ticks, and not every one of them.
fn log_ticks(low: Decimal, high: Decimal) -> Vec<Decimal> {
    let power = |exponent: i32| match exponent {
        0.. => Decimal::from(10_u64.pow(exponent.unsigned_abs().min(18))),
        _ => Decimal::new(1, exponent.unsigned_abs()),
    };
    let between = |all: Vec<Decimal>| -> Vec<Decimal> {
        let first = all.iter().rposition(|value| *value <= low).unwrap_or(0);
        let last = all.iter().position(|value| *value >= high).unwrap_or(all.len() - 1);
        all[first..=last.max(first + 1).min(all.len() - 1)].to_vec()
    };
    let fine = (-9..=18).flat_map(|exponent| [1, 2, 5].map(|times| power(exponent) * Decimal::from(times)));
    let fine = between(fine.collect());
    if fine.len() <= 8 {
        return fine;
    }
    for step in [1, 2, 3, 6] {
        let coarse = between((-9..=18).step_by(step).map(power).collect());
        if coarse.len() <= 8 {
            return coarse;
        }
    }
    between(vec![power(-9), power(18)])
}

/// Returns the candidate steps: 1, 2, 2.5 and 5 times every power of ten that a value of the site may need.
fn steps(whole: bool) -> impl Iterator<Item = Decimal> {
    let power = |exponent: i32| match exponent {
        0.. => Decimal::from(10_u64.pow(exponent.unsigned_abs())),
        _ => Decimal::new(1, exponent.unsigned_abs()),
    };
    (-6..=17)
        .flat_map(move |exponent| [10, 20, 25, 50].map(|tenths| Decimal::new(tenths, 1) * power(exponent)))
        .filter(move |step| !whole || step.fract().is_zero())
}

/// Labels the ticks, all with as many decimals as the finest needs.
fn labelled(values: &[Decimal], scale: Scale) -> Vec<Tick> {
    let decimals = values.iter().map(|value| scale.apply(*value).scale()).max().unwrap_or(0) as usize;
    values
        .iter()
        .map(|value| {
            let mut label = scale.format(*value);
            let has = label.split_once('.').map_or(0, |(_, fraction)| fraction.len());
            if has < decimals && !value.is_zero() {
                label.push_str(if has == 0 { "." } else { "" });
                label.push_str(&"0".repeat(decimals - has));
            }
            Tick { value: *value, label }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(low: &str, high: &str) -> Vec<String> {
        let values = ticks(low.parse().unwrap(), high.parse().unwrap(), false);
        labelled(&values, Scale { exponent: 0, en: "", zh: "" }).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_are_few_and_round() {
        assert_eq!(labels("0", "121"), ["0", "25", "50", "75", "100", "125"]);
        assert_eq!(
            labels("0", "9.2"),
            ["0", "2.0", "4.0", "6.0", "8.0", "10.0"].map(|l| l.trim_end_matches(".0"))
        );
        assert_eq!(labels("0", "0.9"), ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(labels("-700", "119"), ["−800", "−600", "−400", "−200", "0", "200"]);
        assert_eq!(labels("6.4508", "7.2957"), ["6.4", "6.6", "6.8", "7.0", "7.2", "7.4"]);
    }

    #[test]
    fn any_two_values_get_four_to_eight_rising_ticks() {
        for low in [-123_456_789, -5, 0, 1, 999] {
            for add in [1, 2, 3, 7, 11, 60, 99, 101, 1_000, 123_456_789] {
                let (low, high) = (Decimal::from(low), Decimal::from(low + add));
                let ticks = ticks(low, high, false);
                assert!((4..=8).contains(&ticks.len()), "{low} to {high}: {ticks:?}");
                assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]));
                assert!(ticks[0] <= low && ticks[ticks.len() - 1] >= high);
            }
        }
    }
}
