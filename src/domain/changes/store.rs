//! SQL statements about changes, generated from the declarations of the tables.
//!
//! Names of tables and columns come from [`Declared`] alone, so these texts are safe to run as they are; what readers ask for is bound.
//!
//! A row was touched by a revision if a version of it, or of one of its link rows, began or ended there. The indexes `…_changes` and
//! `…_ends` (migration 14) hold the versions in the order in which changes are read, so a page reads about as many rows as it shows.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use sqlx::{PgPool, Postgres, QueryBuilder, Row, postgres::PgRow};

use super::{
    declared::{CellWords, Declared},
    describe::{self, RowPair},
    model::{Change, ChangeKind, ChangePosition, ChangeSelector, Subject},
    names,
    nouns::ChangedNoun,
};
use crate::{
    domain::revisions::{self, ReadAt, Snapshot, model::Revision},
    error::AppError,
    text::{Locale, Named},
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

/// Returns the last name of something that was published: a place, an indicator, an organization or a programme.
///
/// # Errors
///
/// If the database cannot be read.
pub async fn last_name(db: &PgPool, what: &str, id: &str) -> sqlx::Result<Option<Named>> {
    let row = sqlx::query!(
        r#"
            select id as "id!", name_en as "name_en!", name_zh
            from (
                select id, name_en, name_zh, since from entity where $1::text in ('place', 'organization') and id = $2::text
                union all
                select id, name_en, name_zh, since from indicator where $1 = 'indicator' and id = $2
                union all
                select id, name_en, name_zh, since from program where $1 = 'program' and id = $2
            ) named
            order by since desc
            limit 1
        "#,
        what,
        id,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Named::new(row.id, row.name_en, row.name_zh)))
}

/// Whether something of this name was ever published: a place, an indicator, an organization or a programme.
///
/// # Errors
///
/// If the database cannot be read.
pub async fn was_published(db: &PgPool, what: &str, id: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"
            select case $1::text
                when 'place' then exists (
                    select from entity where id = $2::text and kind in ('region', 'country', 'province', 'city', 'district'))
                when 'indicator' then exists (select from identity.indicator where id = $2)
                when 'organization' then exists (select from identity.organization where id = $2)
                when 'program' then exists (select from identity.program where id = $2)
                else false
            end as "was!"
        "#,
        what,
        id,
    )
    .fetch_one(db)
    .await
}

/// A row as it is, with the revisions that published it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedRow {
    pub pair: RowPair,
    /// First revision that had the row.
    pub first: i32,
}

/// Reads the rows of a noun about a subject that were added last, first those of the newest revision, then those about the latest day. A
/// row that was withdrawn and came back counts as added when it came back. The pair has no earlier version, and the revision that added
/// it.
pub async fn added(
    db: &PgPool,
    at: ReadAt,
    noun: ChangedNoun,
    subject: &Subject,
    limit: usize,
) -> sqlx::Result<Vec<PublishedRow>> {
    let declared = noun.declared();
    if !can_be_about(declared, subject) {
        return Ok(Vec::new());
    }
    let table = declared.table;
    let mut sql = QueryBuilder::<Postgres>::new(format!(
        "select v.added as revision, concat_ws('~', {key}) as row, {cells} as after, v.first from ( \
             select v.*, case when v.since = 1 then 1 else ( \
                        select max(s.since) from {table} s where {same} and s.since <= v.since \
                        and not exists (select from {table} p where {before} and upper(p.valid) = s.since)) end as added, \
                    case when v.since = 1 then 1 else (select min(s.since) from {table} s where {same}) end as first \
             from {table} v where v.valid @> ",
        key = texts(declared, "v"),
        cells = cells(declared, "v", &at.revision.to_string()),
        same = equal(declared, "s", "v"),
        before = equal(declared, "p", "s"),
    ));
    sql.push_bind(at.revision);
    let selector = ChangeSelector { subject: subject.clone(), ..ChangeSelector::default() };
    let scope = Touching { declared, at, selector: &selector, after: None, limit: limit as i64 };
    scope.subject(&mut sql);
    let day = day(declared).map(|day| format!("{day} desc nulls last, ")).unwrap_or_default();
    sql.push(format!(" order by added desc, {day}{} limit ", list(declared, "v"))).push_bind(limit as i64);
    sql.push(") v");
    let rows = sql.build().fetch_all(db).await?;
    rows.iter().map(|row| published_row(noun, row)).collect()
}

fn published_row(noun: ChangedNoun, row: &PgRow) -> sqlx::Result<PublishedRow> {
    let pair = RowPair {
        revision: row.try_get("revision")?,
        noun,
        row: row.try_get("row")?,
        before: None,
        after: row.try_get("after")?,
        is_current: true,
    };
    Ok(PublishedRow { pair, first: row.try_get("first")? })
}

