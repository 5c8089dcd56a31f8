//! SQL statements about sources.

use std::collections::BTreeSet;

use sqlx::{PgExecutor, PgPool};

use super::{
    index::{Official, SourceEntry, SourceIndex},
    model::{Mentioned, ProducerRow, Source, SourceRef},
};
use crate::{
    db::read,
    domain::revisions::{Cached, ReadAt},
    text::{Bilingual, Named, note},
};

/// Builds a `SourceRef` from a row with columns `source_id`, `source_title` and so on.
macro_rules! cited {
    ($row:ident) => {
        $crate::domain::sources::model::SourceRef {
            id: $row.source_id,
            title: $row.source_title,
            title_en: $row.source_title_en,
            publisher: $row.publisher,
            publisher_zh: $row.publisher_zh,
            published_on: $crate::db::read::date($row.published_on)?,
            url: $row.url,
            language: $crate::db::read::word(&$row.language)?,
            official: $row.official,
        }
    };
}
pub(crate) use cited;

impl Cached for SourceIndex {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let rows = sqlx::query!(
            r#"
                with taken as (
                    select source_id as id, count(*) as figures, 0 as others from observation where valid @> $1::int group by 1
                    union all
                    select source_id, 0, count(*) from program      where valid @> $1 group by 1
                    union all
                    select source_id, 0, count(*) from subsidy      where valid @> $1 group by 1
                    union all
                    select source_id, 0, count(*) from event        where valid @> $1 group by 1
                    union all
                    select source_id, 0, count(*) from organization where valid @> $1 group by 1
                    union all
                    select source_id, 0, count(*) from app          where valid @> $1 group by 1
                    union all
                    select source_id, 0, count(*) from person       where valid @> $1 group by 1
                    union all
                    select source_id, 0, count(*) from statement    where valid @> $1 group by 1
                ),
                facts as (select id, sum(figures)::int8 as figures, sum(others)::int8 as others from taken group by id)
                select s.id, kind, language, official, coalesce(published_on::text, '') as "published_on!",
                       coalesce(figures, 0) as "figures!", coalesce(others, 0) as "others!"
                from source s
                left join facts on facts.id = s.id
                where valid @> $1 and known_by(published_on, $2::date)
            "#,
            at.revision,
            at.known_on,
        )
        .fetch_all(db)
        .await?;
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            entries.push(SourceEntry {
                id: row.id.into(),
                kind: read::word(&row.kind)?,
                language: read::word(&row.language)?,
                official: if row.official { Official::Yes } else { Official::No },
                published_on: row.published_on.into(),
                figures: row.figures,
                others: row.others,
            });
        }
        Ok(SourceIndex::new(entries))
    }

    fn bytes(&self) -> usize {
        self.0.bytes(80)
    }
}

/// Ids of the sources that contain a term in their titles or other details.
pub async fn with_term(db: impl PgExecutor<'_>, at: ReadAt, term: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
            select array(
                select id from source where valid @> $1::int and search @@ $2::text::tsquery
            ) as "ids!"
        "#,
        at.revision,
        term,
    )
    .fetch_one(db)
    .await
}

/// Reads full records of sources.
pub async fn select(db: impl PgExecutor<'_>, at: ReadAt, ids: &[String]) -> sqlx::Result<Vec<Source>> {
    let rows = sqlx::query!(
        r#"
            select id as source_id, title as source_title, title_en as source_title_en, publisher, publisher_zh, author, published_on::text as published_on, url, language, kind, official,
                   keywords, note_en, note_zh
            from source
            where id = any ($2) and valid @> $1::int and known_by(published_on, $3::date)
        "#,
        at.revision,
        ids,
        at.known_on,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Source {
                cited: cited!(row),
                author: row.author,
                kind: read::word(&row.kind)?,
                keywords: row.keywords,
                note: Bilingual { en: row.note_en, zh: row.note_zh },
            })
        })
        .collect()
}

/// Reads one source. `None` if the revision has no such id.
pub async fn find(db: impl PgExecutor<'_>, at: ReadAt, id: &str) -> sqlx::Result<Option<Source>> {
    Ok(select(db, at, &[id.to_owned()]).await?.pop())
}

/// Reads the sources named in notes. A word in a note may look like a source id without being one.
pub async fn named_in<'a>(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    notes: impl IntoIterator<Item = &'a Bilingual>,
) -> sqlx::Result<Mentioned> {
    let texts = notes.into_iter().flat_map(|note| [note.en.as_deref(), note.zh.as_deref()]).flatten();
    let ids: BTreeSet<String> = texts.flat_map(note::ids).map(str::to_owned).collect();
    if ids.is_empty() {
        return Ok(Mentioned::default());
    }
    let rows = sqlx::query!(
        r#"
            select id as source_id, title as source_title, title_en as source_title_en, publisher, publisher_zh,
                   published_on::text as published_on, url, language, official
            from source
            where valid @> $1::int and id = any ($2)
        "#,
        at.revision,
        &ids.into_iter().collect::<Vec<_>>(),
    )
    .fetch_all(db)
    .await?;
    let sources = rows.into_iter().map(|row| Ok((row.source_id.clone(), cited!(row))));
    Ok(Mentioned::new(sources.collect::<sqlx::Result<_>>()?))
}

/// Reads the sources cited by observations, by id.
pub async fn of_figures(db: impl PgExecutor<'_>, at: ReadAt) -> sqlx::Result<Vec<SourceRef>> {
    let rows = sqlx::query!(
        r#"
            select id as source_id, title as source_title, title_en as source_title_en, publisher, publisher_zh,
                   published_on::text as published_on, url, language, official
            from source s
            where valid @> $1::int and known_by(published_on, $2::date)
              and exists (select from observation o where o.source_id = s.id and o.valid @> $1)
            order by id
        "#,
        at.revision,
        at.known_on,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok(cited!(row))).collect()
}

/// Number of sources in the revision that had been published by the day.
pub struct SourceCount(pub i64);

impl Cached for SourceCount {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let count = sqlx::query_scalar!(
            r#"select count(*) as "count!" from known_sources($1, $2)"#,
            at.revision,
            at.known_on,
        );
        Ok(SourceCount(count.fetch_one(db).await?))
    }

    fn bytes(&self) -> usize {
        size_of::<Self>()
    }
}

/// Reads every producer of observations, by id.
pub async fn producers(db: impl PgExecutor<'_>, at: ReadAt) -> sqlx::Result<Vec<ProducerRow>> {
    let rows = sqlx::query!(
        r#"
            select p.id, p.name_en, p.name_zh, p.kind, p.independent, p.note_en, p.note_zh,
                   coalesce(s.figures, 0) as "figures!"
            from producer p
            left join (
                select producer, sum(figures) as figures from rollup.series
                where valid @> $1::int and $2::date is null group by producer
                union all
                select producer, count(*) from observation
                where valid @> $1 and $2 is not null and source_id in (select known from known_sources($1, $2) known)
                group by producer
            ) s on s.producer = p.id
            where p.valid @> $1::int
            order by p.id
        "#,
        at.revision,
        at.known_on,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ProducerRow {
            named: Named::new(row.id, row.name_en, row.name_zh),
            kind: row.kind,
            independent: row.independent,
            figures: row.figures,
            note: Bilingual::new(row.note_en, row.note_zh),
        })
        .collect())
}
