//! How each value of explore was calculated: formula, arithmetic, inputs, sources.

use leptos::prelude::*;

use crate::{
    loaders::explore::view::{InputView, WorkedValue, WorkingView},
    text::Locale,
};

/// An observation with its source and note.
#[component]
pub fn InputItem(locale: Locale, input: InputView) -> impl IntoView {
    let of = (!input.of.is_empty()).then(|| view! { {input.of} {locale.pick(": ", "：")} });
    view! {
        <li>
            {of} {input.text} " · "
            <a href=format!("/{locale}/sources/{}", input.source_id)>{input.source}</a>
            {input.note.map(|note| view! { <span class="under">{note}</span> })}
        </li>
    }
}

/// Derivation of every value: formula, arithmetic, inputs, sources.
#[component]
pub fn Workings(locale: Locale, workings: Vec<WorkingView>) -> impl IntoView {
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
