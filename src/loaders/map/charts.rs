//! Charts of the map: tile maps of provinces and districts, ranked bars of countries.

use chrono::Datelike;
use rust_decimal::Decimal;

use super::{
    scale::scale,
    titles::{headline, subtitle, worded},
};
use crate::{
    charts::{Chart, Heading, RankedBar, RankedBars, Tile, TileMap, TileStep, TileValue, tile_steps},
    domain::{
        map::{
            grid::{DISTRICTS, GridTile, PROVINCES},
            model::{MapLevel, MapRow, MapValue},
            query::MapMeasure,
            values::MapValues,
        },
        observations::model::{Observation, Qualifier},
    },
    loaders::observations::plot,
    text::{
        Locale, Period, PeriodLength,
        number::{Scale, grouped, span},
    },
};

/// Maximum number of countries that are drawn.
const MAX_BARS: usize = 12;

/// Draws the areas of one level. With `linked`, each tile leads to the page of its place. `None` if there is nothing to compare.
pub fn level(values: &MapValues, level: MapLevel, linked: bool, locale: Locale) -> Option<Chart> {
    let rows: Vec<&MapRow> = values.rows.iter().filter(|row| row.level == level).collect();
    let heading = Heading {
        title: headline(values, level, locale),
        subtitle: subtitle(values, level, locale),
        source_line: source_line(values, &rows, locale),
    };
    match level {
        MapLevel::Province => Some(tiles(values, &rows, &PROVINCES, heading, linked, locale)),
        MapLevel::District => Some(tiles(values, &rows, &DISTRICTS, heading, linked, locale)),
        MapLevel::Country => bars(values, &rows, heading, locale),
    }
}

fn tiles(
    values: &MapValues,
    rows: &[&MapRow],
    grid: &[GridTile],
    heading: Heading,
    linked: bool,
    locale: Locale,
) -> Chart {
    let unit = scale(values, rows, locale);
    let drawn = rows.iter().zip(grid).map(|(row, tile)| {
        let name = row.named.name(locale).to_owned();
        let value = match &row.value {
            MapValue::NotResearched => TileValue::NotResearched,
            MapValue::None => TileValue::None(nothing(values).to_owned()),
            MapValue::Count(count) => number(Decimal::from(*count), "", locale),
            MapValue::Paid(total) => scaled(total.all.amount, unit, locale),
            MapValue::Figure(figure) => figure_value(figure, locale),
        };
        let under = match &row.value {
            MapValue::Figure(figure) => under(figure, locale),
            _ => None,
        };
        Tile {
            short: locale.pick(tile.letters.to_owned(), name.clone()),
            row: tile.row,
            column: tile.column,
            value,
            under,
            marked: row.marked,
            text: spoken(row, values, locale),
            link: (linked && row.has_page).then(|| format!("/{locale}/places/{}", row.named.id)),
            name,
        }
    });
    let tiles: Vec<Tile> = drawn.collect();
    let bounds = tile_steps(rows.iter().filter_map(|row| row.number()));
    let most = rows.iter().filter_map(|row| row.number()).max().unwrap_or_default();
    Chart::Tiles(TileMap {
        locale,
        heading,
        tiles,
        steps: steps(values, &bounds, most, unit, locale),
        none: locale.pick("none known", "暂未查到").to_owned(),
    })
}

fn bars(values: &MapValues, rows: &[&MapRow], heading: Heading, locale: Locale) -> Option<Chart> {
    let bars = rows.iter().filter_map(|row| {
        Some(RankedBar {
            name: row.named.name(locale).to_owned(),
            value: row.number()?,
            text: worded(row, values, locale),
            slot: 0,
            hollow: false,
        })
    });
    let mut bars: Vec<RankedBar> = bars.collect();
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.value));
    bars.truncate(MAX_BARS);
    (bars.len() > 1).then_some(Chart::Ranked(RankedBars { locale, heading, bars }))
}

/// Name and value of an area as one sentence, with what a figure is about and its period.
fn spoken(row: &MapRow, values: &MapValues, locale: Locale) -> String {
    let (name, value) = (row.named.name(locale), worded(row, values, locale));
    let details: Vec<String> = match &row.value {
        MapValue::Figure(figure) => {
            let of = row.of().map(|place| place.name(locale).to_owned());
            of.into_iter().chain([figure.period.label(locale)]).collect()
        }
        _ => Vec::new(),
    };
    match (details.is_empty(), locale) {
        (true, Locale::En) => format!("{name}: {value}"),
        (true, Locale::Zh) => format!("{name}：{value}"),
        (false, Locale::En) => format!("{name}: {value} ({})", details.join(", ")),
        (false, Locale::Zh) => format!("{name}：{value}（{}）", details.join("，")),
    }
}

