//! With script: the page follows each change without being loaded anew. Every state still has its address, and the way back works.

use leptos::prelude::*;

/// Wakes the form, the links and the sliders of the page. Without it they are plain: a change is sent by its button.
#[island]
pub fn Workbench() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::wake();
    view! { <span hidden></span> }
}

#[cfg(feature = "hydrate")]
mod browser {
    //! One set of listeners for as long as the page lives; what they serve is replaced with each answer.

    use std::cell::{Cell, RefCell};

    use leptos::{
        prelude::*,
        wasm_bindgen::{JsCast, JsValue, closure::Closure},
    };
    use web_sys::{Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement, MouseEvent};

    use crate::islands::fetch;

    thread_local! {
        static AWAKE: Cell<bool> = const { Cell::new(false) };
        /// Counts what was asked for, so that a late answer to an earlier question is not shown.
        static LATEST: Cell<u32> = const { Cell::new(0) };
        /// Path and query string of the state that is shown.
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
        SHOWN.set(address());
        // A way to a place on the page is no way to another state.
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
        // Words to find are sent when they are complete.
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

    /// Goes to what the form says; what is not chosen has no place in the address.
    fn send(form: &HtmlFormElement) {
        let Ok(data) = web_sys::FormData::new_with_form(form) else { return };
        let Ok(all) = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data) else { return };
        let all = String::from(all.to_string());
        let chosen: Vec<&str> = all.split('&').filter(|pair| !pair.ends_with('=')).collect();
        let path = window().location().pathname().unwrap_or_default();
        go(&format!("{path}?{}", chosen.join("&")), true);
    }

    /// Follows links to other states of this page; all others, and those that open elsewhere, are the browser's.
    fn clicked(event: &Event) {
        let Some(element) = target(event) else { return };
        if let Ok(Some(button)) = element.closest("button[data-full]") {
            let figure = button.get_attribute("data-full").and_then(|id| document().get_element_by_id(&id));
            let _ = figure.map(|figure| figure.request_fullscreen());
            return;
        }
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

    /// A slider that moves says where it is, in the field it stands for.
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
        // At its end it chooses nothing.
        let rests = slider.get_attribute("data-rest").as_deref() == Some(&at);
        field.unchecked_into::<HtmlInputElement>().set_value(if rests { "" } else { code });
    }

    fn go(to: &str, push: bool) {
        let number = LATEST.get().wrapping_add(1);
        LATEST.set(number);
        let to = to.to_owned();
        fetch::get(&to.clone(), move |answer| {
            if LATEST.get() != number {
                return;
            }
            // What cannot be shown in place the browser loads.
            let Some(address) = answer.as_deref().and_then(show) else {
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

    /// Puts the contents of a page in place of this one's; the one address of its state, where it says.
    fn show(html: &str) -> Option<Option<String>> {
        let between = |start: &str, end: &str| {
            let from = html.find(start)? + start.len();
            html[from..].find(end).map(|length| &html[from..from + length])
        };
        let (contents, title) = (between("<main id=\"main\">", "</main>")?, between("<title>", "</title>")?);
        let main = document().get_element_by_id("main")?;
        let focused = document().active_element().map(|element| element.id()).unwrap_or_default();
        let open = document().query_selector(".facets-box[open]").ok().flatten().is_some();
        main.set_inner_html(contents);
        // The text of a title is text, whatever signs it is written with.
        if let Ok(Some(element)) = document().query_selector("title") {
            element.set_inner_html(title);
        }
        let other = attribute(html, "class=\"language\"", "href");
        if let (Some(href), Ok(Some(link))) = (other, document().query_selector("a.language")) {
            let _ = link.set_attribute("href", &href);
        }
        if open && let Ok(Some(fold)) = document().query_selector(".facets-box") {
            let _ = fold.set_attribute("open", "");
        }
        if let Some(element) = document().get_element_by_id(&focused) {
            let _ = element.unchecked_into::<HtmlElement>().focus();
        }
        hydrate(&main);
        Some(attribute(html, "data-address=", "data-address"))
    }

    /// An attribute of the first element in whose tag some text stands.
    fn attribute(html: &str, sign: &str, name: &str) -> Option<String> {
        let at = html.find(sign)?;
        let tag = &html[html[..at].rfind('<')?..];
        let tag = &tag[..tag.find('>')?];
        let value = &tag[tag.find(&format!(" {name}=\""))? + name.len() + 3..];
        Some(value[..value.find('"')?].replace("&amp;", "&"))
    }

    /// Wakes the islands among the new contents, by the way that the page's own script has for it.
    fn hydrate(main: &Element) {
        let wake = js_sys::Reflect::get(&window(), &"wakeIslands".into());
        if let Some(wake) = wake.ok().and_then(|wake| wake.dyn_into::<js_sys::Function>().ok()) {
            let _ = wake.call1(&JsValue::NULL, main);
        }
    }
}
