//! Choice of the figures of an indicator: about whom, and measured by whom.

use leptos::prelude::*;

use crate::{
    components::{inline::Name, list::KeepState, location},
    domain::indicators::model::SeriesQuery,
    loaders::indicators::select::ProducerChoice,
    text::{Locale, Named, number::grouped},
};

/// Filter by producer: checkboxes in a plain form.
#[component]
pub fn SeriesForm(
    locale: Locale,
    slug: String,
    query: SeriesQuery,
    choice: ProducerChoice,
    find: String,
) -> impl IntoView {
    let path = format!("/{locale}/indicators/{slug}");
    let narrowed = (query != SeriesQuery::default()).then(|| path.clone());
    let ProducerChoice { offered, not_offered, producers, .. } = choice;
    let producers =
        producers.into_iter().map(|(producer, count, chosen)| (producer.named, count, chosen)).collect();
    let more = (not_offered > 0).then(|| {
        let count = grouped(not_offered.into());
        let text =
            locale.pick(format!("{count} more with fewer figures"), format!("另有{count}个，数据较少"));
        view! { <p class="boxes-more"><a href=find>{text}</a></p> }
    });
    view! {
        <form class="series-form" method="get" action=path aria-label=locale.pick("Choose figures", "选择数据")>
            <Boxes locale name="entity" legend=locale.pick("About", "对象") options=offered/>
            {more}
            <Boxes locale name="producer" legend=locale.pick("Measured by", "数据方") options=producers/>
            {query.all_rows.then(|| view! { <input type="hidden" name="rows" value="all"/> })}
            {query.every.map(|every| view! { <input type="hidden" name="every" value=every.word()/> })}
            <KeepState/>
            <p class="series-form-end">
                <button type="submit">{locale.pick("Show", "显示")}</button>
                {narrowed.map(|href| view! { <a href=location::keep_state(href)>{locale.pick("Reset", "重置")}</a> })}
            </p>
        </form>
    }
}

#[component]
fn Boxes(
    locale: Locale,
    name: &'static str,
    legend: &'static str,
    options: Vec<(Named, u32, bool)>,
) -> impl IntoView {
    if options.len() < 2 {
        return ().into_any();
    }
    let boxes = options
        .into_iter()
        .map(|(named, count, chosen)| {
            view! {
                <label class="box">
                    <input type="checkbox" name=name value=named.id.clone() checked=chosen/>
                    <span><Name locale of=named/></span>
                    <span class="count">{grouped(count.into())}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="boxes">
            <legend>{legend}</legend>
            {boxes}
        </fieldset>
    }
    .into_any()
}
