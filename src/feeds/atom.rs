//! Atom feeds (RFC 4287): all events; what happened to a programme and what was paid under it; the same of an organization.

use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use axum::response::Response;
use chrono::{FixedOffset, NaiveDate, NaiveTime};

use super::{Desk, answer, subject};
use crate::{
    error::AppError,
    events::{self, model::Event},
    organizations, programs,
    sources::model::SourceRef,
    subsidies::{self, model::Subsidy},
    text::PartialDate,
};

const KIND: &str = "application/atom+xml; charset=utf-8";
/// What ids begin with (RFC 4151): they name no host, so that they stay when the site moves.
const TAG: &str = "tag:micro-drama-observatory,2025";
/// How many of the latest entries a feed has.
const MOST: usize = 50;

pub async fn all(desk: Desk) -> Response {
    answer(&desk, KIND, all_events(&desk)).await
}

pub async fn program(desk: Desk) -> Response {
    answer(&desk, KIND, of_program(&desk)).await
}

pub async fn organization(desk: Desk) -> Response {
    answer(&desk, KIND, of_organization(&desk)).await
}

async fn all_events(desk: &Desk) -> Result<String, AppError> {
    let filter = events::store::Filter { limit: Some(MOST as i64), ..Default::default() };
    let events = events::store::select(&desk.reading.db, desk.reading.revision, filter).await?;
    let title = desk.locale.pick("Micro-Drama Observatory: events", "微短剧观察：事件");
    let entries = events.iter().map(|event| event_entry(desk, event)).collect();
    Ok(feed(desk, title.to_owned(), "events", "feed.atom", entries))
}

async fn of_program(desk: &Desk) -> Result<String, AppError> {
    let (db, revision, id) = (&desk.reading.db, desk.reading.revision, subject(desk));
    let program = programs::store::find(db, revision, id).await?.ok_or(AppError::NotFound)?;
    let filter = events::store::Filter { program: Some(id), ..Default::default() };
    let events = events::store::select(db, revision, filter).await?;
    let filter = subsidies::store::Filter { program: Some(id), ..Default::default() };
    let subsidies = subsidies::store::select(db, revision, filter).await?;
    let name = program.named.name(desk.locale).to_owned();
    let page = format!("programs/{id}");
    let own = format!("{page}/feed.atom");
    Ok(feed(desk, name, &page, &own, both(desk, &events, &subsidies)))
}

async fn of_organization(desk: &Desk) -> Result<String, AppError> {
    let (db, revision, id) = (&desk.reading.db, desk.reading.revision, subject(desk));
    let organization = organizations::store::find(db, revision, id).await?.ok_or(AppError::NotFound)?;
    let filter = events::store::Filter { organization: Some(id), ..Default::default() };
    let events = events::store::select(db, revision, filter).await?;
    let filter = subsidies::store::Filter { recipient: Some(id), ..Default::default() };
    let subsidies = subsidies::store::select(db, revision, filter).await?;
    let name = organization.named.name(desk.locale).to_owned();
    let page = format!("organizations/{id}");
    let own = format!("{page}/feed.atom");
    Ok(feed(desk, name, &page, &own, both(desk, &events, &subsidies)))
}

/// Events and money in one list, latest first.
fn both(desk: &Desk, events: &[Event], subsidies: &[Subsidy]) -> Vec<Entry> {
    let events = events.iter().map(|event| event_entry(desk, event));
    let mut entries: Vec<Entry> =
        events.chain(subsidies.iter().map(|subsidy| subsidy_entry(desk, subsidy))).collect();
    entries.sort_by(|a, b| b.updated.cmp(&a.updated).then_with(|| a.id.cmp(&b.id)));
    entries.truncate(MOST);
    entries
}

