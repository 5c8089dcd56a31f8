//! The server function of the search suggestions, and how the browser calls it.

use leptos::{
    prelude::*,
    server_fn::{
        Protocol,
        client::Client,
        codec::{FromReq, GetUrl},
        error::{FromServerFnError, ServerFnErrorErr},
        response::TryRes,
        server::Server,
    },
};

/// Error of the function. On the server it is the error that strangers see; the browser ignores it, because suggestions are optional.
#[cfg(feature = "ssr")]
use crate::error::AppError as Error;
#[cfg(not(feature = "ssr"))]
use leptos::prelude::ServerFnError as Error;

use crate::text::Locale;

/// Returns completions of a search text as an HTML list of links; empty if nothing begins with the text. Public: anyone may call it.
///
/// # Errors
///
/// Returns an error if the text is too long or the data cannot be read.
#[server(prefix = "/fn", endpoint = "suggest", protocol = Html)]
pub async fn suggestions(locale: Locale, q: String) -> Result<String, Error> {
    use crate::domain::{
        revisions::{ReadSource, Snapshot, model::Times},
        search::suggestions::suggestions,
    };

    let parts = use_context::<axum::http::request::Parts>().ok_or(Error::Internal)?;
    let snapshot = Snapshot::of(ReadSource::of_request(&parts)?, Times::default()).await?;
    Ok(list(locale, suggestions(&snapshot, &q).await?))
}

#[cfg(feature = "ssr")]
fn list(locale: Locale, hits: Vec<crate::domain::search::model::Hit>) -> String {
    if hits.is_empty() {
        return String::new();
    }
    let items = hits
        .into_iter()
        .map(|hit| {
            let (href, lang) = (hit.href(locale), hit.named.lang(locale));
            view! {
                <li>
                    <a href=href>
                        <span lang=lang>{hit.named.name(locale).to_owned()}</span>
                        <span class="suggestion-kind">{hit.kind.name(locale)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul>{items}</ul> }.to_html()
}

/// Protocol of the function: `GET` with the arguments as query string, answered with HTML. The protocols of `server_fn` add 7 to 26 kB to the
/// browser half, a tenth to a third of it (docs/decisions/0025-islands-and-server-functions.md).
pub struct Html;

impl<C: Client<E>, S: Server<E>, E: FromServerFnError> Protocol<Suggestions, String, C, S, E> for Html {
    const METHOD: http::Method = http::Method::GET;

    async fn run_server<F, Fut>(request: S::Request, function: F) -> Result<S::Response, E>
    where
        F: Fn(Suggestions) -> Fut + Send,
        Fut: Future<Output = Result<String, E>> + Send,
    {
        let arguments = <Suggestions as FromReq<GetUrl, S::Request, E>>::from_req(request).await?;
        S::Response::try_from_string("text/html; charset=utf-8", function(arguments).await?)
    }

    async fn run_client(path: &str, Suggestions { locale, q }: Suggestions) -> Result<String, E> {
        let html: Option<String> = {
            #[cfg(feature = "hydrate")]
            {
                let q = String::from(js_sys::encode_uri_component(&q));
                let page = super::fetch::get(&format!("{path}?locale={locale}&q={q}")).await;
                page.and_then(|page| page.body()).map(|body| body.inner_html())
            }
            #[cfg(not(feature = "hydrate"))]
            {
                let _ = (path, locale, q);
                None
            }
        };
        html.ok_or_else(|| E::from_server_fn_error(ServerFnErrorErr::Request(String::new())))
    }
}
