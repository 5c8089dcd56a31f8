//! SQL statements that read what changed rows refer to.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::PgPool;

use crate::{
    db::read,
    domain::{
        changes::{
            ChangedNoun,
            declared::Referred,
            describe::{self, Names, ReferredName, RowPair},
        },
        indicators::model::unit,
        registry::Noun,
        revisions::ReadAt,
        sources::model::SourceRef,
    },
    text::Named,
};

/// Reads what rows refer to, as it was named last.
pub async fn names(db: &PgPool, at: ReadAt, pairs: &[RowPair]) -> sqlx::Result<Names> {
    let mut asked: BTreeMap<Referred, BTreeSet<String>> = BTreeMap::new();
    for pair in pairs {
        for (to, id) in describe::referred(pair) {
            asked.entry(to).or_default().insert(id);
        }
        match pair.noun {
            ChangedNoun::Entities => asked.entry(Referred::Entity).or_default().insert(pair.row.clone()),
            ChangedNoun::Sources => asked.entry(Referred::Source).or_default().insert(pair.row.clone()),
            _ => continue,
        };
    }
    let mut names = Names::default();
    for (to, ids) in asked {
        let ids: Vec<String> = ids.into_iter().collect();
        let found = match to {
            Referred::Source => {
                names.sources = sources(db, at, &ids).await?;
                continue;
            }
            // It has no name of its own.
            Referred::Subsidy => continue,
            Referred::Indicator => indicators(db, at, &ids, &mut names).await?,
            Referred::Entity => entities(db, at, &ids).await?,
            Referred::Program => programs(db, at, &ids).await?,
            Referred::Producer => producers(db, at, &ids).await?,
            Referred::Person => people(db, at, &ids).await?,
        };
        names.names.extend(found.into_iter().map(|found| ((to, found.named.id.clone()), found)));
    }
    Ok(names)
}

async fn sources(db: &PgPool, at: ReadAt, ids: &[String]) -> sqlx::Result<BTreeMap<String, SourceRef>> {
    let rows = sqlx::query!(
        r#"
            select distinct on (id) id, title, title_en, publisher, publisher_zh, published_on::text as published_on, url,
                   language, official
            from source
            where id = any ($1) and since <= $2
            order by id, since desc
        "#,
        ids,
        at.revision,
    )
    .fetch_all(db)
    .await?;
    let source = rows.into_iter().map(|row| {
        let source = SourceRef {
            id: row.id,
            title: row.title,
            title_en: row.title_en,
            publisher: row.publisher,
            publisher_zh: row.publisher_zh,
            published_on: read::date(row.published_on)?,
            url: row.url,
            language: read::word(&row.language)?,
            official: row.official,
        };
        Ok((source.id.clone(), source))
    });
    source.collect()
}

async fn indicators(
    db: &PgPool,
    at: ReadAt,
    ids: &[String],
    names: &mut Names,
) -> sqlx::Result<Vec<ReferredName>> {
    let rows = sqlx::query!(
        r#"
            select distinct on (id) id, name_en, name_zh, unit, unit_label_en, unit_label_zh, valid @> $2::int as "is_current!"
            from indicator
            where id = any ($1) and since <= $2
            order by id, since desc
        "#,
        ids,
        at.revision,
    )
    .fetch_all(db)
    .await?;
    let mut found = Vec::new();
    for row in rows {
        let unit = unit(&row.unit, &row.unit_label_en, Some(&row.unit_label_zh));
        names.units.insert(row.id.clone(), unit);
        found.push(referred(
            row.id,
            row.name_en,
            Some(row.name_zh),
            row.is_current.then_some(Noun::Indicators),
        ));
    }
    Ok(found)
}

fn referred(id: String, en: String, zh: Option<String>, noun: Option<Noun>) -> ReferredName {
    let page = noun.map(|noun| format!("{}/{id}", noun.word()));
    ReferredName { named: Named::new(id, en, zh), page }
}

async fn entities(db: &PgPool, at: ReadAt, ids: &[String]) -> sqlx::Result<Vec<ReferredName>> {
    let rows = sqlx::query!(
        r#"
            select distinct on (e.id) e.id, e.name_en, e.name_zh,
                   e.valid @> $2::int and e.kind in ('region', 'country', 'province', 'city', 'district') as "is_place!",
                   exists (select from organization g where g.id = e.id and g.valid @> $2) as "is_organization!"
            from entity e
            where e.id = any ($1) and e.since <= $2
            order by e.id, e.since desc
        "#,
        ids,
        at.revision,
    )
    .fetch_all(db)
    .await?;
    let name = rows.into_iter().map(|row| {
        let noun = match (row.is_place, row.is_organization) {
            (true, _) => Some(Noun::Places),
            (_, true) => Some(Noun::Organizations),
            _ => None,
        };
        referred(row.id, row.name_en, row.name_zh, noun)
    });
    Ok(name.collect())
}

async fn programs(db: &PgPool, at: ReadAt, ids: &[String]) -> sqlx::Result<Vec<ReferredName>> {
    let rows = sqlx::query!(
        r#"
            select distinct on (id) id, name_en, name_zh, valid @> $2::int as "is_current!"
            from program
            where id = any ($1) and since <= $2
            order by id, since desc
        "#,
        ids,
        at.revision,
    )
    .fetch_all(db)
    .await?;
    let name = rows.into_iter().map(|row| {
        referred(row.id, row.name_en, Some(row.name_zh), row.is_current.then_some(Noun::Programs))
    });
    Ok(name.collect())
}

async fn producers(db: &PgPool, at: ReadAt, ids: &[String]) -> sqlx::Result<Vec<ReferredName>> {
    let rows = sqlx::query!(
        "select distinct on (id) id, name_en, name_zh from producer where id = any ($1) and since <= $2 order by id, since desc",
        ids,
        at.revision,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| referred(row.id, row.name_en, row.name_zh, None)).collect())
}

async fn people(db: &PgPool, at: ReadAt, ids: &[String]) -> sqlx::Result<Vec<ReferredName>> {
    let rows = sqlx::query!(
        "select distinct on (id) id, name_en, name_zh from person where id = any ($1) and since <= $2 order by id, since desc",
        ids,
        at.revision,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| referred(row.id, row.name_en, row.name_zh, None)).collect())
}
