//! The values under a pointer, a finger or the arrow keys.

use leptos::{ev, prelude::*};

use crate::{
    chart::view::{ReadoutColumn, ReadoutView, Sheet},
    text::Locale,
};

/// Lies over a chart's drawing and tells the values of the period nearest to the pointer; left and right keys walk through
/// the periods. Without it the page is complete: the same values stand in the table and the summary.
#[island]
pub fn Readout(readout: ReadoutView) -> impl IntoView {
    let column = RwSignal::new(None::<usize>);
    let said = RwSignal::new(String::new());
    let ReadoutView { locale, title, wide, narrow, series, columns } = readout;
    let last = columns.len().saturating_sub(1);
    let help = locale.pick(
        "Left and right arrow keys go from period to period, Home and End to the first and the last, Escape closes.",
        "用左右方向键逐个时段浏览，Home 和 End 到首尾，Esc 关闭。",
    );
    let label = locale.pick(format!("Values of the chart: {title}"), format!("图表数值：{title}"));
    let columns = StoredValue::new(columns);
    let series = StoredValue::new(series);

    let show = move |to: Option<usize>, aloud: bool| {
        column.set(to);
        if aloud {
            let text =
                to.map(|at| columns.with_value(|columns| spoken(&columns[at], &series.get_value(), locale)));
            said.set(text.unwrap_or_default());
        }
    };
    let point = move |event: ev::PointerEvent| {
        if let Some((across, width)) = place(&event) {
            let sheet = if width >= BREAKPOINT { wide } else { narrow };
            let x = across * sheet.width / width.max(1);
            show(columns.with_value(|columns| nearest(columns, x, width >= BREAKPOINT)), false);
        }
    };
    let press = move |event: ev::KeyboardEvent| {
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
    let marks = move |wide: bool| {
        column.get().map(|at| {
            columns.with_value(|columns| {
                let values = &columns[at].values;
                series.with_value(|series| {
                    values
                        .iter()
                        .map(|value| {
                            let (x, y) = if wide { value.wide } else { value.narrow };
                            let colour = format!("var(--series-{})", series[value.series].colour);
                            view! { <circle cx=x cy=y r="70" fill="none" stroke=colour stroke-width="20"/> }
                        })
                        .collect_view()
                })
            })
        })
    };
    let hairline = move |wide: bool, sheet: Sheet| {
        column.get().and_then(|at| {
            columns.with_value(|columns| {
                let value = columns[at].values.first()?;
                let x = if wide { value.wide.0 } else { value.narrow.0 };
                Some(view! { <line x1=x x2=x y1=sheet.top y2=sheet.bottom stroke="var(--ink-2)" stroke-width="10"/> })
            })
        })
    };
    let overlay = move |class: &'static str, is_wide: bool, sheet: Sheet| {
        let view_box = format!("0 0 {} {}", sheet.width, sheet.height);
        view! {
            <svg class=class viewBox=view_box aria-hidden="true" focusable="false">
                {move || hairline(is_wide, sheet)}
                {move || marks(is_wide)}
            </svg>
        }
    };
    let card = move || {
        column.get().map(|at| {
            columns.with_value(|columns| {
                let side = side(&columns[at], wide);
                let rows = series.with_value(|series| {
                    columns[at]
                        .values
                        .iter()
                        .map(|value| {
                            let series = &series[value.series];
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
                        .collect_view()
                });
                view! {
                    <div class=side aria-hidden="true">
                        <p class="readout-period">{columns[at].period.clone()}</p>
                        <ul>{rows}</ul>
                    </div>
                }
            })
        })
    };
    view! {
        <div
            class="readout"
            tabindex="0"
            role="application"
            aria-roledescription=locale.pick("chart values", "图表数值")
            aria-label=format!("{label}. {help}")
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
            {overlay("readout-wide", true, wide)}
            {overlay("readout-narrow", false, narrow)}
            {card}
            <div class="visually-hidden" aria-live="polite">{said}</div>
        </div>
    }
}

/// From this width on the wide drawing is shown; `style/chart.css` has the same number.
const BREAKPOINT: i32 = 640;

/// How far from the left edge of the drawing the pointer is, and how wide the drawing is shown, in whole pixels.
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

/// The column whose first value stands nearest to `x`.
fn nearest(columns: &[ReadoutColumn], x: i32, wide: bool) -> Option<usize> {
    let away = |column: &ReadoutColumn| {
        let distance = |value: &crate::chart::view::ReadoutValue| {
            let at = if wide { value.wide.0 } else { value.narrow.0 };
            (at - x).abs()
        };
        column.values.iter().map(distance).min().unwrap_or(i32::MAX)
    };
    (0..columns.len()).min_by_key(|at| away(&columns[*at]))
}

/// The card stands on the side where the column is not.
fn side(column: &ReadoutColumn, wide: Sheet) -> &'static str {
    let right = column.values.first().is_some_and(|value| value.wide.0 > wide.width / 2);
    if right { "readout-card at-left" } else { "readout-card at-right" }
}

/// The column as a screen reader says it.
fn spoken(column: &ReadoutColumn, series: &[crate::chart::view::ReadoutSeries], locale: Locale) -> String {
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
