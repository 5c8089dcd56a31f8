//! SQL statements about programmes.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sqlx::{PgExecutor, PgPool};

use super::{
    index::{ProgramEntry, ProgramIndex},
    lifecycle::Dates,
    matching::Activities,
    model::{Program, Rate},
};
use crate::{
    db::read,
    domain::{
        listing::Shared,
        revisions::{Cached, ReadAt, model::Publication},
        sources::store::cited,
    },
    text::{Bilingual, Named, PartialDate},
};

impl Cached for ProgramIndex {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let rows = sqlx::query!(
            r#"
                select p.id, p.package_id, p.jurisdiction, e.name_en as place_en, e.name_zh as place_zh, p.level, p.instrument,
                       p.amount_kind, p.max_amount_cny::numeric as max_amount_cny, p.announced_on::text as announced_on,
                       p.effective_from::text as effective_from, p.effective_to::text as effective_to,
                       p.applications_close::text as applications_close, p.status, p.scope,
                       array(
                           select coalesce(n.effective_from::text, n.announced_on::text, n.last_confirmed_on::text, '')
                           from program_predecessor r
                           join program n on n.id = r.program_id and n.valid @> $1
                           where r.predecessor_id in (p.id, p.package_id) and r.valid @> $1 and n.status <> 'planned'
                             and ($2::date is null or n.source_id in (select known from known_sources($1, $2) known))
                       ) as "replaced_on!",
                       exists (
                           select from program m
                           where m.package_id = p.id and m.valid @> $1
                             and ($2::date is null or m.source_id in (select known from known_sources($1, $2) known))
                       ) as "is_package!"
                from program p
                join entity e on e.id = p.jurisdiction and e.valid @> $1::int
                where p.valid @> $1 and ($2::date is null or p.source_id in (select known from known_sources($1, $2) known))
            "#,
            at.revision,
            at.known_on,
        )
        .fetch_all(db)
        .await?;
        let mut places = Shared::default();
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            let (announced, from) = (read::date(row.announced_on)?, read::date(row.effective_from)?);
            entries.push(ProgramEntry {
                id: row.id.into(),
                package: row.package_id.map(Into::into),
                is_package: row.is_package,
                place: places.number(Named::new(row.jurisdiction, row.place_en, row.place_zh)),
                level: read::word(&row.level)?,
                instrument: read::word(&row.instrument)?,
                amount_kind: row.amount_kind.as_deref().map(read::word).transpose()?,
                max_amount_cny: row.max_amount_cny,
                dates: Dates::new(
                    announced,
                    from,
                    read::date(row.effective_to)?,
                    read::date(row.applications_close)?,
                    read::word(&row.status)?,
                    superseded_from(&row.replaced_on)?,
                ),
                scope: row.scope.as_deref().map(read::word).transpose()?,
            });
        }
        Ok(ProgramIndex::new(entries, places.into_values()))
    }

    fn bytes(&self) -> usize {
        self.entries.bytes(60)
    }
}

impl Cached for Activities {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let rows = sqlx::query!(
            r#"
                select id, activities
                from program
                where valid @> $1::int and cardinality(activities) > 0
            "#,
            at.revision,
        )
        .fetch_all(db)
        .await?;
        rows.into_iter()
            .map(|row| {
                let activities: sqlx::Result<_> =
                    row.activities.iter().map(|word| read::word(word)).collect();
                Ok((row.id.into(), activities?))
            })
            .collect()
    }

    fn bytes(&self) -> usize {
        self.len() * 60
    }
}

/// Ids of the programmes that contain a term in their texts or in the names of their place.
pub async fn with_term(db: impl PgExecutor<'_>, at: ReadAt, term: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
            select array(
                select id from program where valid @> $1::int and search @@ $2::text::tsquery
                union all
                -- By its own index, however many places the planner expects to be found.
                select id from program where valid @> $1 and jurisdiction = any (array(
                    select e.id from entity e
                    where e.valid @> $1 and e.kind in ('region', 'country', 'province', 'city', 'district')
                      and e.search @@ $2::text::tsquery
                      and ts_filter(e.search, '{a}') @@ $2::text::tsquery))
            ) as "ids!"
        "#,
        at.revision,
        term,
    )
    .fetch_one(db)
    .await
}

/// Criteria for reading programmes. Unset fields do not restrict.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProgramSelector<'a> {
    pub ids: Option<&'a [String]>,
    pub source: Option<&'a str>,
    /// Only measures of this package.
    pub package: Option<&'a str>,
    /// Only programmes linked to this event.
    pub event: Option<&'a str>,
    /// Maximum number of rows.
    pub limit: Option<i64>,
}

