//! Search suggestions while the reader types.

use leptos::{ev, prelude::*};

/// Shows completions below the search field among its children: the list of links that [`suggestions`](super::suggestions::suggestions) returns. Arrow
/// keys move through the links, Escape closes the list. Without script the field is a plain form that leads to the search page.
#[island]
pub fn Suggest(children: Children) -> impl IntoView {
    let list = RwSignal::new(String::new());
    let said = RwSignal::new(String::new());
    let close = move || {
        list.set(String::new());
        said.set(String::new());
    };
    #[cfg(feature = "hydrate")]
    let typed = move |event: ev::Event| {
        let locale = super::page_locale();
        browser::ask(&event, locale, move |html| {
            let count = html.as_bytes().windows(3).filter(|tag| tag == b"<li").count();
            said.set(match count {
                0 => locale.pick("Nothing begins like this", "没有匹配项").to_owned(),
                _ => {
                    let some = locale.pick("suggestions; arrow keys choose", "条建议，可用方向键选择");
                    format!("{count} {some}")
                }
            });
            list.set(html);
        });
    };
    #[cfg(not(feature = "hydrate"))]
    let typed = |_: ev::Event| {};
    let pressed = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Escape" => close(),
        #[cfg(feature = "hydrate")]
        "ArrowDown" => browser::step(&event, 1),
        #[cfg(feature = "hydrate")]
        "ArrowUp" => browser::step(&event, -1),
        _ => {}
    };
    let left = move |event: ev::FocusEvent| {
        if leaves(&event) {
            close();
        }
    };
    view! {
        <div class="suggest" on:input=typed on:keydown=pressed on:focusout=left>
            {children()}
            <div class="suggestions" inner_html=move || list.get()></div>
            <div class="visually-hidden" aria-live="polite">{said}</div>
        </div>
    }
}

/// Returns whether the focus moves to an element outside.
fn leaves(event: &ev::FocusEvent) -> bool {
    #[cfg(feature = "hydrate")]
    {
        use leptos::wasm_bindgen::JsCast;
        let inside = event.current_target().zip(event.related_target());
        !inside.is_some_and(|(own, next)| {
            own.unchecked_ref::<web_sys::Node>().contains(next.dyn_ref::<web_sys::Node>())
        })
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = event;
        true
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    //! Input field, list of links, and requests to the server.

    use std::{cell::Cell, time::Duration};

    use leptos::{prelude::*, wasm_bindgen::JsCast};

    use crate::{islands::suggestions::suggestions, text::Locale};

    /// Pause after the last key before the server is queried.
    const DEBOUNCE: Duration = Duration::from_millis(120);

    thread_local! {
        /// Request counter, used to discard late responses to earlier queries.
        static LATEST: Cell<u32> = const { Cell::new(0) };
    }

    pub fn ask(event: &web_sys::Event, locale: Locale, show: impl FnOnce(String) + 'static) {
        let Some(field) =
            event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok())
        else {
            return;
        };
        let number = LATEST.get().wrapping_add(1);
        LATEST.set(number);
        let text = field.value();
        set_timeout(
            move || {
                if LATEST.get() == number {
                    leptos::task::spawn_local(async move {
                        // Failures are ignored: suggestions are optional.
                        let html = suggestions(locale, text).await.ok();
                        if let Some(html) = html.filter(|_| LATEST.get() == number) {
                            show(html);
                        }
                    });
                }
            },
            DEBOUNCE,
        );
    }

    /// Moves the focus to the next or previous link, from the field to the first link and from the first link back to the field.
    pub fn step(event: &web_sys::KeyboardEvent, by: i32) {
        let focused = document().active_element();
        let own = event.current_target().and_then(|own| own.dyn_into::<web_sys::Element>().ok());
        let (Some(focused), Some(own)) = (focused, own) else { return };
        let item = focused.closest("li").ok().flatten();
        let next = match (&item, by) {
            (None, 1) => own.query_selector("li a").ok().flatten(),
            (Some(item), 1) => item.next_element_sibling(),
            (Some(item), _) => item.previous_element_sibling(),
            (None, _) => return,
        };
        let link = match (&item, next) {
            (_, Some(next)) if next.tag_name() == "A" => Some(next),
            (_, Some(next)) => next.query_selector("a").ok().flatten(),
            (Some(_), None) if by < 0 => own.query_selector("input").ok().flatten(),
            (_, None) => None,
        };
        if let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
            event.prevent_default();
            let _ = link.focus();
        }
    }
}
