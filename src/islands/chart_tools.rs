//! Buttons below a chart: its table in place of the drawing, copies of picture and table, the share sheet, full screen.

use leptos::prelude::*;

/// Carries out what the buttons in it name in `data-tool`. The server writes the buttons; without script they are not shown, and those that
/// the browser cannot carry out are hidden (`style/chart.css`, by the words that [`browser::tell_abilities`] writes). The page is complete
/// without them: its downloads have the picture and the table.
#[island]
pub fn ChartTools(children: Children) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::tell_abilities();
    #[cfg(feature = "hydrate")]
    let act = browser::act;
    #[cfg(not(feature = "hydrate"))]
    let act = |_: &leptos::ev::Event| {};
    view! {
        <div class="chart-tools" on:click=move |event| act(&event)>
            {children()}
            <span role="status"></span>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use js_sys::{
        Array, Object, Promise, Reflect,
        futures::{JsFuture, future_to_promise},
    };
    use leptos::{
        prelude::*,
        task::spawn_local,
        wasm_bindgen::{JsCast, JsValue},
    };
    use web_sys::{ClipboardItem, Element, Event, HtmlElement, Response, ShareData};

    use crate::islands::{chart_table, page_locale};

    /// Writes what this browser can do to the root element, for the style sheet.
    pub fn tell_abilities() {
        let (window, document) = (window(), document());
        let navigator = window.navigator();
        let has = |object: &JsValue, name: &str| Reflect::has(object, &name.into()).unwrap_or_default();
        let mut can = String::new();
        for (word, able) in [
            ("copy ", has(&navigator, "clipboard") && has(&window, "ClipboardItem")),
            ("share ", has(&navigator, "share")),
            ("full", document.fullscreen_enabled()),
        ] {
            can.push_str(if able { word } else { "" });
        }
        let _ = document.document_element().map(|root| root.set_attribute("data-can", &can));
    }

    pub fn act(event: &Event) {
        let _ = try_act(event);
    }

    /// Returns none where the event changes nothing.
    fn try_act(event: &Event) -> Option<()> {
        let button = event.target()?.unchecked_into::<Element>().closest("button").ok()??;
        let figure = button.closest("figure").ok()??.unchecked_into::<HtmlElement>();
        let clipboard = || window().navigator().clipboard();
        match button.get_attribute("data-tool")?.as_str() {
            "table" => switch(&figure)?,
            "copy-table" => {
                let text = chart_table::tab_separated(&figure, page_locale())?;
                report(&figure, clipboard().write_text(&text));
            }
            "copy-picture" => {
                let item = picture_item(button.get_attribute("data-picture")?)?;
                report(&figure, clipboard().write(&Array::of1(&item)));
            }
            "share" => share(&figure)?,
            _ => fill_screen(&figure)?,
        }
        Some(())
    }

    /// Shows the table instead of the drawing, or the drawing again.
    fn switch(figure: &Element) -> Option<()> {
        if figure.query_selector(".chart-table").ok()?.is_none() {
            let html = chart_table::html(figure, page_locale())?;
            let drawing = figure.query_selector(".chart-drawing").ok()??;
            drawing.insert_adjacent_html("afterend", &html).ok()?;
        }
        figure.toggle_attribute("data-table").ok().map(drop)
    }

    /// Returns the picture of an address for the clipboard, before it is fetched: some browsers only copy within the click.
    fn picture_item(address: String) -> Option<ClipboardItem> {
        let picture = future_to_promise(async move {
            let answer: Response = JsFuture::from(window().fetch_with_str(&address)).await?.unchecked_into();
            if !answer.ok() {
                return Err(JsValue::NULL);
            }
            JsFuture::from(answer.blob()?).await
        });
        let record = Object::new();
        Reflect::set(&record, &"image/png".into(), &picture).ok()?;
        ClipboardItem::new_with_record_from_str_to_blob_promise(&record).ok()
    }

    /// Says whether it was copied.
    fn report(figure: &Element, copied: Promise) {
        let Ok(Some(status)) = figure.query_selector("[role=status]") else { return };
        spawn_local(async move {
            let text = match JsFuture::from(copied).await {
                Ok(_) => page_locale().pick("Copied", "已复制"),
                Err(_) => page_locale().pick("Could not be copied", "未能复制"),
            };
            status.set_text_content(Some(text));
        });
    }

    /// Opens the share sheet with the title and the address of the chart.
    fn share(figure: &Element) -> Option<()> {
        let here = window().location().href().ok()?;
        let page = here.split('#').next().unwrap_or_default();
        let data = ShareData::new();
        data.set_title(&figure.first_element_child()?.text_content()?);
        data.set_url(&format!("{page}#{}", figure.id()));
        let shared = window().navigator().share_with_data(&data);
        // A reader who closes the sheet has not met an error.
        spawn_local(async move {
            let _ = JsFuture::from(shared).await;
        });
        Some(())
    }

    /// Fills the screen with the figure. The style sheet makes the drawing as large as fits, for which it needs its proportions.
    fn fill_screen(figure: &HtmlElement) -> Option<()> {
        let drawing = figure.query_selector(".chart-drawing").ok()??.get_bounding_client_rect();
        if drawing.height() > 0.0 {
            let ratio = (drawing.width() / drawing.height()).to_string();
            figure.style().set_property("--ratio", &ratio).ok()?;
        }
        figure.request_fullscreen().ok()
    }
}
