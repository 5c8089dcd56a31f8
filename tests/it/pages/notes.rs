//! Notes are for readers: no rule of the program reads one.

use observatory::import::{self, DataSet, spec::FILES};
use sqlx::PgPool;

use super::{get, send};
use crate::support;

/// Writes a copy of the shipped data set without any note that it can do without.
fn without_notes() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in &FILES {
        let mut reader = csv::Reader::from_path(support::shipped().join(file.file)).unwrap();
        let terminator = csv::Terminator::Any(b'\n');
        let path = folder.path().join(file.file);
        let mut writer = csv::WriterBuilder::new().terminator(terminator).from_path(path).unwrap();
        writer.write_record(reader.headers().unwrap()).unwrap();
        for record in reader.records() {
            let record = record.unwrap();
            let cells = record.iter().zip(file.columns).map(|(cell, column)| {
                let is_note = column.name.starts_with("note_") && !column.required;
                if is_note { "" } else { cell }
            });
            writer.write_record(cells).unwrap();
        }
        writer.flush().unwrap();
    }
    folder
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn notes_decide_nothing(db: PgPool) {
    support::published(&db).await;
    let copy = without_notes();
    import::publish(&db, &DataSet::open(copy.path()).unwrap(), crate::support::noted()).await.unwrap();
    let site = support::empty_site(&db).await;
    // What is shown of totals, matches, comparison, headline figures, and programmes without their notes.
    for (page, shown) in [
        ("subsidies", ".headline-figure, .total"),
        ("subsidies?place=shanghai", ".headline-figure, .total"),
        ("programs/match?place=shanghai-pudong&does=overseas", ".match-table tbody tr"),
        ("programs/match?does=production&needs=works&amount=1500000", ".match-table tbody tr"),
        ("programs/compare?place=shanghai-pudong&place=hangzhou", "table"),
        ("programs", ".programs-list tbody tr"),
        ("indicators", ".latest"),
        ("disagreements", "h2"),
        ("", ".home-answers"),
    ] {
        let mut revisions = Vec::new();
        for revision in [1, 2] {
            let as_of = format!("{}as_of={revision}", if page.contains('?') { '&' } else { '?' });
            let page = get(&site, &format!("/en/{page}{as_of}").replace("/?", "?")).await;
            let texts = page.texts(shown);
            assert!(!texts.is_empty(), "nothing is shown as {shown}");
            revisions.push(texts);
        }
        assert_eq!(revisions[0], revisions[1], "{page}");
    }
    let standing = async |revision: i32| {
        let response =
            send(&site, &format!("/en/programs/data.csv?bom=0&header=names&as_of={revision}")).await;
        let body = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
        let mut reader = csv::Reader::from_reader(body.as_ref());
        let column = reader.headers().unwrap().iter().position(|name| name == "standing").unwrap();
        reader.records().map(|record| record.unwrap()[column].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(standing(1).await, standing(2).await);
}
