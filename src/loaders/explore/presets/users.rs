//! Preset about who watches.

use super::facts::{Facts, Ready, USERS, words};
use crate::{
    domain::explore::query::ExploreQuery,
    text::{Locale, PeriodLength},
};

pub(super) fn users(facts: &Facts<'_>, locale: Locale) -> Option<Ready> {
    let (key, line) = facts
        .lines(USERS, None, PeriodLength::Point)
        .into_iter()
        .find(|(_, line)| line.since_last_break().len() > 1)?;
    let (first, last) = (line.since_last_break().first()?, line.values.last()?);
    let (from, to) = (words(&line, first, locale), words(&line, last, locale));
    let (start, end) = (first.period.label(locale), last.period.label(locale));
    let verb = if last.quantity.low > first.quantity.low { "up from" } else { "after" };
    Some(Ready {
        query: ExploreQuery::of_series([key]),
        headline: locale.pick(
            format!("{to} watched micro-dramas by {end}, {verb} {from} on {start}"),
            format!("截至{end}微短剧用户{to}，{start}为{from}"),
        ),
    })
}
