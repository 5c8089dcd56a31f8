//! `/follow/confirm` and `/follow/leave`: the links in e-mails. Opening one changes nothing, because mail scanners open every link; its button does.

use leptos::prelude::*;

use crate::{
    components::{
        async_page::{loaded, set_status},
        location,
        page::Page,
    },
    error::AppError,
    outputs::subscriptions::Subscriptions,
    text::{Locale, query::Query},
};

/// What a token does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Confirm,
    Leave,
}

/// How far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// The reader is asked to press the button.
    Asked {
        token: String,
    },
    Done,
    /// There is no such token any more.
    Unknown,
}

#[component]
pub fn Confirm() -> impl IntoView {
    act(Act::Confirm)
}

#[component]
pub fn Leave() -> impl IntoView {
    act(Act::Leave)
}

fn act(act: Act) -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let is_posted = location::posted_form().is_some();
    let page = async move { step(act, &search, is_posted).await };
    loaded(locale, page, move |step: Step| view! { <TokenPage locale act step/> })
}

async fn step(act: Act, search: &str, is_posted: bool) -> Result<Step, AppError> {
    let query = Query::decode(search);
    query.only(&["token"])?;
    let token = query.one("token")?.unwrap_or_default().to_owned();
    let subscriptions = use_context::<Subscriptions>().ok_or(AppError::NotFound)?;
    if !is_posted {
        return Ok(Step::Asked { token });
    }
    let is_done = match act {
        Act::Confirm => subscriptions.confirm(&token).await?,
        Act::Leave => subscriptions.leave(&token).await?,
    };
    Ok(if is_done { Step::Done } else { Step::Unknown })
}

#[component]
fn TokenPage(locale: Locale, act: Act, step: Step) -> impl IntoView {
    let title = match act {
        Act::Confirm => locale.pick("Confirm the subscription", "确认订阅"),
        Act::Leave => locale.pick("End the subscription", "退订"),
    };
    let text = match (act, &step) {
        (Act::Confirm, Step::Asked { .. }) => {
            locale.pick("Press the button to receive the changes by e-mail.", "点击按钮，即开始接收更新邮件。")
        }
        (Act::Confirm, Step::Done) => locale.pick(
            "Confirmed. The first message comes at 08:00 Shanghai time after the next change.",
            "已确认。下次更新后，将在上海时间8:00发送第一封邮件。",
        ),
        (Act::Confirm, Step::Unknown) => locale.pick(
            "This link has been used or is older than two days. If you have confirmed before, there is nothing left to do; otherwise please subscribe again.",
            "该链接已使用或已超过两日。如此前已确认，无需再操作；否则请重新订阅。",
        ),
        (Act::Leave, Step::Asked { .. }) => locale.pick(
            "Press the button to end the subscription. Your address will be deleted.",
            "点击按钮即可退订，您的地址将被删除。",
        ),
        (Act::Leave, Step::Done) => {
            locale.pick("Ended. Your address has been deleted.", "已退订，您的地址已删除。")
        }
        (Act::Leave, Step::Unknown) => locale.pick(
            "There is no subscription with this link any more. Nothing will be sent.",
            "该链接对应的订阅已不存在，不会再发送任何内容。",
        ),
    };
    if (act, &step) == (Act::Confirm, &Step::Unknown) {
        set_status(410);
    }
    let button = match step {
        Step::Asked { token } => {
            let word = match act {
                Act::Confirm => "confirm",
                Act::Leave => "leave",
            };
            let action = crate::text::query::href(&format!("/{locale}/follow/{word}"), [("token", token)]);
            Some(view! {
                <form class="follow-form" method="post" action=action>
                    <button type="submit">{title}</button>
                </form>
            })
        }
        Step::Done | Step::Unknown => None,
    };
    view! {
        <Page locale title=title description=text index=false>
            {button}
        </Page>
    }
}
