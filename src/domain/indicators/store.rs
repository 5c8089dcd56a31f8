//! SQL statements about indicators.

use sqlx::{PgExecutor, PgPool};

use super::{
    index::{IndicatorCoverage, IndicatorIndex},
    model::{Indicator, unit},
};
use crate::{
    db::read,
    domain::revisions::{Cached, ReadAt},
    text::{Bilingual, Named},
};

impl Cached for IndicatorIndex {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let (indicators, coverage) = tokio::try_join!(list(db, at), coverage(db, at))?;
        Ok(IndicatorIndex::new(indicators, coverage))
    }

    fn bytes(&self) -> usize {
        self.bytes()
    }
}

/// Reads every indicator, by id.
pub async fn list(db: impl PgExecutor<'_>, at: ReadAt) -> sqlx::Result<Vec<Indicator>> {
    let rows = sqlx::query!(
        r#"
            select id, name_en, name_zh, topic, unit, unit_label_en, unit_label_zh, frequency, same_as, additive,
                   default_chart, description_en, description_zh
            from indicator
            where valid @> $1::int
            order by id
        "#,
        at.revision,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Indicator {
                unit: unit(&row.unit, &row.unit_label_en, Some(&row.unit_label_zh)),
                named: Named::new(row.id, row.name_en, Some(row.name_zh)),
                topic: read::word(&row.topic)?,
                frequency: read::word(&row.frequency)?,
                same_as: row.same_as,
                additive: row.additive,
                default_chart: read::word(&row.default_chart)?,
                description: Bilingual::new(Some(row.description_en), Some(row.description_zh)),
            })
        })
        .collect()
}

/// Reads the coverage of every indicator that has observations.
async fn coverage(db: impl PgExecutor<'_>, at: ReadAt) -> sqlx::Result<Vec<IndicatorCoverage>> {
    let Some(day) = at.known_on else {
        return sqlx::query_as!(
            IndicatorCoverage,
            "select indicator_id, figures, sources from rollup.coverage where valid @> $1::int",
            at.revision,
        )
        .fetch_all(db)
        .await;
    };
    sqlx::query_as!(
        IndicatorCoverage,
        r#"
            select indicator_id, sum(figures)::int as "figures!", count(*)::int as "sources!"
            from (
                select indicator_id, source_id, count(*) as figures
                from observation
                where valid @> $1::int and source_id in (select known from known_sources($1, $2) known)
                group by indicator_id, source_id
            ) of_source
            group by indicator_id
        "#,
        at.revision,
        day,
    )
    .fetch_all(db)
    .await
}
