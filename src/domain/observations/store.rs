//! SQL statements about observations.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::{AssertSqlSafe, PgExecutor, PgPool, prelude::FromRow};

use super::{
    breaks::{Breaks, SeriesBreak},
    model::{Observation, Producer},
    query::{ObservationFilter, Position},
};
use crate::{
    db::read::{self, FormulaGuard},
    domain::{
        revisions::{Cached, ReadAt},
        sources::store::cited,
    },
    text::{Bilingual, Locale, Named, Period},
};

/// Ids of an indicator and an entity.
pub type SeriesKey = (String, String);

/// Criteria for reading observations. Unset fields do not restrict.
#[derive(Clone, Copy, Debug, Default)]
pub struct ObservationSelector<'a> {
    pub indicators: Option<&'a [String]>,
    /// Only these pairs of indicator and entity.
    pub keys: Option<&'a [SeriesKey]>,
    pub source: Option<&'a str>,
    pub entities: Option<&'a [String]>,
    pub headline_only: bool,
    /// Only observations with this value or this upper value.
    pub value: Option<Decimal>,
    /// With `value`: only indicators in this unit.
    pub unit: Option<&'a str>,
    /// With `value`: maximum number of rows.
    pub at_most: Option<i64>,
}

/// An observation with the id of its indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasuredObservation {
    pub indicator_id: String,
    pub observation: Observation,
}

/// Reads the selected observations of a revision, by indicator, latest period first.
pub async fn select(
    db: &PgPool,
    at: ReadAt,
    filter: ObservationSelector<'_>,
) -> sqlx::Result<Vec<MeasuredObservation>> {
    let (indicators, entities): (Option<Vec<&str>>, Option<Vec<&str>>) = filter
        .keys
        .map(|keys| keys.iter().map(|(indicator, entity)| (indicator.as_str(), entity.as_str())).unzip())
        .unzip();
    let rows = sqlx::query_as!(
        FigureRow,
        r#"
            select o.indicator_id, o.period_start, o.period_end, o.qualifier, o.basis, o.headline, o.outlier, o.note_en, o.note_zh,
                   o.value::numeric as "value!", o.value_high::numeric as value_high,
                   o.entity, e.name_en as entity_en, e.name_zh as entity_zh,
                   o.producer, p.name_en as producer_en, p.name_zh as producer_zh, p.kind as producer_kind,
                   o.source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.publisher_zh, s.published_on::text as published_on, s.url,
                   s.language, s.official, o.since, upper(o.valid) as until
            from observation o
            join entity   e on e.id = o.entity    and e.valid @> $1::int
            join producer p on p.id = o.producer  and p.valid @> $1
            join source   s on s.id = o.source_id and s.valid @> $1
            where o.valid @> $1
              and known_by(s.published_on, $11::date)
              and ($2::text[] is null or o.indicator_id = any ($2))
              and ($3::text   is null or o.source_id = $3)
              and (o.headline or not $4::bool)
              and ($5::text[] is null or o.entity = any ($5))
              -- By place: a condition on pairs beside others would have every row looked at.
              and ($6::text[] is null or o.ctid = any (array(
                    select k.ctid
                    from unnest($6::text[], $7::text[]) as key (indicator_id, entity)
                    join observation k on k.indicator_id = key.indicator_id and k.entity = key.entity and k.valid @> $1)))
              and ($8::numeric is null or o.ctid = any (array(
                    select k.ctid
                    from observation k join indicator i on i.id = k.indicator_id and i.valid @> $1
                    where k.valid @> $1 and (k.value = $8 or k.value_high = $8) and ($9::text is null or i.unit = $9)
                    limit $10)))
            order by o.indicator_id, o.period_end desc, o.period_start desc, e.name_en, p.name_en, o.value, o.source_id
        "#,
        at.revision,
        filter.indicators,
        filter.source,
        filter.headline_only && at.known_on.is_none(),
        filter.entities,
        indicators.as_deref() as Option<&[&str]>,
        entities.as_deref() as Option<&[&str]>,
        filter.value,
        filter.unit,
        filter.at_most,
        at.known_on,
    )
    .fetch_all(db)
    .await?;
    let rows: sqlx::Result<Vec<MeasuredObservation>> = rows.into_iter().map(FigureRow::measured).collect();
    let mut rows = rows?;
    mark_revived(db, at, &mut rows).await?;
    if filter.headline_only {
        rows.retain(|row| row.observation.headline);
    }
    Ok(rows)
}

