//! From the network to the router and back.
//!
//! Promises: whoever sends a request byte by byte, or none, is let go; there is an end to how many are connected and how long their
//! headers are; told to stop, no new connection is taken and every request under way gets its answer.

use std::{
    convert::Infallible,
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
const HEADERS_WITHIN: Duration = Duration::from_secs(30);
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
    let mut server = auto::Builder::new(TokioExecutor::new());
    server
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .max_buf_size(HEADER_BYTES)
        .max_headers(HEADER_FIELDS);
    server
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(HEADER_BYTES as u32)
        .max_concurrent_streams(64)
        .keep_alive_interval(HEADERS_WITHIN)
        .keep_alive_timeout(HEADERS_WITHIN);
    let under_way = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let answer = |stream: TcpStream, peer: SocketAddr, place: OwnedSemaphorePermit| {
        let _ = stream.set_nodelay(true);
        let (router, stopping) = (router.clone(), stopping.clone());
        let service = service_fn(move |request: Request<Incoming>| {
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
        let connection = server.serve_connection(TokioIo::new(stream), service).into_owned();
        let connection = under_way.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, %peer, "a connection broke off");
            }
            drop(place);
        });
    };
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
        answer(stream, peer, place);
    }
    // The system has connected some already; closing the listener would break them off.
    while let Some(Ok((stream, peer))) = listener.accept().now_or_never()
        && let Ok(place) = places.clone().try_acquire_owned()
    {
        answer(stream, peer, place);
    }
    drop(listener);
    // A connection of which nothing has been read yet would be closed at once, its request on the way.
    sleep(FIRST_BYTES_WITHIN).await;
    tracing::info!("stopping: requests under way are answered");
    if timeout(LAST_REQUESTS, under_way.shutdown()).await.is_err() {
        tracing::warn!("some requests took longer than {} s and were broken off", LAST_REQUESTS.as_secs());
    }
    Ok(())
}
