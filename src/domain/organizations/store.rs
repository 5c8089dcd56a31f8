//! SQL statements about organizations, apps, people and statements.

use sqlx::{PgExecutor, PgPool};

use super::{
    index::{AppOwners, Listed, OrganizationEntry, OrganizationIndex},
    model::{App, Mention, Organization, Person, PudongStatus, Statement},
};
use crate::{
    db::read,
    domain::{
        listing::{Shared, facet::month_number},
        revisions::{Cached, ReadAt},
        sources::store::cited,
    },
    text::{Bilingual, Named, PartialDate},
};

impl Cached for OrganizationIndex {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let rows = sqlx::query!(
            r#"
                select id, kind, pudong_status, pudong_status_date::text as status_date, hq_entity,
                       ticker is not null as "listed!"
                from organization
                where valid @> $1::int and ($2::date is null or source_id in (select known from known_sources($1, $2) known))
            "#,
            at.revision,
            at.known_on,
        )
        .fetch_all(db)
        .await?;
        let mut seats = Shared::default();
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            let status_date: Option<PartialDate> = read::date(row.status_date)?;
            entries.push(OrganizationEntry {
                id: row.id.into(),
                kind: read::word(&row.kind)?,
                pudong: row.pudong_status.as_deref().map_or(Ok(PudongStatus::Unknown), read::word)?,
                seat: row.hq_entity.map(|seat| seats.number(seat)),
                listed: if row.listed { Listed::Yes } else { Listed::No },
                status_month: status_date.map(|date| month_number(date) as u32),
            });
        }
        Ok(OrganizationIndex::new(entries, seats.into_values()))
    }

    fn bytes(&self) -> usize {
        self.entries.bytes(40)
    }
}

impl Cached for AppOwners {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "select e.id, o.id
             from entity e join organization o on o.id = e.parent_id and o.valid @> $1::int
             where e.valid @> $1 and e.kind in ('app', 'work')",
        )
        .bind(at.revision)
        .fetch_all(db)
        .await?;
        Ok(AppOwners(rows.into_iter().collect()))
    }

    fn bytes(&self) -> usize {
        self.0.len() * 120
    }
}

/// Ids of the organizations that contain a term in their names, tickers or notes, or in the names of one of their apps.
pub async fn with_term(db: impl PgExecutor<'_>, at: ReadAt, term: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
            select array(
                select id from organization where valid @> $1::int and search @@ $2::text::tsquery
                union all
                select organization_id from app where valid @> $1 and search @@ $2::text::tsquery
                  and ts_filter(search, '{a}') @@ $2::text::tsquery
            ) as "ids!"
        "#,
        at.revision,
        term,
    )
    .fetch_one(db)
    .await
}

/// Reads the organizations, apps, people and statements that cite a source, in that order, at most `limit`.
pub async fn by_source(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    source: &str,
    limit: Option<i64>,
) -> sqlx::Result<Vec<Mention>> {
    let rows = sqlx::query!(
        r#"
            select 'organization' as "kind!", id as "id!", name_en as "name_en!", name_zh, pudong_status_date::text as date,
                   note_en as text_en, note_zh as text_zh, 1 as rank
            from organization where valid @> $1::int and source_id = $2
            union all
            select 'app', id, name_en, name_zh, launched_on::text, note_en, note_zh, 2
            from app where valid @> $1 and source_id = $2
            union all
            select 'person', id, name_en, name_zh, null, role_en, role_zh, 3
            from person where valid @> $1 and source_id = $2
            union all
            select 'statement', s.id, e.name_en, e.name_zh, s.made_on::text, s.statement_en, s.statement_zh, 4
            from statement s join entity e on e.id = s.entity and e.valid @> $1
            where s.valid @> $1 and s.source_id = $2
            order by rank, 2
            limit $3
        "#,
        at.revision,
        source,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Mention {
                kind: read::word(&row.kind)?,
                named: Named::new(row.id, row.name_en, row.name_zh),
                date: read::date(row.date)?,
                text: Bilingual::new(row.text_en, row.text_zh),
            })
        })
        .collect()
}

/// Criteria for reading organizations. Unset fields do not restrict.
#[derive(Clone, Copy, Debug, Default)]
pub struct OrganizationSelector<'a> {
    pub ids: Option<&'a [String]>,
    /// Maximum number of rows.
    pub limit: Option<i64>,
}

