//! Every SQL statement about observations.

use sqlx::PgExecutor;

use super::model::{Observation, Producer};
use crate::{
    db::read,
    sources::store::cited,
    text::{Bilingual, Named, Period},
};

/// Which observations to read; what is not set does not restrict.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    pub indicators: Option<&'a [String]>,
    pub source: Option<&'a str>,
    pub entities: Option<&'a [String]>,
    pub headline_only: bool,
}

/// An observation with the id of what it measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    pub indicator_id: String,
    pub observation: Observation,
}

/// The observations of a revision that a filter lets through, by indicator, latest period first.
pub async fn select(
    db: impl PgExecutor<'_>,
    revision: i32,
    filter: Filter<'_>,
) -> sqlx::Result<Vec<Measured>> {
    let rows = sqlx::query!(
        r#"
            select o.indicator_id, o.period_start, o.period_end, o.qualifier, o.basis, o.headline, o.note_en, o.note_zh,
                   o.value::numeric as "value!", o.value_high::numeric as value_high,
                   o.entity, e.name_en as entity_en, e.name_zh as entity_zh,
                   o.producer, p.name_en as producer_en, p.name_zh as producer_zh, p.kind as producer_kind,
                   o.source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.published_on::text as published_on, s.url,
                   s.language, s.official
            from observation o
            join entity   e on e.id = o.entity    and e.valid @> $1::int
            join producer p on p.id = o.producer  and p.valid @> $1
            join source   s on s.id = o.source_id and s.valid @> $1
            where o.valid @> $1
              and ($2::text[] is null or o.indicator_id = any ($2))
              and ($3::text   is null or o.source_id = $3)
              and (o.headline or not $4::bool)
              and ($5::text[] is null or o.entity = any ($5))
            order by o.indicator_id, o.period_end desc, o.period_start desc, e.name_en, p.name_en, o.value, o.source_id
        "#,
        revision,
        filter.indicators,
        filter.source,
        filter.headline_only,
        filter.entities,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let observation = Observation {
                entity: Named::new(row.entity, row.entity_en, row.entity_zh),
                producer: Producer {
                    named: Named::new(row.producer, row.producer_en, row.producer_zh),
                    kind: read::word(&row.producer_kind)?,
                },
                period: Period::new(row.period_start, row.period_end),
                value: row.value,
                high: row.value_high,
                qualifier: read::word(&row.qualifier)?,
                basis: row.basis.as_deref().map(read::word).transpose()?,
                headline: row.headline,
                source: cited!(row),
                note: Bilingual::new(row.note_en, row.note_zh),
            };
            Ok(Measured { indicator_id: row.indicator_id, observation })
        })
        .collect()
}
