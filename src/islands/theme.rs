//! Light and dark mode, for readers who override the system setting.

use leptos::prelude::*;

/// Button that toggles between light and dark and stores the choice on this device. It is labelled with the mode it switches to: it
/// contains both labels, and the style sheet, which knows the current mode, shows one. Without script the page follows the system and the
/// button is hidden.
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
    //! Browser state of the colour mode. `data-theme` on the root element overrides the system; the script in the page's head sets it from
    //! the same key before first paint.

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
            // Errors are ignored: private windows may refuse storage, and the reader need not know.
            let _ = root.set_attribute("data-theme", theme);
        }
        if let Ok(Some(storage)) = window().local_storage() {
            let _ = storage.set_item(KEY, theme);
        }
    }
}
