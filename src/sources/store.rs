//! Every SQL statement about sources.

use std::collections::BTreeSet;

use sqlx::PgExecutor;

use super::model::{
    Facet, Language, ProducerRow, Source, SourceKind, SourceOrder, SourceQuery, SourceRef, SourceRow,
};
use crate::{
    db::read,
    text::{Bilingual, Named, note},
};

/// Builds the citation out of a row that selected a source's columns as `source_id`, `source_title` and so on.
macro_rules! cited {
    ($row:ident) => {
        $crate::sources::model::SourceRef {
            id: $row.source_id,
            title: $row.source_title,
            title_en: $row.source_title_en,
            publisher: $row.publisher,
            published_on: $crate::db::read::date($row.published_on)?,
            url: $row.url,
            language: $crate::db::read::word(&$row.language)?,
            official: $row.official,
        }
    };
}
pub(crate) use cited;

/// The sources a query asks for, at most `limit`, from the one after `query.after`.
///
/// `rank` is what the list is ordered by, as text that sorts like it: the date as precise as known, or the padded count.
pub async fn list(
    db: impl PgExecutor<'_>,
    revision: i32,
    query: &SourceQuery,
    limit: i64,
) -> sqlx::Result<Vec<SourceRow>> {
    let rows = sqlx::query!(
        r#"
            with cited as (
                select s.id as source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.published_on::text as published_on, s.url, s.language,
                       s.kind, s.official,
                       (select count(*) from observation where source_id = s.id and valid @> $1::int) as figures,
                       (select count(*) from program      where source_id = s.id and valid @> $1)
                     + (select count(*) from subsidy      where source_id = s.id and valid @> $1)
                     + (select count(*) from event        where source_id = s.id and valid @> $1)
                     + (select count(*) from organization where source_id = s.id and valid @> $1)
                     + (select count(*) from app          where source_id = s.id and valid @> $1)
                     + (select count(*) from person       where source_id = s.id and valid @> $1)
                     + (select count(*) from statement    where source_id = s.id and valid @> $1) as others
                from source s
                where s.valid @> $1
                  and ($2::text is null or strpos(lower(concat_ws(' ', s.id, s.title, s.title_en, s.publisher, s.author)), lower($2)) > 0)
                  and ($3::text is null or s.kind = $3)
                  and ($4::text is null or s.language = $4)
                  and ($5::bool is null or s.official = $5)
            ),
            ranked as (
                select cited.*,
                       case when $6::bool then lpad((figures + others)::text, 12, '0')
                            else coalesce(published_on, '') end collate "C" as rank
                from cited
            )
            select source_id, source_title, source_title_en, publisher, published_on, url, language, kind, official,
                   figures as "figures!", others as "others!"
            from ranked
            where $7::text is null or (rank, source_id) < (select rank, source_id from ranked where source_id = $7)
            order by rank desc, source_id desc
            limit $8
        "#,
        revision,
        query.text.as_deref(),
        query.kind.map(SourceKind::word),
        query.language.map(Language::word),
        query.official,
        query.order == SourceOrder::Facts,
        query.after.as_deref(),
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(SourceRow {
                cited: cited!(row),
                kind: read::word(&row.kind)?,
                figures: row.figures,
                others: row.others,
            })
        })
        .collect()
}

/// How many sources there are of each kind, language and standing among those with a text; facets are added up from it.
pub async fn facets(db: impl PgExecutor<'_>, revision: i32, text: Option<&str>) -> sqlx::Result<Vec<Facet>> {
    let rows = sqlx::query!(
        r#"
            select kind, language, official, count(*) as "count!"
            from source
            where valid @> $1::int
              and ($2::text is null or strpos(lower(concat_ws(' ', id, title, title_en, publisher, author)), lower($2)) > 0)
            group by kind, language, official
        "#,
        revision,
        text,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Facet {
                kind: read::word(&row.kind)?,
                language: read::word(&row.language)?,
                official: row.official,
                count: row.count,
            })
        })
        .collect()
}

/// One source with all that is known of it.
pub async fn find(db: impl PgExecutor<'_>, revision: i32, id: &str) -> sqlx::Result<Option<Source>> {
    let row = sqlx::query!(
        r#"
            select id as source_id, title as source_title, title_en as source_title_en, publisher, author, published_on::text as published_on, url, language, kind, official,
                   keywords, note_en
            from source
            where id = $2 and valid @> $1::int
        "#,
        revision,
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Source {
            cited: cited!(row),
            author: row.author,
            kind: read::word(&row.kind)?,
            keywords: row.keywords,
            note: row.note_en,
        })
    })
    .transpose()
}

/// Which of these ids are sources of the revision: a note may name one, or merely look as if it did.
async fn known(db: impl PgExecutor<'_>, revision: i32, ids: &[String]) -> sqlx::Result<BTreeSet<String>> {
    let ids =
        sqlx::query_scalar!("select id from source where id = any ($2) and valid @> $1::int", revision, ids,)
            .fetch_all(db)
            .await?;
    Ok(ids.into_iter().collect())
}

/// Which sources the notes of a page name, so that it can link them.
pub async fn named_in<'a>(
    db: impl PgExecutor<'_>,
    revision: i32,
    notes: impl IntoIterator<Item = &'a Bilingual>,
) -> sqlx::Result<BTreeSet<String>> {
    let texts = notes.into_iter().flat_map(|note| [note.en.as_deref(), note.zh.as_deref()]).flatten();
    let ids: BTreeSet<String> = texts.flat_map(note::ids).map(str::to_owned).collect();
    known(db, revision, &ids.into_iter().collect::<Vec<_>>()).await
}

/// The sources that figures were seen in, by id.
pub async fn of_figures(db: impl PgExecutor<'_>, revision: i32) -> sqlx::Result<Vec<SourceRef>> {
    let rows = sqlx::query!(
        r#"
            select id as source_id, title as source_title, title_en as source_title_en, publisher,
                   published_on::text as published_on, url, language, official
            from source s
            where valid @> $1::int and exists (select from observation o where o.source_id = s.id and o.valid @> $1)
            order by id
        "#,
        revision,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok(cited!(row))).collect()
}

/// How many sources the revision has.
pub async fn count(db: impl PgExecutor<'_>, revision: i32) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from source where valid @> $1::int"#, revision)
        .fetch_one(db)
        .await
}

/// Everyone who measured or estimated figures, by id.
pub async fn producers(db: impl PgExecutor<'_>, revision: i32) -> sqlx::Result<Vec<ProducerRow>> {
    let rows = sqlx::query!(
        r#"
            select p.id, p.name_en, p.name_zh, p.kind, p.independent, p.note_en, p.note_zh,
                   coalesce(s.figures, 0) as "figures!"
            from producer p
            left join (
                select producer, sum(figures) as figures from digest.series where valid @> $1::int group by producer
            ) s on s.producer = p.id
            where p.valid @> $1::int
            order by p.id
        "#,
        revision,
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
