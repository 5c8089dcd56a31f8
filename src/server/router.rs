//! Routes of the server and their middleware. Tests call [`router`] as the server does.

use std::{
    path::Path,
    sync::{Arc, LazyLock},
};

use axum::{
    Router,
    extract::{FromRef, Request, State},
    http::header::CONTENT_TYPE,
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use leptos::{
    nonce::Nonce,
    prelude::{Env, LeptosOptions, provide_context},
};
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list, render_app_async_with_context};
use tower::ServiceBuilder;
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, Predicate,
        predicate::{DefaultPredicate, NotForContentType},
    },
    request_id::{PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    services::ServeFile,
    trace::{DefaultOnResponse, TraceLayer},
};

use super::{
    admission::Admission,
    assets,
    db_monitor::Databases,
    delivery, errors,
    forwarded::Proxies,
    health, identifiers,
    listen::{self, Stopping},
    markdown, memento,
    memory_budget::{self, MemoryBudget},
    metrics,
    origin::Origins,
    outcome,
    pipeline::{Pipeline, PipelineParts},
    rate_limit::RateLimits,
    request_id,
    response_cache::{CacheKey, ResponseCache},
    shell::shell,
    signposts,
};
use crate::{
    components::location::{Origin, ShownRevision},
    config,
    db::Pools,
    loaders::OfPage,
    outputs::{
        api, brief, catalogue, dataset,
        embed::{self, StyleSheet},
        feeds, files, mcp, memento as time_maps,
        parquet::{self, Spool},
        request_context::{Contact, Site},
        sdmx,
        subscriptions::{self, Subscriptions},
    },
    pages::app::App,
};

/// Level of brotli and gzip. A page is an eighth smaller with brotli 7 than with 4, for about half a millisecond more; 9 takes seven times as
/// long and gains no more than 1 %.
const COMPRESSION: CompressionLevel = CompressionLevel::Precise(7);

/// Maximum number of concurrent page renders: enough to keep the database and all cores busy while some renders wait for the database.
const MAX_CONCURRENT_PAGES: usize = 12;

/// Maximum number of concurrently rendered images, workbooks and archives. Each keeps a core busy; half of the cores are left to pages.
fn max_concurrent_files() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get() / 2).clamp(1, MAX_CONCURRENT_PAGES)
}

/// Routes of the application. Generating them renders the application once, during which no other page may be rendered in the process,
/// so this happens once, before the first request.
static ROUTES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));

/// State that handlers extract by type. It is cloned several times per request, so it is a single pointer.
#[derive(Clone, Debug)]
struct AppState(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    options: LeptosOptions,
    databases: Databases,
    stopping: Stopping,
    site: Site,
    spool: Spool,
    subscriptions: Option<Subscriptions>,
    preview: Option<config::Preview>,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.0.options.clone()
    }
}

impl FromRef<AppState> for Databases {
    fn from_ref(state: &AppState) -> Self {
        state.0.databases.clone()
    }
}

impl FromRef<AppState> for Stopping {
    fn from_ref(state: &AppState) -> Self {
        state.0.stopping.clone()
    }
}

impl FromRef<AppState> for StyleSheet {
    fn from_ref(state: &AppState) -> Self {
        let LeptosOptions { site_pkg_dir, output_name, .. } = &state.0.options;
        StyleSheet(format!("/{site_pkg_dir}/{output_name}.css"))
    }
}

impl FromRef<AppState> for Site {
    fn from_ref(state: &AppState) -> Self {
        state.0.site.clone()
    }
}

impl FromRef<AppState> for Spool {
    fn from_ref(state: &AppState) -> Self {
        state.0.spool.clone()
    }
}

impl FromRef<AppState> for Option<Subscriptions> {
    fn from_ref(state: &AppState) -> Self {
        state.0.subscriptions.clone()
    }
}

