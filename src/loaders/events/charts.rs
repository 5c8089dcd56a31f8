//! Chart of events on a time axis, with a lane for each kind.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};

use crate::{
    charts::{Chart, Flag, Heading, Item, Lane, Stretch, Timeline},
    domain::{
        events::{
            model::{Event, EventKind},
            query::EventQuery,
        },
        listing::parameter::ListQuery,
    },
    text::{Locale, PartialDate},
};

/// Months drawn unless the query asks for all events.
const MONTHS: u32 = 24;

/// Days of a drawn span from which events of one year are one mark; in a shorter one, those of one month.
const LONG: i64 = 1100;

/// Minimum number of different dates drawn; a list shows fewer as well.
const FEWEST: usize = 3;

/// The timeline of a list of events, before it is drawn.
pub struct EventTimeline<'a> {
    events: Vec<&'a Event>,
    /// Number of events of the list, with those that are not drawn.
    all: usize,
    query: &'a EventQuery,
    today: NaiveDate,
    locale: Locale,
}

impl<'a> EventTimeline<'a> {
    /// Chooses the events to draw, of a list with the latest first: those of the last 24 months, or all of them where the query asks for all or for a year, or where the last
    /// months have too few.
    pub fn of(
        events: &[&'a Event],
        query: &'a EventQuery,
        today: NaiveDate,
        locale: Locale,
    ) -> EventTimeline<'a> {
        let first = PartialDate::from(today).month().first_day();
        let first = first.checked_sub_months(Months::new(MONTHS)).unwrap_or(first);
        let late: Vec<&Event> =
            events.iter().copied().filter(|event| event.date.first_day() >= first).collect();
        let wants_all = query.timeline.is_some() || query.year.is_some();
        let chosen = if wants_all || dates(&late) < FEWEST { events.to_vec() } else { late };
        EventTimeline { events: chosen, all: events.len(), query, today, locale }
    }

    /// Number of events that are not drawn.
    pub fn left_out(&self) -> usize {
        self.all - self.events.len()
    }

    /// Draws the events; none for fewer than three different dates. Events of one kind that coincide are one mark with their number.
    pub fn chart(&self) -> Option<Chart> {
        if dates(&self.events) < FEWEST {
            return None;
        }
        let (locale, drawn) = (self.locale, self.events.len());
        let lanes = EventKind::WORDS.iter().enumerate().map(|(slot, (_, kind))| Lane {
            name: kind.name(locale).to_owned(),
            items: self.items(*kind, slot),
        });
        let counted = match (self.left_out(), locale) {
            (0, Locale::En) => format!("{drawn} events by kind."),
            (0, Locale::Zh) => format!("{drawn}个事件，按类型分列。"),
            (_, Locale::En) => {
                format!("{drawn} of {} events by kind: those of the last {MONTHS} months.", self.all)
            }
            (_, Locale::Zh) => format!("共{}个事件，绘出最近{MONTHS}个月的{drawn}个，按类型分列。", self.all),
        };
        let grouped = locale.pick(
            " Those that coincide are one larger mark with their number.",
            "同期事件合为一个较大的标记，注明数目。",
        );
        let chart = Timeline {
            locale,
            heading: Heading {
                title: locale.pick("Timeline of events", "大事时间轴").to_owned(),
                subtitle: counted + grouped,
                source_line: locale
                    .pick("The source of each event is in the list.", "各事件来源见列表。")
                    .to_owned(),
            },
            lanes: lanes.filter(|lane| !lane.items.is_empty()).collect(),
            marked: Some(Flag { date: self.today, label: locale.pick("today", "今日").to_owned() }),
            whole_names: false,
        };
        Some(Chart::Timeline(chart))
    }

    /// Returns the marks of one kind, earliest first.
    fn items(&self, kind: EventKind, slot: usize) -> Vec<Item> {
        let first = self.events.iter().map(|event| event.date.first_day()).min().unwrap_or_default();
        let last = self.events.iter().map(|event| event.date.last_day()).max().unwrap_or_default();
        let long = (last - first).num_days() > LONG;
        let mut groups: BTreeMap<PartialDate, Vec<&Event>> = BTreeMap::new();
        for event in self.events.iter().filter(|event| event.kind == kind) {
            let when = if long { event.date.year() } else { event.date.month() };
            groups.entry(when).or_default().push(event);
        }
        groups
            .into_iter()
            .map(|(when, events)| match events.as_slice() {
                [event] => self.single(event, slot),
                _ => self.group(when, &events, kind, slot),
            })
            .collect()
    }

    fn single(&self, event: &Event, slot: usize) -> Item {
        let (locale, name) = (self.locale, event.named.name(self.locale));
        let day = event.date.label(locale);
        Item {
            name: name.to_owned(),
            text: locale.pick(format!("{name}, {day}"), format!("{name}，{day}")),
            stretch: Stretch::At(event.date),
            slot,
            hollow: false,
            count: 1,
            href: Some(format!("/{locale}/events/{}", event.named.id)),
        }
    }

