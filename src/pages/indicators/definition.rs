//! What an indicator counts, the sources of its figures, and indicators like it.

use leptos::prelude::*;

use crate::{
    components::feeds::FollowEntry,
    domain::{indicators::model::Indicator, sources::model::SourceRef},
    text::{Locale, Named, number::grouped},
};

#[component]
pub fn Definition(locale: Locale, indicator: Indicator, twins: Vec<Named>) -> impl IntoView {
    let (before, after) = locale.pick(
        (
            "Sub-periods may be summed to the longer period, within one producer.",
            "Values must not be summed: ",
        ),
        ("同一数据方的分时段数值可以加总为更长时段。", "数值不可加总："),
    );
    let stock = locale.pick(
        "a stock, share, rate, average or peak does not add up over time.",
        "存量、占比、比率、平均值和峰值不能按时间相加。",
    );
    let summing = if indicator.additive { before.to_owned() } else { format!("{after}{stock}") };
    let unit = match indicator.unit {
        crate::text::Unit::Ratio => locale.pick("a multiple", "倍数").to_owned(),
        ref unit => unit.axis(unit.scale_of(Default::default(), locale), locale),
    };
    let twins = twins
        .into_iter()
        .map(|twin| view! { <li><a href=format!("/{locale}/indicators/{}", twin.id)>{twin.name(locale).to_owned()}</a></li> })
        .collect_view();
    view! {
        <section class="taken" id="definition">
            <h2>{locale.pick("Definition", "定义")}</h2>
            <p>{indicator.description.get(locale).unwrap_or_default().to_owned()}</p>
            <dl class="particulars">
                <dt>{locale.pick("Unit", "单位")}</dt>
                <dd>{unit}</dd>
                <dt>{locale.pick("Published", "发布频率")}</dt>
                <dd>{indicator.frequency.name(locale)}</dd>
                <dt>{locale.pick("Summing", "加总")}</dt>
                <dd>{summing}</dd>
                <FollowEntry locale filtered=true/>
                <dt>{locale.pick("Id", "编号")}</dt>
                <dd><code>{indicator.named.id}</code></dd>
            </dl>
            {(!twins.is_empty())
                .then(|| {
                    view! {
                        <p>{locale.pick("The same quantity in another currency:", "同一数量的其他币种：")}</p>
                        <ul class="plain">{twins}</ul>
                    }
                })}
        </section>
    }
}

#[component]
pub fn SourceList(locale: Locale, sources: Vec<(SourceRef, u32)>) -> impl IntoView {
    let items = sources
        .into_iter()
        .map(|(source, count)| {
            let (title, lang) = source.title_for(locale);
            let figures = locale.pick(
                format!("{} {}", grouped(count.into()), if count == 1 { "figure" } else { "figures" }),
                format!("{}项数据", grouped(count.into())),
            );
            view! {
                <li>
                    <a href=format!("/{locale}/sources/{}", source.id) lang=lang.to_owned()>{title.to_owned()}</a>
                    <span class="under">{source.short(locale)} " · " {figures}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="taken" id="sources">
            <h2>{locale.pick("Sources", "来源")}</h2>
            <ol class="source-list">{items}</ol>
        </section>
    }
}

#[component]
pub fn Related(locale: Locale, related: Vec<Named>) -> impl IntoView {
    let items = related
        .into_iter()
        .map(|other| view! { <li><a href=format!("/{locale}/indicators/{}", other.id)>{other.name(locale).to_owned()}</a></li> })
        .collect_view();
    view! {
        <section class="taken" id="related">
            <h2>{locale.pick("Related indicators", "相关指标")}</h2>
            <ul class="plain columns">{items}</ul>
        </section>
    }
}
