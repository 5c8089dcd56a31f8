//! Figure with a chart: heading, responsive drawing, summary and source.

use leptos::{either::Either, prelude::*};

use super::downloads::{self, AddToBrief};
use crate::{
    charts::{ChartView, PagePrint},
    domain::brief::query::BriefItem,
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
    /// Its number among the pictures that the page gives away, from 1; 0 if it is none of them.
    #[prop(optional)]
    picture: usize,
    /// Address of its picture, if another page gives it away.
    #[prop(optional_no_strip)]
    picture_address: Option<String>,
    /// What a reader’s brief takes from it, if not the thing that the whole page is about.
    #[prop(optional_no_strip)]
    item: Option<BriefItem>,
    /// Whether a phone shows its beginning, and all of it on demand.
    #[prop(optional)]
    long: bool,
) -> impl IntoView {
    let ChartView { title, subtitle, summary, source_line, wide, narrow, readout, linked, .. } = chart;
    let (title_id, summary_id) = (format!("{id}-title"), format!("{id}-summary"));
    let heading = if untitled {
        Either::Left(view! { <p id=title_id.clone() class="visually-hidden">{title}</p> })
    } else {
        Either::Right(view! { <h2 id=title_id.clone()>{title}</h2> })
    };
    let picture = (picture > 0).then(|| downloads::picture(picture)).or(picture_address);
    let tools = (readout.is_some() || picture.is_some())
        .then(|| view! { <Tools locale table=readout.is_some() picture item/> });
    let readout = readout.map(|readout| {
        provide_context(ReadoutLabel(label(&readout.title, locale)));
        view! {
            <Readout>
                <template inner_html=readout.html()></template>
            </Readout>
        }
    });
    // It leads to the chart itself: its target is drawn whole.
    let more = long.then(|| {
        view! { <a class="chart-more" href=format!("#{id}")>{locale.pick("Show all of it", "展开全图")}</a> }
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
        <figure class="chart" class:small=small class:long=long id=id aria-labelledby=title_id.clone()>
            {heading}
            {(!subtitle.is_empty()).then(|| view! { <p class="chart-subtitle">{subtitle}</p> })}
            <div class="chart-drawing">
                {(!small).then(|| drawing("chart-wide", wide))} {drawing("chart-narrow", narrow)} {readout}
            </div>
            {more}
            <figcaption>
                <p class="chart-source">{source_line}</p>
                {tools}
                <details class="chart-summary">
                    <summary>{locale.pick("The chart in words", "图表文字概述")}</summary>
                    <p id=summary_id>{summary}</p>
                </details>
            </figcaption>
        </figure>
    }
}

/// Buttons below a chart, which `public/chart-tools.js` carries out. Without script they are not shown, and those that the browser cannot
/// carry out are hidden.
#[component]
fn Tools(
    locale: Locale,
    /// Whether there are values for a table.
    table: bool,
    /// Address of the picture.
    picture: Option<String>,
    /// What a reader’s brief takes from the chart.
    item: Option<BriefItem>,
) -> impl IntoView {
    let switch = table.then(|| {
        view! {
            <button type="button" data-tool="table">
                <span class="to-table">{locale.pick("Table", "表格")}</span>
                <span class="to-chart">{locale.pick("Chart", "图表")}</span>
            </button>
        }
    });
    let copy_table = table
        .then(|| view! { <button type="button" data-tool="copy-table">{locale.pick("Copy table", "复制表格")}</button> });
    let copy_picture = picture.map(|address| {
        view! {
            <button type="button" data-tool="copy-picture" data-picture=address>
                {locale.pick("Copy picture", "复制图片")}
            </button>
        }
    });
    view! {
        <div class="chart-tools">
            {switch} {copy_table} {copy_picture}
            <button type="button" data-tool="share">{locale.pick("Share", "分享")}</button>
            <button type="button" data-tool="full">{locale.pick("Full screen", "全屏")}</button>
            {item.map(|item| view! { <AddToBrief locale item/> })}
            <span role="status"></span>
        </div>
    }
}

/// A drawing made for paper, with its words as accessible name.
#[component]
pub fn PrintDrawing(drawing: PagePrint, summary: String) -> impl IntoView {
    let PagePrint { wide, narrow } = drawing;
    view! {
        <div class="brief-drawing" role="img" aria-label=summary>
            <div class="brief-wide" inner_html=wide></div>
            <div class="brief-narrow" inner_html=narrow></div>
        </div>
    }
}
