//! Charts of the pages about organizations: who is in Pudong or signed to come, and the series about one of them.

use chrono::NaiveDate;

use crate::{
    charts::{Chart, Flag, Heading, Item, Lane, Stretch, Timeline},
    domain::{
        indicators::model::Indicator,
        observations::{breaks::SeriesBreak, model::Observation, series::split},
        organizations::{
            filter::DRAWN,
            model::{Organization, PudongStatus},
        },
    },
    loaders::indicators::charts::ChartPlan,
    text::Locale,
};

/// Minimum number of points of a series that is drawn.
const FEWEST_POINTS: usize = 3;

/// Draws the observations of an indicator about an organization and its apps: those of the series with at least three points. None if
/// there is no such series.
pub fn trend(
    rows: &[Observation],
    indicator: &Indicator,
    breaks: &[SeriesBreak],
    locale: Locale,
) -> Option<Chart> {
    let lines = split(rows.iter().filter(|row| row.headline)).into_iter();
    let long = lines.filter(|line| line.rows.len() >= FEWEST_POINTS);
    let drawn: Vec<Observation> = long.flat_map(|line| line.rows).cloned().collect();
    ChartPlan { breaks, ..ChartPlan::of(indicator, &drawn, locale) }.chart()
}

/// Draws organizations with a dated status in Pudong; none where there are fewer than two.
pub fn arrivals(rows: &[Organization], today: NaiveDate, locale: Locale) -> Option<Chart> {
    let about = |status| rows.iter().filter(move |row| row.pudong == status);
    let lanes: Vec<Lane> = DRAWN
        .into_iter()
        .enumerate()
        .map(|(slot, status)| {
            let items = about(status).filter_map(|row| {
                let date = row.pudong_date?;
                let (name, day) = (row.named.name(locale), date.label(locale));
                Some(Item {
                    name: name.to_owned(),
                    text: locale.pick(format!("{name}, {day}"), format!("{name}，{day}")),
                    stretch: Stretch::At(date),
                    slot,
                    hollow: matches!(status, PudongStatus::OverseasHqSigned | PudongStatus::Signed),
                    count: 1,
                    href: Some(format!("/{locale}/organizations/{}", row.named.id)),
                })
            });
            let mut items: Vec<Item> = items.collect();
            items.sort_by(|a, b| a.name.cmp(&b.name));
            Lane { name: status.name(locale).to_owned(), items }
        })
        .filter(|lane| !lane.items.is_empty())
        .collect();
    if lanes.iter().map(|lane| lane.items.len()).sum::<usize>() < 2 {
        return None;
    }
    let undated: Vec<String> = DRAWN
        .into_iter()
        .flat_map(about)
        .filter(|row| row.pudong_date.is_none())
        .map(|row| row.named.name(locale).to_owned())
        .collect();
    let undated = match (undated.is_empty(), locale) {
        (true, _) => String::new(),
        (false, Locale::En) => format!(" No date is known for {}.", locale.list(&undated)),
        (false, Locale::Zh) => format!("{}日期不详。", locale.list(&undated)),
    };
    let chart = Timeline {
        locale,
        heading: Heading {
            title: locale.pick("Pudong: who signed, who is there", "浦东：谁签约，谁在此").to_owned(),
            subtitle: locale.pick(
                format!(
                    "Each at the day its status is known for, which need not be the day it came. Hollow: signed, not known to have \
                     opened.{undated}"
                ),
                format!("位于各自状态所知的日期，未必是到来之日。空心：已签约，是否启用不详。{undated}"),
            ),
            source_line: locale
                .pick("Each organization’s page has its source.", "来源见各机构页面。")
                .to_owned(),
        },
        lanes,
        marked: Some(Flag { date: today, label: locale.pick("today", "今日").to_owned() }),
        whole_names: true,
    };
    Some(Chart::Timeline(chart))
}
