//! `/embed/{language}/…`: the chart or the table of a page, for an iframe.

use axum::{
    extract::{FromRef, State},
    http::{HeaderName, HeaderValue, header::CONTENT_SECURITY_POLICY},
    response::{Html, IntoResponse, Response},
};
use leptos::prelude::*;

use super::StyleSheet;
use crate::{
    charts::{ChartView, Dress},
    domain::table::{Cell, ColumnType, Table},
    error::{AppError, QueryError},
    islands::readout::{kind, label},
    outputs::{
        files::{
            ExportDocument, LICENCE, Provenance, RowScope, RowWindow, documents as export, dressing,
            picture::PictureOptions, site,
        },
        request_context::RequestContext,
    },
    text::{
        Locale, date,
        number::grouped,
        query::{self, Query},
    },
};

/// Maximum number of rows of a framed table; below them it links to the page.
const MAX_ROWS: usize = 30;

/// Part of the page that a frame shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Show {
    /// The chart if there is one, otherwise the table.
    #[default]
    Best,
    Chart,
    Table,
}

/// Options of a frame: parameters in addition to those of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    show: Show,
    /// `light` or `dark`; without it the frame follows the reader's system.
    theme: Option<&'static str>,
    /// Which of the page's charts, from 1.
    number: Option<usize>,
    dress: Dress,
}

impl Wish {
    const SHOW: [(&str, Show); 2] = [("chart", Show::Chart), ("table", Show::Table)];
    const THEMES: [(&str, Option<&'static str>); 3] =
        [("auto", None), ("light", Some("light")), ("dark", Some("dark"))];

    const PARAMETERS: [&str; 3] = ["view", "theme", "chart"];

    /// Returns the validated parameters of the frame, and the query string of the page without them.
    pub fn pairs(raw: &str) -> Result<(Vec<(String, String)>, String), QueryError> {
        let (_, rest) = Wish::split(raw)?;
        let query = Query::decode(raw);
        let own = query
            .pairs()
            .filter(|(name, _)| Self::PARAMETERS.contains(name) || dressing::PARAMETERS.contains(name));
        Ok((own.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(), rest))
    }

    fn split(raw: &str) -> Result<(Wish, String), QueryError> {
        let query = Query::decode(raw);
        let wish = Wish {
            show: query.word("view", &Self::SHOW)?.unwrap_or_default(),
            theme: query.word("theme", &Self::THEMES)?.flatten(),
            number: PictureOptions::number(&query)?,
            dress: dressing::parse(&query)?,
        };
        let rest =
            Self::PARAMETERS.iter().fold(dressing::without(raw), |raw, name| query::without(&raw, name));
        Ok((wish, rest))
    }
}

/// Serves the frame of a page. The language is the second segment of the path.
pub async fn frame<S>(State(state): State<S>, context: RequestContext) -> Response
where
    StyleSheet: FromRef<S>,
{
    let styles = StyleSheet::from_ref(&state).0;
    let mut response = context.answer(made(&context, styles)).await;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *",
        ),
    );
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    response
}

async fn made(context: &RequestContext, styles: String) -> Result<Response, AppError> {
    let mut segments = context.segments.iter().skip(1).map(String::as_str);
    let locale: Locale = segments.next().and_then(|word| word.parse().ok()).ok_or(AppError::NotFound)?;
    let path: Vec<&str> = segments.collect();
    let (wish, raw) = Wish::split(&context.raw)?;
    let document =
        export::export_document(&context.snapshot, locale, &path, &raw, RowWindow::whole(RowScope::Shown))
            .await?;
    let chart = document.charts.get(wish.number.unwrap_or(1) - 1);
    let chart = match wish.show {
        Show::Best if wish.number.is_none() && wish.dress.is_plain() => chart,
        Show::Best | Show::Chart => Some(chart.ok_or(AppError::NotFound)?),
        Show::Table => None,
    };
    let chart = match chart {
        Some(chart) => Some(dressing::dressed(chart, &wish.dress)?.view()),
        None => None,
    };
    let latest = context.snapshot.latest;
    let body = view! { <Framed document chart provenance=context.provenance.clone() latest/> };
    let scheme = wish.theme.unwrap_or("light dark");
    let head = format!(
        "<!DOCTYPE html><html lang=\"{}\"{}><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"{scheme}\"><link rel=\"stylesheet\" href=\"{styles}\">\
         <script async src=\"/embedded.js\"></script>",
        locale.tag(),
        wish.theme.map(|theme| format!(" data-theme=\"{theme}\"")).unwrap_or_default(),
    );
    Ok(Html(format!("{head}{}</html>", body.to_html())).into_response())
}

