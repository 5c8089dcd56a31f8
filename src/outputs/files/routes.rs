//! Routes of the files beside each page, and the writer of each format.

use axum::{
    Router,
    body::Body,
    extract::{FromRef, State},
    http::{
        HeaderMap, HeaderValue,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE, LINK},
    },
    response::{IntoResponse, Response},
    routing::get,
};

use super::{
    Citation, CitationFormat, ExportDocument, FileOptions, Provenance, RowScope, RowWindow, both, documents,
    picture::{self, PictureOptions},
};
use crate::{
    charts,
    domain::{
        registry::{Noun, SinglePage},
        table::Table,
    },
    error::{AppError, QueryError, QueryProblem},
    outputs::{
        files,
        parquet::{self, Spool, Unfinished},
        request_context::{RequestContext, Site, header_value},
    },
    text::query::{self, Query},
};

/// A file beside a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum File {
    Csv,
    Csvw,
    Xlsx,
    Json,
    Parquet,
    Zip,
    Metadata,
    Cite(CitationFormat),
    ChartSvg,
    ChartPng,
    CardPng,
}

/// File names, as used in addresses.
pub const FILES: [&str; 14] = [
    "data.csv",
    "data.csv-metadata.json",
    "data.xlsx",
    "data.json",
    "data.parquet",
    "data.zip",
    "metadata.json",
    "cite.bib",
    "cite.ris",
    "cite.csl.json",
    "cite.txt",
    "chart.svg",
    "chart.png",
    "card.png",
];

impl File {
    fn named(name: &str) -> Option<File> {
        Some(match name {
            "data.csv" => File::Csv,
            "data.csv-metadata.json" => File::Csvw,
            "data.xlsx" => File::Xlsx,
            "data.json" => File::Json,
            "data.parquet" => File::Parquet,
            "data.zip" => File::Zip,
            "metadata.json" => File::Metadata,
            "cite.bib" => File::Cite(CitationFormat::Bibtex),
            "cite.ris" => File::Cite(CitationFormat::Ris),
            "cite.csl.json" => File::Cite(CitationFormat::Csl),
            "cite.txt" => File::Cite(CitationFormat::Full),
            "chart.svg" => File::ChartSvg,
            "chart.png" => File::ChartPng,
            "card.png" => File::CardPng,
            _ => return None,
        })
    }

    fn kind(self) -> &'static str {
        match self {
            File::Csv => "text/csv; charset=utf-8; header=present",
            File::Csvw => "application/csvm+json",
            File::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            File::Json | File::Metadata => "application/json",
            File::Parquet => parquet::MEDIA_TYPE,
            File::Zip => "application/zip",
            File::Cite(CitationFormat::Bibtex) => "application/x-bibtex; charset=utf-8",
            File::Cite(CitationFormat::Ris) => "application/x-research-info-systems; charset=utf-8",
            File::Cite(CitationFormat::Csl) => "application/vnd.citationstyles.csl+json",
            File::Cite(_) => "text/plain; charset=utf-8",
            File::ChartSvg => "image/svg+xml",
            File::ChartPng | File::CardPng => "image/png",
        }
    }

    /// Returns the extension of a file that is downloaded; none for one that is displayed.
    fn download_extension(self) -> Option<&'static str> {
        match self {
            File::Csv => Some("csv"),
            File::Xlsx => Some("xlsx"),
            File::Parquet => Some("parquet"),
            File::Zip => Some("zip"),
            File::Cite(CitationFormat::Bibtex) => Some("bib"),
            File::Cite(CitationFormat::Ris) => Some("ris"),
            _ => None,
        }
    }
}

/// Returns the routes of every file of every page.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
    Spool: FromRef<S>,
{
    let mut router = Router::new();
    for name in FILES {
        for noun in Noun::all().map(Noun::word) {
            router = router
                .route(&format!("/{{locale}}/{noun}/{name}"), get(file))
                .route(&format!("/{{locale}}/{noun}/{{slug}}/{name}"), get(file));
        }
        for page in SinglePage::all().map(SinglePage::path) {
            router = router.route(&format!("/{{locale}}{page}/{name}"), get(file));
        }
    }
    router
}

async fn file(State(spool): State<Spool>, headers: HeaderMap, context: RequestContext) -> Response {
    match context.segments.last().map(String::as_str) {
        Some("data.parquet") => context.answer(typed(&context, &spool, &headers)).await,
        _ => context.answer(made(&context)).await,
    }
}

/// Serves the rows as Parquet: the file is made once and kept, because its readers ask for parts of it.
async fn typed(context: &RequestContext, spool: &Spool, asked: &HeaderMap) -> Result<Response, AppError> {
    let (take, raw) = FileOptions::split(&context.raw)?;
    let path: Vec<&str> = context.segments.iter().map(String::as_str).collect();
    let (_, path) = path.split_last().ok_or(AppError::NotFound)?;
    // Statuses are those of the day.
    let day = context.snapshot.today;
    let name = format!("{}/{}?{} {day}", context.locale, path.join("/"), context.raw);
    let make = async {
        let document = asked_document(context, path, &raw, &take).await?;
        let table = asked_table(&take, &document)?;
        let written = Unfinished::create().map_err(|error| failed(&error)).and_then(|out| {
            files::parquet(&document, table, &context.provenance, out).map_err(|error| failed(&error))
        });
        Ok(written?.finish())
    };
    let kept = spool.get(Spool::key(&context.snapshot, &name), make).await?;
    let mut response = parquet::answer(kept, asked);
    if response.status().is_success() {
        let document = ExportDocument { path: path.join("/"), ..ExportDocument::default() };
        response.headers_mut().extend(headers_of(File::Parquet, &document, &context.provenance)?);
    }
    Ok(response)
}

