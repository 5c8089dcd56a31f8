//! Table of public funding, each amount with its kind, period and source.

use leptos::prelude::*;

use crate::{
    components::inline::{Date, Linked},
    domain::{sources::model::Mentioned, subsidies::model::Subsidy},
    pages::sources::cited::Note,
    text::Locale,
};

/// Columns that a table omits because its page states the common value once.
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
    /// Sources mentioned in notes, by id, for links.
    cited: Mentioned,
    #[prop(into)] caption: String,
) -> impl IntoView {
    let whom = match (columns.recipient, columns.program) {
        (true, true) => locale.pick("Recipient, programme", "受助方与政策"),
        (true, false) => locale.pick("Recipient", "受助方"),
        (false, _) => locale.pick("Programme", "政策"),
    };
    let body = rows
        .into_iter()
        .map(|row| view! { <SubsidyLine locale row columns cited=cited.clone()/> })
        .collect_view();
    view! {
        <div class="table-box" role="region" aria-label=caption.clone() tabindex="0">
            <table class="subsidies cards">
                <caption class="visually-hidden">{caption.clone()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("Amount, kind", "金额与类别")}</th>
                        <th scope="col">{whom}</th>
                        {columns.place.then(|| view! { <th scope="col">{locale.pick("Place", "地区")}</th> })}
                        <th scope="col">{locale.pick("For, known since", "所属时段与披露日期")}</th>
                        <th scope="col">{locale.pick("Note, source", "说明与来源")}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

#[component]
fn SubsidyLine(locale: Locale, row: Subsidy, columns: SubsidyColumns, cited: Mentioned) -> impl IntoView {
    let note = row.note.get(locale).map(str::to_owned);
    let unknown = locale.pick("not known", "不详");
    let recipient = columns.recipient.then(|| match row.recipient.clone() {
        Some(of) => view! { <Linked locale room="organizations" of/> }.into_any(),
        None => view! { <span class="none">{locale.pick("whole scheme", "整项计划")}</span> }.into_any(),
    });
    let program = columns.program.then(|| row.program.clone()).flatten();
    let place = row.jurisdiction.clone();
    view! {
        <tr class="subsidy">
            <th scope="row" class="amount" title=row.exact(locale)>
                <a href=format!("/{locale}/subsidies/{}", row.id)>{row.amount(locale)}</a>
                <span class="under">{row.kind.name(locale)}</span>
            </th>
            <td class="whom">
                {recipient}
                {program.map(|of| view! { <span class="under"><Linked locale room="programs" of/></span> })}
            </td>
            {columns.place.then(|| view! { <td>{place.map(|of| view! { <Linked locale room="places" of/> })}</td> })}
            <td class="when">
                {row.period(locale).unwrap_or(unknown.to_owned())}
                {row
                    .disclosed_on
                    .map(|of| {
                        view! { <span class="under">{locale.pick("known ", "披露于")} <Date locale of/></span> }
                    })}
            </td>
            <td class="note">
                {note.map(|text| view! { <Note locale text sources=cited/> " " })}
                <a href=format!("/{locale}/sources/{}", row.source.id)>{row.source.short(locale)}</a>
            </td>
        </tr>
    }
}
