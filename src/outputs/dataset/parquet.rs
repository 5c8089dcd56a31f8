//! Parquet files of the data set: each table as published, and all figures with names and sources.

use std::io::{self, Read};

use bytes::{Buf, Bytes};
use sqlx::PgPool;
use tokio::runtime::Handle;

use super::{
    package,
    stream::{self, Chunks, Copy},
};
use crate::{
    domain::revisions::Snapshot,
    error::AppError,
    import::spec::File,
    outputs::{
        files::{self, observations},
        parquet::{Field, ParquetWriter, SpooledFile, Unfinished, described},
    },
    text::Locale,
};

/// Makes the file of a table of the data set. Its texts are those of the data set, so it is the same in both languages.
///
/// # Errors
///
/// If the database does not respond, or the file cannot be written.
pub async fn table(snapshot: &Snapshot, file: &File) -> Result<SpooledFile, AppError> {
    let fields: Vec<Field> = file.columns.iter().map(Field::of_spec).collect();
    let notes = notes(snapshot, Locale::En, file.stem(), &fields);
    make(&snapshot.db, package::file_without_header(file, snapshot.at.revision), fields, notes).await
}

/// Makes the file of every observation, with names and texts in a language or in both.
///
/// # Errors
///
/// If the database does not respond, or the file cannot be written.
pub async fn figures(snapshot: &Snapshot, locale: Locale, is_both: bool) -> Result<SpooledFile, AppError> {
    let columns = &observations::stream::schema(is_both).columns;
    let fields: Vec<Field> = columns.iter().map(|column| Field::of_schema(column, locale)).collect();
    let notes = notes(snapshot, locale, "figures", &fields);
    make(&snapshot.db, observations::stream::typed(snapshot.at, locale, is_both), fields, notes).await
}

/// Returns the metadata of a file: what it is, whose, and what its columns mean.
fn notes(snapshot: &Snapshot, locale: Locale, name: &str, fields: &[Field]) -> Vec<(&'static str, String)> {
    let revision = snapshot.at.revision;
    let known_on = snapshot.known_on.map(|day| ("known_on", day.to_string()));
    let notes = [
        ("title", format!("{}: {name}", files::site(locale))),
        ("language", locale.tag().to_owned()),
        ("revision", revision.to_string()),
        ("licence", files::LICENCE_ADDRESS.to_owned()),
        ("attribution", files::attribution(locale, revision)),
        ("columns", described(fields)),
    ];
    notes.into_iter().chain(known_on).collect()
}

async fn make(
    db: &PgPool,
    copy: Copy,
    fields: Vec<Field>,
    notes: Vec<(&'static str, String)>,
) -> Result<SpooledFile, AppError> {
    let chunks = stream::begin(db, copy).await?;
    let rows = Rows { chunks, chunk: Bytes::new(), runtime: Handle::current() };
    // Encoding and compression keep a core busy.
    let made = tokio::task::spawn_blocking(move || write(rows, fields, notes)).await;
    let failed = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "a Parquet file could not be made");
        AppError::Unavailable
    };
    made.map_err(|error| failed(&error))?.map_err(|error| failed(&error))
}

fn write(rows: Rows, fields: Vec<Field>, notes: Vec<(&'static str, String)>) -> anyhow::Result<SpooledFile> {
    let mut writer = ParquetWriter::new(Unfinished::create()?, fields, notes)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(rows);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record)? {
        writer.push(&record)?;
    }
    Ok(writer.finish()?.finish())
}

/// Rows as they arrive from Postgres, for a reader that blocks.
struct Rows {
    chunks: Chunks,
    chunk: Bytes,
    runtime: Handle,
}

impl Read for Rows {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() {
            match self.runtime.block_on(self.chunks.next()) {
                Some(chunk) => self.chunk = chunk?,
                None => return Ok(0),
            }
        }
        let length = out.len().min(self.chunk.len());
        self.chunk.copy_to_slice(&mut out[..length]);
        Ok(length)
    }
}
