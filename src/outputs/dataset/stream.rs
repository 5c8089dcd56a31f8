//! Streams rows from Postgres to a client in constant memory: ten million rows take as little as ten. The server
//! decides how many downloads run at a time.

use std::io;

use axum::body::Body;
use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use sqlx::{PgConnection, PgPool};
use tokio::{sync::mpsc, time::Duration};

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

/// Returns the rows as a response body. It begins once Postgres has accepted the statement. If the copy fails midway,
/// the body ends in an error, so that the client sees a broken transfer; if the client disconnects, the database
/// connection is closed at once.
pub async fn body(db: &PgPool, copy: Copy) -> Result<Body, AppError> {
    let mut pieces = begin(db, copy).await?;
    let first = pieces.recv().await.unwrap_or_else(|| Ok(Bytes::new())).map_err(|error| {
        tracing::error!(%error, "a download could not be started");
        AppError::Unavailable
    })?;
    Ok(sent(stream::iter([Ok(first)]).chain(arriving(pieces))))
}

/// Returns the chunks as a stream, as they arrive.
pub fn arriving(pieces: mpsc::Receiver<Chunk>) -> impl Stream<Item = Chunk> + Send + 'static {
    stream::unfold(pieces, |mut pieces| async move {
        let piece = pieces.recv().await?;
        Some((piece, pieces))
    })
}

/// Returns the chunks as a response body.
pub fn sent(pieces: impl Stream<Item = Chunk> + Send + 'static) -> Body {
    // The compression layer polls once more after the end.
    Body::from_stream(pieces.fuse())
}

/// Writes the rows to a writer instead of a client.
pub async fn write(db: &PgPool, copy: Copy, mut out: impl io::Write) -> anyhow::Result<()> {
    let mut pieces = begin(db, copy).await?;
    while let Some(piece) = pieces.recv().await {
        out.write_all(&piece?)?;
    }
    Ok(out.flush()?)
}

/// Starts the copy and returns its rows in chunks.
pub async fn begin(db: &PgPool, copy: Copy) -> Result<mpsc::Receiver<Chunk>, AppError> {
    let mut connection = db.acquire().await?;
    let (send, receive) = mpsc::channel(WAITING);
    tokio::spawn(async move {
        let sent = send_all(&mut connection, copy, &send).await;
        match sent {
            Ok(true) => {}
            // The remaining rows are of no use: the connection is closed rather than drained.
            Ok(false) => drop(connection.detach()),
            Err(error) => {
                tracing::error!(%error, "a download was aborted");
                let _ = send.send_timeout(Err(io::Error::other("the download was aborted")), STALLED).await;
                drop(connection.detach());
            }
        }
    });
    Ok(receive)
}

/// Sends every chunk; returns false if the receiver is gone.
async fn send_all(
    connection: &mut PgConnection,
    copy: Copy,
    send: &mpsc::Sender<Chunk>,
) -> sqlx::Result<bool> {
    store::begin_long(connection).await?;
    let mut rows = connection.copy_out_raw(&copy.statement).await?;
    let mut piece = copy.head;
    piece.reserve(PIECE);
    // The head is sent first and alone, so that the client sees at once that data follows.
    if send.send(Ok(std::mem::take(&mut piece).into())).await.is_err() {
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
            if send.send_timeout(Ok(full.into()), STALLED).await.is_err() {
                return Ok(false);
            }
        }
    }
    drop(rows);
    store::commit(connection).await?;
    Ok(piece.is_empty() || send.send_timeout(Ok(piece.into()), STALLED).await.is_ok())
}
