//! Entries of feeds: rows that were added, their corrections and withdrawals, and what closes.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::document::FeedEntry;
use crate::{
    domain::{
        changes::{
            Change, ChangeKind, ChangedNoun, Subject,
            store::{self as changes, PublishedRow},
        },
        events::{self, model::Event},
        programs::{self, lifecycle::ClosingKind, model::Program},
        revisions::{self, Snapshot},
        sources::model::SourceRef,
        subsidies::{self, model::Subsidy},
    },
    error::AppError,
    outputs::files::Provenance,
    text::{Locale, PartialDate},
};

/// Prefix of ids (RFC 4151): it names no host, so that ids survive a move of the site.
pub const TAG: &str = "tag:micro-drama-observatory,2025";

/// Where entries are made: the state that they read, and where their links lead.
#[derive(Clone, Copy, Debug)]
pub struct EntrySource<'a> {
    pub snapshot: &'a Snapshot,
    pub provenance: &'a Provenance,
    pub locale: Locale,
}

/// When a row was published: its first version, and the revision that added it last.
#[derive(Clone, Copy, Debug)]
struct Published {
    first: DateTime<Utc>,
    last: DateTime<Utc>,
    revision: i32,
}

impl EntrySource<'_> {
    fn address(&self, path: &str) -> String {
        self.provenance.absolute(&format!("/{}/{path}", self.locale))
    }

    /// Returns the rows of a noun about a subject that were added last.
    pub async fn added(
        &self,
        noun: ChangedNoun,
        subject: &Subject,
        most: usize,
    ) -> Result<Vec<FeedEntry>, AppError> {
        let (db, at) = (&self.snapshot.db, self.snapshot.at);
        let rows = changes::added(db, at, noun, subject, most).await?;
        let published = self.published(&rows).await?;
        let ids: Vec<String> = rows.iter().map(|row| row.pair.row.clone()).collect();
        match noun {
            ChangedNoun::Events => {
                let filter = events::store::EventSelector { ids: Some(&ids), ..Default::default() };
                let rows = events::store::select(db, at, filter).await?;
                let entry = |row: &Event| Some(self.event(row, *published.get(&row.named.id)?));
                Ok(rows.iter().filter_map(entry).collect())
            }
            ChangedNoun::Subsidies => {
                let filter = subsidies::store::SubsidySelector { ids: Some(&ids), ..Default::default() };
                let rows = subsidies::store::select(db, at, filter).await?;
                let entry = |row: &Subsidy| Some(self.subsidy(row, *published.get(&row.id)?));
                Ok(rows.iter().filter_map(entry).collect())
            }
            _ => {
                let pairs: Vec<_> = rows.into_iter().map(|row| row.pair).collect();
                let changes = changes::in_words(self.snapshot, self.locale, &pairs).await?;
                let entry = |change: &Change| {
                    let entry = self.change(change);
                    let published = published.get(&change.row.id)?;
                    Some(FeedEntry { published: published.first, ..entry })
                };
                Ok(changes.iter().filter_map(entry).collect())
            }
        }
    }

    async fn published(&self, rows: &[PublishedRow]) -> Result<BTreeMap<String, Published>, AppError> {
        let numbers = rows.iter().flat_map(|row| [row.first, row.pair.revision]).collect();
        let times: BTreeMap<i32, DateTime<Utc>> = revisions::store::of_numbers(&self.snapshot.db, &numbers)
            .await?
            .into_iter()
            .map(|revision| (revision.number, revision.published_at))
            .collect();
        let published = |row: &PublishedRow| {
            let revision = row.pair.revision;
            let published =
                Published { first: *times.get(&row.first)?, last: *times.get(&revision)?, revision };
            Some((row.pair.row.clone(), published))
        };
        Ok(rows.iter().filter_map(published).collect())
    }

    /// Makes the entry of a change. An added row has one id for ever, a correction one of its own.
    pub fn change(&self, change: &Change) -> FeedEntry {
        let locale = self.locale;
        let name = change.row.name(locale);
        let id = format!("{TAG}:{locale}/{}/{}", change.noun.word(), change.row.id);
        let own = format!("{id}/r{}", change.revision);
        let figure = || change.particulars.first().filter(|_| change.noun == ChangedNoun::Observations);
        let (id, title, text) = match change.kind {
            ChangeKind::Added => {
                let title = match figure() {
                    Some((_, figure)) => {
                        locale.pick(format!("{name}: {figure}"), format!("{name}：{figure}"))
                    }
                    None => name.to_owned(),
                };
                (id, title, change.stated(locale))
            }
            ChangeKind::Corrected => {
                let title = locale.pick(format!("Corrected: {name}"), format!("更正：{name}"));
                (own, title, change.from_to(locale))
            }
            ChangeKind::Withdrawn => {
                let title = locale.pick(format!("Withdrawn: {name}"), format!("撤回：{name}"));
                (own, title, change.stated(locale))
            }
        };
        let why = change.why.as_ref().filter(|_| change.kind != ChangeKind::Added).map(|why| {
            let revision = change.revision;
            locale.pick(format!("Revision {revision}: {why}"), format!("版本{revision}：{why}"))
        });
        let source = change.source.as_ref().map(|source| {
            locale.pick(format!("Source: {}", source.short), format!("来源：{}", source.short))
        });
        let stop = locale.pick(". ", "。");
        let sentences = [Some(text).filter(|text| !text.is_empty()), why, source];
        let sentences = sentences.into_iter().flatten();
        let sentences =
            sentences.map(|text| text.trim_end_matches(['.', '。']).to_owned() + stop).collect::<String>();
        let page = change.page.clone().unwrap_or_else(|| format!("data/revisions/{}", change.revision));
        FeedEntry {
            id,
            title,
            updated: change.published_at,
            published: change.published_at,
            revision: change.revision,
            link: self.address(&page),
            via: change.source.as_ref().map(|source| (source.url.clone(), source.title.clone())),
            categories: vec![change.kind.word().to_owned(), change.noun.word().to_owned()],
            text: sentences.trim_end().to_owned(),
            day: change.day,
        }
    }

    fn event(&self, event: &Event, published: Published) -> FeedEntry {
        let locale = self.locale;
        let mut text: Vec<String> = vec![event.date.label(locale), event.kind.name(locale).to_owned()];
        text.extend(event.jurisdiction.as_ref().map(|place| place.name(locale).to_owned()));
        text.extend(event.amount(locale));
        let note = event.note.get(locale).map(|note| format!(" {note}")).unwrap_or_default();
        FeedEntry {
            title: event.named.name(locale).to_owned(),
            categories: vec![event.kind.word().to_owned()],
            text: format!("{}.{note}", text.join(" · ")),
            day: Some(event.date.first_day()),
            ..self.row("events", &event.named.id, published, &event.source)
        }
    }

    fn subsidy(&self, subsidy: &Subsidy, published: Published) -> FeedEntry {
        let locale = self.locale;
        let date = subsidy
            .disclosed_on
            .or(subsidy.period_end)
            .or(subsidy.period_start)
            .or(subsidy.source.published_on);
        let note = subsidy.note.get(locale).map(|note| format!(" {note}")).unwrap_or_default();
        let prefix = date.map(|date| format!("{} · ", date.label(locale))).unwrap_or_default();
        FeedEntry {
            title: subsidy.title(locale),
            categories: vec![subsidy.kind.word().to_owned()],
            text: format!("{prefix}{}.{note}", subsidy.worded(locale)),
            day: date.map(|date| date.first_day()),
            ..self.row("subsidies", &subsidy.id, published, &subsidy.source)
        }
    }

    /// Returns an entry for the next closing date of each programme that has one. It is new when the date is.
    pub async fn closing(&self, programs: &[Program]) -> Result<Vec<FeedEntry>, AppError> {
        let (db, at) = (&self.snapshot.db, self.snapshot.at);
        let closing =
            |program: &Program| program.closing(self.snapshot.today).map(|on| (program.clone(), on));
        let closing: Vec<_> = programs.iter().filter_map(closing).collect();
        let ids: Vec<String> = closing.iter().map(|(program, _)| program.named.id.clone()).collect();
        let since = programs::store::closing_since(db, at, &ids).await?;
        let times = revisions::store::of_numbers(db, &since.values().copied().collect()).await?;
        let entry = |(program, on): &(Program, (ClosingKind, PartialDate))| {
            let revision = *since.get(&program.named.id)?;
            let at = times.iter().find(|known| known.number == revision)?.published_at;
            Some(self.closing_entry(program, *on, Published { first: at, last: at, revision }))
        };
        Ok(closing.iter().filter_map(entry).collect())
    }

    fn closing_entry(
        &self,
        program: &Program,
        (kind, on): (ClosingKind, PartialDate),
        published: Published,
    ) -> FeedEntry {
        let locale = self.locale;
        let (name, what, date) = (program.named.name(locale), kind.name(locale), on.label(locale));
        let place = program.jurisdiction.name(locale);
        let row = self.row("programs", &program.named.id, published, &program.source);
        FeedEntry {
            // One entry for each closing date, so that the next round is a new one.
            id: format!("{}/{}-{on}", row.id, kind.word()),
            title: locale.pick(format!("{name}: {what} {date}"), format!("{name}：{what}{date}")),
            categories: vec!["closing".to_owned()],
            text: locale.pick(format!("{place} · {what} {date}."), format!("{place} · {what}{date}。")),
            day: Some(on.last_day()),
            ..row
        }
    }

    /// Builds the parts common to entries of rows: id, publication time, link to the page and source.
    fn row(&self, room: &str, id: &str, published: Published, source: &SourceRef) -> FeedEntry {
        FeedEntry {
            id: format!("{TAG}:{}/{room}/{id}", self.locale),
            title: String::new(),
            updated: published.last,
            published: published.first,
            revision: published.revision,
            link: self.address(&format!("{room}/{id}")),
            via: Some((source.url.clone(), source.title.clone())),
            categories: Vec::new(),
            text: String::new(),
            day: None,
        }
    }
}
