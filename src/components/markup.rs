//! Escaping for elements whose contents the framework writes verbatim. Only this file may use them with text from outside the program.

use leptos::prelude::*;
use serde_json::Value;

use crate::text::html;

/// Title of the window.
///
/// On the server `leptos_meta` copies the text of its `Title` between the tags unchanged
/// (`ServerMetaContextOutput::inject_meta_context`): a `</title>` in it would end the element and inject the rest into the head, so the
/// text is escaped here. In a browser it is set through `document.title`, which does not interpret markup.
#[component]
pub fn WindowTitle(text: String) -> impl IntoView {
    let text = html::escape(&text).into_owned();
    view! { <leptos_meta::Title text/> }
}

/// Read-only field with text to copy.
///
/// `tachys` does not escape the children of a `textarea`, although HTML decodes character references there. The first line break of the
/// element is not part of its contents.
#[component]
pub fn CopyField(
    #[prop(into)] label: String,
    text: String,
    rows: usize,
    /// Whether long lines wrap.
    #[prop(default = true)]
    wrap: bool,
) -> impl IntoView {
    let wrap = (!wrap).then_some("off");
    let contents = format!("\n{}", html::escape(&text));
    view! {
        <textarea class="code" rows=rows.to_string() readonly wrap=wrap aria-label=label inner_html=contents></textarea>
    }
}

/// Field for a text of several lines. The same care as in [`CopyField`] is needed for what it contains.
#[component]
pub fn TextField(
    id: &'static str,
    name: &'static str,
    text: String,
    rows: usize,
    /// Largest number of characters.
    most: usize,
    /// Id of the element that describes the field.
    described: &'static str,
) -> impl IntoView {
    let contents = format!("\n{}", html::escape(&text));
    view! {
        <textarea
            id=id
            name=name
            rows=rows.to_string()
            maxlength=most.to_string()
            aria-describedby=described
            required
            inner_html=contents
        ></textarea>
    }
}

/// JSON-LD of the page, for machine readers.
#[component]
pub fn LinkedData(json: Value) -> impl IntoView {
    view! { <script type="application/ld+json" inner_html=html::json_in_script(&json)></script> }
}
