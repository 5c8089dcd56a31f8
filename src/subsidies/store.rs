//! Every SQL statement about subsidies.

use sqlx::PgExecutor;

use super::{
    model::{Subsidy, SubsidyKind},
    query::{Bin, Recipients},
    total::Total,
};
use crate::{
    db::read,
    sources::store::cited,
    text::{Bilingual, Named},
};

/// Which amounts to read; what is not set does not restrict.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    pub id: Option<&'a str>,
    pub source: Option<&'a str>,
    pub program: Option<&'a str>,
    pub recipient: Option<&'a str>,
    pub places: Option<&'a [String]>,
    pub kind: Option<SubsidyKind>,
    /// Whether the recipient is named.
    pub to_recipients: Option<bool>,
    pub currency: Option<&'a str>,
    pub year: Option<i32>,
    /// Words in notes, or in the names of programmes, recipients and places, of either language.
    pub text: Option<&'a str>,
    pub oldest_first: bool,
    /// The id of the row after which to begin.
    pub after: Option<&'a str>,
    pub limit: Option<i64>,
}

/// The amounts a filter lets through, by the end of the time they are about, latest first unless asked otherwise.
pub async fn select(
    db: impl PgExecutor<'_>,
    revision: i32,
    filter: Filter<'_>,
) -> sqlx::Result<Vec<Subsidy>> {
    let rows = sqlx::query!(
        r#"
            with ledger as (
                select b.*, subsidy_day(b.period_start, b.period_end, b.disclosed_on) as day
                from subsidy b
                where b.valid @> $1::int
                  and ($2::text is null or b.id = $2)
                  and ($3::text is null or b.source_id = $3)
                  and ($4::text is null or b.program_id = $4)
                  and ($5::text is null or b.recipient_org_id = $5)
                  and ($6::text[] is null or b.jurisdiction = any ($6))
                  and ($7::text is null or b.kind = $7)
                  and ($8::bool is null or (b.recipient_org_id is not null) = $8)
                  and ($9::text is null or b.currency = $9)
                  and ($10::text is null or left(subsidy_day(b.period_start, b.period_end, b.disclosed_on), 4) = $10)
                  and ($11::text is null or strpos(lower(subsidy_text(b, $1)), lower($11)) > 0)
            ),
            page as (
                select ledger.*
                from ledger
                where $12::text is null
                   or case when $13::bool
                        then (day, id) > (select day, id from ledger where id = $12)
                        else (day, id) < (select day, id from ledger where id = $12) end
                order by case when $13 then day end, case when $13 then id end, day desc, id desc
                limit $14
            )
            select b.id, b.kind, b.amount::numeric as "amount!", b.amount_high::numeric as high, b.currency,
                   b.period_start::text as period_start, b.period_end::text as period_end,
                   b.disclosed_on::text as disclosed_on, b.note_en, b.note_zh,
                   b.program_id, p.name_en as "program_en?", p.name_zh as "program_zh?",
                   b.recipient_org_id, r.name_en as "recipient_en?", r.name_zh as "recipient_zh?",
                   b.jurisdiction, j.name_en as "place_en?", j.name_zh as "place_zh?",
                   s.id as source_id, s.title as source_title, s.title_en as source_title_en, s.publisher,
                   s.published_on::text as published_on, s.url, s.language, s.official
            from page b
            join source s on s.id = b.source_id and s.valid @> $1
            left join program p on p.id = b.program_id       and p.valid @> $1
            left join entity  r on r.id = b.recipient_org_id and r.valid @> $1
            left join entity  j on j.id = b.jurisdiction     and j.valid @> $1
            order by case when $13 then b.day end, case when $13 then b.id end, b.day desc, b.id desc
        "#,
        revision,
        filter.id,
        filter.source,
        filter.program,
        filter.recipient,
        filter.places,
        filter.kind.map(SubsidyKind::word),
        filter.to_recipients,
        filter.currency,
        filter.year.map(|year| year.to_string()),
        filter.text,
        filter.after,
        filter.oldest_first,
        filter.limit,
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
            })
        })
        .collect()
}

/// The ledger, or what of it has a text, counted by everything it can be narrowed by.
pub async fn bins(db: impl PgExecutor<'_>, revision: i32, text: Option<&str>) -> sqlx::Result<Vec<Bin>> {
    let rows = sqlx::query!(
        r#"
            select kind, jurisdiction, currency, recipient_org_id is not null as "named!",
                   nullif(left(subsidy_day(period_start, period_end, disclosed_on), 4), '') as year, count(*) as "count!"
            from subsidy b
            where valid @> $1::int
              and ($2::text is null or strpos(lower(subsidy_text(b, $1)), lower($2)) > 0)
            group by 1, 2, 3, 4, 5
        "#,
        revision,
        text,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Bin {
                kind: read::word(&row.kind)?,
                place: row.jurisdiction,
                recipients: if row.named { Recipients::Named } else { Recipients::Scheme },
                currency: row.currency,
                year: row.year.and_then(|year| year.parse().ok()),
                count: row.count,
            })
        })
        .collect()
}

/// What of the amounts a filter lets through may be added up. See [`Total`] for what never is.
pub async fn totals(db: impl PgExecutor<'_>, revision: i32, filter: Filter<'_>) -> sqlx::Result<Vec<Total>> {
    let rows = sqlx::query!(
        r#"
            select kind, currency, recipient_org_id is not null as "named!",
                   coalesce(sum(amount) filter (where not part), 0)::numeric as "sum!",
                   count(*) filter (where not part) as "added!",
                   count(*) filter (where part) as "left_out!",
                   count(*) filter (where not part and amount_high is not null) as "ranges!",
                   count(distinct jurisdiction) filter (where not part) as "places!",
                   min(nullif(left(coalesce(period_start::text, day), 4), '')) filter (where not part) as first,
                   max(nullif(left(day, 4), '')) filter (where not part) as last
            from (
                select b.*, coalesce(b.note_en ~* '\mdo not add\M', false) as part,
                       subsidy_day(b.period_start, b.period_end, b.disclosed_on) as day
                from subsidy b
                where b.valid @> $1::int
                  and ($2::text is null or b.program_id = $2)
                  and ($3::text is null or b.recipient_org_id = $3)
                  and ($4::text[] is null or b.jurisdiction = any ($4))
                  and ($5::text is null or b.kind = $5)
                  and ($6::bool is null or (b.recipient_org_id is not null) = $6)
                  and ($7::text is null or b.currency = $7)
                  and ($8::text is null or left(subsidy_day(b.period_start, b.period_end, b.disclosed_on), 4) = $8)
                  and ($9::text is null or strpos(lower(subsidy_text(b, $1)), lower($9)) > 0)
            ) amounts
            group by kind, currency, recipient_org_id is not null
            order by currency <> 'CNY', currency, kind, 3
        "#,
        revision,
        filter.program,
        filter.recipient,
        filter.places,
        filter.kind.map(SubsidyKind::word),
        filter.to_recipients,
        filter.currency,
        filter.year.map(|year| year.to_string()),
        filter.text,
    )
    .fetch_all(db)
    .await?;
    let year = |year: Option<String>| year.and_then(|year| year.parse().ok());
    rows.into_iter()
        .map(|row| {
            Ok(Total {
                kind: read::word(&row.kind)?,
                currency: row.currency,
                to_recipients: row.named,
                sum: row.sum,
                added: row.added,
                left_out: row.left_out,
                ranges: row.ranges,
                places: row.places,
                years: year(row.first).zip(year(row.last)),
            })
        })
        .collect()
}
