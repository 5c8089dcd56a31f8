//! Tests of changes: which rows revisions added, corrected and withdrew, cell by cell.

use observatory::{
    domain::{
        changes::{
            Change, ChangeKind, ChangeSelector, ChangedNoun, Subject, filter, query::ChangeQuery, store,
        },
        listing::parameter::ListQuery,
        revisions::{ReadSource, Snapshot, model::Times},
    },
    import::{
        self, Outcome, PublishOptions,
        spec::{CellKind, FILES, LINKS},
    },
    outputs::api::nouns,
    text::Locale,
};
use sqlx::PgPool;

use crate::support::data::Folder;

pub async fn publish(db: &PgPool, folder: &Folder, note: &str) {
    let options = PublishOptions { note: Some(note.to_owned()), ..PublishOptions::default() };
    let outcome = import::publish(db, &folder.open(), options).await.unwrap();
    assert!(matches!(outcome, Outcome::Published { .. }), "{outcome}");
}

async fn snapshot(db: &PgPool, times: &str) -> Snapshot {
    let times = Times::parse(&observatory::text::query::Query::decode(times)).unwrap();
    Snapshot::of(ReadSource::of(db.clone()).await.unwrap(), times).await.unwrap()
}

/// Three revisions: the second adds an event, corrects a figure, an event and a programme, and withdraws a statement; the third takes the
/// correction of the figure back and withdraws the event.
pub async fn three_revisions(db: &PgPool) {
    let folder = Folder::small();
    publish(db, &folder, "First").await;
    folder.replace("observations.csv", "50500000000,,estimate", "51000000000.25,,exact");
    folder.replace("events.csv", "measure;package,100", "measure,100");
    folder.append(
        "events.csv",
        "signing,2025-11-02,Signed,签约,agreement,shanghai-pudong,studio,package,,,paper-2025,,\n",
    );
    folder.replace("programs.csv", "2026,2028-06", "2026,2029-06");
    folder.replace(
        "statements.csv",
        "said,studio,wang,market,2025-12-05,Growth goes on.,增长持续。,paper-2025\n",
        "",
    );
    publish(db, &folder, "Corrected a misprint").await;
    folder.replace("observations.csv", "51000000000.25,,exact", "50500000000,,estimate");
    folder.replace(
        "events.csv",
        "signing,2025-11-02,Signed,签约,agreement,shanghai-pudong,studio,package,,,paper-2025,,\n",
        "",
    );
    publish(db, &folder, "Took the correction back").await;
}

/// Revision, kind, noun, key and what changed, of each change.
fn told(changes: &[Change]) -> Vec<String> {
    let one = |change: &Change| {
        let (kind, noun) = (change.kind.word(), change.noun.word());
        format!("{} {kind} {noun} {} | {}", change.revision, change.row.id, change.from_to(Locale::En))
    };
    changes.iter().map(one).collect()
}

const FIGURE: &str = "observations market~china~2024-01-01~2024-12-31~paper-2025";

