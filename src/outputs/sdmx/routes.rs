//! Routes of the SDMX REST API.

use axum::{
    Router,
    extract::{FromRef, OriginalUri},
    http::{
        HeaderMap,
        header::{CONTENT_LANGUAGE, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
    routing::get,
};
use percent_encoding::percent_decode_str;

use super::{
    artefact::Artefact,
    csv,
    format::{DataFormat, StructureFormat},
    json,
    query::DataQuery,
    structure::{self, AGENCY, CONCEPTS, FLOW, VERSION},
    version, xml,
};
use crate::{
    domain::{indicators::index::IndicatorIndex, observations::breaks::Breaks, revisions::Snapshot},
    error::{AppError, QueryError, QueryProblem},
    outputs::request_context::{RequestContext, Site, header_value, problem},
    text::{
        Locale,
        query::{self, Query},
    },
};

pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    let mut router = Router::new()
        .route("/sdmx/v2/data", get(data))
        .route("/sdmx/v2/data/{*rest}", get(data))
        .route("/sdmx/v2/structure", get(describe))
        .route("/sdmx/v2/structure/{*rest}", get(describe));
    for resource in NOT_OFFERED {
        router = router
            .route(&format!("/sdmx/v2/{resource}"), get(not_offered))
            .route(&format!("/sdmx/v2/{resource}/{{*rest}}"), get(not_offered));
    }
    router
}

/// Resources of the standard that this site does not have.
const NOT_OFFERED: [&str; 4] = ["availability", "metadata", "registration", "schema"];

async fn not_offered(headers: HeaderMap, OriginalUri(uri): OriginalUri) -> Response {
    let resource = uri.path().split('/').nth(3).unwrap_or_default();
    let offered = vec!["data".to_owned(), "structure".to_owned()];
    let error = QueryError::new("resource", resource, QueryProblem::NotOffered { offered });
    problem(&error.into(), Locale::preferred(&headers), uri.path())
}

/// Returns the decoded segments of an address after `/sdmx/v2/data`; a trailing slash is ignored.
///
/// # Errors
///
/// If there are more than `most`, or one is not valid text.
fn segments(context: &RequestContext, most: usize) -> Result<Vec<String>, AppError> {
    let mut raw: Vec<&str> = context.segments.iter().skip(3).map(String::as_str).collect();
    while raw.last().is_some_and(|last| last.is_empty()) {
        raw.pop();
    }
    let decoded = raw.into_iter().map(|segment| percent_decode_str(segment).decode_utf8());
    let decoded: Vec<String> = decoded
        .map(|text| text.map(|text| text.into_owned()))
        .collect::<Result<_, _>>()
        .map_err(|_| AppError::NotFound)?;
    if decoded.len() > most { Err(AppError::NotFound) } else { Ok(decoded) }
}

/// Returns the requested snapshot. `asOf`, the standard's parameter for a time, asks what was known on that day, as `known_on` does; the
/// revision is chosen by `as_of`.
async fn snapshot(context: &RequestContext) -> Result<Snapshot, AppError> {
    let query = Query::decode(&context.raw);
    let Some(value) = query.one("asOf")? else { return Ok(context.snapshot.clone()) };
    if context.snapshot.known_on.is_some() {
        return Err(QueryError::new(
            "asOf",
            value,
            QueryProblem::NotWith { other: query::KNOWN_ON.to_owned() },
        )
        .into());
    }
    // The standard allows a date or a time; a time means its day.
    let day = value.split('T').next().unwrap_or_default();
    match Query::decode(&query::with("", "asOf", day)).day("asOf")? {
        Some(day) => context.snapshot.clone().known_on(day, "asOf").await,
        None => Ok(context.snapshot.clone()),
    }
}

/// Builds the response, with the language of its names.
fn answer(media_type: &str, body: Vec<u8>, language: &str) -> Result<Response, AppError> {
    let headers = [(CONTENT_TYPE, header_value(media_type)?), (CONTENT_LANGUAGE, header_value(language)?)];
    Ok((headers, body).into_response())
}

fn failed(error: &dyn std::error::Error) -> AppError {
    tracing::error!(%error, "an SDMX message could not be written");
    AppError::Internal
}

async fn data(headers: HeaderMap, context: RequestContext) -> Response {
    context.answer(figures(&headers, &context)).await
}

async fn figures(headers: &HeaderMap, context: &RequestContext) -> Result<Response, AppError> {
    // {context}/{agency}/{id}/{version}/{key}
    let segments = segments(context, 5)?;
    let segment = |at: usize| segments.get(at).map_or("*", String::as_str);
    let is_ours = names(segment(0), &["dataflow", "datastructure"])
        && names(segment(1), &[AGENCY])
        && names(segment(2), &[FLOW])
        && version::matches(segment(3), VERSION);
    if !is_ours {
        return Err(AppError::NotFound);
    }
    let query = DataQuery::parse(segment(4), &context.raw)?;
    let format = DataFormat::of(&Query::decode(&context.raw), headers)?;
    let snapshot = snapshot(context).await?;
    let sets = query.sets(&snapshot, context.locale).await?;
    let indicators = snapshot.cached::<IndicatorIndex>().await?;
    let lists = structure::codelists(&snapshot).await?;
    let breaks = snapshot.cached::<Breaks>().await?;
    let (selection, locale) = (&query.selection, context.locale);
    let columns = csv::RowContext { indicators: &indicators, breaks: &breaks, locale };
    let body = match format {
        DataFormat::Csv(options) => {
            csv::write(&sets, &columns, &lists, selection, options).map_err(|error| failed(&error))?
        }
        DataFormat::Json => json::data(&sets, &columns, &lists, &snapshot, (query.grouping, selection))
            .map_err(|error| failed(&error))?,
    };
    answer(&format.media_type(), body, locale.tag())
}

async fn describe(headers: HeaderMap, context: RequestContext) -> Response {
    context.answer(described(&headers, &context)).await
}

async fn described(headers: &HeaderMap, context: &RequestContext) -> Result<Response, AppError> {
    // {kind}/{agency}/{id}/{version}/{item}
    let segments = segments(context, 5)?;
    let segment = |at: usize| segments.get(at).map_or("*", String::as_str);
    let query = Query::decode(&context.raw);
    query.only(&["references", "detail", "format", "formatVersion", "asOf", "lang"])?;
    detail(&query)?;
    let references = query.one("references")?.unwrap_or("none");
    if !names(segment(1), &[AGENCY]) || !version::matches(segment(3), VERSION) {
        return Err(AppError::NotFound);
    }
    let format = StructureFormat::of(&query, headers)?;
    let snapshot = snapshot(context).await?;
    let mut lists = structure::codelists(&snapshot).await?;
    let (kind, id) = (segment(0), segment(2));
    let matching: Vec<Artefact> = Artefact::WORDS
        .into_iter()
        .filter(|(word, artefact)| {
            let is_named = match artefact {
                Artefact::Dataflow | Artefact::DataStructure => names(id, &[FLOW]),
                Artefact::ConceptScheme => names(id, &[CONCEPTS]),
                Artefact::Codelist => lists.iter().any(|list| names(id, &[list.id])),
            };
            names(kind, &[word]) && is_named
        })
        .map(|(_, artefact)| artefact)
        .collect();
    let mut related = Vec::new();
    for artefact in &matching {
        related.extend(artefact.references(references)?);
    }
    if matching.is_empty() {
        return Err(AppError::NotFound);
    }
    if !related.contains(&Artefact::Codelist) {
        lists.retain(|list| names(id, &[list.id]) || names(kind, &[]));
    }
    let items = segment(4);
    if !names(items, &[]) {
        if matching != [Artefact::Codelist] {
            let problem = QueryProblem::NotOffered { offered: vec!["*".to_owned()] };
            return Err(QueryError::new("itemID", items, problem).into());
        }
        for list in lists.iter_mut().filter(|list| names(id, &[list.id])) {
            list.codes.retain(|code| items.split(',').any(|item| item == code.id));
        }
        lists.retain(|list| !list.codes.is_empty());
        if lists.is_empty() {
            return Err(AppError::NotFound);
        }
    }
    let kinds = [matching, related].concat();
    let body = match format {
        StructureFormat::Json => {
            json::structure(&kinds, &lists, &snapshot).map_err(|error| failed(&error))?
        }
        StructureFormat::Xml => xml::structure(&kinds, &lists, &snapshot).map_err(|error| failed(&error))?,
    };
    // Names are given in both languages.
    answer(format.media_type(), body, "en, zh")
}

/// Checks the parameter `detail`. Everything is sent in full: lists contain only the codes in use, and no list extends
/// another, so that the partial and the raw form equal the full one.
fn detail(query: &Query) -> Result<(), QueryError> {
    const SAME: [&str; 3] = ["full", "raw", "referencepartial"];
    const STUBS: [&str; 4] = ["allstubs", "referencestubs", "allcompletestubs", "referencecompletestubs"];
    match query.one("detail")? {
        Some(detail) if STUBS.contains(&detail) => {
            let offered = SAME.map(str::to_owned).to_vec();
            Err(QueryError::new("detail", detail, QueryProblem::NotOffered { offered }))
        }
        _ => query.word("detail", &SAME.map(|word| (word, ()))).map(|_| ()),
    }
}

/// Returns whether a segment, which may have several members and wildcards, names one of these; a wildcard names
/// everything.
fn names(segment: &str, ours: &[&str]) -> bool {
    segment.split(',').any(|one| matches!(one, "*" | "all") || ours.contains(&one))
}
