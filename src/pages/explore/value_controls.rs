//! Controls for what is made of the values: transformation, currency, base period, estimates of one period, formula.

use leptos::prelude::*;

use super::select::{Select, chosen_word, words};
use crate::{
    domain::explore::{
        formula,
        query::{Every, ExploreQuery, How, Measure},
    },
    loaders::explore::view::ExploreOptions,
    text::{Locale, Period, currency::Currency},
};

/// The period whose estimates a chart of vintages draws.
#[component]
pub fn EstimatedPeriod(locale: Locale, query: ExploreQuery, options: ExploreOptions) -> impl IntoView {
    let estimates = options.estimate_counts.into_iter().map(|(code, label, count)| {
        (code, locale.pick(format!("{label} ({count} publications)"), format!("{label}（{count}次发布）")))
    });
    view! {
        <Select name="of" label=locale.pick("Estimates of", "所估时段") none=locale.pick("Most often estimated", "估算最多的时段").to_owned() options=estimates.collect() chosen=query.of.map(Period::code)/>
    }
}

/// What is made of the published values: period length, currency, measure, base and formula.
#[component]
pub fn ValueControls(locale: Locale, query: ExploreQuery, options: ExploreOptions) -> impl IntoView {
    let how = (query.every.is_some() && options.stocks).then(|| {
        view! {
            <Select name="how" label=locale.pick("What is not summed", "不可加总的数值") none=locale.pick("Left out", "不列出").to_owned() options=words(How::WORDS, |one| one.name(locale).to_owned()) chosen=chosen_word(query.how.map(How::word))/>
        }
    });
    let currency = options.money.then(|| {
        view! { <CurrencyControl locale chosen=query.currency offered={options.rates || query.currency.is_some()}/> }
    });
    let base = matches!(query.measure(), Measure::Index | Measure::AnnualRate)
        .then(|| view! { <BasePeriod locale query=query.clone() options/> });
    let formula = (query.series.len() > 1).then(|| view! { <FormulaField locale query=query.clone()/> });
    view! {
        <Select name="every" label=locale.pick("Periods", "时段长度") none=locale.pick("Most common", "最常见的一种").to_owned() options=words(Every::WORDS, |one| one.name(locale).to_owned()) chosen=chosen_word(query.every.map(Every::word))/>
        {how}
        {currency}
        <Select name="units" label=locale.pick("Values", "数值") options=words(Measure::WORDS, |one| one.name(locale).to_owned()) chosen=chosen_word(query.measure.map(Measure::word))/>
        {base}
        {formula}
    }
}

/// Currency to convert to, or why there is none.
#[component]
fn CurrencyControl(
    locale: Locale,
    chosen: Option<Currency>,
    /// Whether any value can be converted.
    offered: bool,
) -> impl IntoView {
    if offered {
        return view! {
            <Select name="currency" label=locale.pick("Currency", "币种") none=locale.pick("As published", "原币种").to_owned() options=words(Currency::WORDS, |one| one.name(locale).to_owned()) chosen=chosen_word(chosen.map(Currency::word))/>
        }
        .into_any();
    }
    view! {
        <p class="explore-control under">
            {locale
                .pick(
                    "No currency can be chosen: for none of these periods an exchange rate is published.",
                    "不能换算币种：这些时段均无已公布的汇率。",
                )}
        </p>
    }
    .into_any()
}

/// Base period of an index or of a compound rate.
#[component]
fn BasePeriod(locale: Locale, query: ExploreQuery, options: ExploreOptions) -> impl IntoView {
    let periods = options.periods;
    let none = match (&options.base, query.measure()) {
        (Some(code), Measure::Index) => {
            let label = periods.iter().find(|(known, _)| known == code).map_or(code, |(_, label)| label);
            locale.pick(format!("First they share: {label}"), format!("首个共有时段：{label}"))
        }
        _ => locale.pick("Each from the one before", "逐期计算").to_owned(),
    };
    view! {
        <Select name="base" label=locale.pick("Base period", "基期") none options=periods chosen=query.base.map(Period::code)/>
    }
}

/// Text field for a formula over the chosen series, with suggestions.
#[component]
pub fn FormulaField(locale: Locale, query: ExploreQuery) -> impl IntoView {
    let letters = query.series.len().min(formula::MAX_SERIES);
    let last = formula::letter(letters - 1).map(String::from).unwrap_or_default();
    let examples = [(2, "a/b"), (2, "a/b*100"), (2, "a-b"), (2, "a+b"), (3, "(a+b)/c")];
    let examples = examples
        .into_iter()
        .filter(|(series, _)| *series <= letters)
        .map(|(_, formula)| view! { <option value=formula></option> })
        .collect_view();
    view! {
        <p class="explore-control">
            <label for="c-formula">
                {locale.pick(format!("Formula of a to {last}"), format!("算式（a至{last}）"))}
            </label>
            <input
                type="text"
                id="c-formula"
                name="formula"
                list="c-formulas"
                value=query.formula.map(|formula| formula.to_string())
                maxlength=formula::MAX_LENGTH
                placeholder="a/b"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
            />
            <datalist id="c-formulas">{examples}</datalist>
        </p>
    }
}
