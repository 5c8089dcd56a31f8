//! Persistent identifiers, `/id/{noun}/{id}`: 303 to the form of a row that a client prefers. They name the row, in whatever language,
//! form and revision, so they outlive the addresses of pages.

use axum::{
    Router,
    extract::{FromRef, Path},
    http::{HeaderMap, StatusCode, Uri, header::ACCEPT},
    response::{IntoResponse, Response},
    routing::get,
};

use super::{errors, redirect};
use crate::{
    domain::registry::Noun,
    error::AppError,
    loaders::registry,
    outputs::{
        api::{
            nouns::Rows,
            store::{self, RowVersion, Versioned},
        },
        request_context::{RequestContext, Site, problem},
        sdmx::accept::{MediaRange, OfferedFormat, preferred},
    },
    text::query::{self, AS_OF, Query, STATE},
};

/// A form of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Page,
    Row,
    Markdown,
}

const OFFERS: [OfferedFormat<Form>; 3] = [
    OfferedFormat {
        format: Form::Page,
        media_type: "text/html",
        version: "",
        aliases: &["application/xhtml+xml"],
    },
    OfferedFormat {
        format: Form::Row,
        media_type: "application/json",
        version: "",
        aliases: &["application/ld+json"],
    },
    OfferedFormat { format: Form::Markdown, media_type: "text/markdown", version: "", aliases: &[] },
];

pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    Router::new().route("/id/{noun}/{id}", get(resolve))
}

async fn resolve(
    Path((noun, id)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
    context: RequestContext,
) -> Response {
    let form = form(&headers);
    match location(&context, &noun, &id, form, &uri).await {
        Ok(response) => response,
        Err(error) if form == Form::Page => unknown(&context, &noun, &error),
        Err(error) => problem(&error, context.locale, uri.path()),
    }
}

/// Returns the form that a client prefers; the page if it takes none of them.
fn form(headers: &HeaderMap) -> Form {
    let lines = headers.get_all(ACCEPT).iter().filter_map(|line| line.to_str().ok());
    let ranges: Vec<MediaRange> = lines.flat_map(MediaRange::parse_all).collect();
    preferred(&ranges, &OFFERS).map_or(Form::Page, |(offer, _)| offer.format)
}

async fn location(
    context: &RequestContext,
    noun: &str,
    id: &str,
    form: Form,
    uri: &Uri,
) -> Result<Response, AppError> {
    Query::decode(&context.raw).only(&["lang"])?;
    let noun: Noun = noun.parse().map_err(|_| AppError::NotFound)?;
    let locale = context.locale;
    let path = match form {
        Form::Page => format!("/{locale}/{}/{id}", noun.word()),
        Form::Row => format!("/api/v1/{}/{id}", noun.word()),
        Form::Markdown => format!("/{locale}/{}/{id}.md", noun.word()),
    };
    let state = query::without_pairs(uri.query().unwrap_or_default(), |name, _| !STATE.contains(&name));
    let address = if state.is_empty() { path } else { format!("{path}?{state}") };
    let address = match last_revision(context, noun, id).await? {
        // A row that was withdrawn is shown as it last was, unless the address asks for a state.
        Some(last) if !state.contains(AS_OF) => query::with(&address, AS_OF, &last.to_string()),
        _ => address,
    };
    let (path, query) =
        address.split_once('?').map_or((&*address, None), |(path, query)| (path, Some(query)));
    redirect::to(StatusCode::SEE_OTHER, path, query).ok_or(AppError::NotFound)
}

/// Returns the last revision that has a row; `None` if it is in the newest.
///
/// # Errors
///
/// If no revision has it.
async fn last_revision(context: &RequestContext, noun: Noun, id: &str) -> Result<Option<i32>, AppError> {
    let (db, latest) = (&context.snapshot.db, context.snapshot.latest);
    let versioned = Versioned::of(Rows::Listed(noun)).ok_or(AppError::Internal)?;
    let ids = [id.to_owned()];
    let versions = store::versions(db, (0, latest), versioned, Some(&ids), None, i64::MAX).await?;
    let until = |version: &RowVersion| version.until.filter(|until| *until <= latest);
    match versions.iter().max_by_key(|version| version.since) {
        Some(version) => Ok(until(version).map(|until| until - 1)),
        None => Err(AppError::NotFound),
    }
}

/// Answers with the page for an identifier that names nothing: it leads to the list where it may be found, and to the search.
fn unknown(context: &RequestContext, noun: &str, error: &AppError) -> Response {
    let locale = context.locale;
    let list = noun
        .parse::<Noun>()
        .map(|noun| (format!("/{locale}/{}", noun.word()), registry::list(noun, locale).title.to_owned()));
    let search = (format!("/{locale}/search"), locale.pick("Search", "搜索").to_owned());
    let links: Vec<(String, String)> = list.into_iter().chain([search]).collect();
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, errors::page(locale, error, &links)).into_response()
}
