//! Atom feeds (RFC 4287): all events and what closes soon; the events, payments and closing dates of a programme; those of an
//! organization.

use std::{cmp::Reverse, collections::BTreeMap};

use atom_syndication::{Category, Content, Entry, Feed, Generator, Link, Person, Text};
use axum::response::Response;
use chrono::NaiveDate;

use super::{RequestContext, answer, subject};
use crate::{
    domain::{
        events::{self, model::Event},
        organizations,
        programs::{self, lifecycle::ClosingKind, model::Program},
        revisions::model::Publication,
        sources::model::SourceRef,
        subsidies::{self, model::Subsidy},
    },
    error::AppError,
    loaders::programs::closing::closing_soon,
    text::PartialDate,
};

const KIND: &str = "application/atom+xml; charset=utf-8";
/// Prefix of ids (RFC 4151): it names no host, so that ids survive a move of the site.
const TAG: &str = "tag:micro-drama-observatory,2025";
/// Maximum number of entries in a feed: the most recently changed.
const MAX: usize = 50;

/// An entry with the day it is about, which orders entries that were published together.
struct Dated {
    entry: Entry,
    day: Option<NaiveDate>,
}

pub async fn all(context: RequestContext) -> Response {
    answer(&context, KIND, all_events(&context)).await
}

pub async fn program(context: RequestContext) -> Response {
    answer(&context, KIND, of_program(&context)).await
}

pub async fn organization(context: RequestContext) -> Response {
    answer(&context, KIND, of_organization(&context)).await
}

async fn all_events(context: &RequestContext) -> Result<String, AppError> {
    let title = context.locale.pick("Micro-Drama Observatory: events", "微短剧观察：事件");
    let mut entries = event_entries(context, None, None).await?;
    let closing = closing_soon(&context.snapshot, context.snapshot.today, None).await?;
    let closing: Vec<Program> = closing.rows.into_iter().map(|row| row.program).collect();
    entries.extend(closing_entries(context, &closing).await?);
    Ok(feed(context, title.to_owned(), "events", "feed.atom", entries))
}

async fn of_program(context: &RequestContext) -> Result<String, AppError> {
    let (db, at, id) = (&context.snapshot.db, context.snapshot.at, subject(context));
    let program = programs::store::find(db, at, id).await?.ok_or(AppError::NotFound)?;
    let mut entries = event_entries(context, Some(id), None).await?;
    entries.extend(subsidy_entries(context, Some(id), None).await?);
    entries.extend(closing_entries(context, std::slice::from_ref(&program)).await?);
    let name = program.named.name(context.locale).to_owned();
    let page = format!("programs/{id}");
    let own = format!("{page}/feed.atom");
    Ok(feed(context, name, &page, &own, entries))
}

async fn of_organization(context: &RequestContext) -> Result<String, AppError> {
    let (db, at, id) = (&context.snapshot.db, context.snapshot.at, subject(context));
    let organization = organizations::store::find(db, at, id).await?.ok_or(AppError::NotFound)?;
    let mut entries = event_entries(context, None, Some(id)).await?;
    entries.extend(subsidy_entries(context, None, Some(id)).await?);
    let name = organization.named.name(context.locale).to_owned();
    let page = format!("organizations/{id}");
    let own = format!("{page}/feed.atom");
    Ok(feed(context, name, &page, &own, entries))
}

async fn event_entries(
    context: &RequestContext,
    program: Option<&str>,
    organization: Option<&str>,
) -> Result<Vec<Dated>, AppError> {
    let (db, at) = (&context.snapshot.db, context.snapshot.at);
    let published = events::store::publications(db, at, program, organization, MAX as i64).await?;
    let (ids, published) = by_id(published);
    let filter = events::store::EventSelector { ids: Some(&ids), ..Default::default() };
    let events = events::store::select(db, at, filter).await?;
    let entry = |event: &Event| Some(event_entry(context, event, published.get(&event.named.id)?));
    Ok(events.iter().filter_map(entry).collect())
}

/// An entry for the next closing date of each programme that has one.
async fn closing_entries(context: &RequestContext, programs: &[Program]) -> Result<Vec<Dated>, AppError> {
    let (db, at) = (&context.snapshot.db, context.snapshot.at);
    let mut entries = Vec::new();
    for program in programs {
        let Some((kind, on)) = program.closing(context.snapshot.today) else { continue };
        let published = programs::store::publications(db, at, Some(&program.named.id)).await?;
        let published = published.get(&program.named.id);
        entries.extend(published.map(|published| closing_entry(context, program, (kind, on), published)));
    }
    Ok(entries)
}