/// Marks the observations that were drawn by default on the day of `at`, beside those that are drawn today.
async fn mark_revived(db: &PgPool, at: ReadAt, rows: &mut [MeasuredObservation]) -> sqlx::Result<()> {
    if at.known_on.is_none() {
        return Ok(());
    }
    let group = |row: &MeasuredObservation| {
        let (own, period) = (&row.observation, row.observation.period);
        (row.indicator_id.clone(), own.entity.id.clone(), own.producer.named.id.clone(), period)
    };
    let drawn: BTreeSet<_> = rows.iter().filter(|row| row.observation.headline).map(group).collect();
    // At most one figure of a group is drawn, and never an outlier.
    let may_be = |row: &&MeasuredObservation| {
        let own = &row.observation;
        !own.headline && !own.outlier && !drawn.contains(&group(row))
    };
    let keys: BTreeSet<(&str, &str)> = rows
        .iter()
        .filter(may_be)
        .map(|row| (row.indicator_id.as_str(), row.observation.entity.id.as_str()))
        .collect();
    if keys.is_empty() {
        return Ok(());
    }
    let revived = revived(db, at, keys).await?;
    for row in rows {
        let position = Position::of(&row.indicator_id, &row.observation);
        row.observation.headline |= revived.contains(&position);
    }
    Ok(())
}

/// Reads which observations of pairs of indicator and entity were drawn by default on the day of `at`, beside those that are drawn today.
/// The rule is that of `revived_headlines` in `migrations/0013_known_on.sql`.
async fn revived(
    db: &PgPool,
    at: ReadAt,
    keys: impl IntoIterator<Item = (&str, &str)>,
) -> sqlx::Result<BTreeSet<Position>> {
    let (indicators, entities): (Vec<&str>, Vec<&str>) = keys.into_iter().unzip();
    let rows = sqlx::query_as!(
        Position,
        r#"
            select indicator_id as "indicator!", entity as "entity!", period_start as "period_start!", period_end as "period_end!",
                   source_id as "source!"
            from revived_headlines($1, $2, $3, $4)
        "#,
        at.revision,
        at.known_on,
        &indicators as &[&str],
        &entities as &[&str],
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().collect())
}

/// An observation with the names that it refers to, as Postgres returns it.
#[derive(FromRow)]
struct FigureRow {
    indicator_id: String,
    period_start: NaiveDate,
    period_end: NaiveDate,
    qualifier: String,
    basis: Option<String>,
    headline: bool,
    outlier: bool,
    note_en: Option<String>,
    note_zh: Option<String>,
    value: Decimal,
    value_high: Option<Decimal>,
    entity: String,
    entity_en: String,
    entity_zh: Option<String>,
    producer: String,
    producer_en: String,
    producer_zh: Option<String>,
    producer_kind: String,
    source_id: String,
    source_title: String,
    source_title_en: Option<String>,
    publisher: String,
    publisher_zh: Option<String>,
    published_on: Option<String>,
    url: String,
    language: String,
    official: bool,
    since: i32,
    /// First revision in which this version is no longer valid.
    until: Option<i32>,
}

/// Columns of a [`FigureRow`], from an observation `o` and the names that it refers to.
const FIGURE_COLUMNS: &str =
    "o.indicator_id, o.period_start, o.period_end, o.qualifier, o.basis, o.headline, o.outlier, o.note_en, o.note_zh,
     o.value::numeric as value, o.value_high::numeric as value_high,
     o.entity, e.name_en as entity_en, e.name_zh as entity_zh,
     o.producer, p.name_en as producer_en, p.name_zh as producer_zh, p.kind as producer_kind,
     o.source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.publisher_zh,
     s.published_on::text as published_on, s.url, s.language, s.official, o.since, upper(o.valid) as until";

