//! `/{language}/data/…`: the whole data set, streamed from Postgres.

use std::{
    io::{self, Write},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{FromRef, State},
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
    routing::get,
};
use bytes::Bytes;
use tokio::{
    runtime::Handle,
    sync::mpsc::{self, error::SendTimeoutError},
};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::{
    package, package_v2, parquet as made,
    stream::{self as rows, PIECE, STALLED, Sender},
};
use crate::{
    domain::revisions::Snapshot,
    error::{AppError, QueryError, QueryProblem},
    import::{spec::FILES, workbook},
    outputs::{
        files::{FileOptions, observations},
        parquet::{self, Spool},
        request_context::{RequestContext, Site, header_value},
    },
    text::query::{self, Query},
};

pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
    Spool: FromRef<S>,
{
    let mut router = Router::new()
        .route("/{locale}/data/data.zip", get(whole))
        .route("/{locale}/data/figures.csv", get(figures))
        .route("/{locale}/data/figures.parquet", get(typed_figures))
        .route("/{locale}/data/datapackage.json", get(description))
        .route("/{locale}/data/datapackage-2.json", get(description_v2))
        .route("/{locale}/data/README.md", get(dictionary));
    for file in &FILES {
        router = router
            .route(&format!("/{{locale}}/data/{}", file.file), get(table))
            .route(&format!("/{{locale}}/data/{}.parquet", file.stem()), get(typed_table));
    }
    router
}

/// Serves one file of the data set, as imported.
async fn table(context: RequestContext) -> Response {
    let made = async {
        whole_revision(&context)?;
        let query = Query::decode(&context.raw);
        query.only(&["bom"])?;
        let mark = mark(&query)?;
        let name = context.segments.last().ok_or(AppError::NotFound)?;
        let file = FILES.iter().find(|file| file.file == name).ok_or(AppError::NotFound)?;
        let copy = package::file_for_people(file, context.snapshot.at.revision, mark);
        attachment(
            &context,
            &format!("{}-r{}.csv", file.stem(), context.snapshot.at.revision),
            CSV,
            rows::body(&context.snapshot.db, copy).await?,
        )
    };
    context.answer(made).await
}

/// Serves every observation with names, units and sources beside the ids: the columns of every page's files.
async fn figures(context: RequestContext) -> Response {
    let made = async {
        let query = Query::decode(&context.raw);
        query.only(&["bom", "labels"])?;
        let (mark, is_both) = (mark(&query)?, FileOptions::labels(&query)?);
        let copy = observations::stream::everything(context.snapshot.at, context.locale, mark, is_both);
        let copy = copy.map_err(|error| {
            tracing::error!(%error, "the header of the observations could not be written");
            AppError::Internal
        })?;
        let name = format!("figures-{}.csv", context.provenance.state());
        attachment(&context, &name, CSV, rows::body(&context.snapshot.db, copy).await?)
    };
    context.answer(made).await
}

/// Serves one file of the data set as Parquet.
async fn typed_table(State(spool): State<Spool>, headers: HeaderMap, context: RequestContext) -> Response {
    let made = async {
        whole_revision(&context)?;
        Query::decode(&context.raw).only(&[])?;
        let name = context.segments.last().and_then(|name| name.strip_suffix(".parquet"));
        let file = FILES.iter().find(|file| Some(file.stem()) == name).ok_or(AppError::NotFound)?;
        let key = Spool::key(&context.snapshot, file.stem());
        let kept = spool.get(key, made::table(&context.snapshot, file)).await?;
        let name = format!("{}-r{}.parquet", file.stem(), context.snapshot.at.revision);
        typed(&context, &name, parquet::answer(kept, &headers))
    };
    context.answer(made).await
}

/// Serves every observation with names, units and sources beside the ids, as Parquet.
async fn typed_figures(State(spool): State<Spool>, headers: HeaderMap, context: RequestContext) -> Response {
    let made = async {
        let query = Query::decode(&context.raw);
        query.only(&["labels"])?;
        let is_both = FileOptions::labels(&query)?;
        let labels = if is_both { " both" } else { "" };
        let key = Spool::key(&context.snapshot, &format!("{}/figures{labels}", context.locale));
        let kept = spool.get(key, made::figures(&context.snapshot, context.locale, is_both)).await?;
        let name = format!("figures-{}.parquet", context.provenance.state());
        typed(&context, &name, parquet::answer(kept, &headers))
    };
    context.answer(made).await
}

/// Serves the machine-readable description of the files.
async fn description(context: RequestContext) -> Response {
    let made = async {
        whole_revision(&context)?;
        Query::decode(&context.raw).only(&[])?;
        let text = format!("{:#}\n", package::datapackage(&context.snapshot));
        Ok(([(CONTENT_TYPE, "application/json")], text).into_response())
    };
    context.answer(made).await
}

/// Serves the same description by version 2 of the standard; its paths lead to the files of the same revision.
async fn description_v2(context: RequestContext) -> Response {
    let made = async {
        whole_revision(&context)?;
        Query::decode(&context.raw).only(&[])?;
        let described = package_v2::describe(&context.snapshot, |file| {
            let path = query::with(file.file, "bom", "0");
            match context.snapshot.frozen {
                true => query::with(&path, query::AS_OF, &context.snapshot.at.revision.to_string()),
                false => path,
            }
        });
        Ok(([(CONTENT_TYPE, "application/json")], format!("{described:#}\n")).into_response())
    };
    context.answer(made).await
}

