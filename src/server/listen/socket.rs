//! A TCP connection with a write time-out.

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

use crate::server::shed::{self, Shed};

/// Maximum number of unsent bytes in the kernel's send buffer. The kernel asks for more when half of them have been sent, so this is also
/// the granularity at which progress is visible: the slowest tolerated reader takes half of it within the write time-out, which is 1 kB/s
/// by default. Bytes in flight (sent but not acknowledged) do not count: fast and distant readers need a large window.
const UNSENT: u32 = 64 * 1024;

/// A TCP connection. A write fails once the reader has taken nothing for the duration `timeouts`.
#[derive(Debug)]
pub struct Socket {
    stream: TcpStream,
    timeouts: Duration,
    /// When a pending write fails. Created at the first blocked write, which most connections never have.
    deadline: Option<Pin<Box<Sleep>>>,
    is_blocked: bool,
}

impl Socket {
    /// Wraps a connection and bounds how much the kernel buffers for it, and for how long. Platforms other than Linux go without these
    /// bounds.
    pub fn new(stream: TcpStream, timeouts: Duration) -> Socket {
        let _ = stream.set_nodelay(true);
        #[cfg(target_os = "linux")]
        {
            let socket = SockRef::from(&stream);
            let _ = socket.set_tcp_notsent_lowat(UNSENT);
            // Also applies after the connection is closed, while the kernel still tries to send the rest.
            let _ = socket.set_tcp_user_timeout(Some(timeouts));
        }
        Socket { stream, timeouts, deadline: None, is_blocked: false }
    }

    /// Returns the result of a write, or an error if writes have been pending for too long.
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
        shed::shed(Shed::Stalled, None);
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the reader has stalled")))
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
