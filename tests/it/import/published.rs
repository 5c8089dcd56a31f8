//! One import creates one revision, and every revision stays readable.

use http_body_util::BodyExt;
use observatory::{
    domain::revisions,
    import::{self, Correction, DataSet, Error, Outcome, PublishOptions},
};
use sqlx::PgPool;

use crate::support::{data::Folder, import_shipped, shipped};

async fn publish(db: &PgPool, folder: &Folder) -> Outcome {
    import::publish(db, &folder.open(), crate::support::noted()).await.unwrap()
}

/// Returns table, added, changed, removed; tables without changes are omitted.
async fn changes(db: &PgPool, revision: i32) -> Vec<(String, i32, i32, i32)> {
    let changes = revisions::store::changes(db, revision).await.unwrap();
    changes.into_iter().map(|c| (c.table, c.added, c.changed, c.removed)).collect()
}

async fn values(db: &PgPool, revision: i32) -> Vec<String> {
    sqlx::query_scalar(
        "select concat_ws(' ', indicator_id, period_start, source_id, value, qualifier) from observation \
         where valid @> $1 order by indicator_id, period_start, source_id",
    )
    .bind(revision)
    .fetch_all(db)
    .await
    .unwrap()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_shipped_data_set_becomes_revision_1(db: PgPool) {
    assert_eq!(revisions::store::latest(&db).await.unwrap(), None);
    import_shipped(&db).await;
    let revision = revisions::store::latest(&db).await.unwrap().unwrap();
    assert_eq!((revision.number, revision.note), (1, None));

    let data = DataSet::open(&shipped()).unwrap();
    let checked = import::check(&data).unwrap();
    assert_eq!(revision.content_hash, checked.content_hash);
    for (file, rows) in import::spec::FILES.iter().zip(checked.rows) {
        let change = changes(&db, 1).await.into_iter().find(|(table, ..)| table == file.table);
        let rows = i32::try_from(rows).unwrap();
        assert_eq!(change, Some((file.table.to_owned(), rows, 0, 0)));
    }
    let again = import::publish(&db, &data, crate::support::noted()).await.unwrap();
    assert!(matches!(again, Outcome::Unchanged { revision: 1, .. }), "{again}");
    assert_eq!(revisions::store::list(&db).await.unwrap().len(), 1);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_cell_is_stored_as_it_is_written(db: PgPool) {
    publish(&db, &Folder::small()).await;
    let note: (String, rust_decimal::Decimal) =
        sqlx::query_as("select note_en, value from observation where basis = 'gross'")
            .fetch_one(&db)
            .await
            .unwrap();
    assert_eq!(note, ("Printed \"as is\", twice.".to_owned(), "67790000000.5".parse().unwrap()));
    let source: (Vec<String>, String, bool) =
        sqlx::query_as("select keywords, published_on::text, official from source where id = 'paper-2025'")
            .fetch_one(&db)
            .await
            .unwrap();
    assert_eq!(source, (vec!["出海".to_owned(), "短剧".to_owned()], "2025-12-08".to_owned(), false));
    let linked: Vec<String> = sqlx::query_scalar(
        "select program_id from event_program where event_id = 'opening' order by position",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    assert_eq!(linked, ["measure", "package"]);
    let bureau: Option<bool> = sqlx::query_scalar("select independent from producer where id = 'bureau'")
        .fetch_one(&db)
        .await
        .unwrap();
    assert_eq!(bureau, Some(true));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_past_state_stays_readable(db: PgPool) {
    let folder = Folder::small();
    let original = folder.text("observations.csv");
    publish(&db, &folder).await;
    let first = values(&db, 1).await;

    // One row changed, one removed, one added; the order of the rows has no effect.
    folder.replace("observations.csv", "34.9,,forecast", "35.1,,exact");
    folder.replace(
        "observations.csv",
        "market,china,2025-01-01,2025-12-31,echo,60000000000,70000000000,range,,,notice-2025,,",
        "share,china,2024-12-31,2024-12-31,echo,30,,exact,,,notice-2025,,",
    );
    let outcome = publish(&db, &folder).await;
    assert!(matches!(outcome, Outcome::Published { revision: 2, .. }), "{outcome}");
    assert_eq!(changes(&db, 2).await, [("observation".to_owned(), 1, 1, 1)]);
    assert_eq!(values(&db, 1).await, first);
    let second = values(&db, 2).await;
    assert!(second.contains(&"share 2025-12-05 paper-2025 35.1 exact".to_owned()), "{second:?}");

    // Back to the original: the removed row returns as a new version.
    folder.write("observations.csv", &original);
    publish(&db, &folder).await;
    assert_eq!(changes(&db, 3).await, [("observation".to_owned(), 1, 1, 1)]);
    assert_eq!(values(&db, 3).await, first);
    assert_eq!(values(&db, 2).await, second);
    let hashes: Vec<String> = revisions::store::list(&db)
        .await
        .unwrap()
        .into_iter()
        .map(|revision| revision.content_hash)
        .collect();
    assert_eq!(hashes[0], hashes[2]);
    assert_ne!(hashes[0], hashes[1]);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_order_of_rows_makes_no_revision(db: PgPool) {
    let folder = Folder::small();
    publish(&db, &folder).await;
    for file in import::spec::FILES.each_ref().map(|file| file.file) {
        let text = folder.text(file);
        let (header, rows) = text.split_once('\n').unwrap();
        let mut rows: Vec<&str> = rows.lines().collect();
        rows.reverse();
        folder.write(file, format!("{header}\n{}\n", rows.join("\n")));
    }
    assert!(matches!(publish(&db, &folder).await, Outcome::Unchanged { revision: 1, .. }));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_table_keeps_its_versions(db: PgPool) {
    let folder = Folder::small();
    publish(&db, &folder).await;
    folder.set("sources.csv", 2, "title", "微短剧");
    folder.set("entities.csv", 5, "note_en", "A studio.");
    folder.set("entities.csv", 5, "note_zh", "制作公司。");
    folder.set("programs.csv", 3, "status", "in-force");
    folder.set("events.csv", 2, "program_ids", "package;measure");
    folder.set("events.csv", 2, "organization_ids", "");
    folder.write("statements.csv", folder.text("statements.csv").lines().next().unwrap().to_owned() + "\n");
    publish(&db, &folder).await;
    let row = |table: &str, a, c, r| (table.to_owned(), a, c, r);
    assert_eq!(
        changes(&db, 2).await,
        [
            row("entity", 0, 1, 0),
            row("event_organization", 0, 0, 1),
            row("event_program", 0, 2, 0),
            row("program", 0, 1, 0),
            row("source", 0, 1, 0),
            row("statement", 0, 0, 1),
        ]
    );
    let known: i64 =
        sqlx::query_scalar("select count(*) from identity.statement").fetch_one(&db).await.unwrap();
    assert_eq!(known, 1, "a name that was published stays known");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_dry_run_reports_and_changes_nothing(db: PgPool) {
    let folder = Folder::small();
    publish(&db, &folder).await;
    folder.replace("observations.csv", "34.9,", "35.1,");
    let options = PublishOptions { dry_run: true, ..PublishOptions::default() };
    let outcome = import::publish(&db, &folder.open(), options).await.unwrap();
    insta::assert_snapshot!(outcome, @"
    observation                  0 added         1 changed         0 removed
        ~ share china 2025-12-05 2025-12-05 paper-2025
    would become revision 2: 0 rows added, 1 changed, 0 removed; nothing was changed
    ");
    assert_eq!(revisions::store::latest(&db).await.unwrap().unwrap().number, 1);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_note_says_what_a_revision_is_about(db: PgPool) {
    let options = PublishOptions {
        note: Some("First publication".to_owned()),
        reported: Some("A reader missed a figure".to_owned()),
        ..PublishOptions::default()
    };
    import::publish(&db, &Folder::small().open(), options).await.unwrap();
    let revision = revisions::store::get(&db, 1).await.unwrap().unwrap();
    assert_eq!(revision.note.as_deref(), Some("First publication"));
    assert_eq!(revision.reported.as_deref(), Some("A reader missed a figure"));
    let site = crate::support::empty_site(&db).await;
    for path in ["/en/data/revisions/1", "/api/v1/revisions"] {
        let body = crate::pages::send(&site, path).await.into_body().collect().await.unwrap().to_bytes();
        assert!(String::from_utf8_lossy(&body).contains("A reader missed a figure"), "{path}");
    }
    assert_eq!(revisions::store::get(&db, 2).await.unwrap(), None);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_refused_data_set_changes_nothing(db: PgPool) {
    let folder = Folder::small();
    publish(&db, &folder).await;
    let before = values(&db, 1).await;
    folder.set("observations.csv", 2, "value", "none");
    let refused = import::publish(&db, &folder.open(), crate::support::noted()).await;
    assert!(matches!(refused, Err(Error::Refused(_))));
    assert_eq!(revisions::store::list(&db).await.unwrap().len(), 1);
    assert_eq!(values(&db, 1).await, before);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn two_imports_at_once_make_one_revision(db: PgPool) {
    let (one, other) = (Folder::small(), Folder::small());
    let (one, other) = tokio::join!(publish(&db, &one), publish(&db, &other));
    let published = |outcome: &Outcome| matches!(outcome, Outcome::Published { revision: 1, .. });
    assert!(published(&one) != published(&other), "{one} / {other}");
    assert_eq!(revisions::store::list(&db).await.unwrap().len(), 1);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn listeners_are_notified_of_a_revision(db: PgPool) {
    let mut listener = sqlx::postgres::PgListener::connect_with(&db).await.unwrap();
    listener.listen("revision").await.unwrap();
    publish(&db, &Folder::small()).await;
    assert_eq!(listener.recv().await.unwrap().payload(), "1");
}

/// Readers are told why what was published is corrected or withdrawn. What is new needs no reason.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_correction_needs_a_note(db: PgPool) {
    let without =
        async |folder: &Folder| import::publish(&db, &folder.open(), PublishOptions::default()).await;
    let folder = Folder::small();
    assert!(matches!(without(&folder).await, Ok(Outcome::Published { revision: 1, .. })), "the first import");
    folder.append(
        "events.csv",
        "signing,2025-11-02,Signed,签约,agreement,shanghai-pudong,studio,measure;package,,,paper-2025,,\n",
    );
    assert!(matches!(without(&folder).await, Ok(Outcome::Published { revision: 2, .. })), "an addition");
    folder.replace("observations.csv", "50500000000,,estimate", "51000000000,,exact");
    folder.replace(
        "statements.csv",
        "said,studio,wang,market,2025-12-05,Growth goes on.,增长持续。,paper-2025\n",
        "",
    );
    folder.replace(
        "events.csv",
        "Opened,开业,opening,shanghai-pudong,studio,measure;package",
        "Opened,开业,opening,shanghai-pudong,studio,package;measure",
    );
    let Err(Error::NoteMissing(corrections)) = without(&folder).await else { panic!("published") };
    let of = |table, corrected, withdrawn| Correction { table, corrected, withdrawn };
    assert_eq!(corrections, [of("event_program", 1, 0), of("statement", 0, 1), of("observation", 1, 0)]);
    let message = Error::NoteMissing(corrections).to_string();
    for part in
        ["1 rows of statement withdrawn; 1 rows of observation corrected", "--note", "Nothing was changed"]
    {
        assert!(message.contains(part), "{message}");
    }
    assert_eq!(revisions::store::latest(&db).await.unwrap().unwrap().number, 2, "nothing was written");
    let dry = PublishOptions { dry_run: true, ..PublishOptions::default() };
    assert!(matches!(import::publish(&db, &folder.open(), dry).await, Ok(Outcome::Difference { .. })));
    assert!(matches!(publish(&db, &folder).await, Outcome::Published { revision: 3, .. }));
}
