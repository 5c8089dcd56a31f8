//! Banner of a preview: the pages show a revision that has not been published.

use leptos::prelude::*;

use crate::{components::location, config::Preview};

/// Says on each page of a preview that nothing has been published, with a link to what would change.
#[component]
pub fn PreviewBanner() -> impl IntoView {
    let locale = location::locale();
    use_context::<Preview>().map(|Preview { revision }| {
        let words = locale.pick(
            format!("Preview of data revision {revision}: not published. "),
            format!("数据版本{revision}预览，尚未发布。"),
        );
        let changes = format!("/{locale}/changes?since={}", revision - 1);
        view! {
            <div class="wrap state-banner" role="note">
                <p>
                    {words}
                    {(revision > 1).then(|| view! { <a href=changes>{locale.pick("What would change", "将有哪些变更")}</a> })}
                </p>
            </div>
        }
    })
}
