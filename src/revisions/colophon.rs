//! The foot of every page: which revision of the data it was made from.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    error::AppError,
    text::{Locale, date::day, number::grouped},
    ui::{furniture::Footer, here},
};

/// What the foot of a page says of the data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataState {
    pub revision: i32,
    pub published_on: chrono::NaiveDate,
    pub figures: i64,
    pub sources: i64,
}

/// The published state of the data. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "state", input = leptos::server_fn::codec::GetUrl)]
pub async fn state() -> Result<DataState, AppError> {
    use super::store;
    use crate::db;

    let db = db::of_this_page()?;
    let revision = store::latest(&db).await?.ok_or(AppError::Unavailable)?;
    let (figures, sources) = store::size(&db, revision.number).await?;
    Ok(DataState {
        revision: revision.number,
        published_on: revision.published_at.date_naive(),
        figures,
        sources,
    })
}

/// The footer. It stands even when the data cannot be reached; it then says nothing of it.
#[component]
pub fn Colophon() -> impl IntoView {
    let locale = here::locale();
    let words = Suspend::new(async move { state().await.ok().map(|state| view! { <Words locale state/> }) });
    view! {
        <Footer locale>
            <Suspense>{words}</Suspense>
        </Footer>
    }
}

#[component]
fn Words(locale: Locale, state: DataState) -> impl IntoView {
    let DataState { revision, published_on, figures, sources } = state;
    let (figures, sources) = (grouped(figures.into()), grouped(sources.into()));
    let date = day(published_on, locale);
    view! {
        <p>
            {locale
                .pick(
                    format!("{figures} figures from {sources} sources. Every figure links to where it was seen."),
                    format!("{figures}项数据，{sources}个来源。每项数据都链接到出处。"),
                )}
        </p>
        <p>
            {locale.pick(format!("Data revision {revision}, published {date}"), format!("数据版本{revision}，{date}发布"))}
        </p>
    }
}