/// What stands in a tile of which nothing is known: a count of none is 0, an amount or a figure is not.
fn nothing(values: &MapValues) -> &'static str {
    match values.query.by {
        MapMeasure::Programs | MapMeasure::Companies => "0",
        MapMeasure::Paid | MapMeasure::Titles => "–",
    }
}

/// A number with a sign before it, in full and abbreviated to thousands.
fn number(value: Decimal, sign: &str, locale: Locale) -> TileValue {
    let (unit, name) = locale.pick((1_000, "k"), (10_000, "万"));
    let short = match value >= Decimal::from(10_000) {
        true => format!("{sign}{}{name}", grouped((value / Decimal::from(unit)).round_dp(1))),
        false => format!("{sign}{}", value.normalize()),
    };
    TileValue::Known { value, text: format!("{sign}{}", grouped(value)), short }
}

fn figure_value(figure: &Observation, locale: Locale) -> TileValue {
    let value = number(figure.value, figure.sign(), locale);
    match (figure.high, value) {
        (Some(high), TileValue::Known { value, short, .. }) => {
            let text = span(&grouped(figure.value), &grouped(high), locale);
            TileValue::Known { value, text, short: format!("{short}+") }
        }
        (_, value) => value,
    }
}

/// Second line of a tile with a figure: that it is an estimate, and the months where it is not of the whole year.
fn under(figure: &Observation, locale: Locale) -> Option<String> {
    let estimate = (figure.qualifier == Qualifier::Estimate).then(|| locale.pick("est.", "估算").to_owned());
    estimate.or_else(|| months(figure.period, locale))
}

fn months(period: Period, locale: Locale) -> Option<String> {
    if period.length() == PeriodLength::Year {
        return None;
    }
    Some(match period.start.ordinal0() {
        0 => locale.pick(period.end.format("to %b").to_string(), format!("至{}月", period.end.month())),
        _ => locale.pick("part", "部分").to_owned(),
    })
}

/// An amount in a scale, rounded to what fits a tile. The table has every digit.
fn scaled(value: Decimal, scale: Option<Scale>, locale: Locale) -> TileValue {
    let places = locale.pick(1, 2);
    let exact = scale.map_or(value, |scale| scale.apply(value));
    let rounded = exact.round_dp(places);
    let text = match rounded.is_zero() && !exact.is_zero() {
        true => format!("<{}", Decimal::new(1, places)),
        false => grouped(rounded),
    };
    TileValue::Known { value, short: text.clone(), text }
}

/// Classes of the scale with their texts. Counts name their first and last number, amounts their bounds.
fn steps(
    values: &MapValues,
    bounds: &[Decimal],
    most: Decimal,
    scale: Option<Scale>,
    locale: Locale,
) -> Vec<TileStep> {
    let whole = values.query.by != MapMeasure::Paid;
    let written = |value: Decimal| grouped(scale.map_or(value, |scale| scale.apply(value)));
    let text = |at: usize| {
        let from = bounds[at];
        match bounds.get(at + 1) {
            Some(next) if whole && *next == from + Decimal::ONE => written(from),
            Some(next) if whole => span(&written(from), &written(*next - Decimal::ONE), locale),
            Some(next) => span(&written(from), &written(*next), locale),
            None if whole && most == from => written(from),
            None => locale.pick(format!("{} or more", written(from)), format!("{}及以上", written(from))),
        }
    };
    (0..bounds.len()).map(|at| TileStep { from: bounds[at], text: text(at) }).collect()
}

fn source_line(values: &MapValues, rows: &[&MapRow], locale: Locale) -> String {
    let figures: Vec<&Observation> = rows
        .iter()
        .filter_map(|row| match &row.value {
            MapValue::Figure(figure) => Some(&**figure),
            _ => None,
        })
        .collect();
    match values.query.by {
        MapMeasure::Titles if figures.is_empty() => String::new(),
        MapMeasure::Titles => plot::source_line(figures, locale),
        MapMeasure::Programs => locale
            .pick(
                "Counted here from the programmes listed, each with its source.",
                "由本站所列政策计数，来源见各条。",
            )
            .to_owned(),
        MapMeasure::Companies => locale
            .pick(
                "Counted here from the companies listed, each with its source.",
                "由本站所列企业计数，来源见各条。",
            )
            .to_owned(),
        MapMeasure::Paid => locale
            .pick(
                "Added here from the ledger, each amount with its source.",
                "由本站资金台账加总，来源见各笔。",
            )
            .to_owned(),
    }
}
