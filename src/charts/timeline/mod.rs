//! Timeline: lanes of bands (durations) and points (events), at their known dates.

mod compose;
mod place;
#[cfg(test)]
pub(super) mod tests;

use chrono::NaiveDate;

use super::{ChartView, Flag, sheet::Heading, still};
use crate::text::{Locale, PartialDate, Period};

/// Durations and events to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    pub locale: Locale,
    pub heading: Heading,
    pub lanes: Vec<Lane>,
    /// A labelled reference day: today, or the day asked about.
    pub marked: Option<Flag>,
    /// Whether names are written out. Otherwise long ones are shortened: the page lists all of them.
    pub whole_names: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// May be empty if there is only one lane.
    pub name: String,
    /// In order of priority for labels.
    pub items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Label beside the mark.
    pub name: String,
    /// Description of the item with its date.
    pub text: String,
    pub stretch: Stretch,
    /// Slot for colour and marker.
    pub slot: usize,
    /// Announced, signed or planned, but not yet in effect.
    pub hollow: bool,
    /// Number of events that the mark stands for.
    pub count: usize,
    /// Address that the mark leads to in a page.
    pub href: Option<String>,
}

/// Position of an item in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// An event. A date of month or year precision is drawn as wide as that period.
    At(PartialDate),
    /// In effect from the first to the last day. `None` means since an unknown date, or until further notice.
    Lasting { from: Option<PartialDate>, to: Option<PartialDate> },
}

impl Stretch {
    fn first(self) -> Option<NaiveDate> {
        match self {
            Stretch::At(date) => Some(date.first_day()),
            Stretch::Lasting { from, to } => from.or(to).map(PartialDate::first_day),
        }
    }

    /// Returns the period from the first to the last known day.
    pub fn within(self) -> Option<Period> {
        Some(Period::new(self.first()?, self.last()?))
    }

    fn last(self) -> Option<NaiveDate> {
        match self {
            Stretch::At(date) => Some(date.last_day()),
            Stretch::Lasting { from, to } => to.or(from).map(PartialDate::last_day),
        }
    }
}

/// Maximum number of items of a lane that the summary describes individually.
const MAX_DESCRIBED: usize = 12;

impl Timeline {
    pub fn view(&self) -> ChartView {
        let linked = self.items().any(|item| item.href.is_some());
        let view = still(self.locale, &self.heading, self.summary(), |layout, theme| {
            compose::compose(self, layout, theme)
        });
        ChartView { linked, ..view }
    }

    pub(super) fn compose(
        &self,
        layout: &super::sheet::Layout,
        theme: super::theme::Theme,
    ) -> super::scene::Scene {
        compose::compose(self, layout, theme)
    }

    fn items(&self) -> impl Iterator<Item = &Item> {
        self.lanes.iter().flat_map(|lane| &lane.items)
    }

    /// Summarises the items of each lane in chronological order; of a long lane, their number, first and last date.
    pub(super) fn summary(&self) -> String {
        let locale = self.locale;
        let lanes = self.lanes.iter().filter(|lane| !lane.items.is_empty()).map(|lane| {
            let mut items: Vec<&Item> = lane.items.iter().collect();
            items.sort_by_key(|item| item.stretch.first());
            let content = if items.len() <= MAX_DESCRIBED {
                let texts: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
                texts.join(locale.pick("; ", "；"))
            } else {
                let (first, last) = (&items[0].text, &items[items.len() - 1].text);
                locale.pick(
                    format!("{} items; the first: {first}; the last: {last}", items.len()),
                    format!("共{}项；最早：{first}；最近：{last}", items.len()),
                )
            };
            match (lane.name.is_empty(), locale) {
                (true, Locale::En) => format!("{content}."),
                (true, Locale::Zh) => format!("{content}。"),
                (false, Locale::En) => format!("{}: {content}.", lane.name),
                (false, Locale::Zh) => format!("{}：{content}。", lane.name),
            }
        });
        lanes.collect::<Vec<_>>().join(locale.pick(" ", ""))
    }
}
