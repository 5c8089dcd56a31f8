//! SQL statements that read versions of rows with the revisions in which each was valid.
//!
//! Names of tables and columns come from [`Versioned`] alone, so the texts are safe to run as they are.

use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, PgExecutor, prelude::FromRow};

use super::nouns::Rows;
use crate::domain::registry::Noun;

/// Query for the versions of rows: it returns `id`, `since` and `until` of each, and the sort key `sort`.
pub struct Versioned(String);

impl Versioned {
    /// Returns the query of a list; none for observations, which are too many to be read in this way, and for results and changes, which
    /// have no versions.
    pub fn of(rows: Rows) -> Option<Versioned> {
        let query = match rows {
            // The participants and programmes of an event are part of it, but are stored in tables of their own.
            Rows::Listed(Noun::Events) => {
                "select e.id, e.id as sort, change.since,
                        lead(change.since, 1, upper(e.valid)) over (partition by e.id, e.since order by change.since) as until
                 from event e
                 cross join lateral (
                     select e.since
                     union select lower(l.valid) from event_organization l where l.event_id = e.id and e.valid @> lower(l.valid)
                     union select upper(l.valid) from event_organization l where l.event_id = e.id and e.valid @> upper(l.valid)
                     union select lower(l.valid) from event_program l where l.event_id = e.id and e.valid @> lower(l.valid)
                     union select upper(l.valid) from event_program l where l.event_id = e.id and e.valid @> upper(l.valid)
                 ) change (since)"
                    .to_owned()
            }
            Rows::Listed(Noun::Places) => format!(
                "{} where kind in ('country', 'region', 'province', 'city', 'district')",
                every("entity")
            ),
            Rows::Listed(noun) => every(noun.table()),
            // Breaks have no ids: the cells of their key, joined as in `rows::key`.
            Rows::Whole { table: "series_break", .. } => {
                "select id, id as sort, since, until
                 from (
                     select concat_ws('~', indicator_id, entity, producer, from_date, kind) as id, since, upper(valid) as until
                     from series_break
                 ) as keyed"
                    .to_owned()
            }
            Rows::Whole { table, .. } => every(table),
            // A revision never changes.
            Rows::Revisions => {
                "select number::text as id, lpad(number::text, 10, '0') as sort, number as since, null::int as until from revision"
                    .to_owned()
            }
            Rows::Observations | Rows::Changes | Rows::Results => return None,
        };
        Some(Versioned(query))
    }
}

fn every(table: &str) -> String {
    format!("select id, id as sort, since, upper(valid) as until from {table}")
}

/// A version of a row: the revisions in which it was valid.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct RowVersion {
    pub id: String,
    pub since: i32,
    /// First revision in which it was no longer valid; none while it is valid.
    pub until: Option<i32>,
}

/// Returns the first `limit` versions after a position, ordered by id and revision, among those that revisions after `published_after` and
/// up to `revision` published; restricted to the given ids, if any.
pub async fn versions(
    db: impl PgExecutor<'_>,
    (published_after, revision): (i32, i32),
    Versioned(inner): Versioned,
    ids: Option<&[String]>,
    after: Option<(&str, i32)>,
    limit: i64,
) -> sqlx::Result<Vec<RowVersion>> {
    let sort = "(case when $3 ~ '^[0-9]+$' and v.sort ~ '^[0-9]{10}$' then lpad($3, 10, '0') else $3 end)";
    let statement = format!(
        "select v.id, v.since, v.until
         from ({inner}) v
         where v.since <= $1::int
           and v.since > $6::int
           and ($2::text[] is null or v.id = any ($2))
           and ($3::text is null or (v.sort, v.since) > ({sort} collate \"C\", $4))
         order by v.sort collate \"C\", v.since
         limit $5"
    );
    sqlx::query_as(AssertSqlSafe(statement))
        .bind(revision)
        .bind(ids)
        .bind(after.map(|(id, _)| id))
        .bind(after.map(|(_, since)| since))
        .bind(limit)
        .bind(published_after)
        .fetch_all(db)
        .await
}

/// Returns when each of the given revisions was published.
pub async fn published(
    db: impl PgExecutor<'_>,
    numbers: &[i32],
) -> sqlx::Result<std::collections::BTreeMap<i32, DateTime<Utc>>> {
    let rows: Vec<(i32, DateTime<Utc>)> =
        sqlx::query_as("select number, published_at from revision where number = any ($1)")
            .bind(numbers)
            .fetch_all(db)
            .await?;
    Ok(rows.into_iter().collect())
}
