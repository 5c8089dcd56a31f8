//! Detection of stalled streams on an HTTP/2 connection.
//!
//! A stream has its own flow-control window (RFC 9113, 5.2), so it may stall while the connection as a whole makes progress, and the
//! socket does not show it. Each body is therefore split into small frames, which report when they have been sent.

use std::{
    mem,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    task::{Context, Poll},
    time::{Duration, Instant},
};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::{sync::Notify, time::sleep};

use crate::server::shed::{self, Shed};

/// Maximum size of a frame in bytes. A reader must take one frame within the time-out, which is half a kilobyte per second by default.
const FRAME: usize = 16 * 1024;

/// Progress of the streams of one connection.
#[derive(Clone, Debug)]
pub struct Streams(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    clock: Clock,
    is_used: AtomicBool,
    begun: Notify,
    /// Number of requests whose responses are being made.
    waiting: AtomicUsize,
    /// When a request last arrived or a frame was last sent.
    moved: AtomicU64,
    sending: Mutex<Vec<Weak<Transfer>>>,
}

/// Milliseconds since the connection began.
#[derive(Clone, Copy, Debug)]
struct Clock(Instant);

impl Clock {
    fn now(self) -> u64 {
        self.0.elapsed().as_millis() as u64
    }

    fn since(self, moment: &AtomicU64) -> Duration {
        Duration::from_millis(self.now().saturating_sub(moment.load(Ordering::Relaxed)))
    }
}

/// What to do with a connection after a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Keep it.
    Sound,
    /// Shut it down gracefully: finish requests in flight, accept no more.
    Retire,
    /// Close it now: no stream makes progress.
    Cut,
}

impl Streams {
    pub fn new() -> Streams {
        Streams(Arc::new(Inner {
            clock: Clock(Instant::now()),
            is_used: AtomicBool::new(false),
            begun: Notify::new(),
            waiting: AtomicUsize::new(0),
            moved: AtomicU64::new(0),
            sending: Mutex::default(),
        }))
    }

    /// Registers a request until the returned guard is dropped.
    pub fn asked(&self) -> Asked {
        self.touch();
        self.0.waiting.fetch_add(1, Ordering::Relaxed);
        if !self.0.is_used.swap(true, Ordering::Relaxed) {
            self.0.begun.notify_one();
        }
        Asked(self.clone())
    }

    /// Wraps a body to track its progress.
    pub fn watch(&self, body: Body) -> Body {
        let transfer = Arc::new(Transfer {
            streams: self.clone(),
            rest: Mutex::new(Some(Rest { body, piece: Bytes::new() })),
            moved: AtomicU64::new(self.0.clock.now()),
            outstanding: AtomicUsize::new(0),
            is_produced: AtomicBool::new(true),
        });
        let mut sending = self.sending();
        // Each check removes finished transfers; a busy connection does not wait for the next check.
        if sending.len() >= 256 {
            sending.retain(|transfer| transfer.strong_count() > 0);
        }
        sending.push(Arc::downgrade(&transfer));
        Body::new(Watched(transfer))
    }

    /// Waits for the first request and then for `every`, and checks all streams. Drops the body of a stream whose reader has taken nothing
    /// for `timeouts`. A connection without requests for `idle` is retired as well.
    pub async fn check(&self, every: Duration, timeouts: Duration, idle: Duration) -> Verdict {
        if !self.0.is_used.load(Ordering::Relaxed) {
            self.0.begun.notified().await;
        }
        sleep(every).await;
        let (mut stalled, mut sound) = (0, self.0.waiting.load(Ordering::Relaxed));
        let sending = {
            let mut sending = self.sending();
            sending.retain(|transfer| transfer.strong_count() > 0);
            sending.clone()
        };
        for transfer in sending.iter().filter_map(Weak::upgrade) {
            match transfer.is_stalled(timeouts) {
                true => stalled += 1,
                false => sound += 1,
            }
        }
        match (stalled, sound) {
            (0, 0) if self.0.clock.since(&self.0.moved) > idle => Verdict::Retire,
            (0, _) => Verdict::Sound,
            (_, 0) => Verdict::Cut,
            (_, _) => Verdict::Retire,
        }
    }

