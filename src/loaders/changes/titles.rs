//! Titles and descriptions of the page of changes.

use chrono::NaiveDate;

use crate::text::{Locale, date};

pub fn title(locale: Locale) -> &'static str {
    locale.pick("What changed", "变更记录")
}

/// Says which time the page covers.
pub fn describe(since: i32, after: NaiveDate, until: i32, locale: Locale) -> String {
    let day = date::day(after, locale);
    match (since, until) {
        (0, 1) => locale.pick(
            "What revisions of the data added, corrected and withdrew: so far there is one revision, and all of it was new.".to_owned(),
            "各数据版本新增、更正和撤回的内容：目前仅有一个版本，其内容均为首次发布。".to_owned(),
        ),
        (since, until) if since == until => locale.pick(
            format!("Nothing has changed in the data since revision {since}."),
            format!("自版本{since}以来，数据没有变更。"),
        ),
        (0, until) => locale.pick(
            format!("What revisions up to {until} added, corrected and withdrew, and what happened in the world since {day}."),
            format!("截至版本{until}新增、更正和撤回的数据，以及自{day}以来的动态。"),
        ),
        (since, until) => locale.pick(
            format!(
                "What the data gained, corrected and withdrew from revision {since} to {until}, and what happened in the world since {day}."
            ),
            format!("从版本{since}到版本{until}新增、更正和撤回的数据，以及自{day}以来的动态。"),
        ),
    }
}
