//! `/suggest`: completions while the reader types, as an HTML fragment.

use axum::{
    Extension,
    extract::{Path, RawQuery},
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use leptos::prelude::*;

use crate::{
    components::inline::Name,
    domain::{
        revisions::{ReadSource, Snapshot},
        search::model::{Hit, SearchQuery},
    },
    loaders::search::data,
    text::Locale,
};

/// Returns a list of links; empty if nothing begins with the text.
pub async fn suggest(
    Extension(present): Extension<ReadSource>,
    Path(locale): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let Ok(locale) = locale.parse::<Locale>() else { return StatusCode::NOT_FOUND.into_response() };
    let hits = async {
        let query = SearchQuery::parse(query.as_deref().unwrap_or_default())?;
        data::suggestions(&Snapshot::of(present, None).await?, query).await
    };
    match hits.await {
        Ok(hits) => Html(list(locale, hits)).into_response(),
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let explanation = error.explanation(locale);
            (status, Extension(error), explanation).into_response()
        }
    }
}

fn list(locale: Locale, hits: Vec<Hit>) -> String {
    if hits.is_empty() {
        return String::new();
    }
    let items = hits
        .into_iter()
        .map(|hit| {
            let href = hit.href(locale);
            view! {
                <li>
                    <a href=href>
                        <Name locale of=hit.named/>
                        <span class="suggestion-kind">{hit.kind.name(locale)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul>{items}</ul> }.to_html()
}