impl FigureRow {
    fn measured(self) -> sqlx::Result<MeasuredObservation> {
        let row = self;
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
            outlier: row.outlier,
        };
        Ok(MeasuredObservation { indicator_id: row.indicator_id, observation })
    }
}

/// Reads the first `limit` observations of a revision after a position, in key order. `keys` are their pairs of indicator and entity, in
/// that order. Reads at most `limit` rows of each pair, by the primary key.
pub async fn page(
    db: &PgPool,
    at: ReadAt,
    keys: &[SeriesKey],
    filter: &ObservationFilter,
    after: Option<&Position>,
    limit: i64,
) -> sqlx::Result<Vec<MeasuredObservation>> {
    let (indicators, entities): (Vec<&str>, Vec<&str>) =
        keys.iter().map(|(indicator, entity)| (indicator.as_str(), entity.as_str())).unzip();
    let statement = format!(
        "select {FIGURE_COLUMNS}
         from unnest($2::text[], $3::text[]) as key (indicator_id, entity)
         cross join lateral (
             select k.* from observation k
             -- As a range of the primary key: by equality the planner may prefer an index by which a long series is read whole.
             where k.valid @> $1::int
               and (k.indicator_id, k.entity) <= (key.indicator_id, key.entity)
               and (k.indicator_id, k.entity, k.period_start, k.period_end, k.source_id) > (
                     key.indicator_id,
                     key.entity,
                     case when key.indicator_id = $4 and key.entity = $5 then $6::date else '-infinity' end,
                     case when key.indicator_id = $4 and key.entity = $5 then $7::date else '-infinity' end,
                     case when key.indicator_id = $4 and key.entity = $5 then $8::text else '' end)
               and ($13::date is null or k.source_id in (select known from known_sources($1, $13) known))
               and (k.headline or not $9::bool
                    or $13 is not null and (k.indicator_id, k.entity, k.period_start, k.period_end, k.source_id) in (
                           select r.indicator_id, r.entity, r.period_start, r.period_end, r.source_id
                           from revived_headlines($1, $13, $2, $3) r))
               and (cardinality($10::text[]) = 0 or k.producer = any ($10))
               and (cardinality($11::text[]) = 0 or k.source_id = any ($11))
             order by k.indicator_id, k.entity, k.period_start, k.period_end, k.source_id
             limit $12
         ) o
         join entity   e on e.id = o.entity    and e.valid @> $1
         join producer p on p.id = o.producer  and p.valid @> $1
         join source   s on s.id = o.source_id and s.valid @> $1
         order by o.indicator_id, o.entity, o.period_start, o.period_end, o.source_id
         limit $12"
    );
    let rows: Vec<FigureRow> = sqlx::query_as(AssertSqlSafe(statement))
        .bind(at.revision)
        .bind(indicators)
        .bind(entities)
        .bind(after.map(|after| after.indicator.as_str()))
        .bind(after.map(|after| after.entity.as_str()))
        .bind(after.map(|after| after.period_start))
        .bind(after.map(|after| after.period_end))
        .bind(after.map(|after| after.source.as_str()))
        .bind(filter.headline_only)
        .bind(&filter.producers)
        .bind(&filter.sources)
        .bind(limit)
        .bind(at.known_on)
        .fetch_all(db)
        .await?;
    let rows: sqlx::Result<Vec<MeasuredObservation>> = rows.into_iter().map(FigureRow::measured).collect();
    let mut rows = rows?;
    mark_revived(db, at, &mut rows).await?;
    Ok(rows)
}

