//! Figures about an organization and its apps: trends, and all of them as tables.

use leptos::prelude::*;

use crate::{
    charts::ChartView,
    components::{figure::Figure, location},
    domain::{
        brief::query::BriefItem, explore::query::ExploreQuery, indicators::model::Indicator,
        sources::model::Mentioned,
    },
    loaders::organizations::data::OrganizationFigures,
    pages::{
        explore::link::{AboutLink, ExploreLink},
        observations::{
            disagreement_view::Cases,
            table::{Columns, FigureTable},
        },
    },
    text::{Locale, Named, query},
};

/// Charts of the series with several points; below them, collapsed, every figure with its note, and where sources differ.
#[component]
pub fn Figures(locale: Locale, figures: Vec<OrganizationFigures>, cited: Mentioned) -> impl IntoView {
    let charts: Vec<_> = figures
        .iter()
        .filter_map(|figures| {
            let chart = figures.chart.clone()?;
            let explore = ExploreQuery::of_rows(&figures.indicator.named.id, &figures.rows);
            Some((figures.indicator.clone(), chart, explore))
        })
        .zip(1..)
        .map(|((indicator, chart, explore), picture)| view! { <Trend locale indicator chart explore picture/> })
        .collect();
    let charts = (!charts.is_empty()).then(|| view! { <div class="small-multiples">{charts}</div> });
    let differ: Vec<_> = figures
        .iter()
        .filter(|figures| !figures.disagreements.is_empty())
        .map(|OrganizationFigures { indicator, disagreements, .. }| {
            let (unit, name) = (indicator.unit.clone(), indicator.named.name(locale).to_owned());
            view! {
                <h3>{name}</h3>
                <Cases locale unit disagreements=disagreements.clone() several=true/>
            }
        })
        .collect();
    let differ = (!differ.is_empty()).then(|| {
        view! {
            <details class="differ">
                <summary>{locale.pick("Where sources differ", "来源之间的差异")}</summary>
                {differ}
            </details>
        }
    });
    let count = figures.iter().map(|figures| figures.rows.len()).sum::<usize>();
    let mut entities: Vec<Named> = Vec::new();
    for row in figures.iter().flat_map(|figures| &figures.rows) {
        if !entities.contains(&row.entity) {
            entities.push(row.entity.clone());
        }
    }
    let about = entities
        .into_iter()
        .enumerate()
        .map(|(at, named)| {
            let name = named.name(locale).to_owned();
            view! { {(at > 0).then_some(" · ")} <AboutLink locale entity=named.id name/> }
        })
        .collect_view();
    let tables = figures.into_iter().map(|OrganizationFigures { indicator, rows, .. }| {
        let explore = ExploreQuery::of_rows(&indicator.named.id, &rows);
        view! {
            <FigureTable
                locale
                indicator=indicator.clone()
                rows
                columns=Columns { entity: true, source: true }
                cited=cited.clone()
                caption=indicator.named.name(locale).to_owned()
            />
            <ExploreLink locale query=explore/>
        }
    });
    let tables = tables.collect_view();
    view! {
        <p class="result">{about}</p>
        {charts}
        <details class="differ">
            <summary>{locale.pick(format!("All {count} figures, with their notes"), format!("全部{count}项数据及说明"))}</summary>
            {tables}
        </details>
        {differ}
    }
}

/// Chart of an indicator, under its name.
#[component]
fn Trend(
    locale: Locale,
    indicator: Indicator,
    chart: ChartView,
    /// The same series in explore.
    explore: ExploreQuery,
    picture: usize,
) -> impl IntoView {
    let item = BriefItem::of_page("/explore", &query::encode(explore.pairs()));
    let href = location::keep_state(format!("/{locale}/indicators/{}", indicator.named.id));
    view! {
        <div>
            <h3><a href=href>{indicator.named.name(locale).to_owned()}</a></h3>
            <Figure locale chart id=format!("chart-{}", indicator.named.id) untitled=true picture item/>
        </div>
    }
}
