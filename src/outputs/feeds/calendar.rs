//! Calendars (RFC 5545) of the days on which programmes begin, end or were announced, and of their application windows: of one programme, or
//! of those that a list selects, with reminders on request.

use std::collections::BTreeMap;

use axum::{
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use icalendar::{Calendar, Component, Event, EventLike, Property};

use super::{
    RequestContext,
    selection::{FollowedList, selection},
};
use crate::{
    domain::{
        programs::{self, model::Program},
        registry::Noun,
        revisions::model::Publication,
    },
    error::{AppError, QueryError, QueryProblem},
    text::{
        PartialDate,
        query::{self, Query},
    },
};

const KIND: &str = "text/calendar; charset=utf-8";

/// Parameter that asks for a reminder, so many days ahead.
const ALARM: &str = "alarm";

/// Maximum number of days that a reminder comes ahead.
const MAX_ALARM: u32 = 60;

/// Serves the dates of the programmes that a list selects.
pub async fn all(context: RequestContext) -> Response {
    context.answer(every_program(&context)).await
}

/// Serves the dates of one programme.
pub async fn program(context: RequestContext) -> Response {
    context.answer(one_program(&context)).await
}

async fn every_program(context: &RequestContext) -> Result<Response, AppError> {
    let (snapshot, alarm) = (&context.snapshot, alarm(&context.raw)?);
    let (db, at) = (&snapshot.db, snapshot.at);
    let raw = query::without(&context.raw, ALARM);
    let rows = selection(snapshot, FollowedList::Of(Noun::Programs), &raw).await?.rows;
    let filter = programs::store::ProgramSelector { ids: rows.as_deref(), ..Default::default() };
    let programs = programs::store::select(db, at, filter).await?;
    let published = programs::store::publications(db, at, None).await?;
    let name = context.locale.pick("Micro-drama programmes: dates", "微短剧政策：日期");
    Ok(answer(calendar(context, name, &programs, &published, alarm)))
}

async fn one_program(context: &RequestContext) -> Result<Response, AppError> {
    let (db, at) = (&context.snapshot.db, context.snapshot.at);
    let alarm = alarm(&context.raw)?;
    Query::decode(&context.raw).only(&[ALARM])?;
    let id = context.segments.iter().rev().nth(1).map(String::as_str).unwrap_or_default();
    let program = programs::store::find(db, at, id).await?.ok_or(AppError::NotFound)?;
    let published = programs::store::publications(db, at, Some(id)).await?;
    let name = program.named.name(context.locale).to_owned();
    Ok(answer(calendar(context, &name, &[program], &published, alarm)))
}

fn answer(calendar: String) -> Response {
    ([(CONTENT_TYPE, KIND)], calendar).into_response()
}

/// Reads how many days ahead a reminder comes. None if there is to be none.
fn alarm(raw: &str) -> Result<Option<u32>, QueryError> {
    let query = Query::decode(raw);
    let Some(value) = query.one(ALARM)? else { return Ok(None) };
    let days = value.parse().ok().filter(|days| (1..=MAX_ALARM).contains(days) && days.to_string() == value);
    let problem = || QueryError::new(ALARM, value, QueryProblem::NotANumber { most: MAX_ALARM });
    days.map(Some).ok_or_else(problem)
}

fn calendar(
    context: &RequestContext,
    name: &str,
    programs: &[Program],
    published: &BTreeMap<String, Publication>,
    alarm: Option<u32>,
) -> String {
    let locale = context.locale;
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//Micro-Drama Observatory//Programmes//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.name(name);
    // Refresh interval for subscribers: the property of RFC 7986, and the one that Outlook reads.
    let daily = Property::new("REFRESH-INTERVAL", "P1D").add_parameter("VALUE", "DURATION").done();
    calendar.append_property(daily);
    calendar.append_property(("X-PUBLISHED-TTL", "P1D"));
    for program in programs {
        let Some(published) = published.get(&program.named.id) else { continue };
        for (what, date, word) in [
            ("announced", program.announced_on, locale.pick("Announced", "公布")),
            ("begins", program.effective_from, locale.pick("In force from", "生效")),
            ("ends", program.effective_to, locale.pick("Last day", "最后一天")),
            ("applications-open", program.applications_open, locale.pick("Applications open", "申报开始")),
            ("applications-close", program.applications_close, locale.pick("Applications close", "申报截止")),
        ] {
            let Some(date) = date else { continue };
            calendar.push(day(context, program, published, what, date, word));
        }
    }
    let text = calendar.to_string().replace("\r\n ", "");
    folded(&match alarm {
        Some(days) => reminding(&text, days),
        None => text,
    })
}

/// Adds a reminder to each entry of an unfolded calendar but those of announcements. Written here, because the library gives each one
/// another id and time whenever it is asked.
fn reminding(calendar: &str, days: u32) -> String {
    let (mut out, mut summary, mut is_reminded) = (String::with_capacity(2 * calendar.len()), "", true);
    for line in calendar.split_terminator("\r\n") {
        match line.split_once(':') {
            Some(("SUMMARY", text)) => summary = text,
            // Nobody is reminded of what had been announced.
            Some(("UID", id)) => is_reminded = !id.contains("-announced@"),
            Some(("END", "VEVENT")) if is_reminded => {
                out += &format!(
                    "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:{summary}\r\nTRIGGER:-P{days}D\r\nEND:VALARM\r\n"
                );
            }
            _ => {}
        }
        out += line;
        out += "\r\n";
    }
    out
}

/// Maximum line length of a calendar in octets, excluding the line end (RFC 5545, 3.1).
const LINE: usize = 75;

/// Refolds the lines of a calendar at character boundaries: the writer leaves the last part of some lines an octet too
/// long.
fn folded(calendar: &str) -> String {
    let mut out = String::with_capacity(calendar.len() + calendar.len() / 32);
    for line in calendar.replace("\r\n ", "").split_terminator("\r\n") {
        let mut length = 0;
        for character in line.chars() {
            if length + character.len_utf8() > LINE {
                out.push_str("\r\n ");
                length = 1;
            }
            out.push(character);
            length += character.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}

/// Builds an all-day entry. For a month or year, an end falls on its last day and anything else on its first, and the
/// entry says so.
fn day(
    context: &RequestContext,
    program: &Program,
    published: &Publication,
    what: &str,
    date: PartialDate,
    word: &str,
) -> Event {
    let locale = context.locale;
    let (name, place) = (program.named.name(locale), program.jurisdiction.name(locale));
    let exact = date.first_day() == date.last_day();
    let closes = matches!(what, "ends" | "applications-close");
    let on = if closes { date.last_day() } else { date.first_day() };
    let about = match exact {
        true => String::new(),
        false => locale.pick(
            format!(" The source gives no day, only {}.", date.label(locale)),
            format!("来源未给出具体日期，仅载{}。", date.label(locale)),
        ),
    };
    let link = context.link("programs", &program.named.id);
    let source = program.source.short(locale);
    Event::new()
        .uid(&format!("{}-{what}@micro-drama-observatory", program.named.id))
        .timestamp(published.last)
        .created(published.first)
        .last_modified(published.last)
        .sequence(u32::try_from(published.earlier).unwrap_or(u32::MAX))
        .starts(on)
        // The end of an all-day entry is exclusive.
        .ends(on.succ_opt().unwrap_or(on))
        .summary(&locale.pick(format!("{word}: {name}"), format!("{word}：{name}")))
        .description(&locale.pick(
            format!("{place}. Source: {source}.{about} {link}"),
            format!("{place}。来源：{source}。{about}{link}"),
        ))
        .url(&link)
        // The start of a programme makes nobody busy.
        .append_property(("TRANSP", "TRANSPARENT"))
        .done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_at_75_octets_between_characters() {
        for text in ["a".repeat(300), "浦".repeat(100), "a浦🎬 ,é".repeat(40), " ".repeat(200)] {
            for cut in 0..8 {
                let line = format!("DESCRIPTION:{}{text}", "x".repeat(cut));
                let written = folded(&format!("{line}\r\nEND:VEVENT\r\n"));
                assert!(written.ends_with("\r\nEND:VEVENT\r\n"), "{written}");
                assert!(written.split("\r\n").all(|line| line.len() <= LINE), "{written}");
                assert_eq!(written.replace("\r\n ", ""), format!("{line}\r\nEND:VEVENT\r\n"));
            }
        }
    }
}