/// Condition on an observation `k` that a filter selects and a revision after `$2` published, at revision `$1` and as known on day `$8`.
const UPDATED: &str = "k.since > 1 and k.since > $2::int and k.valid @> $1::int
     and ($8::date is null or k.source_id in (select known from known_sources($1, $8) known))
     and (cardinality($3::text[]) = 0 or k.indicator_id = any ($3))
     and (cardinality($4::text[]) = 0 or k.entity = any ($4))
     and (cardinality($5::text[]) = 0 or k.producer = any ($5))
     and (cardinality($6::text[]) = 0 or k.source_id = any ($6))
     and (k.headline or not $7::bool
          or $8 is not null and (k.indicator_id, k.entity, k.period_start, k.period_end, k.source_id) in (
                 select r.indicator_id, r.entity, r.period_start, r.period_end, r.source_id
                 from revived_headlines($1, $8, array[k.indicator_id], array[k.entity]) r))";

/// Reads the first `limit` filtered observations after a position that a revision after `revision` published.
pub async fn updated(
    db: &PgPool,
    at: ReadAt,
    filter: &ObservationFilter,
    revision: i32,
    after: Option<&Position>,
    limit: i64,
) -> sqlx::Result<Vec<MeasuredObservation>> {
    let statement = format!(
        "select {FIGURE_COLUMNS}
         from (
             select k.* from observation k
             where {UPDATED}
               and ($9::text is null
                    or (k.indicator_id, k.entity, k.period_start, k.period_end, k.source_id) > ($9, $10, $11, $12, $13))
             order by k.indicator_id, k.entity, k.period_start, k.period_end, k.source_id
             limit $14
         ) o
         join entity   e on e.id = o.entity    and e.valid @> $1
         join producer p on p.id = o.producer  and p.valid @> $1
         join source   s on s.id = o.source_id and s.valid @> $1
         order by o.indicator_id, o.entity, o.period_start, o.period_end, o.source_id"
    );
    let rows: Vec<FigureRow> = sqlx::query_as(AssertSqlSafe(statement))
        .bind(at.revision)
        .bind(revision)
        .bind(&filter.indicators)
        .bind(&filter.entities)
        .bind(&filter.producers)
        .bind(&filter.sources)
        .bind(filter.headline_only)
        .bind(at.known_on)
        .bind(after.map(|after| after.indicator.as_str()))
        .bind(after.map(|after| after.entity.as_str()))
        .bind(after.map(|after| after.period_start))
        .bind(after.map(|after| after.period_end))
        .bind(after.map(|after| after.source.as_str()))
        .bind(limit)
        .fetch_all(db)
        .await?;
    let rows: sqlx::Result<Vec<MeasuredObservation>> = rows.into_iter().map(FigureRow::measured).collect();
    let mut rows = rows?;
    mark_revived(db, at, &mut rows).await?;
    Ok(rows)
}

/// Number of filtered observations that a revision after `revision` published.
pub async fn updated_count(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    filter: &ObservationFilter,
    revision: i32,
) -> sqlx::Result<u64> {
    let count: i64 =
        sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from observation k where {UPDATED}")))
            .bind(at.revision)
            .bind(revision)
            .bind(&filter.indicators)
            .bind(&filter.entities)
            .bind(&filter.producers)
            .bind(&filter.sources)
            .bind(filter.headline_only)
            .bind(at.known_on)
            .fetch_one(db)
            .await?;
    Ok(count.unsigned_abs())
}

/// A version of an observation, and the revisions in which it is valid.
pub struct ObservationVersion {
    pub figure: MeasuredObservation,
    pub from: i32,
    /// First revision in which the version is no longer valid.
    pub to: Option<i32>,
}

