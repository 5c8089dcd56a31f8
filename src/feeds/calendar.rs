//! Calendars (RFC 5545) of the days on which a programme begins, ends, or was announced.

use axum::response::Response;
use icalendar::{Calendar, Component, Event, EventLike};

use super::{Desk, answer, subject};
use crate::{
    error::AppError,
    programs::{self, model::Program},
    text::PartialDate,
};

const KIND: &str = "text/calendar; charset=utf-8";

pub async fn all(desk: Desk) -> Response {
    answer(&desk, KIND, every_program(&desk)).await
}

pub async fn program(desk: Desk) -> Response {
    answer(&desk, KIND, one_program(&desk)).await
}

async fn every_program(desk: &Desk) -> Result<String, AppError> {
    let programs =
        programs::store::select(&desk.reading.db, desk.reading.revision, Default::default()).await?;
    let name = desk.locale.pick("Micro-drama programmes: dates", "微短剧政策：日期");
    Ok(calendar(desk, name, &programs))
}

async fn one_program(desk: &Desk) -> Result<String, AppError> {
    let found = programs::store::find(&desk.reading.db, desk.reading.revision, subject(desk)).await?;
    let program = found.ok_or(AppError::NotFound)?;
    let name = program.named.name(desk.locale).to_owned();
    Ok(calendar(desk, &name, &[program]))
}

fn calendar(desk: &Desk, name: &str, programs: &[Program]) -> String {
    let locale = desk.locale;
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//Micro-Drama Observatory//Programmes//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.name(name);
    for program in programs {
        for (what, date, word) in [
            ("announced", program.announced_on, locale.pick("Announced", "公布")),
            ("begins", program.effective_from, locale.pick("In force from", "生效")),
            ("ends", program.effective_to, locale.pick("Last day", "最后一天")),
        ] {
            let Some(date) = date else { continue };
            calendar.push(day(desk, program, what, date, word));
        }
    }
    calendar.to_string()
}

/// An entry of a whole day. Of a month or year, an end is its last day and everything else its first, and the entry says so.
fn day(desk: &Desk, program: &Program, what: &str, date: PartialDate, word: &str) -> Event {
    let locale = desk.locale;
    let (name, place) = (program.named.name(locale), program.jurisdiction.name(locale));
    let exact = date.first_day() == date.last_day();
    let on = if what == "ends" { date.last_day() } else { date.first_day() };
    let about = match exact {
        true => String::new(),
        false => locale.pick(
            format!(" The source gives no day, only {}.", date.label(locale)),
            format!("来源未给出具体日期，仅载{}。", date.label(locale)),
        ),
    };
    let link = desk.link("programs", &program.named.id);
    let source = program.source.short(locale);
    Event::new()
        .uid(&format!("{}-{what}@micro-drama-observatory", program.named.id))
        .timestamp(desk.reading.published_at)
        .starts(on)
        // The end of a day is the beginning of the next.
        .ends(on.succ_opt().unwrap_or(on))
        .summary(&locale.pick(format!("{word}: {name}"), format!("{word}：{name}")))
        .description(&locale.pick(
            format!("{place}. Source: {source}.{about} {link}"),
            format!("{place}。来源：{source}。{about}{link}"),
        ))
        .url(&link)
        .done()
}
