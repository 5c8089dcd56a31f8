//! Titles, descriptions and sentences of the map; its files use them too.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::scale::paid_unit;
use crate::{
    domain::map::{
        model::{MapLevel, MapRow, MapValue},
        query::{MapCount, MapMeasure},
        values::MapValues,
    },
    text::{Locale, date, number::grouped},
};

pub fn title(locale: Locale) -> &'static str {
    locale.pick("Micro-dramas on the map", "微短剧分布地图")
}

pub fn description(locale: Locale) -> &'static str {
    locale.pick(
        "What is offered, paid, produced and based in each province of China, each district of Shanghai and each country. Each area is a \
         tile at its usual place; no tile shows a border.",
        "各省级行政区、上海各区及各国的政策、拨付、产量与企业。每个地区为一格，置于习惯位置，不表示边界。",
    )
}

/// What is counted or measured, for headlines: `programmes in force`.
fn subject(values: &MapValues, locale: Locale) -> String {
    let query = &values.query;
    match query.by {
        MapMeasure::Programs => {
            let instrument = query.instrument.map(|instrument| instrument.name(locale));
            let status = query.status.map(|status| status.name(locale));
            match locale {
                Locale::En => {
                    let details: Vec<&str> = instrument.into_iter().chain(status).collect();
                    match (instrument, query.status.is_some_and(|status| status.word() == "in-force")) {
                        (None, true) => "programmes in force".to_owned(),
                        _ if details.is_empty() => "programmes".to_owned(),
                        _ => format!("programmes ({})", details.join(", ")),
                    }
                }
                Locale::Zh => {
                    // A status of two clauses does not stand before a noun.
                    let (before, after) = match status {
                        Some(status) if status.contains('，') => (String::new(), Some(status)),
                        Some(status) => (format!("{status}的"), None),
                        None => (String::new(), None),
                    };
                    let details: Vec<&str> = instrument.into_iter().chain(after).collect();
                    match details.is_empty() {
                        true => format!("{before}政策"),
                        false => format!("{before}政策（{}）", details.join("、")),
                    }
                }
            }
        }
        MapMeasure::Companies => locale.pick("companies", "总部企业").to_owned(),
        MapMeasure::Paid => locale.pick("amounts paid", "已拨付金额").to_owned(),
        MapMeasure::Titles => match &values.indicator {
            Some(indicator) => indicator.named.name(locale).to_owned(),
            None => locale.pick("titles", "作品").to_owned(),
        },
    }
}

/// The value of an area in words: `48 programmes`, `none known`.
pub fn worded(row: &MapRow, values: &MapValues, locale: Locale) -> String {
    match &row.value {
        MapValue::NotResearched => locale.pick("not researched", "尚未收集").to_owned(),
        MapValue::None => locale.pick("none known", "暂未查到").to_owned(),
        MapValue::Count(count) => {
            let number = grouped((*count).into());
            match (values.query.by, *count, locale) {
                (MapMeasure::Companies, _, Locale::Zh) => format!("{number}家"),
                (_, _, Locale::Zh) => format!("{number}项"),
                (MapMeasure::Companies, 1, _) => "1 company".to_owned(),
                (MapMeasure::Companies, ..) => format!("{number} companies"),
                (_, 1, _) => "1 programme".to_owned(),
                _ => format!("{number} programmes"),
            }
        }
        MapValue::Paid(total) => total.rounded(total.all, locale),
        MapValue::Figure(figure) => match &values.indicator {
            Some(indicator) => figure.worded(&indicator.unit, locale),
            None => figure.value.to_string(),
        },
    }
}

/// Says which area has the most, as a sentence without its full stop.
pub fn headline(values: &MapValues, level: MapLevel, locale: Locale) -> String {
    let rows = values.rows.iter().filter(|row| row.level == level);
    let mut known: Vec<(&MapRow, Decimal)> = rows.filter_map(|row| Some((row, row.number()?))).collect();
    known.sort_by_key(|(_, number)| Reverse(*number));
    let subject = subject(values, locale);
    let Some((first, most)) = known.first().copied() else {
        return locale.pick(format!("None known: {subject}"), format!("暂未查到：{subject}"));
    };
    let top: Vec<&MapRow> = known.iter().filter(|(_, number)| *number == most).map(|(row, _)| *row).collect();
    let all: Decimal = known.iter().map(|(_, number)| *number).sum();
    let (name, value) = (first.named.name(locale), worded(first, values, locale));
    match values.query.by {
        MapMeasure::Programs | MapMeasure::Companies => {
            let (count, all) = (grouped(most), grouped(all));
            let each = if values.query.by == MapMeasure::Companies { "家" } else { "项" };
            let names: Vec<String> = top.iter().map(|row| row.named.name(locale).to_owned()).collect();
            match (names.len(), locale) {
                (1, Locale::En) => format!("{name} has the most {subject}: {count} of {all}"),
                (1, Locale::Zh) => format!("{name}{subject}最多：{all}{each}中占{count}{each}"),
                (2 | 3, Locale::En) => {
                    format!("{} have the most {subject}: {count} each, of {all}", locale.list(&names))
                }
                (2 | 3, Locale::Zh) => {
                    format!("{}{subject}最多：{all}{each}中各占{count}{each}", locale.list(&names))
                }
                (several, Locale::En) => {
                    format!("{several} areas have the most {subject}: {count} each, of {all}")
                }
                (several, Locale::Zh) => {
                    format!("{several}个地区{subject}并列最多：{all}{each}中各占{count}{each}")
                }
            }
        }
        MapMeasure::Paid if known.len() == 1 => locale.pick(
            format!("Only one payer is known: {name}, {value}"),
            format!("已知仅{name}有拨付：{value}"),
        ),
        MapMeasure::Paid => locale.pick(
            format!("The largest amount known to have been paid is that of {name}: {value}"),
            format!("已知拨付金额最多的是{name}：{value}"),
        ),
        MapMeasure::Titles => {
            let year = values.year.unwrap_or_default();
            let of = first.of().map(|place| place.name(locale));
            let of = of.map(|of| locale.pick(format!(" (of {of})"), format!("（{of}）"))).unwrap_or_default();
            locale.pick(
                format!("The largest figure for {year} is that of {name}: {value}{of}"),
                format!("{year}年数值最大的是{name}：{value}{of}"),
            )
        }
    }
}

