//! From the network to the router and back.
//!
//! Promises: whoever sends a request byte by byte, or none, is let go, and so is whoever takes nothing of what he asked for; there is an
//! end to how many are connected, from one network and in all, and to how long their headers are; told to stop, no new connection is
//! taken and every request under way gets its answer.

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
    metrics::{self, Shed},
    network::Network,
};
use socket::Socket;
use streams::{Streams, Verdict};

/// How many may be connected at a time.
const CONNECTIONS: usize = 8_192;
/// The most bytes and fields of a request's headers.
const HEADER_BYTES: usize = 32 * 1024;
const HEADER_FIELDS: usize = 64;
/// The most requests at a time, and bytes of each answer that wait to be sent, on a connection of HTTP/2.
const STREAMS: u32 = 64;
const STREAM_BYTES: usize = 64 * 1024;
/// How long the first bytes of a connection may take that came as the server stopped.
const FIRST_BYTES_WITHIN: Duration = Duration::from_millis(250);
/// How long requests under way may take once the server is told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(20);

/// How long a connection is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// How long a request's headers may take, and a connection of HTTP/1 without a request may stay.
    pub headers: Duration,
    /// How long a reader may take nothing of what is sent.
    pub stalled: Duration,
    /// How long a connection of HTTP/2 without a request may stay.
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

/// The places of connections. A network may hold an eighth of them, and more while a quarter is free: readers behind a proxy that the
/// server was not told of are one network.
pub fn places() -> FairPool {
    FairPool::new(PoolShares {
        places: CONNECTIONS,
        share: CONNECTIONS / 8,
        reserve: CONNECTIONS / 4,
        queue: 0,
    })
}

/// How connections are taken.
#[derive(Clone, Debug)]
pub struct ConnectionLimits {
    pub places: FairPool,
    /// Proxies, which connect for many networks and so have no share.
    pub proxies: Proxies,
    pub timeouts: Timeouts,
}

impl ConnectionLimits {
    /// A place for a connection from `peer`, if there is one.
    fn admit(&self, peer: SocketAddr) -> Option<Slot> {
        let network = Network::of(peer.ip());
        let place = match self.proxies.has(peer.ip().to_canonical()) {
            true => self.places.try_take_beyond_share(network),
            false => self.places.try_take(network),
        };
        if place.is_none() {
            metrics::shed(Shed::Connection, Some(network));
        }
        place
    }
}

/// Whether the server is told to stop.
#[derive(Clone, Debug, Default)]
pub struct Stopping(Arc<AtomicBool>);

impl Stopping {
    pub fn is_told(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn tell(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Takes connections until `stop` is done, and for `drain` after that: whoever sends requests to this server has to notice first.
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
            stopping.tell();
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
                // Out of descriptors, or gone before it was taken: neither ends the server.
                Err(error) => {
                    tracing::warn!(%error, "a connection was not taken");
                    sleep(Duration::from_millis(50)).await;
                }
            },
        };
    }
    // The system has connected some already; closing the listener would break them off.
    while let Some(Ok((stream, peer))) = listener.accept().now_or_never() {
        host.answer(stream, peer);
    }
    drop(listener);
    // A connection of which nothing has been read yet would be closed at once, its request on the way.
    sleep(FIRST_BYTES_WITHIN).await;
    tracing::info!("stopping: requests under way are answered");
    host.finish.send_replace(true);
    if timeout(LAST_REQUESTS, host.finish.closed()).await.is_err() {
        tracing::warn!("some requests took longer than {} s and were broken off", LAST_REQUESTS.as_secs());
    }
    Ok(())
}

/// HTTP/1 and 2, with an end to everything.
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

/// What every connection is answered by.
struct Host {
    protocol: auto::Builder<TokioExecutor>,
    router: Router,
    admission: ConnectionLimits,
    stopping: Stopping,
    /// Tells connections to finish what is under way; closed once all have ended.
    finish: watch::Sender<bool>,
}

