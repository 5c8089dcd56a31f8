//! Charts of programmes.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::{
    charts::{
        Chart, Flag, Heading, Item, Lane, MatrixCell, MatrixChart, MatrixRow, RankedBar, RankedBars, Stretch,
        Timeline,
    },
    domain::{
        events::model::Event,
        programs::{
            comparison::{Cell, ComparisonTable},
            filter::Offers,
            lifecycle::ProgramStatus,
            model::{Instrument, Program},
        },
        subsidies::model::Subsidy,
    },
    text::{Locale, PartialDate, date},
};

/// Draws a programme on a time axis: its own dates, its events and its dated payments. `None` if they fall on fewer than three different
/// dates: the page says them in words.
pub fn life(
    program: &Program,
    events: &[Event],
    subsidies: &[Subsidy],
    day: NaiveDate,
    locale: Locale,
) -> Option<Chart> {
    let lanes: Vec<Lane> = [
        (locale.pick("Programme", "政策"), dates(program, locale)),
        (locale.pick("Events", "事件"), events.iter().map(|event| happened(event, locale)).collect()),
        (
            locale.pick("Money", "资金"),
            subsidies.iter().filter_map(|subsidy| money(subsidy, locale)).collect(),
        ),
    ]
    .into_iter()
    .filter(|(_, items): &(_, Vec<Item>)| !items.is_empty())
    .map(|(name, items)| Lane { name: name.to_owned(), items })
    .collect();
    let dates: BTreeSet<PartialDate> = lanes
        .iter()
        .flat_map(|lane| &lane.items)
        .flat_map(|item| match item.stretch {
            Stretch::At(date) => [Some(date), None],
            Stretch::Lasting { from, to } => [from, to],
        })
        .flatten()
        .collect();
    if dates.len() < 3 {
        return None;
    }
    let name = program.named.name(locale);
    let chart = Timeline {
        locale,
        heading: Heading {
            title: locale.pick(format!("{name}: dates"), format!("{name}：时间轴")),
            subtitle: locale
                .pick(
                    "Dates as precise as the sources give them. A month or year is drawn as long as it is.",
                    "日期精度以来源为准；仅知月份或年份的，按其长度绘制。",
                )
                .to_owned(),
            source_line: locale.pick(
                format!("Source: {}.", program.source.short(locale)),
                format!("来源：{}。", program.source.short(locale)),
            ),
        },
        lanes,
        marked: Some(Flag { date: day, label: date::day(day, locale) }),
        whole_names: true,
    };
    Some(Chart::Timeline(chart))
}

fn item(name: &str, date: String, stretch: Stretch, slot: usize, hollow: bool, locale: Locale) -> Item {
    let text = locale.pick(format!("{name}, {date}"), format!("{name}，{date}"));
    Item { name: name.to_owned(), text, stretch, slot, hollow, count: 1, href: None }
}

fn dates(program: &Program, locale: Locale) -> Vec<Item> {
    let announced = program.announced_on.map(|date| {
        let name = locale.pick("Announced", "公布");
        item(name, date.label(locale), Stretch::At(date), 0, false, locale)
    });
    let (from, to) = (program.effective_from, program.effective_to);
    let lasts = (from.is_some() || to.is_some()).then(|| {
        let open = to.is_none();
        let name = match (program.status, open) {
            (ProgramStatus::Expired, true) => {
                locale.pick("In force; ended, nobody says when", "施行；已失效，日期不详")
            }
            (_, true) => locale.pick("In force until further notice", "施行，未注明截止日期"),
            (_, false) => locale.pick("In force", "施行"),
        };
        let label = |date: Option<PartialDate>| date.map(|date| date.label(locale));
        let text = match (label(from), label(to), locale) {
            (Some(from), Some(to), Locale::En) => format!("{from} to {to}"),
            (Some(from), Some(to), Locale::Zh) => format!("{from}至{to}"),
            (Some(from), None, Locale::En) => format!("from {from}"),
            (Some(from), None, Locale::Zh) => format!("{from}起"),
            (None, to, Locale::En) => format!("to {}", to.unwrap_or_default()),
            (None, to, Locale::Zh) => format!("至{}", to.unwrap_or_default()),
        };
        item(name, text, Stretch::Lasting { from, to }, 0, false, locale)
    });
    announced.into_iter().chain(lasts).collect()
}

fn happened(event: &Event, locale: Locale) -> Item {
    item(event.named.name(locale), event.date.label(locale), Stretch::At(event.date), 1, false, locale)
}

fn money(subsidy: &Subsidy, locale: Locale) -> Option<Item> {
    let stretch = match (subsidy.period_start, subsidy.period_end) {
        (None, None) => Stretch::At(subsidy.disclosed_on?),
        (from, to) => Stretch::Lasting { from, to },
    };
    let date = subsidy.period(locale).or(subsidy.disclosed_on.map(|date| date.label(locale)))?;
    Some(item(&subsidy.worded(locale), date, stretch, 2, false, locale))
}

