//! The listener: connections, their limits and time-outs, and graceful shutdown.
//!
//! Promises: a client that sends its request byte by byte, or none at all, is disconnected, and so is a client that does not read its
//! response; the number of connections is bounded, per network and in total, and so is the size of headers; on shutdown no new connection
//! is accepted and every request in flight gets its response.

mod socket;
mod streams;

use std::{
    convert::Infallible,
    future::pending,
    io,
    net::SocketAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderValue, Request, Version, header::CONNECTION},
};
use futures_util::FutureExt;
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    time::{sleep, timeout},
};
use tower::Service;

use super::{
    fair_pool::{FairPool, PoolShares, Slot},
    forwarded::Proxies,
    network::Network,
    shed::{self, Shed},
};
use socket::Socket;
use streams::{Streams, Verdict};

/// Maximum number of open connections.
const CONNECTIONS: usize = 8_192;
/// Maximum size and number of a request's header fields.
const HEADER_BYTES: usize = 32 * 1024;
const HEADER_FIELDS: usize = 64;
/// Per HTTP/2 connection: maximum number of concurrent requests, and of buffered bytes per response.
const STREAMS: u32 = 64;
const STREAM_BYTES: usize = 64 * 1024;
/// Time-out for the first bytes of connections that were accepted as the server stopped.
const FIRST_BYTES_TIMEOUT: Duration = Duration::from_millis(250);
/// Time-out for requests in flight during shutdown, after draining.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(20);

/// Time-outs of a connection.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// For receiving a request's headers; also for an idle HTTP/1 connection.
    pub headers: Duration,
    /// For a client that reads nothing of its response.
    pub stalled: Duration,
    /// For an HTTP/2 connection without requests.
    pub idle: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Timeouts {
            headers: Duration::from_secs(30),
            stalled: Duration::from_secs(30),
            idle: Duration::from_secs(120),
        }
    }
}

/// Creates the pool of connection slots. A network may hold an eighth of them, and more while a quarter is free: readers behind a proxy
/// that is not in `TRUSTED_PROXIES` count as one network.
pub fn places() -> FairPool {
    FairPool::new(PoolShares {
        places: CONNECTIONS,
        share: CONNECTIONS / 8,
        reserve: CONNECTIONS / 4,
        queue: 0,
    })
}

/// Limits and time-outs of connections.
#[derive(Clone, Debug)]
pub struct ConnectionLimits {
    pub places: FairPool,
    /// Trusted proxies, which connect on behalf of many networks and so are not limited to a share.
    pub proxies: Proxies,
    pub timeouts: Timeouts,
}

impl ConnectionLimits {
    /// Takes a slot for a connection from `peer`, if one is available.
    fn admit(&self, peer: SocketAddr) -> Option<Slot> {
        let network = Network::of(peer.ip());
        let place = match self.proxies.has(peer.ip().to_canonical()) {
            true => self.places.try_take_beyond_share(network),
            false => self.places.try_take(network),
        };
        if place.is_none() {
            shed::shed(Shed::Connection, Some(network));
        }
        place
    }
}

/// Flag that is set when the server begins to stop.
#[derive(Clone, Debug, Default)]
pub struct Stopping(Arc<AtomicBool>);

impl Stopping {
    pub fn is_told(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Accepts connections until `stop` completes and for `drain` after that, so that a load balancer notices; then shuts down gracefully.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    admission: ConnectionLimits,
    stopping: Stopping,
    drain: Duration,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let stop = {
        let stopping = stopping.clone();
        async move {
            stop.await;
            stopping.begin();
            sleep(drain).await;
        }
    };
    let (finish, _) = watch::channel(false);
    let host = Host { protocol: protocol(admission.timeouts), router, admission, stopping, finish };
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            arrived = listener.accept() => match arrived {
                Ok((stream, peer)) => host.answer(stream, peer),
                // Out of file descriptors, or closed before it was accepted: neither ends the server.
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    sleep(Duration::from_millis(50)).await;
                }
            },
        };
    }
    // Accept the connections in the backlog; closing the listener would reset them.
    while let Some(Ok((stream, peer))) = listener.accept().now_or_never() {
        host.answer(stream, peer);
    }
    drop(listener);
    // A graceful shutdown would close a connection at once whose request is still on its way.
    sleep(FIRST_BYTES_TIMEOUT).await;
    tracing::info!("shutting down: finishing requests in flight");
    host.finish.send_replace(true);
    if timeout(SHUTDOWN_TIMEOUT, host.finish.closed()).await.is_err() {
        tracing::warn!("aborted requests that took longer than {} s to finish", SHUTDOWN_TIMEOUT.as_secs());
    }
    Ok(())
}

