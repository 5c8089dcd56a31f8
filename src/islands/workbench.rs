//! In-place updates of the explore page: each change replaces the contents without a reload. Every state has its own address, and the back
//! button works.

use leptos::prelude::*;

/// Attaches event handlers to the form, links and sliders of the page. Without it the form is submitted by its button.
#[island]
pub fn Workbench() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::wake();
    view! { <span hidden></span> }
}

#[cfg(feature = "hydrate")]
mod browser {
    //! One set of listeners for the lifetime of the page; the contents they act on are replaced with each response.

    use std::cell::{Cell, RefCell};

    use leptos::{
        prelude::*,
        wasm_bindgen::{JsCast, JsValue, closure::Closure},
    };
    use web_sys::{Document, Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement, MouseEvent};

    use crate::islands::{fetch, period_drag};

    thread_local! {
        static AWAKE: Cell<bool> = const { Cell::new(false) };
        /// Request counter, used to discard late responses to earlier requests.
        static LATEST: Cell<u32> = const { Cell::new(0) };
        /// Path and query string of the displayed state.
        static SHOWN: RefCell<String> = const { RefCell::new(String::new()) };
    }

    pub fn wake() {
        if AWAKE.replace(true) {
            return;
        }
        on(&document(), "change", changed);
        on(&document(), "submit", submitted);
        on(&document(), "click", clicked);
        on(&document(), "input", slid);
        period_drag::wake(send);
        SHOWN.set(address());
        // A change of the fragment alone is not a change of state.
        on(&window(), "popstate", |_| {
            let address = address();
            if SHOWN.with_borrow(|shown| *shown != address) {
                go(&address, false);
            }
        });
    }

    fn on(target: &web_sys::EventTarget, name: &str, act: fn(&Event)) {
        let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| act(&event));
        let _ = target.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        listener.forget();
    }

    fn address() -> String {
        let here = window().location();
        here.pathname().unwrap_or_default() + &here.search().unwrap_or_default()
    }

    fn target(event: &Event) -> Option<Element> {
        event.target()?.dyn_into().ok()
    }

    fn form_of(element: &Element) -> Option<HtmlFormElement> {
        element.closest("form.explore-form").ok().flatten()?.dyn_into().ok()
    }

    fn changed(event: &Event) {
        let Some(element) = target(event) else { return };
        // Search text is submitted only when it is complete.
        if element.id() != "c-find"
            && let Some(form) = form_of(&element)
        {
            send(&form);
        }
    }

    fn submitted(event: &Event) {
        if let Some(form) = target(event).and_then(|element| form_of(&element)) {
            event.prevent_default();
            send(&form);
        }
    }

    /// Navigates to the state that the form describes; parameters without a choice are omitted from the address.
    fn send(form: &HtmlFormElement) {
        let Ok(data) = web_sys::FormData::new_with_form(form) else { return };
        let Ok(all) = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data) else { return };
        let all = String::from(all.to_string());
        let chosen: Vec<&str> = all.split('&').filter(|pair| !pair.ends_with('=')).collect();
        let path = window().location().pathname().unwrap_or_default();
        go(&format!("{path}?{}", chosen.join("&")), true);
    }

    /// Intercepts links to other states of this page; all other links, and those that open elsewhere, are left to the browser.
    fn clicked(event: &Event) {
        let Some(element) = target(event) else { return };
        let mouse = event.unchecked_ref::<MouseEvent>();
        if mouse.button() != 0
            || mouse.ctrl_key()
            || mouse.meta_key()
            || mouse.shift_key()
            || event.default_prevented()
        {
            return;
        }
        let link = element.closest("main a[href]").ok().flatten();
        let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlAnchorElement>().ok()) else {
            return;
        };
        let here = window().location();
        let stays = link.pathname() == here.pathname().unwrap_or_default()
            && link.search() != here.search().unwrap_or_default();
        if stays {
            event.prevent_default();
            go(&format!("{}{}", link.pathname(), link.search()), true);
        }
    }

    /// Copies the position of a moved slider to the field that it controls.
    fn slid(event: &Event) {
        let Some(slider) = target(event).and_then(|element| element.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        let Some(field) = slider.get_attribute("data-for").and_then(|id| document().get_element_by_id(&id))
        else {
            return;
        };
        let codes =
            slider.closest("[data-codes]").ok().flatten().and_then(|all| all.get_attribute("data-codes"));
        let codes = codes.unwrap_or_default();
        let at = slider.value();
        let code = at.parse().ok().and_then(|at| codes.split(' ').nth(at)).unwrap_or_default();
        let _ = slider.set_attribute("aria-valuetext", code);
        // At its end position the slider means no choice.
        let rests = slider.get_attribute("data-rest").as_deref() == Some(&at);
        field.unchecked_into::<HtmlInputElement>().set_value(if rests { "" } else { code });
    }

    fn go(to: &str, push: bool) {
        let number = LATEST.get().wrapping_add(1);
        LATEST.set(number);
        let to = to.to_owned();
        leptos::task::spawn_local(async move {
            let answer = fetch::get(&to).await;
            if LATEST.get() != number {
                return;
            }
            // A response that cannot be shown in place is loaded by the browser.
            let Some(address) = answer.as_ref().and_then(show) else {
                let _ = window().location().assign(&to);
                return;
            };
            let address = if push { address.unwrap_or(to) } else { to };
            if push {
                let _ = window()
                    .history()
                    .and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(&address)));
            }
            SHOWN.set(address);
        });
    }

    /// Replaces the contents of the page by those of another and returns the canonical address of its state, if it contains one. Returns
    /// `None` if the other page has no contents.
    fn show(page: &Document) -> Option<Option<String>> {
        let contents = page.get_element_by_id("main")?;
        let old = document().get_element_by_id("main")?;
        let focused = document().active_element().map(|element| element.id()).unwrap_or_default();
        let open = find(&document(), ".facets-box[open]").is_some();
        // Its elements move here as they are: written as text and read again, they would take twice the time.
        let main = document().adopt_node(&contents).ok()?.unchecked_into::<Element>();
        old.replace_with_with_node_1(&main).ok()?;
        document().set_title(&page.title());
        let language = |page: &Document| find(page, "a.language");
        if let (Some(other), Some(own)) = (language(page), language(&document())) {
            let _ = own.set_attribute("href", &other.get_attribute("href").unwrap_or_default());
        }
        if open && let Some(fold) = find(&document(), ".facets-box") {
            let _ = fold.set_attribute("open", "");
        }
        if let Some(element) = document().get_element_by_id(&focused) {
            let _ = element.unchecked_into::<HtmlElement>().focus();
        }
        hydrate(&main);
        let state = main.query_selector("[data-address]").ok().flatten();
        Some(state.and_then(|element| element.get_attribute("data-address")))
    }

    fn find(page: &Document, selector: &str) -> Option<Element> {
        page.query_selector(selector).ok().flatten()
    }

    /// Hydrates the islands in the new contents with the function that the page's own script provides.
    fn hydrate(main: &Element) {
        let wake = js_sys::Reflect::get(&window(), &"wakeIslands".into());
        if let Some(wake) = wake.ok().and_then(|wake| wake.dyn_into::<js_sys::Function>().ok()) {
            let _ = wake.call1(&JsValue::NULL, main);
        }
    }
}
