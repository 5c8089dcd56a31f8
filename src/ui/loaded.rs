//! The one place that waits for a page's data, shows what went wrong and sets the status.

use std::future::Future;

use leptos::{either::Either, prelude::*};

use super::page::Page;
use crate::{error::AppError, text::Locale};

/// Waits for `page` and draws it; an error becomes a page of its own with the right status.
pub fn loaded<T, V>(
    locale: Locale,
    page: impl Future<Output = Result<T, AppError>> + Send + 'static,
    draw: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    V: IntoView + 'static,
{
    let view = Suspend::new(async move {
        match page.await {
            Ok(page) => Either::Left(draw(page)),
            Err(error) => Either::Right(view! { <Failure locale error/> }),
        }
    });
    view! { <Suspense>{view}</Suspense> }
}

/// A page that says what went wrong, where, and what to do.
#[component]
pub fn Failure(locale: Locale, error: AppError) -> impl IntoView {
    set_status(error.status());
    let home = format!("/{locale}");
    view! {
        <Page
            locale
            title=error.title(locale).to_owned()
            description=error.explanation(locale)
            index=false
        >
            <p>
                <a href=home.clone()>{locale.pick("To the front page", "返回首页")}</a>
                " · "
                <a href=format!("{home}/indicators")>{locale.pick("All indicators", "全部指标")}</a>
                " · "
                <a href=format!("{home}/sources")>{locale.pick("All sources", "全部来源")}</a>
            </p>
        </Page>
    }
}

fn set_status(status: u16) {
    #[cfg(feature = "ssr")]
    if let (Some(response), Ok(status)) =
        (use_context::<leptos_axum::ResponseOptions>(), axum::http::StatusCode::from_u16(status))
    {
        response.set_status(status);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = status;
}