/// Reads the selected organizations, by English name.
pub async fn select(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    filter: OrganizationSelector<'_>,
) -> sqlx::Result<Vec<Organization>> {
    let rows = sqlx::query!(
        r#"
            select o.id, o.name_en, o.name_zh, o.kind, o.parent_id, p.name_en as "parent_en?", p.name_zh as "parent_zh?",
                   o.hq_entity, h.name_en as "seat_en?", h.name_zh as "seat_zh?", o.pudong_status,
                   o.pudong_status_date::text as pudong_status_date, o.ticker, o.founded::text as founded, o.website,
                   o.note_en, o.note_zh, o.aliases,
                   s.id as source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.publisher_zh,
                   s.published_on::text as published_on, s.url, s.language, s.official
            from organization o
            join source s on s.id = o.source_id and s.valid @> $1::int
            left join organization p on p.id = o.parent_id and p.valid @> $1
            left join entity       h on h.id = o.hq_entity and h.valid @> $1
            where o.valid @> $1
              and known_by(s.published_on, $4::date)
              and ($2::text[] is null or o.id = any ($2))
            order by o.name_en, o.id
            limit $3
        "#,
        at.revision,
        filter.ids,
        filter.limit,
        at.known_on,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Organization {
                named: Named::new(row.id, row.name_en, row.name_zh),
                kind: read::word(&row.kind)?,
                parent: Named::joined(row.parent_id, row.parent_en, row.parent_zh),
                seat: Named::joined(row.hq_entity, row.seat_en, row.seat_zh),
                pudong: row.pudong_status.as_deref().map_or(Ok(PudongStatus::Unknown), read::word)?,
                pudong_date: read::date(row.pudong_status_date)?,
                ticker: row.ticker,
                founded: read::date(row.founded)?,
                website: row.website,
                source: cited!(row),
                note: Bilingual::new(row.note_en, row.note_zh),
                aliases: row.aliases,
            })
        })
        .collect()
}

/// Reads one organization. `None` if the revision has no such id.
pub async fn find(db: impl PgExecutor<'_>, at: ReadAt, id: &str) -> sqlx::Result<Option<Organization>> {
    let ids = [id.to_owned()];
    Ok(select(db, at, OrganizationSelector { ids: Some(&ids), ..OrganizationSelector::default() })
        .await?
        .pop())
}

/// Reads the apps of some operators, or all apps.
pub async fn apps(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    operators: Option<&[String]>,
) -> sqlx::Result<Vec<App>> {
    let rows = sqlx::query!(
        r#"
            select a.id, a.name_en, a.name_zh, a.organization_id, o.name_en as operator_en, o.name_zh as operator_zh,
                   a.launched_on::text as launched_on, a.markets_en, a.markets_zh, a.note_en, a.note_zh,
                   s.id as source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.publisher_zh,
                   s.published_on::text as published_on, s.url, s.language, s.official
            from app a
            join organization o on o.id = a.organization_id and o.valid @> $1::int
            join source s on s.id = a.source_id and s.valid @> $1
            where a.valid @> $1 and known_by(s.published_on, $3::date) and ($2::text[] is null or a.organization_id = any ($2))
            order by a.name_en, a.id
        "#,
        at.revision,
        operators,
        at.known_on,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(App {
                named: Named::new(row.id, row.name_en, row.name_zh),
                operator: Named::new(row.organization_id, row.operator_en, row.operator_zh),
                launched_on: read::date(row.launched_on)?,
                markets: Bilingual::new(row.markets_en, row.markets_zh),
                source: cited!(row),
                note: Bilingual::new(row.note_en, row.note_zh),
            })
        })
        .collect()
}

/// Ids of the subjects of observations that belong to an organization: itself, its apps, and apps known only from observations.
pub async fn subjects(db: impl PgExecutor<'_>, at: ReadAt, id: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
            select id as "id!" from entity where valid @> $1::int and (id = $2 or (parent_id = $2 and kind in ('app', 'work')))
            union
            select id from app where valid @> $1 and organization_id = $2
        "#,
        at.revision,
        id,
    )
    .fetch_all(db)
    .await
}

/// An entity below an organization: a subsidiary, an app, a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Descendant {
    pub named: Named,
    pub parent: String,
    /// Whether it is an organization with a profile of its own.
    pub is_organization: bool,
    /// Whether it is an app or a work.
    pub is_app: bool,
}

