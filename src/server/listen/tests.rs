//! Tests of the listener: slow, stalled and greedy clients.

use std::convert::Infallible as Never;

use axum::{body::Bytes, routing::get};
use futures_util::stream;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

/// Time-out for an expected event.
const AT_MOST: Duration = Duration::from_secs(60);

fn admission(places: usize, share: usize) -> ConnectionLimits {
    let second = Duration::from_secs(1);
    ConnectionLimits {
        places: FairPool::new(PoolShares { places, share, reserve: places, queue: 0 }),
        proxies: Proxies::default(),
        timeouts: Timeouts { headers: second, stalled: second, idle: second },
    }
}

/// Serves a site whose `/long` never ends.
async fn serving(admission: &ConnectionLimits) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let long = async || {
        let piece = Bytes::from(vec![b'a'; 64 * 1024]);
        Body::from_stream(stream::repeat_with(move || Ok::<_, Never>(piece.clone())))
    };
    let router = Router::new()
        .route("/long", get(long))
        .route("/whole", get(async || vec![b'a'; 2 * 1024 * 1024]))
        .fallback(async || "here");
    let serving = serve(listener, router, admission.clone(), Stopping::default(), Duration::ZERO, pending());
    tokio::spawn(serving);
    address
}

async fn connected(address: SocketAddr, said: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(said).await.unwrap();
    stream
}

/// Waits until no connection holds a slot any more.
async fn until_all_are_gone(admission: &ConnectionLimits, what: &str) {
    let gone = async {
        while admission.places.taken() > 0 {
            sleep(Duration::from_millis(20)).await;
        }
    };
    assert!(timeout(AT_MOST, gone).await.is_ok(), "{what} keeps its connection");
}

/// Returns an HTTP/2 connection preface that sets the initial window of streams, in bytes.
fn preface(window: u32) -> Vec<u8> {
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    bytes.extend([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4]);
    bytes.extend(window.to_be_bytes());
    bytes
}

/// Returns the HEADERS frame of `GET http://a{path}`.
fn get_frame(stream: u8, path: &str) -> Vec<u8> {
    let mut fields = vec![0x82, 0x86, 0x41, 1, b'a', 0x44, path.len() as u8];
    fields.extend(path.as_bytes());
    let mut bytes = vec![0, 0, fields.len() as u8, 1, 0x5, 0, 0, 0, stream];
    bytes.extend(fields);
    bytes
}

/// Reads frames until the connection ends; acknowledges settings and pings, and sends window updates for the streams in `takes`.
async fn frames(stream: TcpStream, takes: &[u8], mut each: impl FnMut(u8, u8)) {
    let (mut read, mut write) = stream.into_split();
    let mut head = [0; 9];
    while read.read_exact(&mut head).await.is_ok() {
        let length = usize::from(head[0]) << 16 | usize::from(head[1]) << 8 | usize::from(head[2]);
        let mut load = vec![0; length];
        if read.read_exact(&mut load).await.is_err() {
            return;
        }
        let (kind, flags, stream) = (head[3], head[4], head[8]);
        each(kind, stream);
        let mut answer = Vec::new();
        match kind {
            0 if takes.contains(&stream) && length > 0 => {
                for stream in [0, stream] {
                    answer.extend([0, 0, 4, 8, 0, 0, 0, 0, stream]);
                    answer.extend((length as u32).to_be_bytes());
                }
            }
            4 if flags == 0 => answer.extend([0, 0, 0, 4, 1, 0, 0, 0, 0]),
            6 if flags == 0 => {
                answer.extend([0, 0, 8, 6, 1, 0, 0, 0, 0]);
                answer.extend(load);
            }
            _ => {}
        }
        let _ = write.write_all(&answer).await;
    }
}

#[tokio::test]
async fn a_client_that_sends_no_whole_request_is_disconnected() {
    let address = serving(&admission(8, 8)).await;
    // The third could still become HTTP/2, the last is HTTP/2 without a request.
    for said in ["", "GET / HTTP/1.1\r\nHost: a", "P", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] {
        let mut stream = connected(address, said.as_bytes()).await;
        let mut answer = Vec::new();
        let end = timeout(AT_MOST, stream.read_to_end(&mut answer)).await;
        assert!(end.is_ok(), "{said:?} keeps its connection");
        assert!(!String::from_utf8_lossy(&answer).contains("here"), "{said:?}");
    }
    let mut stream = connected(address, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("here"), "{answer}");
}

#[tokio::test]
async fn a_client_that_reads_nothing_is_disconnected() {
    let admission = admission(64, 64);
    let address = serving(&admission).await;
    let pipelined = "GET /whole HTTP/1.1\r\nHost: a\r\n\r\n".repeat(200);
    for (what, said) in [
        ("HTTP/1", b"GET /long HTTP/1.1\r\nHost: a\r\n\r\n".to_vec()),
        ("a pipeline", pipelined.into_bytes()),
        ("HTTP/2 whose client reads nothing", [preface(1 << 30), get_frame(1, "/long")].concat()),
    ] {
        // The client reads nothing but keeps the connection open.
        let stream = connected(address, &said).await;
        until_all_are_gone(&admission, what).await;
        drop(stream);
    }
}

