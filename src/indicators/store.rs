//! Every SQL statement about indicators.

use sqlx::PgExecutor;

use super::model::{CatalogueQuery, Indicator, unit};
use crate::{
    db::read,
    text::{Bilingual, Named},
};

/// The indicators a catalogue query asks for, by topic and name. A text is looked for in names, definition and id.
pub async fn list(
    db: impl PgExecutor<'_>,
    revision: i32,
    query: &CatalogueQuery,
) -> sqlx::Result<Vec<Indicator>> {
    let rows = sqlx::query!(
        r#"
            select id, name_en, name_zh, topic, unit, unit_label_en, unit_label_zh, frequency, same_as, additive,
                   default_chart, description_en, description_zh
            from indicator
            where valid @> $1::int
              and ($2::text is null or topic = $2)
              and ($3::text is null or strpos(
                    lower(concat_ws(' ', id, name_en, name_zh, description_en, description_zh)), lower($3)) > 0)
            order by id
        "#,
        revision,
        query.topic.map(|topic| topic.word()),
        query.text.as_deref(),
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

/// How many figures an indicator has, and from how many sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    pub indicator_id: String,
    pub figures: i32,
    pub sources: i32,
}

/// The coverage of every indicator that has figures.
pub async fn coverage(db: impl PgExecutor<'_>, revision: i32) -> sqlx::Result<Vec<Coverage>> {
    sqlx::query_as!(
        Coverage,
        "select indicator_id, figures, sources from digest.coverage where valid @> $1::int",
        revision,
    )
    .fetch_all(db)
    .await
}
