//! Every SQL statement about events.

use sqlx::PgExecutor;

use super::model::Event;
use crate::{
    db::read,
    sources::store::cited,
    text::{Bilingual, Named},
};

/// Which events to read; what is not set does not restrict.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    pub source: Option<&'a str>,
    /// How many at most.
    pub limit: Option<i64>,
}

/// The events a filter lets through, latest first.
pub async fn select(db: impl PgExecutor<'_>, revision: i32, filter: Filter<'_>) -> sqlx::Result<Vec<Event>> {
    let rows = sqlx::query!(
        r#"
            select v.id, v.date::text as "date!", v.title_en, v.title_zh, v.kind, v.note_en, v.note_zh,
                   v.jurisdiction, j.name_en as "place_en?", j.name_zh as "place_zh?",
                   s.id as source_id, s.title as source_title, s.title_en as source_title_en, s.publisher,
                   s.published_on::text as published_on, s.url, s.language, s.official
            from event v
            join source s on s.id = v.source_id and s.valid @> $1::int
            left join entity j on j.id = v.jurisdiction and j.valid @> $1
            where v.valid @> $1 and ($2::text is null or v.source_id = $2)
            order by first_day(v.date) desc, v.id
            limit $3
        "#,
        revision,
        filter.source,
        filter.limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let place = row.jurisdiction.zip(row.place_en);
            Ok(Event {
                named: Named::new(row.id, row.title_en, Some(row.title_zh)),
                date: read::date(Some(row.date))?.ok_or(sqlx::Error::RowNotFound)?,
                kind: read::word(&row.kind)?,
                jurisdiction: place.map(|(id, en)| Named::new(id, en, row.place_zh)),
                source: cited!(row),
                note: Bilingual::new(row.note_en, row.note_zh),
            })
        })
        .collect()
}
