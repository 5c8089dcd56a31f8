//! The sheet of a brief: its blocks as HTML.

use leptos::{html, prelude::*};

use crate::{
    charts::{PagePrint, QrCode},
    components::{figure::PrintDrawing, location},
    domain::brief::{
        model::{Block, Brief, BriefCell, BriefChart, BriefSource, BriefTable, Foot, TableStyle},
        sheet::{self, MAX_CODE_SIDE},
    },
    text::Locale,
};

#[component]
pub fn Sheet(locale: Locale, brief: Brief<PagePrint>) -> impl IntoView {
    let blocks = brief.blocks.into_iter().map(|block| view! { <OneBlock locale block/> }).collect_view();
    view! { <article class="brief-sheet">{blocks}</article> }
}

#[component]
fn OneBlock(locale: Locale, block: Block<PagePrint>) -> impl IntoView {
    match block {
        Block::Kicker(text) => view! { <p class="brief-kicker">{text}</p> }.into_any(),
        Block::Title(text) => view! { <h1>{text}</h1> }.into_any(),
        Block::Lead(text) => view! { <p class="brief-lead">{text}</p> }.into_any(),
        Block::Finding(text) => view! { <p class="brief-finding">{text}</p> }.into_any(),
        Block::Heading(text) => view! { <h2>{text}</h2> }.into_any(),
        Block::Table(table) => view! { <Rows locale table/> }.into_any(),
        Block::Charts(charts) => {
            let several = charts.len() > 1;
            let charts = charts.into_iter().map(|chart| view! { <Chart chart/> }).collect_view();
            view! { <div class="brief-charts" class:brief-pair=several>{charts}</div> }.into_any()
        }
        Block::List(items) => {
            let items = items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
            view! { <ul class="brief-list">{items}</ul> }.into_any()
        }
        Block::Note(text) => view! { <p class="brief-note">{text}</p> }.into_any(),
        Block::Sources(sources) => view! { <Sources sources/> }.into_any(),
        Block::Foot(foot) => view! { <SheetFoot locale foot/> }.into_any(),
    }
}

#[component]
fn Rows(locale: Locale, table: BriefTable) -> impl IntoView {
    let BriefTable { style, columns, rows } = table;
    let class = match style {
        TableStyle::Figures => "brief-table brief-figures",
        TableStyle::Rows => "brief-table",
    };
    let number = locale.pick("Source", "来源");
    let labels: Vec<String> = columns.iter().map(|column| column.label.clone()).collect();
    let shares: Vec<u16> = columns.iter().map(|column| column.share).collect();
    let widths = sheet::widths(&shares).into_iter().enumerate().map(|(at, width)| {
        // The space between columns belongs to the cell before it.
        let gap = if at + 1 < shares.len() { sheet::CELL_GAP } else { 0.0 };
        let percent = (width + gap) * 100.0 / sheet::WIDTH;
        html::col().attr("width", format!("{percent:.1}%"))
    });
    let widths = widths.collect_view();
    let head = columns.into_iter().map(|column| view! { <th scope="col">{column.label}</th> }).collect_view();
    let rows = rows
        .into_iter()
        .map(|cells| {
            let cells = cells
                .into_iter()
                .zip(&labels)
                .enumerate()
                .map(|(at, (cell, label))| {
                    let is_number = label == number;
                    let (label, contents) = (label.clone(), contents(cell, is_number));
                    match at {
                        0 => view! { <th scope="row">{contents}</th> }.into_any(),
                        _ => view! { <td data-label=label>{contents}</td> }.into_any(),
                    }
                })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    view! {
        <table class=class>
            <colgroup>{widths}</colgroup>
            <thead><tr>{head}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// The text of a cell, linked, and the smaller text below it. `is_number`: it is the number of a source.
fn contents(cell: BriefCell, is_number: bool) -> impl IntoView {
    let BriefCell { text, under, href } = cell;
    let href = match (is_number, href) {
        (true, _) if !text.is_empty() => Some(format!("#source-{text}")),
        (_, href) => href.map(location::keep_state),
    };
    let text = match href {
        Some(href) => view! { <a href=href>{text}</a> }.into_any(),
        None => text.into_any(),
    };
    let under = (!under.is_empty()).then(|| view! { " " <span class="brief-under">{under}</span> });
    view! { {text} {under} }
}

#[component]
fn Chart(chart: BriefChart<PagePrint>) -> impl IntoView {
    let BriefChart { title, subtitle, source_line, summary, drawing } = chart;
    view! {
        <figure class="brief-chart">
            <p class="brief-caption">{title}</p>
            {(!subtitle.is_empty()).then(|| view! { <p class="brief-small">{subtitle}</p> })}
            <PrintDrawing drawing summary/>
            <figcaption class="brief-small">{source_line}</figcaption>
        </figure>
    }
}

#[component]
fn Sources(sources: Vec<BriefSource>) -> impl IntoView {
    let items = sources
        .into_iter()
        .map(|BriefSource { number, text, url }| {
            view! {
                <li id=format!("source-{number}")>
                    {text} " " <a href=url.clone() rel="external">{url.clone()}</a>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="brief-sources">{items}</ol> }
}

#[component]
fn SheetFoot(locale: Locale, foot: Foot) -> impl IntoView {
    let Foot { lines, path } = foot;
    let address = location::absolute(&path);
    let code = QrCode::of(&address).filter(|code| code.side <= MAX_CODE_SIDE).map(|code| {
        let name = locale.pick("QR code of the address", "网址二维码");
        let side = code.side;
        view! {
            <svg class="brief-code" viewBox=format!("0 0 {side} {side}") role="img" aria-label=name>
                <path d=code.path()></path>
            </svg>
        }
    });
    let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <div class="brief-foot">
            <div>{lines} <p><a href=path>{address}</a></p></div>
            {code}
        </div>
    }
}
