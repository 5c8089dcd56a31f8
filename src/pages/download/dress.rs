//! Form on the download page with which a reader changes a chart: its address holds what they wrote.

use leptos::prelude::*;

use super::data::DressForm;
use crate::{
    outputs::files::dressing::{FROM, MAX_NOTE, MAX_TITLE, NOTE, SERIES, TITLE, TO},
    text::Locale,
};

#[component]
pub fn DressChart(locale: Locale, form: DressForm) -> impl IntoView {
    let value = |name: &str| {
        let found = form.values.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let state = form.state.iter().cloned();
    let state =
        state.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    let text = |name: &'static str, label: String, most: usize| {
        view! {
            <p>
                <label for=name>{label}</label>
                <input type="text" id=name name=name value=value(name) maxlength=most.to_string() autocomplete="off"/>
            </p>
        }
    };
    let title = locale.pick(
        format!("Your title, at most {MAX_TITLE} characters"),
        format!("您的标题，最多{MAX_TITLE}个字符"),
    );
    let note = locale
        .pick(format!("Your note, at most {MAX_NOTE} characters"), format!("您的说明，最多{MAX_NOTE}个字符"));
    let charts = (form.charts.len() > 1).then(|| {
        let numbers = form.charts.iter().enumerate().map(|(at, title)| ((at + 1).to_string(), title.clone()));
        choice("chart", locale.pick("Chart", "图表"), numbers.collect(), (form.chosen + 1).to_string())
    });
    let series = (!form.series.is_empty()).then(|| {
        let none = (String::new(), locale.pick("none", "不突出").to_owned());
        let labels = form.series.iter().map(|label| (label.clone(), label.clone()));
        let label = locale.pick("Series to highlight", "突出显示的序列");
        choice(SERIES, label, std::iter::once(none).chain(labels).collect(), value(SERIES))
    });
    let years = form.years.map(|(first, last)| {
        let years = |rest: String| -> Vec<(String, String)> {
            let all = (first..=last).map(|year| (year.to_string(), year.to_string()));
            std::iter::once((String::new(), rest)).chain(all).collect()
        };
        let (earliest, latest) = (locale.pick("the start", "最早"), locale.pick("the end", "最近"));
        // A year outside the data stays chosen by the address alone.
        view! {
            {choice(FROM, locale.pick("From", "起始年"), years(earliest.to_owned()), value(FROM))}
            {choice(TO, locale.pick("To", "截止年"), years(latest.to_owned()), value(TO))}
        }
    });
    let about = locale.pick(
        "Your title and note are printed in the picture and the frame, marked as yours; the title of the chart stays below them. All of it \
         is in the address of this page.",
        "标题和说明会印在图片和嵌入框架中，并注明由您所写；图表原有标题保留在下方。全部内容都在本页地址中。",
    );
    view! {
        <section class="taken" id="dress">
            <h2>{locale.pick("Make the chart yours", "自定义图表")}</h2>
            <p>{about}</p>
            <form class="dress" method="get" action=form.action.clone() + "#dress">
                {state}
                {charts}
                {text(TITLE, title, MAX_TITLE)}
                {text(NOTE, note, MAX_NOTE)}
                {series}
                {years}
                <p><button type="submit">{locale.pick("Show the pictures", "更新图片")}</button></p>
            </form>
        </section>
    }
}

/// A field with a choice of values, each with its label.
fn choice(
    name: &'static str,
    label: &'static str,
    values: Vec<(String, String)>,
    chosen: String,
) -> impl IntoView {
    let options = values
        .into_iter()
        .map(|(value, text)| {
            let is_chosen = value == chosen;
            view! { <option value=value selected=is_chosen>{text}</option> }
        })
        .collect_view();
    view! {
        <p>
            <label for=name>{label}</label>
            <select id=name name=name>{options}</select>
        </p>
    }
}
