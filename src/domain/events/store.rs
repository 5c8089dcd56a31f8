//! SQL statements about events.

use sqlx::{PgExecutor, PgPool};

use super::{index::Chronicle, model::Event};
use crate::{
    db::read,
    domain::{
        revisions::{Cached, ReadAt},
        sources::store::cited,
    },
    text::{Bilingual, Named},
};

impl Cached for Chronicle {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        Ok(Chronicle::new(select(db, at, EventSelector::default()).await?))
    }

    fn bytes(&self) -> usize {
        // Titles, notes, a source and one or two names.
        self.events.bytes(2000)
    }
}

/// Criteria for reading events. Unset fields do not restrict.
#[derive(Clone, Copy, Debug, Default)]
pub struct EventSelector<'a> {
    pub id: Option<&'a str>,
    pub ids: Option<&'a [String]>,
    pub source: Option<&'a str>,
    pub program: Option<&'a str>,
    pub organization: Option<&'a str>,
    pub place: Option<&'a str>,
    /// Maximum number of rows.
    pub limit: Option<i64>,
}

/// Reads the selected events, latest first.
pub async fn select(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    filter: EventSelector<'_>,
) -> sqlx::Result<Vec<Event>> {
    let rows = sqlx::query!(
        r#"
            select v.id, v.date::text as "date!", v.title_en, v.title_zh, v.kind, v.note_en, v.note_zh,
                   v.amount::numeric as amount, v.currency,
                   v.jurisdiction, j.name_en as "place_en?", j.name_zh as "place_zh?",
                   array(select l.organization_id from event_organization l
                         where l.event_id = v.id and l.valid @> $1 order by l.position) as "organization_ids!",
                   array(select o.name_en from event_organization l join organization o on o.id = l.organization_id and o.valid @> $1
                         where l.event_id = v.id and l.valid @> $1 order by l.position) as "organizations_en!",
                   array(select coalesce(o.name_zh, '') from event_organization l join organization o on o.id = l.organization_id and o.valid @> $1
                         where l.event_id = v.id and l.valid @> $1 order by l.position) as "organizations_zh!",
                   array(select l.program_id from event_program l
                         where l.event_id = v.id and l.valid @> $1 order by l.position) as "program_ids!",
                   array(select p.name_en from event_program l join program p on p.id = l.program_id and p.valid @> $1
                         where l.event_id = v.id and l.valid @> $1 order by l.position) as "programs_en!",
                   array(select p.name_zh from event_program l join program p on p.id = l.program_id and p.valid @> $1
                         where l.event_id = v.id and l.valid @> $1 order by l.position) as "programs_zh!",
                   s.id as source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.publisher_zh,
                   s.published_on::text as published_on, s.url, s.language, s.official
            from event v
            join source s on s.id = v.source_id and s.valid @> $1::int
            left join entity j on j.id = v.jurisdiction and j.valid @> $1
            where v.valid @> $1
              and known_by(s.published_on, $9::date)
              and ($2::text is null or v.source_id = $2)
              and ($3::text is null or v.id = $3)
              and ($4::text is null or exists (
                    select from event_program l where l.event_id = v.id and l.program_id = $4 and l.valid @> $1))
              and ($5::text is null or exists (
                    select from event_organization l where l.event_id = v.id and l.organization_id = $5 and l.valid @> $1))
              and ($6::text is null or v.jurisdiction = $6)
              and ($8::text[] is null or v.id = any ($8))
            order by first_day(v.date) desc, v.date::text desc, v.id
            limit $7
        "#,
        at.revision,
        filter.source,
        filter.id,
        filter.program,
        filter.organization,
        filter.place,
        filter.limit,
        filter.ids,
        at.known_on,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Event {
                named: Named::new(row.id, row.title_en, Some(row.title_zh)),
                date: row.date.parse().map_err(|error: String| sqlx::Error::Decode(error.into()))?,
                kind: read::word(&row.kind)?,
                jurisdiction: Named::joined(row.jurisdiction, row.place_en, row.place_zh),
                organizations: read::named(row.organization_ids, row.organizations_en, row.organizations_zh),
                programs: read::named(row.program_ids, row.programs_en, row.programs_zh),
                amount: row.amount.zip(row.currency),
                source: cited!(row),
                note: Bilingual::new(row.note_en, row.note_zh),
            })
        })
        .collect()
}

/// Ids of the events whose title or note contains a term (see [`crate::domain::text_search::terms`]).
pub async fn with_term(db: impl PgExecutor<'_>, at: ReadAt, term: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
            select array(
                select id from event where valid @> $1::int and search @@ $2::text::tsquery
            ) as "ids!"
        "#,
        at.revision,
        term,
    )
    .fetch_one(db)
    .await
}
