//! Awaits page data, renders errors and sets the response status.

use std::{
    future::Future,
    sync::{Arc, OnceLock},
};

use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_location;

use super::page::Page;
use crate::{
    error::{AppError, QueryError, QueryProblem},
    text::{Locale, characters::typed, query},
};

/// Passes the error of a part of a page to the server: a status code carries too little detail, and a page rendered without the part
/// does not reveal the error.
#[derive(Clone, Debug, Default)]
pub struct MissingPart(Arc<OnceLock<AppError>>);

impl MissingPart {
    /// Returns the first error.
    pub fn why(&self) -> Option<&AppError> {
        self.0.get()
    }
}

/// Loads the data of a part of a page in a separate task.
///
/// The framework polls one part of a page after another. A part that it is not polling would hold its database connection: with as many
/// concurrent pages as connections, each would wait for another forever. If a page is cancelled, the framework leaks its parts together
/// with their connections. A separate task always runs to completion.
pub fn apart<T>(
    read: impl Future<Output = Result<T, AppError>> + Send + 'static,
) -> impl Future<Output = Result<T, AppError>> + Send + 'static
where
    T: Send + 'static,
{
    {
        use leptos::reactive::computed::ScopedFuture;
        use tracing::Instrument;

        let read = ScopedFuture::new(read).in_current_span();
        let missing = with_context(|parts: &axum::http::request::Parts| parts.extensions.get().cloned());
        async move {
            let read = tokio::spawn(read).await.unwrap_or_else(|error| {
                tracing::error!(%error, "loading a part of a page failed");
                Err(AppError::Internal)
            });
            if let (Err(error), Some(MissingPart(why))) = (&read, missing.flatten()) {
                let _ = why.set(error.clone());
            }
            read
        }
    }
}

/// Awaits `page` and renders it; an error becomes an error page with the matching status.
pub fn loaded<T, V>(
    locale: Locale,
    page: impl Future<Output = Result<T, AppError>> + Send + 'static,
    draw: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    V: IntoView + 'static,
{
    let page = apart(page);
    let view = Suspend::new(async move {
        match page.await {
            Ok(page) => Either::Left(draw(page)),
            Err(error) => Either::Right(view! { <Failure locale error/> }),
        }
    });
    view! { <Suspense>{view}</Suspense> }
}

/// Error page: what went wrong, where, and what to do.
#[component]
pub fn Failure(locale: Locale, error: AppError) -> impl IntoView {
    set_status(error.status());
    let home = format!("/{locale}");
    let ways = match &error {
        AppError::Query(error) => ways_back(locale, error),
        _ => Vec::new(),
    };
    view! {
        <Page
            locale
            title=error.title(locale).to_owned()
            description=error.explanation(locale)
            index=false
        >
            {ways
                .into_iter()
                .map(|(name, address)| view! { <p class="links"><a href=address>{name}</a></p> })
                .collect_view()}
            <p class="links">
                <a href=home.clone()>{locale.pick("To the front page", "返回首页")}</a>
                " · "
                <a href=format!("{home}/indicators")>{locale.pick("All indicators", "全部指标")}</a>
                " · "
                <a href=format!("{home}/sources")>{locale.pick("All sources", "全部来源")}</a>
            </p>
        </Page>
    }
}

/// Returns the links away from a rejected query string: the same page without the invalid part, and without the whole query string.
fn ways_back(locale: Locale, error: &QueryError) -> Vec<(String, String)> {
    let location = use_location();
    let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
    let QueryError { parameter, value, problem } = error;
    // Removes only the value if a value is invalid, otherwise the parameter.
    let value = match problem {
        QueryProblem::Missing => return Vec::new(),
        QueryProblem::Repeated | QueryProblem::UnknownParameter { .. } => "",
        _ => value,
    };
    let rest = query::without_pairs(&search, |key, given| {
        typed(key) == *parameter && typed(given).starts_with(value)
    });
    let mut ways = Vec::new();
    if !rest.is_empty() && rest != search.trim_start_matches('?') {
        let wrong = if value.is_empty() { parameter.clone() } else { format!("{parameter}={value}") };
        let name = locale.pick(format!("This page without “{wrong}”"), format!("去掉“{wrong}”后的本页"));
        ways.push((name, format!("{path}?{rest}")));
    }
    ways.push((locale.pick("This page without any conditions", "不带任何条件的本页").to_owned(), path));
    ways
}

/// Sets the status of the response.
pub fn set_status(status: u16) {
    if let (Some(response), Ok(status)) =
        (use_context::<leptos_axum::ResponseOptions>(), axum::http::StatusCode::from_u16(status))
    {
        response.set_status(status);
    }
}