/// Reads the selected programmes: packages before their measures, otherwise by id.
pub async fn select(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    filter: ProgramSelector<'_>,
) -> sqlx::Result<Vec<Program>> {
    let rows = sqlx::query!(
        r#"
            select p.id, p.name_en, p.name_zh, p.name_zh_kind, p.package_id, k.name_en as "package_en?", k.name_zh as "package_zh?",
                   (select count(*) from program m
                    where m.package_id = p.id and m.valid @> $1
                      and ($7::date is null or m.source_id in (select known from known_sources($1, $7) known))) as "measures!",
                   p.level, p.doc_number, p.agency_en, p.agency_zh, p.instrument, p.objective_en, p.objective_zh,
                   p.eligibility_en, p.eligibility_zh, p.status, p.announced_on::text as announced_on,
                   p.effective_from::text as effective_from, p.effective_to::text as effective_to,
                   p.max_amount_cny::numeric as max_amount_cny, p.amount_kind, p.amount_note_en, p.amount_note_zh,
                   p.note_en, p.note_zh, p.activities, p.applications_open::text as applications_open,
                   p.applications_close::text as applications_close, p.scope, p.last_confirmed_on::text as last_confirmed_on,
                   p.rate_percent::numeric as rate_percent, p.rate_base, p.max_per_year_cny::numeric as max_per_year_cny,
                   array(
                       select r.predecessor_id from program_predecessor r
                       where r.program_id = p.id and r.valid @> $1 order by r.position
                   ) as "supersedes!",
                   array(
                       select coalesce(n.effective_from::text, n.announced_on::text, n.last_confirmed_on::text, '')
                       from program_predecessor r
                       join program n on n.id = r.program_id and n.valid @> $1
                       where r.predecessor_id in (p.id, p.package_id) and r.valid @> $1 and n.status <> 'planned'
                         and ($7::date is null or n.source_id in (select known from known_sources($1, $7) known))
                   ) as "replaced_on!",
                   p.jurisdiction, e.name_en as place_en, e.name_zh as place_zh,
                   s.id as source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.publisher_zh, s.published_on::text as published_on, s.url,
                   s.language, s.official
            from program p
            join entity e on e.id = p.jurisdiction and e.valid @> $1::int
            join source s on s.id = p.source_id    and s.valid @> $1
            left join program k on k.id = p.package_id and k.valid @> $1
            where p.valid @> $1
              and known_by(s.published_on, $7::date)
              and ($2::text is null or p.source_id = $2)
              and ($3::text is null or p.package_id = $3)
              and ($4::text[] is null or p.id = any ($4))
              and ($5::text is null or exists (
                    select from event_program v where v.event_id = $5 and v.program_id = p.id and v.valid @> $1))
            order by coalesce(p.package_id, p.id), p.package_id nulls first, p.id
            limit $6
        "#,
        at.revision,
        filter.source,
        filter.package,
        filter.ids,
        filter.event,
        filter.limit,
        at.known_on,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Program {
                package: Named::joined(row.package_id, row.package_en, row.package_zh),
                named: Named::new(row.id, row.name_en, Some(row.name_zh)),
                official_name: row.name_zh_kind == "official",
                measures: row.measures,
                jurisdiction: Named::new(row.jurisdiction, row.place_en, row.place_zh),
                level: read::word(&row.level)?,
                doc_number: row.doc_number,
                agency: Bilingual::new(row.agency_en, row.agency_zh),
                instrument: read::word(&row.instrument)?,
                objective: Bilingual::new(row.objective_en, row.objective_zh),
                eligibility: Bilingual::new(row.eligibility_en, row.eligibility_zh),
                max_amount_cny: row.max_amount_cny,
                amount_kind: row.amount_kind.as_deref().map(read::word).transpose()?,
                amount_note: Bilingual::new(row.amount_note_en, row.amount_note_zh),
                announced_on: read::date(row.announced_on)?,
                effective_from: read::date(row.effective_from)?,
                effective_to: read::date(row.effective_to)?,
                status: read::word(&row.status)?,
                activities: row.activities.iter().map(|word| read::word(word)).collect::<Result<_, _>>()?,
                applications_open: read::date(row.applications_open)?,
                applications_close: read::date(row.applications_close)?,
                supersedes: row.supersedes,
                scope: row.scope.as_deref().map(read::word).transpose()?,
                last_confirmed_on: read::date(row.last_confirmed_on)?,
                rate: match (row.rate_percent, row.rate_base) {
                    (Some(percent), Some(base)) => Some(Rate { percent, base: read::word(&base)? }),
                    _ => None,
                },
                max_per_year_cny: row.max_per_year_cny,
                superseded_from: superseded_from(&row.replaced_on)?,
                source: cited!(row),
                note: Bilingual::new(row.note_en, row.note_zh),
            })
        })
        .collect()
}

