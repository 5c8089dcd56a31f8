//! Review: what one person proposed, another publishes; the names stand beside the revision.

use http_body_util::BodyExt;
use observatory::{
    db,
    domain::revisions::store,
    import::{self, Error, Outcome, PublishOptions, Refused, Review},
};
use sqlx::PgPool;

use crate::support::data::Folder;

async fn take(db: &PgPool, folder: &Folder, review: Option<Review>, by: &str) -> Result<Outcome, Error> {
    let note = (review == Some(Review::Propose)).then(|| "A misprint".to_owned());
    let options = PublishOptions { note, by: Some(by.to_owned()), review, ..PublishOptions::default() };
    import::publish(db, &folder.open(), options).await
}

async fn refused(db: &PgPool, folder: &Folder, by: &str) -> Refused {
    match take(db, folder, Some(Review::Publish), by).await {
        Err(Error::Unapproved(refused)) => refused,
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn one_proposes_and_another_publishes(db: PgPool) {
    let folder = Folder::small();
    take(&db, &folder, None, "Li Wei").await.unwrap();
    folder.replace("observations.csv", "34.9,", "35.1,");
    assert_eq!(refused(&db, &folder, "Wang Lu").await, Refused::NotProposed { after: 1 });

    let proposed = take(&db, &folder, Some(Review::Propose), "Li Wei").await.unwrap();
    assert!(matches!(proposed, Outcome::Proposed { revision: 2, .. }), "{proposed}");
    assert_eq!(store::latest(&db).await.unwrap().unwrap().number, 1, "nothing is published");
    assert_eq!(refused(&db, &folder, "LI WEI").await, Refused::SamePerson("Li Wei".to_owned()));

    // Other content than the proposed one is not published.
    folder.replace("observations.csv", "35.1,", "35.2,");
    assert_eq!(refused(&db, &folder, "Wang Lu").await, Refused::NotProposed { after: 1 });
    folder.replace("observations.csv", "35.2,", "35.1,");
    take(&db, &folder, Some(Review::Publish), "Wang Lu").await.unwrap();
    let revision = store::get(&db, 2).await.unwrap().unwrap();
    assert_eq!(revision.published_by.as_deref(), Some("Wang Lu"));
    assert_eq!(revision.proposed_by.as_deref(), Some("Li Wei"));
    assert_eq!(revision.note.as_deref(), Some("A misprint"), "the note of the proposal");

    let site = crate::support::empty_site(&db).await;
    for path in ["/en/data/revisions/2", "/zh/data/revisions/2", "/api/v1/revisions"] {
        let body = crate::pages::send(&site, path).await.into_body().collect().await.unwrap().to_bytes();
        let body = String::from_utf8_lossy(&body);
        assert!(body.contains("Wang Lu") && body.contains("Li Wei"), "{path}: {body}");
    }
}

/// The difference that was looked at must be the difference that is published.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_proposal_ends_with_the_next_revision(db: PgPool) {
    let folder = Folder::small();
    take(&db, &folder, None, "Li Wei").await.unwrap();
    folder.append("producers.csv", "idle,Idle,,media,,,\n");
    take(&db, &folder, Some(Review::Propose), "Li Wei").await.unwrap();
    let other = Folder::small();
    other.append("producers.csv", "other,Other,,media,,,\n");
    take(&db, &other, None, "Li Wei").await.unwrap();
    assert_eq!(refused(&db, &folder, "Wang Lu").await, Refused::NotProposed { after: 2 });
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_review_without_a_name_is_refused(db: PgPool) {
    let options = PublishOptions { review: Some(Review::Propose), ..PublishOptions::default() };
    let outcome = import::publish(&db, &Folder::small().open(), options).await;
    assert!(matches!(outcome, Err(Error::Unapproved(Refused::Nameless))), "{outcome:?}");
}

/// A preview begins with a copy of every revision.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn everything_published_can_be_copied(db: PgPool) {
    let folder = Folder::small();
    take(&db, &folder, None, "Li Wei").await.unwrap();
    folder.append("producers.csv", "idle,Idle,,media,,,\n");
    take(&db, &folder, None, "Li Wei").await.unwrap();
    let name = format!("observatory_copy_{}", std::process::id());
    sqlx::query(sqlx::AssertSqlSafe(format!("create database \"{name}\""))).execute(&db).await.unwrap();
    let copy = PgPool::connect_with((*db.connect_options()).clone().database(&name)).await.unwrap();
    observatory::db::MIGRATOR.run(&copy).await.unwrap();
    db::copy::published(&db, &copy).await.unwrap();
    assert_eq!(store::list(&copy).await.unwrap(), store::list(&db).await.unwrap());
    let unchanged = take(&copy, &folder, None, "Li Wei").await.unwrap();
    assert!(matches!(unchanged, Outcome::Unchanged { revision: 2, .. }), "{unchanged}");
    folder.append("producers.csv", "third,Third,,media,,,\n");
    let next = take(&copy, &folder, None, "Li Wei").await.unwrap();
    assert!(matches!(next, Outcome::Published { revision: 3, .. }), "{next}");
    let site = crate::support::empty_site(&copy).await;
    for path in ["/en", "/en/changes?since=2", "/zh/indicators/market?as_of=1"] {
        assert_eq!(crate::pages::send(&site, path).await.status(), 200, "{path}");
    }
    copy.close().await;
    sqlx::query(sqlx::AssertSqlSafe(format!("drop database \"{name}\" with (force)")))
        .execute(&db)
        .await
        .unwrap();
}
