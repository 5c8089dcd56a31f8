//! The document round every page.

use axum::http::request::Parts;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::{app::App, ui::here};

/// Applies the colours a reader chose before anything is painted; without a choice the system's hold.
const THEME: &str =
    "try{const t=localStorage.getItem('theme');if(t)document.documentElement.dataset.theme=t}catch{}";

pub fn shell(options: LeptosOptions) -> impl IntoView {
    let path = use_context::<Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
    let locale = here::locale_of(&path);
    let styles = format!("/{}/{}.css", options.site_pkg_dir, options.output_name);
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=styles/>
                <script>{THEME}</script>
                <AutoReload options=options.clone()/>
                <HydrationScripts options islands=true/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
