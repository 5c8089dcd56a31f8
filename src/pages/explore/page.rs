//! `/explore`: any series on one chart; without a selection, a list of presets.

use leptos::prelude::*;

use super::{
    browser::{About, Browser, Peers},
    controls::{Chosen, Controls, Finder},
    table::ValueTable,
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
    loaders::explore::view::{
        BreakView, ExploreView, InputView, MarkView, ReadyChart, WorkedValue, WorkingView,
    },
    text::{Locale, number::grouped, query},
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

/// Estimates that cannot be drawn, because their sources have no date.
#[component]
fn Undated(locale: Locale, undated: Vec<InputView>) -> impl IntoView {
    if undated.is_empty() {
        return ().into_any();
    }
    let items = undated.into_iter().map(|input| view! { <InputItem locale input/> }).collect_view();
    let title = locale.pick("Without a date of publication, so not drawn", "未注明发布日期，未绘入图中");
    view! {
        <section class="explore-marks" aria-label=title>
            <h2>{title}</h2>
            <ul class="explore-inputs">{items}</ul>
        </section>
    }
    .into_any()
}

/// An observation with its source and note.
#[component]
fn InputItem(locale: Locale, input: InputView) -> impl IntoView {
    let of = (!input.of.is_empty()).then(|| view! { {input.of} {locale.pick(": ", "：")} });
    view! {
        <li>
            {of} {input.text} " · "
            <a href=format!("/{locale}/sources/{}", input.source_id)>{input.source}</a>
            {input.note.map(|note| view! { <span class="under">{note}</span> })}
        </li>
    }
}

/// Breaks between values of the lines, each with what changed.
#[component]
fn Breaks(locale: Locale, breaks: Vec<BreakView>) -> impl IntoView {
    if breaks.is_empty() {
        return ().into_any();
    }
    let items = breaks
        .into_iter()
        .map(|one| {
            let of = (!one.of.is_empty()).then(|| format!("{}{}", one.of, locale.pick(": ", "：")));
            view! {
                <li>
                    <b>{of} {one.title}{locale.pick(".", "。")}</b> " " {one.note} " "
                    <a href=format!("/{locale}/sources/{}", one.source_id)>{one.source}</a>
                </li>
            }
        })
        .collect_view();
    let title = locale.pick("Not comparable throughout", "口径前后不一致");
    view! {
        <section class="explore-marks" aria-label=title>
            <h2>{title}</h2>
            <ul>{items}</ul>
        </section>
    }
    .into_any()
}

/// Key to the numbered flags above the time axis.
#[component]
fn Marks(locale: Locale, marks: Vec<MarkView>, more: usize) -> impl IntoView {
    if marks.is_empty() {
        return ().into_any();
    }
    let items = marks
        .into_iter()
        .map(|mark| {
            view! {
                <li>
                    <a href=mark.href>{mark.title}</a>
                    <span class="under">{mark.kind.name(locale)} " · " {mark.date}</span>
                </li>
            }
        })
        .collect_view();
    let rest = (more > 0).then(|| {
        let text = locale.pick(
            format!(
                "{} earlier ones are not marked; choose a place or fewer kinds to see them.",
                grouped(more.into())
            ),
            format!("另有{}项较早的未标注；可选择地区或减少类别。", grouped(more.into())),
        );
        view! { <p class="under">{text}</p> }
    });
    view! {
        <section class="explore-marks" aria-label=locale.pick("Marked dates", "标注日期")>
            <ol>{items}</ol>
            {rest}
        </section>
    }
    .into_any()
}

/// Derivation of every value: formula, arithmetic, inputs, sources.
#[component]
fn Workings(locale: Locale, workings: Vec<WorkingView>) -> impl IntoView {
    let items = workings.into_iter().map(|working| view! { <Working locale working/> }).collect_view();
    view! {
        <section class="taken" id="workings">
            <h2>{locale.pick("How each value was calculated", "数值的计算过程")}</h2>
            {items}
        </section>
    }
}

#[component]
fn Working(locale: Locale, working: WorkingView) -> impl IntoView {
    let WorkingView { name, colour, formulas, values } = working;
    let kind = match formulas.is_empty() {
        true => locale.pick("as published", "原值"),
        false => locale.pick("calculated by us", "本站计算"),
    };
    let formulas =
        formulas.into_iter().map(|formula| view! { <p class="explore-formula">{formula}</p> }).collect_view();
    let rows = values.into_iter().map(|value| view! { <WorkedRow locale value/> }).collect_view();
    view! {
        <details class="explore-working">
            <summary>
                <span class=format!("swatch series-{colour}") aria-hidden="true"></span>
                {name}
                " "
                <span class="under">{kind}</span>
            </summary>
            {formulas}
            <dl class="explore-worked">{rows}</dl>
        </details>
    }
}

#[component]
fn WorkedRow(locale: Locale, value: WorkedValue) -> impl IntoView {
    let sums =
        value.sums.into_iter().map(|sum| view! { <code class="explore-sum">{sum}</code> }).collect_view();
    let inputs = value.inputs.into_iter().map(|input| view! { <InputItem locale input/> }).collect_view();
    view! {
        <dt id=value.id>{value.period}</dt>
        <dd>
            <b>{value.text}</b>
            {sums}
            <ul class="explore-inputs">{inputs}</ul>
        </dd>
    }
}
