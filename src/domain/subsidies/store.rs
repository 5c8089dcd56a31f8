//! SQL statements about subsidies.

use sqlx::{PgExecutor, PgPool};

use super::{
    index::{Recipients, SubsidyEntry, SubsidyIndex},
    model::Subsidy,
};
use crate::{
    db::read,
    domain::{
        listing::Shared,
        revisions::{Cached, ReadAt},
        sources::store::cited,
    },
    text::{Bilingual, Named},
};

impl Cached for SubsidyIndex {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let rows = sqlx::query!(
            r#"
                select id, kind, program_id, jurisdiction, recipient_org_id, currency, amount::numeric as "amount!",
                       amount_high is not null as "is_range!", (part_of is not null or counted_elsewhere) as "is_part!", scope,
                       subsidy_day(period_start, period_end, disclosed_on) as "day!",
                       left(coalesce(period_start::text, subsidy_day(period_start, period_end, disclosed_on)), 4) as "begins!"
                from subsidy
                where valid @> $1::int and ($2::date is null or source_id in (select known from known_sources($1, $2) known))
            "#,
            at.revision,
            at.known_on,
        )
        .fetch_all(db)
        .await?;
        let (mut programs, mut recipients) = (Shared::default(), Shared::default());
        let (mut places, mut currencies) = (Shared::default(), Shared::default());
        let year = |day: &str| day.get(..4).and_then(|year| year.parse::<i32>().ok());
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            entries.push(SubsidyEntry {
                id: row.id.into(),
                kind: read::word(&row.kind)?,
                program: row.program_id.map(|program| programs.number(program)),
                place: row.jurisdiction.map(|place| places.number(place)),
                recipients: match row.recipient_org_id {
                    Some(_) => Recipients::Named,
                    None => Recipients::Scheme,
                },
                recipient: row.recipient_org_id.map(|recipient| recipients.number(recipient)),
                currency: currencies.number(row.currency),
                amount: row.amount,
                is_range: row.is_range,
                is_part: row.is_part,
                years: year(&row.begins).zip(year(&row.day)),
                scope: row.scope.as_deref().map(read::word).transpose()?,
                day: row.day.into(),
            });
        }
        let (places, recipients) = (places.into_values(), recipients.into_values());
        Ok(SubsidyIndex::new(entries, places, recipients, currencies.into_values()))
    }

    fn bytes(&self) -> usize {
        self.entries.bytes(60)
    }
}

/// Ids of the subsidies that contain a term in their ids or notes, or in the names of their programme, recipient or place.
pub async fn with_term(db: impl PgExecutor<'_>, at: ReadAt, term: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
            select array(
                select id from subsidy where valid @> $1::int and search @@ $2::text::tsquery
                union all
                -- Each by its own index, however many the planner expects to be found.
                select id from subsidy where valid @> $1 and program_id = any (array(
                    select p.id from program p where p.valid @> $1 and ts_filter(p.search, '{a}') @@ $2::text::tsquery))
                union all
                select id from subsidy where valid @> $1 and recipient_org_id = any (array(
                    select e.id from entity e where e.valid @> $1 and e.search @@ $2::text::tsquery
                      and ts_filter(e.search, '{a}') @@ $2::text::tsquery))
                union all
                select id from subsidy where valid @> $1 and jurisdiction = any (array(
                    select e.id from entity e where e.valid @> $1 and e.search @@ $2::text::tsquery
                      and ts_filter(e.search, '{a}') @@ $2::text::tsquery))
            ) as "ids!"
        "#,
        at.revision,
        term,
    )
    .fetch_one(db)
    .await
}

/// Criteria for reading subsidies. Unset fields do not restrict.
#[derive(Clone, Copy, Debug, Default)]
pub struct SubsidySelector<'a> {
    pub ids: Option<&'a [String]>,
    pub source: Option<&'a str>,
    pub program: Option<&'a str>,
    pub recipient: Option<&'a str>,
    /// Maximum number of rows.
    pub limit: Option<i64>,
}

/// Reads the selected subsidies, by the end of the time covered, latest first.
pub async fn select(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    filter: SubsidySelector<'_>,
) -> sqlx::Result<Vec<Subsidy>> {
    let rows = sqlx::query!(
        r#"
            select b.id, b.kind, b.amount::numeric as "amount!", b.amount_high::numeric as high, b.currency,
                   b.period_start::text as period_start, b.period_end::text as period_end,
                   b.disclosed_on::text as disclosed_on, b.note_en, b.note_zh, b.part_of, b.counted_elsewhere, b.scope,
                   b.program_id, p.name_en as "program_en?", p.name_zh as "program_zh?",
                   b.recipient_org_id, r.name_en as "recipient_en?", r.name_zh as "recipient_zh?",
                   b.jurisdiction, j.name_en as "place_en?", j.name_zh as "place_zh?",
                   s.id as source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.publisher_zh,
                   s.published_on::text as published_on, s.url, s.language, s.official
            from subsidy b
            join source s on s.id = b.source_id and s.valid @> $1::int
            left join program p on p.id = b.program_id       and p.valid @> $1
            left join entity  r on r.id = b.recipient_org_id and r.valid @> $1
            left join entity  j on j.id = b.jurisdiction     and j.valid @> $1
            where b.valid @> $1
              and known_by(s.published_on, $7::date)
              and ($2::text[] is null or b.id = any ($2))
              and ($3::text is null or b.source_id = $3)
              and ($4::text is null or b.program_id = $4)
              and ($5::text is null or b.recipient_org_id = $5)
            order by subsidy_day(b.period_start, b.period_end, b.disclosed_on) desc, b.id desc
            limit $6
        "#,
        at.revision,
        filter.ids,
        filter.source,
        filter.program,
        filter.recipient,
        filter.limit,
        at.known_on,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Subsidy {
                id: row.id,
                kind: read::word(&row.kind)?,
                program: Named::joined(row.program_id, row.program_en, row.program_zh),
                recipient: Named::joined(row.recipient_org_id, row.recipient_en, row.recipient_zh),
                jurisdiction: Named::joined(row.jurisdiction, row.place_en, row.place_zh),
                amount: row.amount,
                high: row.high,
                currency: row.currency,
                period_start: read::date(row.period_start)?,
                period_end: read::date(row.period_end)?,
                disclosed_on: read::date(row.disclosed_on)?,
                source: cited!(row),
                note: Bilingual::new(row.note_en, row.note_zh),
                part_of: row.part_of,
                counted_elsewhere: row.counted_elsewhere,
                scope: row.scope.as_deref().map(read::word).transpose()?,
                conversion: None,
            })
        })
        .collect()
}

/// Reads one subsidy. `None` if the revision has no such id.
pub async fn find(db: impl PgExecutor<'_>, at: ReadAt, id: &str) -> sqlx::Result<Option<Subsidy>> {
    let ids = [id.to_owned()];
    Ok(select(db, at, SubsidySelector { ids: Some(&ids), ..SubsidySelector::default() }).await?.pop())
}
