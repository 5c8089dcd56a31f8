//! Every SQL statement about observations.

use chrono::NaiveDate;
use sqlx::PgExecutor;

use super::model::{Observation, Producer};
use crate::{
    db::read::{self, guarded},
    sources::store::cited,
    text::{Bilingual, Locale, Named, Period},
};

/// Which observations to read; what is not set does not restrict.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    pub indicators: Option<&'a [String]>,
    pub source: Option<&'a str>,
    pub entities: Option<&'a [String]>,
    pub headline_only: bool,
}

/// An observation with the id of what it measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    pub indicator_id: String,
    pub observation: Observation,
}

/// The observations of a revision that a filter lets through, by indicator, latest period first.
pub async fn select(
    db: impl PgExecutor<'_>,
    revision: i32,
    filter: Filter<'_>,
) -> sqlx::Result<Vec<Measured>> {
    let rows = sqlx::query!(
        r#"
            select o.indicator_id, o.period_start, o.period_end, o.qualifier, o.basis, o.headline, o.note_en, o.note_zh,
                   o.value::numeric as "value!", o.value_high::numeric as value_high,
                   o.entity, e.name_en as entity_en, e.name_zh as entity_zh,
                   o.producer, p.name_en as producer_en, p.name_zh as producer_zh, p.kind as producer_kind,
                   o.source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.published_on::text as published_on, s.url,
                   s.language, s.official
            from observation o
            join entity   e on e.id = o.entity    and e.valid @> $1::int
            join producer p on p.id = o.producer  and p.valid @> $1
            join source   s on s.id = o.source_id and s.valid @> $1
            where o.valid @> $1
              and ($2::text[] is null or o.indicator_id = any ($2))
              and ($3::text   is null or o.source_id = $3)
              and (o.headline or not $4::bool)
              and ($5::text[] is null or o.entity = any ($5))
            order by o.indicator_id, o.period_end desc, o.period_start desc, e.name_en, p.name_en, o.value, o.source_id
        "#,
        revision,
        filter.indicators,
        filter.source,
        filter.headline_only,
        filter.entities,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let observation = Observation {
                entity: Named::new(row.entity, row.entity_en, row.entity_zh),
                producer: Producer {
                    named: Named::new(row.producer, row.producer_en, row.producer_zh),
                    kind: read::word(&row.producer_kind)?,
                },
                period: Period::new(row.period_start, row.period_end),
                value: row.value,
                high: row.value_high,
                qualifier: read::word(&row.qualifier)?,
                basis: row.basis.as_deref().map(read::word).transpose()?,
                headline: row.headline,
                source: cited!(row),
                note: Bilingual::new(row.note_en, row.note_zh),
            };
            Ok(Measured { indicator_id: row.indicator_id, observation })
        })
        .collect()
}

/// A series that there are figures of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub indicator: Named,
    pub entity: Named,
    pub producer: Named,
    pub figures: i64,
    pub last_day: NaiveDate,
}

/// The series in whose names every one of the words stands, those with most figures first.
pub async fn find_series(
    db: impl PgExecutor<'_>,
    revision: i32,
    words: &[String],
    limit: i64,
) -> sqlx::Result<Vec<Found>> {
    let rows = sqlx::query!(
        r#"
            with known as (
                select indicator_id, entity, producer, count(*) as figures, max(period_end) as last_day
                from observation
                where valid @> $1::int and headline
                group by indicator_id, entity, producer
            )
            select k.indicator_id, i.name_en as indicator_en, i.name_zh as indicator_zh,
                   k.entity, e.name_en as entity_en, e.name_zh as entity_zh,
                   k.producer, p.name_en as producer_en, p.name_zh as producer_zh,
                   k.figures as "figures!", k.last_day as "last_day!"
            from known k
            join indicator i on i.id = k.indicator_id and i.valid @> $1
            join entity    e on e.id = k.entity       and e.valid @> $1
            join producer  p on p.id = k.producer     and p.valid @> $1
            where not exists (
                select from unnest($2::text[]) word
                where strpos(lower(concat_ws(' ', i.name_en, i.name_zh, e.name_en, e.name_zh, p.name_en, p.name_zh,
                    k.indicator_id, k.entity, k.producer)), lower(word)) = 0)
            order by k.figures desc, k.last_day desc, k.indicator_id, k.entity, k.producer
            limit $3
        "#,
        revision,
        words,
        limit,
    )
    .fetch_all(db)
    .await?;
    let found = rows.into_iter().map(|row| Found {
        indicator: Named::new(row.indicator_id, row.indicator_en, Some(row.indicator_zh)),
        entity: Named::new(row.entity, row.entity_en, row.entity_zh),
        producer: Named::new(row.producer, row.producer_en, row.producer_zh),
        figures: row.figures,
        last_day: row.last_day,
    });
    Ok(found.collect())
}

/// The statement that streams every figure of a revision as CSV, with the names and texts of a language. `qualifiers` are each word
/// with its label and its status.
///
/// Names are made ready once for each thing and not once for each figure; what stands in the text comes from this program alone.
pub fn everything(revision: i32, locale: Locale, qualifiers: &[(&str, &str, &str)]) -> String {
    let zh = locale == Locale::Zh;
    let name = if zh { "coalesce(name_zh, name_en)" } else { "name_en" };
    let title =
        if zh { "title" } else { "case when language <> 'en' then coalesce(title_en, title) else title end" };
    let (label, note) = if zh { ("unit_label_zh", "o.note_zh") } else { ("unit_label_en", "o.note_en") };
    let words: Vec<String> =
        qualifiers.iter().map(|(word, label, status)| format!("('{word}', '{label}', '{status}')")).collect();
    let words = words.join(", ");
    let (name, title, note) = (guarded(name), guarded(title), guarded(note));
    let (label, publisher, url) = (guarded(label), guarded("publisher"), guarded("url"));
    format!(
        "copy (
            with indicators as materialized (
                select id, {name} as name, unit, case when unit = 'count' then {label} end as counted
                from indicator where valid @> {revision}),
            entities as materialized (select id, {name} as name from entity where valid @> {revision}),
            producers as materialized (select id, {name} as name from producer where valid @> {revision}),
            sources as materialized (
                select id, {title} as title, {publisher} as publisher, published_on, {url} as url
                from source where valid @> {revision}),
            words (word, label, status) as materialized (values {words})
            select o.indicator_id, i.name, o.entity, e.name, o.period_start, o.period_end, o.value, o.value_high,
                   i.unit, i.counted, o.qualifier, w.label, w.status, o.basis,
                   case when o.headline then 'true' else 'false' end, o.producer, p.name,
                   o.source_id, s.title, s.publisher, s.published_on, s.url, {note}
            from observation o
            join indicators i on i.id = o.indicator_id
            join entities   e on e.id = o.entity
            join producers  p on p.id = o.producer
            join sources    s on s.id = o.source_id
            join words      w on w.word = o.qualifier
            where o.valid @> {revision}
        ) to stdout (format csv)"
    )
}
