//! SQL statements about changes, generated from the declarations of the tables.
//!
//! Names of tables and columns come from [`Declared`](super::declared::Declared) alone, so these texts are safe to run as they are; what readers ask for is bound.
//!
//! A row was touched by a revision if a version of it, or of one of its link rows, began or ended there. The indexes `…_changes` and
//! `…_ends` (migration 14) hold the versions in the order in which changes are read, so a page reads about as many rows as it shows.

mod expressions;
mod published;
mod touched;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use sqlx::{PgPool, Postgres, QueryBuilder, Row};

pub use self::published::{PublishedRow, added, last_name, was_published};
use self::{
    expressions::{cells, equal, list, texts},
    touched::{Cursor, Touching, can_be_about},
};
use super::{
    describe::{self, RowPair},
    model::{Change, ChangeKind, ChangeSelector, Subject},
    names,
    nouns::ChangedNoun,
};
use crate::{
    domain::revisions::{self, ReadAt, Snapshot, model::Revision},
    error::AppError,
    text::Locale,
};

/// Reads the first `limit` changes that a selector asks for, newest revision first, then by noun and key.
///
/// # Errors
///
/// If the database cannot be read.
pub async fn page(
    snapshot: &Snapshot,
    locale: Locale,
    selector: &ChangeSelector,
    limit: usize,
) -> Result<Vec<Change>, AppError> {
    let (db, at) = (&snapshot.db, snapshot.at);
    let touched = touched_nouns(db, selector.since, selector.last(at)).await?;
    let mut pairs = Vec::new();
    for noun in touched.into_iter().filter(|noun| selector.nouns.is_empty() || selector.nouns.contains(noun))
    {
        pairs.extend(pairs_of(db, at, noun, selector, limit).await?);
    }
    pairs.sort_by_cached_key(|pair| (Reverse(pair.revision), pair.noun, keys(pair)));
    pairs.truncate(limit);
    in_words(snapshot, locale, &pairs).await
}

/// Key of a row as its cells, which sort as in the database.
fn keys(pair: &RowPair) -> Vec<String> {
    pair.row.split('~').map(str::to_owned).collect()
}

/// Puts changed rows into words.
pub async fn in_words(
    snapshot: &Snapshot,
    locale: Locale,
    pairs: &[RowPair],
) -> Result<Vec<Change>, AppError> {
    let (db, at) = (&snapshot.db, snapshot.at);
    let names = names::store::names(db, at, pairs).await?;
    let numbers: BTreeSet<i32> = pairs.iter().map(|pair| pair.revision).collect();
    let published: BTreeMap<i32, Revision> = revisions::store::of_numbers(db, &numbers)
        .await?
        .into_iter()
        .map(|revision| (revision.number, revision))
        .collect();
    let change = |pair: &RowPair| {
        let revision = published.get(&pair.revision).ok_or(AppError::Internal)?;
        Ok(describe::change(pair, revision, &names, locale))
    };
    let changes: Result<Vec<Change>, AppError> = pairs.iter().map(change).collect();
    let is_change = |change: &Change| change.kind != ChangeKind::Corrected || !change.cells.is_empty();
    Ok(changes?.into_iter().filter(is_change).collect())
}

/// Returns the nouns of which revisions after `since` up to `until` changed rows.
async fn touched_nouns(db: &PgPool, since: i32, until: i32) -> sqlx::Result<BTreeSet<ChangedNoun>> {
    let tables = sqlx::query_scalar!(
        "select distinct table_name from revision_change
         where revision > greatest($1::int, 1) and revision <= $2 and added + changed + removed > 0",
        since,
        until,
    )
    .fetch_all(db)
    .await?;
    Ok(tables.iter().filter_map(|table| ChangedNoun::of_table(table)).collect())
}

/// Number of changed rows by revision, noun and kind, of revisions after `since` up to `until`. Those of the first revision are not
/// changes.
///
/// # Errors
///
/// If the database cannot be read.
pub async fn counts(
    db: &PgPool,
    since: i32,
    until: i32,
) -> Result<BTreeMap<(i32, ChangedNoun), [i64; 3]>, AppError> {
    let mut counts = BTreeMap::new();
    let rows = sqlx::query!(
        "select revision, table_name, added, changed, removed from revision_change
         where revision > greatest($1::int, 1) and revision <= $2 and added + changed + removed > 0",
        since,
        until,
    )
    .fetch_all(db)
    .await?;
    let mut linked = BTreeSet::new();
    for row in rows {
        let Some(noun) = ChangedNoun::of_table(&row.table_name) else { continue };
        match noun.declared().links.is_empty() {
            true => {
                let each = [row.added, row.changed, row.removed].map(i64::from);
                counts.insert((row.revision, noun), each);
            }
            // A row may have been changed both itself and in a cell of several ids.
            false => {
                linked.insert((row.revision, noun));
            }
        }
    }
    for (revision, noun) in linked {
        let only = ReadAt { revision, known_on: None };
        let selector = ChangeSelector { since: revision - 1, ..ChangeSelector::default() };
        let mut each = [0; 3];
        for pair in pairs_of(db, only, noun, &selector, MAX_COUNTED).await? {
            each[pair.kind() as usize] += 1;
        }
        counts.insert((revision, noun), each);
    }
    Ok(counts)
}