/// A feed has been updated when its data was: with the revision.
fn feed(desk: &Desk, title: String, page: &str, own: &str, entries: Vec<Entry>) -> String {
    let locale = desk.locale;
    let site = locale.pick("Micro-Drama Observatory", "微短剧观察").to_owned();
    let address = |path: &str| format!("{}/{locale}/{path}", desk.imprint.origin);
    let feed = Feed {
        id: format!("{TAG}:{locale}/{own}"),
        title: Text::plain(title),
        updated: desk.reading.published_at.fixed_offset(),
        authors: vec![Person { name: site.clone(), uri: Some(address("about")), ..Person::default() }],
        generator: Some(Generator { value: site, ..Generator::default() }),
        links: vec![
            Link {
                rel: "self".into(),
                href: address(own),
                mime_type: Some("application/atom+xml".into()),
                ..Link::default()
            },
            Link {
                rel: "alternate".into(),
                href: address(page),
                mime_type: Some("text/html".into()),
                ..Link::default()
            },
        ],
        rights: Some(Text::plain(locale.pick(
            "Compiled data: CC BY 4.0. The sources’ own texts remain theirs.",
            "汇编数据：CC BY 4.0。来源原文的权利归其所有者。",
        ))),
        lang: Some(locale.tag().to_owned()),
        entries,
        ..Feed::default()
    };
    feed.to_string()
}

fn event_entry(desk: &Desk, event: &Event) -> Entry {
    let locale = desk.locale;
    let mut text: Vec<String> = vec![event.date.label(locale), event.kind.name(locale).to_owned()];
    text.extend(event.jurisdiction.as_ref().map(|place| place.name(locale).to_owned()));
    text.extend(event.amount(locale));
    let note = event.note.get(locale).map(|note| format!(" {note}")).unwrap_or_default();
    let summary = format!("{}.{note}", text.join(" · "));
    entry(
        desk,
        "events",
        &event.named.id,
        event.named.name(locale),
        event.date,
        summary,
        event.kind.word(),
        &event.source,
    )
}

fn subsidy_entry(desk: &Desk, subsidy: &Subsidy) -> Entry {
    let locale = desk.locale;
    let date =
        subsidy.disclosed_on.or(subsidy.period_end).or(subsidy.period_start).or(subsidy.source.published_on);
    // An amount of which no day is known at all became known, to us, with the revision.
    let date = date.unwrap_or_else(|| PartialDate::from(desk.reading.published_at.date_naive()));
    let note = subsidy.note.get(locale).map(|note| format!(" {note}")).unwrap_or_default();
    let summary = format!("{}.{note}", subsidy.worded(locale));
    entry(
        desk,
        "subsidies",
        &subsidy.id,
        &subsidy.title(locale),
        date,
        summary,
        subsidy.kind.word(),
        &subsidy.source,
    )
}

#[allow(clippy::too_many_arguments)]
fn entry(
    desk: &Desk,
    room: &str,
    id: &str,
    title: &str,
    date: PartialDate,
    summary: String,
    category: &str,
    source: &SourceRef,
) -> Entry {
    let moment = midnight_in_shanghai(date.first_day());
    Entry {
        id: format!("{TAG}:{}/{room}/{id}", desk.locale),
        title: Text::plain(title),
        updated: moment,
        published: Some(moment),
        links: vec![
            Link {
                rel: "alternate".into(),
                href: desk.link(room, id),
                mime_type: Some("text/html".into()),
                ..Link::default()
            },
            Link {
                rel: "via".into(),
                href: source.url.clone(),
                title: Some(source.title.clone()),
                ..Link::default()
            },
        ],
        categories: vec![Category { term: category.to_owned(), ..Category::default() }],
        content: Some(Content {
            value: Some(summary),
            content_type: Some("text".into()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

/// Dates of the data are days of China's calendar.
fn midnight_in_shanghai(day: NaiveDate) -> FixedDateTime {
    let shanghai = FixedOffset::east_opt(8 * 3600);
    let moment = day.and_time(NaiveTime::MIN);
    shanghai
        .and_then(|zone| moment.and_local_timezone(zone).single())
        .unwrap_or_else(|| moment.and_utc().fixed_offset())
}
