//! Data provenance on every page: in the footer and in the print header.

use super::times::KnownOn;
use crate::{
    components::{
        async_page::apart,
        layout::Footer,
        location::{self, absolute},
    },
    error::AppError,
    loaders::page_snapshot,
    text::{Locale, date::day, number::grouped},
};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_location;
use serde::{Deserialize, Serialize};

/// Provenance of the data, for the footer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataState {
    pub revision: i32,
    pub published_on: chrono::NaiveDate,
    /// Latest published revision.
    pub latest: i32,
    /// The day of which the address asks what was known, if any.
    pub known_on: Option<chrono::NaiveDate>,
    pub figures: i64,
    pub sources: i64,
}

/// Server function: returns the published revision of the data. Public, no authorisation.
#[server(prefix = "/fn", endpoint = "state", input = leptos::server_fn::codec::GetUrl)]
pub async fn state() -> Result<DataState, AppError> {
    use crate::domain::{observations::inventory::Inventory, revisions::store::TableSizes, sources};

    let snapshot = page_snapshot().await?;
    let (figures, sources) = match snapshot.known_on {
        None => {
            let sizes = snapshot.cached::<TableSizes>().await?;
            (sizes.of("observation"), sizes.of("source"))
        }
        Some(_) => {
            let inventory = snapshot.cached::<Inventory>().await?;
            let figures = inventory.series().map(|series| i64::from(series.figures)).sum();
            (figures, sources::store::count(&snapshot.db, snapshot.at).await?)
        }
    };
    Ok(DataState {
        revision: snapshot.at.revision,
        published_on: snapshot.published_on(),
        latest: snapshot.latest,
        known_on: snapshot.known_on,
        figures,
        sources,
    })
}

/// Footer. It is rendered even if the data are unavailable, without their provenance.
#[component]
pub fn Colophon() -> impl IntoView {
    let locale = location::locale();
    let state = apart(state());
    let words = Suspend::new(async move {
        state.await.ok().map(|state| {
            // Adds the publication date of the data to the metadata for reference managers.
            let day = state.published_on.format("%Y/%m/%d").to_string();
            view! {
                <Meta name="citation_publication_date" content=day/>
                <Words locale state/>
            }
        })
    });
    view! {
        <Footer locale>
            <Suspense>{words}</Suspense>
            <KnownOn/>
        </Footer>
    }
}

#[component]
fn Words(locale: Locale, state: DataState) -> impl IntoView {
    let DataState { revision, published_on, figures, sources, .. } = state;
    let (figures, sources) = (grouped(figures.into()), grouped(sources.into()));
    view! {
        <p>
            {locale
                .pick(
                    format!("{figures} figures from {sources} sources. Every figure links to where it was seen."),
                    format!("{figures}项数据，{sources}个来源。每项数据都链接到出处。"),
                )}
        </p>
        <p>{published(revision, published_on, locale)}</p>
    }
}

/// Formats the revision and its publication date.
fn published(revision: i32, published_on: chrono::NaiveDate, locale: Locale) -> String {
    let date = day(published_on, locale);
    locale.pick(
        format!("Data revision {revision}, published {date}"),
        format!("数据版本{revision}，{date}发布"),
    )
}

/// Print header: site, date of the data, and address of the page. Hidden on screens.
#[component]
pub fn PrintHead() -> impl IntoView {
    let locale = location::locale();
    let location = use_location();
    let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
    let query = if search.is_empty() { String::new() } else { format!("?{search}") };
    let address = absolute(&format!("{path}{query}"));
    let state = apart(state());
    let data = Suspend::new(async move {
        let state = state.await.ok()?;
        Some(view! { <span>{published(state.revision, state.published_on, locale)}</span> })
    });
    view! {
        <div class="wrap print-head">
            <span>{locale.pick("Micro-Drama Observatory", "微短剧观察")}</span>
            <Suspense>{data}</Suspense>
            <span>{address}</span>
        </div>
    }
}
