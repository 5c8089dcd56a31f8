//! The addresses of the SDMX REST API.

use axum::{
    Router,
    extract::FromRef,
    http::{
        HeaderMap, HeaderValue,
        header::{ACCEPT, CONTENT_TYPE, VARY},
    },
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};

use super::{
    csv, json,
    query::DataQuery,
    structure::{self, AGENCY, FLOW, VERSION},
    xml,
};
use crate::{
    desk::{Desk, Site},
    error::{AppError, QueryError, QueryProblem},
    indicators::catalogue::Catalogue,
    query::{self, Query},
    revisions::{Reading, model::AsOf},
};

pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    Router::new()
        .route("/sdmx/v2/data/dataflow/{agency}/{id}/{version}", get(data))
        .route("/sdmx/v2/data/dataflow/{agency}/{id}/{version}/{key}", get(data))
        .route("/sdmx/v2/structure/{kind}/{agency}/{id}/{version}", get(describe))
        .route("/sdmx/v2/structure/{kind}/{agency}/{id}", get(describe))
        .route("/sdmx/v2/structure/{kind}/{agency}", get(describe))
        .route("/sdmx/v2/structure/{kind}", get(describe))
        .layer(middleware::map_response(by_accept))
}

/// The same address answers in the form that is accepted.
async fn by_accept(mut response: Response) -> Response {
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept"));
    response
}

/// The forms an answer is had in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Json,
    Csv,
    Xml,
}

impl Format {
    const WORDS: [(&str, Format); 3] = [("json", Format::Json), ("csv", Format::Csv), ("xml", Format::Xml)];

    /// By the parameter `format`, or by what the client accepts.
    fn of(query: &Query, headers: &HeaderMap, first: Format) -> Result<Format, QueryError> {
        if let Some(format) = query.word("format", &Self::WORDS)? {
            return Ok(format);
        }
        let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
        Ok(match accept {
            accept if accept.contains("csv") => Format::Csv,
            accept if accept.contains("json") => Format::Json,
            accept if accept.contains("+xml") => Format::Xml,
            _ => first,
        })
    }
}

/// `asOf` is the standard's name for what is `as_of` everywhere else.
async fn reading(desk: &Desk) -> Result<Reading, AppError> {
    let query = Query::decode(&desk.raw);
    let Some(value) = query.one("asOf")? else { return Ok(desk.reading.clone()) };
    // The standard has a date or a time; a time means its day.
    let day = value.split('T').next().unwrap_or_default();
    let asked = AsOf::parse(&Query::decode(&query::with("", query::AS_OF, day)))?;
    match asked {
        Some(asked) => desk.reading.other(asked).await,
        None => Ok(desk.reading.clone()),
    }
}

async fn data(headers: HeaderMap, desk: Desk) -> Response {
    desk.answer(figures(&headers, &desk)).await
}

async fn figures(headers: &HeaderMap, desk: &Desk) -> Result<Response, AppError> {
    // /sdmx/v2/data/dataflow/{agency}/{id}/{version}/{key}
    let segment = |at: usize| desk.segments.get(at).map(String::as_str).unwrap_or_default();
    is_ours(segment(4), segment(5), segment(6))?;
    let raw = query::without(&desk.raw, "lang");
    let query = DataQuery::parse(segment(7), &raw)?;
    let format = Format::of(&Query::decode(&raw), headers, Format::Json)?;
    let reading = reading(desk).await?;
    let rows = query.figures(&reading).await?;
    let indicators = reading.held::<Catalogue>().await?;
    Ok(match format {
        Format::Csv => {
            let kind = "application/vnd.sdmx.data+csv;version=2.0.0";
            ([(CONTENT_TYPE, kind)], csv::write(&rows, &indicators, desk.locale)).into_response()
        }
        Format::Json => {
            let kind = "application/vnd.sdmx.data+json;version=2.0.0";
            let lists = structure::codelists(&reading).await?;
            ([(CONTENT_TYPE, kind)], json::data(&rows, &indicators, &lists, &reading, desk.locale))
                .into_response()
        }
        Format::Xml => return Err(not_in("xml", &["json", "csv"]).into()),
    })
}

async fn describe(headers: HeaderMap, desk: Desk) -> Response {
    desk.answer(described(&headers, &desk)).await
}

async fn described(headers: &HeaderMap, desk: &Desk) -> Result<Response, AppError> {
    // /sdmx/v2/structure/{kind}/{agency}/{id}/{version}
    let segment = |at: usize| desk.segments.get(at).map(String::as_str).unwrap_or("*");
    let query = Query::decode(&desk.raw);
    query.only(&["references", "detail", "format", "asOf", "lang"])?;
    query.word("detail", &[("full", ())])?;
    let all = ["dataflow", "datastructure", "conceptscheme", "codelist"];
    let related = query
        .word("references", &[("none", false), ("all", true), ("children", true), ("descendants", true)])?
        .unwrap_or_default();
    let kind = segment(3);
    let kinds: Vec<&str> = match kind {
        "*" => all.to_vec(),
        kind if all.contains(&kind) && related => all.to_vec(),
        kind if all.contains(&kind) => vec![kind],
        _ => return Err(AppError::NotFound),
    };
    if !matches!(segment(4), "*" | "all" | AGENCY) {
        return Err(AppError::NotFound);
    }
    let format = Format::of(&query, headers, Format::Json)?;
    let reading = reading(desk).await?;
    let mut lists = structure::codelists(&reading).await?;
    let id = segment(5);
    if kind == "codelist" && !matches!(id, "*" | "all") {
        lists.retain(|list| list.id == id);
        if lists.is_empty() {
            return Err(AppError::NotFound);
        }
    } else if !matches!(
        (kind, id),
        (_, "*" | "all") | ("dataflow" | "datastructure", FLOW) | ("conceptscheme", "CONCEPTS")
    ) {
        return Err(AppError::NotFound);
    }
    Ok(match format {
        Format::Json => {
            let kind = "application/vnd.sdmx.structure+json;version=2.0.0";
            ([(CONTENT_TYPE, kind)], json::structure(&kinds, &lists, &reading)).into_response()
        }
        Format::Xml => {
            // A client of 2.1 wants the whole of it at once.
            let body = xml::structure(&lists, &reading).map_err(|error| {
                tracing::error!(%error, "a structure could not be written");
                AppError::Internal
            })?;
            ([(CONTENT_TYPE, "application/vnd.sdmx.structure+xml;version=2.1")], body).into_response()
        }
        Format::Csv => return Err(not_in("csv", &["json", "xml"]).into()),
    })
}

fn not_in(format: &str, allowed: &[&str]) -> QueryError {
    let allowed = allowed.iter().map(|word| (*word).to_owned()).collect();
    QueryError::new("format", format, QueryProblem::NotAllowed { allowed })
}

/// Whether a request is for the one dataflow there is.
fn is_ours(agency: &str, id: &str, version: &str) -> Result<(), AppError> {
    let ours = matches!(agency, AGENCY | "*" | "all")
        && matches!(id, FLOW | "*" | "all")
        && matches!(version, VERSION | "1.0.0" | "*" | "all" | "latest" | "+" | "~");
    if ours { Ok(()) } else { Err(AppError::NotFound) }
}