/// Reads the first `limit` versions after a position, ordered by key and revision, that revisions after `published_after` and up to that of
/// `at` published. Names are those of the revision that published the version.
pub async fn versions(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    filter: &ObservationFilter,
    published_after: i32,
    after: Option<(&Position, i32)>,
    limit: i64,
) -> sqlx::Result<Vec<ObservationVersion>> {
    let position = after.map(|(position, _)| position);
    let statement = format!(
        "select {FIGURE_COLUMNS}
         from (
             select k.* from observation k
             where k.since <= $1::int
               and k.since > $15::int
               and ($14::date is null or exists (
                     select from source s
                     where s.id = k.source_id and s.valid @> k.since and known_by(s.published_on, $14)))
               and ($2::text is null
                    or (k.indicator_id, k.entity, k.period_start, k.period_end, k.source_id, k.since) > ($2, $3, $4, $5, $6, $7))
               and (cardinality($8::text[]) = 0 or k.indicator_id = any ($8))
               and (cardinality($9::text[]) = 0 or k.entity = any ($9))
               and (cardinality($10::text[]) = 0 or k.producer = any ($10))
               and (cardinality($11::text[]) = 0 or k.source_id = any ($11))
               and (k.headline or not $12::bool)
             order by k.indicator_id, k.entity, k.period_start, k.period_end, k.source_id, k.since
             limit $13
         ) o
         join entity   e on e.id = o.entity    and e.valid @> o.since
         join producer p on p.id = o.producer  and p.valid @> o.since
         join source   s on s.id = o.source_id and s.valid @> o.since
         order by o.indicator_id, o.entity, o.period_start, o.period_end, o.source_id, o.since"
    );
    let rows: Vec<FigureRow> = sqlx::query_as(AssertSqlSafe(statement))
        .bind(at.revision)
        .bind(position.map(|after| after.indicator.as_str()))
        .bind(position.map(|after| after.entity.as_str()))
        .bind(position.map(|after| after.period_start))
        .bind(position.map(|after| after.period_end))
        .bind(position.map(|after| after.source.as_str()))
        .bind(after.map(|(_, since)| since))
        .bind(&filter.indicators)
        .bind(&filter.entities)
        .bind(&filter.producers)
        .bind(&filter.sources)
        .bind(filter.headline_only)
        .bind(limit)
        .bind(at.known_on)
        .bind(published_after)
        .fetch_all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok(ObservationVersion { from: row.since, to: row.until, figure: row.measured()? }))
        .collect()
}

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

/// What the stream of all observations is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamForm {
    /// A file that spreadsheets open: texts are guarded, and rows come in the order in which they are stored.
    Spreadsheet,
    /// A file of typed columns: texts as stored, and rows in the order of their key, so that a revision always gives the same file.
    Typed,
}

/// Texts of the stream in one language.
#[derive(Clone, Copy, Debug)]
pub struct StreamTexts<'a> {
    pub locale: Locale,
    /// Ending of the names of columns with these texts: none, or `_en` where a file has both languages.
    pub ending: &'a str,
    /// Words of qualifiers, each with its label.
    pub qualifiers: &'a [(&'a str, &'a str)],
}

/// Columns of the stream in one language, as SQL.
struct TextColumns {
    /// Selected from indicators, entities, producers and sources, and a label for each qualifier.
    names: String,
    units: String,
    sources: String,
    qualifiers: String,
    /// Selected from observations joined to them.
    figure: String,
}

impl StreamTexts<'_> {
    fn columns(&self, guard: FormulaGuard) -> TextColumns {
        let StreamTexts { locale, ending, qualifiers } = self;
        let zh = *locale == Locale::Zh;
        let name = guard.of(if zh { "coalesce(name_zh, name_en)" } else { "name_en" });
        let title = guard.of(match zh {
            true => "title",
            false => "case when language <> 'en' then coalesce(title_en, title) else title end",
        });
        let publisher = guard.of(if zh { "coalesce(publisher_zh, publisher)" } else { "publisher" });
        let label = guard.of(if zh { "unit_label_zh" } else { "unit_label_en" });
        let note = guard.of(if zh { "o.note_zh" } else { "o.note_en" });
        let labels: Vec<String> =
            qualifiers.iter().map(|(word, label)| format!("when '{word}' then '{label}'")).collect();
        TextColumns {
            names: format!("{name} as name{ending}"),
            units: format!("case when unit = 'count' then {label} end as counted{ending}"),
            sources: format!("{title} as title{ending}, {publisher} as publisher{ending}"),
            qualifiers: format!("case word {} end as label{ending}", labels.join(" ")),
            figure: format!(
                "i.name{ending} as indicator{ending}, e.name{ending} as entity{ending},
                 i.counted{ending} as unit_label{ending}, w.label{ending} as qualifier_label{ending},
                 p.name{ending} as producer{ending}, s.title{ending} as source_title{ending},
                 s.publisher{ending} as source_publisher{ending}, {note} as note{ending}"
            ),
        }
    }
}