/// Whether rows of a table can be about a subject.
fn can_be_about(declared: &Declared, subject: &Subject) -> bool {
    let about = &declared.about;
    let asked = [
        (subject.places.is_some(), !about.places.is_empty()),
        (subject.indicator.is_some(), about.indicator.is_some()),
        (subject.organization.is_some(), !about.organizations.is_empty()),
        (subject.program.is_some(), !about.programs.is_empty()),
        (subject.source.is_some(), about.source.is_some()),
        (subject.entities.is_some(), about.entity.is_some()),
        (subject.producers.is_some(), about.producer.is_some()),
    ];
    asked.into_iter().all(|(is_asked, has)| has || !is_asked)
}

/// Where the page of one noun begins.
#[derive(Clone, Debug)]
enum Cursor {
    /// After every change of a revision.
    Revision(i32),
    /// With the changes of a revision.
    With(i32),
    /// After a row of a revision.
    Row(i32, Vec<String>),
}

impl Cursor {
    fn of(noun: ChangedNoun, after: &ChangePosition) -> Cursor {
        match noun.cmp(&after.noun) {
            std::cmp::Ordering::Less => Cursor::Revision(after.revision),
            std::cmp::Ordering::Greater => Cursor::With(after.revision),
            std::cmp::Ordering::Equal => {
                Cursor::Row(after.revision, noun.declared().key_cells(&after.row).unwrap_or_default())
            }
        }
    }
}

/// The rows of a table that revisions touched.
struct Touching<'a> {
    declared: &'static Declared,
    at: ReadAt,
    selector: &'a ChangeSelector,
    after: Option<Cursor>,
    limit: i64,
}

impl Touching<'_> {
    /// Appends one query for each way in which a row can be touched.
    fn branches(&self, sql: &mut QueryBuilder<Postgres>) {
        let table = self.declared.table;
        self.branch(sql, &format!("{table} v"), "v.since", "v.since > 1");
        sql.push(" union all ");
        self.branch(sql, &format!("{table} v"), "upper(v.valid)", "not upper_inf(v.valid)");
        for link in self.declared.links {
            let touched = [("l.since", "l.since > 1"), ("upper(l.valid)", "not upper_inf(l.valid)")];
            for (revision, is_change) in touched {
                let from = format!(
                    "{} l join {table} v on v.id = l.{} and (v.valid @> {revision} or v.valid @> ({revision} - 1))",
                    link.table, link.owner
                );
                sql.push(" union all ");
                self.branch(sql, &from, revision, is_change);
            }
        }
    }

    fn branch(&self, sql: &mut QueryBuilder<Postgres>, from: &str, revision: &str, is_change: &str) {
        let keys = list(self.declared, "v");
        sql.push(format!(
            "(select {revision} as revision, {keys} from {from} where {is_change} and {revision} > "
        ));
        sql.push_bind(self.selector.since)
            .push(format!(" and {revision} <= "))
            .push_bind(self.selector.last(self.at));
        self.cursor(sql, revision);
        self.kinds(sql, revision);
        self.subject(sql);
        sql.push(format!(" order by {revision} desc, {keys} limit ")).push_bind(self.limit).push(")");
    }

    fn cursor(&self, sql: &mut QueryBuilder<Postgres>, revision: &str) {
        match &self.after {
            None => {}
            Some(Cursor::Revision(after)) => {
                sql.push(format!(" and {revision} < ")).push_bind(*after);
            }
            Some(Cursor::With(after)) => {
                sql.push(format!(" and {revision} <= ")).push_bind(*after);
            }
            Some(Cursor::Row(after, key)) => {
                sql.push(format!(" and {revision} <= ")).push_bind(*after);
                sql.push(format!(" and ({revision} < ")).push_bind(*after);
                sql.push(format!(" or ({}) > (", list(self.declared, "v")));
                for (at, (column, cell)) in self.declared.key.iter().zip(key).enumerate() {
                    sql.push(if at == 0 { "" } else { ", " }).push_bind(cell.clone());
                    sql.push(if column.is_day { "::date" } else { "::text" });
                }
                sql.push("))");
            }
        }
    }

    fn kinds(&self, sql: &mut QueryBuilder<Postgres>, revision: &str) {
        if self.selector.kinds.is_empty() {
            return;
        }
        let (table, same) = (self.declared.table, equal(self.declared, "k", "v"));
        let then = format!("exists (select from {table} k where {same} and k.valid @> ({revision} - 1))");
        let now = format!("exists (select from {table} k where {same} and k.valid @> {revision})");
        let of_kind = self.selector.kinds.iter().map(|kind| match kind {
            ChangeKind::Added => format!("not {then}"),
            ChangeKind::Corrected => format!("({then} and {now})"),
            ChangeKind::Withdrawn => format!("not {now}"),
        });
        sql.push(format!(" and ({})", of_kind.collect::<Vec<_>>().join(" or ")));
    }

    /// Appends the conditions on what the version `v` is about.
    fn subject(&self, sql: &mut QueryBuilder<Postgres>) {
        let Subject { rows, places, indicator, organization, program, source, entities, producers } =
            &self.selector.subject;
        let about = &self.declared.about;
        if let Some(rows) = rows {
            let key = match self.declared.key {
                [only] => format!("v.{}", only.name),
                _ => format!("concat_ws('~', {})", texts(self.declared, "v")),
            };
            sql.push(format!(" and {key} = any (")).push_bind(rows.clone()).push(")");
        }
        if let Some(places) = places {
            self.is_one_of(sql, about.places, places);
        }
        for (column, id) in [(about.indicator, indicator), (about.source, source)] {
            if let (Some(column), Some(id)) = (column, id) {
                sql.push(format!(" and v.{column} = ")).push_bind(id.clone());
            }
        }
        for (columns, id) in [(about.organizations, organization), (about.programs, program)] {
            if let Some(id) = id {
                self.is_one_of(sql, columns, std::slice::from_ref(id));
            }
        }
        for (column, ids) in [(about.entity, entities), (about.producer, producers)] {
            if let (Some(column), Some(ids)) = (column, ids) {
                sql.push(format!(" and v.{column} = any (")).push_bind(ids.clone()).push(")");
            }
        }
        if let (Some(day), Some(column)) = (self.at.known_on, about.source) {
            sql.push(format!(" and v.{column} in (select known from known_sources("))
                .push_bind(self.at.revision)
                .push(", ")
                .push_bind(day)
                .push(") known)");
        }
    }

    /// Appends the condition that one of the columns has one of the ids.
    fn is_one_of(&self, sql: &mut QueryBuilder<Postgres>, columns: &[&str], ids: &[String]) {
        for (at, column) in columns.iter().enumerate() {
            sql.push(if at == 0 { " and (" } else { " or " });
            match self.declared.link(column) {
                None => sql.push(format!("v.{column} = any (")).push_bind(ids.to_vec()).push(")"),
                Some(link) => sql
                    .push(format!(
                        "exists (select from {} a where a.{} = v.id and a.valid && v.valid and a.{} = any (",
                        link.table, link.owner, link.other
                    ))
                    .push_bind(ids.to_vec())
                    .push("))"),
            };
        }
        sql.push(if columns.is_empty() { "" } else { ")" });
    }
}

