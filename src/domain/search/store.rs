//! SQL statements of the search.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::{AssertSqlSafe, PgExecutor, PgPool};

use super::model::ResultKind;
use crate::{
    db::read,
    domain::{
        registry::Noun,
        revisions::{Cached, ReadAt},
        text_search::{synonyms::Vocabulary, terms::Terms},
    },
    text::{Bilingual, Named},
};

/// A row that matches the search terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitRow {
    pub kind: ResultKind,
    pub named: Named,
    /// Organization of an app or a person; path of the page of a statement.
    pub page: Option<String>,
    pub text: Bilingual,
    /// Number of matching rows of the same kind, counted up to [`MAX_COUNTED`].
    pub of_kind: i64,
}

/// Maximum number of rows per kind that are counted and ranked: this many that match in their names, and as many that match elsewhere. A
/// query with more matches than that needs another word, not a better ranking.
pub const MAX_COUNTED: i64 = 200;

/// Finds the best rows of every kind, at most `limit` of each. Matches in names come first, then matches in other texts by frequency and
/// proximity (`ts_rank`, normalised by length), then by name.
///
/// Words in names have an index of their own (`ts_filter(search, '{a}')`), because a word may occur in few names and in every second note.
/// The search terms are a literal part of each condition, not a joined row, so that the planner sees them: it then reads a word that half
/// the rows contain from the table instead of the whole index. This requires one plan per query, for which the connection pool for pages is
/// configured. The large tables are planned for all matching rows (`materialized`) and then read until there are enough. If they were
/// planned for the first two hundred, the planner would expect a word that occurs in an eighth of the rows near the start of the table,
/// although it may be at its end. Of events, by far the most rows, those that match elsewhere are read only where fewer than
/// [`MAX_COUNTED`] match in their names: others would come after all of these.
pub async fn search(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    terms: &Terms,
    kind: Option<ResultKind>,
    limit: i64,
) -> sqlx::Result<Vec<HitRow>> {
    let rows = sqlx::query!(
        r#"
            with event_named as materialized (
                with hit as materialized (
                    select * from event where valid @> $1::int and coalesce($3::text, 'event') = 'event'
                      and ($6::date is null or source_id in (select known from known_sources($1, $6) known))
                      and ts_filter(search, '{a}') @@ $2::text::tsquery)
                select * from hit limit $4
            ),
            found as (
                (select 'indicator' as kind, id, name_en, name_zh, null::text as page, description_en as text_en,
                        description_zh as text_zh, search, true as named
                 from indicator where valid @> $1::int and coalesce($3::text, 'indicator') = 'indicator'
                   and ts_filter(search, '{a}') @@ $2::text::tsquery limit $4)
                union all
                (select 'indicator', id, name_en, name_zh, null, description_en, description_zh, search, false
                 from indicator where valid @> $1 and coalesce($3, 'indicator') = 'indicator'
                   and search @@ $2::text::tsquery limit $4)
                union all
                (with hit as materialized (
                    select * from program where valid @> $1 and coalesce($3, 'program') = 'program'
                      and ($6::date is null or source_id in (select known from known_sources($1, $6) known))
                      and ts_filter(search, '{a}') @@ $2::text::tsquery)
                 select 'program', id, name_en, name_zh, null, concat_ws(' · ', objective_en, eligibility_en, amount_note_en, agency_en, note_en),
                        concat_ws(' · ', objective_zh, eligibility_zh, amount_note_zh, agency_zh, note_zh), search, true
                 from hit limit $4)
                union all
                (with hit as materialized (
                    select * from program where valid @> $1 and coalesce($3, 'program') = 'program'
                      and ($6::date is null or source_id in (select known from known_sources($1, $6) known))
                      and search @@ $2::text::tsquery)
                 select 'program', id, name_en, name_zh, null, concat_ws(' · ', objective_en, eligibility_en, amount_note_en, agency_en, note_en),
                        concat_ws(' · ', objective_zh, eligibility_zh, amount_note_zh, agency_zh, note_zh), search, false
                 from hit limit $4)
                union all
                (with hit as materialized (
                    select * from organization where valid @> $1 and coalesce($3, 'organization') = 'organization'
                      and ($6::date is null or source_id in (select known from known_sources($1, $6) known))
                      and ts_filter(search, '{a}') @@ $2::text::tsquery)
                 select 'organization', id, name_en, name_zh, null,
                        concat_ws(' · ', nullif(array_to_string(aliases, '; '), ''), note_en),
                        concat_ws(' · ', nullif(array_to_string(aliases, '；'), ''), note_zh), search, true
                 from hit limit $4)
                union all
                (with hit as materialized (
                    select * from organization where valid @> $1 and coalesce($3, 'organization') = 'organization'
                      and ($6::date is null or source_id in (select known from known_sources($1, $6) known))
                      and search @@ $2::text::tsquery)
                 select 'organization', id, name_en, name_zh, null,
                        concat_ws(' · ', nullif(array_to_string(aliases, '; '), ''), note_en),
                        concat_ws(' · ', nullif(array_to_string(aliases, '；'), ''), note_zh), search, false
                 from hit limit $4)
                union all
                (select 'app', id, name_en, name_zh, organization_id, concat_ws(' · ', markets_en, note_en), concat_ws(' · ', markets_zh, note_zh), search, true
                 from app where valid @> $1 and coalesce($3, 'app') = 'app'
                      and ($6::date is null or source_id in (select known from known_sources($1, $6) known))
                   and ts_filter(search, '{a}') @@ $2::text::tsquery limit $4)
                union all
                (select 'app', id, name_en, name_zh, organization_id, concat_ws(' · ', markets_en, note_en), concat_ws(' · ', markets_zh, note_zh), search, false
                 from app where valid @> $1 and coalesce($3, 'app') = 'app'
                      and ($6::date is null or source_id in (select known from known_sources($1, $6) known))
                   and search @@ $2::text::tsquery limit $4)
                union all
                (select 'place', id, name_en, name_zh, null, note_en, note_zh, search, true
                 from entity where valid @> $1 and coalesce($3, 'place') = 'place'
                   and kind in ('region', 'country', 'province', 'city', 'district')
                   and ts_filter(search, '{a}') @@ $2::text::tsquery limit $4)
                union all
                (select 'place', id, name_en, name_zh, null, note_en, note_zh, search, false
                 from entity where valid @> $1 and coalesce($3, 'place') = 'place'
                   and kind in ('region', 'country', 'province', 'city', 'district')
                   and search @@ $2::text::tsquery limit $4)
                union all
                (select 'event', id, title_en, title_zh, null, note_en, note_zh, search, true from event_named)
                union all
                (with hit as materialized (
                    select * from event where (select count(*) from event_named) < $4
                      and valid @> $1 and coalesce($3, 'event') = 'event'
                      and ($6::date is null or source_id in (select known from known_sources($1, $6) known))
                      and search @@ $2::text::tsquery)
                 select 'event', id, title_en, title_zh, null, note_en, note_zh, search, false
                 from hit limit $4)
                union all
                (select 'subsidy', b.id, coalesce(r.name_en, p.name_en, j.name_en, b.id),
                        case when r.id is null then coalesce(p.name_zh, j.name_zh) else r.name_zh end, null,
                        b.note_en, b.note_zh, b.search, false
                 from subsidy b
                 left join entity  r on r.id = b.recipient_org_id and r.valid @> $1
                 left join program p on p.id = b.program_id       and p.valid @> $1
                 left join entity  j on j.id = b.jurisdiction     and j.valid @> $1
                 where b.valid @> $1 and coalesce($3, 'subsidy') = 'subsidy'
                   and ($6::date is null or b.source_id in (select known from known_sources($1, $6) known))
                   and b.search @@ $2::text::tsquery limit $4)
                union all
                (select 'person', id, name_en, name_zh, organization_id, concat_ws(' · ', role_en, note_en), concat_ws(' · ', role_zh, note_zh), search, true
                 from person where valid @> $1 and coalesce($3, 'person') = 'person'
                      and ($6::date is null or source_id in (select known from known_sources($1, $6) known))
                   and organization_id is not null
                   and ts_filter(search, '{a}') @@ $2::text::tsquery limit $4)
                union all
                (select 'person', id, name_en, name_zh, organization_id, concat_ws(' · ', role_en, note_en), concat_ws(' · ', role_zh, note_zh), search, false
                 from person where valid @> $1 and coalesce($3, 'person') = 'person'
                      and ($6::date is null or source_id in (select known from known_sources($1, $6) known))
                   and organization_id is not null
                   and search @@ $2::text::tsquery limit $4)
                union all
                (select 'statement', t.id, e.name_en, e.name_zh,
                        case when e.kind = 'organization' then 'organizations/' else 'places/' end || e.id,
                        t.statement_en, t.statement_zh, t.search, false
                 from statement t join entity e on e.id = t.entity and e.valid @> $1
                 where t.valid @> $1 and coalesce($3, 'statement') = 'statement'
                   and ($6::date is null or t.source_id in (select known from known_sources($1, $6) known))
                   and t.search @@ $2::text::tsquery limit $4)
                union all
                (with hit as materialized (
                    select * from source where valid @> $1 and coalesce($3, 'source') = 'source'
                      and known_by(published_on, $6)
                      and ts_filter(search, '{a}') @@ $2::text::tsquery)
                 select 'source', id, coalesce(title_en, title), title, null, concat_ws(' · ', publisher, author, note_en),
                        concat_ws(' · ', coalesce(publisher_zh, publisher), author, note_zh), search, true
                 from hit limit $4)
                union all
                (with hit as materialized (
                    select * from source where valid @> $1 and coalesce($3, 'source') = 'source'
                      and known_by(published_on, $6)
                      and search @@ $2::text::tsquery)
                 select 'source', id, coalesce(title_en, title), title, null, concat_ws(' · ', publisher, author, note_en),
                        concat_ws(' · ', coalesce(publisher_zh, publisher), author, note_zh), search, false
                 from hit limit $4)
            ),
            ranked as (
                select distinct on (kind, id) found.*, ts_rank(search, $2::text::tsquery, 1) as fit
                from found
                order by kind, id, named desc
            ),
            numbered as (
                select ranked.*, count(*) over (partition by kind) as of_kind,
                       row_number() over (partition by kind order by named desc, fit desc, name_en, id) as place
                from ranked
            )
            select kind as "kind!", id as "id!", name_en as "name_en!", name_zh, page, text_en, text_zh, of_kind as "of_kind!"
            from numbered
            where place <= $5
            order by kind, place
        "#,
        at.revision,
        terms.tsquery(),
        kind.map(ResultKind::word),
        MAX_COUNTED,
        limit,
        at.known_on,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(HitRow {
                kind: read::word(&row.kind)?,
                named: Named::new(row.id, row.name_en, row.name_zh),
                page: row.page,
                text: Bilingual::new(row.text_en, row.text_zh),
                of_kind: row.of_kind,
            })
        })
        .collect()
}

