//! Feed of any page that has one.

use std::{cmp::Reverse, collections::BTreeSet};

use super::{
    document::{FeedDocument, FeedEntry, FeedFormat},
    entries::{EntrySource, TAG},
    followed::{Followed, Pairs, everything, labelled, of_list, of_row, titled},
    revisions,
    selection::{FollowedList, UNUSED},
};
use crate::{
    domain::{
        changes::{ChangeKind, ChangeSelector, filter, query::ChangeQuery, store as changes},
        listing::parameter::ListQuery,
        registry::{Noun, SinglePage},
        revisions::Snapshot,
    },
    error::AppError,
    outputs::files::{ExportDocument, Provenance},
    text::{
        Locale,
        query::{self, Query},
    },
};

/// Maximum number of entries in a feed: the most recently updated.
pub const MAX: usize = 50;

/// Returns the feed of the page with this path below the language and this query string.
///
/// # Errors
///
/// The errors of the page itself: if it does not exist, or refuses the query string. [`AppError::NotFound`] if it has no feed.
pub async fn feed_of(
    snapshot: &Snapshot,
    provenance: &Provenance,
    locale: Locale,
    path: &[&str],
    raw: &str,
) -> Result<FeedDocument, AppError> {
    feed_up_to(snapshot, provenance, locale, path, raw, MAX).await
}

/// Returns the feed of a page with at most a number of entries.
///
/// # Errors
///
/// As [`feed_of`].
pub async fn feed_up_to(
    snapshot: &Snapshot,
    provenance: &Provenance,
    locale: Locale,
    path: &[&str],
    raw: &str,
    most: usize,
) -> Result<FeedDocument, AppError> {
    let source = EntrySource { snapshot, provenance, locale };
    if path == ["data", "revisions"] {
        Query::decode(raw).only(&[])?;
        let (title, entries) = revisions::entries(source, most).await?;
        return Ok(document(source, title, "data/revisions", Vec::new(), entries, most));
    }
    let followed = match (SinglePage::at(path), FollowedList::at(path), path) {
        (Some(SinglePage::Home), ..) => everything(snapshot, locale, raw).await?,
        (Some(SinglePage::Changes), ..) => return of_changes(source, raw, most).await,
        (_, Some(list), _) => of_list(snapshot, locale, list, path, raw).await?,
        (None, None, [noun, id]) => {
            let noun = noun.parse().map_err(|_| AppError::NotFound)?;
            of_row(snapshot, locale, noun, id, raw).await?
        }
        _ => return Err(AppError::NotFound),
    };
    let entries = entries(source, &followed, most).await?;
    Ok(document(source, followed.title, &followed.path, followed.pairs, entries, most))
}

/// Returns the addresses of the feeds of a page, by name; none if it has no feed.
pub fn addresses(document: &ExportDocument) -> Vec<(String, String)> {
    let path: Vec<&str> = document.path.split('/').filter(|segment| !segment.is_empty()).collect();
    let is_list = FollowedList::at(&path).is_some();
    let has_feed = match SinglePage::at(&path) {
        Some(page) => page.has_feed(),
        None => is_list || matches!(path[..], [noun, _] if noun.parse::<Noun>().is_ok()),
    };
    let is_used = |name: &str| match is_list {
        true => !UNUSED.contains(&name),
        false => matches!(name, "entity" | "producer"),
    };
    let pairs = || document.pairs.iter().filter(|(name, _)| is_used(name)).cloned();
    let address = |format: FeedFormat| {
        let name = match format {
            FeedFormat::Atom => "Atom",
            FeedFormat::Json => "JSON Feed",
        };
        (name.to_owned(), query::href(&format!("/{}/{}", document.place(), format.file()), pairs()))
    };
    if has_feed { FeedFormat::ALL.map(address).to_vec() } else { Vec::new() }
}

async fn entries(
    source: EntrySource<'_>,
    followed: &Followed,
    most: usize,
) -> Result<Vec<FeedEntry>, AppError> {
    let mut entries = Vec::new();
    for noun in &followed.added {
        entries.extend(source.added(*noun, &followed.subject, most).await?);
    }
    let selector = ChangeSelector {
        kinds: vec![ChangeKind::Corrected, ChangeKind::Withdrawn],
        nouns: followed.corrected.clone(),
        subject: followed.corrections.clone(),
        ..ChangeSelector::default()
    };
    let changes = changes::page(source.snapshot, source.locale, &selector, most).await?;
    entries.extend(changes.iter().map(|change| source.change(change)));
    entries.extend(source.closing(&followed.closing).await?);
    Ok(entries)
}

/// Puts entries in order and into a document.
fn document(
    source: EntrySource<'_>,
    title: String,
    path: &str,
    pairs: Pairs,
    mut entries: Vec<FeedEntry>,
    most: usize,
) -> FeedDocument {
    let EntrySource { snapshot, provenance, locale } = source;
    entries.sort_by_cached_key(|entry| (Reverse((entry.updated, entry.day)), entry.id.clone()));
    let mut seen = BTreeSet::new();
    entries.retain(|entry| seen.insert(entry.id.clone()));
    entries.truncate(most);
    let updated = entries.first().map_or(snapshot.published_at, |entry| entry.updated);
    let below = |path: &str| match path.is_empty() {
        true => format!("/{locale}"),
        false => format!("/{locale}/{path}"),
    };
    let with_filters = |path: String| query::href(&path, pairs.iter().cloned());
    let beside = |file: &str| with_filters(format!("{}/{file}", below(path)));
    let own = beside(FeedFormat::Atom.file());
    // The feed at the root is that of events, whose page is another.
    let page = if path.is_empty() { "events" } else { path };
    FeedDocument {
        id: format!("{TAG}:{}", own.trim_start_matches('/')),
        locale,
        title,
        page: provenance.absolute(&with_filters(below(page))),
        own: provenance.absolute(&own),
        own_json: provenance.absolute(&beside(FeedFormat::Json.file())),
        site: provenance.absolute(&below("")),
        hub: None,
        updated,
        entries,
    }
}

/// The changes that the page of changes lists, since the first revision unless the address says otherwise.
async fn of_changes(source: EntrySource<'_>, raw: &str, most: usize) -> Result<FeedDocument, AppError> {
    let EntrySource { snapshot, locale, .. } = source;
    let query = ChangeQuery { after: None, ..ChangeQuery::parse(raw)? };
    let mut selector = filter::selector(snapshot, &query).await?;
    if query.since.is_none() {
        selector.since = 0;
    }
    let changes = changes::page(snapshot, locale, &selector, most).await?;
    let entries = changes.iter().map(|change| source.change(change)).collect();
    let what = match query.kind {
        Some(ChangeKind::Corrected) => locale.pick("corrections", "更正"),
        Some(ChangeKind::Withdrawn) => locale.pick("withdrawals", "撤回"),
        Some(ChangeKind::Added) => locale.pick("additions", "新增"),
        None => locale.pick("changes", "变更"),
    };
    let pairs: Vec<_> = query.pairs();
    let others: Vec<_> = pairs.iter().filter(|(name, _)| *name != "kind").cloned().collect();
    let title = titled(what, &labelled(snapshot, &others, locale).await?, locale);
    Ok(document(source, title, "changes", pairs, entries, most))
}
