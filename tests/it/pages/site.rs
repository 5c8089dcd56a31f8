//! Properties of the site as a whole, of observations and of their sources.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt;
use scraper::Selector;
use sqlx::PgPool;
use tower::ServiceExt;

use super::{get, pages_of, send, text};
use crate::support;

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_figure_stands_on_its_sources_page_and_on_its_indicators(db: PgPool) {
    let site = support::site(&db).await;
    let figures: i64 = sqlx::query_scalar("select count(*) from observation").fetch_one(&db).await.unwrap();
    let sources: i64 = sqlx::query_scalar("select count(*) from source").fetch_one(&db).await.unwrap();
    let facts: i64 = sqlx::query_scalar(
        "select (select count(*) from program) + (select count(*) from subsidy) + (select count(*) from event)
              + (select count(*) from organization) + (select count(*) from app) + (select count(*) from person)
              + (select count(*) from statement)",
    )
    .fetch_one(&db)
    .await
    .unwrap();

    let addresses = pages_of(&site, "/en/sources", "/en/sources/").await;
    assert_eq!(addresses.len() as i64, sources, "every source has its page");
    let (mut figures_seen, mut facts_seen) = (0, 0);
    for address in addresses {
        let page = get(&site, &address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        assert!(!page.text("main").contains("[["), "{address} shows the sign of a link");
        figures_seen += page.all("table.figures tbody tr").len() as i64;
        facts_seen += page.all("tr.fact").len() as i64;
    }
    assert_eq!(figures_seen, figures, "every observation is on its source's page");
    assert_eq!(facts_seen, facts, "every other fact is on its source's page");

    let mut seen = 0;
    let indicators: Vec<(String, Vec<String>)> = sqlx::query_as(
        "select indicator_id, array_agg(distinct entity) from observation group by indicator_id order by 1",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    for (indicator, entities) in indicators {
        let entities: String = entities.iter().map(|entity| format!("entity={entity}&")).collect();
        let page = get(&site, &format!("/zh/indicators/{indicator}?{entities}rows=all")).await;
        assert_eq!(page.status, StatusCode::OK, "{indicator}");
        for row in page.all("table.figures tbody tr") {
            let source = Selector::parse("a[href^='/zh/sources/']").unwrap();
            assert!(row.select(&source).next().is_some(), "{indicator}: an observation without its source");
            seen += 1;
        }
    }
    assert_eq!(seen, figures, "every observation is on its indicator's page");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn no_link_of_the_main_pages_is_dead(db: PgPool) {
    let site = support::site(&db).await;
    let mut seen = BTreeSet::new();
    for start in [
        "/en",
        "/zh",
        "/en/indicators",
        "/zh/about",
        "/en/indicators/domestic-market-revenue",
        "/zh/sources",
        "/en/programs",
        "/zh/programs/pudong-10-package",
        "/en/programs/compare",
        "/zh/subsidies",
        "/en/organizations",
        "/zh/organizations/crazy-maple-studio",
        "/en/events",
        "/en/places/shanghai-pudong",
        "/zh/search?q=%E6%B5%A6%E4%B8%9C",
        "/en/explore",
        "/zh/explore?preset=forecasts",
        "/en/disagreements",
        "/en/map",
        "/zh/map?by=titles&place=zhengzhou",
    ] {
        for link in get(&site, start).await.links() {
            let path = link.split('#').next().unwrap_or_default().to_owned();
            if path.starts_with('/') && seen.insert(path.clone()) {
                let status = send(&site, &path).await.status();
                assert_eq!(status, StatusCode::OK, "{path}, linked from {start}");
            }
        }
    }
    assert!(seen.len() > 200, "found only {} links", seen.len());
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn links_within_a_page_lead_to_a_place_on_it(db: PgPool) {
    let site = support::site(&db).await;
    for start in [
        "/en",
        "/en/about",
        "/en/subsidies",
        "/en/organizations/crazy-maple-studio",
        "/en/explore?preset=us-share",
    ] {
        for link in get(&site, start).await.links() {
            let Some((path, fragment)) = link.split_once('#') else { continue };
            let path = if path.is_empty() { start } else { path };
            let there = get(&site, path).await;
            assert!(
                !there.all(&format!("#{fragment}")).is_empty(),
                "{link}, linked from {start}, leads nowhere"
            );
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_front_page_answers_with_period_wording_producer_and_source(db: PgPool) {
    let site = support::site(&db).await;
    for locale in ["en", "zh"] {
        let page = get(&site, &format!("/{locale}")).await;
        assert_eq!(page.status, StatusCode::OK);
        let answers = page.all(".home-answer");
        assert_eq!(answers.len(), 5);
        for answer in answers {
            let source = Selector::parse(".home-answer-meta a[href*='/sources/']").unwrap();
            assert!(answer.select(&source).next().is_some(), "{}", text(answer));
            assert_eq!(text(answer).matches(" · ").count(), 2, "{}", text(answer));
        }
        let drawings = page.all("figure [role=img] svg").len();
        assert_eq!(drawings, 6, "two charts for both widths, and two findings beside each other");
        assert_eq!(page.all(".home-arriving li").len(), 4);
        let measures: i64 =
            sqlx::query_scalar("select count(*) from program where package_id = 'pudong-10-package'")
                .fetch_one(&db)
                .await
                .unwrap();
        assert_eq!(page.all(".home-measures li").len() as i64, measures);
        assert!(page.all("ol.home-events li").len() > 3);
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_page_names_itself_in_both_languages(db: PgPool) {
    let site = support::site(&db).await;
    for path in [
        "",
        "/indicators",
        "/indicators/jobs-total",
        "/programs",
        "/programs/pudong-10-package",
        "/programs/compare",
        "/programs/match",
        "/subsidies",
        "/subsidies/sub-sh-guide-2024",
        "/organizations",
        "/organizations/crazy-maple-studio",
        "/events",
        "/events/ev-2025-12-05-summit",
        "/places",
        "/places/shanghai-pudong",
        "/search",
        "/explore",
        "/disagreements",
        "/map",
        "/sources",
        "/sources/yicai-2025-12-08",
        "/about",
    ] {
        for (locale, tag) in [("en", "en"), ("zh", "zh-Hans")] {
            let page = get(&site, &format!("/{locale}{path}")).await;
            assert_eq!(page.status, StatusCode::OK, "/{locale}{path}");
            assert!(page.cache.starts_with("public, max-age=0, s-maxage="), "{}", page.cache);
            assert_eq!(page.all("html")[0].value().attr("lang"), Some(tag));
            assert_eq!(page.all("h1").len(), 1, "/{locale}{path}");
            assert!(page.text("title").len() > 12);
            let alternates: Vec<_> = page
                .all("link[rel=alternate][hreflang]")
                .iter()
                .map(|link| (link.value().attr("hreflang").unwrap(), link.value().attr("href").unwrap()))
                .collect();
            let origin = "http://observatory.test";
            let expected = [
                ("en", format!("{origin}/en{path}")),
                ("zh-Hans", format!("{origin}/zh{path}")),
                ("x-default", format!("{origin}/en{path}")),
            ];
            assert_eq!(alternates, expected.each_ref().map(|(tag, href)| (*tag, href.as_str())));
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn an_indicator_opens_with_its_finding_and_draws_one_length_of_periods(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/indicators/overseas-iap-revenue").await;
    let finding = page.text(".finding");
    assert!(finding.starts_with("Overseas (outside mainland China): In-app purchase revenue"), "{finding}");
    assert_eq!(page.text("#chart-title"), finding);
    assert_eq!(page.text(".alternatives [aria-current]"), "Months");
    assert!(page.links().contains("/en/indicators/overseas-iap-revenue?every=quarter"));
    let picture = get(&site, "/en/indicators/overseas-iap-revenue/chart.svg?every=quarter").await;
    assert!(picture.text("title").starts_with(&finding), "{}", picture.text("title"));
    let market = get(&site, "/zh/indicators/domestic-market-revenue").await;
    assert!(market.text("#breaks").contains("DataEye"), "{}", market.text("#breaks"));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_other_language_keeps_path_and_query(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/indicators/jobs-total?rows=all").await;
    assert_eq!(page.all("a.language")[0].value().attr("href"), Some("/zh/indicators/jobs-total?rows=all"));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_is_not_there_is_a_page_that_says_so(db: PgPool) {
    let site = support::site(&db).await;
    for (path, heading) in [
        ("/en/nothing", "Page not found"),
        ("/zh/sources/nothing", "页面不存在"),
        ("/fr/indicators", "Page not found"),
        ("/en/indicators/nothing", "Page not found"),
        ("/pkg/0/observatory.js", "Page not found"),
    ] {
        let page = get(&site, path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(page.text("h1"), heading, "{path}");
        assert_eq!(page.cache, "no-store", "{path}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn an_unknown_parameter_or_value_is_named(db: PgPool) {
    let site = support::site(&db).await;
    for (path, named) in [
        ("/en?x=1", "x"),
        ("/en/about?q=1", "q"),
        ("/en/indicators?topic=revenues", "market-comparison"),
        ("/zh/indicators?sort=name", "sort"),
        ("/en/indicators/jobs-total?entity=atlantis", "atlantis"),
        ("/en/indicators/jobs-total?producer=nobody", "nobody"),
        ("/en/indicators/jobs-total?every=month", "month"),
        ("/en/sources?kind=rumour", "rumour"),
        ("/en/sources?kind=news&kind=blog", "kind"),
        ("/en/sources?after=nothing", "nothing"),
        ("/en/sources/yicai-2025-12-08?rows=all", "rows"),
    ] {
        let page = get(&site, path).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(page.text(".dek").contains(named), "{path}: {}", page.text(".dek"));
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_is_wrong_with_an_address_can_be_left_out(db: PgPool) {
    let site = support::site(&db).await;
    let ways = async |path: &str| {
        let page = get(&site, path).await;
        let links =
            page.all("main a").into_iter().filter_map(|link| link.value().attr("href").map(str::to_owned));
        links.take_while(|address| address != "/en").collect::<Vec<_>>()
    };
    let programs = "/en/programs";
    assert_eq!(
        ways("/en/programs/compare?place=shanghai&place=nowhere").await,
        ["/en/programs/compare?place=shanghai", "/en/programs/compare"]
    );
    assert_eq!(
        ways("/en/programs?place=shanghai&place=hangzhou&q=film").await,
        ["/en/programs?q=film", programs]
    );
    assert_eq!(ways("/en/programs?place=nowhere").await, [programs]);
    assert_eq!(ways("/en/programs?x=1&q=film").await, ["/en/programs?q=film", programs]);
    for way in ["/en/programs/compare?place=shanghai", "/en/programs?q=film", programs] {
        assert_eq!(get(&site, way).await.status, StatusCode::OK, "{way}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn hostile_text_is_text(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/sources?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E%00%27%22").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.all("#q")[0].value().attr("value"), Some("<script>alert(1)</script>\u{FFFD}'\""));
    let run = page.texts("script:not([type='application/ld+json'])");
    assert!(run.iter().all(|script| !script.contains("alert(1)")));
    // Structured data for search engines is JSON and never executed.
    for described in page.all("script[type='application/ld+json']") {
        let text = described.text().collect::<String>();
        serde_json::from_str::<serde_json::Value>(&text).unwrap();
        assert!(!text.contains("</script"));
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn facets_of_sources_count_what_they_list(db: PgPool) {
    let site = support::site(&db).await;
    for start in ["/en/sources", "/en/sources?language=zh", "/en/sources?q=micro&official=no"] {
        let page = get(&site, start).await;
        for choice in page.all(".choices a") {
            let count = Selector::parse(".count").unwrap();
            let Some(count) = choice.select(&count).next() else { continue };
            let href = choice.value().attr("href").unwrap();
            let expected: usize = text(count).replace(',', "").parse().unwrap();
            let listed = if expected == 0 { 0 } else { pages_of(&site, href, "/en/sources/").await.len() };
            assert_eq!(listed, expected, "{href}, linked from {start}");
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_catalogue_filters_by_topic_and_text_in_both_languages(db: PgPool) {
    let site = support::site(&db).await;
    let rows = async |path: &str| get(&site, path).await.all("table.catalogue tbody tr").len() as i64;
    let count = async |sql: &'static str| -> i64 { sqlx::query_scalar(sql).fetch_one(&db).await.unwrap() };
    assert_eq!(rows("/en/indicators").await, count("select count(*) from indicator").await);
    let figures = get(&site, "/en/indicators").await.all("table.catalogue .latest").len() as i64;
    let headlines = count("select count(distinct indicator_id) from observation where headline").await;
    assert_eq!(
        figures, headlines,
        "every indicator with a headline figure shows one, a forecast where there is nothing else"
    );
    let users = count("select count(*) from indicator where topic = 'users'").await;
    assert_eq!(rows("/zh/indicators?topic=users").await, users);
    let jobs =
        count("select count(*) from indicator where concat_ws(' ', name_zh, description_zh) like '%就业%'")
            .await;
    assert_eq!(rows("/zh/indicators?q=%E5%B0%B1%E4%B8%9A").await, jobs);
    assert_eq!(rows("/en/indicators?q=xyzzy").await, 0);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn headline_rows_stand_by_default_and_all_on_request(db: PgPool) {
    let site = support::site(&db).await;
    let count = async |sql: &'static str| -> usize {
        let count: i64 = sqlx::query_scalar(sql).fetch_one(&db).await.unwrap();
        count as usize
    };
    let rows = async |path: &str| get(&site, path).await.all("table.figures tbody tr").len();
    let headline =
        count("select count(*) from observation where indicator_id = 'jobs-total' and entity = 'china' and headline").await;
    let all =
        count("select count(*) from observation where indicator_id = 'jobs-total' and entity = 'china'")
            .await;
    assert_eq!(rows("/en/indicators/jobs-total?entity=china").await, headline);
    assert_eq!(rows("/en/indicators/jobs-total?entity=china&rows=all").await, all);
    let of_one = "select count(*) from observation \
                  where indicator_id = 'jobs-total' and entity = 'china' and headline and producer = 'cnsa'";
    assert_eq!(rows("/en/indicators/jobs-total?entity=china&producer=cnsa").await, count(of_one).await);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn sources_that_differ_stand_side_by_side_with_a_sentence(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/indicators/domestic-market-revenue?entity=china").await;
    let cases = page.texts("#differ .case");
    let year = cases.iter().find(|case| case.starts_with("2025")).expect("the market of 2025 is disputed");
    for said in ["iiMedia", "DataEye", "≥ CNY 100 billion", "CNY 67.79 billion", "apart"] {
        assert!(year.contains(said), "{said} is missing: {year}");
    }
    // The latest period is drawn, below what it shows.
    assert!(page.text("#differ h3").contains(" figures"), "{}", page.text("#differ h3"));
    assert_eq!(page.all("#strips svg").len(), 1);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_timeline_has_the_last_two_years_and_all_events_on_demand(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/events").await;
    assert!(page.text("#timeline .chart-subtitle").contains("of the last 24 months"));
    let all = page.all("a[href*='timeline=all']")[0].value().attr("href").unwrap().to_owned();
    let whole = get(&site, &all).await;
    assert_eq!(whole.status, StatusCode::OK);
    assert!(!whole.text("#timeline .chart-subtitle").contains("24 months"));
    assert_eq!(whole.text(".result"), page.text(".result"), "the list is the same");
    for page in [page, whole] {
        // Every mark is named in the drawing, and leads to its event or to a list.
        let marks = page.all("#timeline .chart-wide a");
        assert!(marks.len() > 20, "{}", marks.len());
        let to = marks[marks.len() - 1].value().attr("href").unwrap().to_owned();
        assert_eq!(get(&site, &to).await.status, StatusCode::OK, "{to}");
    }
    // Two dates are told in words.
    let few = get(&site, "/en/programs/pudong-10-package").await;
    assert_eq!(few.all("#dates").len(), 0);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_root_leads_to_the_readers_language(db: PgPool) {
    let site = support::site(&db).await;
    for (accepted, location) in [("zh-CN,zh;q=0.9,en;q=0.5", "/zh"), ("fr", "/en"), ("", "/en")] {
        let request = Request::get("/")
            .header(header::HOST, "observatory.test")
            .header(header::ACCEPT_LANGUAGE, accepted)
            .body(Body::empty())
            .unwrap();
        let response = site.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::FOUND);
        assert_eq!(response.headers()[header::LOCATION], location);
        assert_eq!(response.headers()[header::VARY], "accept-encoding, accept-language");
    }
    let response = send(&site, "/en/sources/?kind=news").await;
    assert_eq!(response.status(), StatusCode::PERMANENT_REDIRECT);
    assert_eq!(response.headers()[header::LOCATION], "/en/sources?kind=news");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_page_of_licences_names_every_crate_in_the_program(db: PgPool) {
    let site = support::site(&db).await;
    for locale in ["en", "zh"] {
        assert!(
            get(&site, &format!("/{locale}/about")).await.links().contains(&format!("/{locale}/licences"))
        );
        let page = get(&site, &format!("/{locale}/licences")).await;
        assert_eq!(page.status, StatusCode::OK);
        let rows = page.all("main tbody tr");
        assert!(page.text("#crates").contains(&rows.len().to_string()), "{}", page.text("#crates"));
        let names = page.texts("main tbody th");
        for name in ["leptos ", "sqlx ", "plotters ", "axum "] {
            assert!(names.iter().any(|one| one.starts_with(name)), "{name}");
        }
        assert!(!names.iter().any(|one| one.starts_with("proptest ")), "only tests use it");
        assert!(!page.text("main").contains('@'), "an address of mail");
        assert!(page.text("#fonts").contains("Noto Sans"));
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn files_of_a_build_are_kept_for_ever_and_answers_carry_their_headers(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/about").await;
    let styles = page.all("link[rel=stylesheet]")[0].value().attr("href").unwrap().to_owned();
    let response = send(&site, &styles).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert!(response.headers().contains_key("x-request-id"));

    let request = Request::get("/en")
        .header(header::HOST, "observatory.test")
        .header(header::ACCEPT_ENCODING, "br")
        .body(Body::empty())
        .unwrap();
    let response = site.clone().oneshot(request).await.unwrap();
    assert_eq!(response.headers()[header::CONTENT_ENCODING], "br");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn health_checks_report_the_database_and_the_revision(db: PgPool) {
    let site = support::site(&db).await;
    let ready = send(&site, "/readyz").await;
    assert_eq!(ready.status(), StatusCode::OK);
    let body = ready.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(std::str::from_utf8(&body).unwrap(), r#"{"ready":true,"revision":1}"#);

    // `response_cache.rs` tests the loss of the database; here a page loses it during its render.
    db.close().await;
    assert_eq!(send(&site, "/healthz").await.status(), StatusCode::OK);
    let page = get(&site, "/zh/indicators").await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(page.text("h1"), "数据暂时无法读取");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn before_anything_is_published_the_site_says_so(db: PgPool) {
    let site = support::empty_site(&db).await;
    assert_eq!(send(&site, "/readyz").await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(get(&site, "/en").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(get(&site, "/en/about").await.status, StatusCode::OK, "pages without data still work");
}
