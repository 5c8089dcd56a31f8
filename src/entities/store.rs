//! Every SQL statement about places.

use sqlx::PgExecutor;

use super::model::{Entity, Place, Places};
use crate::{
    db::read,
    text::{Bilingual, Named},
};

/// Every place of a revision.
pub async fn places(db: impl PgExecutor<'_>, revision: i32) -> sqlx::Result<Places> {
    let rows = sqlx::query!(
        r#"
            select id, name_en, name_zh, kind, parent_id, note_en, note_zh
            from entity
            where valid @> $1::int and kind in ('region', 'country', 'province', 'city', 'district')
        "#,
        revision,
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
            })
        })
        .collect()
}

/// How much is known of each place itself, not of those in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub place: String,
    pub programs: i64,
    pub subsidies: i64,
    pub organizations: i64,
    pub events: i64,
    pub figures: i64,
}

/// Counts of what is known of places, for those of which anything is.
pub async fn known(db: impl PgExecutor<'_>, revision: i32) -> sqlx::Result<Vec<Known>> {
    sqlx::query_as!(
        Known,
        r#"
            select place as "place!",
                   count(*) filter (where what = 'program')      as "programs!",
                   count(*) filter (where what = 'subsidy')      as "subsidies!",
                   count(*) filter (where what = 'organization') as "organizations!",
                   count(*) filter (where what = 'event')        as "events!",
                   count(*) filter (where what = 'figure')       as "figures!"
            from (
                select jurisdiction as place, 'program' as what from program      where valid @> $1::int
                union all
                select jurisdiction,          'subsidy'         from subsidy      where valid @> $1
                union all
                select hq_entity,             'organization'    from organization where valid @> $1
                union all
                select jurisdiction,          'event'           from event        where valid @> $1
                union all
                select entity,                'figure'          from observation  where valid @> $1
            ) fact
            where place is not null
            group by place
        "#,
        revision,
    )
    .fetch_all(db)
    .await
}

/// Every name that a figure may be about: places, organizations, apps, works, groups; by id.
pub async fn entities(db: impl PgExecutor<'_>, revision: i32) -> sqlx::Result<Vec<Entity>> {
    let rows = sqlx::query!(
        r#"
            select id, name_en, name_zh, kind, parent_id, note_en, note_zh
            from entity
            where valid @> $1::int
            order by id
        "#,
        revision,
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
        })
        .collect())
}
