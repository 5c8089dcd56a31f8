//! What was known on a day, as SQL decides it, compared with the dates of the sources read by the program.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use observatory::{
    domain::{
        observations::{
            inventory::Inventory,
            query::{ObservationFilter, Position},
            store::{self, MeasuredObservation, ObservationSelector},
        },
        revisions::{Cached, ReadAt, store::PublicationDays},
    },
    text::PartialDate,
};
use sqlx::PgPool;

use crate::support;

/// Whether an observation was known on a day, by the rule in words: its source is dated, and the whole of its date has passed.
fn known(row: &MeasuredObservation, day: NaiveDate) -> bool {
    row.observation.source.published_on.is_some_and(|published| published.last_day() <= day)
}

fn key(row: &MeasuredObservation) -> Position {
    Position::of(&row.indicator_id, &row.observation)
}

async fn everything(db: &PgPool, at: ReadAt) -> Vec<MeasuredObservation> {
    store::select(db, at, ObservationSelector::default()).await.unwrap()
}

/// A dozen days over all the time in which sources were published.
async fn days(db: &PgPool) -> Vec<NaiveDate> {
    let dates: Vec<Option<String>> =
        sqlx::query_scalar("select distinct published_on::text from source order by 1")
            .fetch_all(db)
            .await
            .unwrap();
    let dates = dates.into_iter().flatten().map(|date| date.parse::<PartialDate>().unwrap().last_day());
    let dates: BTreeSet<NaiveDate> = dates.collect();
    let every = dates.len() / 10;
    let chosen = dates.iter().step_by(every).chain(dates.last());
    // The eve of a day too: what is dated by the day is not known yet.
    chosen.flat_map(|day| [*day, *day - Days::new(1)]).collect()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn postgres_and_the_program_agree_when_a_date_has_passed(db: PgPool) {
    let days = ["2023-12-31", "2024-01-01", "2024-02-28", "2024-02-29", "2024-12-30", "2024-12-31"];
    let dates = ["2023", "2023-12", "2024", "2024-02", "2024-02-29", "2024-12-31"];
    for day in days {
        let day: NaiveDate = day.parse().unwrap();
        for date in dates {
            let known: bool = sqlx::query_scalar("select known_by($1::text::partial_date, $2)")
                .bind(date)
                .bind(day)
                .fetch_one(&db)
                .await
                .unwrap();
            assert_eq!(known, date.parse::<PartialDate>().unwrap().last_day() <= day, "{date} on {day}");
        }
    }
    let undated: (bool, bool) = sqlx::query_as("select known_by(null, '9999-12-31'), known_by(null, null)")
        .fetch_one(&db)
        .await
        .unwrap();
    assert_eq!(undated, (false, true));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_same_observations_are_known_in_every_statement(db: PgPool) {
    support::published(&db).await;
    let all = everything(&db, ReadAt::whole(1)).await;
    let publications = PublicationDays::read(&db, ReadAt::whole(1)).await.unwrap();
    for day in days(&db).await {
        let at = ReadAt { revision: 1, known_on: Some(day) };
        let rows = everything(&db, at).await;
        let expected: BTreeSet<Position> = all.iter().filter(|row| known(row, day)).map(key).collect();
        assert_eq!(rows.iter().map(key).collect::<BTreeSet<_>>(), expected, "{day}");
        assert_eq!(rows.len(), expected.len());
        // On all days between two publications the same is known.
        let latest = publications.until(day);
        if let Some(latest) = latest {
            assert_eq!(everything(&db, ReadAt { known_on: Some(latest), ..at }).await, rows, "{day}");
        }

        let mut series: BTreeMap<(String, String, String), (u32, u32)> = BTreeMap::new();
        for row in &rows {
            let own = row.observation.clone();
            let counts =
                series.entry((row.indicator_id.clone(), own.entity.id, own.producer.named.id)).or_default();
            counts.0 += 1;
            counts.1 += u32::from(own.headline);
        }
        let inventory = Inventory::read(&db, at).await.unwrap();
        let counted: BTreeMap<_, _> = inventory
            .series()
            .map(|row| {
                let key = (row.indicator.to_owned(), row.entity.to_owned(), row.producer.to_owned());
                (key, (row.figures, row.headlines))
            })
            .collect();
        assert_eq!(counted, series, "{day}");
        assert_eq!(
            inventory.entities().map(|named| &named.id).collect::<BTreeSet<_>>(),
            series.keys().map(|(_, entity, _)| entity).collect(),
            "{day}"
        );

        let (_, pairs) = inventory.pairs(|_, _, _| true);
        for headline_only in [false, true] {
            let filter = ObservationFilter { headline_only, ..ObservationFilter::default() };
            let page = store::page(&db, at, &pairs, &filter, None, 10_000).await.unwrap();
            let wanted = rows.iter().filter(|row| row.observation.headline || !headline_only).map(key);
            assert_eq!(page.iter().map(key).collect::<BTreeSet<_>>(), wanted.collect(), "{day}");
        }
    }
}

/// A group in which one figure at most is drawn by default: indicator, entity, producer and period.
type Group = (String, String, String, NaiveDate, NaiveDate);

fn group(row: &MeasuredObservation) -> Group {
    let (own, period) = (&row.observation, row.observation.period);
    let producer = own.producer.named.id.clone();
    (row.indicator_id.clone(), own.entity.id.clone(), producer, period.start, period.end)
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_is_drawn_by_default_is_chosen_from_what_was_known(db: PgPool) {
    support::published(&db).await;
    let all = everything(&db, ReadAt::whole(1)).await;
    let chosen: BTreeMap<Group, &MeasuredObservation> =
        all.iter().filter(|row| row.observation.headline).map(|row| (group(row), row)).collect();
    let mut replaced = 0;
    for day in days(&db).await {
        let rows = everything(&db, ReadAt { revision: 1, known_on: Some(day) }).await;
        let mut drawn: BTreeMap<Group, Vec<&MeasuredObservation>> = BTreeMap::new();
        let mut usable: BTreeSet<Group> = BTreeSet::new();
        for row in &rows {
            let group = group(row);
            if row.observation.headline {
                drawn.entry(group.clone()).or_default().push(row);
            }
            if !row.observation.outlier {
                usable.insert(group);
            }
        }
        for (group, rows) in &drawn {
            assert_eq!(rows.len(), 1, "{group:?} on {day}");
            match chosen.get(group) {
                // The rule gives the column wherever the column's own row was known.
                Some(own) if known(own, day) => assert_eq!(key(rows[0]), key(own), "{group:?} on {day}"),
                Some(_) => replaced += 1,
                None => assert_eq!(rows[0].observation.qualifier.status(), "forecast", "{group:?} on {day}"),
            }
        }
        for group in chosen.keys().filter(|group| usable.contains(group)) {
            assert!(drawn.contains_key(group), "nothing is drawn of {group:?} on {day}");
        }
    }
    assert!(replaced > 10, "{replaced}");
}

/// A forecast that was overtaken is drawn until the day on which it was.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn an_overtaken_forecast_is_drawn_until_then(db: PgPool) {
    support::published(&db).await;
    let keys = [("domestic-market-revenue".to_owned(), "china".to_owned())];
    let drawn = async |day: &str, period_end: &str| {
        let at = ReadAt { revision: 1, known_on: Some(day.parse().unwrap()) };
        let filter = ObservationSelector { keys: Some(&keys), headline_only: true, ..Default::default() };
        let rows = store::select(&db, at, filter).await.unwrap();
        let own = rows.into_iter().map(|row| row.observation).find(|row| {
            row.producer.named.id == "dataeye" && row.period.end == period_end.parse::<NaiveDate>().unwrap()
        });
        own.map(|row| (row.value.normalize().to_string(), row.source.published_on.unwrap().to_string()))
    };
    let figure = |value: &str, published: &str| Some((value.to_owned(), published.to_owned()));
    assert_eq!(drawn("2025-07-31", "2025-12-31").await, figure("63430000000", "2025-07"));
    assert_eq!(drawn("2025-09-30", "2025-12-31").await, figure("68000000000", "2025-09"));
    assert_eq!(drawn("2026-01-15", "2025-12-31").await, figure("100000000000", "2026-01-15"));
    assert_eq!(drawn("2026-01-31", "2025-12-31").await, figure("100000000000", "2026-01"));
    assert_eq!(drawn("2026-01-14", "2027-12-31").await, figure("85650000000", "2025-07"));
    assert_eq!(drawn("2026-01-15", "2027-12-31").await, None);
}
