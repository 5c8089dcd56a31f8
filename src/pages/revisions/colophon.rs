//! Data provenance on every page: in the footer and in the print header.

use super::{
    state::{DataState, state},
    times::KnownOn,
};
use crate::{
    components::{
        async_page::apart,
        layout::Footer,
        location::{self, absolute},
    },
    pages::report,
    text::{Locale, date::day, number::grouped},
};
use leptos::prelude::*;
use leptos_meta::Meta;

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
            <p class="links"><a href=report::href(locale, &location::address(), None) rel="nofollow">{locale.pick("Report an error on this page", "报告本页错误")}</a></p>
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
    let address = absolute(&location::address());
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
