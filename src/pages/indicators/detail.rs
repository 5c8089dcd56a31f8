//! `/indicators/{slug}`: chart, table, disagreements, definition, sources and related indicators of one indicator.

use leptos::prelude::*;

use crate::{
    components::{
        async_page::loaded,
        downloads::{Covers, ExportLinks},
        list::Facets,
        location,
        page::Page,
    },
    domain::{
        explore::query::ExploreQuery,
        indicators::model::{Indicator, SeriesQuery},
        observations::model::Observation,
    },
    loaders::indicators::data::{self, IndicatorPage},
    pages::{
        explore::link::ExploreLink,
        observations::{
            disagreement_view::Differences,
            table::{Columns, FigureTable},
        },
    },
    text::{Locale, number::grouped, query},
};

use super::{
    definition::{Definition, Related, SourceList},
    drawing::{BreakList, Drawing, Lead},
    series_form::SeriesForm,
};

#[component]
pub fn Detail() -> impl IntoView {
    let (locale, search, id) = (location::locale(), location::search(), location::param("slug"));
    let page = async move { data::one(locale, id, SeriesQuery::parse(&search)?).await };
    loaded(locale, page, move |page: IndicatorPage| view! { <OneIndicator locale page/> })
}

#[component]
fn OneIndicator(locale: Locale, page: IndicatorPage) -> impl IntoView {
    let IndicatorPage { indicator, query, rows, cited, disagreements, .. } = page;
    let name = indicator.named.name(locale).to_owned();
    let unit = indicator.unit.clone();
    let slug = indicator.named.id.clone();
    let covers = covers(&indicator, &rows, locale);
    let several = rows.iter().any(|row| row.entity != rows[0].entity);
    let explore = ExploreQuery::of_rows(&slug, &rows);
    let find = ExploreQuery { find: Some(name.clone()), ..Default::default() }.href(locale);
    let of_strips = if page.chart.is_some() { 2 } else { 1 };
    let choice = page.choice;
    let form = view! { <SeriesForm locale slug=slug.clone() query=query.clone() choice find/> };
    let state = query::encode(query.pairs());
    view! {
        <Page
            locale
            state
            take=ExportLinks::with(page.chart.is_some() || page.strips.is_some())
            chart=page.chart.as_ref().map(|_| "chart")
            covers
            title=name.clone()
            description=indicator.description.get(locale).unwrap_or_default().to_owned()
            crumbs=vec![
                (locale.pick("Indicators", "指标").to_owned(), format!("/{locale}/indicators")),
                (
                    indicator.topic.name(locale).to_owned(),
                    format!("/{locale}/indicators?topic={}", indicator.topic.word()),
                ),
            ]
        >
            <div class="with-facets">
                <Facets locale>
                    {form}
                </Facets>
                <div>
                    {page.lead.map(|lead| view! { <Lead locale unit=unit.clone() lead/> })}
                    <Drawing
                        locale
                        unit=unit.clone()
                        finding=page.finding
                        chart=page.chart
                        lengths=page.lengths
                        unlabelled=page.unlabelled
                        several
                    />
                    <BreakList locale breaks=page.breaks cited=cited.clone() several/>
                    <ExploreLink locale query=explore/>
                    <section class="taken" id="figures">
                        <h2>{locale.pick("The figures", "数据")}</h2>
                        <RowsLine locale slug query left_out=page.left_out shown=rows.len()/>
                        <FigureTable
                            locale
                            indicator=indicator.clone()
                            rows
                            columns=Columns { entity: several, source: true }
                            cited
                            caption=name
                        />
                    </section>
                    <Differences locale unit disagreements strips=page.strips picture=of_strips several/>
                    <Definition locale indicator twins=page.twins/>
                    <SourceList locale sources=page.sources/>
                    <Related locale related=page.related/>
                </div>
            </div>
        </Page>
    }
}

/// Returns the coverage of the displayed figures.
fn covers(indicator: &Indicator, rows: &[Observation], locale: Locale) -> Covers {
    let mut places: Vec<String> = rows.iter().map(|row| row.entity.name(locale).to_owned()).collect();
    places.sort();
    places.dedup();
    let mut sources: Vec<String> = rows.iter().map(|row| row.source.url.clone()).collect();
    sources.sort();
    sources.dedup();
    let first = rows.iter().map(|row| row.period.start).min();
    let last = rows.iter().map(|row| row.period.end).max();
    Covers {
        measured: Some((indicator.named.name(locale).to_owned(), indicator.unit.word().to_owned())),
        period: first.zip(last).map(|(first, last)| (first.to_string(), last.to_string())),
        places,
        sources,
    }
}

/// Number of rows, and a link to the remaining ones.
#[component]
fn RowsLine(locale: Locale, slug: String, query: SeriesQuery, left_out: u32, shown: usize) -> impl IntoView {
    let all = query.with_all_rows(true).href(locale, &slug);
    let fewer = query.with_all_rows(false).href(locale, &slug);
    let shown = grouped(shown.into());
    let left = grouped(left_out.into());
    let rows = if shown == "1" { "row" } else { "rows" };
    let text = match (query.all_rows, left_out) {
        (false, 0) => locale.pick(format!("All figures: {shown} {rows}."), format!("共{shown}行，为全部数据。")),
        (false, _) => locale.pick(
            format!(
                "{shown} {rows}: for each producer and period the row closest to its origin. {left} more repeat, \
                 round or contradict these, or are set aside for a reason in their note."
            ),
            format!("显示{shown}行：每个数据方和时段取最接近原始出处的一行。另有{left}行重复、约化或与之矛盾，或在说明中注明不采用。"),
        ),
        (true, _) => locale.pick(format!("All figures: {shown} {rows}."), format!("共{shown}行，为全部数据。")),
    };
    view! {
        <p class="result">
            {text} " "
            {(left_out > 0).then(|| view! { <a href=location::keep_state(all)>{locale.pick("Show all rows", "显示全部行")}</a> })}
            {query.all_rows.then(|| view! { <a href=location::keep_state(fewer)>{locale.pick("Show headline rows only", "只显示主要行")}</a> })}
        </p>
    }
}
