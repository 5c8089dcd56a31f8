//! Explore and the page of disagreements: what an address asks for is on the page, in the files, and the same for ever.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use http_body_util::BodyExt;
use observatory::import::{self, Outcome};
use serde_json::Value;
use sqlx::PgPool;

use super::{Page, get, send, text};
use crate::support::{self, data::Folder};

const MARKET: &str = "series=domestic-market-revenue.china.iimedia";

fn numbers(page: &Page) -> Vec<String> {
    page.texts(".explore-table tbody td:not(.explore-missing)")
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_chart_and_a_search_lead_to_every_series_about_an_entity(db: PgPool) {
    let site = support::site(&db).await;
    for path in ["/en/explore?series=app-iap-revenue.reelshort.dataeye", "/en/explore?find=reelshort"] {
        let page = get(&site, path).await;
        let links = page.all(".explore-peers a");
        let about = links.iter().find(|link| text(**link) == "ReelShort");
        let href = about.and_then(|link| link.value().attr("href")).unwrap_or_default();
        assert!(href.contains("about=reelshort"), "{path}: {href}");
        let listed = get(&site, href).await;
        assert!(listed.text(".explore-found .result").starts_with("Everything about ReelShort"), "{path}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_ready_chart_opens_with_its_headline(db: PgPool) {
    let site = support::site(&db).await;
    for locale in ["en", "zh"] {
        let beginning = get(&site, &format!("/{locale}/explore")).await;
        assert_eq!(beginning.status, StatusCode::OK);
        let offers: Vec<(String, String)> = beginning
            .all(".explore-offer > a")
            .into_iter()
            .map(|link| (link.value().attr("href").unwrap().to_owned(), text(link)))
            .collect();
        assert!(offers.len() >= 10, "{}", offers.len());
        for (href, headline) in offers {
            let page = get(&site, &href).await;
            assert_eq!(page.status, StatusCode::OK, "{href}");
            assert_eq!(page.text("h1"), headline);
            assert_eq!(page.all("figure [role=img] svg").len(), 2, "{href}: wide and narrow");
            // What the choice of a period length makes of shorter ones is said; nothing is refused.
            let notices = page.texts(".explore-notices li");
            let said = |text: &String| text.contains("left out") || text.contains("未列出");
            assert!(notices.iter().all(said), "{href}: {notices:?}");
            assert!(!numbers(&page).is_empty(), "{href}");
            // Each number leads to its working, and each working to a source.
            for link in page.all(".explore-table td a") {
                let id = link.value().attr("href").unwrap();
                assert_eq!(page.all(id).len(), 1, "{href}: {id}");
            }
            assert_eq!(
                page.all(".explore-worked dd").len(),
                page.all(".explore-worked dd .explore-inputs").len()
            );
            assert!(
                page.all(".explore-worked .explore-inputs li").len()
                    <= page.all(".explore-worked .explore-inputs li a[href*='/sources/']").len()
            );
        }
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_state_is_the_same_in_both_languages(db: PgPool) {
    let site = support::site(&db).await;
    let state = format!(
        "{MARKET}&series=cinema-box-office.china.china-film-administration&every=year&units=percent-year&start=2021&focus=2"
    );
    let en = get(&site, &format!("/en/explore?{state}")).await;
    let zh = get(&site, &format!("/zh/explore?{state}")).await;
    assert_eq!(en.status, StatusCode::OK);
    // Percentages have no scale, so even the digits are alike.
    assert_eq!(numbers(&en), numbers(&zh));
    assert!(numbers(&en).contains(&"34.9".to_owned()), "{:?}", numbers(&en));
    // The first period that can be chosen is the first of any series.
    assert_eq!(en.all("#c-start")[0].value().attr("placeholder"), Some("2002"));
    assert_eq!(en.all(".explore-chip").len(), 2);
    assert_eq!(en.all(".explore-chip-focus").len(), 1);
    // The other language is one click away, in the same state.
    let other = en.all("a.language")[0].value().attr("href").unwrap().to_owned();
    assert_eq!(other, format!("/zh/explore?{state}"));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_series_is_found_and_added_without_script(db: PgPool) {
    let site = support::site(&db).await;
    for (path, word) in [
        ("/en/explore?find=downloads+dataeye", "DataEye"),
        ("/zh/explore?find=%E6%94%B6%E5%85%A5+dataeye", "DataEye"),
    ] {
        let page = get(&site, path).await;
        let found = page.texts(".explore-found li");
        assert!(!found.is_empty() && found.iter().all(|line| line.contains(word)), "{path}: {found:?}");
        let add = page.all(".explore-found a.add")[0].value().attr("href").unwrap().to_owned();
        let with_one = get(&site, &add).await;
        assert_eq!(with_one.all(".explore-chip").len(), 1, "{add}");
        let more = get(&site, &format!("{add}&find=dataeye")).await;
        let add = more.all(".explore-found a.add")[0].value().attr("href").unwrap().to_owned();
        assert_eq!(get(&site, &add).await.all(".explore-chip").len(), 2, "{add}");
    }
    let nothing = get(&site, "/en/explore?find=xyzzy").await;
    assert!(
        nothing.text(".explore-found .result").contains("No series"),
        "{}",
        nothing.text(".explore-found .result")
    );
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_is_not_there_is_refused_and_what_cannot_be_is_said(db: PgPool) {
    let site = support::site(&db).await;
    for (query, named) in [
        ("series=nothing.china.iimedia", "nothing.china.iimedia"),
        ("preset=nothing", "nothing"),
        (&format!("{MARKET}&place=atlantis"), "atlantis"),
        (&format!("{MARKET}&units=growth"), "percent-year"),
        (&format!("{MARKET}&start=2025&end=2020"), "start=2025"),
        (&format!("{MARKET}&formula=a%2F"), "at character 3 it ends"),
        (&format!("{MARKET}&formula=a+b"), "%2B"),
        ("browse=nothing", "nothing"),
        ("about=nothing", "nothing"),
    ] {
        let page = get(&site, &format!("/en/explore?{query}")).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{query}");
        assert!(page.text(".dek").contains(named), "{query}: {}", page.text(".dek"));
        let file = send(&site, &format!("/en/explore/data.csv?{query}")).await;
        assert!(file.status().is_client_error(), "{query}");
    }
    for (query, said) in [
        (format!("{MARKET}&units=share"), "at least two lines"),
        ("series=users-micro-drama.china.cnnic&every=year".to_owned(), "must not be summed"),
        ("series=company-revenue-inr.kuku.kuku&currency=CNY".to_owned(), "exchange rate"),
        (format!("{MARKET}&series=users-micro-drama.china.cnnic"), "different units"),
        (format!("{MARKET}&kind=bars&axis=log"), "logarithmic"),
        (format!("{MARKET}&formula=a%2Fb"), "no series b is drawn"),
        ("series=users-micro-drama.china.cnnic&units=per-month".to_owned(), "no values per month"),
    ] {
        let page = get(&site, &format!("/en/explore?{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert!(
            page.texts(".explore-notices li").join(" ").contains(said),
            "{query}: {:?}",
            page.texts(".explore-notices li")
        );
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_file_marks_computed_values_with_their_formula(db: PgPool) {
    let site = support::site(&db).await;
    let query = format!("{MARKET}&units=percent-year");
    let body = |path: String| {
        let site = site.clone();
        async move {
            let response = send(&site, &path).await;
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes()
        }
    };
    let json: Value = serde_json::from_slice(&body(format!("/en/explore/data.json?{query}")).await).unwrap();
    let rows = json["data"].as_array().unwrap();
    let of_2024 = rows.iter().find(|row| row["period_start"] == "2024-01-01").unwrap();
    assert_eq!(of_2024["derived"], true);
    assert_eq!(of_2024["value"].to_string(), "34.9023803156");
    assert_eq!(of_2024["status"], "forecast");
    assert!(of_2024["formula"].as_str().unwrap().contains("a year before"));
    assert!(of_2024["working"].as_str().unwrap().starts_with("(50,440,000,000 ÷ 37,390,000,000"));
    assert!(!of_2024["source_ids"].as_array().unwrap().is_empty());
    let of_2020 = rows.iter().find(|row| row["period_start"] == "2020-01-01").unwrap();
    assert_eq!((&of_2020["value"], of_2020["missing"].as_str()), (&Value::Null, Some("no value for 2019")));
    // The figures it comes from are the second table.
    assert_eq!(json["tables"]["observations"].as_array().unwrap().len(), 8);
    let about: Value =
        serde_json::from_slice(&body(format!("/en/explore/metadata.json?{query}")).await).unwrap();
    assert!(about["definitions"].to_string().contains("Formula used here"));
    assert!(about["facts"]["Rounding"].to_string().contains("calculated by us"), "{}", about["facts"]);
    let svg = body(format!("/en/explore/chart.svg?{query}")).await;
    let svg = String::from_utf8_lossy(&svg);
    assert!(svg.contains("Calculated by the Micro-Drama Observatory"), "a picture says whose values it has");
}

/// A formula is printed in title, description, table, workings and files, with what its letters stand for.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_formula_is_printed_wherever_its_values_are(db: PgPool) {
    let site = support::site(&db).await;
    let state = "series=domestic-market-revenue.shanghai.sh-culture-tourism\
                 &series=domestic-market-revenue.china.wuzhen-summit&formula=a%2Fb*100";
    let page = get(&site, &format!("/en/explore?{state}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text("h1").ends_with(": a ÷ b × 100"), "{}", page.text("h1"));
    assert!(page.text(".dek").contains("a: Shanghai"), "{}", page.text(".dek"));
    assert_eq!(page.texts(".explore-chip b"), ["a", "b"]);
    assert_eq!(page.all("#c-formula")[0].value().attr("value"), Some("a/b*100"));
    assert!(page.text(".explore-working").contains("a ÷ b × 100; a: Shanghai"));
    assert_eq!(numbers(&page), ["14"]);
    let csv = send(&site, &format!("/en/explore/data.csv?{state}&header=names")).await;
    let csv = csv.into_body().collect().await.unwrap().to_bytes();
    let csv = String::from_utf8_lossy(&csv);
    assert!(csv.contains("a ÷ b × 100; a: Shanghai"), "{csv}");
    assert!(csv.contains("7,000,000,000 ÷ 50,000,000,000 × 100 = 14"), "{csv}");
    let embed = get(&site, &format!("/embed/en/explore?{state}")).await;
    assert!(embed.html.html().contains("a ÷ b × 100"));
    // The word of older addresses means the same.
    let old = get(&site, &format!("/en/explore?{}", state.replace("a%2Fb*100", "percentage"))).await;
    assert_eq!(numbers(&old), numbers(&page));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_preset_is_changed_by_its_address(db: PgPool) {
    let site = support::site(&db).await;
    let plain = get(&site, "/en/explore?preset=market-growth").await;
    let level = get(&site, "/en/explore?preset=market-growth&units=level&kind=lines").await;
    assert_eq!(level.status, StatusCode::OK);
    assert_ne!(level.text("h1"), plain.text("h1"), "the headline is of growth");
    assert!(numbers(&level).contains(&"50.44".to_owned()), "{:?}", numbers(&level));
    let sort = level.all(".explore-table th a")[0].value().attr("href").unwrap();
    assert!(sort.contains("preset=market-growth&units=level"), "{sort}");
}

/// The tree leads from topics to a chart, and one link to everything about an app.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn all_series_are_reached_without_script(db: PgPool) {
    let site = support::site(&db).await;
    let follow = async |page: Page, css: &str, wanted: &str| {
        let links = page.all(css);
        let link = links.iter().find(|link| text(**link) == wanted);
        let href =
            link.unwrap_or_else(|| panic!("{wanted}: {:?}", page.texts(css))).value().attr("href").unwrap();
        get(&site, href.split('#').next().unwrap()).await
    };
    let page = follow(get(&site, "/en/explore").await, ".finder a", "Browse all series").await;
    assert_eq!(page.all(".explore-tree > ul > li").len(), 8);
    let page = follow(page, ".explore-tree a", "Apps").await;
    assert!(page.all(".explore-tree ul ul > li").len() > 20);
    let page = follow(page, ".explore-tree a", "In-app revenue of an app").await;
    let leaves = page.texts(".explore-tree ul ul ul > li");
    assert!(leaves.iter().any(|leaf| leaf.contains("ReelShort") && leaf.contains("last ")), "{leaves:?}");
    let chart = follow(page, ".explore-tree a.add", "Add").await;
    assert_eq!(chart.all(".explore-chip").len(), 1);

    let company = get(&site, "/en/organizations/crazy-maple-studio").await;
    let about = follow(company, "a[href*='about=']", "All series about ReelShort").await;
    assert!(about.text(".explore-found .result").starts_with("Everything about ReelShort: "));
    assert!(about.all(".explore-found li").len() > 20);
    let found = get(&site, "/en/search?q=reelshort").await;
    assert_eq!(follow(found, "main a", "Series for a chart with these words").await.status, StatusCode::OK);
    let app = get(&site, "/en/explore?series=app-iap-revenue.reelshort.dataeye").await;
    let peers = app.texts(".explore-peers a");
    assert!(peers.iter().any(|peer| peer.contains("DramaBox")), "{peers:?}");
}

/// Each row of the file of a chart of estimates names the period that is estimated.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn estimates_name_their_period(db: PgPool) {
    let site = support::site(&db).await;
    let state = "series=domestic-market-revenue.china.dataeye&kind=vintages&of=2025";
    let page = get(&site, &format!("/en/explore?{state}")).await;
    assert!(page.text("h1").contains("figures published for 2025"), "{}", page.text("h1"));
    assert!(page.text(".explore-table th").contains("Published"));
    let csv = send(&site, &format!("/en/explore/data.csv?{state}&header=names")).await;
    let csv = csv.into_body().collect().await.unwrap().to_bytes();
    let mut reader = csv::Reader::from_reader(&csv[..]);
    let column = reader.headers().unwrap().iter().position(|name| name.contains("estimate_of")).unwrap();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert!(rows.len() > 4 && rows.iter().all(|row| &row[column] == "2025"));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_chart_as_known_on_an_older_day_never_changes(db: PgPool) {
    let folder = Folder::small();
    let publish = async || match import::publish(&db, &folder.open(), crate::support::noted()).await.unwrap()
    {
        Outcome::Published { revision, .. } => revision,
        other => panic!("{other}"),
    };
    assert_eq!(publish().await, 1);
    let key: (String, String, String, String) = sqlx::query_as(
        "select indicator_id, entity, producer, value::numeric::text from observation where headline and value > 0 limit 1",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    let (indicator, entity, producer, value) = key;
    let site = support::empty_site(&db).await;
    let state = format!("/en/explore?series={indicator}.{entity}.{producer}");
    let before = numbers(&get(&site, &state).await);
    folder.replace("observations.csv", &format!(",{value},"), &format!(",{value}0,"));
    assert_eq!(publish().await, 2);
    let site = support::empty_site(&db).await;
    let now = numbers(&get(&site, &state).await);
    assert_ne!(now, before);
    let frozen = get(&site, &format!("{state}&as_of=1")).await;
    assert_eq!(numbers(&frozen), before);
    assert_eq!(frozen.all("#c-as-of")[0].value().attr("value"), Some("1"));
    // Its links stay with that day.
    assert!(
        frozen.all(".explore-table th a").iter().all(|link| link
            .value()
            .attr("href")
            .unwrap()
            .contains("as_of=1"))
    );
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn marks_are_numbered_alike_in_the_drawing_and_below_it(db: PgPool) {
    let site = support::site(&db).await;
    let series = "series=overseas-iap-revenue.overseas.dataeye";
    let page = get(&site, &format!("/en/explore?{series}&mark=program&mark=agreement&place=shanghai")).await;
    let listed = page.all(".explore-marks ol > li a[href]");
    assert!(listed.len() > 2, "{}", listed.len());
    // Close ones share a label: 3–5.
    let drawn: BTreeSet<usize> = page
        .texts(".chart-wide svg .flags text")
        .iter()
        .flat_map(|label| {
            let (first, last) = label.split_once('–').unwrap_or((label, label));
            first.parse().unwrap()..=last.parse().unwrap()
        })
        .collect();
    let expected: BTreeSet<usize> = (1..=listed.len()).collect();
    assert_eq!(drawn, expected);
    for link in listed {
        let href = link.value().attr("href").unwrap();
        assert_eq!(send(&site, href).await.status(), StatusCode::OK, "{href}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_table_is_sorted_by_links(db: PgPool) {
    let site = support::site(&db).await;
    let plain = get(&site, &format!("/en/explore?{MARKET}")).await;
    assert_eq!(plain.all("th[aria-sort=ascending]").len(), 1);
    let down = get(&site, &format!("/en/explore?{MARKET}&sort=-1")).await;
    assert_eq!(down.all("th.n[aria-sort=descending]").len(), 1);
    let values = |page: &Page| -> Vec<rust_decimal::Decimal> {
        numbers(page).iter().map(|number| number.replace(',', "").parse().unwrap()).collect()
    };
    let (mut sorted, shown) = (values(&plain), values(&down));
    sorted.sort_by(|a, b| b.cmp(a));
    assert_eq!(shown, sorted);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn everything_that_differs_stands_on_the_page_of_disagreements(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/en/disagreements").await;
    assert_eq!(page.status, StatusCode::OK);
    // CNY 50 billion of eight months against the whole of 2024, and the two rates in one article.
    let puzzles = page.texts("#puzzles .case p").join("\n");
    assert!(puzzles.contains("CNY 50 billion is given for 2024 and Jan–Aug 2025"), "{puzzles}");
    assert!(puzzles.contains("7.2464") && puzzles.contains("7.0693"), "{puzzles}");
    let notes = page.text("#puzzles");
    assert!(notes.contains("in tension with") || notes.contains("In tension with"), "the notes explain them");
    // Wherever two figures for one thing differ in their leading digit or by a tenth, there is a case.
    let rows: Vec<(String, String)> = sqlx::query_as(
        "select indicator_id, min(e.name_en) from observation o join entity e on e.id = o.entity \
         group by indicator_id, entity, period_start, period_end having max(value) > 1.1 * min(value) and min(value) > 0",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    assert!(rows.len() > 20);
    for (indicator, entity) in rows {
        let cases = page.texts(&format!("#{indicator} .case h3"));
        assert!(
            cases.iter().any(|case| case.ends_with(&entity)),
            "{indicator}: {entity} is not in {cases:?}"
        );
    }
    // What can be compared is drawn above the tables, which are collapsed.
    assert!(page.text("#domestic-market-revenue h3").contains(" figures"));
    let drawn = page.all("figure.chart svg").len();
    assert!(drawn > 10, "{drawn}");
    assert_eq!(page.all("section.taken[id] > .case").len(), page.all("#puzzles > .case").len());
    // Each case leads to how its estimates moved.
    let link = page.all(".case a[href*='kind=vintages']")[0].value().attr("href").unwrap().to_owned();
    let vintages = get(&site, &link).await;
    assert_eq!(vintages.status, StatusCode::OK, "{link}");
    let narrowed = get(&site, "/zh/disagreements?topic=users").await;
    assert_eq!(narrowed.status, StatusCode::OK);
    assert!(narrowed.all("section.taken").len() < page.all("section.taken").len());
    assert_eq!(get(&site, "/en/disagreements?topic=x").await.status, StatusCode::BAD_REQUEST);
}

/// More cases than a page has room for: it says how many there are of each indicator, shows the latest, and the files have all.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_page_of_disagreements_has_an_end(db: PgPool) {
    support::published(&db).await;
    let made = "with pair as (
            select producer, min(source_id) as one, max(source_id) as other from identity.attribution
            group by producer having count(*) > 1 order by producer limit 1)
        insert into observation (indicator_id, entity, period_start, period_end, producer, value, qualifier, source_id, valid)
            select 'domestic-market-revenue', 'china', day::date, day::date, producer, value, 'exact', source, '[2,)'
            from pair, generate_series(date '1990-01-01', date '1990-12-31', '1 day') as day,
                 lateral (values (one, 100), (other, 200)) as said (source, value);
        insert into revision (number, content_hash) values (2, repeat('b', 64))";
    sqlx::raw_sql(made).execute(&db).await.unwrap();
    let site = support::empty_site(&db).await;
    let page = get(&site, "/en/disagreements").await;
    assert_eq!(page.status, StatusCode::OK);
    let section = page.text("#domestic-market-revenue");
    let shown = page.all("#domestic-market-revenue .case").len();
    assert!((1..100).contains(&shown), "{shown}");
    let rest = section.split_once(&format!("The first {shown} of ")).expect("how many there are").1;
    let all: usize = rest.split_once(" cases").unwrap().0.parse().unwrap();
    assert!(all > 365, "{all}");
    let newest = &page.texts("#domestic-market-revenue .case h3")[0];
    assert!(!newest.contains("1990"), "{newest} is not the latest");
    let total: usize = page.text(".result").split_once(" cases").unwrap().0.parse().unwrap();
    assert!(total > all, "{total}");
    let file =
        send(&site, "/en/disagreements/data.csv?header=names").await.into_body().collect().await.unwrap();
    let file = String::from_utf8(file.to_bytes().to_vec()).unwrap();
    let made = file.lines().filter(|line| line.contains("1990-")).count();
    assert_eq!(made, 2 * 365);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn pages_with_figures_lead_to_a_chart_of_them(db: PgPool) {
    let site = support::site(&db).await;
    for path in ["/en/indicators/domestic-market-revenue", "/zh/organizations/crazy-maple-studio"] {
        let page = get(&site, path).await;
        let link = page.all(".to-explore a")[0].value().attr("href").unwrap().to_owned();
        let there = get(&site, &link).await;
        assert_eq!(there.status, StatusCode::OK, "{link}");
        assert!(!numbers(&there).is_empty(), "{link}");
    }
}
