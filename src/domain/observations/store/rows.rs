//! Rows of observations as Postgres returns them, and which of them were drawn by default on a day.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::{PgPool, prelude::FromRow};

use super::super::{
    model::{Observation, Producer},
    query::Position,
};
use crate::{
    db::read,
    domain::{revisions::ReadAt, sources::store::cited},
    text::{Bilingual, Named, Period},
};

/// An observation with the id of its indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasuredObservation {
    pub indicator_id: String,
    pub observation: Observation,
}

/// Turns rows into observations, and marks those that were drawn by default on the day of `at`.
pub(super) async fn measured(
    db: &PgPool,
    at: ReadAt,
    rows: Vec<FigureRow>,
) -> sqlx::Result<Vec<MeasuredObservation>> {
    let measured: sqlx::Result<Vec<MeasuredObservation>> =
        rows.into_iter().map(FigureRow::measured).collect();
    let mut measured = measured?;
    mark_revived(db, at, &mut measured).await?;
    Ok(measured)
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
/// The rule is that of `revived_headlines` in `migrations/0018_revived_headlines.sql`, explained in `0013_known_on.sql`.
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
pub(super) struct FigureRow {
    pub indicator_id: String,
    pub period_start: NaiveDate,
    pub period_end: NaiveDate,
    pub qualifier: String,
    pub basis: Option<String>,
    pub headline: bool,
    pub outlier: bool,
    pub note_en: Option<String>,
    pub note_zh: Option<String>,
    pub value: Decimal,
    pub value_high: Option<Decimal>,
    pub entity: String,
    pub entity_en: String,
    pub entity_zh: Option<String>,
    pub producer: String,
    pub producer_en: String,
    pub producer_zh: Option<String>,
    pub producer_kind: String,
    pub source_id: String,
    pub source_title: String,
    pub source_title_en: Option<String>,
    pub publisher: String,
    pub publisher_zh: Option<String>,
    pub published_on: Option<String>,
    pub url: String,
    pub language: String,
    pub official: bool,
    pub since: i32,
    /// First revision in which this version is no longer valid.
    pub until: Option<i32>,
}

/// Columns of a [`FigureRow`], from an observation `o` and the names that it refers to.
pub(super) const FIGURE_COLUMNS: &str =
    "o.indicator_id, o.period_start, o.period_end, o.qualifier, o.basis, o.headline, o.outlier, o.note_en, o.note_zh,
     o.value::numeric as value, o.value_high::numeric as value_high,
     o.entity, e.name_en as entity_en, e.name_zh as entity_zh,
     o.producer, p.name_en as producer_en, p.name_zh as producer_zh, p.kind as producer_kind,
     o.source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.publisher_zh,
     s.published_on::text as published_on, s.url, s.language, s.official, o.since, upper(o.valid) as until";

impl FigureRow {
    pub(super) fn measured(self) -> sqlx::Result<MeasuredObservation> {
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
