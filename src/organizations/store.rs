//! Every SQL statement about organizations, apps, people and statements.

use sqlx::PgExecutor;

use super::model::Mention;
use crate::{
    db::read,
    text::{Bilingual, Named},
};

/// What a source says of organizations, apps and people, in that order.
pub async fn by_source(db: impl PgExecutor<'_>, revision: i32, source: &str) -> sqlx::Result<Vec<Mention>> {
    let rows = sqlx::query!(
        r#"
            select 'organization' as "kind!", id as "id!", name_en as "name_en!", name_zh, pudong_status_date::text as date,
                   note_en as text_en, note_zh as text_zh, 1 as rank
            from organization where valid @> $1::int and source_id = $2
            union all
            select 'app', id, name_en, name_zh, launched_on::text, note_en, note_zh, 2
            from app where valid @> $1 and source_id = $2
            union all
            select 'person', id, name_en, name_zh, null, role_en, role_zh, 3
            from person where valid @> $1 and source_id = $2
            union all
            select 'statement', s.id, e.name_en, e.name_zh, s.made_on::text, s.statement_en, s.statement_zh, 4
            from statement s join entity e on e.id = s.entity and e.valid @> $1
            where s.valid @> $1 and s.source_id = $2
            order by rank, 2
        "#,
        revision,
        source,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Mention {
                kind: read::word(&row.kind)?,
                named: Named::new(row.id, row.name_en, row.name_zh),
                date: read::date(row.date)?,
                text: Bilingual::new(row.text_en, row.text_zh),
            })
        })
        .collect()
}
