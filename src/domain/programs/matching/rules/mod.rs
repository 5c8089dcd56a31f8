//! Rules by which a programme matches a firm: an answer to each question, and the group that follows from the answers.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::NaiveDate;

use super::query::{MatchGroup, MatchQuery};
use crate::{
    domain::{
        entities::model::Places,
        programs::{
            index::{ProgramEntry, ProgramIndex},
            lifecycle::{Dates, ProgramStanding},
            model::{Activity, GovernmentLevel, Instrument},
        },
    },
    vocabulary,
};

vocabulary! {
    /// Answer of a programme's columns to a question.
    pub enum Answer {
        Met = "met", "met", "满足";
        NotMet = "not-met", "not met", "不满足";
        NotStated = "not-stated", "not stated", "未说明";
    }
}

/// Activities that each programme is for, by programme id. Programmes that are open to all, or do not say, are absent.
pub type Activities = BTreeMap<Box<str>, Vec<Activity>>;

/// Answers of a programme. `None` where the reader does not ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answers {
    pub place: Option<Answer>,
    pub activity: Option<Answer>,
    pub need: Option<Answer>,
    /// Whether it is available on the day; always asked.
    pub open: Answer,
}

impl Answers {
    /// Group that follows from the answers: what is no longer available stands apart, then a single “not met” decides, then a single
    /// “not stated”.
    pub fn group(&self) -> MatchGroup {
        let asked = [self.place, self.activity, self.need, Some(self.open)];
        if self.open == Answer::NotMet {
            MatchGroup::Ended
        } else if asked.contains(&Some(Answer::NotMet)) {
            MatchGroup::DoesNot
        } else if asked.contains(&Some(Answer::NotStated)) {
            MatchGroup::Might
        } else {
            MatchGroup::Fits
        }
    }
}

/// A programme with its answers.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    pub entry: &'a ProgramEntry,
    pub answers: Answers,
}

/// Judges every programme that offers support, by group. Packages are replaced by their measures, and regulations are left out because they
/// support nobody.
///
/// Order within a group: made for micro-dramas, wider, general; available before others; district, city, province, nation; newest first.
pub fn judge<'a>(
    query: &MatchQuery,
    index: &'a ProgramIndex,
    activities: &Activities,
    places: &Places,
    day: NaiveDate,
) -> BTreeMap<MatchGroup, Vec<Judged<'a>>> {
    let of_place = |place: &str| query.place.as_deref().map(|firm| met(places.within(firm, place)));
    let of_places: Vec<Option<Answer>> = index.places.iter().map(|place| of_place(&place.id)).collect();
    let mut groups: BTreeMap<MatchGroup, Vec<Judged>> = BTreeMap::new();
    for entry in index.entries.all().iter().filter(|entry| entry.offers()) {
        let answers = Answers {
            place: of_places[entry.place as usize],
            activity: activity(query, activities.get(&entry.id).map(Vec::as_slice)),
            need: need(query, entry.instrument),
            open: open(&entry.dates, day),
        };
        groups.entry(answers.group()).or_default().push(Judged { entry, answers });
    }
    for rows in groups.values_mut() {
        // The sort is stable, so ties stay in id order, as in the index.
        rows.sort_by_key(|Judged { entry, answers }| {
            let scope = entry.scope.map(|scope| scope as u8).unwrap_or(u8::MAX);
            (scope, answers.open != Answer::Met, distance(entry.level), Reverse(entry.dates.announced))
        });
    }
    groups
}

fn met(holds: bool) -> Answer {
    if holds { Answer::Met } else { Answer::NotMet }
}

fn activity(query: &MatchQuery, own: Option<&[Activity]>) -> Option<Answer> {
    match own {
        _ if query.does.is_empty() => None,
        None => Some(Answer::NotStated),
        Some(own) => Some(met(query.does.iter().any(|activity| own.contains(activity)))),
    }
}

fn need(query: &MatchQuery, instrument: Instrument) -> Option<Answer> {
    match query.needs.iter().any(|need| need.instruments().contains(&instrument)) {
        _ if query.needs.is_empty() => None,
        false if instrument == Instrument::Other => Some(Answer::NotStated),
        answers => Some(met(answers)),
    }
}

/// Whether a programme is available on a day. One that is only planned, or whose last known application window has closed, leaves it open.
fn open(dates: &Dates, day: NaiveDate) -> Answer {
    match dates.standing(day) {
        standing if standing.is_over() => Answer::NotMet,
        ProgramStanding::Planned | ProgramStanding::NotYet => Answer::NotStated,
        _ if dates.applications_close.is_some_and(|close| close < day) => Answer::NotStated,
        _ => Answer::Met,
    }
}

/// How far a level of government is from a firm.
fn distance(level: GovernmentLevel) -> u8 {
    match level {
        GovernmentLevel::District => 0,
        GovernmentLevel::City => 1,
        GovernmentLevel::Province => 2,
        GovernmentLevel::National => 3,
        GovernmentLevel::Abroad => 4,
    }
}

#[cfg(test)]
mod tests;
