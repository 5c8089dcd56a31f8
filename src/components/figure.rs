//! Figure with a chart: heading, responsive drawing, summary and source.

use leptos::{either::Either, prelude::*};

use crate::{
    charts::ChartView,
    islands::readout::{Readout, ReadoutLabel, label},
    text::Locale,
};

/// A drawn chart with heading, summary and source. `id` must be unique on the page.
#[component]
pub fn Figure(
    locale: Locale,
    chart: ChartView,
    #[prop(into)] id: String,
    /// Whether the page already has a heading for the chart; the title then only names the drawing.
    #[prop(optional)]
    untitled: bool,
    /// Whether it is never wider than a phone, so that one drawing is enough.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let ChartView { title, subtitle, summary, source_line, wide, narrow, readout, linked, .. } = chart;
    let (title_id, summary_id) = (format!("{id}-title"), format!("{id}-summary"));
    let heading = if untitled {
        Either::Left(view! { <p id=title_id.clone() class="visually-hidden">{title}</p> })
    } else {
        Either::Right(view! { <h2 id=title_id.clone()>{title}</h2> })
    };
    let readout = readout.map(|readout| {
        provide_context(ReadoutLabel(label(&readout.title, locale)));
        view! {
            <Readout>
                <template inner_html=readout.html()></template>
            </Readout>
        }
    });
    let role = if linked { "group" } else { "img" };
    let drawing = |class: &'static str, svg: String| {
        view! {
            <div
                class=class
                role=role
                aria-labelledby=title_id.clone()
                aria-describedby=summary_id.clone()
                inner_html=svg
            ></div>
        }
    };
    view! {
        <figure class=if small { "chart small" } else { "chart" } id=id aria-labelledby=title_id.clone()>
            {heading}
            {(!subtitle.is_empty()).then(|| view! { <p class="chart-subtitle">{subtitle}</p> })}
            <div class="chart-drawing">
                {(!small).then(|| drawing("chart-wide", wide))} {drawing("chart-narrow", narrow)} {readout}
            </div>
            <figcaption>
                <p class="chart-source">{source_line}</p>
                <details class="chart-summary">
                    <summary>{locale.pick("The chart in words", "图表文字概述")}</summary>
                    <p id=summary_id>{summary}</p>
                </details>
            </figcaption>
        </figure>
    }
}
