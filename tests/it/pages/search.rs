//! The search: both languages, every script, synonyms, figures, what matched, and what to do when nothing does.

use std::{collections::BTreeSet, fs};

use axum::{Router, http::StatusCode};
use observatory::import::{self, DataSet};
use serde_json::Value;
use sqlx::PgPool;

use super::{download::ok, get, send};
use crate::support;

/// The path of a search.
fn search(locale: &str, text: &str) -> String {
    let text: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    format!("/{locale}/search?q={text}")
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn each_language_finds_what_is_named_in_the_other(db: PgPool) {
    let site = support::site(&db).await;
    for (text, found) in [
        ("枫叶", "/en/organizations/crazy-maple-studio"),
        ("枫叶互动", "/en/organizations/crazy-maple-studio"),
        ("crazy map", "/en/organizations/crazy-maple-studio"),
        ("crazymaple", "/en/organizations/crazy-maple-studio"),
        ("crazymap", "/en/organizations/crazy-maple-studio"),
        ("feng ye", "/en/organizations/crazy-maple-studio"),
        ("pu dong", "/en/places/shanghai-pudong"),
        ("reel short", "/en/organizations/crazy-maple-studio#reelshort"),
        ("浦东", "/en/places/shanghai-pudong"),
        ("Pudong visa", "/en/programs/pudong-visa"),
        ("浦东 visa", "/en/programs/pudong-visa"),
        ("微短剧政策", "/en/programs/pudong-10-package"),
        ("ReelShort", "/en/organizations/crazy-maple-studio#reelshort"),
        ("0772.HK", "/en/organizations/china-literature"),
        ("浦府规〔2021〕7号", "/en/programs/pudong-14fyp-fiscal"),
    ] {
        let page = get(&site, &search("en", text)).await;
        assert_eq!(page.status, StatusCode::OK, "{text}");
        let all = match page.links().contains(found) {
            true => continue,
            false => page.all(".of-kind .result a"),
        };
        // Where a kind has more than are shown at first, they are one step away.
        let mut there = false;
        for link in all {
            there |= get(&site, link.value().attr("href").unwrap()).await.links().contains(found);
        }
        assert!(there, "{text} does not find {found}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn synonyms_find_the_same(db: PgPool) {
    let site = support::site(&db).await;
    let counts = async |text: &str| get(&site, &search("zh", text)).await.texts(".of-kind h2");
    let expected = counts("微短剧").await;
    assert!(expected.len() > 5, "{expected:?}");
    for text in ["短剧", "micro-drama", "Short drama", "microdrama"] {
        assert_eq!(counts(text).await, expected, "{text}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_matched_is_marked_and_one_kind_can_be_seen_whole(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, &search("en", "visa")).await;
    assert!(
        page.texts("mark").iter().all(|mark| mark.eq_ignore_ascii_case("visa")),
        "{:?}",
        page.texts("mark")
    );
    assert!(!page.texts("mark").is_empty());
    let page = get(&site, "/en/search?q=pudong&kind=program").await;
    assert_eq!(page.all(".of-kind").len(), 1);
    let count: usize = page.text(".of-kind .count").parse().unwrap();
    assert_eq!(page.all(".hits > li").len(), count);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn nothing_found_says_what_may_help(db: PgPool) {
    let site = support::site(&db).await;
    for path in [search("en", "xyzzyq"), search("en", "!&|"), "/en/search".to_owned()] {
        let page = get(&site, &path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.all(".hits").is_empty() && !page.all(".search-help li").is_empty(), "{path}");
    }
    let page = get(&site, &search("zh", "<script>alert(1)</script>' or 1=1 --")).await;
    assert_eq!(page.status, StatusCode::OK);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn suggestions_are_links_to_what_begins_like_the_text(db: PgPool) {
    let site = support::site(&db).await;
    let page = get(&site, "/fn/suggest?locale=zh&q=%E6%9E%AB").await;
    assert!(page.links().contains("/zh/organizations/crazy-maple-studio"), "{:?}", page.links());
    assert!(page.all("li").len() <= 8);
    assert_eq!(send(&site, "/fn/suggest?locale=en&q=").await.status(), StatusCode::OK);
    for arguments in ["locale=en", "locale=fr&q=a", &format!("locale=en&q={}", "a".repeat(101))] {
        let refused = send(&site, &format!("/fn/suggest?{arguments}")).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "{arguments}");
    }
}

/// A row that a later revision changed is found by its new words only.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn only_the_published_revision_is_searched(db: PgPool) {
    support::published(&db).await;
    sqlx::query("update program set valid = '[1,1]' where id = 'pudong-visa'").execute(&db).await.unwrap();
    sqlx::query("insert into revision (number, content_hash) values (2, repeat('0', 64))")
        .execute(&db)
        .await
        .unwrap();
    let site = support::empty_site(&db).await;
    let page = get(&site, &search("en", "visa")).await;
    assert!(!page.links().contains("/en/programs/pudong-visa"));
}

/// Names as they are written by whoever enters them: accents, full-width letters, radicals, rare hanzi.
const NAMES: [(&str, &str, &str); 5] = [
    ("societe-drama", "Société Drama", "索西埃特短剧"),
    ("decomposed-drama", "E\u{301}toile Verticale", "竖屏之星"),
    ("fullwidth-co", "Wide Letters Co", "ＡＢＣ影业集团"),
    ("kangxi-co", "Kangxi Radical Co", "⼤⽂影业"),
    ("strasse-film", "Große Straße İstanbul Film", "𠮷野家影业"),
];

/// The site on the shipped data set with some names and figures more.
async fn site_with_names(db: &PgPool) -> Router {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(support::shipped()).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let append = |file: &str, rows: String| {
        let path = folder.path().join(file);
        fs::write(&path, fs::read_to_string(&path).unwrap() + &rows).unwrap();
    };
    let rows = |row: fn(&(&str, &str, &str)) -> String| NAMES.iter().map(row).collect::<String>();
    append("entities.csv", rows(|(id, en, zh)| format!("{id},{en},{zh},organization,,,,,,\n")));
    append(
        "organizations.csv",
        rows(|(id, en, zh)| format!("{id},{en},{zh},company,,shanghai-pudong,,,,,,yicai-2025-12-08,,,\n")),
    );
    append("producers.csv", "viet-media-lab,Việt Media Lab,越南媒体实验室,research-firm,yes,,\n".to_owned());
    append(
        "observations.csv",
        "domestic-market-revenue,china,2024-01-01,2024-12-31,viet-media-lab,52000000000,,estimate,,yes,feitian-2025-12-16,,,\n"
            .to_owned(),
    );
    let data = DataSet::open(folder.path()).unwrap();
    import::publish(db, &data, crate::support::noted()).await.unwrap();
    support::empty_site(db).await
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_way_of_writing_a_name_finds_it(db: PgPool) {
    let site = site_with_names(&db).await;
    for (text, found) in [
        // Scripts without blanks, in the middle of a run.
        ("콘진원", "/en/sources/nate-kocca-2025-06-13"),
        ("진원", "/en/sources/nate-kocca-2025-06-13"),
        ("キャッシュバック", "/en/sources/thaich-2025-01-23"),
        ("ｷｬｯｼｭﾊﾞｯｸ", "/en/sources/thaich-2025-01-23"),
        ("映画制作", "/en/sources/thaich-2025-01-23"),
        // Accents, whole or put together, with or without.
        ("produções", "/en/sources/hojemacau-2026-02-01"),
        ("producoes", "/en/sources/hojemacau-2026-02-01"),
        ("Société", "/en/organizations/societe-drama"),
        ("SOCIETE", "/en/organizations/societe-drama"),
        ("Socie\u{301}te\u{301}", "/en/organizations/societe-drama"),
        ("étoile", "/en/organizations/decomposed-drama"),
        ("etoile", "/en/organizations/decomposed-drama"),
        ("strasse", "/en/organizations/strasse-film"),
        ("STRASSE istanbul", "/en/organizations/strasse-film"),
        // Width and compatibility.
        ("ABC影业", "/en/organizations/fullwidth-co"),
        ("ａｂｃ", "/en/organizations/fullwidth-co"),
        ("大文影业", "/en/organizations/kangxi-co"),
        ("⼤⽂", "/en/organizations/kangxi-co"),
        ("𠮷", "/en/organizations/strasse-film"),
        ("𠮷野", "/en/organizations/strasse-film"),
        ("Ｃｒａｚｙ Ｍａｐｌｅ", "/en/organizations/crazy-maple-studio"),
        // Invisible characters.
        ("浦\u{200b}东", "/en/places/shanghai-pudong"),
        ("Pu\u{ad}dong", "/en/places/shanghai-pudong"),
        ("\u{feff}浦东\u{2060}", "/en/places/shanghai-pudong"),
        // Traditional hanzi.
        ("浦東", "/en/places/shanghai-pudong"),
        ("楓葉互動", "/en/organizations/crazy-maple-studio"),
        ("微短劇政策", "/en/programs/pudong-10-package"),
        // Pinyin and initials.
        ("fengye", "/en/organizations/crazy-maple-studio"),
        ("fengyehudong", "/en/organizations/crazy-maple-studio"),
        ("fengyehud", "/en/organizations/crazy-maple-studio"),
        ("fyhd", "/en/organizations/crazy-maple-studio"),
        // Forms of a word.
        ("subsidies", "/en/indicators/max-subsidy-per-project"),
        ("crazy mapl", "/en/organizations/crazy-maple-studio"),
    ] {
        let kinds = ["indicator", "program", "organization", "place", "source"];
        let kind = kinds.iter().find(|kind| found.contains(&format!("/{kind}s/"))).unwrap();
        let page = get(&site, &format!("{}&kind={kind}", search("en", text))).await;
        assert_eq!(page.status, StatusCode::OK, "{text}");
        assert!(page.links().contains(found), "{text} does not find {found}");
    }
    let counts = async |text: &str| get(&site, &search("zh", text)).await.texts(".of-kind h2");
    for (text, same) in
        [("ＡＩ", "AI"), ("２０２５", "2025"), ("微短劇", "微短剧"), ("Ｐｕｄｏｎｇ", "pudong")]
    {
        let expected = counts(same).await;
        assert!(!expected.is_empty() && counts(text).await == expected, "{text}");
    }
    assert!(!counts("weiduanju").await.is_empty());
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn codes_of_registers_find_what_they_name(db: PgPool) {
    let site = support::site(&db).await;
    for (code, id) in [
        ("310115", "shanghai-pudong"),
        ("330000", "zhejiang"),
        ("CN-ZJ", "zhejiang"),
        ("KR", "south-korea"),
        ("300364.SZ", "col-group"),
        ("300364", "col-group"),
    ] {
        let (_, found) = super::json(&site, &format!("/api/v1/search?q={code}&limit=50")).await;
        let found = found["data"].as_array().unwrap();
        assert!(found.iter().any(|row| row["id"] == id), "{code}: {found:?}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_typing_error_leads_to_what_was_meant(db: PgPool) {
    let site = support::site(&db).await;
    for (typed, meant) in [
        ("reelshrt", "ReelShort"),
        ("Pudnog", "Pudong"),
        ("fengyehudng", "枫叶互动"),
        ("枫页互动", "枫叶互动"),
    ] {
        let page = get(&site, &search("en", typed)).await;
        let links: Vec<&str> =
            page.all(".meant a").iter().filter_map(|link| link.value().attr("href")).collect();
        assert!(links.contains(&search("en", meant).as_str()), "{typed}: {links:?}");
        assert!(
            !get(&site, links[0]).await.all(".hits").is_empty(),
            "{typed}: what is offered finds something"
        );
    }
    let page = get(&site, &search("zh", "reelshrt")).await;
    assert!(page.text(".meant").starts_with("您是不是要找"), "{}", page.text(".meant"));
    for typed in ["ReelShort", "xyzzyq"] {
        assert!(get(&site, &search("en", typed)).await.all(".meant").is_empty(), "{typed}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn figures_are_found_by_value_and_by_name(db: PgPool) {
    let site = site_with_names(&db).await;
    for text in
        ["CNY 50 billion", "500亿元", "500億元", "50bn yuan", "５００亿元", "RMB50bn", "50,000,000,000 yuan"]
    {
        let page = get(&site, &search("en", text)).await;
        assert_eq!(page.all(".of-kind").first().and_then(|kind| kind.value().id()), Some("figure"), "{text}");
        let links = page.links();
        assert!(
            links.iter().any(|link| link.starts_with("/en/indicators/domestic-market-revenue?entity=china")),
            "{text}: {links:?}"
        );
        // Never without qualifier, period, producer and source.
        let found = page.texts("#figure .hits > li").join("\n");
        assert!(found.contains("≥ CNY 50 billion · 2024 · ") && found.contains("original"), "{found}");
    }
    let page = get(&site, &search("zh", "300万")).await;
    assert!(
        page.links().iter().any(|link| link.starts_with("/zh/indicators/max-subsidy-per-project?")),
        "{:?}",
        page.links()
    );
    let page = get(&site, &search("en", "CNY 19.8 million")).await;
    assert!(page.links().contains("/en/subsidies/sub-sh-guide-2024"), "{:?}", page.links());

    for (text, link) in [
        ("reelshort revenue", "/en/indicators/app-iap-revenue?entity=reelshort"),
        ("ReelShort 收入", "/en/indicators/app-iap-revenue?entity=reelshort"),
        ("viet media lab revenue", "/en/indicators/domestic-market-revenue?entity=china"),
    ] {
        let page = get(&site, &search("en", text)).await;
        assert!(page.links().contains(link), "{text}: {:?}", page.links());
    }
    let overseas = get(&site, &search("zh", "海外 收入")).await;
    assert!(!overseas.all("#figure .hits > li").is_empty());
    // A name or a year alone is no question for figures.
    for text in ["reelshort", "2025"] {
        assert!(get(&site, &search("en", text)).await.all("#figure").is_empty(), "{text}");
    }
    let only = get(&site, "/en/search?q=reelshort+revenue&kind=figure").await;
    assert_eq!(only.all(".of-kind").len(), 1);
    let page = get(&site, "/en/search?q=CNY+50+billion&kind=figure").await;
    assert!(page.all(".hits > li").len() > 4);
}

/// Whatever position it has in a run, one hanzi finds every row that has it.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn one_hanzi_finds_every_row_of_a_list_that_has_it(db: PgPool) {
    let site = support::site(&db).await;
    let mut reader = csv::Reader::from_path(support::shipped().join("programs.csv")).unwrap();
    let rows: Vec<std::collections::BTreeMap<String, String>> =
        reader.deserialize().map(Result::unwrap).collect();
    let searched = ["name", "agency", "objective", "eligibility", "amount_note", "note"];
    for letter in ["局", "费", "库", "费", "部"] {
        let has = |row: &&std::collections::BTreeMap<String, String>| {
            searched.iter().any(|column| row[&format!("{column}_zh")].contains(letter))
        };
        let expected: BTreeSet<String> = rows.iter().filter(has).map(|row| row["id"].clone()).collect();
        let letter: String = form_urlencoded::byte_serialize(letter.as_bytes()).collect();
        let answer = ok(&site, &format!("/api/v1/programs?limit=1000&q={letter}")).await;
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        let rows = answer["data"].as_array().unwrap();
        let found: BTreeSet<String> = rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
        assert!(
            !expected.is_empty() && expected.is_subset(&found),
            "{letter}: {:?}",
            expected.difference(&found)
        );
    }
    for path in [
        "/api/v1/sources?q=%EC%BD%98%EC%A7%84%EC%9B%90",
        "/api/v1/sources?q=producoes",
        "/api/v1/organizations?q=%E6%A5%93%E8%91%89",
        "/api/v1/organizations?q=fyhd",
        "/api/v1/events?q=%E6%B5%A6%E6%9D%B1",
        "/api/v1/subsidies?q=%E7%9B%AE",
        "/api/v1/indicators?q=%E6%94%B6",
        "/api/v1/indicators?q=%EF%BC%B2evenues",
    ] {
        let answer: Value = serde_json::from_slice(&ok(&site, path).await).unwrap();
        assert!(answer["meta"]["total"].as_u64() > Some(0), "{path}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn programs_search_as_readers_do(db: PgPool) {
    let site = support::site(&db).await;
    let search = async |query: &str| -> Value {
        serde_json::from_slice(&ok(&site, &format!("/api/v1/search?{query}")).await).unwrap()
    };
    let answer = search("q=reelshort+revenue&lang=zh").await;
    assert_eq!(
        (&answer["data"][0]["kind"], &answer["data"][0]["kind_label"]),
        (&"figure".into(), &"数据".into())
    );
    assert!(answer["data"][0]["page"].as_str().unwrap().starts_with("/zh/indicators/app-"));
    assert_eq!(answer["figures"][0]["entity_id"], "reelshort");
    assert!(answer["figures"][0]["qualifier"].is_string() && answer["figures"][0]["source_id"].is_string());
    assert_eq!(answer["meta"]["as_of"], 1);

    let answer = search("q=%E6%B5%A6%E4%B8%9C&kind=program&limit=2").await;
    assert_eq!(answer["data"].as_array().unwrap().len(), 2);
    assert!(answer["meta"]["total"].as_u64() > Some(2));
    assert_eq!(search("q=reelshrt").await["did_you_mean"][0], "ReelShort");

    for (query, parameter) in [
        ("", "q"),
        ("kind=program", "q"),
        ("q=a&x=1", "x"),
        ("q=a&limit=101", "limit"),
        ("q=a&kind=rumour", "kind"),
    ] {
        let response = send(&site, &format!("/api/v1/search?{query}")).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{query}");
        let body = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
        let problem: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(problem["parameter"], parameter, "{query}");
    }
    let document: Value = serde_json::from_slice(&ok(&site, "/api/openapi.json").await).unwrap();
    let fields = document["components"]["schemas"]["Search"]["properties"].as_object().unwrap();
    assert!(
        answer["data"][0].as_object().unwrap().keys().eq(fields.keys()),
        "the document names every field"
    );
    assert!(document["paths"]["/api/v1/search"]["get"].is_object());
    assert!(get(&site, "/en/api").await.links().contains("/api/v1/search?q=ReelShort+revenue"));
}