fn expected() -> Vec<String> {
    [
        "3 withdrawn events signing | ".to_owned(),
        format!("3 corrected {FIGURE} | Figure: CNY 51.00000000025 billion → CNY 50.5 billion (estimate)"),
        "2 corrected programs measure | In force to: Jun 2028 → Jun 2029".to_owned(),
        "2 corrected events opening | Programmes: Measure; Package → Measure".to_owned(),
        "2 added events signing | ".to_owned(),
        format!("2 corrected {FIGURE} | Figure: CNY 50.5 billion (estimate) → CNY 51.00000000025 billion"),
        "2 withdrawn statements said | ".to_owned(),
    ]
    .to_vec()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn changes_are_exactly_the_rows_that_revisions_changed(db: PgPool) {
    three_revisions(&db).await;
    let snapshot = snapshot(&db, "").await;
    let selector = ChangeSelector::default();
    let changes = store::page(&snapshot, Locale::En, &selector, 100).await.unwrap();
    assert_eq!(told(&changes), expected());
    let figure = changes.iter().find(|change| change.noun == ChangedNoun::Observations).unwrap();
    assert_eq!(figure.row.en, "Market, China, 2024, Bureau");
    assert_eq!(figure.row.zh.as_deref(), Some("市场，中国，2024年，统计局"));
    assert_eq!(figure.page.as_deref(), Some("indicators/market"));
    assert_eq!(figure.why.as_deref(), Some("Took the correction back"));
    let source = figure.source.as_ref().unwrap();
    assert_eq!((source.id.as_str(), source.short.as_str()), ("paper-2025", "Paper, 8 Dec 2025"));
    let statement = changes.last().unwrap();
    assert_eq!(statement.row.en, "Growth goes on.");
    assert_eq!(statement.page.as_deref(), Some("organizations/studio"));
    let signing = changes.iter().find(|change| change.row.id == "signing").unwrap();
    assert_eq!(signing.page, None, "its page is gone");
    assert_eq!(signing.stated(Locale::En), "Date: 2 Nov 2025; Kind: Agreement; Place: Pudong");

    // Page by page, of any size, the same.
    for size in 1..4 {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let selector = ChangeSelector { after, ..ChangeSelector::default() };
            let page = store::page(&snapshot, Locale::En, &selector, size).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.position());
            all.extend(page);
        }
        assert_eq!(told(&all), expected(), "{size}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn changes_are_those_of_the_state_that_is_read(db: PgPool) {
    three_revisions(&db).await;
    let told_of = async |times: &str, since: i32| {
        let selector = ChangeSelector { since, ..ChangeSelector::default() };
        told(&store::page(&snapshot(&db, times).await, Locale::En, &selector, 100).await.unwrap())
    };
    assert_eq!(told_of("", 2).await, expected()[..2]);
    assert_eq!(told_of("as_of=2", 0).await, expected()[2..]);
    assert!(told_of("as_of=1", 0).await.is_empty(), "the first revision changed nothing");
    assert!(told_of("", 3).await.is_empty());
    // By a day on which the source was not published nothing is known of what cites it.
    let on = told_of("known_on=2025-12-07", 0).await;
    assert!(!on.iter().any(|one| one.contains(FIGURE) || one.contains("signing")), "{on:?}");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn changes_are_filtered_by_kind_noun_and_subject(db: PgPool) {
    three_revisions(&db).await;
    let snapshot = snapshot(&db, "").await;
    let of = async |raw: &str| {
        let query = ChangeQuery::parse(&format!("since=1&{raw}")).unwrap();
        let selector = filter::selector(&snapshot, &query).await.unwrap();
        let changes = store::page(&snapshot, Locale::En, &selector, 100).await.unwrap();
        told(&changes).into_iter().map(|one| one.split(" | ").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let figures = [format!("3 corrected {FIGURE}"), format!("2 corrected {FIGURE}")];
    let signings = ["3 withdrawn events signing", "2 added events signing"];
    assert_eq!(of("kind=added").await, ["2 added events signing"]);
    assert_eq!(of("kind=withdrawn").await, ["3 withdrawn events signing", "2 withdrawn statements said"]);
    assert_eq!(of("kind=corrected").await.len(), 4);
    assert_eq!(of("noun=observations").await, figures);
    assert_eq!(of("indicator=market").await, figures);
    assert_eq!(of("noun=programs").await, ["2 corrected programs measure"]);
    let pudong = [
        "3 withdrawn events signing",
        "2 corrected programs measure",
        "2 corrected events opening",
        signings[1],
    ];
    assert_eq!(of("place=shanghai").await, pudong, "with what lies within");
    assert_eq!(of("place=shanghai&noun=programs").await, [pudong[1]]);
    let studio = [signings[0], "2 corrected events opening", signings[1], "2 withdrawn statements said"];
    assert_eq!(of("organization=studio").await, studio);
    // The opening was about the package until it was corrected.
    let package = [signings[0], "2 corrected programs measure", "2 corrected events opening", signings[1]];
    assert_eq!(of("program=package").await, package);
    assert!(of("indicator=share").await.is_empty());
    for nothing in ["place=studio", "indicator=x", "organization=x", "program=x", "after=x"] {
        let query = ChangeQuery::parse(nothing).unwrap();
        assert!(filter::selector(&snapshot, &query).await.is_err(), "{nothing}");
    }
    let future = ChangeQuery::parse("since=2999-01-01").unwrap();
    assert!(filter::selector(&snapshot, &future).await.is_err());
    let beyond = ChangeQuery::parse("since=4").unwrap();
    assert!(filter::selector(&snapshot, &beyond).await.is_err());
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn changed_rows_are_counted_by_revision(db: PgPool) {
    three_revisions(&db).await;
    let snapshot = snapshot(&db, "").await;
    let counts = store::counts(&snapshot.db, 0, 3).await.unwrap();
    let all = store::page(&snapshot, Locale::En, &ChangeSelector::default(), 100).await.unwrap();
    for ((revision, noun), each) in &counts {
        let of = |kind: ChangeKind| {
            let own =
                |change: &&Change| (change.revision, change.noun, change.kind) == (*revision, *noun, kind);
            all.iter().filter(own).count() as i64
        };
        let expected = [ChangeKind::Added, ChangeKind::Corrected, ChangeKind::Withdrawn].map(of);
        assert_eq!(*each, expected, "{revision} {noun:?}");
    }
    assert_eq!(counts.values().flatten().sum::<i64>(), all.len() as i64);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_row_counts_as_added_when_it_came_back(db: PgPool) {
    const REPORT: &str = "report,2025-12-20,Reported,报告,report,china,studio,package,,,paper-2025,,\n";
    let folder = Folder::small();
    folder.append("events.csv", REPORT);
    publish(&db, &folder, "First").await;
    folder.replace("events.csv", REPORT, "");
    publish(&db, &folder, "Withdrawn").await;
    folder.append("events.csv", REPORT);
    publish(&db, &folder, "Back").await;
    folder.replace("events.csv", "Reported,报告", "Reported again,再次报告");
    publish(&db, &folder, "Renamed").await;
    let snapshot = snapshot(&db, "").await;
    let rows = store::added(&db, snapshot.at, ChangedNoun::Events, &Subject::default(), 10).await.unwrap();
    let rows: Vec<(&str, i32, i32)> =
        rows.iter().map(|row| (row.pair.row.as_str(), row.first, row.pair.revision)).collect();
    assert_eq!(rows, [("report", 1, 3), ("opening", 1, 1)]);
}

/// Every file of the data set is declared with all its columns, and every list of the API that can change has a noun.
#[test]
fn declarations_follow_the_data_set() {
    for file in &FILES {
        let noun =
            ChangedNoun::of_table(file.table).unwrap_or_else(|| panic!("{} is not declared", file.file));
        let declared = noun.declared();
        let columns: Vec<&str> = declared.columns.iter().map(|column| column.name).collect();
        let expected: Vec<&str> = file.columns.iter().map(|column| column.name).collect();
        assert_eq!(columns, expected, "{}", file.file);
        let key: Vec<&str> = declared.key.iter().map(|key| key.name).collect();
        assert_eq!(key, file.key, "{}", file.file);
        for key in declared.key {
            let column = file.columns.iter().find(|column| column.name == key.name).unwrap();
            assert_eq!(key.is_day, matches!(column.kind, CellKind::Day), "{} {}", file.file, key.name);
        }
        let links: Vec<_> =
            declared.links.iter().map(|link| (link.cell, link.table, link.owner, link.other)).collect();
        let of_file = LINKS.iter().filter(|link| link.file == file.name);
        let expected: Vec<_> = of_file.map(|link| (link.cell, link.table, link.owner, link.other)).collect();
        assert_eq!(links, expected, "{}", file.file);
    }
    assert_eq!(ChangedNoun::all().count(), FILES.len());
    for noun in ChangedNoun::all() {
        assert!(nouns::named(noun.word()).is_some(), "{noun:?} is no list of the API");
    }
}
