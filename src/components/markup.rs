//! Elements whose contents the framework writes as they are given, made safe for text of any kind. Only this file may have them
//! with text that is not ours.

use leptos::prelude::*;
use serde_json::Value;

use crate::text::html;

/// The title of the window.
///
/// On the server `leptos_meta` copies the text of its `Title` between the tags unchanged (`ServerMetaContextOutput::inject_meta_context`):
/// a `</title>` in it ended the element, and whatever followed became part of the head. So it is escaped here. In a browser
/// the text is set by `document.title`, which takes no markup.
#[component]
pub fn WindowTitle(text: String) -> impl IntoView {
    let text = html::escape(&text).into_owned();
    view! { <leptos_meta::Title text/> }
}

/// A field with text to be copied.
///
/// `tachys` does not escape the children of a `textarea`, though HTML reads character references there. The first line break of the
/// element is not part of its contents.
#[component]
pub fn CopyField(
    #[prop(into)] label: String,
    text: String,
    rows: usize,
    /// Whether a long line goes on in the next.
    #[prop(default = true)]
    wrap: bool,
) -> impl IntoView {
    let wrap = (!wrap).then_some("off");
    let contents = format!("\n{}", html::escape(&text));
    view! {
        <textarea class="code" rows=rows.to_string() readonly wrap=wrap aria-label=label inner_html=contents></textarea>
    }
}

/// Linked data of the page, for programs that read pages.
#[component]
pub fn LinkedData(json: Value) -> impl IntoView {
    view! { <script type="application/ld+json" inner_html=html::json_in_script(&json)></script> }
}
