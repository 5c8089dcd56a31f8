//! Statements, paraphrased, each with speaker, date and source.

use leptos::prelude::*;

use crate::{
    components::inline::{Date, Name},
    domain::organizations::model::{Person, Statement},
    pages::sources::cited::Cited,
    text::Locale,
};

/// Number of statements shown at once. The others are collapsed.
const OPEN: usize = 3;

/// Statements in the given order.
#[component]
pub fn Statements(locale: Locale, statements: Vec<Statement>) -> impl IntoView {
    let mut statements = statements;
    let rest = statements.split_off(statements.len().min(OPEN));
    let count = rest.len();
    let rest = (count > 0).then(|| {
        let more = locale.pick(
            if count == 1 { "1 more statement".to_owned() } else { format!("{count} more statements") },
            format!("另有{count}条表述"),
        );
        view! {
            <details>
                <summary>{more}</summary>
                <StatementList locale statements=rest/>
            </details>
        }
    });
    view! {
        <p class="result">
            {locale.pick("In our own short words, not quotations.", "以下为本站概述，并非原话。")}
        </p>
        <StatementList locale statements/>
        {rest}
    }
}

#[component]
fn StatementList(locale: Locale, statements: Vec<Statement>) -> impl IntoView {
    let items = statements
        .into_iter()
        .map(|statement| {
            let by = statement.person.map(|(person, role)| {
                let role = role.get(locale).map(str::to_owned);
                view! {
                    <Name locale of=person/>
                    {role.map(|role| format!("{}{role}", locale.pick(", ", "，")))}
                    " · "
                }
            });
            view! {
                <li id=statement.id.clone()>
                    <p class="statement-text">{statement.text.get(locale).map(str::to_owned)}</p>
                    <p class="entry-meta">
                        {by}
                        {statement.topic.name(locale)}
                        {statement.made_on.map(|of| view! { " · " <Date locale of/> })}
                        " · "
                        <Cited locale source=statement.source/>
                    </p>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="statements">{items}</ul> }
}

/// Office holders who are quoted.
#[component]
pub fn People(locale: Locale, people: Vec<Person>) -> impl IntoView {
    let items = people
        .into_iter()
        .map(|person| {
            let note = person.note.get(locale).map(str::to_owned);
            let id = person.named.id.clone();
            view! {
                <li id=id>
                    <p class="statement-text">
                        <Name locale of=person.named/>
                        {locale.pick(", ", "，")}
                        {person.role.get(locale).map(str::to_owned)}
                    </p>
                    <p class="entry-meta">
                        {note.map(|note| format!("{note}{}", locale.pick(" · ", " ")))}
                        <Cited locale source=person.source/>
                    </p>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="statements">{items}</ul> }
}