/// Configures HTTP/1 and HTTP/2 with limits on time and size.
fn protocol(timeouts: Timeouts) -> auto::Builder<TokioExecutor> {
    let mut protocol = auto::Builder::new(TokioExecutor::new());
    protocol
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(timeouts.headers)
        .max_buf_size(HEADER_BYTES)
        .max_headers(HEADER_FIELDS);
    protocol
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(HEADER_BYTES as u32)
        .max_concurrent_streams(STREAMS)
        .max_send_buf_size(STREAM_BYTES)
        .keep_alive_interval(timeouts.headers)
        .keep_alive_timeout(timeouts.headers);
    protocol
}

/// State shared by all connections.
struct Host {
    protocol: auto::Builder<TokioExecutor>,
    router: Router,
    admission: ConnectionLimits,
    stopping: Stopping,
    /// Set to `true` to shut connections down gracefully; closed once all have ended.
    finish: watch::Sender<bool>,
}

impl Host {
    /// Serves one connection until it ends, if a slot is available.
    fn answer(&self, stream: TcpStream, peer: SocketAddr) {
        let Some(place) = self.admission.admit(peer) else { return };
        let Timeouts { headers, stalled, idle } = self.admission.timeouts;
        let (router, stopping) = (self.router.clone(), self.stopping.clone());
        let has_request = Arc::new(AtomicBool::new(false));
        let streams = Streams::new();
        let service = {
            let (has_request, streams) = (has_request.clone(), streams.clone());
            service_fn(move |request: Request<Incoming>| {
                has_request.store(true, Ordering::Relaxed);
                let mut request = request.map(Body::new);
                request.extensions_mut().insert(ConnectInfo(peer));
                let is_sequential = request.version() <= Version::HTTP_11;
                // HTTP/1 sends one response at a time, so a stalled reader shows on the socket.
                let watched = (!is_sequential).then(|| (streams.asked(), streams.clone()));
                let (answer, stopping) = (router.clone().call(request), stopping.clone());
                async move {
                    let mut answer = answer.await?;
                    if let Some((_asked, streams)) = watched {
                        return Ok(answer.map(|body| streams.watch(body)));
                    }
                    // The client then opens its next connection to another server. Closing this one without notice could
                    // race with its next request.
                    if stopping.is_told() {
                        answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
                    }
                    Ok::<_, Infallible>(answer)
                }
            })
        };
        let socket = TokioIo::new(Socket::new(stream, stalled));
        let connection = self.protocol.serve_connection(socket, service).into_owned();
        let mut finish = self.finish.subscribe();
        // hyper's time-outs start only once the HTTP version of a connection is known.
        let silence = async move {
            sleep(headers).await;
            if has_request.load(Ordering::Relaxed) {
                pending::<()>().await;
            }
        };
        tokio::spawn(async move {
            let (mut connection, mut silence) = (pin!(connection), pin!(silence));
            let mut is_retired = false;
            loop {
                tokio::select! {
                    ended = connection.as_mut() => {
                        if let Err(error) = ended {
                            tracing::debug!(%error, %peer, "a connection failed");
                        }
                        break;
                    }
                    () = &mut silence => {
                        tracing::debug!(%peer, "closed a connection without a request");
                        break;
                    }
                    _ = finish.wait_for(|finish| *finish), if !is_retired => {
                        is_retired = true;
                        connection.as_mut().graceful_shutdown();
                    }
                    verdict = streams.check(stalled / 4, stalled, idle) => match verdict {
                        Verdict::Retire if !is_retired => {
                            is_retired = true;
                            connection.as_mut().graceful_shutdown();
                        }
                        Verdict::Sound | Verdict::Retire => {}
                        Verdict::Cut => {
                            tracing::debug!(%peer, "closed a stalled connection");
                            break;
                        }
                    },
                }
            }
            drop((place, finish));
        });
    }
}

#[cfg(test)]
mod tests {
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
        let serving =
            serve(listener, router, admission.clone(), Stopping::default(), Duration::ZERO, pending());
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
    async fn who_says_nothing_or_half_is_let_go() {
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
    async fn who_takes_nothing_is_let_go() {
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
    async fn whose_streams_take_nothing_is_let_go() {
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
    async fn who_takes_next_to_nothing_is_let_go() {
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
    async fn who_takes_slowly_gets_it_all() {
        let mut admission = admission(8, 8);
        admission.timeouts.stalled = Duration::from_secs(2);
        let address = serving(&admission).await;
        let mut stream =
            connected(address, b"GET /whole HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
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
    async fn a_stream_that_takes_nothing_does_not_break_off_another() {
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
    async fn http_2_without_a_request_is_let_go() {
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
}
