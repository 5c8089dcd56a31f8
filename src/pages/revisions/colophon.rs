//! Data provenance on every page: in the footer, in the print header, and in the banner of a page pinned to an older revision.

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
    pub figures: i64,
    pub sources: i64,
}

/// Server function: returns the published revision of the data. Public, no authorisation.
#[server(prefix = "/fn", endpoint = "state", input = leptos::server_fn::codec::GetUrl)]
pub async fn state() -> Result<DataState, AppError> {
    use crate::domain::revisions::store::TableSizes;

    let snapshot = page_snapshot().await?;
    let sizes = snapshot.cached::<TableSizes>().await?;
    Ok(DataState {
        revision: snapshot.revision,
        published_on: snapshot.published_on(),
        latest: snapshot.latest,
        figures: sizes.of("observation"),
        sources: sizes.of("source"),
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

/// Banner of a page whose address requests a revision: which one it is, with a link to the latest.
#[component]
pub fn Frozen() -> impl IntoView {
    let locale = location::locale();
    location::as_of().map(|_| {
        let live = location::address_without_state();
        let state = apart(state());
        let words = Suspend::new(async move {
            let state = state.await.ok()?;
            let (revision, date) = (state.revision, day(state.published_on, locale));
            let newer = (state.latest > revision).then(|| {
                let latest = state.latest;
                locale.pick(
                    format!(" Newer data has been published since: revision {latest}."),
                    format!("此后已发布更新的数据：版本{latest}。"),
                )
            });
            let text = locale.pick(
                format!("This address shows data revision {revision}, published {date}, and always will."),
                format!("本网址固定显示数据版本{revision}（{date}发布），不会改变。"),
            );
            Some(view! {
                {text}
                {newer}
                " "
                <a href=live>{locale.pick("The same page with the newest data", "以最新数据查看本页")}</a>
            })
        });
        view! { <p class="wrap frozen" role="note"><Suspense>{words}</Suspense></p> }
    })
}
