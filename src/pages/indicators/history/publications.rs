//! Every publication of one figure.

use leptos::prelude::*;

use super::section::{Column, TableSection};
use crate::{
    components::{
        inline::{Date, Name},
        location,
    },
    domain::{observations::model::Observation, sources::model::Mentioned},
    pages::{report, sources::cited::Note},
    text::{Locale, Unit},
};

/// Every publication of the figure; those without a date at the end.
#[component]
pub fn Publications(
    locale: Locale,
    unit: Unit,
    dated: Vec<Observation>,
    undated: Vec<Observation>,
    cited: Mentioned,
) -> impl IntoView {
    if dated.is_empty() && undated.is_empty() {
        return ().into_any();
    }
    let caption = locale.pick("Publications", "各次公布");
    let body = dated
        .into_iter()
        .chain(undated)
        .map(|row| view! { <Publication locale unit=unit.clone() row cited=cited.clone()/> })
        .collect_view();
    let columns = vec![
        Column::text(locale.pick("Published", "发布日期")),
        Column::number(locale.pick("Value", "数值")),
        Column::text(locale.pick("Measured by", "数据方")),
        Column::text(locale.pick("Source", "来源")),
        Column::text(locale.pick("Note", "说明")),
    ];
    view! {
        <TableSection id="publications" title=caption columns cards=true>
            {body}
        </TableSection>
    }
    .into_any()
}

#[component]
fn Publication(locale: Locale, unit: Unit, row: Observation, cited: Mentioned) -> impl IntoView {
    let on = match row.source.published_on {
        Some(of) => view! { <Date locale of/> }.into_any(),
        None => locale.pick("day not known", "日期不详").into_any(),
    };
    let note = row.note.get(locale).map(str::to_owned);
    let seen = [
        row.entity.name(locale).to_owned(),
        row.period.label(locale),
        row.worded_exactly(&unit, locale),
        row.source.id.clone(),
    ];
    let wrong = report::href(locale, &location::address(), Some(seen.join(" · ")));
    let outlier = row.outlier.then(|| locale.pick("outlier: not to be used", "异常值，不宜使用"));
    let under: Vec<&str> = row.basis.map(|basis| basis.name(locale)).into_iter().chain(outlier).collect();
    view! {
        <tr>
            <th scope="row" class="nowrap">{on}</th>
            <td class="n" title=row.worded_exactly(&unit, locale)>
                {row.worded(&unit, locale)}
                {(!under.is_empty()).then(|| view! { <span class="under">{under.join(" · ")}</span> })}
            </td>
            <td><Name locale of=row.producer.named/></td>
            <td class="seen">
                <a href=format!("/{locale}/sources/{}", row.source.id)>{row.source.short(locale)}</a>
                <span class="under"><a href=wrong rel="nofollow">{locale.pick("Report an error", "报告错误")}</a></span>
            </td>
            <td class="note">{note.map(|text| view! { <Note locale text sources=cited/> })}</td>
        </tr>
    }
}
