//! Tests of the whole data set.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use futures_util::TryStreamExt;
use http_body_util::BodyExt;
use observatory::{
    domain::{
        observations::{
            self,
            store::{StreamForm, StreamTexts},
        },
        revisions::{
            ReadAt, ReadSource, Snapshot,
            model::{AsOf, Times},
        },
        table::Table,
    },
    import::{self, Outcome},
    outputs::{
        dataset as export,
        files::{RowScope, RowWindow},
    },
    text::Locale,
};
use sqlx::PgPool;
use tower::ServiceExt;

use super::{of_csv, ok, publish};
use crate::{
    pages::send,
    support::{self, data::Folder},
};

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn an_export_is_what_the_import_reads(db: PgPool) {
    support::published(&db).await;
    let folder = tempfile::tempdir().unwrap();
    let out = export::package::prepare(&folder.path().join("one")).unwrap();
    let snapshot = Snapshot::of(ReadSource::of(db.clone()).await.unwrap(), Times::default()).await.unwrap();
    export::package::write(&snapshot, &out).await.unwrap();
    let again =
        import::publish(&db, &import::DataSet::open(&out).unwrap(), crate::support::noted()).await.unwrap();
    assert!(matches!(again, Outcome::Unchanged { revision: 1, .. }), "{again}");
    assert!(export::package::prepare(&out).is_err(), "a directory that is not empty is refused");

    // An older revision is exported as it was imported.
    let text = std::fs::read_to_string(out.join("events.csv")).unwrap();
    let last = text.trim_end().rfind('\n').unwrap();
    std::fs::write(out.join("events.csv"), &text[..=last]).unwrap();
    let next =
        import::publish(&db, &import::DataSet::open(&out).unwrap(), crate::support::noted()).await.unwrap();
    assert!(matches!(next, Outcome::Published { revision: 2, .. }), "{next}");
    let present = ReadSource::of(db.clone()).await.unwrap();
    let old =
        Snapshot::of(present, Times { as_of: Some(AsOf::Revision(1)), ..Times::default() }).await.unwrap();
    let first = export::package::prepare(&folder.path().join("first")).unwrap();
    export::package::write(&old, &first).await.unwrap();
    let back =
        import::publish(&db, &import::DataSet::open(&first).unwrap(), crate::support::noted()).await.unwrap();
    assert!(matches!(back, Outcome::Published { revision: 3, .. }), "{back}");
    let hashes: Vec<String> =
        sqlx::query_scalar("select content_hash from revision order by number").fetch_all(&db).await.unwrap();
    assert_eq!(hashes[0], hashes[2]);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_data_set_is_streamed_whole(db: PgPool) {
    let site = support::site(&db).await;
    for file in observatory::import::spec::FILES.iter() {
        let body = ok(&site, &format!("/en/data/{}?bom=0", file.file)).await;
        let lines = |text: &[u8]| -> BTreeSet<Vec<String>> {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
            let bare = |cell: &str| match cell.strip_prefix('\'') {
                Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
                _ => cell.to_owned(),
            };
            reader.records().map(|record| record.unwrap().iter().map(bare).collect()).collect()
        };
        let shipped = std::fs::read(support::shipped().join(file.file)).unwrap();
        assert_eq!(lines(&body), lines(&shipped), "{}", file.file);
        assert!(body.windows(2).any(|pair| pair == b"\r\n"), "{}", file.file);
        assert!(ok(&site, &format!("/zh/data/{}", file.file)).await.starts_with("\u{feff}".as_bytes()));
    }
    let figures = of_csv(&ok(&site, "/en/data/figures.csv").await);
    let stored: i64 = sqlx::query_scalar("select count(*) from observation").fetch_one(&db).await.unwrap();
    assert_eq!(figures.len() as i64, stored);
    // As a browser requests it.
    for path in ["/en/data/figures.csv", "/en/data/data.zip", "/en/data/events.csv"] {
        let asked = Request::get(path)
            .header(header::HOST, "observatory.test")
            .header(header::ACCEPT_ENCODING, "gzip")
            .body(Body::empty())
            .unwrap();
        let answer = site.clone().oneshot(asked).await.unwrap();
        assert!(!answer.into_body().collect().await.unwrap().to_bytes().is_empty(), "{path}");
    }
    for wrong in ["/en/data/figures.csv?bom=2", "/en/data/data.zip?x=1"] {
        assert_eq!(send(&site, wrong).await.status(), StatusCode::BAD_REQUEST, "{wrong}");
    }
}

/// The cells of the stream are written by SQL, those of the pages by the columns of `ObservationRow`.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn streamed_observations_are_those_of_the_pages(db: PgPool) {
    let site = support::site(&db).await;
    let indicators: Vec<String> =
        sqlx::query_scalar("select distinct indicator_id from observation order by 1")
            .fetch_all(&db)
            .await
            .unwrap();
    for locale in ["en", "zh"] {
        let stream = ok(&site, &format!("/{locale}/data/figures.csv")).await;
        let header = |file: &[u8]| file.split(|byte| *byte == b'\n').next().unwrap().to_owned();
        let mut pages = BTreeSet::new();
        for indicator in &indicators {
            let file = ok(&site, &format!("/{locale}/indicators/{indicator}/data.csv?scope=all")).await;
            assert_eq!(header(&file), header(&stream), "{locale} {indicator}");
            pages.extend(of_csv(&file));
        }
        let stream: BTreeSet<Vec<String>> = of_csv(&stream).into_iter().collect();
        // A row that only one of them has.
        assert_eq!(stream.symmetric_difference(&pages).next(), None, "{locale}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_streamed_column_without_sql_is_refused_by_its_name(db: PgPool) {
    let texts = [StreamTexts { locale: Locale::En, ending: "", qualifiers: &[("exact", "Exact")] }];
    let statuses = [("exact", "reported")];
    let refused = async |columns: &[&str]| {
        let statement = observations::store::everything(
            ReadAt::whole(1),
            columns,
            &texts,
            &statuses,
            StreamForm::Spreadsheet,
        );
        let mut connection = db.acquire().await.unwrap();
        let rows = match connection.copy_out_raw(&statement).await {
            Ok(rows) => rows.try_collect::<Vec<_>>().await,
            Err(error) => Err(error),
        };
        rows.err().map(|error| error.to_string())
    };
    assert_eq!(refused(&["value", "entity_id"]).await, None);
    let error = refused(&["entity_id", "weather", "value"]).await.unwrap();
    assert!(error.contains("\"weather\""), "{error}");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_formula_of_a_source_is_not_run(db: PgPool) {
    let folder = Folder::small();
    folder.replace("sources.csv", "Aside,,Paper", "=1+1,,Paper");
    folder.replace("observations.csv", "67790000000.5", "-5.25");
    publish(&db, &folder).await;
    let site = support::empty_site(&db).await;
    let listed = String::from_utf8(ok(&site, "/en/sources/data.csv").await).unwrap();
    assert!(listed.contains(",'=1+1,"), "{listed}");
    let whole = String::from_utf8(ok(&site, "/en/data/sources.csv").await).unwrap();
    assert!(whole.contains(",'=1+1,"), "{whole}");
    let figures = String::from_utf8(ok(&site, "/en/data/figures.csv").await).unwrap();
    assert!(figures.contains(",-5.25,"), "a number stays a number: {figures}");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn files_of_a_source_have_every_row_that_names_it(db: PgPool) {
    support::published(&db).await;
    let snapshot = Snapshot::of(ReadSource::of(db.clone()).await.unwrap(), Times::default()).await.unwrap();
    let extract = async |path: &[&str]| {
        let wanted = RowWindow::whole(RowScope::All);
        observatory::outputs::files::documents::export_document(&snapshot, Locale::En, path, "", wanted)
            .await
            .unwrap()
            .tables
    };
    let list = extract(&["sources"]).await;
    let [Table { schema, rows }] = list.as_slice() else { panic!("one table") };
    let place = |column: &str| schema.columns.iter().position(|one| one.name == column).unwrap();
    let (id, counts) = (place("id"), [place("figures"), place("others")]);
    assert!(!rows.is_empty());
    for row in rows {
        let id = row[id].written();
        let counted: usize = counts.iter().map(|at| row[*at].written().parse::<usize>().unwrap()).sum();
        let tables = extract(&["sources", &id]).await;
        let sent: usize = tables.iter().map(|table| table.rows.len()).sum();
        assert_eq!(sent, counted + 1, "{id}: the source and every row that cites it");
    }
}
