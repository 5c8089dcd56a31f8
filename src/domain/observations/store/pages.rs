//! Pages of observations, in the order of their key: of a revision, of what later revisions published, and of all versions.

use sqlx::{AssertSqlSafe, PgExecutor, PgPool};

use super::{
    super::query::{ObservationFilter, Position},
    rows::{FIGURE_COLUMNS, FigureRow, MeasuredObservation, measured},
    select::SeriesKey,
};
use crate::domain::revisions::ReadAt;

/// Reads the first `limit` observations of a revision after a position, in key order. `keys` are their pairs of indicator and entity, in
/// that order. Reads at most `limit` rows of each pair, by the primary key.
pub async fn page(
    db: &PgPool,
    at: ReadAt,
    keys: &[SeriesKey],
    filter: &ObservationFilter,
    after: Option<&Position>,
    limit: i64,
) -> sqlx::Result<Vec<MeasuredObservation>> {
    let (indicators, entities): (Vec<&str>, Vec<&str>) =
        keys.iter().map(|(indicator, entity)| (indicator.as_str(), entity.as_str())).unzip();
    let statement = format!(
        "select {FIGURE_COLUMNS}
         from unnest($2::text[], $3::text[]) as key (indicator_id, entity)
         cross join lateral (
             select k.* from observation k
             -- As a range of the primary key: by equality the planner may prefer an index by which a long series is read whole.
             where k.valid @> $1::int
               and (k.indicator_id, k.entity) <= (key.indicator_id, key.entity)
               and (k.indicator_id, k.entity, k.period_start, k.period_end, k.source_id) > (
                     key.indicator_id,
                     key.entity,
                     case when key.indicator_id = $4 and key.entity = $5 then $6::date else '-infinity' end,
                     case when key.indicator_id = $4 and key.entity = $5 then $7::date else '-infinity' end,
                     case when key.indicator_id = $4 and key.entity = $5 then $8::text else '' end)
               and ($13::date is null or k.source_id in (select known from known_sources($1, $13) known))
               and (k.headline or not $9::bool
                    or $13 is not null and (k.indicator_id, k.entity, k.period_start, k.period_end, k.source_id) in (
                           select r.indicator_id, r.entity, r.period_start, r.period_end, r.source_id
                           from revived_headlines($1, $13, $2, $3) r))
               and (cardinality($10::text[]) = 0 or k.producer = any ($10))
               and (cardinality($11::text[]) = 0 or k.source_id = any ($11))
             order by k.indicator_id, k.entity, k.period_start, k.period_end, k.source_id
             limit $12
         ) o
         join entity   e on e.id = o.entity    and e.valid @> $1
         join producer p on p.id = o.producer  and p.valid @> $1
         join source   s on s.id = o.source_id and s.valid @> $1
         order by o.indicator_id, o.entity, o.period_start, o.period_end, o.source_id
         limit $12"
    );
    let rows: Vec<FigureRow> = sqlx::query_as(AssertSqlSafe(statement))
        .bind(at.revision)
        .bind(indicators)
        .bind(entities)
        .bind(after.map(|after| after.indicator.as_str()))
        .bind(after.map(|after| after.entity.as_str()))
        .bind(after.map(|after| after.period_start))
        .bind(after.map(|after| after.period_end))
        .bind(after.map(|after| after.source.as_str()))
        .bind(filter.headline_only)
        .bind(&filter.producers)
        .bind(&filter.sources)
        .bind(limit)
        .bind(at.known_on)
        .fetch_all(db)
        .await?;
    measured(db, at, rows).await
}

/// Condition on an observation `k` that a filter selects and a revision after `$2` published, at revision `$1` and as known on day `$8`.
const UPDATED: &str = "k.since > 1 and k.since > $2::int and k.valid @> $1::int
     and ($8::date is null or k.source_id in (select known from known_sources($1, $8) known))
     and (cardinality($3::text[]) = 0 or k.indicator_id = any ($3))
     and (cardinality($4::text[]) = 0 or k.entity = any ($4))
     and (cardinality($5::text[]) = 0 or k.producer = any ($5))
     and (cardinality($6::text[]) = 0 or k.source_id = any ($6))
     and (k.headline or not $7::bool
          or $8 is not null and (k.indicator_id, k.entity, k.period_start, k.period_end, k.source_id) in (
                 select r.indicator_id, r.entity, r.period_start, r.period_end, r.source_id
                 from revived_headlines($1, $8, array[k.indicator_id], array[k.entity]) r))";

