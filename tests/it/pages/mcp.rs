//! The Model Context Protocol over HTTP: tools answer what the API answers, refuse what it refuses, and change nothing.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use sqlx::PgPool;
use tower::ServiceExt;

use super::send;
use crate::support;

async fn post(site: &Router, body: &Value, headers: &[(&str, &str)]) -> (StatusCode, Value) {
    let mut request = Request::post("/mcp")
        .header(header::HOST, "observatory.test")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json, text/event-stream")
        .header("mcp-protocol-version", "2025-06-18");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = site.clone().oneshot(request.body(Body::from(body.to_string())).unwrap()).await.unwrap();
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

async fn request(site: &Router, method: &str, parameters: Value) -> Value {
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": parameters });
    let (status, answer) = post(site, &message, &[]).await;
    assert_eq!(status, StatusCode::OK, "{method}: {answer}");
    answer
}

/// Calls a tool; returns its structured content.
async fn call(site: &Router, tool: &str, arguments: Value) -> Value {
    let answer = request(site, "tools/call", json!({ "name": tool, "arguments": arguments })).await;
    assert_ne!(answer["result"]["isError"], true, "{tool}: {answer}");
    assert_eq!(answer["result"]["content"][0]["type"], "text");
    answer["result"]["structuredContent"].clone()
}

/// Calls a tool that refuses; returns why.
async fn refused(site: &Router, tool: &str, arguments: Value) -> String {
    let answer = request(site, "tools/call", json!({ "name": tool, "arguments": arguments })).await;
    assert_eq!(answer["result"]["isError"], true, "{tool}: {answer}");
    answer["result"]["content"][0]["text"].as_str().unwrap().to_owned()
}

async fn api(site: &Router, path: &str) -> Value {
    let response = send(site, path).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_client_learns_what_there_is(db: PgPool) {
    let site = support::site(&db).await;
    let hello = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" } });
    let hello = request(&site, "initialize", hello).await;
    assert_eq!(hello["result"]["protocolVersion"], "2025-06-18");
    assert!(hello["result"]["instructions"].as_str().unwrap().contains("search"));
    let tools = request(&site, "tools/list", json!({})).await;
    let tools = tools["result"]["tools"].as_array().unwrap().clone();
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    for name in [
        "search",
        "get_indicator",
        "get_series",
        "explore",
        "list_programs",
        "compare_places",
        "match_programs",
        "subsidies",
        "organization",
        "check_claim",
        "cite",
    ] {
        assert!(names.contains(&name), "{name}");
    }
    for tool in &tools {
        assert!(
            tool["inputSchema"]["properties"]["known_on"].is_object() && tool["outputSchema"].is_object(),
            "{tool}"
        );
        assert_eq!(tool["annotations"]["readOnlyHint"], true);
    }
    let resources = request(&site, "resources/list", json!({})).await;
    for resource in resources["result"]["resources"].as_array().unwrap() {
        let read = request(&site, "resources/read", json!({ "uri": resource["uri"] })).await;
        let text = read["result"]["contents"][0]["text"].as_str().unwrap();
        assert!(serde_json::from_str::<Value>(text).is_ok_and(|document| document.is_object()), "{resource}");
    }
    let prompts = request(&site, "prompts/list", json!({})).await;
    assert_eq!(prompts["result"]["prompts"].as_array().unwrap().len(), 3);
    let prompt =
        request(&site, "prompts/get", json!({ "name": "fact_check", "arguments": { "text": "CNY {} 5" } }))
            .await;
    assert!(prompt["result"]["messages"][0]["content"]["text"].as_str().unwrap().ends_with("CNY {} 5"));
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn tools_answer_what_the_api_answers(db: PgPool) {
    let site = support::site(&db).await;
    let ours =
        call(&site, "get_series", json!({ "indicator": "domestic-market-revenue", "limit": 20 })).await;
    let theirs = api(&site, "/api/v1/observations?indicator=domestic-market-revenue&limit=20").await;
    for (row, expected) in ours["rows"].as_array().unwrap().iter().zip(theirs["data"].as_array().unwrap()) {
        let mut row = row.as_object().unwrap().clone();
        let quote = row.remove("quote").unwrap();
        assert!(quote.as_str().unwrap().contains(expected["indicator"].as_str().unwrap()), "{quote}");
        let filled = expected.as_object().unwrap().iter().filter(|(_, value)| !value.is_null());
        let filled: serde_json::Map<String, Value> =
            filled.map(|(name, value)| (name.clone(), value.clone())).collect();
        assert_eq!(row, filled);
    }
    assert_eq!(ours["total"], theirs["meta"]["total"]);
    assert_eq!((&ours["as_of"], &ours["licence"]), (&json!(1), &json!("CC BY 4.0")));
    assert!(ours["attribution"].as_str().unwrap().contains("revision 1"));

    // Page by page everything is read once.
    let (mut after, mut seen) = (None::<String>, Vec::new());
    loop {
        let mut arguments = json!({ "indicator": "domestic-market-revenue" });
        if let Some(after) = &after {
            arguments["after"] = json!(after);
        }
        let page = call(&site, "get_series", arguments).await;
        assert!(page.to_string().len() <= 4_096, "{}", page.to_string().len());
        seen.extend(page["rows"].as_array().unwrap().iter().map(|row| {
            (
                row["period_start"].clone(),
                row["source_id"].clone(),
                row["entity_id"].clone(),
                row["value"].clone(),
            )
        }));
        match page.get("next") {
            Some(next) => after = Some(next.as_str().unwrap().to_owned()),
            None => break,
        }
    }
    let all = api(&site, "/api/v1/observations?indicator=domestic-market-revenue&limit=1000").await;
    let all: Vec<_> = all["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["period_start"].clone(),
                row["source_id"].clone(),
                row["entity_id"].clone(),
                row["value"].clone(),
            )
        })
        .collect();
    assert_eq!(seen, all);

    let claim = call(
        &site,
        "check_claim",
        json!({ "text": "CNY 50 billion in the first eight months of 2025 from micro-dramas" }),
    )
    .await;
    assert!(claim["rows"][0]["verdict"].is_string(), "{claim}");
    let chart = call(&site, "explore", json!({ "preset": "forecasts", "lang": "zh" })).await;
    assert!(chart["quote"].is_string() && chart["page"] == "http://observatory.test/zh/explore", "{chart}");
    for (tool, arguments) in [
        ("search", json!({ "q": "ReelShort" })),
        ("get_indicator", json!({ "id": "domestic-market-revenue" })),
        ("list_programs", json!({ "place": "shanghai-pudong" })),
        ("compare_places", json!({ "place": ["shanghai-pudong", "hangzhou"] })),
        ("match_programs", json!({ "place": "shanghai-pudong" })),
        ("subsidies", json!({ "kind": "paid" })),
        ("organization", json!({ "id": "crazy-maple-studio" })),
        ("cite", json!({ "page": "programs?place=shanghai-pudong" })),
        ("get_series", json!({ "known_on": "2025-12-05" })),
    ] {
        let answer = call(&site, tool, arguments).await;
        assert_eq!(
            (&answer["as_of"], &answer["licence"]),
            (&json!(1), &json!("CC BY 4.0")),
            "{tool}: {answer}"
        );
        assert!(answer.to_string().len() <= 8_000, "{tool}: {}", answer.to_string().len());
    }
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_is_wrong_is_said_with_what_to_ask_instead(db: PgPool) {
    let site = support::site(&db).await;
    assert!(refused(&site, "get_indicator", json!({ "id": "nothing" })).await.contains("search"));
    assert!(refused(&site, "get_series", json!({ "indicator": "nothing" })).await.contains("“indicator”"));
    assert!(refused(&site, "get_series", json!({ "plce": "x" })).await.contains("takes: "));
    assert!(refused(&site, "list_programs", json!({ "status": "closed" })).await.contains("in-force"));
    assert!(refused(&site, "search", json!({})).await.contains("missing"));
    assert!(
        refused(&site, "organization", json!({ "id": "../indicators/domestic-market-revenue" }))
            .await
            .contains("id")
    );
    assert!(refused(&site, "search", json!({ "q": "a", "known_on": "1900-01-01" })).await.contains("1900"));
    let unknown = request(&site, "tools/call", json!({ "name": "delete", "arguments": {} })).await;
    assert_eq!(unknown["error"]["code"], -32602, "{unknown}");
    let unknown = request(&site, "resources/read", json!({ "uri": "file:///etc/passwd" })).await;
    assert!(unknown["error"]["code"].is_number(), "{unknown}");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn other_sites_and_other_methods_are_refused(db: PgPool) {
    let site = support::site(&db).await;
    let ping = json!({ "jsonrpc": "2.0", "id": 1, "method": "ping" });
    assert_eq!(post(&site, &ping, &[("origin", "https://example.org")]).await.0, StatusCode::FORBIDDEN);
    assert_eq!(post(&site, &ping, &[("origin", "http://observatory.test")]).await.0, StatusCode::OK);
    assert_eq!(send(&site, "/mcp").await.status(), StatusCode::METHOD_NOT_ALLOWED);
    let long = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "check_claim", "arguments": { "text": "a".repeat(100_000) } } });
    assert_eq!(post(&site, &long, &[]).await.0, StatusCode::PAYLOAD_TOO_LARGE);
}

