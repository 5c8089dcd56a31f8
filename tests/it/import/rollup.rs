//! Derived data stored at publication matches what is computed from the figures, for every revision.

use std::collections::BTreeMap;

use observatory::{
    domain::{
        disagreements::model::of_indicator,
        indicators,
        observations::{
            inventory,
            model::Observation,
            store::{self, ObservationSelector},
        },
        revisions::ReadAt,
    },
    import::{self},
};
use sqlx::PgPool;

use crate::support::{data::Folder, published};

/// Returns the rows in which the results of two statements differ; `$1` is the revision.
async fn difference(db: &PgPool, stored: &str, computed: &str, revision: i32) -> i64 {
    let (only_stored, only_computed) =
        (format!("{stored} except {computed}"), format!("{computed} except {stored}"));
    let count = format!(
        "select (select count(*) from ({only_stored}) a) + (select count(*) from ({only_computed}) b)"
    );
    sqlx::query_scalar(sqlx::AssertSqlSafe(count)).bind(revision).fetch_one(db).await.unwrap()
}

async fn assert_rolled_up(db: &PgPool, revision: i32) {
    let series = difference(
        db,
        "select indicator_id, entity, producer, figures, headlines, last_day from rollup.series where valid @> $1",
        "select indicator_id, entity, producer, count(*)::int, (count(*) filter (where headline))::int, \
                coalesce(max(period_end) filter (where headline), max(period_end)) \
         from observation where valid @> $1 group by 1, 2, 3",
        revision,
    );
    assert_eq!(series.await, 0, "series of revision {revision}");
    let coverage = difference(
        db,
        "select indicator_id, figures, sources from rollup.coverage where valid @> $1",
        "select indicator_id, count(*)::int, count(distinct source_id)::int from observation where valid @> $1 group by 1",
        revision,
    );
    assert_eq!(coverage.await, 0, "coverage of revision {revision}");
}

/// Computes the contradictions between figures, by indicator.
async fn contradictions(
    db: &PgPool,
    revision: i32,
    filter: ObservationSelector<'_>,
) -> Vec<(String, usize, usize)> {
    let mut figures: BTreeMap<String, Vec<Observation>> = BTreeMap::new();
    for row in store::select(db, ReadAt::whole(revision), filter).await.unwrap() {
        figures.entry(row.indicator_id).or_default().push(row.observation);
    }
    let indicators = indicators::store::list(db, ReadAt::whole(revision)).await.unwrap();
    let counts = indicators.iter().filter_map(|indicator| {
        let (puzzles, differing) = of_indicator(indicator, figures.get(&indicator.named.id)?);
        Some((indicator.named.id.clone(), puzzles.len(), differing.len()))
    });
    counts.filter(|(_, puzzles, cases)| puzzles + cases > 0).collect()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn no_contradiction_of_the_shipped_data_is_missed(db: PgPool) {
    published(&db).await;
    assert_rolled_up(&db, 1).await;
    let keys = inventory::store::differing(&db, ReadAt::whole(1)).await.unwrap();
    let found = contradictions(&db, 1, ObservationSelector { keys: Some(&keys), ..Default::default() }).await;
    assert_eq!(found, contradictions(&db, 1, ObservationSelector::default()).await);
    assert!(!found.is_empty());
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn each_revision_keeps_its_own(db: PgPool) {
    let folder = Folder::small();
    let publish = || async {
        import::publish(&db, &folder.open(), crate::support::noted()).await.unwrap();
    };
    publish().await;
    // One row added, one moved to another producer, one removed.
    folder.append(
        "observations.csv",
        "market,china,2023-01-01,2023-12-31,bureau,50500000000,,exact,,yes,paper-2025,,\n",
    );
    publish().await;
    folder.replace(
        "observations.csv",
        "bureau,50500000000,,estimate,,yes,paper-2025",
        "echo,50500000000,,estimate,,,paper-2025",
    );
    publish().await;
    folder.replace(
        "observations.csv",
        "share,china,2025-12-05,2025-12-05,bureau,34.9,,forecast,,,paper-2025,,,\n",
        "",
    );
    publish().await;
    for revision in 1..=4 {
        assert_rolled_up(&db, revision).await;
    }
    let differing: Vec<(String, String)> =
        sqlx::query_as("select entity, valid::text from rollup.differing order by since")
            .fetch_all(&db)
            .await
            .unwrap();
    assert_eq!(differing, [("china".to_owned(), "[1,)".to_owned())], "2025 has two values all along");
}
