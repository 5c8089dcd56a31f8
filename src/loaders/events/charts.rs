//! Chart of events on a time axis, with a lane for each kind.

use chrono::NaiveDate;

use crate::{
    charts::{Chart, Flag, Heading, Item, Lane, Stretch, Timeline},
    domain::events::model::{Event, EventKind},
    text::Locale,
};

/// Draws the events; none for fewer than two. Only names that find space are written: the page lists all of them.
pub fn timeline(events: &[&Event], today: NaiveDate, locale: Locale) -> Option<Chart> {
    if events.len() < 2 {
        return None;
    }
    let lanes = EventKind::WORDS.iter().enumerate().filter_map(|(slot, (_, kind))| {
        let own = events.iter().filter(|event| event.kind == *kind);
        let items: Vec<Item> = own
            .map(|event| {
                let (name, day) = (event.named.name(locale), event.date.label(locale));
                Item {
                    name: name.to_owned(),
                    text: locale.pick(format!("{name}, {day}"), format!("{name}，{day}")),
                    stretch: Stretch::At(event.date),
                    slot,
                    hollow: false,
                }
            })
            .collect();
        (!items.is_empty()).then(|| Lane { name: kind.name(locale).to_owned(), items })
    });
    let chart = Timeline {
        locale,
        heading: Heading {
            title: locale.pick("Timeline of events", "大事时间轴").to_owned(),
            subtitle: locale.pick(
                format!(
                    "{} events by kind, each at its date. Those without a name here are named in the list.",
                    events.len()
                ),
                format!("{}个事件，按类型分列，位于其日期处。图中未标名者见列表。", events.len()),
            ),
            source_line: locale
                .pick("Each event’s source stands in the list.", "各事件来源见列表。")
                .to_owned(),
        },
        lanes: lanes.collect(),
        marked: Some(Flag { date: today, label: locale.pick("today", "今日").to_owned() }),
        all_named: false,
    };
    Some(Chart::Timeline(chart))
}
