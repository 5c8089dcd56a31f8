//! A generated sample data set is as valid as the real one.

use std::{collections::BTreeMap, fs, path::Path};

use observatory::{
    domain::revisions,
    import::{
        self, DataSet, Error, Outcome,
        sample::{Plan, SampleSizes},
        spec::{FILES, Name},
    },
};
use sqlx::PgPool;
use tempfile::TempDir;

use crate::support::{
    data::Folder,
    program::{run, stderr, stdout},
    shipped,
};

const SMALL: SampleSizes =
    SampleSizes { observations: 3_000, programs: None, subsidies: Some(120), organizations: Some(300) };

fn written(sizes: SampleSizes) -> TempDir {
    let folder = tempfile::Builder::new().prefix("observatory-sample-").tempdir().unwrap();
    let plan = Plan::of(&DataSet::open(&shipped()).unwrap(), sizes).unwrap();
    plan.write(folder.path()).unwrap();
    folder
}

/// Returns the number of rows of each file of a valid data set.
fn rows(folder: &Path) -> BTreeMap<&'static str, usize> {
    match import::check(&DataSet::open(folder).unwrap()) {
        Ok(checked) => FILES.iter().map(|file| file.file).zip(checked.rows).collect(),
        Err(error) => panic!("{error}"),
    }
}

fn cells(folder: &Path, name: Name) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(folder.join(name.file().file)).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn a_sample_has_the_rows_asked_for_and_nothing_is_wrong_with_it() {
    let (sample, real) = (written(SMALL), rows(&shipped()));
    let rows = rows(sample.path());
    let copies = 300 - real["organizations.csv"];
    let (apps, events) = (copies / 10, copies / 100);
    assert!(apps > 0 && events > 0);
    for (file, expected) in [
        ("observations.csv", 3_000),
        ("organizations.csv", 300),
        ("subsidies.csv", 120),
        ("programs.csv", real["programs.csv"]),
        ("sources.csv", real["sources.csv"]),
        ("apps.csv", real["apps.csv"] + apps),
        ("events.csv", real["events.csv"] + events),
        ("entities.csv", real["entities.csv"] + copies + apps),
        ("indicators.csv", real["indicators.csv"]),
    ] {
        assert_eq!(rows[file], expected, "{file}");
    }
    for file in &FILES {
        let text = |folder: &Path| fs::read_to_string(folder.join(file.file)).unwrap();
        assert!(
            text(sample.path()).starts_with(&text(&shipped())),
            "{} has a different beginning",
            file.file
        );
    }
}

#[test]
fn the_same_sizes_give_the_same_bytes() {
    let (one, other) = (written(SMALL), written(SMALL));
    for file in &FILES {
        let bytes = |folder: &TempDir| fs::read(folder.path().join(file.file)).unwrap();
        assert!(bytes(&one) == bytes(&other), "{} differs", file.file);
    }
}

