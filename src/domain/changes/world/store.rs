//! SQL statements that read what happened in the world.

use sqlx::PgPool;

use super::{Happening, HappeningKind, Window};
use crate::{
    db::read,
    domain::{revisions::ReadAt, sources::store::cited},
    text::Named,
};

/// Maximum number of rows of each query.
const MAX: i64 = 100;

/// Reads what happened, by kind, latest first.
pub async fn happenings(db: &PgPool, at: ReadAt, window: &Window) -> sqlx::Result<Vec<Happening>> {
    let mut all = programs(db, at, window).await?;
    all.extend(companies(db, at, window).await?);
    all.extend(figures(db, at, window).await?);
    // Stable: within a kind the order stays.
    all.sort_by_key(|one| one.kind);
    Ok(all)
}

fn date(text: &str) -> sqlx::Result<crate::text::PartialDate> {
    text.parse().map_err(|error: String| sqlx::Error::Decode(error.into()))
}

async fn programs(db: &PgPool, at: ReadAt, window: &Window) -> sqlx::Result<Vec<Happening>> {
    if window.indicator.is_some() || window.organization.is_some() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"
            select p.id, p.name_en, p.name_zh, what.kind as "kind!", what.day::text as "day!",
                   s.id as source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.publisher_zh,
                   s.published_on::text as published_on, s.url, s.language, s.official
            from program p
            cross join lateral (values
                ('announced', p.announced_on),
                ('in-force', p.effective_from),
                ('applications-closed', p.applications_close),
                ('term-ended', p.effective_to)
            ) as what (kind, day)
            join source s on s.id = p.source_id and s.valid @> $1::int
            where p.valid @> $1
              and first_day(what.day) > $2::date and last_day(what.day) <= $3::date
              and known_by(s.published_on, $4::date)
              and ($5::text[] is null or p.jurisdiction = any ($5))
              and ($6::text is null or p.id = $6 or p.package_id = $6)
            order by last_day(what.day) desc, p.id
            limit $7
        "#,
        at.revision,
        window.after,
        window.until,
        at.known_on,
        window.places.as_deref(),
        window.program,
        MAX,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Happening {
                kind: read::word(&row.kind)?,
                on: date(&row.day)?,
                page: format!("programs/{}", row.id),
                row: Named::new(row.id, row.name_en, Some(row.name_zh)),
                figures: None,
                source: cited!(row),
            })
        })
        .collect()
}

async fn companies(db: &PgPool, at: ReadAt, window: &Window) -> sqlx::Result<Vec<Happening>> {
    if window.indicator.is_some() || window.program.is_some() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"
            select o.id, o.name_en, o.name_zh, o.pudong_status_date::text as "day!",
                   s.id as source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.publisher_zh,
                   s.published_on::text as published_on, s.url, s.language, s.official
            from organization o
            join source s on s.id = o.source_id and s.valid @> $1::int
            where o.valid @> $1
              and o.pudong_status in ('overseas-hq-signed', 'signed')
              and first_day(o.pudong_status_date) > $2::date and last_day(o.pudong_status_date) <= $3::date
              and known_by(s.published_on, $4::date)
              and ($5::text[] is null or o.hq_entity = any ($5))
              and ($6::text is null or o.id = $6)
            order by last_day(o.pudong_status_date) desc, o.id
            limit $7
        "#,
        at.revision,
        window.after,
        window.until,
        at.known_on,
        window.places.as_deref(),
        window.organization,
        MAX,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Happening {
                kind: HappeningKind::Signed,
                on: date(&row.day)?,
                page: format!("organizations/{}", row.id),
                row: Named::new(row.id, row.name_en, row.name_zh),
                figures: None,
                source: cited!(row),
            })
        })
        .collect()
}

async fn figures(db: &PgPool, at: ReadAt, window: &Window) -> sqlx::Result<Vec<Happening>> {
    if window.program.is_some() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"
            select s.id as source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.publisher_zh,
                   s.published_on::text as published_on, s.url, s.language, s.official, taken.figures as "figures!"
            from source s
            cross join lateral (
                select count(*) as figures
                from observation o
                where o.source_id = s.id and o.valid @> $1::int
                  and ($4::text[] is null or o.entity = any ($4))
                  and ($5::text is null or o.entity = $5)
                  and ($6::text is null or o.indicator_id = $6)
            ) taken
            where s.valid @> $1 and s.published_by <= $3::date and first_day(s.published_on) > $2::date and taken.figures > 0
            order by s.published_by desc, s.id
            limit $7
        "#,
        at.revision,
        window.after,
        window.until,
        window.places.as_deref(),
        window.organization,
        window.indicator,
        MAX,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let figures = Some(row.figures);
            let source = cited!(row);
            let on = source.published_on.ok_or(sqlx::Error::ColumnNotFound("published_on".to_owned()))?;
            Ok(Happening {
                kind: HappeningKind::Published,
                on,
                page: format!("sources/{}", source.id),
                row: Named::new(
                    source.id.clone(),
                    source.title_for(crate::text::Locale::En).0.to_owned(),
                    Some(source.title.clone()),
                ),
                figures,
                source,
            })
        })
        .collect()
}
