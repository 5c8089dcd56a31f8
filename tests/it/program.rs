//! The running program: metrics, graceful shutdown, rejection of malformed requests.

use nix::sys::signal::Signal;

use crate::support::program::{Server, State, eventually, free_address, get};

/// Finds the value of a metric by name and labels in Prometheus' text format.
fn measured(text: &str, name: &str) -> Option<f64> {
    text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok())
}

#[test]
fn metrics_are_on_a_port_of_their_own() {
    let (state, address) = (State::new(), free_address());
    let server = Server::start_with(&state, &[("METRICS_PORT", &address.port().to_string())]);
    for _ in 0..2 {
        assert!(server.get("/en/about").unwrap().starts_with("HTTP/1.1 200"));
    }
    assert!(
        server.get("/metrics").unwrap().starts_with("HTTP/1.1 404"),
        "the public port does not serve metrics"
    );
    let answer = get(address, "/metrics").unwrap();
    let (head, text) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("text/plain"), "{head}");
    for (name, least) in [
        ("http_request_duration_seconds_bucket{route=\"/{locale}/about\",le=\"+Inf\"}", 2.0),
        ("http_request_duration_seconds_count{route=\"/{locale}/about\"}", 2.0),
        ("http_requests_total{route=\"/{locale}/about\",status=\"200\"}", 2.0),
        ("observatory_cache_total{found=\"miss\"}", 1.0),
        ("observatory_cache_total{found=\"hit\"}", 1.0),
        ("observatory_cache_entries", 0.0),
        ("observatory_cache_bytes", 0.0),
        ("observatory_pool_connections", 1.0),
        ("observatory_pool_idle", 0.0),
        ("observatory_waiting", 0.0),
        ("observatory_database_answers", 1.0),
        ("observatory_revision", 1.0),
    ] {
        assert!(measured(text, name).is_some_and(|value| value >= least), "{name} in\n{text}");
    }
    assert!(text.contains("# TYPE http_request_duration_seconds histogram"), "{text}");
}

/// The warm-up fills the per-snapshot caches before the first request.
#[test]
fn indexes_are_read_before_the_first_request() {
    let (state, address) = (State::new(), free_address());
    let _server = Server::start_with(&state, &[("METRICS_PORT", &address.port().to_string())]);
    eventually("all per-snapshot caches are filled", || {
        get(address, "/metrics").and_then(|text| measured(&text, "observatory_held_entries")) == Some(14.0)
    });
}

/// A load balancer notices before the server stops accepting requests, and clients with open connections get `Connection: close`.
#[test]
fn readiness_fails_before_the_server_stops() {
    let state = State::new();
    let mut server = Server::start_with(&state, &[("DRAIN_SECONDS", "5")]);
    assert!(server.get("/readyz").unwrap().starts_with("HTTP/1.1 200"));
    server.signal(Signal::SIGTERM);
    eventually("the server reports that it is not ready", || {
        server.get("/readyz").is_some_and(|answer| answer.starts_with("HTTP/1.1 503"))
    });
    // The client did not ask to close the connection; the server closes it.
    let answer = server.tell(b"GET /en/about HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let (head, page) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert!(head.lines().any(|line| line == "connection: close"), "{head}");
    assert!(page.contains("</html>"));
    assert!(server.wait(), "exits successfully");
    assert!(server.get("/healthz").is_none());
}

#[test]
fn too_large_headers_are_refused() {
    let state = State::new();
    let server = Server::start(&state);
    let head = |fields: &str| format!("GET /en/about HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n");
    let many = (0..100).map(|at| format!("X-Field-{at}: 1\r\n")).collect::<String>();
    let long = format!("X-Long: {}\r\n", "a".repeat(200_000));
    for fields in [many, long] {
        // If the server closes the connection while the client is still sending, the client may not receive the response.
        if let Some(answer) = server.tell(head(&fields).as_bytes()) {
            assert!(answer.starts_with("HTTP/1.1 431") || answer.is_empty(), "{answer}");
        }
        assert!(server.get("/en/about").unwrap().starts_with("HTTP/1.1 200"));
    }
}

/// Request targets without a path and unsupported methods, as raw bytes because a test client would not send them.
#[test]
fn targets_without_a_path_and_foreign_methods_are_refused() {
    let state = State::new();
    let server = Server::start(&state);
    for (line, status, allow) in [
        ("CONNECT a:80", "405", true),
        ("CONNECT [::1]:443", "405", true),
        ("GET a:80", "400", false),
        ("GET a", "400", false),
        ("HEAD a:80", "400", false),
        ("POST a:80", "400", false),
        ("GET *", "400", false),
        ("OPTIONS *", "204", true),
        ("OPTIONS a:80", "400", false),
        ("TRACE /en", "405", true),
        ("DELETE /en/programs", "405", true),
        ("PUT /zh/data.csv", "405", true),
        ("PATCH /api/v1/events", "405", true),
        ("POST /en/programs", "405", true),
        ("PROPFIND /en", "405", true),
        ("BREW a:80", "405", true),
        ("GET http://localhost/en/about", "200", false),
        ("GET http://localhost", "302", false),
    ] {
        let request = format!("{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let answer = server.tell(request.as_bytes()).unwrap_or_default();
        let head = answer.split("\r\n\r\n").next().unwrap_or_default();
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{line}: {head}");
        assert_eq!(head.lines().any(|field| field.starts_with("allow: ")), allow, "{line}: {head}");
    }
    assert!(server.get("/en/about").unwrap().starts_with("HTTP/1.1 200"));
}