/// Large enough that everything is copied and one figure is contradicted.
#[test]
fn references_of_copies_lead_to_matching_copies() {
    let sizes = SampleSizes { observations: 100_000, programs: None, subsidies: None, organizations: None };
    let sample = written(sizes);
    let rows = rows(sample.path());
    for file in ["programs.csv", "subsidies.csv", "organizations.csv", "sources.csv"] {
        assert_eq!(rows[file], 1_000, "{file}");
    }
    let programs = cells(sample.path(), Name::Programs);
    let measure = programs.iter().find(|row| row["id"] == "pudong-visa-3").unwrap();
    assert_eq!(measure["package_id"], "pudong-10-package-3");
    assert!(measure["name_en"].ends_with(" (3)") && measure["name_zh"].ends_with("（3）"), "{measure:?}");

    let organizations = cells(sample.path(), Name::Organizations);
    let owned = organizations.iter().find(|row| row["id"] == "poligon-4").unwrap();
    assert_eq!(owned["parent_id"], "bytedance-4");
    let word = |word: &str| organizations.iter().filter(|row| row["pudong_status"] == word).count();
    assert!(word("none") > 300 && word("signed") > 0 && word("headquartered") > 0);

    let mut figures: BTreeMap<[&str; 4], Vec<&str>> = BTreeMap::new();
    let observations = cells(sample.path(), Name::Observations);
    let real = import::check(&DataSet::open(&shipped()).unwrap()).unwrap().rows[Name::Observations as usize];
    let mut of_a_source: BTreeMap<&str, usize> = BTreeMap::new();
    let mut of_an_organization: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &observations[real..] {
        let key = ["indicator_id", "entity", "period_start", "period_end"].map(|column| row[column].as_str());
        figures.entry(key).or_default().push(&row["producer"]);
        *of_a_source.entry(&row["source_id"]).or_default() += 1;
        *of_an_organization.entry(&row["entity"]).or_default() += 1;
        assert!(row["period_start"].as_str() >= "2000" && row["period_end"].as_str() < "2026-11", "{row:?}");
    }
    let contradicted: Vec<_> = figures.values().filter(|producers| producers.len() > 1).collect();
    assert!(matches!(contradicted[..], [producers] if producers.len() == 2 && producers[0] != producers[1]));
    assert_eq!((of_a_source.len(), of_an_organization.len()), (1_000, 1_000));
    assert!(of_a_source.values().all(|count| *count <= 200));
    assert!(of_an_organization.values().all(|count| [98, 99].contains(count)), "{of_an_organization:?}");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_sample_can_be_published(db: PgPool) {
    let sample = written(SMALL);
    let data = DataSet::open(sample.path()).unwrap();
    let outcome = import::publish(&db, &data, crate::support::noted()).await.unwrap();
    assert!(matches!(outcome, Outcome::Published { revision: 1, .. }), "{outcome}");
    let changes = revisions::store::changes(&db, 1).await.unwrap();
    let figures = changes.iter().find(|change| change.table == "observation").unwrap();
    assert_eq!(figures.added, 3_000);
}

#[test]
fn impossible_sizes_are_reported_in_one_line() {
    let refused = |data: &Path, sizes: SampleSizes| match Plan::of(&DataSet::open(data).unwrap(), sizes) {
        Err(Error::Failed(error)) => error.to_string(),
        _ => panic!("not refused"),
    };
    for (sizes, part) in [
        (
            SampleSizes { observations: 20_000_001, ..SMALL },
            "20000001 rows of observations.csv exceed the import limit of 20000000",
        ),
        (
            SampleSizes { observations: 100, ..SMALL },
            "100 rows of observations.csv are fewer than the data set has",
        ),
        (SampleSizes { programs: Some(200_001), ..SMALL }, "200001 rows of programs.csv exceed"),
        (SampleSizes { subsidies: Some(1), ..SMALL }, "1 rows of subsidies.csv are fewer"),
        (SampleSizes { organizations: Some(190_000), ..SMALL }, "190000 organizations with their apps make "),
        (SampleSizes { observations: 2_000_000, ..SMALL }, "300 organizations take at most "),
    ] {
        let message = refused(&shipped(), sizes);
        assert!(message.contains(part) && !message.contains('\n'), "{message}");
    }
    // The figures of this data set are about a country only, so there is no model for those of a company.
    let message = refused(Folder::small().path(), SMALL);
    assert!(message.contains("300 organizations take at most 0"), "{message}");
}

#[test]
fn the_command_fills_an_empty_folder_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large");
    let (path, data) = (path.to_str().unwrap(), shipped());
    let arguments = ["sample", path, "--observations", "2000", "--data", data.to_str().unwrap()];
    let first = run(&arguments);
    assert!(stdout(&first).starts_with("wrote 2000 observations, "), "{first:?}");
    assert_eq!(rows(Path::new(path))["observations.csv"], 2_000);

    let again = run(&arguments);
    assert_eq!(again.status.code(), Some(1));
    assert!(stderr(&again).contains("is not empty"), "{again:?}");

    let nowhere = folder.path().join("nowhere");
    let few =
        run(&["sample", nowhere.to_str().unwrap(), "--observations", "3", "--data", data.to_str().unwrap()]);
    assert_eq!((few.status.code(), stderr(&few).lines().count()), (Some(1), 1));
    assert!(!nowhere.exists(), "a folder was created unnecessarily");
}
