//! Interactive readout: values under a pointer, a finger or the arrow keys.

use leptos::{ev, prelude::*};

use crate::{
    charts::view::{ReadoutColumn, ReadoutView, Sheet},
    text::Locale,
};

/// Server-rendered part of a readout. The browser leaves it unchanged on hydration and has no copy of it.
#[derive(Default)]
struct Standing {
    label: Option<String>,
    kind: Option<&'static str>,
    /// All values, packed, for the browser to parse on first use.
    values: Option<String>,
    wide: Option<String>,
    narrow: Option<String>,
}

impl Standing {
    #[cfg(feature = "ssr")]
    fn of_this_figure() -> Standing {
        let view = expect_context::<ReadoutView>();
        let locale = view.locale;
        let help = locale.pick(
            "Left and right arrow keys go from period to period, Home and End to the first and the last, Escape closes.",
            "用左右方向键逐个时段浏览，Home 和 End 到首尾，Esc 关闭。",
        );
        let title = &view.title;
        let label = locale.pick(format!("Values of the chart: {title}"), format!("图表数值：{title}"));
        let view_box = |sheet: Sheet| format!("0 0 {} {}", sheet.width, sheet.height);
        Standing {
            label: Some(format!("{label}. {help}")),
            kind: Some(locale.pick("chart values", "图表数值")),
            values: Some(view.packed()),
            wide: Some(view_box(view.wide)),
            narrow: Some(view_box(view.narrow)),
        }
    }
}

/// Overlays a chart's drawing and shows the values of the period nearest to the pointer; the left and right keys move between periods. The
/// page is complete without it: the same values are in the table and the summary.
///
/// The server passes the data by context, and the browser reads it from an attribute of the element: island properties would require a
/// JSON parser.
#[island]
pub fn Readout() -> impl IntoView {
    #[cfg(feature = "ssr")]
    let standing = Standing::of_this_figure();
    #[cfg(not(feature = "ssr"))]
    let standing = Standing::default();
    let column = RwSignal::new(None::<usize>);
    let said = RwSignal::new(String::new());
    let known = StoredValue::new(None::<ReadoutView>);

    let show = move |to: Option<usize>, aloud: bool| {
        column.set(to);
        if aloud {
            let text = to.and_then(|at| {
                known.with_value(|view| {
                    let view = view.as_ref()?;
                    Some(spoken(view.columns.get(at)?, &view.series, view.locale))
                })
            });
            said.set(text.unwrap_or_default());
        }
    };
    let point = move |event: ev::PointerEvent| {
        learn(known, &event);
        let Some((across, width)) = place(&event) else { return };
        let at = known.with_value(|view| {
            let view = view.as_ref()?;
            let is_wide = width >= BREAKPOINT;
            let sheet = if is_wide { view.wide } else { view.narrow };
            nearest(&view.columns, across * sheet.width / width.max(1), is_wide)
        });
        show(at, false);
    };
    let press = move |event: ev::KeyboardEvent| {
        learn(known, &event);
        let count = known.with_value(|view| view.as_ref().map_or(0, |view| view.columns.len()));
        let Some(last) = count.checked_sub(1) else { return };
        let at = column.get_untracked();
        let to = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => Some(at.map_or(0, |at| (at + 1).min(last))),
            "ArrowLeft" | "ArrowDown" => Some(at.map_or(last, |at| at.saturating_sub(1))),
            "Home" => Some(0),
            "End" => Some(last),
            "Escape" => None,
            _ => return,
        };
        event.prevent_default();
        show(to, true);
    };
    let marks = move |is_wide: bool| {
        column.get().and_then(|at| {
            known.with_value(|view| {
                let view = view.as_ref()?;
                let rings = view.columns.get(at)?.values.iter().map(|value| {
                    let (x, y) = if is_wide { value.wide } else { value.narrow };
                    let colour = format!("var(--series-{})", view.series[value.series].colour);
                    view! { <circle cx=x cy=y r="70" fill="none" stroke=colour stroke-width="20"/> }
                });
                Some(rings.collect_view())
            })
        })
    };
    let hairline = move |is_wide: bool| {
        column.get().and_then(|at| {
            known.with_value(|view| {
                let view = view.as_ref()?;
                let value = view.columns.get(at)?.values.first()?;
                let (x, sheet) = if is_wide { (value.wide.0, view.wide) } else { (value.narrow.0, view.narrow) };
                Some(view! { <line x1=x x2=x y1=sheet.top y2=sheet.bottom stroke="var(--ink-2)" stroke-width="10"/> })
            })
        })
    };
    let overlay = move |class: &'static str, is_wide: bool, view_box: Option<String>| {
        view! {
            <svg class=class viewBox=view_box aria-hidden="true" focusable="false">
                {move || hairline(is_wide)}
                {move || marks(is_wide)}
            </svg>
        }
    };
    let card = move || {
        column.get().and_then(|at| {
            known.with_value(|view| {
                let view = view.as_ref()?;
                let column = view.columns.get(at)?;
                let rows = column
                    .values
                    .iter()
                    .map(|value| {
                        let series = &view.series[value.series];
                        let colour = format!("var(--series-{})", series.colour);
                        let fill = if value.hollow { "none".to_owned() } else { colour.clone() };
                        view! {
                            <li>
                                <svg viewBox="-6 -6 12 12" aria-hidden="true">
                                    <path d=series.marker.clone() fill=fill stroke=colour stroke-width="1.5"/>
                                </svg>
                                <span>{series.label.clone()}</span>
                                <b>{value.text.clone()}</b>
                            </li>
                        }
                    })
                    .collect_view();
                Some(view! {
                    <div class=side(column, view.wide) aria-hidden="true">
                        <p class="readout-period">{column.period.clone()}</p>
                        <ul>{rows}</ul>
                    </div>
                })
            })
        })
    };
    view! {
        <div
            class="readout"
            tabindex="0"
            role="application"
            aria-roledescription=standing.kind
            aria-label=standing.label
            data-values=standing.values
            on:pointermove=point
            on:pointerdown=point
            on:pointerleave=move |event: ev::PointerEvent| {
                if event.pointer_type() == "mouse" {
                    show(None, false);
                }
            }
            on:keydown=press
            on:blur=move |_| show(None, false)
        >
            {overlay("readout-wide", true, standing.wide)}
            {overlay("readout-narrow", false, standing.narrow)}
            {card}
            <div class="visually-hidden" aria-live="polite">{said}</div>
        </div>
    }
}