/// Builds the statement that streams every observation of a revision as CSV, with names and texts in one language or in both. `columns` are
/// the names of the columns of the file, in order; Postgres refuses a statement with a name that `figure` below does not have. `statuses`
/// are pairs of a qualifier's word and its status.
///
/// Names are formatted once per item, not once per observation. All text interpolated into the statement originates in this program.
pub fn everything(
    ReadAt { revision, known_on }: ReadAt,
    columns: &[&str],
    texts: &[StreamTexts<'_>],
    statuses: &[(&str, &str)],
    form: StreamForm,
) -> String {
    let (guard, order) = match form {
        StreamForm::Spreadsheet => (FormulaGuard::Spreadsheet, ""),
        StreamForm::Typed => {
            (FormulaGuard::None, "order by indicator_id, entity_id, period_start, period_end, source_id")
        }
    };
    let texts: Vec<TextColumns> = texts.iter().map(|texts| texts.columns(guard)).collect();
    let joined = |part: fn(&TextColumns) -> &str| texts.iter().map(part).collect::<Vec<_>>().join(", ");
    let (names, units) = (joined(|texts| &texts.names), joined(|texts| &texts.units));
    let (sources, labels) = (joined(|texts| &texts.sources), joined(|texts| &texts.qualifiers));
    let (figure, url) = (joined(|texts| &texts.figure), guard.of("url"));
    let words: Vec<String> =
        statuses.iter().map(|(word, status)| format!("('{word}', '{status}')")).collect();
    let words = words.join(", ");
    let columns = columns.join(", ");
    // `COPY` takes no parameters.
    let day = known_on.map_or_else(|| "null::date".to_owned(), |day| format!("date '{day}'"));
    let (revived, drawn) = match known_on {
        None => (String::new(), "o.headline"),
        Some(_) => (
            format!(
                "left join revived_headlines({revision}, {day}, null, null) r
                     using (indicator_id, entity, period_start, period_end, source_id)"
            ),
            "o.headline or r.source_id is not null",
        ),
    };
    format!(
        "copy (
            with indicators as materialized (
                select id, unit, {names}, {units}
                from indicator where valid @> {revision}),
            entities as materialized (select id, {names} from entity where valid @> {revision}),
            producers as materialized (select id, {names} from producer where valid @> {revision}),
            sources as materialized (
                select id, published_on, {url} as url, {sources}
                from source where valid @> {revision} and known_by(published_on, {day})),
            words as materialized (select word, status, {labels} from (values {words}) word (word, status))
            select {columns}
            from (
                select {figure}, o.indicator_id, o.entity as entity_id, o.period_start, o.period_end, o.value, o.value_high,
                       i.unit, o.qualifier, w.status, o.basis, case when {drawn} then 'true' else 'false' end as headline,
                       o.producer as producer_id, o.source_id, s.published_on as source_published_on,
                       s.url as source_url, case when o.outlier then 'true' else 'false' end as outlier
                from observation o
                join indicators i on i.id = o.indicator_id
                join entities   e on e.id = o.entity
                join producers  p on p.id = o.producer
                join sources    s on s.id = o.source_id
                join words      w on w.word = o.qualifier
                {revived}
                where o.valid @> {revision}
            ) figure
            {order}
        ) to stdout (format csv)"
    )
}
