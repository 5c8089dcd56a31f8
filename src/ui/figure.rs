use crate::{chart::ChartView, text::Locale};
use leptos::prelude::*;
#[component]
pub fn Figure(locale: Locale, chart: ChartView, #[prop(into)] id: String) -> impl IntoView {
    let _ = (locale, id);
    view! { <p>{chart.title}</p> }
}
