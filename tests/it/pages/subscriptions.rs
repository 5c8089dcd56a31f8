//! Forms that readers send: subscriptions, the links in e-mails, reports of errors, and requests to the WebSub hub.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    response::Response,
};
use http_body_util::BodyExt;
use sqlx::PgPool;
use tower::ServiceExt;

use super::send;
use crate::support;

const FLAGS: [&str; 5] = [
    "--public-url=http://observatory.test",
    "--smtp-url=smtp://127.0.0.1:1",
    "--contact=editors@observatory.test",
    "--webhooks",
    "--delivery-key=00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
];

const FORM: &str = "application/x-www-form-urlencoded";

async fn site(db: &PgPool) -> Router {
    support::site_as(db, &FLAGS).await
}

async fn post_as(site: &Router, path: &str, pairs: &[(&str, &str)], headers: &[(&str, &str)]) -> Response {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let mut request =
        Request::post(path).header(header::HOST, "observatory.test").header(header::CONTENT_TYPE, FORM);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    site.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap()
}

/// Posts a form; returns status and text of the answer.
async fn post(site: &Router, path: &str, pairs: &[(&str, &str)]) -> (StatusCode, String) {
    text_of(post_as(site, path, pairs, &[]).await).await
}

async fn text_of(response: Response) -> (StatusCode, String) {
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

async fn count(db: &PgPool, table: &str) -> i64 {
    let statement = format!("select count(*) from delivery.{table}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_one(db).await.unwrap()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_reader_subscribes_to_a_page_and_nothing_of_the_address_can_be_read(db: PgPool) {
    let site = site(&db).await;
    let (status, page) =
        text_of(send(&site, "/en/follow?page=programs%3Fplace%3Dshanghai-pudong").await).await;
    assert_eq!(status, StatusCode::OK);
    for part in
        ["type=\"email\"", "/en/programs/feed.atom?place=shanghai-pudong", "/websub", "name=\"callback\""]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    let address = "reader+tag@example.org";
    let form = [("page", "programs?place=shanghai-pudong"), ("address", address), ("interval", "daily")];
    let answer = post_as(&site, "/en/follow", &form, &[]).await;
    assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
    let (status, page) = text_of(answer).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("a message with a link is on its way"), "{page}");
    let (channel, state, topic, digest, sealed): (String, String, String, String, Vec<u8>) =
        sqlx::query_as("select channel, state, topic, digest, target from delivery.subscription")
            .fetch_one(&db)
            .await
            .unwrap();
    assert_eq!(
        [&*channel, &*state, &*topic, &*digest],
        ["email", "requested", "programs?place=shanghai-pudong", "daily"]
    );
    assert!(!sealed.windows(6).any(|part| part == b"reader"));
    // The same answer for an address that is already known: nobody learns whether it is.
    let (status, again) = post(&site, "/en/follow", &form).await;
    assert_eq!((status, again.contains("a message with a link is on its way")), (StatusCode::OK, true));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn wrong_input_is_refused_and_kept(db: PgPool) {
    let site = site(&db).await;
    for address in [
        "reader",
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org,b@example.org",
        "\"a b\"@example.org",
    ] {
        let (status, page) = post(&site, "/en/follow", &[("page", "programs"), ("address", address)]).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{address:?}");
        assert!(page.contains("role=\"alert\"") && page.contains("type=\"email\""), "{page}");
    }
    let (_, page) = post(&site, "/en/follow", &[("page", "programs"), ("address", "reader@example")]).await;
    assert!(page.contains("value=\"reader@example\""), "what was typed is kept: {page}");
    for callback in [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "file:///etc/passwd",
        "https://a:b@example.org/",
    ] {
        let (status, page) = post(&site, "/zh/follow", &[("page", "programs"), ("callback", callback)]).await;
        assert_eq!((status, page.contains("role=\"alert\"")), (StatusCode::BAD_REQUEST, true), "{callback}");
    }
    for page in ["nothing", "programs/nothing", "programs?place=nowhere", "//example.org"] {
        let (status, _) = post(&site, "/en/follow", &[("page", page), ("address", "a@example.org")]).await;
        assert!(status == StatusCode::BAD_REQUEST || status == StatusCode::NOT_FOUND, "{page}: {status}");
    }
    let form = [("page", "programs"), ("address", "a@example.org")];
    for foreign in [("origin", "https://example.org"), ("sec-fetch-site", "cross-site")] {
        let answer = post_as(&site, "/en/follow", &form, &[foreign]).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{foreign:?}");
    }
    let unknown =
        post(&site, "/en/follow", &[("page", "programs"), ("address", "a@example.org"), ("state", "active")])
            .await;
    assert_eq!(unknown.0, StatusCode::BAD_REQUEST);
    assert_eq!(count(&db, "subscription").await, 0);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn floods_end_at_their_bounds(db: PgPool) {
    let site = site(&db).await;
    let mut last = StatusCode::OK;
    for _ in 0..11 {
        last = post(&site, "/en/follow", &[("page", "programs"), ("address", "victim@example.org")]).await.0;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS, "one address");
    assert_eq!(count(&db, "subscription").await, 10);
    for number in 0..25 {
        let address = format!("reader{number}@example.org");
        last = post(&site, "/en/follow", &[("page", "programs"), ("address", &address)]).await.0;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS, "one network");
    assert_eq!(count(&db, "subscription").await, 30);
    for _ in 0..12 {
        last = post(&site, "/en/report", &[("page", "programs"), ("message", "Wrong")]).await.0;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS, "reports");
    assert_eq!(count(&db, "report").await, 10);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_token_works_once_and_only_by_its_button(db: PgPool) {
    let site = site(&db).await;
    let insert = "insert into delivery.subscription
            (channel, state, locale, topic, digest, target, target_key, network_key, confirm_hash, leave_hash, delivered, created_at)
        values ('email', 'asked', 'en', 'programs', 'weekly', 'x', $3, 'x', sha256($1::bytea), sha256($2::bytea), 1, now() - $4::interval)";
    for (confirm, leave, key, age) in [
        ("fresh", "leave1", "a", "1 hour"),
        ("old", "leave2", "b", "3 days"),
        ("other", "leave3", "a", "1 hour"),
    ] {
        let insert = sqlx::query(insert)
            .bind(confirm.as_bytes())
            .bind(leave.as_bytes())
            .bind(key.as_bytes())
            .bind(age);
        insert.execute(&db).await.unwrap();
    }
    let active = async || -> i64 {
        sqlx::query_scalar("select count(*) from delivery.subscription where state = 'active'")
            .fetch_one(&db)
            .await
            .unwrap()
    };
    // Opening the link, as scanners of mail do, changes nothing.
    let opened = send(&site, "/en/follow/confirm?token=fresh").await;
    assert_eq!(
        (opened.status(), &opened.headers()[header::CACHE_CONTROL]),
        (StatusCode::OK, &"no-store".parse().unwrap())
    );
    assert_eq!(active().await, 0);
    for token in ["old", "nothing", "", "fresh' or 1=1"] {
        let path = format!(
            "/en/follow/confirm?{}",
            form_urlencoded::Serializer::new(String::new()).append_pair("token", token).finish()
        );
        assert_eq!(post(&site, &path, &[]).await.0, StatusCode::GONE, "{token}");
    }
    assert_eq!(post(&site, "/en/follow/confirm?token=fresh", &[]).await.0, StatusCode::OK);
    assert_eq!(active().await, 1);
    assert_eq!(post(&site, "/en/follow/confirm?token=fresh", &[]).await.0, StatusCode::GONE, "replayed");
    // The confirmed subscription replaced the other one of this address to this page.
    assert_eq!(count(&db, "subscription").await, 2);
    // One-click, as a mail provider posts it (RFC 8058).
    let click = [("List-Unsubscribe", "One-Click")];
    let multipart =
        "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
    let request = Request::post("/zh/follow/leave?token=leave1")
        .header(header::HOST, "observatory.test")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .header(header::ORIGIN, "null")
        .body(Body::from(multipart))
        .unwrap();
    assert_eq!(site.clone().oneshot(request).await.unwrap().status(), StatusCode::OK);
    assert_eq!(count(&db, "subscription").await, 1);
    assert_eq!(
        post(&site, "/zh/follow/leave?token=leave1", &click).await.0,
        StatusCode::OK,
        "it has ended already"
    );
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn the_hub_takes_what_the_standard_says(db: PgPool) {
    let site = site(&db).await;
    let topic = "http://observatory.test/en/programs/feed.atom?place=shanghai-pudong";
    let callback = "https://reader.example.org/callback";
    let (status, _) = post(
        &site,
        "/websub",
        &[("hub.mode", "subscribe"), ("hub.topic", topic), ("hub.callback", callback)],
    )
    .await;
    assert_eq!(status, StatusCode::ACCEPTED);
    let row: (String, String, String) =
        sqlx::query_as("select channel, state, topic from delivery.subscription")
            .fetch_one(&db)
            .await
            .unwrap();
    assert_eq!(row, ("websub".into(), "requested".into(), "programs/feed.atom?place=shanghai-pudong".into()));
    let long = "s".repeat(200);
    let cases: [&[(&str, &str)]; 9] = [
        &[],
        &[("hub.mode", "publish"), ("hub.topic", topic), ("hub.callback", callback)],
        &[("hub.mode", "subscribe"), ("hub.callback", callback)],
        &[("hub.mode", "subscribe"), ("hub.topic", topic)],
        &[
            ("hub.mode", "subscribe"),
            ("hub.topic", "http://example.org/en/programs/feed.atom"),
            ("hub.callback", callback),
        ],
        &[
            ("hub.mode", "subscribe"),
            ("hub.topic", "http://observatory.test/en/programs"),
            ("hub.callback", callback),
        ],
        &[("hub.mode", "subscribe"), ("hub.topic", topic), ("hub.callback", "http://127.0.0.1:5432/")],
        &[("hub.mode", "subscribe"), ("hub.topic", topic), ("hub.callback", callback), ("hub.secret", &long)],
        &[
            ("hub.mode", "subscribe"),
            ("hub.topic", topic),
            ("hub.callback", callback),
            ("hub.lease_seconds", "-1"),
        ],
    ];
    for form in cases {
        let (status, text) = post(&site, "/websub", form).await;
        assert!(
            status == StatusCode::BAD_REQUEST && text.starts_with("hub.") || text.starts_with("The callback"),
            "{form:?}: {status} {text}"
        );
    }
    let none = [
        ("hub.mode", "subscribe"),
        ("hub.topic", "http://observatory.test/en/programs/nothing/feed.atom"),
        ("hub.callback", callback),
    ];
    assert_eq!(post(&site, "/websub", &none).await.0, StatusCode::NOT_FOUND);
    assert_eq!(count(&db, "subscription").await, 1);
    assert_eq!(send(&site, "/websub").await.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_report_is_sealed_or_prepared(db: PgPool) {
    let with_mail = site(&db).await;
    let (status, page) =
        text_of(send(&with_mail, "/en/report?page=indicators%2Fdomestic-market-revenue&row=2024").await)
            .await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("name=\"message\"") && page.contains("name=\"address\""), "{page}");
    let form = [
        ("page", "programs"),
        ("message", "The amount is wrong <b>"),
        ("source", "https://example.org/a"),
        ("address", ""),
    ];
    let (status, page) = post(&with_mail, "/en/report", &form).await;
    assert_eq!((status, page.contains("The report has been taken")), (StatusCode::OK, true));
    assert_eq!(count(&db, "report").await, 1);
    for (form, kept) in [
        ([("message", " "), ("source", "https://example.org/kept")], "https://example.org/kept"),
        ([("message", "kept text"), ("source", "example.org")], "kept text"),
        ([("message", "kept text"), ("address", "reader")], "kept text"),
    ] {
        let (status, page) = post(&with_mail, "/en/report", &form).await;
        assert_eq!((status, page.contains(kept)), (StatusCode::BAD_REQUEST, true), "{form:?}: {page}");
    }
    assert_eq!(count(&db, "report").await, 1);

    // Without a mail server the reader sends it.
    let without = support::served(db.clone().into(), &["--contact=editors@observatory.test"]).await;
    let (status, page) = post(&without, "/zh/report", &form[..3]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("mailto:editors@observatory.test?subject="), "{page}");
    assert!(page.contains("The amount is wrong &lt;b&gt;"), "{page}");
    assert_eq!(count(&db, "report").await, 1);
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn nothing_is_offered_that_cannot_be_delivered(db: PgPool) {
    let site = support::site(&db).await;
    let (status, page) = text_of(send(&site, "/en/follow?page=programs").await).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("feed.atom") && !page.contains("type=\"email\"") && !page.contains("callback"),
        "{page}"
    );
    assert!(!page.contains("/websub"), "{page}");
    assert_eq!(
        post(&site, "/en/follow", &[("page", "programs"), ("address", "a@example.org")]).await.0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(post(&site, "/websub", &[("hub.mode", "subscribe")]).await.0, StatusCode::NOT_FOUND);
    assert_eq!(send(&site, "/en/follow/leave?token=a").await.status(), StatusCode::NOT_FOUND);
    // An empty body of the wrong kind.
    let request =
        Request::post("/en/report").header(header::HOST, "observatory.test").body(Body::empty()).unwrap();
    assert_eq!(site.clone().oneshot(request).await.unwrap().status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}