/// Reads the first `limit` filtered observations after a position that a revision after `revision` published.
pub async fn updated(
    db: &PgPool,
    at: ReadAt,
    filter: &ObservationFilter,
    revision: i32,
    after: Option<&Position>,
    limit: i64,
) -> sqlx::Result<Vec<MeasuredObservation>> {
    let statement = format!(
        "select {FIGURE_COLUMNS}
         from (
             select k.* from observation k
             where {UPDATED}
               and ($9::text is null
                    or (k.indicator_id, k.entity, k.period_start, k.period_end, k.source_id) > ($9, $10, $11, $12, $13))
             order by k.indicator_id, k.entity, k.period_start, k.period_end, k.source_id
             limit $14
         ) o
         join entity   e on e.id = o.entity    and e.valid @> $1
         join producer p on p.id = o.producer  and p.valid @> $1
         join source   s on s.id = o.source_id and s.valid @> $1
         order by o.indicator_id, o.entity, o.period_start, o.period_end, o.source_id"
    );
    let rows: Vec<FigureRow> = sqlx::query_as(AssertSqlSafe(statement))
        .bind(at.revision)
        .bind(revision)
        .bind(&filter.indicators)
        .bind(&filter.entities)
        .bind(&filter.producers)
        .bind(&filter.sources)
        .bind(filter.headline_only)
        .bind(at.known_on)
        .bind(after.map(|after| after.indicator.as_str()))
        .bind(after.map(|after| after.entity.as_str()))
        .bind(after.map(|after| after.period_start))
        .bind(after.map(|after| after.period_end))
        .bind(after.map(|after| after.source.as_str()))
        .bind(limit)
        .fetch_all(db)
        .await?;
    measured(db, at, rows).await
}

/// Number of filtered observations that a revision after `revision` published.
pub async fn updated_count(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    filter: &ObservationFilter,
    revision: i32,
) -> sqlx::Result<u64> {
    let count: i64 =
        sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from observation k where {UPDATED}")))
            .bind(at.revision)
            .bind(revision)
            .bind(&filter.indicators)
            .bind(&filter.entities)
            .bind(&filter.producers)
            .bind(&filter.sources)
            .bind(filter.headline_only)
            .bind(at.known_on)
            .fetch_one(db)
            .await?;
    Ok(count.unsigned_abs())
}

/// A version of an observation, and the revisions in which it is valid.
pub struct ObservationVersion {
    pub figure: MeasuredObservation,
    pub from: i32,
    /// First revision in which the version is no longer valid.
    pub to: Option<i32>,
}

/// Reads the first `limit` versions after a position, ordered by key and revision, that revisions after `published_after` and up to that of
/// `at` published. Names are those of the revision that published the version.
pub async fn versions(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    filter: &ObservationFilter,
    published_after: i32,
    after: Option<(&Position, i32)>,
    limit: i64,
) -> sqlx::Result<Vec<ObservationVersion>> {
    let position = after.map(|(position, _)| position);
    let statement = format!(
        "select {FIGURE_COLUMNS}
         from (
             select k.* from observation k
             where k.since <= $1::int
               and k.since > $15::int
               and ($14::date is null or exists (
                     select from source s
                     where s.id = k.source_id and s.valid @> k.since and known_by(s.published_on, $14)))
               and ($2::text is null
                    or (k.indicator_id, k.entity, k.period_start, k.period_end, k.source_id, k.since) > ($2, $3, $4, $5, $6, $7))
               and (cardinality($8::text[]) = 0 or k.indicator_id = any ($8))
               and (cardinality($9::text[]) = 0 or k.entity = any ($9))
               and (cardinality($10::text[]) = 0 or k.producer = any ($10))
               and (cardinality($11::text[]) = 0 or k.source_id = any ($11))
               and (k.headline or not $12::bool)
             order by k.indicator_id, k.entity, k.period_start, k.period_end, k.source_id, k.since
             limit $13
         ) o
         join entity   e on e.id = o.entity    and e.valid @> o.since
         join producer p on p.id = o.producer  and p.valid @> o.since
         join source   s on s.id = o.source_id and s.valid @> o.since
         order by o.indicator_id, o.entity, o.period_start, o.period_end, o.source_id, o.since"
    );
    let rows: Vec<FigureRow> = sqlx::query_as(AssertSqlSafe(statement))
        .bind(at.revision)
        .bind(position.map(|after| after.indicator.as_str()))
        .bind(position.map(|after| after.entity.as_str()))
        .bind(position.map(|after| after.period_start))
        .bind(position.map(|after| after.period_end))
        .bind(position.map(|after| after.source.as_str()))
        .bind(after.map(|(_, since)| since))
        .bind(&filter.indicators)
        .bind(&filter.entities)
        .bind(&filter.producers)
        .bind(&filter.sources)
        .bind(filter.headline_only)
        .bind(limit)
        .bind(at.known_on)
        .bind(published_after)
        .fetch_all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok(ObservationVersion { from: row.since, to: row.until, figure: row.measured()? }))
        .collect()
}