    fn group(&self, when: PartialDate, events: &[&Event], kind: EventKind, slot: usize) -> Item {
        let (locale, count, label) = (self.locale, events.len(), when.label(self.locale));
        let names: Vec<&str> = events.iter().rev().map(|event| event.named.name(locale)).collect();
        let name = locale.pick(format!("{count} in {label}"), format!("{label}{count}项"));
        let listed = self.query.with(|query| {
            query.kind = Some(kind);
            query.year = Some(when.first_day().year());
        });
        Item {
            text: locale
                .pick(format!("{name}: {}", names.join(", ")), format!("{name}：{}", names.join("、"))),
            name,
            stretch: Stretch::At(when),
            slot,
            hollow: false,
            count,
            href: Some(listed.href(locale)),
        }
    }
}

fn dates(events: &[&Event]) -> usize {
    events.iter().map(|event| event.date).collect::<std::collections::BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::observations::model::{Qualifier, samples::observation},
        text::{Bilingual, Named},
    };

    fn event(id: &str, date: &str) -> Event {
        Event {
            named: Named::new(id.into(), id.into(), None),
            date: date.parse().unwrap(),
            kind: EventKind::Policy,
            jurisdiction: None,
            organizations: Vec::new(),
            programs: Vec::new(),
            amount: None,
            source: observation("a", 1, Qualifier::Exact).source,
            note: Bilingual::default(),
        }
    }

    fn drawn(timeline: &EventTimeline<'_>) -> Vec<(String, Vec<String>)> {
        let Some(Chart::Timeline(chart)) = timeline.chart() else { return Vec::new() };
        let names = |lane: &Lane| lane.items.iter().map(|item| item.name.clone()).collect();
        chart.lanes.iter().map(|lane| (lane.name.clone(), names(lane))).collect()
    }

    #[test]
    fn the_last_two_years_are_drawn_and_what_coincides_is_one_mark() {
        let all: Vec<Event> = [
            ("a", "2019-05-01"),
            ("b", "2024-11-03"),
            ("c", "2025-12-01"),
            ("d", "2025-12"),
            ("e", "2025-12-31"),
            ("f", "2026"),
        ]
        .map(|(id, date)| event(id, date))
        .into();
        let events: Vec<&Event> = all.iter().collect();
        let today = "2026-11-28".parse().unwrap();
        let query = EventQuery::default();
        let timeline = EventTimeline::of(&events, &query, today, Locale::En);
        assert_eq!(timeline.left_out(), 1);
        let [(_, names)] = drawn(&timeline).try_into().unwrap();
        assert_eq!(names, ["b", "3 in Dec 2025", "f"]);
        let query = EventQuery::parse("timeline=all").unwrap();
        let timeline = EventTimeline::of(&events, &query, today, Locale::Zh);
        assert_eq!(timeline.left_out(), 0);
        let [(_, names)] = drawn(&timeline).try_into().unwrap();
        assert_eq!(names, ["a", "b", "2025年3项", "f"]);
    }

    #[test]
    fn a_mark_leads_to_its_event_or_to_the_list_of_those_it_stands_for() {
        let all = [event("c", "2026-02-02"), event("b", "2026-02-01"), event("a", "2026-01-03")];
        let events: Vec<&Event> = all.iter().collect();
        let query = EventQuery::parse("place=shanghai").unwrap();
        let timeline = EventTimeline::of(&events, &query, "2026-11-28".parse().unwrap(), Locale::En);
        let Some(Chart::Timeline(chart)) = timeline.chart() else { panic!() };
        let links: Vec<&str> = chart.lanes[0].items.iter().filter_map(|item| item.href.as_deref()).collect();
        assert_eq!(links, ["/en/events/a", "/en/events?kind=policy&place=shanghai&year=2026"]);
        assert_eq!(chart.lanes[0].items[1].text, "2 in Feb 2026: b, c");
    }

    #[test]
    fn few_dates_are_no_timeline_and_a_bare_window_draws_all() {
        let today = "2026-11-28".parse().unwrap();
        let query = EventQuery::default();
        let two = [event("a", "2026-01-03"), event("b", "2026-02-01"), event("c", "2026-02-01")];
        let events: Vec<&Event> = two.iter().collect();
        assert!(EventTimeline::of(&events, &query, today, Locale::En).chart().is_none());
        let old = [event("a", "2016-01-03"), event("b", "2017-02-01"), event("c", "2018-02-01")];
        let events: Vec<&Event> = old.iter().collect();
        let timeline = EventTimeline::of(&events, &query, today, Locale::En);
        assert!(timeline.left_out() == 0 && timeline.chart().is_some());
    }
}
