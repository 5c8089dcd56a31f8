//! `/indicators`: index of indicators by topic.

use crate::{
    components::{async_page::loaded, downloads::ExportLinks, inline::Name, location},
    domain::{
        indicators::{model::Topic, query::IndicatorQuery},
        listing::parameter::ListQuery,
        observations::model::Observation,
    },
    loaders::indicators::{
        charts::Trend,
        data::{self, CatalogueRow, CatalogueView},
        titles::{description, title},
    },
    pages::listing::{ListPage, ListState},
    text::{Locale, Unit, number::grouped},
};
use leptos::prelude::*;

#[component]
pub fn List() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { data::index(locale, IndicatorQuery::parse(&search)?).await };
    loaded(locale, page, move |page: CatalogueView| view! { <CataloguePage locale page/> })
}

#[component]
fn CataloguePage(locale: Locale, page: CatalogueView) -> impl IntoView {
    let CatalogueView { query, rows, groups } = page;
    let count = grouped(rows.len().into());
    let nothing = rows.is_empty().then(|| view! { <NothingFits locale/> });
    let sections = Topic::WORDS
        .iter()
        .map(|(_, topic)| {
            let rows: Vec<_> = rows.iter().filter(|row| row.indicator.topic == *topic).cloned().collect();
            (*topic, rows)
        })
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(topic, rows)| view! { <TopicSection locale topic rows/> })
        .collect_view();
    view! {
        <ListPage
            locale
            list=ListState::of(locale, &query, None)
            take=ExportLinks::Rows
            title=title(locale)
            description=description(locale)
            search=locale.pick("Name or definition", "名称或定义")
            groups
            count=locale.pick(format!("{count} indicators"), format!("{count}个指标"))
        >
            {nothing}
            {sections}
        </ListPage>
    }
}

#[component]
fn NothingFits(locale: Locale) -> impl IntoView {
    let text = locale.pick(
        "No indicators match. Try a shorter word, in English or Chinese: revenue, downloads, 收入, 用户.",
        "没有符合条件的指标。请换用更短的中文或英文词，例如：收入、用户、revenue、downloads。",
    );
    view! { <p class="empty">{text}</p> }
}

#[component]
fn TopicSection(locale: Locale, topic: Topic, rows: Vec<CatalogueRow>) -> impl IntoView {
    let name = topic.name(locale);
    let body = rows.into_iter().map(|row| view! { <CatalogueLine locale row/> }).collect_view();
    view! {
        <section class="topic" id=topic.word()>
            <h2>{name}</h2>
            <div class="table-box" role="region" aria-label=name tabindex="0">
                <table class="catalogue cards">
                    <caption class="visually-hidden">{name}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("Indicator", "指标")}</th>
                            <th scope="col">{locale.pick("Latest figure", "最新数据")}</th>
                            <th scope="col">{locale.pick("Year on year", "同比")}</th>
                            <th scope="col">{locale.pick("Trend", "走势")}</th>
                        </tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn CatalogueLine(locale: Locale, row: CatalogueRow) -> impl IntoView {
    let CatalogueRow { indicator, lead, change, trend, figures, sources } = row;
    let href = format!("/{locale}/indicators/{}", indicator.named.id);
    let unit = indicator.unit;
    let (figures, sources) = (grouped(figures.into()), grouped(sources.into()));
    let known = locale.pick(
        format!("Figures: {figures} · Sources: {sources}"),
        format!("数据{figures}项 · 来源{sources}个"),
    );
    let trend = trend.map(|trend| view! { <TrendCell locale unit=unit.clone() trend/> });
    view! {
        <tr>
            <th scope="row">
                <a href=href>{indicator.named.name(locale).to_owned()}</a>
                <span class="under known">{known}</span>
            </th>
            <td>{lead.map(|lead| view! { <Latest locale unit lead/> })}</td>
            <td class="change">{change.map(|change| change.worded(locale))}</td>
            <td class="spark">{trend}</td>
        </tr>
    }
}

/// A sparkline above its time axis. The values at its ends are its title.
#[component]
fn TrendCell(locale: Locale, unit: Unit, trend: Trend) -> impl IntoView {
    let Trend { spark, first, last } = trend;
    let end = |row: &Observation| format!("{} {}", row.period.label(locale), row.worded(&unit, locale));
    let ends = format!("{} – {}", end(&first), end(&last));
    view! {
        <span class="trend" title=ends>
            <span inner_html=spark></span>
            <span class="under trend-axis">
                <span>{first.period.label(locale)}</span>
                <span>{last.period.label(locale)}</span>
            </span>
        </span>
    }
}

/// A figure with its entity, period, producer and source.
#[component]
fn Latest(locale: Locale, unit: Unit, lead: Observation) -> impl IntoView {
    view! {
        <span class="latest">{lead.worded(&unit, locale)}</span>
        <span class="under">
            {lead.period.label(locale)} " · " <Name locale of=lead.entity/> " · "
            <a href=format!("/{locale}/sources/{}", lead.source.id)>
                <Name locale of=lead.producer.named/>
            </a>
        </span>
    }
}
