//! Tests of embeds: iframes on other sites, and which pages may be framed.

use axum::http::{StatusCode, header};
use serde_json::Value;
use sqlx::PgPool;

use super::{bytes, ok};
use crate::{
    pages::{get, send},
    support,
};

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn only_embeds_may_be_framed(db: PgPool) {
    let site = support::site(&db).await;
    for path in [
        "/en",
        "/en/programs",
        "/en/programs/data.csv",
        "/api/v1/programs",
        "/oembed?url=http://observatory.test/en/events",
    ] {
        let (status, headers, _) = bytes(&site, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert_eq!(headers[header::X_FRAME_OPTIONS], "DENY", "{path}");
    }
    for path in [
        "/embed/en/indicators/domestic-market-revenue",
        "/embed/zh/subsidies?kind=paid&view=table",
        "/embed/en/events?as_of=1&theme=dark",
        "/embed/en?chart=2",
        "/embed/zh",
    ] {
        let (status, headers, body) = bytes(&site, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(!headers.contains_key(header::X_FRAME_OPTIONS), "{path}");
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("frame-ancestors *"), "{path}");
        assert!(!headers.contains_key(header::SET_COOKIE), "{path}");
        let text = String::from_utf8(body).unwrap();
        assert!(text.contains("CC BY 4.0") && text.contains("<svg") || text.contains("<table"), "{path}");
    }
    for (path, status) in [
        ("/embed/en/sources?view=chart", StatusCode::NOT_FOUND),
        ("/embed/en?chart=9", StatusCode::NOT_FOUND),
        ("/embed/en/programs?nonsense=1", StatusCode::BAD_REQUEST),
        ("/embed/fr/programs", StatusCode::NOT_FOUND),
        ("/oembed", StatusCode::BAD_REQUEST),
        ("/oembed?url=", StatusCode::BAD_REQUEST),
        ("/oembed?url=http://observatory.test/en/nothing", StatusCode::NOT_FOUND),
        ("/oembed?url=http://observatory.test/en/about", StatusCode::NOT_FOUND),
        ("/oembed?url=http://observatory.test/api/v1/events", StatusCode::NOT_FOUND),
        ("/oembed?url=http://observatory.test/en/events&format=yaml", StatusCode::NOT_IMPLEMENTED),
        ("/oembed?url=http://elsewhere.test/en/events", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(send(&site, path).await.status(), status, "{path}");
    }
    let answer: Value = serde_json::from_slice(
        &ok(&site, "/oembed?url=http%3A%2F%2Fobservatory.test%2Fen%2Fevents%3Fkind%3Dpolicy&maxwidth=400")
            .await,
    )
    .unwrap();
    assert_eq!((answer["type"].as_str(), answer["version"].as_str()), (Some("rich"), Some("1.0")));
    assert_eq!(answer["width"], 400);
    assert!(answer["html"].as_str().unwrap().contains("/embed/en/events?kind=policy"), "{answer}");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_frame_has_values_sources_and_the_title_of_its_embedder(db: PgPool) {
    let site = support::site(&db).await;
    let path = "/embed/en/indicators/domestic-market-revenue";
    let frame = get(&site, path).await;
    assert_eq!(frame.all("[role=application] > template").len(), 1);
    let plain = String::from_utf8(ok(&site, path).await).unwrap();
    assert!(
        plain.contains("<div class=\"readout-more\"><p>") && plain.contains("href=\"/en/sources/"),
        "{plain}"
    );
    assert!(plain.contains("name=\"color-scheme\" content=\"light dark\""), "it follows the page around it");
    let dark = String::from_utf8(ok(&site, &format!("{path}?theme=dark")).await).unwrap();
    assert!(dark.contains("name=\"color-scheme\" content=\"dark\""), "{dark}");
    let own = get(&site, &format!("{path}?own_title=My+view&own_note=Mind+the+gap")).await;
    assert_eq!(own.text("h1"), "My view");
    assert!(own.text(".chart-subtitle").starts_with("Title by the person who shared this chart."));
    assert!(
        own.text("figcaption .chart-source")
            .starts_with("Note by the person who shared this chart: Mind the gap")
    );
    for (more, status) in [
        ("own_from=2150", StatusCode::NOT_FOUND),
        ("own_from=21", StatusCode::BAD_REQUEST),
        ("own_series=nobody", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(send(&site, &format!("{path}?{more}")).await.status(), status, "{more}");
    }
    // oEmbed keeps what the address of a frame says.
    let url = format!("http://observatory.test{path}?own_title=My+view");
    let answer = oembed(&site, &url, "").await;
    assert!(answer["html"].as_str().unwrap().contains("own_title=My+view"), "{answer}");
}

/// Returns the oEmbed response for a page, whose address is in the query string.
async fn oembed(site: &axum::Router, url: &str, more: &str) -> Value {
    let url: String = form_urlencoded::byte_serialize(url.as_bytes()).collect();
    serde_json::from_slice(&ok(site, &format!("/oembed?url={url}{more}")).await).unwrap()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn an_oembed_consumer_may_write_and_append_what_it_likes(db: PgPool) {
    let site = support::site(&db).await;
    let plain = oembed(&site, "http://observatory.test/en/events?kind=policy", "").await;
    for url in [
        "https://observatory.test/en/events?kind=policy",
        "http://OBSERVATORY.test:80/en/events/?kind=policy#list",
        "http://observatory.test/%65n/events?k%69nd=policy",
        "http://observatory.test/embed/en/events?kind=policy",
        "http://observatory.test/en/events?utm_source=x&kind=policy&fbclid=1",
    ] {
        assert_eq!(oembed(&site, url, "").await, plain, "{url}");
    }
    for more in [
        "&dnt=1&format=json&origin=https%3A%2F%2Fblog.test&referrer=https%3A%2F%2Fblog.test%2F1&theme=dark",
        "&lang=fr-FR&maxwidth=&maxheight=auto&key=abc&url=http%3A%2F%2Felsewhere.test",
        "&maxwidth=2000&maxwidth=10&format=json&format=xml",
    ] {
        assert_eq!(
            oembed(&site, "http://observatory.test/en/events?kind=policy", more).await,
            plain,
            "{more}"
        );
    }
    let framed = oembed(
        &site,
        "http://observatory.test/embed/zh/events?kind=policy&view=table&theme=dark&as_of=1",
        "",
    )
    .await;
    let html = framed["html"].as_str().unwrap();
    for expected in ["/embed/zh/events?kind=policy", "view=table", "theme=dark", "as_of=1"] {
        assert!(html.contains(expected), "{html}");
    }
    for (size, expected) in [
        ("", (800, 560, Some(1200))),
        ("&maxwidth=600&maxheight=900", (600, 560, Some(600))),
        ("&maxwidth=320&maxheight=200", (320, 200, Some(300))),
        ("&maxwidth=1&maxheight=1", (1, 1, None)),
    ] {
        let answer =
            oembed(&site, "http://observatory.test/en/indicators/domestic-market-revenue", size).await;
        assert_eq!(answer["width"].as_u64(), Some(expected.0), "{size}");
        assert_eq!(answer["height"].as_u64(), Some(expected.1), "{size}");
        let html = answer["html"].as_str().unwrap();
        assert!(html.contains(&format!("width=\"{}\" height=\"{}\"", expected.0, expected.1)), "{html}");
        assert_eq!(answer["thumbnail_width"].as_u64(), expected.2, "{size}");
        let Some(picture) = answer["thumbnail_url"].as_str() else { continue };
        let picture = ok(&site, picture.strip_prefix("http://observatory.test").unwrap()).await;
        let length = |at: usize| u64::from(u32::from_be_bytes(picture[at..at + 4].try_into().unwrap()));
        assert_eq!(Some(length(16)), answer["thumbnail_width"].as_u64(), "{size}");
        assert_eq!(Some(length(20)), answer["thumbnail_height"].as_u64(), "{size}");
    }
    let (_, headers, body) =
        bytes(&site, "/oembed?url=http%3A%2F%2Fobservatory.test%2Fzh%2Fevents&format=xml").await;
    assert_eq!(headers[header::CONTENT_TYPE], "text/xml; charset=utf-8");
    let mut reader = quick_xml::Reader::from_reader(body.as_slice());
    let (mut names, mut within) = (Vec::new(), false);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(start) => {
                names.push(String::from_utf8(start.name().as_ref().to_vec()).unwrap());
                within |= start.name().as_ref() == b"html";
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert!(within && names[0] == "oembed", "{names:?}");
    for name in
        ["version", "type", "title", "author_name", "provider_url", "width", "thumbnail_url", "cache_age"]
    {
        assert!(names.iter().any(|known| known == name), "{name}");
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn pages_tell_other_sites_what_to_show_of_a_link(db: PgPool) {
    let site = support::site(&db).await;
    for path in [
        "/en",
        "/zh/indicators/domestic-market-revenue",
        "/en/events?kind=policy",
        "/zh/about",
        "/en/data?as_of=1",
    ] {
        let page = get(&site, path).await;
        let content = |css: &str| {
            let found = page.all(css);
            assert_eq!(found.len(), 1, "{path}: {css}");
            found[0].value().attr("content").or(found[0].value().attr("href")).unwrap().to_owned()
        };
        let property = |name: &str| content(&format!("meta[property='{name}']"));
        let locale = if path.starts_with("/zh") { "zh_CN" } else { "en_GB" };
        assert_eq!(property("og:locale"), locale, "{path}");
        assert!(property("og:url").starts_with("http://observatory.test/"), "{path}");
        assert!(!property("og:site_name").is_empty() && !property("og:image:alt").is_empty(), "{path}");
        let picture = property("og:image");
        assert_eq!(content("meta[name='twitter:image']"), picture, "{path}");
        let picture = ok(&site, picture.strip_prefix("http://observatory.test").unwrap()).await;
        let length = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap()).to_string();
        assert_eq!(
            (length(16), length(20)),
            (property("og:image:width"), property("og:image:height")),
            "{path}"
        );
        if path.contains("about") || path.contains("data") {
            assert!(page.all("link[type='application/json+oembed']").is_empty(), "{path}");
            continue;
        }
        for kind in ["application/json+oembed", "text/xml+oembed"] {
            let address = content(&format!("link[type='{kind}']"));
            let answer = ok(&site, address.strip_prefix("http://observatory.test").unwrap()).await;
            let answer = String::from_utf8(answer).unwrap();
            assert!(answer.contains("1.0") && answer.contains("/embed/"), "{path}: {answer}");
        }
    }
}
