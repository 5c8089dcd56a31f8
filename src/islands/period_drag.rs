//! Choice of a period by dragging across the chart of explore. The fields of the form are the way of the keyboard and of touch, with which
//! a drag reads the values instead.

use std::cell::Cell;

use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, closure::Closure},
};
use web_sys::{
    Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTemplateElement, PointerEvent,
};

use super::readout::positions;

/// Minimum distance of a drag, in pixels; less is a click.
const LEAST: i32 = 8;

thread_local! {
    /// Where the pointer went down, in pixels of the window.
    static BEGIN: Cell<Option<i32>> = const { Cell::new(None) };
    /// Whether the next click ends a drag, and is not for the readout.
    static ENDS_DRAG: Cell<bool> = const { Cell::new(false) };
    /// Navigates to the state that the form describes.
    static SEND: Cell<Option<fn(&HtmlFormElement)>> = const { Cell::new(None) };
}

/// Attaches the listeners, which hear of an event before the readout does.
pub fn wake(send: fn(&HtmlFormElement)) {
    SEND.set(Some(send));
    for name in ["pointerdown", "pointermove", "pointerup", "pointercancel", "keydown", "click"] {
        let listener = Closure::<dyn FnMut(Event)>::new(|event: Event| {
            let _ = act(&event);
        });
        let heard = listener.as_ref().unchecked_ref();
        let _ = document().add_event_listener_with_callback_and_bool(name, heard, true);
        listener.forget();
    }
}

/// Returns none where the event changes nothing.
fn act(event: &Event) -> Option<()> {
    let name = event.type_();
    if name == "click" {
        if ENDS_DRAG.take() {
            event.stop_propagation();
        }
        return None;
    }
    if name == "pointermove" {
        BEGIN.get()?;
    }
    let readout = document().query_selector("#chart .readout").ok()??.unchecked_into::<HtmlElement>();
    let is_escape = || name == "keydown" && event.unchecked_ref::<web_sys::KeyboardEvent>().key() == "Escape";
    if name == "pointercancel" || is_escape() {
        BEGIN.take()?;
        ENDS_DRAG.set(true);
        return band(&readout, 0, 0);
    }
    if name == "keydown" {
        return None;
    }
    let pointer = event.unchecked_ref::<PointerEvent>();
    let x = pointer.client_x();
    if name == "pointerdown" {
        ENDS_DRAG.set(false);
        let target = event.target()?.unchecked_into::<Element>();
        let starts = pointer.button() == 0
            && pointer.pointer_type() != "touch"
            && target.closest(".readout-card").ok()?.is_none()
            && readout.contains(Some(&target));
        BEGIN.set(starts.then_some(x));
        return None;
    }
    let begin = BEGIN.get()?;
    let (from, to) = (begin.min(x), begin.max(x));
    let drags = to - from >= LEAST;
    if name == "pointermove" {
        return if drags { band(&readout, from, to) } else { None };
    }
    BEGIN.take();
    band(&readout, 0, 0);
    ENDS_DRAG.set(drags);
    if drags { choose(&readout, from, to) } else { None }
}

/// Marks a span of the chart, in pixels of the window.
fn band(readout: &HtmlElement, from: i32, to: i32) -> Option<()> {
    let mark = match readout.query_selector(".readout-band").ok()? {
        Some(mark) => mark,
        None => {
            readout.insert_adjacent_html("beforeend", "<div class=\"readout-band\"></div>").ok()?;
            readout.last_element_child()?
        }
    };
    let style = mark.unchecked_into::<HtmlElement>().style();
    let left = from - readout.get_bounding_client_rect().left() as i32;
    style.set_property("left", &[&*left.to_string(), "px"].concat()).ok()?;
    style.set_property("width", &[&*(to - from).to_string(), "px"].concat()).ok()
}

/// Writes the periods with values in the span to the fields, and sends the form.
fn choose(readout: &HtmlElement, from: i32, to: i32) -> Option<()> {
    let template = readout.query_selector("template").ok()??.unchecked_into::<HtmlTemplateElement>();
    let columns = template.content().children();
    let bounds = readout.get_bounding_client_rect();
    let thousandth = |x: i32| (x - bounds.left() as i32) * 1000 / (bounds.width() as i32).max(1);
    let span = thousandth(from)..=thousandth(to);
    let inside = |column: &Element| positions(readout, column).iter().any(|at| span.contains(at));
    let mut codes = (0..columns.length())
        .filter_map(|at| columns.item(at))
        .filter(inside)
        .filter_map(|column| column.get_attribute("data-code"));
    let first = codes.next()?;
    let last = codes.next_back().unwrap_or_else(|| first.clone());
    let mut form = None;
    for (id, code) in [("c-start", first), ("c-end", last)] {
        let field = document().get_element_by_id(id)?.unchecked_into::<HtmlInputElement>();
        // The placeholder is where all values begin or end, which is no choice.
        field.set_value(if field.placeholder() == code { "" } else { &code });
        form = field.form();
    }
    SEND.get()?(&form?);
    Some(())
}
