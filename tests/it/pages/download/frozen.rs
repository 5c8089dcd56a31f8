//! Tests that an older revision never changes.

use axum::{
    Router,
    http::{StatusCode, header},
};
use serde_json::Value;
use sqlx::PgPool;

use super::{beside, bytes, ok, publish};
use crate::{
    pages::get,
    support::{self, data::Folder},
};

/// Publishes revision 2 of the small data set, with two corrections, an addition and a new name. Returns the site on it.
async fn corrected(db: &PgPool, folder: &Folder) -> Router {
    folder.set("subsidies.csv", 2, "amount", "550000");
    folder.set("observations.csv", 2, "value", "51500000000");
    folder.append(
        "observations.csv",
        "market,china,2023-01-01,2023-12-31,bureau,37000000000,,estimate,,yes,paper-2025,,\n",
    );
    folder.replace("programs.csv", "Measure,措施", "Measure renamed,措施");
    assert_eq!(publish(db, folder).await, 2);
    support::empty_site(db).await
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_pinned_address_never_changes(db: PgPool) {
    let folder = Folder::small();
    assert_eq!(publish(&db, &folder).await, 1);
    let site = support::empty_site(&db).await;
    let files = ["data.csv", "data.xlsx", "data.json", "metadata.json", "chart.svg"];
    let pages =
        ["/en/indicators/market", "/zh/programs", "/en/organizations/studio", "/en/subsidies", "/zh/events"];
    let mut before = Vec::new();
    for page in pages {
        for file in files {
            let path = beside(page, file, "as_of=1");
            before.push((path.clone(), bytes(&site, &path).await));
        }
    }
    let site = corrected(&db, &folder).await;
    for (path, (status, _, body)) in before {
        let (now, _, after) = bytes(&site, &path).await;
        assert_eq!(status, now, "{path}");
        // The metadata of the file may mention newer data; the rows may not change by a byte.
        assert!(
            body == after,
            "{path} changed:\n{}\n{}",
            String::from_utf8_lossy(&body),
            String::from_utf8_lossy(&after)
        );
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_pinned_page_leads_to_newer_data_and_its_files_do_not(db: PgPool) {
    let folder = Folder::small();
    publish(&db, &folder).await;
    let site = corrected(&db, &folder).await;
    let old = get(&site, "/en/indicators/market?as_of=1").await;
    assert!(
        old.text(".state-banner")
            .contains("It has been superseded: by revision 2, 1 corrected, 0 withdrawn and 1 added."),
        "{}",
        old.text(".state-banner")
    );
    assert!(old.links().contains("/en/indicators/market"), "links to the newest data");
    assert!(get(&site, "/en/indicators/market").await.all(".state-banner").is_empty());
    for wrong in ["as_of=3", "as_of=1999-01-01", "as_of=x", "as_of=1&as_of=2"] {
        assert_eq!(
            get(&site, &format!("/en/programs?{wrong}")).await.status,
            StatusCode::BAD_REQUEST,
            "{wrong}"
        );
    }

    // The files offered for an older revision are of that revision.
    let panel = get(&site, "/en/subsidies/download?as_of=1").await;
    let files = panel.all("table.facts a");
    assert!(!files.is_empty());
    for file in files {
        let href = file.value().attr("href").unwrap();
        assert!(href.contains("as_of=1"), "{href}");
        ok(&site, href).await;
    }
    let (_, headers, _) = bytes(&site, "/en/subsidies/data.csv?as_of=1").await;
    assert!(headers[header::LINK].to_str().unwrap().contains("as_of=1"));
}

/// Unchanged, newer, superseded, withdrawn.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_pinned_page_says_whether_it_still_holds(db: PgPool) {
    let folder = Folder::small();
    publish(&db, &folder).await;
    folder.append(
        "observations.csv",
        "market,china,2023-01-01,2023-12-31,bureau,37000000000,,estimate,,yes,paper-2025,,\n",
    );
    publish(&db, &folder).await;
    let site = support::empty_site(&db).await;
    let banner = async |path: &str| {
        let page = get(&site, path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        page.text(".state-banner")
    };
    for (path, expected) in [
        ("/en/indicators/market?as_of=1", "Newer data exists: revision 2 has 1 more row here."),
        ("/en/indicators/market?as_of=1", "Added: Market · China · 2023-01-01"),
        ("/zh/indicators/market?as_of=1", "版本2的本页新增1行"),
        ("/en/indicators/share?as_of=1", "Nothing on this page has changed since"),
        ("/en/events/opening?as_of=1", "Nothing on this page has changed since"),
        ("/en/programs/match?as_of=1", "Nothing on this page has changed since"),
        ("/en/about?as_of=1", "Newer data has been published since: revision 2."),
        ("/en/indicators/market?as_of=2", "It is the newest."),
    ] {
        let banner = banner(path).await;
        assert!(banner.contains(expected), "{path}: {banner}");
    }
    folder.set("observations.csv", 2, "value", "51500000000");
    folder.write("events.csv", folder.text("events.csv").lines().next().unwrap().to_owned() + "\n");
    publish(&db, &folder).await;
    // The database is asked for a new revision every second.
    for _ in 0..100 {
        if banner("/en/about?as_of=1").await.contains("revision 3") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    for (path, expected) in [
        ("/en/indicators/market?as_of=2", "by revision 3, 1 corrected, 0 withdrawn and 0 added."),
        ("/en/indicators/market?as_of=2", "Value: 50500000000 → 51500000000"),
        ("/en/events?as_of=1", "by revision 3, 0 corrected, 1 withdrawn and 0 added."),
        ("/en/events/opening?as_of=1", "It has been withdrawn: what it shows is not in revision 3."),
        ("/zh/events/opening?as_of=1", "本页内容已撤回"),
    ] {
        let banner = banner(path).await;
        assert!(banner.contains(expected), "{path}: {banner}");
    }
    // Nothing is left to lead to.
    let withdrawn = get(&site, "/en/events/opening?as_of=1").await;
    assert!(withdrawn.all(".state-banner a").is_empty());
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_revision_lists_what_changed(db: PgPool) {
    let folder = Folder::small();
    publish(&db, &folder).await;
    let site = corrected(&db, &folder).await;
    let changes = get(&site, "/en/data/revisions/2").await;
    let text = changes.text("main");
    for expected in [
        "Amount: CNY 500,000 to CNY 600,000 → CNY 550,000 to CNY 600,000",
        "Figure: CNY 50.5 billion (estimate) → CNY 51.5 billion (estimate)",
        "Name: Measure → Measure renamed",
        "1 added",
    ] {
        assert!(text.contains(expected), "“{expected}” is not in {text}");
    }
    assert_eq!(get(&site, "/en/data/revisions/3").await.status, StatusCode::NOT_FOUND);

    let history: Value =
        serde_json::from_slice(&ok(&site, "/api/v1/subsidies/grant-2025?include_history=true").await)
            .unwrap();
    let versions: Vec<(i64, Option<i64>, i64)> = history["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|version| {
            let held = |name: &str| version[name].as_i64();
            (held("valid_from").unwrap(), held("valid_to"), version["row"]["amount"].as_i64().unwrap())
        })
        .collect();
    // A programme's new name makes a new version of the subsidies under it, which show it.
    assert_eq!(versions, [(1, Some(2), 500_000), (2, None, 550_000)]);
}