impl AppState {
    /// Provides the Leptos context of a page.
    fn provide(&self) {
        // The content security policy lists scripts by hash; a random nonce would only make every response different.
        provide_context(Nonce::from_value(""));
        provide_context(OfPage::default());
        provide_context(ShownRevision::default());
        if let Some(contact) = self.0.site.contact.clone() {
            provide_context(contact);
        }
        if let Some(subscriptions) = self.0.subscriptions.clone() {
            provide_context(subscriptions);
        }
        if let Some(preview) = self.0.preview {
            provide_context(preview);
        }
    }
}

/// The whole site as one service, with the sources of its metrics.
pub struct Whole {
    pub router: Router,
    pub parts: metrics::MetricsSources,
    /// Flag that is set when the server begins to stop.
    pub stopping: Stopping,
}

/// Builds the whole site as one service. `program` identifies the program and is part of every cache key, because another build may
/// render other responses.
pub async fn router(site: config::SiteConfig, pools: Pools, program: &str) -> anyhow::Result<Whole> {
    let build = assets::build_id(&site.site_root)?;
    let subscriptions = delivery::subscriptions(&site, &pools.primary)?;
    let hub =
        subscriptions.as_ref().map(|subscriptions| subscriptions.offers().hub.clone()).unwrap_or_default();
    let package = format!("/pkg/{build}");
    let options = LeptosOptions::builder()
        .output_name("observatory")
        .site_root(site.site_root.to_string_lossy().into_owned())
        .site_pkg_dir(package.trim_start_matches('/').to_owned())
        .env(if cfg!(debug_assertions) { Env::DEV } else { Env::PROD })
        .build();
    let site_url = site.public_url;
    let over_tls = site_url.as_ref().is_some_and(|url| url.starts_with("https://"));
    let databases = Databases::follow(pools).await;
    let stopping = Stopping::default();
    let admission = Admission::new(MAX_CONCURRENT_PAGES, max_concurrent_files());
    let named = CacheKey { program: format!("{program} {build}"), package: format!("{package}/") };
    let memory = MemoryBudget::new(site.cache_megabytes.saturating_add(site.response_megabytes));
    let cache =
        ResponseCache::new(site.cache_megabytes, databases.clone(), admission.clone(), memory.clone(), named);
    let proxies = Proxies::new(site.trusted_proxies);
    let limits = RateLimits::new(site.requests_per_second, proxies.clone());
    let parts = metrics::MetricsSources {
        databases: databases.clone(),
        cache: cache.clone(),
        admission,
        memory: memory.clone(),
        connections: listen::places(),
    };
    let state = AppState(Arc::new(Inner {
        options,
        databases: databases.clone(),
        stopping: stopping.clone(),
        site: Site { contact: site.contact.map(Contact), hub },
        spool: Spool::default(),
        subscriptions,
        preview: site.preview,
    }));
    let compressed = routes(&state, &site.site_root)
        .layer(middleware::from_fn(markdown::of_pages))
        .layer(middleware::from_fn(errors::of_function))
        .layer(middleware::from_fn(memento::marked))
        .layer(middleware::from_fn(signposts::linked))
        .layer(middleware::from_fn_with_state(memory, memory_budget::count_whole_bodies))
        .layer(CompressionLayer::new().quality(COMPRESSION).compress_when(compressible()));
    // Build files are served from precompressed siblings, so they bypass the compression layer.
    let site = compressed
        .nest_service(&package, assets::folder(&site.site_root.join("pkg")))
        .layer(CatchPanicLayer::custom(errors::panicked))
        .layer(middleware::from_fn(outcome::routed))
        .with_state(state);
    let origins = Origins { configured: site_url.map(Origin), proxies: proxies.clone() };
    let pipeline = Pipeline::new(PipelineParts { site, cache, databases, limits, origins, over_tls });
    let router = Router::new()
        .fallback(move |request: Request| {
            let pipeline = pipeline.clone();
            async move { pipeline.answer(request).await }
        })
        .layer(
            ServiceBuilder::new()
                .map_request(move |request| request_id::screen(request, &proxies))
                .layer(SetRequestIdLayer::new(request_id::HEADER, request_id::RequestIds))
                .layer(
                    TraceLayer::new_for_http()
                        .make_span_with(span)
                        .on_response(DefaultOnResponse::new().level(tracing::Level::INFO)),
                )
                .layer(PropagateRequestIdLayer::new(request_id::HEADER)),
        );
    Ok(Whole { router, parts, stopping })
}