/// The day from which a programme is replaced, from the start, announcement or else confirmation of each notice that replaces it or its
/// package. A notice without any date replaces it on every day.
fn superseded_from(replaced_on: &[String]) -> sqlx::Result<Option<NaiveDate>> {
    let days = replaced_on.iter().map(|date| match date.as_str() {
        "" => Ok(NaiveDate::MIN),
        date => date.parse::<PartialDate>().map(PartialDate::first_day),
    });
    let days: Result<Vec<NaiveDate>, String> = days.collect();
    Ok(days.map_err(|error| sqlx::Error::Decode(error.into()))?.into_iter().min())
}

/// Ids of the programmes that replace or continue an earlier one, in id order.
pub async fn successors(db: impl PgExecutor<'_>, at: ReadAt, predecessor: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
            select program_id
            from program_predecessor
            where predecessor_id = $2 and valid @> $1::int
            order by program_id
        "#,
        at.revision,
        predecessor,
    )
    .fetch_all(db)
    .await
}

/// Reads one programme. `None` if the revision has no such id.
pub async fn find(db: impl PgExecutor<'_>, at: ReadAt, id: &str) -> sqlx::Result<Option<Program>> {
    let ids = [id.to_owned()];
    let filter = ProgramSelector { ids: Some(&ids), ..ProgramSelector::default() };
    Ok(select(db, at, filter).await?.pop())
}

/// Reads when one programme, or every programme, was published, by id.
pub async fn publications(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    id: Option<&str>,
) -> sqlx::Result<BTreeMap<String, Publication>> {
    let rows = sqlx::query_as!(
        Publication,
        r#"
            select p.id, first.published_at as first, last.published_at as last,
                   (select count(*) from program e where e.id = p.id and e.since < p.since) as "earlier!"
            from program p
            join identity.program k on k.id = p.id
            join revision first on first.number = k.first_revision
            join revision last on last.number = p.since
            where p.valid @> $1::int and ($2::text is null or p.id = $2)
              and ($3::date is null or p.source_id in (select known from known_sources($1, $3) known))
        "#,
        at.revision,
        id,
        at.known_on,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
}

/// Reads the revisions since which programmes have the closing dates that they have, by id.
pub async fn closing_since(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    ids: &[String],
) -> sqlx::Result<BTreeMap<String, i32>> {
    let rows = sqlx::query!(
        r#"
            select p.id, min(e.since) as "since!"
            from program p
            join program e on e.id = p.id and e.since <= p.since
                          and e.applications_close is not distinct from p.applications_close
                          and e.effective_to is not distinct from p.effective_to
            where p.valid @> $1::int and p.id = any ($2)
            group by p.id
        "#,
        at.revision,
        ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.since)).collect())
}

/// The fields of a programme that a mark on a time axis needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    pub named: Named,
    /// Start of its validity, or else its announcement.
    pub on: PartialDate,
    /// Id of the place.
    pub place: String,
}

/// Every programme whose start or announcement is dated. A package stands for its measures.
#[derive(Debug)]
pub struct Beginnings(pub Vec<Begun>);

impl Cached for Beginnings {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        begun(db, at).await.map(Beginnings)
    }

    fn bytes(&self) -> usize {
        // Two names, the programme's id and its place's id.
        self.0.len() * 300
    }
}

async fn begun(db: impl PgExecutor<'_>, at: ReadAt) -> sqlx::Result<Vec<Begun>> {
    let rows = sqlx::query!(
        r#"
            select id, name_en, name_zh, jurisdiction, coalesce(effective_from::text, announced_on::text) as "on!"
            from program
            where valid @> $1::int and package_id is null and coalesce(effective_from::text, announced_on::text) is not null
              and ($2::date is null or source_id in (select known from known_sources($1, $2) known))
        "#,
        at.revision,
        at.known_on,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Begun {
                named: Named::new(row.id, row.name_en, Some(row.name_zh)),
                on: row.on.parse().map_err(|error: String| sqlx::Error::Decode(error.into()))?,
                place: row.jurisdiction,
            })
        })
        .collect()
}

/// The programme that was confirmed the longest time ago.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldestConfirmation {
    pub program: String,
    /// Date of the newest source that shows it.
    pub on: String,
}

/// Reads the programme of a revision whose newest source is the oldest. `None` if no programme has such a date.
pub async fn oldest_confirmation(
    db: impl PgExecutor<'_>,
    revision: i32,
) -> sqlx::Result<Option<OldestConfirmation>> {
    sqlx::query_as!(
        OldestConfirmation,
        r#"
            select id as program, last_confirmed_on::text as "on!"
            from program
            where valid @> $1::int and last_confirmed_on is not null
            order by last_confirmed_on::text, id
            limit 1
        "#,
        revision
    )
    .fetch_optional(db)
    .await
}