#[component]
fn Framed(
    document: ExportDocument,
    chart: Option<ChartView>,
    provenance: Provenance,
    /// Newest revision.
    latest: i32,
) -> impl IntoView {
    let locale = document.locale;
    let (live, page) = (provenance.absolute(&document.live()), provenance.absolute(&document.address()));
    let day = date::day(provenance.published_on, locale);
    let revision = provenance.revision;
    let body = match chart {
        Some(chart) => view! { <FramedChart chart/> }.into_any(),
        None => view! { <FramedTable locale table=document.tables[0].clone() page=page.clone() title=document.title.clone()/> }
        .into_any(),
    };
    let newer = (latest > revision).then(|| {
        let text = locale
            .pick(format!("Newer data exists: revision {latest}"), format!("已有更新的数据：版本{latest}"));
        view! { " · " <a href=live target="_blank" rel="noopener">{text}</a> }
    });
    view! {
        <title>{document.title.clone()}</title>
        <body class="framed">
            <main>{body}</main>
            <footer class="chart-source">
                <a href=page target="_blank" rel="noopener">{site(locale)}</a>
                {locale.pick(format!(" · data revision {revision}, {day} · "), format!(" · 数据版本{revision}，{day} · "))}
                {LICENCE}
                {newer}
            </footer>
        </body>
    }
}

#[component]
fn FramedChart(chart: ChartView) -> impl IntoView {
    let ChartView { locale, title, subtitle, summary, source_line, wide, narrow, readout, .. } = chart;
    let readout = readout.map(|readout| {
        view! {
            <div
                class="readout"
                tabindex="0"
                role="application"
                aria-roledescription=kind(locale)
                aria-label=label(&readout.title, locale)
            >
                <template inner_html=readout.html()></template>
                <div class="readout-shown"></div>
                <div class="visually-hidden" aria-live="polite"></div>
            </div>
        }
    });
    let drawing = |class: &'static str, svg: String| {
        view! { <div class=class role="img" aria-label=title.clone() aria-describedby="summary" inner_html=svg></div> }
    };
    view! {
        <figure class="chart">
            <h1>{title.clone()}</h1>
            <p class="chart-subtitle">{subtitle}</p>
            <div class="chart-drawing">{drawing("chart-wide", wide)} {drawing("chart-narrow", narrow)} {readout}</div>
            <figcaption>
                <p class="chart-source">{source_line}</p>
                <p id="summary" class="visually-hidden">{summary}</p>
            </figcaption>
        </figure>
    }
}

#[component]
fn FramedTable(locale: Locale, table: Table, page: String, title: String) -> impl IntoView {
    let columns = table.schema.glance();
    let head = columns
        .iter()
        .map(|at| view! { <th scope="col">{table.schema.columns[*at].label(locale)}</th> })
        .collect_view();
    let rows = table
        .rows
        .iter()
        .take(MAX_ROWS)
        .map(|row| {
            let cells = columns
                .iter()
                .map(|at| {
                    let class = match table.schema.columns[*at].kind {
                        ColumnType::Number | ColumnType::Integer => "number",
                        _ => "",
                    };
                    let text = match &row[*at] {
                        Cell::Number(number) => grouped(*number),
                        cell => cell.written(),
                    };
                    view! { <td class=class>{text}</td> }
                })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    let more = table.rows.len().saturating_sub(MAX_ROWS);
    let more = (more > 0).then(|| {
        let text = locale.pick(format!("{more} rows more"), format!("另有{more}行"));
        view! { <p><a href=page target="_blank" rel="noopener">{text}</a></p> }
    });
    view! {
        <h1>{title}</h1>
        <div class="table-box" tabindex="0" role="region" aria-label=table.schema.label(locale)>
            <table class="facts">
                <thead><tr>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {more}
    }
}
