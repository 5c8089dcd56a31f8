//! A converted amount, with the rates that it was converted by.

use leptos::prelude::*;

use crate::{
    domain::subsidies::conversion::{Conversion, RateUsed},
    text::{Locale, Unit},
};

/// The amount in another currency with each rate, its period and its source, or the reason why it is not converted.
#[component]
pub fn ConvertedAmount(
    locale: Locale,
    conversion: Conversion,
    /// Whether the sources of the rates are named. In a table a word links to each.
    #[prop(optional)]
    named: bool,
) -> impl IntoView {
    match &conversion.result {
        Err(reason) => {
            view! { <span class="under converted-not">{reason.sentence(locale)}</span> }.into_any()
        }
        Ok(converted) => {
            let exact = Unit::Money(conversion.currency.clone()).exact(converted.amount, locale).to_string();
            let rates = converted
                .rates
                .iter()
                .map(|rate| view! { <RateLine locale rate=rate.clone() named/> })
                .collect_view();
            view! {
                <span class="under converted">
                    <span class="converted-amount" title=exact>{conversion.amount(converted, locale)}</span>
                    {rates}
                </span>
            }
            .into_any()
        }
    }
}

#[component]
fn RateLine(locale: Locale, rate: RateUsed, named: bool) -> impl IntoView {
    let name = rate.source.short(locale);
    let text = if named { name.clone() } else { locale.pick("source", "来源").to_owned() };
    let source = format!("/{locale}/sources/{}", rate.source.id);
    view! {
        <span class="converted-rate">
            {rate.worded(locale)} " · " <a href=source title=name>{text}</a>
        </span>
    }
}