    fn touch(&self) {
        self.0.moved.store(self.0.clock.now(), Ordering::Relaxed);
    }

    fn sending(&self) -> MutexGuard<'_, Vec<Weak<Transfer>>> {
        self.0.sending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Guard of a request whose response is being made.
pub struct Asked(Streams);

impl Drop for Asked {
    fn drop(&mut self) {
        self.0.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A body being sent. Lives until its last frame has been sent.
#[derive(Debug)]
struct Transfer {
    streams: Streams,
    /// What remains to be sent; `None` once the transfer was abandoned.
    rest: Mutex<Option<Rest>>,
    /// When a frame was last requested or sent.
    moved: AtomicU64,
    /// Number of frames that were passed to the connection but not sent yet.
    outstanding: AtomicUsize,
    /// Whether the body had data when it was last polled. If not, the reader waits for the server, not the reverse.
    is_produced: AtomicBool,
}

#[derive(Debug)]
struct Rest {
    body: Body,
    /// Remainder of the body's last frame.
    piece: Bytes,
}

impl Transfer {
    fn touch(&self) {
        self.moved.store(self.streams.0.clock.now(), Ordering::Relaxed);
        self.streams.touch();
    }

    fn rest(&self) -> MutexGuard<'_, Option<Rest>> {
        self.rest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns whether the reader has stalled. If so, drops the rest of the body to free its resources.
    fn is_stalled(&self, timeouts: Duration) -> bool {
        let waits_for_reader =
            self.is_produced.load(Ordering::Relaxed) || self.outstanding.load(Ordering::Relaxed) > 0;
        if !waits_for_reader || self.streams.0.clock.since(&self.moved) < timeouts {
            return false;
        }
        if mem::take(&mut *self.rest()).is_some() {
            shed::shed(Shed::Stalled, None);
        }
        true
    }
}

/// A response body that reports its progress.
struct Watched(Arc<Transfer>);

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let transfer = &self.0;
        transfer.touch();
        let mut rest = transfer.rest();
        let Some(Rest { body, piece }) = &mut *rest else {
            return Poll::Ready(Some(Err(axum::Error::new("the reader has stalled"))));
        };
        if piece.is_empty() {
            let frame = Pin::new(body).poll_frame(context);
            transfer.is_produced.store(frame.is_ready(), Ordering::Relaxed);
            match frame {
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) => *piece = data,
                    Err(frame) => return Poll::Ready(Some(Ok(frame))),
                },
                other => return other,
            }
        }
        let data = piece.split_to(piece.len().min(FRAME));
        transfer.outstanding.fetch_add(1, Ordering::Relaxed);
        // Copied, because a slice would keep the whole body in memory for as long as the connection holds the frame.
        let frame = Sent { data: data.to_vec(), transfer: transfer.clone() };
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_owner(frame)))))
    }

    fn is_end_stream(&self) -> bool {
        let rest = self.0.rest();
        rest.as_ref().is_some_and(|Rest { body, piece }| piece.is_empty() && body.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        let rest = self.0.rest();
        let Some(Rest { body, piece }) = &*rest else { return SizeHint::default() };
        let (hint, length) = (body.size_hint(), piece.len() as u64);
        let mut whole = SizeHint::new();
        whole.set_lower(hint.lower().saturating_add(length));
        if let Some(upper) = hint.upper() {
            whole.set_upper(upper.saturating_add(length));
        }
        whole
    }
}

/// The bytes of a frame; dropped once the frame has been sent.
struct Sent {
    data: Vec<u8>,
    transfer: Arc<Transfer>,
}

impl AsRef<[u8]> for Sent {
    fn as_ref(&self) -> &[u8] {
        &self.data
    }
}

impl Drop for Sent {
    fn drop(&mut self) {
        self.transfer.outstanding.fetch_sub(1, Ordering::Relaxed);
        self.transfer.touch();
    }
}