/// Which responses are compressed: all but short ones, images, and Parquet, which is compressed already and read by ranges.
fn compressible() -> impl Predicate {
    DefaultPredicate::new().and(NotForContentType::const_new(parquet::MEDIA_TYPE))
}

/// All routes except those of the build's files. `files` is the folder with the site's public files.
fn routes(state: &AppState, files: &Path) -> Router<AppState> {
    let options = state.0.options.clone();
    let provide = {
        let state = state.clone();
        move || state.provide()
    };
    let beside = middleware::from_fn_with_state(state.clone(), brief::routes::beside_pages::<AppState>);
    let file = |name| ServeFile::new(files.join(name));
    Router::new()
        .route("/", get(errors::to_language))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route_service("/favicon.svg", file("favicon.svg"))
        .route("/speculation-rules.json", get(speculation_rules))
        .merge(feeds::routes())
        .merge(data_routes())
        .merge(brief::routes::routes())
        .merge(embed::routes())
        .merge(sdmx::routes())
        .merge(time_maps::routes())
        .merge(identifiers::routes())
        .merge(subscriptions::routes())
        .merge(mcp::routes(data_routes().with_state(state.clone())))
        .route_service("/chart-tools.js", file("chart-tools.js"))
        .route_service("/brief.css", file("brief.css"))
        .route_service("/brief.js", file("brief.js"))
        .route_service("/embed.js", file("embed.js"))
        .route_service("/embedded.js", file("embedded.js"))
        .leptos_routes_with_context(state, ROUTES.clone(), provide, move || shell(options.clone()))
        .layer(beside)
        .fallback(other)
}

/// Routes of the API, of files and of the data set: what programs read.
fn data_routes() -> Router<AppState> {
    Router::new()
        .merge(files::routes::routes())
        .merge(dataset::routes::routes())
        .merge(catalogue::routes::routes())
        .merge(api::routes())
}

/// Builds the routes of the API, of files and of the data set alone, for clients that come without HTTP.
pub async fn addresses(pools: Pools) -> Router {
    let options = LeptosOptions::builder().output_name("observatory").build();
    let state = AppState(Arc::new(Inner {
        options,
        databases: Databases::follow(pools).await,
        stopping: Stopping::default(),
        site: Site::default(),
        spool: Spool::default(),
        subscriptions: None,
        preview: None,
    }));
    data_routes().with_state(state)
}

/// Serves the speculation rules: browsers prerender a page whose link the reader points at, but not files.
async fn speculation_rules() -> impl IntoResponse {
    const RULES: &str = r#"{"prerender":[{"where":{"and":[{"href_matches":"/*"},{"not":{"href_matches":"/*.*"}},{"not":{"selector_matches":"[download]"}}]},"eagerness":"moderate"}]}"#;
    ([(CONTENT_TYPE, "application/speculationrules+json")], RULES)
}

/// Fallback: redirects to the address without its trailing slash, or renders the page for 404.
async fn other(State(state): State<AppState>, request: Request) -> Response {
    if let Some(redirect) = errors::without_slash(&request) {
        return redirect;
    }
    let options = state.0.options.clone();
    let page = render_app_async_with_context(move || state.provide(), move || shell(options.clone()));
    page(request).await
}

/// Creates the tracing span of a request, which adds its id, method and path to every log line.
fn span(request: &Request) -> tracing::Span {
    let id =
        request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or("");
    tracing::info_span!("request", id, method = %request.method(), path = %request.uri().path())
}
