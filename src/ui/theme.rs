//! Light or dark, where the reader wants something else than his system says.

use leptos::prelude::*;

use super::here;

/// A button that turns the colours round and remembers it on this device. Without script the page follows the system,
/// and the button, which could do nothing, is not shown.
#[island]
pub fn ThemeSwitch() -> impl IntoView {
    let locale = here::locale_of_island();
    let is_dark = RwSignal::new(false);
    let ready = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        is_dark.set(browser::is_dark());
        ready.set(true);
    });
    let turn = move |_| {
        is_dark.update(|dark| *dark = !*dark);
        #[cfg(feature = "hydrate")]
        browser::set(is_dark.get_untracked());
    };
    let next = move || match is_dark.get() {
        true => locale.pick("Light", "浅色"),
        false => locale.pick("Dark", "深色"),
    };
    view! {
        <button type="button" class="theme" class:ready=move || ready.get() on:click=turn>
            <span class="visually-hidden">{locale.pick("Colours", "配色")} ": "</span>
            {next}
        </button>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    //! What the browser knows of colours. `data-theme` on the root element overrules the system; the script in the
    //! page's head sets it from the same key before anything is painted.

    use leptos::prelude::*;

    const KEY: &str = "theme";

    pub fn is_dark() -> bool {
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

    pub fn set(dark: bool) {
        let theme = if dark { "dark" } else { "light" };
        if let Some(root) = document().document_element() {
            // Neither can fail in a way the reader would want to hear of: private windows may refuse to remember.
            let _ = root.set_attribute("data-theme", theme);
        }
        if let Ok(Some(storage)) = window().local_storage() {
            let _ = storage.set_item(KEY, theme);
        }
    }
}
