//! The HTML document around every page.

use axum::http::request::Parts;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use super::security::{START_SCRIPT, THEME_SCRIPT};
use crate::{pages::app::App, text::Locale};

pub fn shell(options: LeptosOptions) -> impl IntoView {
    let path = use_context::<Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
    let locale = Locale::of_path(&path);
    let file = |end: &str| format!("/{}/{}{end}", options.site_pkg_dir, options.output_name);
    let (styles, script, wasm) = (file(".css"), file(".js"), file(".wasm"));
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=styles/>
                <script inner_html=THEME_SCRIPT></script>
                <AutoReload options/>
                <script type="module" data-script=script data-wasm=wasm inner_html=START_SCRIPT></script>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
