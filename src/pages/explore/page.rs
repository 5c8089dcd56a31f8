//! `/explore`: any series on one chart; without a selection, a list of presets.

use leptos::prelude::*;

use super::{
    browser::{About, Browser, Peers},
    chosen::Chosen,
    controls::{Controls, Finder},
    remarks::{Breaks, Marks, Undated},
    table::ValueTable,
    workings::Workings,
};
use crate::{
    charts::ChartView,
    components::{
        async_page::loaded,
        downloads::{Covers, ExportLinks},
        figure::Figure,
        list::{Facets, KeepState},
        location,
        page::Page,
    },
    domain::explore::query::ExploreQuery,
    islands::workbench::Workbench,
    loaders::explore::data,
    loaders::explore::view::{ExploreView, ReadyChart},
    text::{Locale, query},
};

#[component]
pub fn Explore() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { data::explored(locale, ExploreQuery::parse(&search)?).await };
    loaded(locale, page, move |view: ExploreView| view! { <Explored locale view/> })
}

#[component]
fn Explored(locale: Locale, view: ExploreView) -> impl IntoView {
    let (title, description) = (view.title.clone(), view.description.clone());
    let empty = view.query.series.is_empty();
    let take = if empty { ExportLinks::Nothing } else { ExportLinks::with(view.chart.is_some()) };
    let crumbs = match empty {
        true => Vec::new(),
        false => vec![(locale.pick("Explore", "探索").to_owned(), format!("/{locale}/explore"))],
    };
    let covers = (!empty).then(Covers::default);
    let chart = view.chart.as_ref().filter(|_| !empty).map(|_| "chart");
    // For a preset, the view contains the full query; the address contains only its name.
    let asked = ExploreQuery::parse(&location::search()).unwrap_or_default();
    let state = query::encode(asked.pairs());
    let names: Vec<&str> = view.series.iter().map(|series| series.name.as_str()).collect();
    let detail = (!empty && view.preset.is_none()).then(|| names.join(locale.pick(", ", "、")));
    let contents = match empty {
        true => view! { <Beginning locale view/> }.into_any(),
        false => view! { <Workspace locale view/> }.into_any(),
    };
    view! {
        <Page locale state take chart covers title description detail crumbs>
            {contents}
            <Workbench/>
        </Page>
    }
}

/// Presets, and the search field for series.
#[component]
fn Beginning(locale: Locale, view: ExploreView) -> impl IntoView {
    let offers = view.offers.into_iter().map(|offer| view! { <OfferCard locale offer/> }).collect_view();
    let find = view.query.find.clone();
    view! {
        <form class="explore-form explore-beginning" method="get" action=format!("/{locale}/explore") role="search">
            <Finder locale query=view.query.clone() value=find suggestions=view.suggestions/>
            <KeepState/>
        </form>
        <About locale query=view.query.clone() entities=view.entities/>
        <Browser locale query=view.query found=view.found tree=view.tree about=view.about/>
        <section class="taken" id="ready">
            <h2>{locale.pick("Ready-made charts", "预设图表")}</h2>
            <p>
                {locale
                    .pick(
                        "Each answers a question by a rule over the figures, so its headline changes when they do. Where sources contradict each other, see ",
                        "每张图按规则由数据得出结论，数据更新时标题随之改变。来源相互矛盾之处，见",
                    )}
                <a href=format!("/{locale}/disagreements")>{locale.pick("where sources differ", "来源之间的差异")}</a>
                {locale.pick(".", "。")}
            </p>
            <ul class="explore-offers">{offers}</ul>
        </section>
    }
}

#[component]
fn OfferCard(locale: Locale, offer: ReadyChart) -> impl IntoView {
    let href = location::keep_state(format!("/{locale}/explore?preset={}", offer.id));
    let spark = offer
        .spark
        .map(|svg| view! { <span class="explore-offer-spark" aria-hidden="true" inner_html=svg></span> });
    view! {
        <li class="explore-offer">
            <span class="under">{offer.about}</span>
            <a href=href>{offer.headline}</a>
            {spark}
        </li>
    }
}

/// The chart with controls, table and notes.
#[component]
fn Workspace(locale: Locale, view: ExploreView) -> impl IntoView {
    let ExploreView {
        query,
        preset,
        chart,
        notices,
        series,
        table,
        workings,
        breaks,
        undated,
        marks,
        more_marks,
        options,
        found,
        tree,
        about,
        peers,
        entities,
        suggestions,
        title,
        ..
    } = view;
    let empty = table.rows.is_empty();
    let notices = (!notices.is_empty()).then(|| {
        let items = notices.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
        view! { <ul class="explore-notices">{items}</ul> }
    });
    let browser = view! { <Browser locale query=query.clone() found tree about/> };
    let chosen = query.clone();
    // Sorting its table does not turn a preset into a custom chart.
    let sorted = preset.unwrap_or_else(|| query.clone());
    let address = location::keep_state(sorted.href(locale));
    let controls = view! { <Controls locale query=query.clone() options address suggestions/> };
    view! {
        <div class="with-facets explore">
            <Facets locale>
                {controls}
            </Facets>
            <div>
                {browser}
                <Chosen locale query=chosen.clone() series/>
                <Peers locale query=chosen.clone() peers/>
                <About locale query=chosen entities/>
                <div role="status">{notices}</div>
                {chart
                    .map(|chart| {
                        // The page already shows the subtitle under its heading.
                        let chart = ChartView { subtitle: String::new(), ..chart };
                        view! { <Figure locale chart id="chart" untitled=true picture=1/> }
                    })}
                <Undated locale undated/>
                <Breaks locale breaks/>
                <Marks locale marks more=more_marks/>
                {(!empty)
                    .then(|| {
                        view! {
                            <section class="taken" id="values">
                                <h2>{locale.pick("The values", "数值")}</h2>
                                <ValueTable locale query=sorted table caption=title/>
                            </section>
                            <Workings locale workings/>
                        }
                    })}
            </div>
        </div>
    }
}
