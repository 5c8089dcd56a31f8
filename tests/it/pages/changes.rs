//! Tests of the page of changes, its files, the pages of revisions and the API.

use axum::{Router, http::StatusCode};
use serde_json::Value;
use sqlx::PgPool;

use super::{
    Page,
    download::{of_csv, ok},
    get, send, text,
};
use crate::{changes::three_revisions, support};

/// Each change of a page, as text.
fn items(page: &Page, section: &str) -> Vec<String> {
    page.all(&format!("{section} li")).into_iter().map(text).collect()
}

async fn json(site: &Router, path: &str) -> Value {
    serde_json::from_slice(&ok(site, path).await).unwrap()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn changes_are_listed_by_revision_from_and_to(db: PgPool) {
    three_revisions(&db).await;
    let site = support::empty_site(&db).await;
    let page = get(&site, "/en/changes?since=1").await;
    assert_eq!(page.text("h1"), "What changed");
    let headings = page.texts("#results h2");
    assert!(
        headings[0].starts_with("Revision 3, ") && headings[1].starts_with("Revision 2, "),
        "{headings:?}"
    );
    assert!(page.text("#revision-2").contains("Why: Corrected a misprint"));
    assert!(page.text("#revision-2").contains("1 added, 3 corrected, 1 withdrawn"));
    assert_eq!(
        items(&page, "#revision-3"),
        [
            "withdrawn Signed Date: 2 Nov 2025; Kind: Agreement; Place: Pudong · Paper, 8 Dec 2025",
            "corrected Market, China, 2024, Bureau Figure: CNY 51.00000000025 billion → CNY 50.5 billion (estimate) Paper, 8 Dec 2025",
        ]
    );
    let links = |css: &str| -> Vec<String> {
        page.all(css).into_iter().filter_map(|link| link.value().attr("href")).map(str::to_owned).collect()
    };
    assert!(links("#revision-3 li a").contains(&"/en/indicators/market".to_owned()));
    assert!(links("#revision-3 li a").contains(&"/en/sources/paper-2025".to_owned()));
    // By default, what the newest revision changed.
    let newest = get(&site, "/zh/changes").await;
    assert_eq!(newest.texts("#results h2").len(), 1);
    assert!(
        newest.text("#results").contains("数值：510.0000000025亿元 → 505亿元（估算）"),
        "{}",
        newest.text("#results")
    );
    for kind in ["added", "corrected", "withdrawn"] {
        let page = get(&site, &format!("/en/changes?since=1&kind={kind}")).await;
        let kinds = page.texts("#results li > strong");
        assert!(!kinds.is_empty() && kinds.iter().all(|one| one == kind), "{kind}: {kinds:?}");
        assert!(page.all("#world").is_empty(), "only changes of the data");
    }
    let older = get(&site, "/en/changes?as_of=2").await;
    assert_eq!(older.all("#revision-2 li").len(), 5);
    assert!(older.all("#revision-3").is_empty());
    assert!(get(&site, "/en/changes?as_of=1").await.text("#results").contains("nothing has been corrected"));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn changes_about_something_have_chips_that_remove_the_filter(db: PgPool) {
    three_revisions(&db).await;
    let site = support::empty_site(&db).await;
    let page = get(&site, "/en/changes?since=1&place=shanghai-pudong&program=package").await;
    let chips: Vec<(String, &str)> = (page.all(".chips a").into_iter())
        .map(|link| (text(link), link.value().attr("href").unwrap()))
        .collect();
    assert_eq!(
        chips,
        [
            ("place: Pudong ×".to_owned(), "/en/changes?since=1&program=package"),
            ("programme: Package ×".to_owned(), "/en/changes?since=1&place=shanghai-pudong"),
        ]
    );
    assert_eq!(items(&page, "#revision-2").len(), 3);
    for (path, status) in [
        ("/en/changes?since=2999-01-01", StatusCode::BAD_REQUEST),
        ("/en/changes?since=4", StatusCode::BAD_REQUEST),
        ("/en/changes?since=x", StatusCode::BAD_REQUEST),
        ("/en/changes?place=atlantis", StatusCode::BAD_REQUEST),
        ("/en/changes?after=x", StatusCode::BAD_REQUEST),
        ("/en/changes?q=x", StatusCode::BAD_REQUEST),
        ("/en/changes?since=1&after=2~programs~measure", StatusCode::OK),
    ] {
        assert_eq!(get(&site, path).await.status, status, "{path}");
    }
    let rest = get(&site, "/en/changes?since=1&after=2~programs~measure").await;
    assert_eq!(rest.all("#results li").len(), 4);
    assert!(!rest.all(".pager a").is_empty(), "the way back to the first page");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_happened_in_the_world_stands_apart(db: PgPool) {
    three_revisions(&db).await;
    let site = support::empty_site(&db).await;
    let page = get(&site, "/en/changes?since=2025-12-04").await;
    let world = page.text("#world");
    for expected in
        ["announced5 Dec 2025 Measure", "5 Dec 2025 Package", "Figures that sources published8 Dec 2025"]
    {
        assert!(world.contains(expected), "{expected}: {world}");
    }
    assert!(world.contains("Applications that closedMar 2026 Measure"), "{world}");
    // A month that had begun before does not count.
    assert!(
        !get(&site, "/en/changes?since=2025-12-05").await.text("#world").contains("announced"),
        "{world}"
    );
    let share = get(&site, "/en/changes?since=2025-12-04&indicator=share").await.text("#world");
    assert!(share.contains("1 figure · ") && !share.contains("Programmes announced"), "{share}");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn changes_leave_as_files_and_through_the_api(db: PgPool) {
    three_revisions(&db).await;
    let site = support::empty_site(&db).await;
    let file = ok(&site, "/en/changes/data.csv?since=1&header=names").await;
    let header =
        String::from_utf8_lossy(&file).lines().next().unwrap().trim_start_matches('\u{feff}').to_owned();
    let at = |name: &str| header.split(',').position(|column| column == name).unwrap();
    let rows = of_csv(&file);
    let told = |row: &Vec<String>| {
        ["revision", "kind", "noun", "row_id", "column", "before", "after"]
            .map(|name| row[at(name)].clone())
            .join("|")
    };
    let figure = "observations|market~china~2024-01-01~2024-12-31~paper-2025|value";
    assert_eq!(
        rows.iter().map(told).collect::<Vec<_>>(),
        [
            "3|withdrawn|events|signing|||".to_owned(),
            format!("3|corrected|{figure}|CNY 51.00000000025 billion|CNY 50.5 billion (estimate)"),
            "2|corrected|programs|measure|effective_to|Jun 2028|Jun 2029".to_owned(),
            "2|corrected|events|opening|program_ids|Measure; Package|Measure".to_owned(),
            "2|added|events|signing|||".to_owned(),
            format!("2|corrected|{figure}|CNY 50.5 billion (estimate)|CNY 51.00000000025 billion"),
            "2|withdrawn|statements|said|||".to_owned(),
        ]
    );
    let mut next = Some("/api/v1/changes?since=1&limit=2".to_owned());
    let mut all = Vec::new();
    while let Some(path) = next {
        let page = json(&site, &path).await;
        assert_eq!((&page["meta"]["noun"], &page["meta"]["total"]), (&"changes".into(), &7.into()), "{path}");
        all.extend(page["data"].as_array().unwrap().clone());
        next = page["meta"]["next"].as_str().map(|next| next.replace("http://observatory.test", ""));
    }
    let told = |row: &Value| {
        let cell = |name: &str| row[name].as_str().map_or_else(|| row[name].to_string(), str::to_owned);
        format!("{} {} {}", cell("revision"), cell("kind"), cell("row_id"))
    };
    assert_eq!(all.len(), 7);
    assert_eq!(told(&all[0]), "3 withdrawn signing");
    assert_eq!(all[1]["why"], "Took the correction back");
    let narrowed = json(&site, "/api/v1/changes?since=1&place=shanghai&kind=corrected").await;
    assert_eq!(narrowed["meta"]["total"], 2);
    assert_eq!(json(&site, "/api/v1/changes?since=1&kind=withdrawn").await["meta"]["total"], 2);
    assert_eq!(json(&site, "/api/v1/changes?as_of=2").await["meta"]["total"], 5);
    for (path, status) in [
        ("/api/v1/changes?include_history=true", StatusCode::BAD_REQUEST),
        ("/api/v1/changes?since=9", StatusCode::NOT_FOUND),
        ("/api/v1/changes?x=1", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(send(&site, path).await.status(), status, "{path}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn programs_ask_for_what_was_updated_after_a_time(db: PgPool) {
    three_revisions(&db).await;
    let site = support::empty_site(&db).await;
    let times: Vec<chrono::DateTime<chrono::Utc>> =
        sqlx::query_scalar("select published_at from revision order by number").fetch_all(&db).await.unwrap();
    let time = |at: usize| times[at].to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let found = async |path: &str| -> Vec<String> {
        let page = json(&site, path).await;
        let rows = page["data"].as_array().unwrap();
        assert_eq!(page["meta"]["total"], rows.len(), "{path}");
        let id = |row: &Value| {
            ["id", "number", "value"]
                .iter()
                .find_map(|name| row.get(name))
                .unwrap()
                .to_string()
                .replace('"', "")
        };
        rows.iter().map(id).collect()
    };
    let after = |noun: &str, at: usize| format!("/api/v1/{noun}?updated_after={}", time(at));
    for (noun, since_first, since_second) in [
        ("programs", &["measure"][..], &[][..]),
        ("events", &["opening"], &[]),
        ("observations", &["50500000000"], &["50500000000"]),
        ("statements", &[], &[]),
        ("subsidies", &[], &[]),
        ("places", &[], &[]),
        ("revisions", &["3", "2"], &["3"]),
    ] {
        assert_eq!(found(&after(noun, 0)).await, since_first, "{noun}");
        assert_eq!(found(&after(noun, 1)).await, since_second, "{noun}");
        assert!(found(&after(noun, 2)).await.is_empty(), "{noun}");
    }
    assert_eq!(found(&format!("{}&as_of=2", after("events", 0))).await, ["opening", "signing"]);
    assert_eq!(found(&format!("{}&as_of=2&kind=agreement", after("events", 0))).await, ["signing"]);
    assert!(found(&format!("{}&producer=echo", after("observations", 0))).await.is_empty());
    let today = observatory::text::date::today();
    assert!(found(&format!("/api/v1/programs?updated_after={today}")).await.is_empty());
    let long_ago = found("/api/v1/programs?updated_after=2020-01-01").await;
    assert_eq!(long_ago.len(), 2, "before the first revision: everything");
    for (day, since_first) in [("2025-12-07", &[][..]), ("2025-12-08", &["50500000000"])] {
        for rows in ["all", "headline"] {
            let path = format!("{}&known_on={day}&rows={rows}", after("observations", 0));
            assert_eq!(found(&path).await, since_first, "{path}");
        }
    }
    let versions = async |path: String| -> Vec<i64> {
        let page = json(&site, &path).await;
        page["data"].as_array().unwrap().iter().map(|row| row["valid_from"].as_i64().unwrap()).collect()
    };
    for (noun, since_first, since_second) in
        [("programs", &[2][..], &[][..]), ("observations", &[2, 3], &[3]), ("statements", &[], &[])]
    {
        assert_eq!(versions(after(noun, 0) + "&include_history=true").await, since_first, "{noun}");
        assert_eq!(versions(after(noun, 1) + "&include_history=true").await, since_second, "{noun}");
    }
    for wrong in [
        "programs?updated_after=yesterday",
        "programs?updated_after=2025-12-08T1Z",
        "programs/measure?updated_after=2020-01-01",
        "changes?updated_after=2020-01-01",
    ] {
        let path = format!("/api/v1/{wrong}");
        assert_eq!(send(&site, &path).await.status(), StatusCode::BAD_REQUEST, "{path}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_page_of_a_revision_has_its_changes_and_leads_to_the_list(db: PgPool) {
    three_revisions(&db).await;
    let site = support::empty_site(&db).await;
    let page = get(&site, "/en/data/revisions/2").await;
    assert_eq!(page.all("#changes li").len(), 5);
    assert!(page.text("#changes").contains("In force to: Jun 2028 → Jun 2029"), "{}", page.text("#changes"));
    let links: Vec<&str> =
        page.all("main dd a").into_iter().filter_map(|link| link.value().attr("href")).collect();
    for path in [
        "/en/changes?since=1&as_of=2",
        "/en/changes/data.csv?since=1&as_of=2",
        "/en/changes/data.json?since=1&as_of=2",
    ] {
        assert!(links.contains(&path), "{links:?}");
        assert_eq!(send(&site, path).await.status(), StatusCode::OK, "{path}");
    }
    assert_eq!(of_csv(&ok(&site, "/en/changes/data.csv?since=1&as_of=2").await).len(), 5);
    let first = get(&site, "/zh/data/revisions/1").await;
    assert!(first.all("#changes").is_empty() && first.text("main").contains("首个版本"));
    for page in ["/en", "/en/data"] {
        let page = get(&site, page).await;
        assert!(!page.all("a[href='/en/changes']").is_empty());
    }
}
