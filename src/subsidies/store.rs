//! Every SQL statement about subsidies.

use sqlx::PgExecutor;

use super::model::Subsidy;
use crate::{
    db::read,
    text::{Bilingual, Named},
};

/// The amounts that were read in a source.
pub async fn by_source(db: impl PgExecutor<'_>, revision: i32, source: &str) -> sqlx::Result<Vec<Subsidy>> {
    let rows = sqlx::query!(
        r#"
            select b.id, b.kind, b.amount::numeric as "amount!", b.amount_high::numeric as high, b.currency,
                   b.disclosed_on::text as disclosed_on, b.note_en, b.note_zh,
                   b.program_id, p.name_en as "program_en?", p.name_zh as "program_zh?",
                   b.recipient_org_id, r.name_en as "recipient_en?", r.name_zh as "recipient_zh?",
                   b.jurisdiction, j.name_en as "place_en?", j.name_zh as "place_zh?"
            from subsidy b
            left join program p on p.id = b.program_id       and p.valid @> $1::int
            left join entity  r on r.id = b.recipient_org_id and r.valid @> $1
            left join entity  j on j.id = b.jurisdiction     and j.valid @> $1
            where b.valid @> $1 and b.source_id = $2
            order by b.id
        "#,
        revision,
        source,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Subsidy {
                id: row.id,
                kind: read::word(&row.kind)?,
                program: named(row.program_id, row.program_en, row.program_zh),
                recipient: named(row.recipient_org_id, row.recipient_en, row.recipient_zh),
                jurisdiction: named(row.jurisdiction, row.place_en, row.place_zh),
                amount: row.amount,
                high: row.high,
                currency: row.currency,
                disclosed_on: read::date(row.disclosed_on)?,
                note: Bilingual::new(row.note_en, row.note_zh),
            })
        })
        .collect()
}

fn named(id: Option<String>, en: Option<String>, zh: Option<String>) -> Option<Named> {
    Some(Named::new(id?, en?, zh))
}
