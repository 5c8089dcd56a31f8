//! Every route of the server and the layers round them. A test calls [`router`] as the server does.

use std::{sync::LazyLock, time::Duration};

use axum::{
    Router,
    extract::{FromRef, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use leptos::prelude::{Env, LeptosOptions, provide_context};
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list, render_app_async_with_context};
use sqlx::PgPool;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    services::ServeFile,
    set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
    trace::{DefaultOnResponse, TraceLayer},
};

use super::{assets, cache, errors, frames, health, shell::shell};
use crate::{
    about::Contact,
    api,
    app::App,
    config,
    desk::Site,
    embed::{self, StyleSheet},
    export, feeds, sdmx, search,
    ui::page::PublicUrl,
};

/// The longest a request may take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Working out the routes renders the application once, during which no other page may be rendered in the process: so it
/// is done once, before the first.
static ROUTES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));

#[derive(Clone, Debug)]
struct AppState {
    options: LeptosOptions,
    db: PgPool,
    site: Site,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.options.clone()
    }
}

impl FromRef<AppState> for PgPool {
    fn from_ref(state: &AppState) -> Self {
        state.db.clone()
    }
}

impl FromRef<AppState> for StyleSheet {
    fn from_ref(state: &AppState) -> Self {
        let LeptosOptions { site_pkg_dir, output_name, .. } = &state.options;
        StyleSheet(format!("/{site_pkg_dir}/{output_name}.css"))
    }
}

impl FromRef<AppState> for Site {
    fn from_ref(state: &AppState) -> Self {
        state.site.clone()
    }
}

impl AppState {
    /// Gives a page what it asks for by type.
    fn provide(&self) {
        provide_context(self.db.clone());
        if let Some(url) = self.site.public_url.clone() {
            provide_context(url);
        }
        if let Some(contact) = self.site.contact.clone() {
            provide_context(contact);
        }
    }
}

/// The whole site as one service.
pub fn router(site: config::Site, db: PgPool) -> anyhow::Result<Router> {
    let build = assets::build_id(&site.site_root)?;
    let package = format!("/pkg/{build}");
    let options = LeptosOptions::builder()
        .output_name("observatory")
        .site_root(site.site_root.to_string_lossy().into_owned())
        .site_pkg_dir(package.trim_start_matches('/').to_owned())
        .env(if cfg!(debug_assertions) { Env::DEV } else { Env::PROD })
        .build();
    let state = AppState {
        options: options.clone(),
        db,
        site: Site { public_url: site.public_url.map(PublicUrl), contact: site.contact.map(Contact) },
    };
    let provide = {
        let state = state.clone();
        move || state.provide()
    };
    let compressed = Router::new()
        .route("/", get(errors::to_language))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route_service("/favicon.svg", ServeFile::new(site.site_root.join("favicon.svg")))
        .route("/{locale}/suggest", get(search::suggest::suggest))
        .merge(feeds::routes())
        .merge(export::routes())
        .merge(embed::routes())
        .merge(api::routes())
        .merge(sdmx::routes())
        .route_service("/embed.js", ServeFile::new(site.site_root.join("embed.js")))
        .route_service("/embedded.js", ServeFile::new(site.site_root.join("embedded.js")))
        .leptos_routes_with_context(&state, ROUTES.clone(), provide, move || shell(options.clone()))
        .fallback(other)
        .layer(CompressionLayer::new());
    // Files of the build lie compressed beside themselves; compressing them again would be in vain.
    let router = compressed
        .nest_service(&package, assets::folder(&site.site_root.join("pkg")))
        .layer(middleware::from_fn(cache::keep))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "strict-origin-when-cross-origin"))
        .layer(middleware::from_fn(frames::refuse_elsewhere))
        .layer(CatchPanicLayer::custom(errors::panicked))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST_TIMEOUT))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID.clone()))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_response(DefaultOnResponse::new().level(tracing::Level::INFO)),
        )
        .layer(SetRequestIdLayer::new(REQUEST_ID.clone(), Numbers));
    Ok(router.with_state(state))
}

fn header(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// The address without its last slash, or the page that says there is none.
async fn other(State(state): State<AppState>, request: Request) -> Response {
    if let Some(redirect) = errors::without_slash(&request) {
        return redirect.into_response();
    }
    let options = state.options.clone();
    let page = render_app_async_with_context(move || state.provide(), move || shell(options.clone()));
    page(request).await
}

/// Every line of the log within a request carries its id, method and path.
fn span(request: &Request) -> tracing::Span {
    let id =
        request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or("");
    tracing::info_span!("request", id, method = %request.method(), path = %request.uri().path())
}

/// Request ids: 16 hex digits, from the time of the start and a count; unique within a machine, short in a log.
#[derive(Clone, Copy, Debug, Default)]
struct Numbers;

impl MakeRequestId for Numbers {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        use std::sync::atomic::{AtomicU32, Ordering};
        static START: LazyLock<u32> = LazyLock::new(|| chrono::Utc::now().timestamp() as u32);
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let id = format!("{:08x}{:08x}", *START, COUNT.fetch_add(1, Ordering::Relaxed));
        HeaderValue::from_str(&id).ok().map(RequestId::new)
    }
}
