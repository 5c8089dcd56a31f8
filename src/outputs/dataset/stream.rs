//! Streams rows from Postgres to a client in constant memory: ten million rows take as little as ten. The server
//! decides how many downloads run at a time.

use std::io;

use axum::body::Body;
use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use sqlx::{PgConnection, PgPool};
use tokio::{
    sync::{mpsc, oneshot},
    time::Duration,
};

use super::store;
use crate::error::AppError;

/// Chunk size in bytes. Postgres sends each row separately; larger chunks serve a client better.
pub const PIECE: usize = 64 * 1024;
/// Number of chunks buffered for a slow client.
const WAITING: usize = 4;

/// How long a client may accept no data before the download is aborted: it holds a database connection.
pub const STALLED: Duration = Duration::from_secs(60);

/// Line endings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// CRLF, as RFC 4180 requires.
    CrLf,
    /// LF, as in the data set.
    Lf,
}

/// Source of a stream: a `copy … to stdout` in CSV, and the bytes before its first row.
pub struct Copy {
    pub statement: String,
    pub head: Vec<u8>,
    pub ends: Ends,
}

/// Some of the rows, or the error that ended them.
pub type Chunk = Result<Bytes, io::Error>;

/// Sending half of a download.
pub struct Sender {
    pub chunks: mpsc::Sender<Bytes>,
    /// Confirms that every chunk was sent.
    pub complete: oneshot::Sender<()>,
}

/// Receiving half of a download. A sender that ends without confirming that all was sent, for whatever reason, makes the last item an error:
/// otherwise part of a file would pass for all of it.
pub struct Chunks {
    chunks: mpsc::Receiver<Bytes>,
    complete: Option<oneshot::Receiver<()>>,
}

/// Creates both halves of a download.
pub fn channel() -> (Sender, Chunks) {
    let (chunks, received) = mpsc::channel(WAITING);
    let (complete, completed) = oneshot::channel();
    (Sender { chunks, complete }, Chunks { chunks: received, complete: Some(completed) })
}

impl Chunks {
    /// Returns the next chunk; `None` after the last.
    pub async fn next(&mut self) -> Option<Chunk> {
        if let Some(chunk) = self.chunks.recv().await {
            return Some(Ok(chunk));
        }
        let confirmed = self.complete.take()?.await;
        confirmed.is_err().then(|| Err(io::Error::other("the download was aborted")))
    }
}

/// Returns the rows as a response body. It begins once Postgres has accepted the statement. If the copy fails midway,
/// the body ends in an error, so that the client sees a broken transfer; if the client disconnects, the database
/// connection is closed at once.
pub async fn body(db: &PgPool, copy: Copy) -> Result<Body, AppError> {
    let mut chunks = begin(db, copy).await?;
    // The task that sends the rows has logged the reason.
    let Some(Ok(first)) = chunks.next().await else { return Err(AppError::Unavailable) };
    Ok(sent(stream::iter([Ok(first)]).chain(arriving(chunks))))
}

/// Returns the chunks as a stream, as they arrive.
pub fn arriving(chunks: Chunks) -> impl Stream<Item = Chunk> + Send + 'static {
    stream::unfold(chunks, |mut chunks| async move {
        let chunk = chunks.next().await?;
        Some((chunk, chunks))
    })
}

/// Returns the chunks as a response body.
pub fn sent(pieces: impl Stream<Item = Chunk> + Send + 'static) -> Body {
    // The compression layer polls once more after the end.
    Body::from_stream(pieces.fuse())
}

/// Writes the rows to a writer instead of a client.
pub async fn write(db: &PgPool, copy: Copy, mut out: impl io::Write) -> anyhow::Result<()> {
    let mut chunks = begin(db, copy).await?;
    while let Some(chunk) = chunks.next().await {
        out.write_all(&chunk?)?;
    }
    Ok(out.flush()?)
}

/// Starts the copy and returns its rows in chunks.
pub async fn begin(db: &PgPool, copy: Copy) -> Result<Chunks, AppError> {
    let mut connection = db.acquire().await?;
    let (Sender { chunks: send, complete }, chunks) = channel();
    tokio::spawn(async move {
        let sent = send_all(&mut connection, copy, &send).await;
        match sent {
            // Nobody may be listening any more.
            Ok(true) => drop(complete.send(())),
            // The remaining rows are of no use: the connection is closed rather than drained.
            Ok(false) => drop(connection.detach()),
            Err(error) => {
                tracing::error!(%error, "a download was aborted");
                drop(connection.detach());
            }
        }
    });
    Ok(chunks)
}

/// Sends every chunk; returns false if the receiver is gone or accepts no data.
async fn send_all(
    connection: &mut PgConnection,
    copy: Copy,
    send: &mpsc::Sender<Bytes>,
) -> sqlx::Result<bool> {
    store::begin_long(connection).await?;
    let mut rows = connection.copy_out_raw(&copy.statement).await?;
    let mut piece = copy.head;
    piece.reserve(PIECE);
    // The head is sent first and alone, so that the client sees at once that data follows.
    if send.send(std::mem::take(&mut piece).into()).await.is_err() {
        return Ok(false);
    }
    while let Some(row) = rows.try_next().await? {
        match (copy.ends, row.strip_suffix(b"\n")) {
            (Ends::CrLf, Some(line)) => {
                piece.extend_from_slice(line);
                piece.extend_from_slice(b"\r\n");
            }
            _ => piece.extend_from_slice(&row),
        }
        if piece.len() >= PIECE {
            let full = std::mem::replace(&mut piece, Vec::with_capacity(PIECE + 4096));
            if send.send_timeout(full.into(), STALLED).await.is_err() {
                return Ok(false);
            }
        }
    }
    drop(rows);
    store::commit(connection).await?;
    Ok(piece.is_empty() || send.send_timeout(piece.into(), STALLED).await.is_ok())
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    #[tokio::test]
    async fn a_download_is_whole_only_if_its_sender_says_so() {
        let (Sender { chunks: send, complete }, chunks) = channel();
        send.send("all".into()).await.unwrap();
        complete.send(()).unwrap();
        drop(send);
        assert_eq!(to_bytes(sent(arriving(chunks)), 10).await.unwrap(), "all");

        let (Sender { chunks: send, complete }, mut chunks) = channel();
        send.send("part".into()).await.unwrap();
        drop((send, complete));
        assert_eq!(chunks.next().await.unwrap().unwrap(), "part");
        assert!(chunks.next().await.unwrap().is_err());
        assert!(chunks.next().await.is_none());
    }
}
