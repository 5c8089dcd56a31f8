//! Charts of the front page: the home market beside the cinema box office, and the findings of other indicators.

use std::collections::BTreeMap;

use crate::{
    charts::{self, Chart, Heading, Manner, MarkKind, TimeChart},
    domain::{
        home::model::{HeadlineFigure, chart_title},
        indicators::{index::IndicatorIndex as Indicators, model::Indicator},
        observations::{breaks::SeriesBreak, finding::finding, model::Observation, series::split},
    },
    loaders::{indicators::charts::ChartPlan, observations::plot},
    text::{Locale, PeriodLength},
};

const MARKET: &str = "domestic-market-revenue";
const CINEMA: &str = "cinema-box-office";
const ENTITY: &str = "china";

/// Indicators and entities whose findings the front page draws below its main chart.
pub const FINDINGS: [(&str, &str); 2] =
    [("overseas-iap-revenue", "overseas"), ("users-micro-drama", "china")];

/// Minimum number of years of a producer's line that is drawn.
const LONG: usize = 3;

/// A chart, and the observations that it shows.
pub type Drawn = (Chart, Vec<(Indicator, Observation)>);

/// Draws the finding of an indicator, if it has one that can be drawn.
pub fn finding_chart(
    indicator: &Indicator,
    rows: &[Observation],
    breaks: &[SeriesBreak],
    locale: Locale,
) -> Option<Drawn> {
    let sentence = finding(rows, breaks, indicator.frequency)?.sentence(indicator, locale);
    let plan = ChartPlan { breaks, finding: Some(&sentence), ..ChartPlan::of(indicator, rows, locale) };
    let drawn = plan.rows_drawn().into_iter().map(|row| (indicator.clone(), row.clone()));
    Some((plan.chart()?, drawn.collect()))
}

/// Gives a producer that several charts draw the same slot on all of them, and every other line one of its own. The main chart has the
/// first choice.
pub fn align_slots(main: Option<&Chart>, findings: &mut [Chart]) {
    let mut slots: BTreeMap<String, usize> = BTreeMap::new();
    if let Some(Chart::Time(main)) = main {
        slots.extend(main.series.iter().map(|series| (series.label.clone(), series.slot)));
    }
    for chart in findings {
        let Chart::Time(chart) = chart else { continue };
        for series in chart.series.iter_mut().filter(|series| !series.quiet) {
            let free = (0..).find(|slot| !slots.values().any(|taken| taken == slot)).unwrap_or_default();
            series.slot = *slots.entry(series.label.clone()).or_insert(free);
        }
    }
}

/// Draws the main chart. Years only: a month or half drawn beside a year looks like a fall.
pub fn main_chart(
    answers: &[HeadlineFigure],
    indicators: &Indicators,
    figures: &BTreeMap<String, Vec<Observation>>,
    locale: Locale,
) -> Option<Drawn> {
    let (market, cinema) = (indicators.get(MARKET)?, indicators.get(CINEMA)?);
    if market.unit != cinema.unit {
        return None;
    }
    let yearly = |id: &str| -> Vec<Observation> {
        let rows = figures.get(id).into_iter().flatten();
        rows.filter(|row| row.entity.id == ENTITY && row.period.length() == PeriodLength::Year)
            .cloned()
            .collect()
    };
    let (market_rows, cinema_rows) = (yearly(MARKET), yearly(CINEMA));
    // One line shows the fullest series of the cinema.
    let mut cinema_line = split(&cinema_rows).into_iter().max_by_key(|line| line.rows.len())?;
    // Single years before a gap say nothing about the trend.
    let gap = cinema_line
        .rows
        .windows(2)
        .rposition(|pair| pair[0].period.end.succ_opt() != Some(pair[1].period.start));
    cinema_line.rows.drain(..gap.map_or(0, |last_before| last_before + 1));
    let market_lines: Vec<_> =
        split(&market_rows).into_iter().filter(|line| line.rows.len() >= LONG).collect();
    let mut series: Vec<_> = market_lines
        .iter()
        .enumerate()
        .map(|(slot, line)| {
            let series = plot::one(line, line.producer.name(locale).into(), market, locale);
            charts::Series { slot, ..series }
        })
        .collect();
    let label = locale.pick("Cinema box office", "电影票房").into();
    // The last of the six colours, a quiet grey: the cinema is the yardstick, not the subject.
    series.push(charts::Series { slot: 5, ..plot::one(&cinema_line, label, cinema, locale) });
    let drawn: Vec<&Observation> =
        market_lines.iter().flat_map(|line| &line.rows).chain(&cinema_line.rows).copied().collect();
    let description = TimeChart {
        locale,
        kind: MarkKind::Line,
        heading: Heading {
            title: chart_title(answers, locale),
            subtitle: locale
                .pick(
                    "Yearly size of the micro-drama market in China, by producers with three years of figures or more, and the cinema box office.",
                    "中国微短剧市场规模（仅列有三年及以上数据的数据方）与电影票房，按年。",
                )
                .to_owned(),
            source_line: plot::source_line(drawn.iter().copied(), locale),
        },
        unit: market.unit.clone(),
        series,
        flags: Vec::new(),
        manner: Manner::default(),
    };
    let of = |indicator: &Indicator, rows: &[&Observation]| {
        let rows = rows.iter().map(|row| (indicator.clone(), (*row).clone()));
        rows.collect::<Vec<_>>()
    };
    let market_drawn: Vec<&Observation> = market_lines.iter().flat_map(|line| &line.rows).copied().collect();
    let rows = [of(market, &market_drawn), of(cinema, &cinema_line.rows)].concat();
    Some((Chart::Time(description), rows))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Unit;

    fn chart(lines: &[(&str, usize)]) -> Chart {
        let series = lines.iter().map(|(label, slot)| charts::Series {
            label: (*label).into(),
            slot: *slot,
            ..charts::Series::default()
        });
        Chart::Time(TimeChart {
            locale: Locale::En,
            kind: MarkKind::Line,
            heading: Heading::default(),
            unit: Unit::Percent,
            series: series.collect(),
            flags: Vec::new(),
            manner: Manner::default(),
        })
    }

    #[test]
    fn a_producer_has_one_slot_on_the_whole_page() {
        let main = chart(&[("iiMedia", 0), ("DataEye", 1), ("cinema", 5)]);
        let mut findings = [chart(&[("DataEye", 0)]), chart(&[("CNNIC", 0), ("DataEye", 1)])];
        align_slots(Some(&main), &mut findings);
        let slots = |chart: &Chart| match chart {
            Chart::Time(chart) => chart.series.iter().map(|series| series.slot).collect::<Vec<_>>(),
            _ => Vec::new(),
        };
        assert_eq!(slots(&findings[0]), [1]);
        assert_eq!(slots(&findings[1]), [2, 1]);
    }
}
