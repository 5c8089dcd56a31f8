//! Turns observations into the description of a chart.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    charts::{Bound, Nature, Origin, Point, Series},
    domain::{
        indicators::model::Indicator,
        observations::{
            history::HistoryQuery,
            model::{Observation, Qualifier},
            series::{Label, SeriesRows},
        },
    },
    text::{Locale, Period, note},
};

/// Returns one line with a label given by the caller.
pub fn one(line: &SeriesRows<'_>, label: Label, indicator: &Indicator, locale: Locale) -> Series {
    let points = line.rows.iter().map(|row| point(row, indicator, locale)).collect();
    Series { label: label.full, name: label.name, slot: line.slot, points, ..Series::default() }
}

pub fn point(row: &Observation, indicator: &Indicator, locale: Locale) -> Point {
    let nature = match row.qualifier {
        Qualifier::Forecast => Nature::Forecast,
        Qualifier::Estimate => Nature::Estimate,
        _ => Nature::Reported,
    };
    let bound = match row.qualifier {
        _ if row.high.is_some() => Bound::Range,
        Qualifier::AtLeast => Bound::AtLeast,
        Qualifier::AtMost => Bound::AtMost,
        Qualifier::Approximately => Bound::Approximately,
        Qualifier::Nearly => Bound::Nearly,
        Qualifier::Exact | Qualifier::Estimate | Qualifier::Range | Qualifier::Forecast => Bound::None,
    };
    Point {
        period: row.period,
        value: row.value,
        high: row.high,
        nature,
        bound,
        text: row.worded(&indicator.unit, locale),
        origin: Some(origin(row, indicator, locale)),
    }
}

/// Returns where an observation was published.
pub fn origin(row: &Observation, indicator: &Indicator, locale: Locale) -> Origin {
    Origin {
        publisher: row.source.publisher(locale).to_owned(),
        href: format!("/{locale}/sources/{}", row.source.id),
        history: HistoryQuery::of(row).href(locale, &indicator.named.id),
        note: row.note.get(locale).map(note::plain),
    }
}

/// Number of publishers that a source line names; the others are counted.
const MAX_PUBLISHERS: usize = 3;

/// Returns the source line: the producers of the drawn observations, and the publishers of their sources, those with most values first.
pub fn source_line<'a>(rows: impl IntoIterator<Item = &'a Observation> + Clone, locale: Locale) -> String {
    let (named, unnamed): (Vec<_>, Vec<_>) = rows
        .clone()
        .into_iter()
        .map(|row| &row.producer.named)
        .partition(|producer| producer.id != "unattributed");
    let producers: BTreeSet<_> = named.into_iter().map(|producer| producer.name(locale)).collect();
    let unnamed = (!unnamed.is_empty()).then(|| locale.pick("unnamed producers", "未注明的数据方"));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.source.publisher(locale)).or_default() += 1;
    }
    let mut publishers: Vec<(&str, usize)> = counts.into_iter().collect();
    publishers.sort_by_key(|(name, values)| (Reverse(*values), *name));
    let more = publishers.len().saturating_sub(MAX_PUBLISHERS);
    let mut named: Vec<String> =
        publishers.iter().take(MAX_PUBLISHERS).map(|(name, _)| (*name).to_owned()).collect();
    if more > 0 {
        named.push(locale.pick(format!("{more} more"), format!("另外{more}家")));
    }
    let producers = locale.list(&producers.into_iter().chain(unnamed).map(str::to_owned).collect::<Vec<_>>());
    let publishers = locale.list(&named);
    match locale {
        _ if producers == publishers => locale
            .pick(format!("Measured and published by {producers}."), format!("数据方及来源：{producers}。")),
        Locale::En if named.len() == 1 => format!("Measured by {producers}. Source: {publishers}."),
        Locale::En => format!("Measured by {producers}. Sources: {publishers}."),
        Locale::Zh => format!("数据方：{producers}。来源：{publishers}。"),
    }
}

/// Returns the years from the first to the last day drawn: `2019–2027`, `2025`.
pub fn span<'a>(rows: impl IntoIterator<Item = &'a Observation> + Clone, locale: Locale) -> String {
    use chrono::Datelike;
    let first = rows.clone().into_iter().map(|row| row.period.start).min();
    let last = rows.into_iter().map(|row| row.period.end).max();
    match first.zip(last) {
        None => String::new(),
        Some((first, last)) if first == last => Period::new(first, last).label(locale),
        Some((first, last)) if first.year() == last.year() => {
            locale.pick(first.year().to_string(), format!("{}年", first.year()))
        }
        Some((first, last)) => {
            let years = format!("{}–{}", first.year(), last.year());
            locale.pick(years.clone(), format!("{years}年"))
        }
    }
}
