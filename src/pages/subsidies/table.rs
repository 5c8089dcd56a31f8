//! Table of public funding, each amount with its kind, period and source.

use leptos::prelude::*;

use super::{converted::ConvertedAmount, totals::scope_name};
use crate::{
    components::inline::{Date, Linked},
    domain::{programs::model::Scope, sources::model::Mentioned, subsidies::model::Subsidy},
    pages::sources::cited::Note,
    text::{Locale, Named},
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
    /// Whether the rows come by programme: each programme is a heading above its amounts.
    #[prop(optional)]
    grouped: bool,
) -> impl IntoView {
    let whom = match (columns.recipient, columns.program) {
        (true, true) if grouped => locale.pick("Recipient", "受助方"),
        (true, true) => locale.pick("Recipient, programme", "受助方与政策"),
        (true, false) => locale.pick("Recipient", "受助方"),
        (false, _) => locale.pick("Programme", "政策"),
    };
    let span = 4 + usize::from(columns.place);
    let line = |row: Subsidy, columns| view! { <SubsidyLine locale row columns cited=cited.clone()/> };
    let body = if grouped {
        let columns = SubsidyColumns { program: false, ..columns };
        let groups = rows.chunk_by(|a, b| group(a) == group(b)).map(|rows| {
            let program = rows.first().and_then(|row| row.program.clone());
            let rows = rows.iter().map(|row| line(row.clone(), columns)).collect_view();
            view! { <tbody><GroupHead locale program span/> {rows}</tbody> }
        });
        groups.collect_view().into_any()
    } else {
        let rows = rows.into_iter().map(|row| line(row, columns)).collect_view();
        view! { <tbody>{rows}</tbody> }.into_any()
    };
    view! {
        <div class="table-box" role="region" aria-label=caption.clone() tabindex="0">
            <table class="subsidies cards">
                <caption class="visually-hidden">{caption.clone()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("Amount, kind, scope", "金额、类别与范围")}</th>
                        <th scope="col">{whom}</th>
                        {columns.place.then(|| view! { <th scope="col">{locale.pick("Place", "地区")}</th> })}
                        <th scope="col">{locale.pick("Period, disclosed on", "所属时段与披露日期")}</th>
                        <th scope="col">{locale.pick("Note, source", "说明与来源")}</th>
                    </tr>
                </thead>
                {body}
            </table>
        </div>
    }
}

/// What the amounts under one heading have in common: their programme, or that they have none and their scope.
fn group(row: &Subsidy) -> (Option<&str>, Option<Option<Scope>>) {
    match &row.program {
        Some(program) => (Some(&program.id), None),
        None => (None, Some(row.scope)),
    }
}

#[component]
fn GroupHead(locale: Locale, program: Option<Named>, span: usize) -> impl IntoView {
    let head = match program {
        Some(of) => view! { <Linked locale room="programs" of/> }.into_any(),
        None => view! { <span>{locale.pick("No programme named", "未指明政策")}</span> }.into_any(),
    };
    view! { <tr class="group"><th scope="rowgroup" colspan=span>{head}</th></tr> }
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
                <span class="under">
                    {row.kind.name(locale)} <span class="scope">{scope_name(row.scope, locale)}</span>
                </span>
                {row.conversion.clone().map(|conversion| view! { <ConvertedAmount locale conversion/> })}
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
                        view! { <span class="under">{locale.pick("disclosed ", "披露于")} <Date locale of/></span> }
                    })}
            </td>
            <td class="note">
                {note.map(|text| view! { <Note locale text sources=cited/> " " })}
                <a href=format!("/{locale}/sources/{}", row.source.id)>{row.source.short(locale)}</a>
            </td>
        </tr>
    }
}
