//! The streams of one HTTP/2 connection: whether their readers take anything.
//!
//! The connection as a whole may go on while one of its streams takes nothing, by a flow-control window of its own (RFC 9113, 5.2), so
//! nothing is seen of that on the socket. Each body is handed on in small frames, which say when they have gone.

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

use crate::server::metrics::{self, Shed};

/// The longest frame. A reader takes one within the patience of the connection, which is half a kilobyte a second by default.
const FRAME: usize = 16 * 1024;

/// What is known of the streams of one connection.
#[derive(Clone, Debug)]
pub struct Streams(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    clock: Clock,
    is_used: AtomicBool,
    begun: Notify,
    /// Requests whose answers are being made.
    waiting: AtomicUsize,
    /// When something was last asked or sent.
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

/// What is to be done with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It goes on.
    Sound,
    /// It finishes what is under way and takes no more requests.
    Retire,
    /// It ends now: nothing of it moves.
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

    /// Notes a request, until what is returned is dropped.
    pub fn asked(&self) -> Asked {
        self.touch();
        self.0.waiting.fetch_add(1, Ordering::Relaxed);
        if !self.0.is_used.swap(true, Ordering::Relaxed) {
            self.0.begun.notify_one();
        }
        Asked(self.clone())
    }

    /// The body, watched.
    pub fn watch(&self, body: Body) -> Body {
        let transfer = Arc::new(Transfer {
            streams: self.clone(),
            rest: Mutex::new(Some(Rest { body, piece: Bytes::new() })),
            moved: AtomicU64::new(self.0.clock.now()),
            outstanding: AtomicUsize::new(0),
            is_produced: AtomicBool::new(true),
        });
        let mut sending = self.sending();
        // Those that are done are forgotten by each check; a busy connection does not wait for it.
        if sending.len() >= 256 {
            sending.retain(|transfer| transfer.strong_count() > 0);
        }
        sending.push(Arc::downgrade(&transfer));
        Body::new(Watched(transfer))
    }

    /// Waits for as long as `every` once there has been a request, then looks at all streams: the body of one whose reader has taken
    /// nothing for `timeouts` is dropped. A connection without requests for `idle` is retired as well.
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

/// A request whose answer is being made.
pub struct Asked(Streams);

impl Drop for Asked {
    fn drop(&mut self) {
        self.0.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A body on its way; lives until its last frame has gone.
#[derive(Debug)]
struct Transfer {
    streams: Streams,
    /// What is still to be sent; none once it was given up.
    rest: Mutex<Option<Rest>>,
    /// When a frame was last asked for or had gone.
    moved: AtomicU64,
    /// Frames handed to the connection that have not gone.
    outstanding: AtomicUsize,
    /// Whether there was something to send when it was last asked for: what is still being made lets the reader wait, not the reverse.
    is_produced: AtomicBool,
}

#[derive(Debug)]
struct Rest {
    body: Body,
    /// What is left of the body's last frame.
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

    /// Whether its reader takes nothing; what is left of the body is dropped then, and what it held is free.
    fn is_stalled(&self, timeouts: Duration) -> bool {
        let waits_for_reader =
            self.is_produced.load(Ordering::Relaxed) || self.outstanding.load(Ordering::Relaxed) > 0;
        if !waits_for_reader || self.streams.0.clock.since(&self.moved) < timeouts {
            return false;
        }
        if mem::take(&mut *self.rest()).is_some() {
            metrics::shed(Shed::Stalled, None);
        }
        true
    }
}

/// The body of an answer that says how it gets on.
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
            return Poll::Ready(Some(Err(axum::Error::new("the reader takes nothing"))));
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
        // A copy: a part of the body would keep the whole of it in memory for as long as the connection keeps the frame.
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

/// The bytes of a frame; has gone when dropped.
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
