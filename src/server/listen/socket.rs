//! A connection to a reader that does not wait for ever.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use socket2::SockRef;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep},
};

use crate::server::metrics::{self, Shed};

/// How many bytes the system takes from us before it has sent them. It asks for more when half of them are sent, so this is also the
/// step in which we see that a reader takes something: the slowest reader takes half of it within the patience of the connection, which
/// is 1 kB a second by default. What has been sent and is not acknowledged is not counted: fast and distant readers need that.
const UNSENT: u32 = 64 * 1024;

/// A TCP connection. Writing fails once the reader has taken nothing for as long as `timeouts`.
#[derive(Debug)]
pub struct Socket {
    stream: TcpStream,
    timeouts: Duration,
    /// When writing fails. Made when a reader lets us wait for the first time, which most never do.
    deadline: Option<Pin<Box<Sleep>>>,
    is_blocked: bool,
}

impl Socket {
    /// Bounds what the system keeps for the connection, and for how long. A system that does not know a bound goes without it.
    pub fn new(stream: TcpStream, timeouts: Duration) -> Socket {
        let _ = stream.set_nodelay(true);
        #[cfg(target_os = "linux")]
        {
            let socket = SockRef::from(&stream);
            let _ = socket.set_tcp_notsent_lowat(UNSENT);
            // Also holds after we have closed the connection, while the system still tries to send the rest.
            let _ = socket.set_tcp_user_timeout(Some(timeouts));
        }
        Socket { stream, timeouts, deadline: None, is_blocked: false }
    }

    /// The result of writing, or an error if it has been pending for too long.
    fn timed<T>(&mut self, written: Poll<io::Result<T>>, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.is_blocked = false;
            return written;
        }
        let deadline = self.deadline.get_or_insert_with(|| Box::pin(sleep(self.timeouts)));
        if !self.is_blocked {
            self.is_blocked = true;
            deadline.as_mut().reset(Instant::now() + self.timeouts);
        }
        ready!(deadline.as_mut().poll(context));
        metrics::shed(Shed::Stalled, None);
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the reader takes nothing")))
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.timed(written, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.timed(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
