//! What stands below a chart of explore: estimates that are not drawn, breaks, marked dates.

use leptos::prelude::*;

use super::workings::InputItem;
use crate::{
    loaders::explore::view::{BreakView, InputView, MarkView},
    text::{Locale, number::grouped},
};

/// Estimates that cannot be drawn, because their sources have no date.
#[component]
pub fn Undated(locale: Locale, undated: Vec<InputView>) -> impl IntoView {
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

/// Breaks between values of the lines, each with what changed.
#[component]
pub fn Breaks(locale: Locale, breaks: Vec<BreakView>) -> impl IntoView {
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
pub fn Marks(locale: Locale, marks: Vec<MarkView>, more: usize) -> impl IntoView {
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