/// Reads everything below an organization by the parents of entities, parents before their children.
pub async fn descendants(db: impl PgExecutor<'_>, at: ReadAt, id: &str) -> sqlx::Result<Vec<Descendant>> {
    let rows = sqlx::query!(
        r#"
            with recursive below as (
                select id, parent_id, kind, name_en, name_zh, 1 as depth
                from entity where valid @> $1::int and parent_id = $2
                union all
                select e.id, e.parent_id, e.kind, e.name_en, e.name_zh, b.depth + 1
                from entity e join below b on e.parent_id = b.id
                where e.valid @> $1 and b.depth < 20
            )
            select id as "id!", parent_id as "parent!", kind in ('app', 'work') as "is_app!", name_en as "name_en!", name_zh,
                   exists (select from organization o where o.id = below.id and o.valid @> $1) as "is_organization!"
            from below order by depth, name_en, id
        "#,
        at.revision,
        id,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Descendant {
            named: Named::new(row.id, row.name_en, row.name_zh),
            parent: row.parent,
            is_organization: row.is_organization,
            is_app: row.is_app,
        })
        .collect())
}

/// Reads the people quoted in office at an organization, or all of them.
pub async fn people(db: impl PgExecutor<'_>, at: ReadAt, id: Option<&str>) -> sqlx::Result<Vec<Person>> {
    let rows = sqlx::query!(
        r#"
            select p.id, p.name_en, p.name_zh, p.organization_id, o.name_en as "organization_en?", o.name_zh as "organization_zh?",
                   p.role_en, p.role_zh, p.note_en, p.note_zh,
                   s.id as source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.publisher_zh,
                   s.published_on::text as published_on, s.url, s.language, s.official
            from person p
            join source s on s.id = p.source_id and s.valid @> $1::int
            left join organization o on o.id = p.organization_id and o.valid @> $1
            where p.valid @> $1 and known_by(s.published_on, $3::date) and ($2::text is null or p.organization_id = $2)
            order by p.name_en, p.id
        "#,
        at.revision,
        id,
        at.known_on,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Person {
                named: Named::new(row.id, row.name_en, row.name_zh),
                organization: Named::joined(row.organization_id, row.organization_en, row.organization_zh),
                role: Bilingual::new(Some(row.role_en), Some(row.role_zh)),
                source: cited!(row),
                note: Bilingual::new(row.note_en, row.note_zh),
            })
        })
        .collect()
}

/// Reads statements about a place or an organization or by its people, or all statements, latest first.
pub async fn statements(
    db: impl PgExecutor<'_>,
    at: ReadAt,
    entity: Option<&str>,
) -> sqlx::Result<Vec<Statement>> {
    let rows = sqlx::query!(
        r#"
            select t.id, t.entity, e.name_en as entity_en, e.name_zh as entity_zh, t.topic, t.made_on::text as made_on,
                   t.statement_en, t.statement_zh, t.person_id, p.name_en as "person_en?", p.name_zh as "person_zh?",
                   p.role_en as "role_en?", p.role_zh as "role_zh?",
                   s.id as source_id, s.title as source_title, s.title_en as source_title_en, s.publisher, s.publisher_zh,
                   s.published_on::text as published_on, s.url, s.language, s.official
            from statement t
            join entity e on e.id = t.entity    and e.valid @> $1::int
            join source s on s.id = t.source_id and s.valid @> $1
            left join person p on p.id = t.person_id and p.valid @> $1
            where t.valid @> $1 and known_by(s.published_on, $3::date) and ($2::text is null or t.entity = $2 or p.organization_id = $2)
            order by t.made_on::text desc nulls last, t.id
        "#,
        at.revision,
        entity,
        at.known_on,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let person = Named::joined(row.person_id, row.person_en, row.person_zh);
            Ok(Statement {
                id: row.id,
                entity: Named::new(row.entity, row.entity_en, row.entity_zh),
                person: person.map(|person| (person, Bilingual::new(row.role_en, row.role_zh))),
                topic: read::word(&row.topic)?,
                made_on: read::date(row.made_on)?,
                text: Bilingual::new(Some(row.statement_en), Some(row.statement_zh)),
                source: cited!(row),
            })
        })
        .collect()
}
