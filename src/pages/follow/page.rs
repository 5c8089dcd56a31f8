//! The page that offers subscriptions.

use leptos::prelude::*;

use super::{
    data::{self, FollowView},
    forms::{ByEmail, ByWebhook, Result},
    ways::Feeds,
};
use crate::components::{
    async_page::{loaded, set_status},
    location,
    page::Page,
};

#[component]
pub fn Follow() -> impl IntoView {
    let (locale, search, posted) = (location::locale(), location::search(), location::posted_form());
    let page = async move {
        match posted {
            Some(form) => data::submitted(locale, &form).await,
            None => data::offered(locale, &search).await,
        }
    };
    loaded(locale, page, move |view: FollowView| view! { <Ways view/> })
}

#[component]
fn Ways(view: FollowView) -> impl IntoView {
    let FollowView { page, title, offers, filled, outcome } = view;
    let locale = page.locale;
    // A feed reader shows the title alone; here the site is known.
    let before = locale.pick("Micro-Drama Observatory: ", "微短剧观察：");
    let title = title.strip_prefix(before).map(str::to_owned).unwrap_or(title);
    if let Some(outcome) = &outcome {
        set_status(outcome.status());
    }
    let description = locale.pick(
        format!(
            "Ways to be told when “{title}” changes: what is added, corrected (from and to) and withdrawn."
        ),
        format!("“{title}”更新的通知方式：新增、更正（改前与改后）及撤下的内容。"),
    );
    let crumbs = vec![(title, page.to_string())];
    let by_email = offers.email.then(|| {
        view! { <ByEmail page=page.clone() filled=filled.clone()/> }
    });
    let by_webhook = offers.webhooks.then(|| view! { <ByWebhook page=page.clone() filled/> });
    view! {
        <Page locale title=locale.pick("Follow this page", "订阅本页更新") description crumbs index=false>
            {outcome.map(|outcome| view! { <Result locale outcome/> })}
            <div class="prose">
                {by_email}
                <Feeds page hub=offers.hub.address(&location::origin())/>
                {by_webhook}
            </div>
        </Page>
    }
}