async fn made(context: &RequestContext) -> Result<Response, AppError> {
    let path: Vec<&str> = context.segments.iter().map(String::as_str).collect();
    let (name, path) = path.split_last().ok_or(AppError::NotFound)?;
    let file = File::named(name).ok_or(AppError::NotFound)?;
    let is_both = FileOptions::labels(&Query::decode(&context.raw)).unwrap_or_default();
    let (document, body) = if matches!(file, File::ChartSvg | File::ChartPng | File::CardPng) {
        let (frame, raw) = PictureOptions::split(&context.raw)?;
        let document = documents::export_document(
            &context.snapshot,
            context.locale,
            path,
            &raw,
            RowWindow::whole(RowScope::Shown),
        )
        .await?;
        let body = drawn(file, &document, frame, &context.provenance).await?;
        (document, body)
    } else {
        let (take, raw) = FileOptions::split(&context.raw)?;
        let document = asked_document(context, path, &raw, &take).await?;
        let body = written(file, &document, &take, context)?;
        (document, body)
    };
    let mut headers = headers_of(file, &document, &context.provenance)?;
    if file == File::Csv {
        let about = with_labels(document.file("data.csv-metadata.json"), is_both);
        let link = format!("<{about}>; rel=\"describedby\"; type=\"application/csvm+json\"");
        headers.insert(LINK, header_value(&link)?);
    }
    Ok((headers, Body::from(body)).into_response())
}

fn headers_of(file: File, document: &ExportDocument, provenance: &Provenance) -> Result<HeaderMap, AppError> {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.kind()));
    if let Some(end) = file.download_extension() {
        let name = format!("attachment; filename=\"{}.{end}\"", document.stem(provenance));
        headers.insert(CONTENT_DISPOSITION, header_value(&name)?);
    }
    Ok(headers)
}

async fn drawn(
    file: File,
    document: &ExportDocument,
    frame: PictureOptions,
    provenance: &Provenance,
) -> Result<Vec<u8>, AppError> {
    let picture = match file {
        File::CardPng => picture::card(document, &frame, provenance),
        _ => picture::chart(document, &frame, provenance)?,
    };
    if file == File::ChartSvg {
        return Ok(picture.svg.into_bytes());
    }
    let failed = |error: &dyn std::error::Error| {
        tracing::error!(%error, "a picture could not be rendered");
        AppError::Internal
    };
    // Drawing millions of pixels blocks, so it runs on the blocking pool.
    let scale = frame.scale;
    let made = tokio::task::spawn_blocking(move || charts::png(&picture, scale)).await;
    made.map_err(|error| failed(&error))?.map_err(|error| failed(&error))
}

fn written(
    file: File,
    document: &ExportDocument,
    take: &FileOptions,
    context: &RequestContext,
) -> Result<Vec<u8>, AppError> {
    let provenance = &context.provenance;
    let asked = take.table.as_deref();
    let table = asked_table(take, document)?;
    Ok(match file {
        File::Csv => files::csv(table, take, context.locale).map_err(|error| failed(&error))?,
        File::Csvw => {
            let file = with_labels(document.file("data.csv"), take.both);
            files::csvw(document, table, &file, provenance)
        }
        File::Json => {
            files::json(document, asked.map(|_| table), provenance).map_err(|error| failed(&error))?
        }
        File::Metadata => files::metadata(document, provenance),
        File::Zip => files::zip(document, provenance).map_err(|error| failed(&error))?,
        File::Cite(form) => Citation::of(document, provenance).written(form).into_bytes(),
        File::ChartSvg | File::ChartPng | File::CardPng | File::Parquet => return Err(AppError::NotFound),
        File::Xlsx => {
            let tables: Vec<&Table> = match asked {
                Some(_) => vec![table],
                None => document.tables.iter().collect(),
            };
            files::xlsx(document, &tables, provenance).map_err(|error| failed(&error))?
        }
    })
}

/// Reads the document of a page, with the texts that the options ask for.
async fn asked_document(
    context: &RequestContext,
    path: &[&str],
    raw: &str,
    take: &FileOptions,
) -> Result<ExportDocument, AppError> {
    let read = |locale| {
        let window = RowWindow::whole(take.scope);
        documents::export_document(&context.snapshot, locale, path, raw, window)
    };
    let document = read(context.locale).await?;
    match take.both {
        true => both::both(document, &read(context.locale.other()).await?),
        false => Ok(document),
    }
}

fn with_labels(address: String, is_both: bool) -> String {
    if is_both { query::with(&address, "labels", "both") } else { address }
}

/// Returns the requested table, or the first one.
fn asked_table<'a>(take: &FileOptions, document: &'a ExportDocument) -> Result<&'a Table, AppError> {
    let asked = take.table.as_deref();
    document.table(asked).ok_or_else(|| {
        let allowed = document.tables.iter().map(|table| table.schema.name.to_owned()).collect();
        QueryError::new("table", asked.unwrap_or_default(), QueryProblem::NotAllowed { allowed }).into()
    })
}

fn failed(error: &dyn std::error::Error) -> AppError {
    tracing::error!(%error, "a file could not be written");
    AppError::Internal
}
