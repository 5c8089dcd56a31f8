//! Interactive readout: values under a pointer, a finger or the arrow keys.

use leptos::prelude::*;

use crate::text::Locale;

/// Overlays a chart's drawing and shows the values of the period nearest to the pointer; the left and right keys move between periods. A
/// click or Enter keeps them in view, with their sources and notes, until Escape or a second click. The page is complete without it: the
/// same values are in the table and the summary.
///
/// The child is a `template` with an element per period, which the server has filled with what is shown
/// ([`ReadoutView::html`](crate::charts::ReadoutView::html)): the browser copies it and draws nothing itself. `public/embedded.js` does
/// the same in a frame.
#[island]
pub fn Readout(children: Children) -> impl IntoView {
    let locale = super::page_locale();
    #[cfg(feature = "ssr")]
    let label = use_context::<ReadoutLabel>().map(|label| label.0);
    #[cfg(not(feature = "ssr"))]
    let label = None::<String>;
    #[cfg(feature = "hydrate")]
    let act = browser::act;
    #[cfg(not(feature = "hydrate"))]
    let act = |_: &leptos::ev::Event| {};
    view! {
        <div
            class="readout"
            tabindex="0"
            role="application"
            aria-roledescription=kind(locale)
            aria-label=label
            on:pointermove=move |event| act(&event)
            on:pointerdown=move |event| act(&event)
            on:pointerleave=move |event| act(&event)
            on:click=move |event| act(&event)
            on:keydown=move |event| act(&event)
            on:focusout=move |event| act(&event)
        >
            {children()}
            <div class="readout-shown"></div>
            <div class="visually-hidden" aria-live="polite"></div>
        </div>
    }
}

/// Accessible name of a readout, passed by context: island properties would require a JSON parser, and the browser leaves it unchanged.
#[derive(Clone)]
pub struct ReadoutLabel(pub String);

/// Returns what assistive technology calls a readout.
pub fn kind(locale: Locale) -> &'static str {
    locale.pick("chart values", "图表数值")
}

/// Returns the accessible name of the readout of a chart: its title, and the keys.
pub fn label(title: &str, locale: Locale) -> String {
    let help = locale.pick(
        "Left and right arrow keys go from period to period, Home and End to the first and the last; Enter keeps the values with their \
         sources, Escape closes.",
        "用左右方向键逐个时段浏览，Home 和 End 到首尾；Enter 固定数值并显示来源，Esc 关闭。",
    );
    locale.pick(format!("Values of the chart: {title}. {help}"), format!("图表数值：{title}。{help}"))
}

#[cfg(feature = "hydrate")]
pub use browser::positions;

#[cfg(feature = "hydrate")]
mod browser {
    //! The state of a readout stands in its attributes: the number of the column shown, and whether it is kept.

    use leptos::wasm_bindgen::JsCast;
    use web_sys::{
        Element, Event, HtmlCollection, HtmlElement, HtmlTemplateElement, KeyboardEvent, PointerEvent,
    };

    const SHOWN: &str = "data-shown";
    const PINNED: &str = "data-pinned";

    /// Width from which the wide drawing is shown; must match `style/chart.css`.
    const BREAKPOINT: i32 = 640;

    pub fn act(event: &Event) {
        let _ = try_act(event);
    }

    /// Returns none where the event changes nothing.
    fn try_act(event: &Event) -> Option<()> {
        let readout = event.current_target()?.unchecked_into::<HtmlElement>();
        let template = readout.query_selector("template").ok()??.unchecked_into::<HtmlTemplateElement>();
        let columns = template.content().children();
        let last = columns.length().checked_sub(1)?;
        let shown = readout.get_attribute(SHOWN).and_then(|at| at.parse::<u32>().ok());
        let is_pinned = readout.has_attribute(PINNED);
        let in_card = event.target()?.unchecked_into::<Element>().closest(".readout-card").ok()?.is_some();
        let (to, pins, aloud) = match event.type_().as_str() {
            "keydown" => {
                let key = event.unchecked_ref::<KeyboardEvent>().key();
                let (to, pins) = match key.as_str() {
                    "Escape" => (None, false),
                    _ if in_card => return None,
                    "Enter" => (Some(shown?), !is_pinned),
                    "ArrowRight" | "ArrowUp" => (Some(shown.map_or(0, |at| last.min(at + 1))), false),
                    "ArrowLeft" | "ArrowDown" => (Some(shown.map_or(last, |at| at.saturating_sub(1))), false),
                    "Home" => (Some(0), false),
                    "End" => (Some(last), false),
                    _ => return None,
                };
                event.prevent_default();
                if is_pinned {
                    let _ = readout.focus();
                }
                (to, pins, true)
            }
            "click" if in_card => return None,
            "click" => {
                let to = nearest(&readout, &columns, event.unchecked_ref())?;
                (Some(to), !(is_pinned && shown == Some(to)), false)
            }
            _ if is_pinned => return None,
            "pointerleave" if event.unchecked_ref::<PointerEvent>().pointer_type() != "mouse" => return None,
            "pointerleave" | "focusout" => (None, false, false),
            _ => (Some(nearest(&readout, &columns, event.unchecked_ref())?), false, false),
        };
        let html = to.and_then(|at| columns.item(at)).map(|column| column.inner_html()).unwrap_or_default();
        let _ = readout.set_attribute(SHOWN, &to.map(|at| at.to_string()).unwrap_or_default());
        let _ = readout.toggle_attribute_with_force(PINNED, pins);
        let card = readout.query_selector(".readout-shown").ok()??.unchecked_into::<HtmlElement>();
        card.set_inner_html(&html);
        if aloud {
            let said = card.inner_text().replace('\n', "; ");
            card.next_element_sibling()?.set_text_content(Some(&said));
        }
        Some(())
    }

    /// Returns the number of the column with a value nearest to the pointer.
    fn nearest(readout: &Element, columns: &HtmlCollection, event: &PointerEvent) -> Option<u32> {
        let bounds = readout.get_bounding_client_rect();
        let at = (event.client_x() - bounds.left() as i32) * 1000 / (bounds.width() as i32).max(1);
        let away = |column: u32| -> Option<i32> {
            positions(readout, &columns.item(column)?).iter().map(|place| (place - at).abs()).min()
        };
        (0..columns.length()).min_by_key(|column| away(*column).unwrap_or(i32::MAX))
    }

    /// Returns where the values of a column stand in the drawing that is shown, in thousandths of its width.
    pub fn positions(readout: &Element, column: &Element) -> Vec<i32> {
        let wide = readout.client_width() >= BREAKPOINT && !readout.matches(".small *").unwrap_or_default();
        let places = column.get_attribute(if wide { "data-wide" } else { "data-narrow" }).unwrap_or_default();
        places.split(' ').filter_map(|place| place.parse().ok()).collect()
    }
}
