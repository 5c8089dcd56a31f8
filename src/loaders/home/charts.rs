//! Main chart of the front page: the home market by producer, the cinema box office beside it, policy dates above.

use std::collections::BTreeMap;

use crate::{
    charts::{self, Chart, Flag, Heading, Manner, MarkKind, TimeChart},
    domain::{
        home::model::{HeadlineFigure, chart_title},
        indicators::{index::IndicatorIndex as Indicators, model::Indicator},
        observations::{model::Observation, series::split},
        programs::model::Program,
    },
    loaders::observations::plot,
    text::{Locale, PeriodLength},
};

const MARKET: &str = "domestic-market-revenue";
const CINEMA: &str = "cinema-box-office";
const ENTITY: &str = "china";

/// Draws the chart and returns the observations it shows. Years only: a month or half drawn beside a year looks like a
/// fall.
pub fn main_chart(
    answers: &[HeadlineFigure],
    indicators: &Indicators,
    figures: &BTreeMap<String, Vec<Observation>>,
    flags: &[Program],
    locale: Locale,
) -> Option<(Chart, Vec<(Indicator, Observation)>)> {
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
    // One line shows the fullest series of the cinema; the market has a line for every producer with more than one
    // year.
    let mut cinema_line = split(&cinema_rows).into_iter().max_by_key(|line| line.rows.len())?;
    // Single years before a gap say nothing about the trend.
    let gap = cinema_line
        .rows
        .windows(2)
        .rposition(|pair| pair[0].period.end.succ_opt() != Some(pair[1].period.start));
    cinema_line.rows.drain(..gap.map_or(0, |last_before| last_before + 1));
    let market_lines: Vec<_> = split(&market_rows).into_iter().filter(|line| line.rows.len() > 1).collect();
    let mut series: Vec<_> = market_lines
        .iter()
        .enumerate()
        .map(|(slot, line)| {
            let series = plot::one(line, line.producer.name(locale).into(), &market.unit, locale);
            charts::Series { slot, ..series }
        })
        .collect();
    let label = locale.pick("Cinema box office", "电影票房").into();
    // The last of the six colours, a quiet grey: the cinema is the yardstick, not the subject.
    series.push(charts::Series { slot: 5, ..plot::one(&cinema_line, label, &cinema.unit, locale) });
    let drawn: Vec<&Observation> =
        market_lines.iter().flat_map(|line| &line.rows).chain(&cinema_line.rows).copied().collect();
    let description = TimeChart {
        locale,
        kind: MarkKind::Line,
        heading: Heading {
            title: chart_title(answers, locale),
            subtitle: locale
                .pick(
                    "Size of the micro-drama market in China by those who measured it for two years or more, and the cinema box office; \
                     a year each.",
                    "中国微短剧市场规模（仅列有两年及以上数据的数据方）与电影票房，按年。",
                )
                .to_owned(),
            source_line: plot::source_line(drawn.iter().copied(), locale),
        },
        unit: market.unit.clone(),
        series,
        flags: flags.iter().filter_map(|program| flag(program, locale)).collect(),
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

fn flag(program: &Program, locale: Locale) -> Option<Flag> {
    let (place, measures) = (program.jurisdiction.name(locale), program.measures);
    let label = locale.pick(format!("{place}: {measures} measures"), format!("{place}：{measures}项措施"));
    Some(Flag { date: program.announced_on?.first_day(), label })
}
