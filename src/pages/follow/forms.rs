//! Forms of the page that offers subscriptions, and what became of them.

use leptos::prelude::*;

use super::data::{Filled, Outcome, PAGE};
use crate::{
    components::markup::CopyField,
    domain::subscriptions::{
        callback::{CallbackFault, MAX_CALLBACK},
        model::{DigestInterval, FollowedPage},
    },
    text::Locale,
};

/// A digest by e-mail.
#[component]
pub fn ByEmail(page: FollowedPage, filled: Filled) -> impl IntoView {
    let locale = page.locale;
    let intervals = DigestInterval::WORDS
        .iter()
        .map(|(word, interval)| {
            let chosen = *interval == filled.interval;
            view! { <label class="choice"><input type="radio" name="interval" value=*word checked=chosen/> {interval.name(locale)}</label> }
        })
        .collect_view();
    let promise = locale.pick(
        "You will be asked to confirm by a link. The address is stored encrypted, used for this alone, and deleted when you end the subscription, which every message lets you do in one click. Nothing is sent when nothing has changed, and nothing tracks whether you read it.",
        "系统会先发送确认链接。地址加密保存，仅用于本次订阅；退订后即删除，每封邮件均可一键退订。无更新时不发送邮件，也不追踪阅读情况。",
    );
    view! {
        <section>
            <h2>{locale.pick("By e-mail", "电子邮件")}</h2>
            <form class="follow-form" method="post" action=format!("/{locale}/follow")>
                <input type="hidden" name=PAGE value=page.page/>
                <label for="address">{locale.pick("E-mail address", "电子邮件地址")}</label>
                <input id="address" type="email" name="address" value=filled.address autocomplete="email" maxlength="254" required aria-describedby="address-hint"/>
                <fieldset>
                    <legend>{locale.pick("How often at most", "最多")}</legend>
                    {intervals}
                </fieldset>
                <button type="submit">{locale.pick("Subscribe", "订阅")}</button>
                <p class="result" id="address-hint">{promise}</p>
            </form>
        </section>
    }
}

/// A webhook.
#[component]
pub fn ByWebhook(page: FollowedPage, filled: Filled) -> impl IntoView {
    let locale = page.locale;
    let how = locale.pick(
        "Changes are sent as JSON by POST, signed as Standard Webhooks describes. To verify the address, a first POST of type “verification” is sent to it; the body of the answer must contain its challenge. Failed deliveries are repeated for three days; an answer with status 410 ends the subscription.",
        "更新以JSON通过POST发送，并按Standard Webhooks规范签名。首次POST的type为“verification”，响应正文须包含其challenge，以验证地址。发送失败会在三天内重试；返回410即终止订阅。",
    );
    view! {
        <section>
            <h2>"Webhook"</h2>
            <p>{how}</p>
            <form class="follow-form" method="post" action=format!("/{locale}/follow")>
                <input type="hidden" name=PAGE value=page.page/>
                <label for="callback">{locale.pick("Address that takes the changes", "接收地址")}</label>
                <input id="callback" type="url" name="callback" value=filled.callback placeholder="https://" maxlength=MAX_CALLBACK.to_string() required/>
                <button type="submit">{locale.pick("Request the webhook", "申请Webhook")}</button>
            </form>
        </section>
    }
}

/// What became of a form.
#[component]
pub fn Result(locale: Locale, outcome: Outcome) -> impl IntoView {
    let is_wrong = outcome.status() != 200;
    let text = match &outcome {
        Outcome::EmailAsked => locale.pick(
            "If the address is right, a message with a link is on its way. Please confirm within two days.",
            "如地址无误，确认邮件已发出。请在两日内点击其中的链接确认。",
        ),
        Outcome::EmailWrong => locale.pick(
            "This is not an e-mail address that can be written to. It should look like name@example.org.",
            "该电子邮件地址无效，格式应如name@example.org。",
        ),
        Outcome::WebhookAsked { .. } => locale.pick(
            "The address is being verified. Keep the key of the signatures and the link that ends the webhook: they are shown this once.",
            "正在验证该地址。请保存签名密钥和终止链接，二者仅显示一次。",
        ),
        Outcome::CallbackWrong(fault) => fault_text(*fault, locale),
        Outcome::TooMany => locale.pick(
            "Too many subscriptions were requested for this address or from your network. Please try again tomorrow.",
            "该地址或您所在网络的订阅申请过多，请明天再试。",
        ),
    };
    let once = match outcome {
        Outcome::WebhookAsked { secret, leave } => Some(view! {
            <CopyField label=locale.pick("Key of the signatures", "签名密钥") text=secret rows=1/>
            <CopyField label=locale.pick("Link that ends the webhook", "终止链接") text=leave rows=2/>
        }),
        _ => None,
    };
    view! {
        <div class="notice" class:notice-wrong=is_wrong role=if is_wrong { "alert" } else { "status" }>
            <p>{text}</p>
            {once}
        </div>
    }
}

fn fault_text(fault: CallbackFault, locale: Locale) -> &'static str {
    match fault {
        CallbackFault::NoAddress => locale.pick(
            "This is not an address that begins with https:// or http://.",
            "该地址无效，应以https://或http://开头。",
        ),
        CallbackFault::Credentials => locale
            .pick("The address must not contain a user name or a password.", "地址中不能包含用户名或密码。"),
        CallbackFault::Fragment => {
            locale.pick("The address must not contain a part after #.", "地址中不能包含#及其后的内容。")
        }
        CallbackFault::NotPublic => locale.pick(
            "The address must be on a host that is public on the internet.",
            "地址必须位于互联网可公开访问的主机。",
        ),
    }
}