/// Says what is counted where, for the line below a headline.
pub fn subtitle(values: &MapValues, level: MapLevel, locale: Locale) -> String {
    let query = &values.query;
    let within = match query.count {
        MapCount::Within => locale.pick("each area and every place within it", "各地区及其所辖各地"),
        MapCount::Own => locale.pick("each area itself, not of places within it", "各地区本级，不含所辖各地"),
    };
    match query.by {
        MapMeasure::Programs => {
            let on = date::day(values.day, locale);
            let subject = subject(values, locale);
            let rules = match query.instrument {
                Some(_) => "",
                None => locale.pick("; rules that only regulate are not counted", "；不含仅作监管的规定"),
            };
            locale.pick(
                format!("Number of {subject} on {on}, of {within}. Packages count as their measures{rules}."),
                format!("截至{on}{within}{subject}数量；政策包按所含措施计{rules}。"),
            )
        }
        MapMeasure::Companies => locale.pick(
            format!("Number of companies whose head office is known to be in {within}."),
            format!("已知总部设在当地的企业数量，按{within}计。"),
        ),
        MapMeasure::Paid => {
            let scope = query.scope.name(locale);
            let unit = paid_unit(values, level, locale);
            locale.pick(
                format!(
                    "{unit}, rounded, all years. What governments of {within} are reported to have paid ({scope}); amounts that are part \
                     of another are left out."
                ),
                format!("单位：{unit}（取整），不分年份。{within}的政府据报道已拨付的金额（{scope}）；不计入已包含在其他金额中的部分。"),
            )
        }
        MapMeasure::Titles => {
            let (name, year) = (subject(values, locale), values.year.unwrap_or_default());
            let inside = match (query.count, level) {
                (MapCount::Own, _) | (_, MapLevel::Country) => {
                    locale.pick("Each is one figure of the area itself", "每格为该地区自身的一项数据")
                }
                (MapCount::Within, _) => locale.pick(
                    "Each is one figure: of the area itself, otherwise the largest of a place within it",
                    "每格为一项数据：优先取该地区自身，否则取所辖各地中最大者",
                ),
            };
            locale.pick(
                format!("{name}, {year}. {inside}; nothing is added up, and periods and scopes differ."),
                format!("{name}，{year}年。{inside}；不作加总，各数据的时段与口径不尽相同。"),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::map::query::MapQuery, text::Named};

    fn values(raw: &str, counts: &[(&str, i64)]) -> MapValues {
        let row = |(name, count): &(&str, i64)| MapRow {
            level: MapLevel::Province,
            code: (*name).to_owned(),
            named: Named::new((*name).to_owned(), (*name).to_owned(), None),
            has_page: true,
            marked: false,
            value: if *count > 0 { MapValue::Count(*count) } else { MapValue::None },
        };
        MapValues {
            query: MapQuery::parse(raw).unwrap(),
            day: chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
            rows: counts.iter().map(row).collect(),
            instruments: Vec::new(),
            standings: Vec::new(),
            indicator: None,
            year: None,
            indicators: Vec::new(),
            years: Vec::new(),
        }
    }

    #[test]
    fn a_headline_says_who_has_the_most() {
        let of = |raw: &str, counts: &[(&str, i64)], locale| {
            headline(&values(raw, counts), MapLevel::Province, locale)
        };
        let counts = [("Henan", 2), ("Shanghai", 7), ("Hunan", 0)];
        assert_eq!(of("", &counts, Locale::En), "Shanghai has the most programmes in force: 7 of 9");
        assert_eq!(of("", &counts, Locale::Zh), "Shanghai施行中的政策最多：9项中占7项");
        assert_eq!(
            of("by=companies", &[("Henan", 2), ("Shanghai", 2)], Locale::En),
            "Henan and Shanghai have the most companies: 2 each, of 4"
        );
        assert_eq!(
            of("instrument=visa&status=any", &[("Henan", 0)], Locale::En),
            "None known: programmes (Visa)"
        );
    }
}
