//! The search: both languages, synonyms, what matched, and what to do when nothing does.

use axum::http::StatusCode;
use sqlx::PgPool;

use super::{get, send};
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
    let page = get(&site, "/zh/suggest?q=%E6%9E%AB").await;
    assert!(page.links().contains("/zh/organizations/crazy-maple-studio"), "{:?}", page.links());
    assert!(page.all("li").len() <= 8);
    assert_eq!(send(&site, "/en/suggest?q=").await.status(), StatusCode::OK);
    assert_eq!(send(&site, "/en/suggest?x=1").await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(send(&site, "/fr/suggest?q=a").await.status(), StatusCode::NOT_FOUND);
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