async fn subsidy_entries(
    context: &RequestContext,
    program: Option<&str>,
    recipient: Option<&str>,
) -> Result<Vec<Dated>, AppError> {
    let (db, at) = (&context.snapshot.db, context.snapshot.at);
    let published = subsidies::store::publications(db, at, program, recipient, MAX as i64).await?;
    let (ids, published) = by_id(published);
    let filter = subsidies::store::SubsidySelector { ids: Some(&ids), ..Default::default() };
    let subsidies = subsidies::store::select(db, at, filter).await?;
    let entry = |subsidy: &Subsidy| Some(subsidy_entry(context, subsidy, published.get(&subsidy.id)?));
    Ok(subsidies.iter().filter_map(entry).collect())
}

fn by_id(published: Vec<Publication>) -> (Vec<String>, BTreeMap<String, Publication>) {
    let ids = published.iter().map(|one| one.id.clone()).collect();
    (ids, published.into_iter().map(|one| (one.id.clone(), one)).collect())
}

/// Writes a feed of the most recently changed entries. Its update time is that of the newest entry, or of the revision
/// where there are none.
fn feed(context: &RequestContext, title: String, page: &str, own: &str, mut entries: Vec<Dated>) -> String {
    entries.sort_by_cached_key(|dated| (Reverse((dated.entry.updated, dated.day)), dated.entry.id.clone()));
    entries.truncate(MAX);
    let updated = entries.first().map(|dated| dated.entry.updated);
    let locale = context.locale;
    let site = locale.pick("Micro-Drama Observatory", "微短剧观察").to_owned();
    let address = |path: &str| format!("{}/{locale}/{path}", context.provenance.origin);
    let feed = Feed {
        id: format!("{TAG}:{locale}/{own}"),
        title: Text::plain(title),
        updated: updated.unwrap_or(context.snapshot.published_at.fixed_offset()),
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
        entries: entries.into_iter().map(|dated| dated.entry).collect(),
        ..Feed::default()
    };
    feed.to_string()
}

fn event_entry(context: &RequestContext, event: &Event, published: &Publication) -> Dated {
    let locale = context.locale;
    let mut text: Vec<String> = vec![event.date.label(locale), event.kind.name(locale).to_owned()];
    text.extend(event.jurisdiction.as_ref().map(|place| place.name(locale).to_owned()));
    text.extend(event.amount(locale));
    let note = event.note.get(locale).map(|note| format!(" {note}")).unwrap_or_default();
    let entry = Entry {
        title: Text::plain(event.named.name(locale)),
        categories: vec![category(event.kind.word())],
        content: Some(content(format!("{}.{note}", text.join(" · ")))),
        ..entry(context, "events", published, &event.source)
    };
    Dated { entry, day: Some(event.date.first_day()) }
}

fn subsidy_entry(context: &RequestContext, subsidy: &Subsidy, published: &Publication) -> Dated {
    let locale = context.locale;
    let date =
        subsidy.disclosed_on.or(subsidy.period_end).or(subsidy.period_start).or(subsidy.source.published_on);
    let note = subsidy.note.get(locale).map(|note| format!(" {note}")).unwrap_or_default();
    let prefix = date.map(|date| format!("{} · ", date.label(locale))).unwrap_or_default();
    let entry = Entry {
        title: Text::plain(subsidy.title(locale)),
        categories: vec![category(subsidy.kind.word())],
        content: Some(content(format!("{prefix}{}.{note}", subsidy.worded(locale)))),
        ..entry(context, "subsidies", published, &subsidy.source)
    };
    Dated { entry, day: date.map(|date| date.first_day()) }
}

fn closing_entry(
    context: &RequestContext,
    program: &Program,
    (kind, on): (ClosingKind, PartialDate),
    published: &Publication,
) -> Dated {
    let locale = context.locale;
    let (name, what, date) = (program.named.name(locale), kind.name(locale), on.label(locale));
    let place = program.jurisdiction.name(locale);
    let common = entry(context, "programs", published, &program.source);
    let entry = Entry {
        // One entry for each closing date, so that the next round is a new one.
        id: format!("{}/{}-{on}", common.id, kind.word()),
        title: Text::plain(locale.pick(format!("{name}: {what} {date}"), format!("{name}：{what}{date}"))),
        categories: vec![category("closing")],
        content: Some(content(
            locale.pick(format!("{place} · {what} {date}."), format!("{place} · {what}{date}。")),
        )),
        ..common
    };
    Dated { entry, day: Some(on.last_day()) }
}

/// Builds the parts common to entries of all kinds: id, publication time, link to the page and source.
fn entry(context: &RequestContext, room: &str, published: &Publication, source: &SourceRef) -> Entry {
    let id = &published.id;
    Entry {
        id: format!("{TAG}:{}/{room}/{id}", context.locale),
        updated: published.last.fixed_offset(),
        published: Some(published.first.fixed_offset()),
        links: vec![
            Link {
                rel: "alternate".into(),
                href: context.link(room, id),
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
        ..Entry::default()
    }
}

fn category(word: &str) -> Category {
    Category { term: word.to_owned(), ..Category::default() }
}

fn content(text: String) -> Content {
    Content { value: Some(text), content_type: Some("text".into()), ..Content::default() }
}
