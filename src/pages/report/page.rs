//! The form by which a reader reports an error.

use leptos::prelude::*;

use super::data::{self, Filled, MAX_MESSAGE, Outcome, ReportView};
use crate::{
    components::{
        async_page::{loaded, set_status},
        location,
        markup::{CopyField, TextField},
        page::Page,
    },
    text::Locale,
};

#[component]
pub fn Report() -> impl IntoView {
    let (locale, search, posted) = (location::locale(), location::search(), location::posted_form());
    let page = async move {
        match posted {
            Some(form) => data::submitted(locale, &form).await,
            None => data::asked(locale, &search).await,
        }
    };
    loaded(locale, page, move |view: ReportView| view! { <ReportPage view/> })
}

#[component]
fn ReportPage(view: ReportView) -> impl IntoView {
    let ReportView { page, row, filled, is_sent_here, outcome } = view;
    let locale = page.locale;
    if let Some(outcome) = &outcome {
        set_status(outcome.status());
    }
    let description = locale.pick(
        "Say what is wrong and, if you can, where the right figure stands. Corrections are published with their reason; what was published before stays readable.",
        "请说明错误所在，并尽可能提供正确数据的出处。更正会连同原因一并公布，此前发布的内容仍可查阅。",
    );
    let crumbs = vec![(locale.pick("The page", "所涉页面").to_owned(), page.to_string())];
    let is_done = matches!(outcome, Some(Outcome::Sent | Outcome::Prepared { .. }));
    let form = (!is_done).then(|| view! { <Form locale below=page.page.clone() row filled is_sent_here/> });
    view! {
        <Page locale title=locale.pick("Report an error", "报告错误") description crumbs index=false>
            {outcome.map(|outcome| view! { <Result locale outcome/> })}
            {form}
            <p class="result"><a href=format!("/{locale}/changes?kind=corrected")>{locale.pick("All corrections", "全部更正")}</a></p>
        </Page>
    }
}

#[component]
fn Form(
    locale: Locale,
    /// The page, by its path below the language.
    below: String,
    row: Option<String>,
    filled: Filled,
    is_sent_here: bool,
) -> impl IntoView {
    let about = row.clone().map(|row| {
        view! { <p>{locale.pick("About: ", "所涉数据：")} <code>{row}</code></p> }
    });
    let address = is_sent_here.then(|| {
        view! {
            <label for="address">{locale.pick("E-mail address for an answer (optional)", "回复用电子邮件地址（选填）")}</label>
            <input id="address" type="email" name="address" value=filled.address autocomplete="email" maxlength="254"/>
        }
    });
    let hint = if is_sent_here {
        locale.pick(
            "The report goes to the operator of this site with the address of the page. It is deleted here once it has been sent.",
            "报告将连同页面地址发送给本站运营者，发送后即从本站删除。",
        )
    } else {
        locale.pick(
            "A text for a message will be prepared. Nothing is stored or sent by this site.",
            "系统将生成可发送的文字。本站不保存、不发送任何内容。",
        )
    };
    let label = if is_sent_here {
        locale.pick("Send", "发送")
    } else {
        locale.pick("Prepare the message", "生成文字")
    };
    view! {
        <form class="follow-form" method="post" action=format!("/{locale}/report")>
            <input type="hidden" name="page" value=below/>
            {row.map(|row| view! { <input type="hidden" name="row" value=row/> })}
            {about}
            <label for="message">{locale.pick("What is wrong, and what would be right", "错误所在及正确内容")}</label>
            <TextField id="message" name="message" text=filled.message rows=6 most=MAX_MESSAGE described="message-hint"/>
            <label for="source">{locale.pick("Address of a source (optional)", "出处地址（选填）")}</label>
            <input id="source" type="url" name="source" value=filled.source placeholder="https://" maxlength="500"/>
            {address}
            <button type="submit">{label}</button>
            <p class="result" id="message-hint">{hint}</p>
        </form>
    }
}

#[component]
fn Result(locale: Locale, outcome: Outcome) -> impl IntoView {
    let is_wrong = outcome.status() != 200;
    let text = match &outcome {
        Outcome::Sent => locale.pick("Thank you. The report has been taken.", "感谢反馈，报告已收到。"),
        Outcome::Prepared { link: Some(_), .. } => {
            locale.pick("Thank you. This is the text; please send it:", "感谢反馈。以下为生成的文字，请发送：")
        }
        Outcome::Prepared { .. } => locale.pick(
            "Thank you. This is the text. The operator of this copy of the site has named no address; send it to whoever gave you the link.",
            "感谢反馈。以下为生成的文字。本站运营者未公布联系方式，请发送给向您提供本站链接者。",
        ),
        Outcome::MessageMissing => locale.pick("Please write what is wrong.", "请填写错误所在。"),
        Outcome::AddressWrong => locale.pick(
            "This is not an e-mail address that can be written to. It should look like name@example.org.",
            "该电子邮件地址无效，格式应如name@example.org。",
        ),
        Outcome::SourceWrong => locale.pick(
            "The address of the source must begin with https:// or http:// and have no spaces.",
            "出处地址应以https://或http://开头，且不含空格。",
        ),
        Outcome::TooMany => locale.pick(
            "Too many reports wait to be sent. Please try again tomorrow.",
            "待发送的报告过多，请明天再试。",
        ),
    };
    let prepared = match outcome {
        Outcome::Prepared { text, link } => {
            let link = link.map(|link| view! { <p><a href=link rel="nofollow">{locale.pick("Send it to the operator", "发送给运营者")}</a></p> });
            Some(view! {
                <CopyField label=locale.pick("Report", "报告") text rows=10/>
                {link}
            })
        }
        _ => None,
    };
    view! {
        <div class="notice" class:notice-wrong=is_wrong role=if is_wrong { "alert" } else { "status" }>
            <p>{text}</p>
            {prepared}
        </div>
    }
}
