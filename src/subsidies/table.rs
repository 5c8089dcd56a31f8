//! Amounts of public money as a table, each with its kind, its period and its source.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::model::Subsidy;
use crate::{
    text::Locale,
    ui::words::{Date, Linked, Note},
};

/// Which columns a table leaves out because its page says it once for all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubsidyColumns {
    pub program: bool,
    pub recipient: bool,
    pub place: bool,
}

impl SubsidyColumns {
    pub const ALL: SubsidyColumns = SubsidyColumns { program: true, recipient: true, place: true };
}

#[component]
pub fn SubsidyTable(
    locale: Locale,
    rows: Vec<Subsidy>,
    columns: SubsidyColumns,
    /// Ids of the sources that notes name, to link them.
    cited: BTreeSet<String>,
    #[prop(into)] caption: String,
) -> impl IntoView {
    let body = rows
        .into_iter()
        .map(|row| view! { <SubsidyLine locale row columns cited=cited.clone()/> })
        .collect_view();
    view! {
        <div class="table-box" role="region" aria-label=caption.clone() tabindex="0">
            <table class="subsidies">
                <caption class="visually-hidden">{caption.clone()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("Amount", "金额")}</th>
                        <th scope="col">{locale.pick("Kind", "类别")}</th>
                        {columns.recipient.then(|| view! { <th scope="col">{locale.pick("To", "受助方")}</th> })}
                        {columns.program.then(|| view! { <th scope="col">{locale.pick("Programme", "政策")}</th> })}
                        {columns.place.then(|| view! { <th scope="col">{locale.pick("Place", "地区")}</th> })}
                        <th scope="col">{locale.pick("For", "所属时段")}</th>
                        <th scope="col">{locale.pick("Known since", "披露日期")}</th>
                        <th scope="col">{locale.pick("Seen in", "来源")}</th>
                        <th scope="col">{locale.pick("Note", "说明")}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

#[component]
fn SubsidyLine(
    locale: Locale,
    row: Subsidy,
    columns: SubsidyColumns,
    cited: BTreeSet<String>,
) -> impl IntoView {
    let note = row.note.get(locale).map(str::to_owned);
    let scheme = locale.pick("whole scheme", "整项计划");
    let unknown = locale.pick("not known", "不详");
    view! {
        <tr class="subsidy">
            <th scope="row" class="amount" title=row.exact(locale)>
                <a href=format!("/{locale}/subsidies/{}", row.id)>{row.amount(locale)}</a>
            </th>
            <td>{row.kind.name(locale)}</td>
            {columns
                .recipient
                .then(|| {
                    let recipient = row.recipient.clone();
                    view! {
                        <td>
                            {match recipient {
                                Some(of) => view! { <Linked locale room="organizations" of/> }.into_any(),
                                None => view! { <span class="none">{scheme}</span> }.into_any(),
                            }}
                        </td>
                    }
                })}
            {columns
                .program
                .then(|| {
                    let program = row.program.clone();
                    view! { <td>{program.map(|of| view! { <Linked locale room="programs" of/> })}</td> }
                })}
            {columns
                .place
                .then(|| {
                    let place = row.jurisdiction.clone();
                    view! { <td>{place.map(|of| view! { <Linked locale room="places" of/> })}</td> }
                })}
            <td>{row.period(locale).unwrap_or(unknown.to_owned())}</td>
            <td class="nowrap">
                {match row.disclosed_on {
                    Some(of) => view! { <Date locale of/> }.into_any(),
                    None => view! { <span class="none">{unknown}</span> }.into_any(),
                }}
            </td>
            <td class="seen">
                <a href=format!("/{locale}/sources/{}", row.source.id)>{row.source.short(locale)}</a>
            </td>
            <td class="note">{note.map(|text| view! { <Note locale text sources=cited/> })}</td>
        </tr>
    }
}
