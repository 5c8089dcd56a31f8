//! Charts of an indicator's observations.

use crate::{
    charts::{self, Chart, Heading, Manner, MarkKind, TimeChart},
    domain::{
        indicators::model::{DefaultChart, Indicator},
        observations::{model::Observation, series::split},
    },
    loaders::observations::plot,
    text::{Locale, PeriodLength},
};

/// Draws the headline rows among those shown, of one period length: that of the longest line. None where the indicator is not
/// to be drawn.
pub fn chart(shown: &[Observation], indicator: &Indicator, locale: Locale) -> Option<Chart> {
    let kind = match indicator.default_chart {
        DefaultChart::Line => MarkKind::Line,
        DefaultChart::Bar => MarkKind::Bar,
        DefaultChart::None => return None,
    };
    let headline: Vec<&Observation> = shown.iter().filter(|row| row.headline).collect();
    let longest =
        split(headline.iter().copied()).into_iter().max_by_key(|line| (line.rows.len(), line.length));
    let length = longest?.length;
    let rows: Vec<&Observation> =
        headline.iter().copied().filter(|row| row.period.length() == length).collect();
    if rows.len() < 2 {
        return None;
    }
    let others = (rows.len() < headline.len()).then(|| only(length, locale));
    let description = TimeChart {
        locale,
        kind,
        heading: Heading {
            title: indicator.named.name(locale).to_owned(),
            subtitle: subtitle(&rows, indicator, locale) + &others.unwrap_or_default(),
            source_line: plot::source_line(rows.iter().copied(), locale),
        },
        unit: indicator.unit.clone(),
        series: plot::series(rows.iter().copied(), &indicator.unit, locale),
        flags: Vec::new(),
        manner: Manner::default(),
    };
    Some(Chart::Time(description))
}

/// Says which periods the chart draws, where the table has others too.
fn only(length: PeriodLength, locale: Locale) -> String {
    let periods = match length {
        PeriodLength::Point => locale.pick("single days", "单日数据"),
        PeriodLength::Month => locale.pick("months", "月度数据"),
        PeriodLength::Quarter => locale.pick("quarters", "季度数据"),
        PeriodLength::Half => locale.pick("half-years", "半年数据"),
        PeriodLength::Year => locale.pick("years", "年度数据"),
        PeriodLength::Months(_) | PeriodLength::Days => {
            locale.pick("periods of one length", "同一时长的数据")
        }
    };
    locale.pick(format!("; {periods} only, the table has others"), format!("；仅画{periods}，其余见表"))
}

/// Returns the subtitle: the entities and the years covered.
fn subtitle(rows: &[&Observation], indicator: &Indicator, locale: Locale) -> String {
    let mut entities: Vec<String> = Vec::new();
    for row in rows {
        let name = row.entity.name(locale).to_owned();
        if !entities.contains(&name) {
            entities.push(name);
        }
    }
    let span = plot::span(rows.iter().copied(), locale);
    let topic = indicator.topic.name(locale);
    match (entities.len(), locale) {
        (0..=6, Locale::En) => format!("{}, {span}", locale.list(&entities)),
        (0..=6, Locale::Zh) => format!("{}，{span}", locale.list(&entities)),
        (_, Locale::En) => format!("{topic}: {} entities, {span}", entities.len()),
        (_, Locale::Zh) => format!("{topic}：{}个对象，{span}", entities.len()),
    }
}

/// Draws the sparkline of the line that contains the lead observation; none if it is the only point.
pub fn spark<'a>(
    rows: impl IntoIterator<Item = &'a Observation>,
    lead: &Observation,
    indicator: &Indicator,
    locale: Locale,
) -> Option<String> {
    let line = split(rows).into_iter().find(|line| line.rows.contains(&lead))?;
    (line.rows.len() > 1).then(|| charts::spark(&plot::one(&line, "".into(), &indicator.unit, locale)))
}
