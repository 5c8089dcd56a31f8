//! Rows on their way from Postgres to a reader, in as little memory for ten million of them as for ten. How many readers are sent some
//! at a time is for the server to say.

use std::io;

use axum::body::Body;
use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use sqlx::{PgConnection, PgPool};
use tokio::{sync::mpsc, time::Duration};

use super::store;
use crate::error::AppError;

/// What is handed on at once. Postgres sends each row by itself; a reader is served better by larger pieces.
pub const PIECE: usize = 64 * 1024;
/// Pieces that wait for a slow reader.
const WAITING: usize = 4;

/// How long a reader may take nothing before the download is broken off: it holds a connection to the database.
pub const STALLED: Duration = Duration::from_secs(60);

/// How lines end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// As RFC 4180 has it.
    CrLf,
    /// As the data set has it.
    Lf,
}

/// What is to be streamed: a `copy … to stdout` in CSV, and what stands before its first row.
pub struct Copy {
    pub statement: String,
    pub head: Vec<u8>,
    pub ends: Ends,
}

/// Some of the rows, or that they broke off.
pub type Chunk = Result<Bytes, io::Error>;

/// The rows as the body of an answer. It begins once Postgres has accepted the statement. If it breaks midway the body ends in an
/// error, so that the reader's program sees a broken transfer; if the reader goes away, the connection is closed at once.
pub async fn body(db: &PgPool, copy: Copy) -> Result<Body, AppError> {
    let mut pieces = begin(db, copy).await?;
    let first = pieces.recv().await.unwrap_or_else(|| Ok(Bytes::new())).map_err(|error| {
        tracing::error!(%error, "a download could not begin");
        AppError::Unavailable
    })?;
    Ok(sent(stream::iter([Ok(first)]).chain(arriving(pieces))))
}

/// Pieces as they arrive.
pub fn arriving(pieces: mpsc::Receiver<Chunk>) -> impl Stream<Item = Chunk> + Send + 'static {
    stream::unfold(pieces, |mut pieces| async move {
        let piece = pieces.recv().await?;
        Some((piece, pieces))
    })
}

/// Pieces as the body of an answer.
pub fn sent(pieces: impl Stream<Item = Chunk> + Send + 'static) -> Body {
    // Compression asks once more after the end.
    Body::from_stream(pieces.fuse())
}

/// Writes the rows somewhere else than to a reader.
pub async fn write(db: &PgPool, copy: Copy, mut out: impl io::Write) -> anyhow::Result<()> {
    let mut pieces = begin(db, copy).await?;
    while let Some(piece) = pieces.recv().await {
        out.write_all(&piece?)?;
    }
    Ok(out.flush()?)
}

/// The rows in pieces, as they come.
pub async fn begin(db: &PgPool, copy: Copy) -> Result<mpsc::Receiver<Chunk>, AppError> {
    let mut connection = db.acquire().await?;
    let (send, receive) = mpsc::channel(WAITING);
    tokio::spawn(async move {
        let sent = send_all(&mut connection, copy, &send).await;
        match sent {
            Ok(true) => {}
            // What is left of the rows is of no use to anyone: the connection is closed and not read to its end.
            Ok(false) => drop(connection.detach()),
            Err(error) => {
                tracing::error!(%error, "a download broke off");
                let _ = send.send_timeout(Err(io::Error::other("the data broke off")), STALLED).await;
                drop(connection.detach());
            }
        }
    });
    Ok(receive)
}

/// Sends everything; false if nobody takes it any more.
async fn send_all(
    connection: &mut PgConnection,
    copy: Copy,
    send: &mpsc::Sender<Chunk>,
) -> sqlx::Result<bool> {
    store::begin_long(connection).await?;
    let mut rows = connection.copy_out_raw(&copy.statement).await?;
    let mut piece = copy.head;
    piece.reserve(PIECE);
    // The head goes first and alone: the reader sees at once that something comes.
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
