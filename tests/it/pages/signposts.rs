//! Link headers and persistent identifiers.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    response::Response,
};
use http_body_util::BodyExt;
use observatory::domain::registry::Noun;
use sqlx::PgPool;
use tower::ServiceExt;

use super::{download::publish, send};
use crate::support::{self, data::Folder};

async fn asked(site: &Router, path: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = Request::get(path).header(header::HOST, "observatory.test");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    site.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

/// Returns the targets of a relation below the site, with their media types.
fn targets(response: &Response, relation: &str) -> Vec<(String, String)> {
    let lines = response.headers().get_all(header::LINK).iter().map(|line| line.to_str().unwrap());
    let links: Vec<&str> = lines.flat_map(|line| line.split(", ")).collect();
    let found = links.iter().filter(|link| link.contains(&format!("rel=\"{relation}\"")));
    found
        .map(|link| {
            let (target, rest) = link.strip_prefix('<').unwrap().split_once('>').unwrap();
            let kind =
                rest.split("type=\"").nth(1).and_then(|kind| kind.split('"').next()).unwrap_or_default();
            (target.trim_start_matches("http://observatory.test").to_owned(), kind.to_owned())
        })
        .collect()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn links_of_pages_and_files_lead_to_what_they_say(db: PgPool) {
    let site = support::site(&db).await;
    for path in [
        "/en",
        "/zh/programs?place=shanghai",
        "/en/programs/pudong-visa",
        "/en/indicators/domestic-market-revenue?entity=shanghai&as_of=1",
        "/en/organizations/screen",
        "/en/about",
        "/en/data",
        "/en/programs/pudong-visa.md",
        "/en/events/data.csv",
        "/api/v1/programs/pudong-visa",
        "/embed/en/indicators/domestic-market-revenue",
    ] {
        let answer = send(&site, path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let license = targets(&answer, "license");
        assert_eq!(license[0].0, "https://creativecommons.org/licenses/by/4.0/", "{path}");
        assert_eq!(targets(&answer, "cite-as").len(), 1, "{path}");
        for relation in
            ["cite-as", "describedby", "alternate", "collection", "canonical", "original timegate"]
        {
            for (target, kind) in targets(&answer, relation) {
                let mut found = send(&site, &target).await;
                if found.status() == StatusCode::SEE_OTHER {
                    let location = found.headers()[header::LOCATION].to_str().unwrap().to_owned();
                    found = send(&site, &location).await;
                }
                assert_eq!(found.status(), StatusCode::OK, "{path}: {relation} {target}");
                let is = found.headers()[header::CONTENT_TYPE].to_str().unwrap();
                assert!(is.starts_with(&kind), "{path}: {relation} {target} is {is}, not {kind}");
            }
        }
    }
    let missing = send(&site, "/en/programs/nothing").await;
    assert!(targets(&missing, "cite-as").is_empty());
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn every_noun_has_identifiers(db: PgPool) {
    let site = support::site(&db).await;
    for noun in Noun::all().map(Noun::word) {
        let (_, rows) = super::json(&site, &format!("/api/v1/{noun}?limit=1")).await;
        let id = rows["data"][0]["id"].as_str().unwrap().to_owned();
        let identifier = format!("/id/{noun}/{id}");
        for (headers, expected) in [
            (&[][..], format!("/en/{noun}/{id}")),
            (&[("accept-language", "zh-CN,zh;q=0.9")], format!("/zh/{noun}/{id}")),
            (&[("accept", "text/html,application/xhtml+xml,*/*;q=0.8")], format!("/en/{noun}/{id}")),
            (&[("accept", "application/json")], format!("/api/v1/{noun}/{id}")),
            (&[("accept", "application/ld+json, text/html;q=0.5")], format!("/api/v1/{noun}/{id}")),
            (&[("accept", "text/markdown")], format!("/en/{noun}/{id}.md")),
        ] {
            let answer = asked(&site, &identifier, headers).await;
            assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{identifier} {headers:?}");
            assert_eq!(answer.headers()[header::LOCATION], expected, "{headers:?}");
            assert!(answer.headers()[header::VARY].to_str().unwrap().starts_with("accept, accept-language"));
            assert_eq!(send(&site, &expected).await.status(), StatusCode::OK, "{expected}");
        }
        let page = send(&site, &format!("/en/{noun}/{id}")).await;
        assert_eq!(targets(&page, "cite-as")[0].0, identifier);

        let unknown = format!("/id/{noun}/no-such-row");
        let answer = send(&site, &unknown).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
        let page = answer.into_body().collect().await.unwrap().to_bytes();
        let page = String::from_utf8(page.to_vec()).unwrap();
        assert!(
            page.contains(&format!("href=\"/en/{noun}\"")) && page.contains("href=\"/en/search\""),
            "{page}"
        );
        let answer = asked(&site, &unknown, &[("accept", "application/json")]).await;
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json");
    }
    assert_eq!(send(&site, "/id/nothing/x").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(send(&site, "/id/programs/pudong-visa?x=1").await.status(), StatusCode::BAD_REQUEST);
    let state = send(&site, "/id/programs/pudong-visa?known_on=2025-12-10&as_of=1&lang=zh").await;
    assert_eq!(state.headers()[header::LOCATION], "/zh/programs/pudong-visa?known_on=2025-12-10&as_of=1");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_identifier_of_a_withdrawn_row_leads_to_its_last_state(db: PgPool) {
    let folder = Folder::small();
    publish(&db, &folder).await;
    let event = "later,2025-12-06,Later,随后,opening,shanghai-pudong,,,,,paper-2025,,\n";
    folder.append("events.csv", event);
    publish(&db, &folder).await;
    folder.replace("events.csv", event, "");
    publish(&db, &folder).await;
    let site = support::empty_site(&db).await;
    let answer = send(&site, "/id/events/later").await;
    assert_eq!(answer.headers()[header::LOCATION], "/en/events/later?as_of=2");
    assert_eq!(send(&site, "/en/events/later?as_of=2").await.status(), StatusCode::OK);
    assert_eq!(
        send(&site, "/id/events/later?as_of=1").await.headers()[header::LOCATION],
        "/en/events/later?as_of=1"
    );
}
