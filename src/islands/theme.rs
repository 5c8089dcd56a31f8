//! Light or dark, where the reader wants something else than his system says.

use leptos::prelude::*;

/// A button that turns the colours round and remembers it on this device. It names what it turns them to: both words stand in it, and the
/// style sheet, which knows what holds, shows one. Without script the page follows the system, and the button, which could do nothing, is
/// not shown.
#[island]
pub fn ThemeSwitch() -> impl IntoView {
    let locale = super::page_locale();
    let turn = move |_| {
        #[cfg(feature = "hydrate")]
        browser::turn();
    };
    view! {
        <button type="button" class="theme" on:click=turn>
            <span class="visually-hidden">{locale.pick("Colours", "配色")} ": "</span>
            <span class="to-dark">{locale.pick("Dark", "深色")}</span>
            <span class="to-light">{locale.pick("Light", "浅色")}</span>
        </button>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    //! What the browser knows of colours. `data-theme` on the root element overrules the system; the script in the
    //! page's head sets it from the same key before anything is painted.

    use leptos::prelude::*;

    const KEY: &str = "theme";

    fn is_dark() -> bool {
        let root = document().document_element();
        match root.and_then(|root| root.get_attribute("data-theme")).as_deref() {
            Some("dark") => true,
            Some(_) => false,
            None => window()
                .match_media("(prefers-color-scheme: dark)")
                .ok()
                .flatten()
                .is_some_and(|query| query.matches()),
        }
    }

    pub fn turn() {
        let theme = if is_dark() { "light" } else { "dark" };
        if let Some(root) = document().document_element() {
            // Neither can fail in a way the reader would want to hear of: private windows may refuse to remember.
            let _ = root.set_attribute("data-theme", theme);
        }
        if let Ok(Some(storage)) = window().local_storage() {
            let _ = storage.set_item(KEY, theme);
        }
    }
}
