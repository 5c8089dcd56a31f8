//! Reads what is needed to check a text, and checks it.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::PgPool;

use super::{
    judge::{Held, judge},
    lexicon::{Contents, Lexicon},
    model::Claim,
    reading,
};
use crate::{
    domain::{
        entities::model::Places,
        indicators::index::IndicatorIndex,
        observations::{
            inventory::Inventory,
            store::{self, ObservationSelector, SeriesKey},
        },
        revisions::{Cached, ReadAt, Snapshot},
    },
    error::AppError,
};

impl Cached for Lexicon {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let indicators = IndicatorIndex::read(db, at).await?;
        let inventory = Inventory::read(db, at).await?;
        let places = Places::read(db, at).await?;
        let aliases: Vec<(String, Vec<String>)> = sqlx::query_as(
            "select id, aliases from organization where valid @> $1::int and cardinality(aliases) > 0",
        )
        .bind(at.revision)
        .fetch_all(db)
        .await?;
        let groups: Vec<String> =
            sqlx::query_scalar("select id from entity where valid @> $1::int and kind = 'group'")
                .bind(at.revision)
                .fetch_all(db)
                .await?;
        Ok(Lexicon::new(Contents {
            groups: groups.into_iter().collect(),
            indicators: indicators.all().to_vec(),
            places: places.all().map(|place| (place.named.clone(), place.parent.clone())).collect(),
            subjects: inventory.entities().filter(|named| places.get(&named.id).is_none()).cloned().collect(),
            producers: inventory.producers().cloned().collect(),
            aliases,
            series: inventory
                .series()
                .map(|series| (series.indicator.to_owned(), series.entity.to_owned()))
                .collect(),
        }))
    }

    fn bytes(&self) -> usize {
        Lexicon::bytes(self)
    }
}

/// Checks every number of a text against a snapshot.
pub async fn check(snapshot: &Snapshot, text: &str) -> Result<Vec<Claim>, AppError> {
    let lexicon = snapshot.cached::<Lexicon>().await?;
    let readings = reading::read(text, &lexicon);
    let keys: BTreeSet<SeriesKey> =
        readings.iter().flat_map(|reading| reading.scopes.iter().map(|scope| scope.key.clone())).collect();
    let keys: Vec<SeriesKey> = keys.into_iter().collect();
    let mut held: Held = BTreeMap::new();
    if !keys.is_empty() {
        let filter = ObservationSelector { keys: Some(&keys), ..ObservationSelector::default() };
        for row in store::select(&snapshot.db, snapshot.at, filter).await? {
            let key = (row.indicator_id, row.observation.entity.id.clone());
            held.entry(key).or_default().push(row.observation);
        }
    }
    Ok(readings.iter().map(|reading| judge(text, reading, &lexicon, &held)).collect())
}
