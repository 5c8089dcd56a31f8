//! Table of the drawn values: periods as rows, series as columns.

use crate::{
    components::location,
    domain::explore::query::{ExploreQuery, Sort},
    loaders::explore::table::{CellView, TableView},
    text::Locale,
};
use leptos::prelude::*;

/// Data table. Cells contain only numbers, so that they paste as numbers; signs and reasons around them are generated content.
#[component]
pub fn ValueTable(locale: Locale, query: ExploreQuery, table: TableView, caption: String) -> impl IntoView {
    let sort = query.sort.unwrap_or_default();
    let head = |line: Option<usize>, label: AnyView, class: &'static str| {
        let current = sort.line == line;
        let next = Sort { line, descending: if current { !sort.descending } else { line.is_some() } };
        let plain = next == Sort::default();
        let href = query.with(|query| query.sort = (!plain).then_some(next)).href(locale);
        let order = match (current, sort.descending) {
            (false, _) => None,
            (true, false) => Some("ascending"),
            (true, true) => Some("descending"),
        };
        view! {
            <th scope="col" class=class aria-sort=order>
                <a href=location::keep_state(format!("{href}#table"))>{label}</a>
            </th>
        }
    };
    let columns = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let label = view! {
                <span class=format!("swatch series-{}", column.colour) aria-hidden="true"></span>
                {column.name.clone()}
                <span class="under">{column.unit.clone()}</span>
                {column
                    .ours
                    .then(|| view! { <span class="under">{locale.pick("calculated by us", "本站计算")}</span> })}
            };
            head(Some(at + 1), label.into_any(), "n")
        })
        .collect_view();
    let plain = table
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .any(|cell| matches!(cell, CellView::Missing { is_plain: true, .. }));
    let rows = table
        .rows
        .into_iter()
        .map(|row| {
            let cells = row.cells.into_iter().map(cell).collect_view();
            view! { <tr><th scope="row">{row.period}</th> {cells}</tr> }
        })
        .collect_view();
    let name = caption.clone();
    let note = plain.then(|| {
        view! { <p class="under">{locale.pick("–: nothing published for the period.", "–：该时段无已公布数据。")}</p> }
    });
    view! {
        <div class="table-box" role="region" aria-label=name tabindex="0">
            <table class="figures explore-table" id="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        {head(None, table.first.clone().into_any(), "")} {columns}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {note}
    }
}

fn cell(cell: CellView) -> AnyView {
    match cell {
        CellView::Value { number, sign, status, text, working } => view! {
            <td class="n" title=text>
                <a href=format!("#{working}") data-sign=sign data-status=status>{number}</a>
            </td>
        }
        .into_any(),
        CellView::Missing { why, is_plain } => {
            let shown = if is_plain { "–".to_owned() } else { why.clone() };
            view! { <td class="n explore-missing" data-why=shown title=why></td> }.into_any()
        }
    }
}
