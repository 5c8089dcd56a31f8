//! Every SQL statement about programmes.

use sqlx::PgExecutor;

use super::model::Program;
use crate::{
    db::read,
    sources::store::cited,
    text::{Bilingual, Named},
};

/// Which programmes to read; what is not set does not restrict.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    pub id: Option<&'a str>,
    pub source: Option<&'a str>,
    /// The package whose measures are wanted.
    pub package: Option<&'a str>,
}

/// The programmes a filter lets through, in the order of their ids.
pub async fn select(
    db: impl PgExecutor<'_>,
    revision: i32,
    filter: Filter<'_>,
) -> sqlx::Result<Vec<Program>> {
    let rows = sqlx::query!(
        r#"
            select p.id, p.name_en, p.name_zh, p.instrument, p.status, p.announced_on::text as announced_on,
                   p.max_amount_cny::numeric as max_amount_cny, p.amount_kind, p.amount_note_en, p.amount_note_zh,
                   p.note_en, p.note_zh, p.jurisdiction, e.name_en as place_en, e.name_zh as place_zh,
                   s.id as source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.published_on::text as published_on, s.url,
                   s.language, s.official
            from program p
            join entity e on e.id = p.jurisdiction and e.valid @> $1::int
            join source s on s.id = p.source_id    and s.valid @> $1
            where p.valid @> $1
              and ($2::text is null or p.source_id = $2)
              and ($3::text is null or p.package_id = $3)
              and ($4::text is null or p.id = $4)
            order by p.id
        "#,
        revision,
        filter.source,
        filter.package,
        filter.id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Program {
                named: Named::new(row.id, row.name_en, Some(row.name_zh)),
                jurisdiction: Named::new(row.jurisdiction, row.place_en, row.place_zh),
                instrument: read::word(&row.instrument)?,
                status: read::word(&row.status)?,
                announced_on: read::date(row.announced_on)?,
                max_amount_cny: row.max_amount_cny,
                amount_kind: row.amount_kind.as_deref().map(read::word).transpose()?,
                amount_note: Bilingual::new(row.amount_note_en, row.amount_note_zh),
                source: cited!(row),
                note: Bilingual::new(row.note_en, row.note_zh),
            })
        })
        .collect()
}

/// A package with the number of its measures that are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageSize {
    pub id: String,
    pub measures: i64,
}

/// The packages of a place, the first announced first.
pub async fn packages(db: impl PgExecutor<'_>, revision: i32, place: &str) -> sqlx::Result<Vec<PackageSize>> {
    sqlx::query_as!(
        PackageSize,
        r#"
            select p.id, count(*) as "measures!"
            from program p
            join program m on m.package_id = p.id and m.valid @> $1::int
            where p.valid @> $1 and p.jurisdiction = $2
            group by p.id, p.announced_on
            order by p.announced_on::text nulls last, p.id
        "#,
        revision,
        place,
    )
    .fetch_all(db)
    .await
}
