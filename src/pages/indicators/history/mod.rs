//! `/indicators/{slug}/history`: everything published about one figure, and how far first figures were from last ones.

mod corrections;
mod producers;
mod publications;
mod section;

use leptos::prelude::*;

use crate::{
    charts::ChartView,
    components::{
        async_page::loaded, downloads::AddToBrief, figure::Figure, list::KeepState, location, page::Page,
    },
    domain::{
        brief::query::BriefItem, explore::query::ExploreQuery, indicators::model::SeriesQuery,
        observations::history::HistoryQuery,
    },
    loaders::indicators::{
        history::{self, FigureHistory},
        titles,
    },
    text::{Locale, Named, Period, query},
};
use corrections::Corrections;
use producers::{ByProducer, Distances};
use publications::Publications;

#[component]
pub fn History() -> impl IntoView {
    let (locale, search, id) = (location::locale(), location::search(), location::param("slug"));
    let page = async move { history::history(locale, id, HistoryQuery::parse(&search)?).await };
    loaded(locale, page, move |page: FigureHistory| view! { <OneFigure locale page/> })
}

#[component]
fn OneFigure(locale: Locale, page: FigureHistory) -> impl IntoView {
    let FigureHistory { indicator, entity, period, dated, undated, cited, .. } = page;
    let (unit, slug) = (indicator.unit.clone(), indicator.named.id.clone());
    let name = indicator.named.name(locale).to_owned();
    let state = query::encode(HistoryQuery { entity: Some(entity.id.clone()), period: Some(period) }.pairs());
    let item = BriefItem::figure(&slug, &state);
    // The sentence is the heading of the chart, whose title says what is drawn.
    let chart = page.chart.map(|chart| {
        let subtitle = [chart.title.as_str(), &chart.subtitle].join(" · ");
        ChartView { subtitle, ..chart }
    });
    let sentence = titles::history_finding(&dated, undated.len(), &unit, locale);
    let explore = page.explore;
    let picture_address = (!explore.series.is_empty())
        .then(|| query::href(&format!("/{locale}/explore/chart.png"), explore.pairs()))
        .map(location::keep_state);
    let links = view! {
        <Elsewhere locale slug=slug.clone() entity=entity.id.clone() explore item/>
    };
    view! {
        <Page
            locale
            state
            title=titles::history_title(&indicator.named, &entity, period, locale)
            description=titles::history_description(locale).to_owned()
            index=false
            crumbs=vec![
                (locale.pick("Indicators", "指标").to_owned(), format!("/{locale}/indicators")),
                (name, format!("/{locale}/indicators/{slug}")),
            ]
        >
            <Chooser locale slug entities=page.entities entity=entity periods=page.periods period/>
            <h2 class="finding">{sentence}</h2>
            {chart.map(|chart| view! { <Figure locale chart id="chart" untitled=true picture_address/> })}
            <Publications locale unit=unit.clone() dated undated cited/>
            <ByProducer locale unit=unit.clone() revised=page.revised/>
            <Corrections locale unit=unit.clone() corrections=page.corrections/>
            <Distances locale unit all=page.first_to_last covers_all=page.covers_all/>
            {links}
        </Page>
    }
}

/// Chooses entity and period by a plain form.
#[component]
fn Chooser(
    locale: Locale,
    slug: String,
    entities: Vec<Named>,
    entity: Named,
    periods: Vec<(Period, usize)>,
    period: Period,
) -> impl IntoView {
    let entities = entities
        .into_iter()
        .map(|one| {
            let selected = one.id == entity.id;
            view! { <option value=one.id.clone() selected=selected>{one.name(locale).to_owned()}</option> }
        })
        .collect_view();
    let is_known = periods.iter().any(|(one, _)| *one == period);
    let unknown = (!is_known)
        .then(|| view! { <option value=period.code() selected=true>{period.label(locale)}</option> });
    let periods = periods
        .into_iter()
        .map(|(one, count)| {
            let label = one.label(locale);
            let figures = if count == 1 { "figure" } else { "figures" };
            let text = locale.pick(format!("{label} ({count} {figures})"), format!("{label}（{count}项）"));
            view! { <option value=one.code() selected=one == period>{text}</option> }
        })
        .collect_view();
    view! {
        <form
            class="history-form"
            method="get"
            action=format!("/{locale}/indicators/{slug}/history")
            aria-label=locale.pick("Choose a figure", "选择数据")
        >
            <p>
                <label for="h-entity">{locale.pick("About", "对象")}</label>
                <select id="h-entity" name="entity">{entities}</select>
            </p>
            <p>
                <label for="h-period">{locale.pick("Period", "时段")}</label>
                <select id="h-period" name="period">{unknown} {periods}</select>
            </p>
            <KeepState/>
            <p><button type="submit">{locale.pick("Show", "显示")}</button></p>
        </form>
    }
}

/// Links to the indicator, to explore, to a reader’s brief and to the API.
#[component]
fn Elsewhere(
    locale: Locale,
    slug: String,
    entity: String,
    explore: ExploreQuery,
    item: BriefItem,
) -> impl IntoView {
    let indicator =
        SeriesQuery { entities: vec![entity.clone()], ..SeriesQuery::default() }.href(locale, &slug);
    let api = query::href(
        "/api/v1/observations",
        [("indicator", slug), ("entity", entity), ("include_history", "true".to_owned())],
    );
    let explore = (!explore.series.is_empty()).then(|| {
        view! {
            <li>
                <a href=location::keep_state(explore.href(locale))>
                    {locale.pick("These publications in explore, with files", "在探索页查看这些公布值，可下载文件")}
                </a>
            </li>
        }
    });
    view! {
        <section class="taken" id="elsewhere">
        <h2>{locale.pick("See also", "另见")}</h2>
        <ul class="plain">
            <li>
                <a href=location::keep_state(indicator)>
                    {locale.pick("All periods of this indicator", "该指标的全部时段")}
                </a>
            </li>
            {explore}
            <li><AddToBrief locale item/></li>
            <li><a href=api rel="nofollow">{locale.pick("Every version of these rows, as JSON", "这些行的全部版本（JSON）")}</a></li>
        </ul>
        </section>
    }
}
