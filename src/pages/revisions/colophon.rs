//! What every page says of the data it was made from: in its foot, in its head on paper, and above a page of an older state.

use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_location;
use serde::{Deserialize, Serialize};

use crate::{
    components::{async_page::apart, layout::Footer, location, page::absolute},
    error::AppError,
    text::{Locale, date::day, number::grouped},
};

/// What the foot of a page says of the data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataState {
    pub revision: i32,
    pub published_on: chrono::NaiveDate,
    /// The newest revision there is.
    pub latest: i32,
    pub figures: i64,
    pub sources: i64,
}

/// The published state of the data. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "state", input = leptos::server_fn::codec::GetUrl)]
pub async fn state() -> Result<DataState, AppError> {
    use crate::domain::revisions::store::TableSizes;

    let snapshot = crate::loaders::page_snapshot().await?;
    let sizes = snapshot.cached::<TableSizes>().await?;
    Ok(DataState {
        revision: snapshot.revision,
        published_on: snapshot.published_on(),
        latest: snapshot.latest,
        figures: sizes.of("observation"),
        sources: sizes.of("source"),
    })
}

/// The footer. It stands even when the data cannot be reached; it then says nothing of it.
#[component]
pub fn Colophon() -> impl IntoView {
    let locale = location::locale();
    let state = apart(state());
    let words = Suspend::new(async move {
        state.await.ok().map(|state| {
            // Beside what a page's head says for reference managers: the day of the data it was made from.
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

/// The revision of the data and its day of publication, in words.
fn published(revision: i32, published_on: chrono::NaiveDate, locale: Locale) -> String {
    let date = day(published_on, locale);
    locale.pick(
        format!("Data revision {revision}, published {date}"),
        format!("数据版本{revision}，{date}发布"),
    )
}

/// The head of a printed page: the site, the date of the data, and the address of the page. Screens do not show it.
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

/// On a page of a state that its address asks for: which it is, and where the newest is.
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
