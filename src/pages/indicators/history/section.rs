//! A section that is a table: heading, explanation, columns.

use leptos::prelude::*;

/// A column of a table.
pub struct Column {
    label: &'static str,
    /// Whether it has numbers, which stand at its right.
    number: bool,
}

impl Column {
    pub fn text(label: &'static str) -> Column {
        Column { label, number: false }
    }

    pub fn number(label: &'static str) -> Column {
        Column { label, number: true }
    }
}

/// A section with a heading and a table. Its children are the rows.
#[component]
pub fn TableSection(
    id: &'static str,
    title: &'static str,
    /// How the values are found, above the table.
    #[prop(optional, into)]
    explained: Option<String>,
    columns: Vec<Column>,
    /// Whether its rows are cards on a phone; otherwise the table scrolls.
    #[prop(optional)]
    cards: bool,
    children: Children,
) -> impl IntoView {
    let head = columns
        .into_iter()
        .map(|Column { label, number }| view! { <th scope="col" class:n=number>{label}</th> })
        .collect_view();
    view! {
        <section class="taken" id=id>
            <h2>{title}</h2>
            {explained.map(|text| view! { <p class="result">{text}</p> })}
            <div class="table-box" role="region" aria-label=title tabindex="0">
                <table class="history" class:figures=cards class:cards=cards>
                    <caption class="visually-hidden">{title}</caption>
                    <thead>
                        <tr>{head}</tr>
                    </thead>
                    <tbody>{children()}</tbody>
                </table>
            </div>
        </section>
    }
}