/// Whatever an assistant sends, the answer is one of the protocol and no failure of the server.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn drawn_arguments_never_fail_the_server(db: PgPool) {
    use proptest::{prelude::*, strategy::ValueTree};

    let site = support::site(&db).await;
    let names = [
        "q",
        "id",
        "text",
        "place",
        "indicator",
        "entity",
        "kind",
        "status",
        "series",
        "preset",
        "page",
        "limit",
        "after",
        "lang",
        "as_of",
        "known_on",
        "year",
        "on",
        "amount",
        "does",
    ];
    let tools = [
        "search",
        "get_indicator",
        "get_series",
        "explore",
        "list_programs",
        "compare_places",
        "match_programs",
        "subsidies",
        "organization",
        "check_claim",
        "changes",
        "cite",
    ];
    let text = prop_oneof![
        "\\PC{0,20}",
        Just("../../etc/passwd".to_owned()),
        Just("a\r\nb".to_owned()),
        Just("\u{202e}%00%0d".to_owned()),
        Just("domestic-market-revenue~china".to_owned()),
        Just("2025-02-30".to_owned()),
        Just("-1".to_owned()),
    ];
    let value = prop_oneof![
        4 => text.clone().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => proptest::collection::vec(text, 0..15).prop_map(Value::from),
    ];
    let arguments = proptest::collection::hash_map(proptest::sample::select(names.to_vec()), value, 0..4);
    let calls = (proptest::sample::select(tools.to_vec()), arguments);
    let mut runner = TestRunner::deterministic();
    for _ in 0..150 {
        let (tool, arguments) = calls.new_tree(&mut runner).unwrap().current();
        let arguments: serde_json::Map<String, Value> =
            arguments.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let message = json!({ "jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": { "name": tool, "arguments": arguments } });
        let (status, answer) = post(&site, &message, &[]).await;
        assert_eq!(status, StatusCode::OK, "{message}: {answer}");
        assert_eq!(answer["id"], 7, "{message}: {answer}");
        let text = answer["result"]["content"][0]["text"].as_str().unwrap_or_default();
        assert!(
            answer.get("error").is_some() || !text.contains("went wrong on our side"),
            "{message}: {answer}"
        );
    }
}