impl Host {
    /// Answers one connection for as long as it lasts, if there is a place for it.
    fn answer(&self, stream: TcpStream, peer: SocketAddr) {
        let Some(place) = self.admission.admit(peer) else { return };
        let Timeouts { headers, stalled, idle } = self.admission.timeouts;
        let (router, stopping) = (self.router.clone(), self.stopping.clone());
        let has_asked = Arc::new(AtomicBool::new(false));
        let streams = Streams::new();
        let service = {
            let (asks, streams) = (has_asked.clone(), streams.clone());
            service_fn(move |request: Request<Incoming>| {
                asks.store(true, Ordering::Relaxed);
                let mut request = request.map(Body::new);
                request.extensions_mut().insert(ConnectInfo(peer));
                let one_after_another = request.version() <= Version::HTTP_11;
                // With one answer at a time the socket tells whether its reader takes it.
                let watched = (!one_after_another).then(|| (streams.asked(), streams.clone()));
                let (answer, stopping) = (router.clone().call(request), stopping.clone());
                async move {
                    let mut answer = answer.await?;
                    if let Some((_asked, streams)) = watched {
                        return Ok(answer.map(|body| streams.watch(body)));
                    }
                    // The reader opens the next connection elsewhere; closing this one unasked might cross his next request.
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
        // Until it is known which version a connection speaks, nothing else counts the time.
        let silence = async move {
            sleep(headers).await;
            if has_asked.load(Ordering::Relaxed) {
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
                            tracing::debug!(%error, %peer, "a connection broke off");
                        }
                        break;
                    }
                    () = &mut silence => {
                        tracing::debug!(%peer, "a connection asked for nothing");
                        break;
                    }
                    _ = finish.wait_for(|told| *told), if !is_retired => {
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
                            tracing::debug!(%peer, "a connection took nothing");
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

    /// How long a test waits for what has to happen.
    const AT_MOST: Duration = Duration::from_secs(60);

    fn admission(places: usize, share: usize) -> ConnectionLimits {
        let second = Duration::from_secs(1);
        ConnectionLimits {
            places: FairPool::new(PoolShares { places, share, reserve: places, queue: 0 }),
            proxies: Proxies::default(),
            timeouts: Timeouts { headers: second, stalled: second, idle: second },
        }
    }

    /// A site whose `/long` never ends, behind a listener.
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

    /// Waits until no connection has a place any more.
    async fn until_all_are_gone(admission: &ConnectionLimits, what: &str) {
        let gone = async {
            while admission.places.taken() > 0 {
                sleep(Duration::from_millis(20)).await;
            }
        };
        assert!(timeout(AT_MOST, gone).await.is_ok(), "{what} holds its connection");
    }

    /// The beginning of a connection of HTTP/2 whose streams have a window of so many bytes.
    fn preface(window: u32) -> Vec<u8> {
        let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
        bytes.extend([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4]);
        bytes.extend(window.to_be_bytes());
        bytes
    }

    /// `GET http://a{path}` on a stream.
    fn get_frame(stream: u8, path: &str) -> Vec<u8> {
        let mut fields = vec![0x82, 0x86, 0x41, 1, b'a', 0x44, path.len() as u8];
        fields.extend(path.as_bytes());
        let mut bytes = vec![0, 0, fields.len() as u8, 1, 0x5, 0, 0, 0, stream];
        bytes.extend(fields);
        bytes
    }

    /// Reads frames until the connection ends, and answers settings and pings. Gives the window of each stream in `takes` what it takes.
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
            assert!(end.is_ok(), "{said:?} holds its connection");
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
            ("HTTP/2 of which nothing is read", [preface(1 << 30), get_frame(1, "/long")].concat()),
        ] {
            // Nothing is read, and the connection stays open on this side.
            let stream = connected(address, &said).await;
            until_all_are_gone(&admission, what).await;
            drop(stream);
        }
    }

    /// The connection is sound: it is read, and its pings are answered.
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
            let asked = paths.iter().enumerate().flat_map(|(at, path)| get_frame(2 * at as u8 + 1, path));
            let said: Vec<u8> = preface(window).into_iter().chain(asked).collect();
            let stream = connected(address, &said).await;
            let end = timeout(AT_MOST, frames(stream, &[], |_, _| {})).await;
            assert!(end.is_ok(), "{what}: the connection is held");
            until_all_are_gone(&admission, what).await;
        }
    }

    /// A byte now and then is not enough: a connection costs too much for that.
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
            // Longer in all than a reader may take nothing.
            sleep(Duration::from_millis(100)).await;
        }
        assert!(length > 2 * 1024 * 1024, "{length}");
    }

    /// What one stream does not take is not the fault of the others on its connection: a proxy sends many readers' requests on one.
    #[tokio::test]
    async fn a_stream_that_takes_nothing_does_not_break_off_another() {
        let admission = admission(8, 8);
        let address = serving(&admission).await;
        let said = [preface(16_384), get_frame(1, "/long"), get_frame(3, "/long")].concat();
        let stream = connected(address, &said).await;
        let (mut has_retired, mut after) = (false, 0);
        let snapshot = frames(stream, &[3], |kind, stream| {
            has_retired |= kind == 7;
            after += u32::from(has_retired && kind == 0 && stream == 3);
        });
        // It would read for ever: the stream that takes what it is sent keeps the connection.
        let _ = timeout(Duration::from_secs(4), snapshot).await;
        assert!(has_retired, "no more requests are taken on the connection");
        assert!(after > 0, "the other stream goes on");
        until_all_are_gone(&admission, "HTTP/2 whose reader has gone").await;
    }

    #[tokio::test]
    async fn http_2_without_a_request_is_let_go() {
        let admission = admission(8, 8);
        let address = serving(&admission).await;
        let stream = connected(address, &[preface(65_535), get_frame(1, "/")].concat()).await;
        let mut has_answered = false;
        let snapshot = frames(stream, &[1], |kind, _| has_answered |= kind == 1);
        assert!(timeout(AT_MOST, snapshot).await.is_ok(), "it holds its connection");
        assert!(has_answered);
        until_all_are_gone(&admission, "HTTP/2 that asks no more").await;
    }

    #[tokio::test]
    async fn one_network_does_not_get_all_connections() {
        let mut admission = admission(8, 2);
        let address = serving(&admission).await;
        let held = [connected(address, b"").await, connected(address, b"").await];
        let mut third = connected(address, b"").await;
        let mut answer = Vec::new();
        let end = timeout(AT_MOST, third.read_to_end(&mut answer)).await;
        assert!(end.is_ok() && answer.is_empty(), "refused, and not left waiting");
        drop(held);
        until_all_are_gone(&admission, "a closed connection").await;

        // A proxy of ours connects for many.
        admission.proxies = Proxies::new(vec!["127.0.0.0/8".parse().unwrap()]);
        let proxy = "127.0.0.1:1".parse().unwrap();
        let places: Vec<Slot> = (0..20).map_while(|_| admission.admit(proxy)).collect();
        assert_eq!(places.len(), 8);
    }
}