/// Number of changed rows that a selector asks for, whatever page of them.
///
/// # Errors
///
/// If the database cannot be read.
pub async fn total(snapshot: &Snapshot, selector: &ChangeSelector) -> Result<i64, AppError> {
    let (db, at) = (&snapshot.db, snapshot.at);
    let last = selector.last(at);
    let asked = |noun: &ChangedNoun| selector.nouns.is_empty() || selector.nouns.contains(noun);
    if selector.subject == Subject::default() && at.known_on.is_none() {
        let is_asked = |kind: &ChangeKind| selector.kinds.is_empty() || selector.kinds.contains(kind);
        let counts = counts(db, selector.since, last).await?;
        let own = counts.iter().filter(|((_, noun), _)| asked(noun)).map(|(_, each)| each);
        let kinds = ChangeKind::WORDS.iter().map(|(_, kind)| *kind);
        return Ok(own
            .flat_map(|each| kinds.clone().zip(each))
            .filter(|(kind, _)| is_asked(kind))
            .map(|(_, n)| n)
            .sum());
    }
    let mut total = 0;
    for noun in touched_nouns(db, selector.since, last).await?.into_iter().filter(asked) {
        let declared = noun.declared();
        if !can_be_about(declared, &selector.subject) {
            continue;
        }
        let scope = Touching { declared, at, selector, after: None, limit: i64::MAX };
        let mut sql = QueryBuilder::<Postgres>::new(format!(
            "select count(*) from (select distinct u.revision, {} from (",
            list(declared, "u")
        ));
        scope.branches(&mut sql);
        sql.push(") u) t");
        total += sql.build_query_scalar::<i64>().fetch_one(db).await?;
    }
    Ok(total)
}

/// Returns the keys of the rows whose current version was published by a revision after `revision`, which is at least the first. The ids in
/// a cell belong to its row.
///
/// # Errors
///
/// If the database cannot be read.
pub async fn updated(
    db: &PgPool,
    at: ReadAt,
    noun: ChangedNoun,
    revision: i32,
) -> sqlx::Result<BTreeSet<String>> {
    let declared = noun.declared();
    let (table, key) = (declared.table, texts(declared, "v"));
    let mut sql = QueryBuilder::<Postgres>::new(format!(
        "select concat_ws('~', {key}) from {table} v where v.since > 1 and v.since > "
    ));
    sql.push_bind(revision).push(" and v.valid @> ").push_bind(at.revision);
    for link in declared.links {
        for (changed, is_change) in [("l.since", "l.since > 1"), ("upper(l.valid)", "not upper_inf(l.valid)")]
        {
            sql.push(format!(
                " union select v.id from {} l join {table} v on v.id = l.{} where {is_change} and {changed} > ",
                link.table, link.owner
            ));
            sql.push_bind(revision).push(format!(" and {changed} <= ")).push_bind(at.revision);
            sql.push(" and v.valid @> ").push_bind(at.revision);
        }
    }
    let keys: Vec<String> = sql.build_query_scalar().fetch_all(db).await?;
    Ok(keys.into_iter().collect())
}

/// Returns the last revisions that changed rows of a noun, newest first.
///
/// # Errors
///
/// If the database cannot be read.
pub async fn revisions_of(db: &PgPool, at: ReadAt, noun: ChangedNoun, most: i64) -> sqlx::Result<Vec<i32>> {
    let declared = noun.declared();
    let links = declared.links.iter().map(|link| link.table);
    let tables: Vec<String> = std::iter::once(declared.table).chain(links).map(str::to_owned).collect();
    sqlx::query_scalar!(
        "select distinct revision from revision_change
         where table_name = any ($1) and revision > 1 and revision <= $2 and changed + removed > 0
         order by revision desc
         limit $3",
        &tables,
        at.revision,
        most,
    )
    .fetch_all(db)
    .await
}

/// Maximum number of rows with link cells that a data set has: far more than there are.
const MAX_COUNTED: usize = 200_000;

/// Reads the changed rows of one noun. Empty if rows of this noun cannot be about the subject.
async fn pairs_of(
    db: &PgPool,
    at: ReadAt,
    noun: ChangedNoun,
    selector: &ChangeSelector,
    limit: usize,
) -> sqlx::Result<Vec<RowPair>> {
    let declared = noun.declared();
    if !can_be_about(declared, &selector.subject) {
        return Ok(Vec::new());
    }
    let after = selector.after.as_ref().map(|after| Cursor::of(noun, after));
    let scope = Touching { declared, at, selector, after, limit: limit as i64 };
    let (table, keys) = (declared.table, list(declared, "t"));
    let mut sql = QueryBuilder::<Postgres>::new(format!(
        "select t.revision, concat_ws('~', {key}) as row, {before} as before, {after} as after, \
                exists (select from {table} c where {current} and c.valid @> ",
        key = texts(declared, "t"),
        before = cells(declared, "o", "(t.revision - 1)"),
        after = cells(declared, "n", "t.revision"),
        current = equal(declared, "c", "t"),
    ));
    sql.push_bind(at.revision)
        .push(format!(") as is_current from (select distinct u.revision, {} from (", list(declared, "u")));
    scope.branches(&mut sql);
    sql.push(format!(") u order by u.revision desc, {} limit ", list(declared, "u"))).push_bind(limit as i64);
    sql.push(format!(
        ") t left join {table} o on {} and o.valid @> (t.revision - 1) \
           left join {table} n on {} and n.valid @> t.revision \
         order by t.revision desc, {keys}",
        equal(declared, "o", "t"),
        equal(declared, "n", "t"),
    ));
    let rows = sql.build().fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            Ok(RowPair {
                revision: row.try_get("revision")?,
                noun,
                row: row.try_get("row")?,
                before: row.try_get("before")?,
                after: row.try_get("after")?,
                is_current: row.try_get("is_current")?,
            })
        })
        .collect()
}