impl Cached for Vocabulary {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let names: Vec<String> = sqlx::query_scalar!(
            r#"
                select name as "name!"
                from (
                    select name_en, name_zh from entity where valid @> $1::int
                    union all
                    select name_en, name_zh from indicator where valid @> $1
                    union all
                    select name_en, name_zh from program
                    where valid @> $1 and ($2::date is null or source_id in (select known from known_sources($1, $2) known))
                    union all
                    select name_en, name_zh from person
                    where valid @> $1 and ($2::date is null or source_id in (select known from known_sources($1, $2) known))
                    union all
                    select name_en, name_zh from producer where valid @> $1
                    union all
                    select title_en, title_zh from event
                    where valid @> $1 and ($2::date is null or source_id in (select known from known_sources($1, $2) known))
                ) named
                cross join lateral unnest(array[name_en, name_zh]) as name
                where name is not null
            "#,
            at.revision,
            at.known_on,
        )
        .fetch_all(db)
        .await?;
        let sorted_out =
            tokio::task::spawn_blocking(move || Vocabulary::of(names.iter().map(String::as_str)));
        sorted_out.await.map_err(|error| sqlx::Error::Io(std::io::Error::other(error)))
    }

    fn bytes(&self) -> usize {
        self.bytes()
    }
}

/// Finds rows with an amount of money: subsidies, programme caps (in yuan) and events, at most `limit` of each.
pub async fn with_amount(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    amount: Decimal,
    currency: Option<&str>,
    limit: i64,
) -> sqlx::Result<Vec<HitRow>> {
    let rows = sqlx::query!(
        r#"
            (select 'subsidy' as "kind!", b.id as "id!", coalesce(r.name_en, p.name_en, j.name_en, b.id) as "name_en!",
                    case when r.id is null then coalesce(p.name_zh, j.name_zh) else r.name_zh end as name_zh, b.note_en as text_en, b.note_zh as text_zh
             from subsidy b
             left join entity  r on r.id = b.recipient_org_id and r.valid @> $1::int
             left join program p on p.id = b.program_id       and p.valid @> $1
             left join entity  j on j.id = b.jurisdiction     and j.valid @> $1
             where b.valid @> $1 and (b.amount = $2::numeric or b.amount_high = $2) and coalesce($3::text, b.currency) = b.currency
               and ($5::date is null or b.source_id in (select known from known_sources($1, $5) known))
             order by b.id limit $4)
            union all
            (select 'program', id, name_en, name_zh, coalesce(amount_note_en, objective_en), coalesce(amount_note_zh, objective_zh)
             from program where valid @> $1 and max_amount_cny = $2 and coalesce($3, 'CNY') = 'CNY'
               and ($5::date is null or source_id in (select known from known_sources($1, $5) known))
             order by id limit $4)
            union all
            (select 'event', id, title_en, title_zh, note_en, note_zh
             from event where valid @> $1 and amount = $2 and coalesce($3, currency) = currency
               and ($5::date is null or source_id in (select known from known_sources($1, $5) known))
             order by id limit $4)
        "#,
        at.revision,
        amount,
        currency,
        limit,
        at.known_on,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(HitRow {
                kind: read::word(&row.kind)?,
                named: Named::new(row.id, row.name_en, row.name_zh),
                page: None,
                text: Bilingual::new(row.text_en, row.text_zh),
                of_kind: 1,
            })
        })
        .collect()
}

/// Lists pages of a noun by id, with the day on which their data last changed.
pub async fn pages(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    noun: Noun,
    skip: i64,
    most: i64,
) -> sqlx::Result<Vec<(String, NaiveDate)>> {
    let only = match noun {
        Noun::Places => "and page.kind in ('region', 'country', 'province', 'city', 'district')",
        _ => "",
    };
    let statement = format!(
        "select page.id, (r.published_at at time zone 'utc')::date
         from {table} page
         join revision r on r.number = page.since
         where page.valid @> $1 {only}
         order by page.id
         offset $2 limit $3",
        table = noun.table()
    );
    // The table and the condition are constants of this program.
    sqlx::query_as(AssertSqlSafe(statement)).bind(at.revision).bind(skip).bind(most).fetch_all(db).await
}
