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
mod tests;
