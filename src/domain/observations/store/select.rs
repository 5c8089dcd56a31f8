//! Selected observations of a revision.

use rust_decimal::Decimal;
use sqlx::PgPool;

use super::rows::{FigureRow, MeasuredObservation, measured};
use crate::domain::revisions::ReadAt;

/// Ids of an indicator and an entity.
pub type SeriesKey = (String, String);

/// Criteria for reading observations. Unset fields do not restrict.
#[derive(Clone, Copy, Debug, Default)]
pub struct ObservationSelector<'a> {
    pub indicators: Option<&'a [String]>,
    /// Only these pairs of indicator and entity.
    pub keys: Option<&'a [SeriesKey]>,
    pub source: Option<&'a str>,
    pub entities: Option<&'a [String]>,
    pub headline_only: bool,
    /// Only observations with this value or this upper value.
    pub value: Option<Decimal>,
    /// With `value`: only indicators in this unit.
    pub unit: Option<&'a str>,
    /// With `value`: maximum number of rows.
    pub at_most: Option<i64>,
}

/// Reads the selected observations of a revision, by indicator, latest period first.
pub async fn select(
    db: &PgPool,
    at: ReadAt,
    filter: ObservationSelector<'_>,
) -> sqlx::Result<Vec<MeasuredObservation>> {
    let (indicators, entities): (Option<Vec<&str>>, Option<Vec<&str>>) = filter
        .keys
        .map(|keys| keys.iter().map(|(indicator, entity)| (indicator.as_str(), entity.as_str())).unzip())
        .unzip();
    let rows = sqlx::query_as!(
        FigureRow,
        r#"
            select o.indicator_id, o.period_start, o.period_end, o.qualifier, o.basis, o.headline, o.outlier, o.note_en, o.note_zh,
                   o.value::numeric as "value!", o.value_high::numeric as value_high,
                   o.entity, e.name_en as entity_en, e.name_zh as entity_zh,
                   o.producer, p.name_en as producer_en, p.name_zh as producer_zh, p.kind as producer_kind,
                   o.source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.publisher_zh, s.published_on::text as published_on, s.url,
                   s.language, s.official, o.since, upper(o.valid) as until
            from observation o
            join entity   e on e.id = o.entity    and e.valid @> $1::int
            join producer p on p.id = o.producer  and p.valid @> $1
            join source   s on s.id = o.source_id and s.valid @> $1
            where o.valid @> $1
              and known_by(s.published_on, $11::date)
              and ($2::text[] is null or o.indicator_id = any ($2))
              and ($3::text   is null or o.source_id = $3)
              and (o.headline or not $4::bool)
              and ($5::text[] is null or o.entity = any ($5))
              -- By place: a condition on pairs beside others would have every row looked at.
              and ($6::text[] is null or o.ctid = any (array(
                    select k.ctid
                    from unnest($6::text[], $7::text[]) as key (indicator_id, entity)
                    join observation k on k.indicator_id = key.indicator_id and k.entity = key.entity and k.valid @> $1)))
              and ($8::numeric is null or o.ctid = any (array(
                    select k.ctid
                    from observation k join indicator i on i.id = k.indicator_id and i.valid @> $1
                    where k.valid @> $1 and (k.value = $8 or k.value_high = $8) and ($9::text is null or i.unit = $9)
                    limit $10)))
            order by o.indicator_id, o.period_end desc, o.period_start desc, e.name_en, p.name_en, o.value, o.source_id
        "#,
        at.revision,
        filter.indicators,
        filter.source,
        filter.headline_only && at.known_on.is_none(),
        filter.entities,
        indicators.as_deref() as Option<&[&str]>,
        entities.as_deref() as Option<&[&str]>,
        filter.value,
        filter.unit,
        filter.at_most,
        at.known_on,
    )
    .fetch_all(db)
    .await?;
    let mut rows = measured(db, at, rows).await?;
    if filter.headline_only {
        rows.retain(|row| row.observation.headline);
    }
    Ok(rows)
}