/// Serves the data dictionary.
async fn dictionary(context: RequestContext) -> Response {
    let made = async {
        Query::decode(&context.raw).only(&[])?;
        let text = workbook::dictionary::text(context.locale);
        Ok(([(CONTENT_TYPE, "text/markdown; charset=utf-8")], text).into_response())
    };
    context.answer(made).await
}

/// Serves the whole data set as one ZIP archive, written while it is sent.
async fn whole(context: RequestContext) -> Response {
    let made = async {
        whole_revision(&context)?;
        Query::decode(&context.raw).only(&[])?;
        let (Sender { chunks: send, complete }, chunks) = rows::channel();
        let out =
            Out { send, piece: Vec::with_capacity(PIECE), runtime: Handle::current(), patience: STALLED };
        let snapshot = context.snapshot.clone();
        tokio::task::spawn_blocking(move || match zipped(&snapshot, out) {
            // Nobody may be listening any more.
            Ok(()) => drop(complete.send(())),
            Err(error) => tracing::warn!(%error, "sending the data set was aborted"),
        });
        let name = format!("data-r{}.zip", context.snapshot.at.revision);
        attachment(&context, &name, "application/zip", rows::sent(rows::arriving(chunks)))
    };
    context.answer(made).await
}

/// Refuses `known_on`: the files that the import reads refer to each other, so they are whole or wrong.
///
/// # Errors
///
/// If the request asks what was known on a day.
pub fn whole_revision(context: &RequestContext) -> Result<(), QueryError> {
    let Some(day) = context.snapshot.known_on else { return Ok(()) };
    let problem = QueryProblem::UnknownParameter { known: vec![query::AS_OF.to_owned()] };
    Err(QueryError::new(query::KNOWN_ON, &day.to_string(), problem))
}

const CSV: &str = "text/csv; charset=utf-8; header=present";

fn mark(query: &Query) -> Result<bool, QueryError> {
    Ok(query.word("bom", &[("0", false), ("1", true)])?.unwrap_or(true))
}

fn attachment(
    context: &RequestContext,
    name: &str,
    kind: &'static str,
    body: Body,
) -> Result<Response, AppError> {
    Ok((download_headers(context, name, kind)?, body).into_response())
}

/// Adds type and file name to a response with a Parquet file or a part of it.
fn typed(context: &RequestContext, name: &str, mut response: Response) -> Result<Response, AppError> {
    if response.status().is_success() {
        response.headers_mut().extend(download_headers(context, name, parquet::MEDIA_TYPE)?);
    }
    Ok(response)
}

fn download_headers(
    context: &RequestContext,
    name: &str,
    kind: &'static str,
) -> Result<[(HeaderName, HeaderValue); 2], AppError> {
    let disposition = format!("attachment; filename=\"micro-drama-{}-{name}\"", context.locale);
    Ok([(CONTENT_TYPE, HeaderValue::from_static(kind)), (CONTENT_DISPOSITION, header_value(&disposition)?)])
}

/// Sink of the archive: sends it to the client in chunks.
#[derive(Clone)]
struct Out {
    send: mpsc::Sender<Bytes>,
    piece: Vec<u8>,
    runtime: Handle,
    /// How long a client may accept no data.
    patience: Duration,
}

impl Out {
    /// Blocks until the client accepts the chunk, for at most `patience`: the blocking threads are few.
    fn send(&self, piece: Bytes) -> io::Result<()> {
        let sent = self.runtime.block_on(self.send.send_timeout(piece, self.patience));
        sent.map_err(|error| match error {
            SendTimeoutError::Timeout(_) => {
                io::Error::new(io::ErrorKind::TimedOut, "the client accepts no data")
            }
            SendTimeoutError::Closed(_) => io::ErrorKind::BrokenPipe.into(),
        })
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = std::mem::take(&mut self.piece);
        self.send(piece.into())
    }
}

/// Writes the archive on a blocking thread: compression takes time, and so does a slow client.
fn zipped(snapshot: &Snapshot, out: Out) -> anyhow::Result<()> {
    let runtime = out.runtime.clone();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .large_file(true);
    let mut archive = ZipWriter::new_stream(out);
    for (name, text) in package::texts(snapshot) {
        archive.start_file(name, options)?;
        archive.write_all(&text)?;
    }
    for file in &FILES {
        archive.start_file(file.file, options)?;
        let mut chunks =
            runtime.block_on(rows::begin(&snapshot.db, package::file(file, snapshot.at.revision)))?;
        while let Some(chunk) = runtime.block_on(chunks.next()) {
            archive.write_all(&chunk?)?;
        }
    }
    Ok(archive.finish()?.into_inner().flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_thread_does_not_wait_for_ever_for_a_client() {
        let (send, mut receive) = mpsc::channel(1);
        let patience = Duration::from_millis(50);
        let out = Out { send, piece: Vec::new(), runtime: Handle::current(), patience };
        let write = |mut out: Out| {
            tokio::task::spawn_blocking(move || out.write_all(&[0; 3 * PIECE]).and_then(|()| out.flush()))
        };
        let error = write(out.clone()).await.unwrap().unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        while receive.try_recv().is_ok() {}
        let writing = write(out.clone());
        let mut length = 0;
        while let Ok(Some(piece)) = tokio::time::timeout(Duration::from_secs(1), receive.recv()).await {
            length += piece.len();
        }
        writing.await.unwrap().unwrap();
        assert_eq!(length, 3 * PIECE);
        drop(receive);
        let error = write(out).await.unwrap().unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }
}
