//! Strip of the front page that leads to what changed since a reader's last visit. Which revision was seen stays in the browser.

use leptos::prelude::*;

/// Link to the changes since the revision that was seen last. Hidden until the browser knows of an older one; without script it stays so.
/// The element around it says in `data-revision` which revision the page shows.
#[island]
pub fn SinceVisit() -> impl IntoView {
    let locale = super::page_locale();
    let seen = move |_| {
        #[cfg(feature = "hydrate")]
        browser::seen();
    };
    #[cfg(feature = "hydrate")]
    request_animation_frame(browser::show);
    view! {
        <p id="since-visit" class="result" hidden>
            <a href=format!("/{locale}/changes") on:click=seen>
                {locale.pick("What changed in the data since your last visit", "自您上次访问以来的数据变更")}
            </a>
            " "
            <button type="button" on:click=seen>{locale.pick("Dismiss", "知道了")}</button>
        </p>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    //! The last revision seen stands in the storage of the browser.

    use leptos::prelude::*;
    use web_sys::Storage;

    const KEY: &str = "revision";

    /// The storage, if the browser has one: private windows may refuse it.
    fn storage() -> Option<Storage> {
        window().local_storage().ok()?
    }

    /// Revision that the page shows; none on a page about an older state.
    fn shown() -> Option<String> {
        document().query_selector("[data-revision]").ok()??.get_attribute("data-revision")
    }

    /// Shows the strip if an older revision was seen last. A first visit is only noted.
    pub fn show() {
        let (Some(storage), Some(shown)) = (storage(), shown()) else { return };
        let Ok(Some(last)) = storage.get_item(KEY) else { return seen() };
        if last == shown {
            return;
        }
        let Some(strip) = document().get_element_by_id("since-visit") else { return };
        if let Some(link) = strip.first_element_child() {
            let address = link.get_attribute("href").unwrap_or_default();
            let _ = link.set_attribute("href", &(address + "?since=" + &last));
        }
        let _ = strip.remove_attribute("hidden");
    }

    /// Notes that the revision of the page was seen.
    pub fn seen() {
        if let (Some(storage), Some(shown)) = (storage(), shown()) {
            let _ = storage.set_item(KEY, &shown);
        }
        if let Some(strip) = document().get_element_by_id("since-visit") {
            let _ = strip.set_attribute("hidden", "");
        }
    }
}