/// Draws the matrix of instruments by places, as numbers. `counted` says what they count.
pub fn matrix<P>(table: &ComparisonTable<P>, counted: &str, day: NaiveDate, locale: Locale) -> Option<Chart> {
    if table.rows.is_empty() {
        return None;
    }
    let cell =
        |row: Instrument, column: usize, cell: &Cell<P>| match (cell.counts.total(), &table.places[column]) {
            (0, place) if !place.researched => MatrixCell::Unknown,
            (0, _) => MatrixCell::Empty { gap: column == table.own && table.is_gap(row) },
            (total, _) => MatrixCell::Count { count: total as u32, hollow: !cell.counts.is_open() },
        };
    let rows = table.rows.iter().map(|(instrument, cells)| MatrixRow {
        name: instrument.name(locale).to_owned(),
        cells: cells.iter().enumerate().map(|(column, of)| cell(*instrument, column, of)).collect(),
    });
    let on = date::day(day, locale);
    let own = table.places[table.own].named.name(locale);
    let rows: Vec<MatrixRow> = rows.collect();
    let has = |wanted: &dyn Fn(&MatrixCell) -> bool| rows.iter().flat_map(|row| &row.cells).any(wanted);
    let mut subtitle = locale.pick(
        format!("Number of measures by instrument. {counted} Dashed and unshaded: none in force or announced on {on}."),
        format!("措施数量，按工具分列。{counted}虚框无底色：截至{on}无施行中或已公布的措施。"),
    );
    if has(&|cell| *cell == MatrixCell::Empty { gap: true }) {
        subtitle += &locale.pick(
            format!(" Dashed in red: in force or announced elsewhere, none known in {own}."),
            format!("红色虚框：他处施行中或已公布，而{own}暂未查到。"),
        );
    }
    if has(&|cell| *cell == MatrixCell::Unknown) {
        subtitle += locale.pick(" Hatched: not researched.", "斜线：尚未收集。");
    }
    let chart = MatrixChart {
        locale,
        heading: Heading {
            title: locale.pick("Who offers what", "各地提供什么").to_owned(),
            subtitle,
            source_line: locale
                .pick(
                    "Counted here from the programmes listed; packages are counted as their measures, rules that only regulate are not.",
                    "由本站所列政策计数；政策包按其所含措施计，监管规定不计。",
                )
                .to_owned(),
        },
        columns: table.places.iter().map(|place| place.named.name(locale).to_owned()).collect(),
        rows,
        own: Some(table.own),
    };
    Some(Chart::Matrix(chart))
}

/// Draws the offers of programmes, one chart for each kind of amount.
pub fn offers(offers: &[Offers], day: NaiveDate, locale: Locale) -> Vec<Chart> {
    offers.iter().map(|offers| caps(offers, day, locale)).collect()
}

/// Draws the largest caps or pools of one kind.
fn caps(offers: &Offers, day: NaiveDate, locale: Locale) -> Chart {
    let Offers { kind, programs, left } = offers;
    let bars = programs.iter().map(|program| {
        let (place, name) = (program.jurisdiction.name(locale), program.named.name(locale));
        RankedBar {
            name: locale.pick(format!("{place}: {name}"), format!("{place}：{name}")),
            value: program.max_amount_cny.unwrap_or_default(),
            text: program.offered(locale).unwrap_or_default(),
            slot: if program.jurisdiction.id == crate::domain::programs::comparison::OWN { 0 } else { 5 },
            hollow: program.standing(day).is_past_or_planned(),
        }
    });
    let more = match (left, locale) {
        (0, _) => String::new(),
        (left, Locale::En) => format!(" {left} smaller ones are in the list."),
        (left, Locale::Zh) => format!("另有{left}项较小者见列表。"),
    };
    let kind_name = kind.name(locale);
    let chart = RankedBars {
        locale,
        heading: Heading {
            title: locale.pick(format!("What is offered: {kind_name}"), format!("提供金额：{kind_name}")),
            subtitle: locale.pick(
                format!(
                    "In CNY. {} Offers, not payments. Dashed: past or planned.{more}",
                    kind.explained(locale)
                ),
                format!(
                    "单位：人民币元。{}为承诺，并非拨付。虚框：已结束或计划中。{more}",
                    kind.explained(locale)
                ),
            ),
            source_line: locale
                .pick("From the programmes listed, each with its source.", "取自本站所列政策，来源见各条。")
                .to_owned(),
        },
        bars: bars.collect(),
    };
    Chart::Ranked(chart)
}