/// Parses the values from the element's attribute, once.
fn learn(known: StoredValue<Option<ReadoutView>>, event: &ev::Event) {
    #[cfg(feature = "hydrate")]
    if known.with_value(Option::is_none) {
        use leptos::wasm_bindgen::JsCast;
        let element = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let values = element.and_then(|element| element.get_attribute("data-values"));
        known.set_value(values.and_then(|values| ReadoutView::unpacked(&values)));
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (known, event);
}

/// Width from which the wide drawing is shown; must match `style/chart.css`.
const BREAKPOINT: i32 = 640;

/// Returns the pointer's distance from the left edge of the drawing and the displayed width of the drawing, in whole pixels.
fn place(event: &ev::PointerEvent) -> Option<(i32, i32)> {
    #[cfg(feature = "hydrate")]
    {
        use leptos::wasm_bindgen::JsCast;
        let target = event.current_target()?;
        let bounds = target.unchecked_ref::<web_sys::Element>().get_bounding_client_rect();
        Some((event.client_x() - bounds.left() as i32, bounds.width() as i32))
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = event;
        None
    }
}

/// Returns the index of the column whose first value is nearest to `x`.
fn nearest(columns: &[ReadoutColumn], x: i32, wide: bool) -> Option<usize> {
    let away = |column: &ReadoutColumn| {
        let distance = |value: &crate::charts::view::ReadoutValue| {
            let at = if wide { value.wide.0 } else { value.narrow.0 };
            (at - x).abs()
        };
        column.values.iter().map(distance).min().unwrap_or(i32::MAX)
    };
    (0..columns.len()).min_by_key(|at| away(&columns[*at]))
}

/// Returns the side of the card, opposite the column.
fn side(column: &ReadoutColumn, wide: Sheet) -> &'static str {
    let right = column.values.first().is_some_and(|value| value.wide.0 > wide.width / 2);
    if right { "readout-card at-left" } else { "readout-card at-right" }
}

/// Returns the text of a column for screen readers.
fn spoken(column: &ReadoutColumn, series: &[crate::charts::view::ReadoutSeries], locale: Locale) -> String {
    let values: Vec<String> = column
        .values
        .iter()
        .map(|value| match series.len() {
            1 => value.text.clone(),
            _ => format!("{}{}{}", series[value.series].label, locale.pick(": ", "："), value.text),
        })
        .collect();
    format!("{}{}{}", column.period, locale.pick(". ", "。"), values.join(locale.pick("; ", "；")))
}
