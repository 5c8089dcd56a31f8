//! From the network to the router and back.
//!
//! Promises: whoever sends a request byte by byte, or none, is let go; there is an end to how many are connected and how long their
//! headers are; told to stop, no new connection is taken and every request under way gets its answer.

use std::{
    convert::Infallible,
    future::pending,
    io,
    net::SocketAddr,
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
    server::{conn::auto, graceful::GracefulShutdown},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{sleep, timeout},
};
use tower::Service;

/// How many may be connected at a time; more wait in the system's queue.
const CONNECTIONS: usize = 8_192;
/// How long a request's headers may take, and an idle connection may stay.
const HEADERS_WITHIN: Duration = Duration::from_secs(if cfg!(test) { 1 } else { 30 });
/// The most bytes and fields of a request's headers.
const HEADER_BYTES: usize = 32 * 1024;
const HEADER_FIELDS: usize = 64;
/// How long the first bytes of a connection may take that came as the server stopped.
const FIRST_BYTES_WITHIN: Duration = Duration::from_millis(250);
/// How long requests under way may take once the server is told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(20);

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
    let host = Host { protocol: protocol(), router, stopping, under_way: GracefulShutdown::new() };
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    tokio::pin!(stop);
    loop {
        let arriving = async {
            let place = places.clone().acquire_owned().await.map_err(io::Error::other)?;
            Ok::<_, io::Error>((place, listener.accept().await?))
        };
        let (place, (stream, peer)) = tokio::select! {
            () = &mut stop => break,
            arrived = arriving => match arrived {
                Ok(arrived) => arrived,
                // Out of descriptors, or gone before it was taken: neither ends the server.
                Err(error) => {
                    tracing::warn!(%error, "a connection was not taken");
                    sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        host.answer(stream, peer, place);
    }
    // The system has connected some already; closing the listener would break them off.
    while let Some(Ok((stream, peer))) = listener.accept().now_or_never()
        && let Ok(place) = places.clone().try_acquire_owned()
    {
        host.answer(stream, peer, place);
    }
    drop(listener);
    // A connection of which nothing has been read yet would be closed at once, its request on the way.
    sleep(FIRST_BYTES_WITHIN).await;
    tracing::info!("stopping: requests under way are answered");
    if timeout(LAST_REQUESTS, host.under_way.shutdown()).await.is_err() {
        tracing::warn!("some requests took longer than {} s and were broken off", LAST_REQUESTS.as_secs());
    }
    Ok(())
}

/// HTTP/1 and 2, with an end to everything.
fn protocol() -> auto::Builder<TokioExecutor> {
    let mut protocol = auto::Builder::new(TokioExecutor::new());
    protocol
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .max_buf_size(HEADER_BYTES)
        .max_headers(HEADER_FIELDS);
    protocol
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(HEADER_BYTES as u32)
        .max_concurrent_streams(64)
        .keep_alive_interval(HEADERS_WITHIN)
        .keep_alive_timeout(HEADERS_WITHIN);
    protocol
}

/// What every connection is answered by.
struct Host {
    protocol: auto::Builder<TokioExecutor>,
    router: Router,
    stopping: Stopping,
    under_way: GracefulShutdown,
}

impl Host {
    /// Answers one connection for as long as it lasts; its place is free again after that.
    fn answer(&self, stream: TcpStream, peer: SocketAddr, place: OwnedSemaphorePermit) {
        let _ = stream.set_nodelay(true);
        let (router, stopping) = (self.router.clone(), self.stopping.clone());
        let has_asked = Arc::new(AtomicBool::new(false));
        let asks = has_asked.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            asks.store(true, Ordering::Relaxed);
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            let one_after_another = request.version() <= Version::HTTP_11;
            let (answer, stopping) = (router.clone().call(request), stopping.clone());
            async move {
                let mut answer = answer.await?;
                // The reader opens the next connection elsewhere; closing this one unasked might cross his next request.
                if one_after_another && stopping.is_told() {
                    answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
                }
                Ok::<_, Infallible>(answer)
            }
        });
        let connection = self.protocol.serve_connection(TokioIo::new(stream), service).into_owned();
        let connection = self.under_way.watch(connection);
        // Until it is known which version a connection speaks, nothing else counts the time.
        let silence = async move {
            sleep(HEADERS_WITHIN).await;
            if has_asked.load(Ordering::Relaxed) {
                pending::<()>().await;
            }
        };
        tokio::spawn(async move {
            tokio::select! {
                ended = connection => if let Err(error) = ended {
                    tracing::debug!(%error, %peer, "a connection broke off");
                },
                () = silence => tracing::debug!(%peer, "a connection asked for nothing"),
            }
            drop(place);
        });
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[tokio::test]
    async fn who_says_nothing_or_half_is_let_go() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(async || "here");
        tokio::spawn(serve(listener, router, Stopping::default(), Duration::ZERO, pending()));
        // The third could still become HTTP/2, the last is HTTP/2 without a request.
        for said in ["", "GET / HTTP/1.1\r\nHost: a", "P", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(said.as_bytes()).await.unwrap();
            let mut answer = Vec::new();
            let end = timeout(Duration::from_secs(60), stream.read_to_end(&mut answer)).await;
            assert!(end.is_ok(), "{said:?} holds its connection");
            assert!(!String::from_utf8_lossy(&answer).contains("here"), "{said:?}");
        }
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("here"), "{answer}");
    }
}