/// The connection itself is healthy: the client reads it and answers its pings.
#[tokio::test]
async fn a_client_whose_streams_all_stall_is_disconnected() {
    let admission = admission(64, 64);
    let address = serving(&admission).await;
    for (what, window, paths) in [
        ("streams without a window", 0, vec!["/long"; 20]),
        ("a short answer without a window", 0, vec!["/"]),
        ("room for one byte", 1, vec!["/whole", "/long", "/"]),
        ("room for one frame", 16_384, vec!["/whole", "/long"]),
        ("all streams within one window of the connection", 65_535, vec!["/long", "/long", "/whole"]),
    ] {
        let requests = paths.iter().enumerate().flat_map(|(at, path)| get_frame(2 * at as u8 + 1, path));
        let said: Vec<u8> = preface(window).into_iter().chain(requests).collect();
        let stream = connected(address, &said).await;
        let end = timeout(AT_MOST, frames(stream, &[], |_, _| {})).await;
        assert!(end.is_ok(), "{what}: the connection stays open");
        until_all_are_gone(&admission, what).await;
    }
}

/// Reading a byte now and then is not enough to keep a connection.
#[tokio::test]
async fn a_client_that_reads_too_slowly_is_disconnected() {
    let admission = admission(8, 8);
    let address = serving(&admission).await;
    let mut stream = connected(address, b"GET /long HTTP/1.1\r\nHost: a\r\n\r\n").await;
    let trickle = async {
        let mut byte = [0; 1];
        while stream.read_exact(&mut byte).await.is_ok() {
            sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::select! {
        () = trickle => {}
        () = until_all_are_gone(&admission, "a trickle") => {}
    }
}

#[tokio::test]
async fn a_slow_client_receives_the_whole_response() {
    let mut admission = admission(8, 8);
    admission.timeouts.stalled = Duration::from_secs(2);
    let address = serving(&admission).await;
    let mut stream = connected(address, b"GET /whole HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    let (mut piece, mut length) = (vec![0; 64 * 1024], 0);
    loop {
        let read = stream.read(&mut piece).await.unwrap();
        if read == 0 {
            break;
        }
        length += read;
        // The total exceeds the time-out for stalled readers.
        sleep(Duration::from_millis(100)).await;
    }
    assert!(length > 2 * 1024 * 1024, "{length}");
}

/// A stalled stream does not abort the others on its connection: a proxy multiplexes the requests of many readers on one.
#[tokio::test]
async fn a_stalled_stream_does_not_abort_another() {
    let admission = admission(8, 8);
    let address = serving(&admission).await;
    let said = [preface(16_384), get_frame(1, "/long"), get_frame(3, "/long")].concat();
    let stream = connected(address, &said).await;
    let (mut has_retired, mut after) = (false, 0);
    let reading = frames(stream, &[3], |kind, stream| {
        has_retired |= kind == 7;
        after += u32::from(has_retired && kind == 0 && stream == 3);
    });
    // This would never end: the active stream keeps the connection open.
    let _ = timeout(Duration::from_secs(4), reading).await;
    assert!(has_retired, "the connection accepts no more requests");
    assert!(after > 0, "the other stream continues");
    until_all_are_gone(&admission, "HTTP/2 whose reader has gone").await;
}

#[tokio::test]
async fn an_idle_http_2_connection_is_closed() {
    let admission = admission(8, 8);
    let address = serving(&admission).await;
    let stream = connected(address, &[preface(65_535), get_frame(1, "/")].concat()).await;
    let mut has_answered = false;
    let reading = frames(stream, &[1], |kind, _| has_answered |= kind == 1);
    assert!(timeout(AT_MOST, reading).await.is_ok(), "the client keeps its connection");
    assert!(has_answered);
    until_all_are_gone(&admission, "HTTP/2 without further requests").await;
}

#[tokio::test]
async fn one_network_does_not_get_all_connections() {
    let mut admission = admission(8, 2);
    let address = serving(&admission).await;
    let held = [connected(address, b"").await, connected(address, b"").await];
    let mut third = connected(address, b"").await;
    let mut answer = Vec::new();
    let end = timeout(AT_MOST, third.read_to_end(&mut answer)).await;
    assert!(end.is_ok() && answer.is_empty(), "refused instead of left waiting");
    drop(held);
    until_all_are_gone(&admission, "a closed connection").await;

    // A trusted proxy connects on behalf of many networks.
    admission.proxies = Proxies::new(vec!["127.0.0.0/8".parse().unwrap()]);
    let proxy = "127.0.0.1:1".parse().unwrap();
    let places: Vec<Slot> = (0..20).map_while(|_| admission.admit(proxy)).collect();
    assert_eq!(places.len(), 8);
}
