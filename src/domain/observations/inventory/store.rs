//! SQL statements about series: which there are, how much there is of each, and their names.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sqlx::{PgExecutor, prelude::FromRow};

use crate::{
    db::read,
    domain::{
        observations::{model::Producer, store::SeriesKey},
        revisions::ReadAt,
    },
    text::Named,
};

/// A series and its size.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct SeriesRow {
    pub indicator_id: String,
    pub entity: String,
    pub producer: String,
    pub figures: i32,
    /// Number of observations drawn by default.
    pub headlines: i32,
    /// Last day of the last period.
    pub last_day: NaiveDate,
}

/// Reads every series: of a whole revision from the rollup, of what was known on a day from the observations themselves.
pub async fn series(db: impl PgExecutor<'_>, at: ReadAt) -> sqlx::Result<Vec<SeriesRow>> {
    let Some(day) = at.known_on else {
        return sqlx::query_as!(
            SeriesRow,
            "select indicator_id, entity, producer, figures, headlines, last_day from rollup.series where valid @> $1::int",
            at.revision,
        )
        .fetch_all(db)
        .await;
    };
    sqlx::query_as!(
        SeriesRow,
        r#"
            with known as (
                select o.indicator_id, o.entity, o.producer, o.period_end, o.headline or r.source_id is not null as drawn
                from observation o
                left join revived_headlines($1, $2, null, null) r using (indicator_id, entity, period_start, period_end, source_id)
                where o.valid @> $1::int and o.source_id in (select known from known_sources($1, $2) known)
            )
            select indicator_id, entity, producer, count(*)::int as "figures!", (count(*) filter (where drawn))::int as "headlines!",
                   coalesce(max(period_end) filter (where drawn), max(period_end)) as "last_day!"
            from known
            group by indicator_id, entity, producer
        "#,
        at.revision,
        day,
    )
    .fetch_all(db)
    .await
}

/// Names of the indicators, entities and producers that have observations, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    pub indicators: Vec<Named>,
    pub entities: Vec<Named>,
    pub producers: Vec<Producer>,
}

impl Names {
    /// Removes the names of what has none of these series.
    pub fn keep_only(&mut self, series: &[SeriesRow]) {
        let ids = |id: fn(&SeriesRow) -> &String| series.iter().map(id).collect::<BTreeSet<_>>();
        let (indicators, entities) = (ids(|row| &row.indicator_id), ids(|row| &row.entity));
        let producers = ids(|row| &row.producer);
        self.indicators.retain(|named| indicators.contains(&named.id));
        self.entities.retain(|named| entities.contains(&named.id));
        self.producers.retain(|producer| producers.contains(&producer.named.id));
    }
}

/// Counts the observations of a revision that come from given sources, by indicator, entity and producer.
pub async fn series_of_sources(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    sources: &[String],
) -> sqlx::Result<Vec<SeriesRow>> {
    sqlx::query_as(
        "with own as (select * from observation where source_id = any ($2) and valid @> $1::int),
         pairs as (
             select array_agg(indicator_id) as indicators, array_agg(entity) as entities
             from (select distinct indicator_id, entity from own) pair)
         select indicator_id, entity, producer, count(*)::int as figures,
                (count(*) filter (
                    where headline
                       or $3::date is not null and (indicator_id, entity, period_start, period_end, source_id) in (
                              select r.indicator_id, r.entity, r.period_start, r.period_end, r.source_id
                              from revived_headlines($1, $3, (select indicators from pairs), (select entities from pairs)) r)
                ))::int as headlines,
                max(period_end) as last_day
         from own
         group by indicator_id, entity, producer
         order by indicator_id, entity, producer",
    )
    .bind(at.revision)
    .bind(sources)
    .bind(at.known_on)
    .fetch_all(db)
    .await
}

/// Reads the names of everything that occurs in a series of a revision, whether or not it was known on the day of `at`.
pub async fn names(db: impl PgExecutor<'_>, at: ReadAt) -> sqlx::Result<Names> {
    let rows = sqlx::query!(
        r#"
            select 'indicator' as "what!", id as "id!", name_en as "name_en!", name_zh, null as kind
            from indicator
            where valid @> $1::int and id in (select indicator_id from rollup.series where valid @> $1)
            union all
            select 'entity', id, name_en, name_zh, null
            from entity
            where valid @> $1 and id in (select entity from rollup.series where valid @> $1)
            union all
            select 'producer', id, name_en, name_zh, kind
            from producer
            where valid @> $1 and id in (select producer from rollup.series where valid @> $1)
            order by 1, 2
        "#,
        at.revision,
    )
    .fetch_all(db)
    .await?;
    let mut names = Names::default();
    for row in rows {
        let named = Named::new(row.id, row.name_en, row.name_zh);
        match (row.what.as_str(), row.kind) {
            ("indicator", _) => names.indicators.push(named),
            (_, Some(kind)) => names.producers.push(Producer { named, kind: read::word(&kind)? }),
            _ => names.entities.push(named),
        }
    }
    Ok(names)
}

/// Reads the pairs of indicator and entity whose observations may contradict each other. Every contradiction is within one of these pairs,
/// on every day: what was known earlier is a part of what is known now.
pub async fn differing(db: impl PgExecutor<'_>, at: ReadAt) -> sqlx::Result<Vec<SeriesKey>> {
    let rows = sqlx::query!(
        r#"
            select indicator_id as "indicator_id!", entity as "entity!" from rollup.differing where valid @> $1::int
            union
            -- What one source implies of a rate is compared across all that it is a rate of.
            select s.indicator_id, s.entity
            from rollup.series s join indicator i on i.id = s.indicator_id and i.valid @> $1
            where s.valid @> $1 and i.topic = 'fx'
        "#,
        at.revision,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.indicator_id, row.entity)).collect())
}
