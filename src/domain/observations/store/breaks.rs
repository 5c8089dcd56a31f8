//! Breaks in series.

use sqlx::PgPool;

use super::super::breaks::{Breaks, SeriesBreak};
use crate::{
    db::read,
    domain::{
        revisions::{Cached, ReadAt},
        sources::store::cited,
    },
    text::{Bilingual, Named},
};

impl Cached for Breaks {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let rows = sqlx::query!(
            r#"
                select b.indicator_id, i.name_en as indicator_en, i.name_zh as indicator_zh,
                       b.entity, e.name_en as entity_en, e.name_zh as entity_zh,
                       b.producer, p.name_en as producer_en, p.name_zh as producer_zh,
                       b.from_date, b.kind, b.note_en, b.note_zh,
                       s.id as source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.publisher_zh,
                       s.published_on::text as published_on, s.url, s.language, s.official
                from series_break b
                join indicator i on i.id = b.indicator_id and i.valid @> $1::int
                join entity e    on e.id = b.entity       and e.valid @> $1
                join producer p  on p.id = b.producer     and p.valid @> $1
                join source s    on s.id = b.source_id    and s.valid @> $1
                where b.valid @> $1 and known_by(s.published_on, $2::date)
                order by b.indicator_id, b.entity, b.producer, b.from_date, b.kind
            "#,
            at.revision,
            at.known_on,
        )
        .fetch_all(db)
        .await?;
        let breaks = rows.into_iter().map(|row| {
            Ok(SeriesBreak {
                indicator: Named::new(row.indicator_id, row.indicator_en, Some(row.indicator_zh)),
                entity: Named::new(row.entity, row.entity_en, row.entity_zh),
                producer: Named::new(row.producer, row.producer_en, row.producer_zh),
                from: row.from_date,
                kind: read::word(&row.kind)?,
                note: Bilingual::new(Some(row.note_en), Some(row.note_zh)),
                source: cited!(row),
            })
        });
        Ok(Breaks::new(breaks.collect::<sqlx::Result<_>>()?))
    }

    fn bytes(&self) -> usize {
        self.all().len() * 1024
    }
}
