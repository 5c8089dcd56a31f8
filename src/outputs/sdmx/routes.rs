//! Routes of the SDMX REST API.

use axum::{
    Router,
    extract::{FromRef, OriginalUri},
    http::HeaderMap,
    response::Response,
    routing::get,
};

use super::{
    artefact::Artefact,
    availability::AvailabilityQuery,
    csv,
    format::{DataFormat, StructureFormat},
    json,
    query::DataQuery,
    request::{answer, failed, names, names_observations, segments, snapshot},
    structure::{self, AGENCY, CONCEPTS, FLOW, VERSION},
    version, xml,
};
use crate::{
    error::{AppError, QueryError, QueryProblem},
    outputs::request_context::{RequestContext, Site, problem},
    text::{Locale, query::Query},
};

pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    let mut router = Router::new()
        .route("/sdmx/v2/data", get(data))
        .route("/sdmx/v2/data/{*rest}", get(data))
        .route("/sdmx/v2/availability", get(available))
        .route("/sdmx/v2/availability/{*rest}", get(available))
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
const NOT_OFFERED: [&str; 3] = ["metadata", "registration", "schema"];

async fn not_offered(headers: HeaderMap, OriginalUri(uri): OriginalUri) -> Response {
    let resource = uri.path().split('/').nth(3).unwrap_or_default();
    let offered = ["availability", "data", "structure"].map(str::to_owned).to_vec();
    let error = QueryError::new("resource", resource, QueryProblem::NotOffered { offered });
    problem(&error.into(), Locale::preferred(&headers), uri.path())
}

async fn data(headers: HeaderMap, context: RequestContext) -> Response {
    context.answer(figures(&headers, &context)).await
}

async fn figures(headers: &HeaderMap, context: &RequestContext) -> Result<Response, AppError> {
    // {context}/{agency}/{id}/{version}/{key}
    let segments = segments(context, 5)?;
    if !names_observations(&segments) {
        return Err(AppError::NotFound);
    }
    let query = DataQuery::parse(segments.get(4).map_or("*", String::as_str), &context.raw)?;
    let format = DataFormat::of(&Query::decode(&context.raw), headers)?;
    let snapshot = snapshot(context).await?;
    let sets = query.sets(&snapshot, context.locale).await?;
    let lists = structure::codelists(&snapshot).await?;
    let (selection, locale) = (&query.selection, context.locale);
    let body = match format {
        DataFormat::Csv(options) => {
            csv::write(&sets, locale, &lists, selection, options).map_err(|error| failed(&error))?
        }
        DataFormat::Json => json::data(&sets, locale, &lists, &snapshot, (query.grouping, selection))
            .map_err(|error| failed(&error))?,
    };
    answer(&format.media_type(), body, locale.tag())
}

async fn available(headers: HeaderMap, context: RequestContext) -> Response {
    context.answer(availability(&headers, &context)).await
}

async fn availability(headers: &HeaderMap, context: &RequestContext) -> Result<Response, AppError> {
    // {context}/{agency}/{id}/{version}/{key}/{component}
    let segments = segments(context, 6)?;
    if !names_observations(&segments) {
        return Err(AppError::NotFound);
    }
    let segment = |at: usize| segments.get(at).map_or("*", String::as_str);
    let query = AvailabilityQuery::parse(segment(4), segment(5), &context.raw)?;
    let format = StructureFormat::of(&Query::decode(&context.raw), headers)?;
    let snapshot = snapshot(context).await?;
    let found = query.run(&snapshot, context.locale).await?;
    let mut lists = structure::codelists(&snapshot).await?;
    found.restrict(&mut lists);
    let body = match format {
        StructureFormat::Json => json::structure(&query.references, &lists, Some(&found), &snapshot)
            .map_err(|error| failed(&error))?,
        StructureFormat::Xml => xml::structure(&query.references, &lists, Some(&found), &snapshot)
            .map_err(|error| failed(&error))?,
    };
    answer(format.media_type(), body, "en, zh")
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
            json::structure(&kinds, &lists, None, &snapshot).map_err(|error| failed(&error))?
        }
        StructureFormat::Xml => {
            xml::structure(&kinds, &lists, None, &snapshot).map_err(|error| failed(&error))?
        }
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
