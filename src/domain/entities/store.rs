//! SQL statements about places.

use std::collections::BTreeMap;

use sqlx::{PgExecutor, PgPool};

use super::{
    contents::Contents,
    known::{Known, PlaceCounts},
    model::{Entity, Place, Places},
};
use crate::{
    db::read,
    domain::revisions::{Cached, ReadAt},
    text::{Bilingual, Named},
};

impl Cached for Places {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        places(db, at).await
    }

    fn bytes(&self) -> usize {
        // Names, codes, note and tree overhead.
        self.len() * 480
    }
}

impl Cached for Contents {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let rows = sqlx::query!(
            r#"
                select entity_id as "outer_id!", member_id as "inner_id!" from entity_member where valid @> $1::int
                union all
                select parent_id, id from entity
                where valid @> $1 and parent_id is not null and kind in ('region', 'country', 'province', 'city', 'district')
            "#,
            at.revision,
        )
        .fetch_all(db)
        .await?;
        Ok(Contents::new(rows.into_iter().map(|row| (row.outer_id, row.inner_id))))
    }

    fn bytes(&self) -> usize {
        self.len() * 96
    }
}

/// Reads every place of a revision.
pub async fn places(db: impl PgExecutor<'_>, at: ReadAt) -> sqlx::Result<Places> {
    let rows = sqlx::query!(
        r#"
            select id, name_en, name_zh, kind, parent_id, note_en, note_zh, iso_3166, gbt_2260,
                   array(select m.member_id from entity_member m
                         where m.entity_id = entity.id and m.valid @> $1::int order by m.position) as "members!"
            from entity
            where valid @> $1::int and kind in ('region', 'country', 'province', 'city', 'district')
        "#,
        at.revision,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Place {
                named: Named::new(row.id, row.name_en, row.name_zh),
                kind: read::word(&row.kind)?,
                parent: row.parent_id,
                note: Bilingual::new(row.note_en, row.note_zh),
                iso_3166: row.iso_3166,
                gbt_2260: row.gbt_2260,
                members: row.members,
            })
        })
        .collect()
}

impl Cached for Known {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let rows = sqlx::query!(
            r#"
                select place as "place!",
                       count(*) filter (where what = 'program')      as "programs!",
                       count(*) filter (where what = 'subsidy')      as "subsidies!",
                       count(*) filter (where what = 'organization') as "organizations!",
                       count(*) filter (where what = 'event')        as "events!"
                from (
                    select jurisdiction as place, 'program' as what, source_id from program      where valid @> $1::int
                    union all
                    select jurisdiction,          'subsidy',         source_id from subsidy      where valid @> $1
                    union all
                    select hq_entity,             'organization',    source_id from organization where valid @> $1
                    union all
                    select jurisdiction,          'event',           source_id from event        where valid @> $1
                ) fact
                where place is not null and ($2::date is null or source_id in (select known from known_sources($1, $2) known))
                group by place
            "#,
            at.revision,
            at.known_on,
        )
        .fetch_all(db)
        .await?;
        let figures = sqlx::query!(
            r#"
                select entity as "entity!", indicator_id as "indicator_id!", sum(figures)::bigint as "count!"
                from (
                    select entity, indicator_id, figures from rollup.series where valid @> $1::int and $2::date is null
                    union all
                    select entity, indicator_id, 1 from observation
                    where valid @> $1 and $2 is not null and source_id in (select known from known_sources($1, $2) known)
                ) counted
                where entity in (
                    select id from entity
                    where valid @> $1 and kind in ('region', 'country', 'province', 'city', 'district'))
                group by entity, indicator_id
            "#,
            at.revision,
            at.known_on,
        )
        .fetch_all(db)
        .await?;
        let mut known: BTreeMap<String, PlaceCounts> = BTreeMap::new();
        for row in rows {
            let figures = BTreeMap::new();
            let (programs, subsidies, organizations) = (row.programs, row.subsidies, row.organizations);
            known.insert(
                row.place,
                PlaceCounts { programs, subsidies, organizations, events: row.events, figures },
            );
        }
        for row in figures {
            known.entry(row.entity).or_default().figures.insert(row.indicator_id, row.count);
        }
        Ok(known.into_iter().collect())
    }

    fn bytes(&self) -> usize {
        Known::bytes(self)
    }
}

/// Reads every possible subject of an observation (places, organizations, apps, works, groups), by id.
pub async fn entities(db: impl PgExecutor<'_>, at: ReadAt) -> sqlx::Result<Vec<Entity>> {
    let rows = sqlx::query!(
        r#"
            select id, name_en, name_zh, kind, parent_id, note_en, note_zh, iso_3166, gbt_2260,
                   array(select m.member_id from entity_member m
                         where m.entity_id = entity.id and m.valid @> $1::int order by m.position) as "members!"
            from entity
            where valid @> $1::int
            order by id
        "#,
        at.revision,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Entity {
            named: Named::new(row.id, row.name_en, row.name_zh),
            kind: row.kind,
            parent: row.parent_id,
            note: Bilingual::new(row.note_en, row.note_zh),
            iso_3166: row.iso_3166,
            gbt_2260: row.gbt_2260,
            members: row.members,
        })
        .collect())
}
