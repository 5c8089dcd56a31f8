//! A timeline: lanes in which bands last and points happen, at the days they are known for.

mod compose;
mod place;
#[cfg(test)]
pub(super) mod tests;

use chrono::NaiveDate;

use super::{ChartView, Flag, sheet::Heading, still};
use crate::text::{Locale, PartialDate};

/// What held or happened when.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    pub locale: Locale,
    pub heading: Heading,
    pub lanes: Vec<Lane>,
    /// A day to read the rest by, with its name: today, or the day asked about.
    pub marked: Option<Flag>,
    /// Every item is named in the drawing, however tall it gets. Otherwise only those are whose names find room, and the
    /// page lists all of them.
    pub all_named: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// May be empty where there is one lane.
    pub name: String,
    /// Those to be named first come first.
    pub items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What stands beside the mark.
    pub name: String,
    /// The item in words, with its date.
    pub text: String,
    pub stretch: Stretch,
    /// Colour and marker.
    pub slot: usize,
    /// Announced, signed, planned: not yet so.
    pub hollow: bool,
}

/// Where an item lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// It happened then. A bare month or year is drawn as wide as it is.
    At(PartialDate),
    /// It holds from the first day to the last; none: since nobody knows when, or until further notice.
    Lasting { from: Option<PartialDate>, to: Option<PartialDate> },
}

impl Stretch {
    fn first(self) -> Option<NaiveDate> {
        match self {
            Stretch::At(date) => Some(date.first_day()),
            Stretch::Lasting { from, to } => from.or(to).map(PartialDate::first_day),
        }
    }

    fn last(self) -> Option<NaiveDate> {
        match self {
            Stretch::At(date) => Some(date.last_day()),
            Stretch::Lasting { from, to } => to.or(from).map(PartialDate::last_day),
        }
    }
}

/// How many items of a lane are told one by one.
const MAX_TOLD: usize = 12;

impl Timeline {
    pub fn view(&self) -> ChartView {
        still(self.locale, &self.heading, self.summary(), |layout, theme| {
            compose::compose(self, layout, theme)
        })
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

    /// Lane by lane what is in it, in order of time; of a long lane how much, from when to when.
    pub(super) fn summary(&self) -> String {
        let locale = self.locale;
        let lanes = self.lanes.iter().filter(|lane| !lane.items.is_empty()).map(|lane| {
            let mut items: Vec<&Item> = lane.items.iter().collect();
            items.sort_by_key(|item| item.stretch.first());
            let told = if items.len() <= MAX_TOLD {
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
                (true, Locale::En) => format!("{told}."),
                (true, Locale::Zh) => format!("{told}。"),
                (false, Locale::En) => format!("{}: {told}.", lane.name),
                (false, Locale::Zh) => format!("{}：{told}。", lane.name),
            }
        });
        lanes.collect::<Vec<_>>().join(locale.pick(" ", ""))
    }
}