/// Expression for the day that the version `v` is about.
fn day(declared: &Declared) -> Option<String> {
    let column = declared.about.day?;
    let is_key = declared.key.iter().any(|key| key.name == column && key.is_day);
    Some(match is_key {
        true => format!("v.{column}"),
        false if declared.table == "subsidy" => {
            "subsidy_day(v.period_start, v.period_end, v.disclosed_on)".to_owned()
        }
        false => format!("first_day(v.{column})"),
    })
}

fn list(declared: &Declared, of: &str) -> String {
    declared.key.iter().map(|key| format!("{of}.{}", key.name)).collect::<Vec<_>>().join(", ")
}

fn texts(declared: &Declared, of: &str) -> String {
    declared.key.iter().map(|key| format!("{of}.{}::text", key.name)).collect::<Vec<_>>().join(", ")
}

fn equal(declared: &Declared, one: &str, other: &str) -> String {
    let pairs = declared.key.iter().map(|key| format!("{one}.{0} = {other}.{0}", key.name));
    pairs.collect::<Vec<_>>().join(" and ")
}

/// Expression for the cells of a version as an array of texts; null where there is no version.
fn cells(declared: &Declared, of: &str, revision: &str) -> String {
    let cells = declared.columns.iter().map(|column| {
        let name = column.name;
        match (declared.link(name), column.words) {
            (Some(link), _) => format!(
                "(select string_agg(l.{}, ';' order by l.position) from {} l where l.{} = {of}.id and l.valid @> {revision})",
                link.other, link.table, link.owner
            ),
            (None, CellWords::List | CellWords::Words(_)) => {
                format!("nullif(array_to_string({of}.{name}, ';'), '')")
            }
            _ => format!("{of}.{name}::text"),
        }
    });
    let cells = cells.collect::<Vec<_>>().join(", ");
    format!("case when {of}.valid is not null then array[{cells}]::text[] end")
}
