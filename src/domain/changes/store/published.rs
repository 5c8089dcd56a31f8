//! Rows that are or were published: what was added last, and the last names of what may be gone.

use sqlx::{PgPool, Postgres, QueryBuilder, Row, postgres::PgRow};

use super::{
    super::{
        declared::Declared,
        describe::RowPair,
        model::{ChangeSelector, Subject},
        nouns::ChangedNoun,
    },
    expressions::{cells, equal, list, texts},
    touched::{Touching, can_be_about},
};
use crate::{domain::revisions::ReadAt, text::Named};

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
