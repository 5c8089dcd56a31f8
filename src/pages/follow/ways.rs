//! Feeds of a page, and the hub that sends them.

use leptos::prelude::*;

use crate::{components::location, domain::subscriptions::model::FollowedPage};

#[component]
pub fn Feeds(
    page: FollowedPage,
    /// Absolute address of the WebSub hub.
    hub: Option<String>,
) -> impl IntoView {
    let locale = page.locale;
    let feed = |file: &str| location::absolute(&page.beside(file));
    let (atom, json) = (feed("feed.atom"), feed("feed.json"));
    let (has_dates, calendar) = (page.page.starts_with("programs"), page.beside("dates.ics"));
    let calendar = has_dates.then(|| {
        let what = locale.pick(
            "Closing dates, application windows and entries into force, for a calendar:",
            "日历：截止日期、申报窗口与施行日期：",
        );
        view! { <p>{what} " " <a href=calendar>"iCalendar"</a></p> }
    });
    let hub = hub.map(|hub| {
        let what = locale.pick(
            "Programs can have both feeds sent to them within seconds of a change, by WebSub. The hub:",
            "程序可通过WebSub在数秒内收到更新。Hub地址：",
        );
        view! { <p>{what} " " <a href="https://www.w3.org/TR/websub/">"WebSub"</a> ", " <code>{hub}</code></p> }
    });
    view! {
        <section>
            <h2>{locale.pick("In a feed reader", "使用订阅阅读器")}</h2>
            <p>
                {locale.pick(
                    "Paste one of these addresses into a feed reader. No account is needed.",
                    "将以下任一地址添加到阅读器，无需账号。",
                )}
            </p>
            <ul>
                <li><a href=atom.clone()>"Atom"</a> " " <code>{atom}</code></li>
                <li><a href=json.clone()>"JSON Feed"</a> " " <code>{json}</code></li>
            </ul>
            {calendar}
            {hub}
        </section>
    }
}
