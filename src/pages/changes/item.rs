//! Changes as a list: by noun, each with its row, its cells from → to and its source.

use leptos::prelude::*;

use crate::{
    domain::changes::{Change, ChangeKind, ChangedCell, ChangedNoun},
    text::Locale,
};

/// Changes of one revision, by noun.
#[component]
pub fn ChangesByNoun(locale: Locale, changes: Vec<Change>) -> impl IntoView {
    let mut groups: Vec<(ChangedNoun, Vec<Change>)> = Vec::new();
    for change in changes {
        match groups.last_mut() {
            Some((noun, group)) if *noun == change.noun => group.push(change),
            _ => groups.push((change.noun, vec![change])),
        }
    }
    let groups = groups.into_iter().map(|(noun, changes)| {
        let items = changes.into_iter().map(|change| view! { <Item locale change/> }).collect_view();
        view! {
            <h3>{noun.name(locale)}</h3>
            <ul class="plain">{items}</ul>
        }
    });
    groups.collect_view()
}

#[component]
fn Item(locale: Locale, change: Change) -> impl IntoView {
    let name = change.row.name(locale).to_owned();
    let name = match &change.page {
        Some(page) => view! { <a href=format!("/{locale}/{page}")>{name}</a> }.into_any(),
        None => view! { <span>{name}</span> }.into_any(),
    };
    let stated = (change.kind != ChangeKind::Corrected).then(|| change.stated(locale));
    let stated = stated.filter(|text| !text.is_empty());
    let source = change.source.map(|source| {
        view! { <a href=format!("/{locale}/sources/{}", source.id)>{source.short}</a> }
    });
    let cells = change.cells.into_iter().map(|cell| view! { <CellLine locale cell/> }).collect_view();
    let between = (stated.is_some() && source.is_some()).then_some(" · ");
    view! {
        <li>
            <strong>{change.kind.name(locale)}</strong> " " {name} " " {cells}
            <span class="under">{stated} {between} {source}</span>
        </li>
    }
}

#[component]
fn CellLine(locale: Locale, cell: ChangedCell) -> impl IntoView {
    let blank = || locale.pick("(blank)", "（空白）").to_owned();
    view! {
        <span class="under">
            {cell.label}
            {locale.pick(": ", "：")} <del>{cell.from.unwrap_or_else(blank)}</del> " → "
            <ins>{cell.to.unwrap_or_else(blank)}</ins> " "
        </span>
    }
}

/// Says how many rows a revision added, corrected and withdrew.
pub fn counted([added, corrected, withdrawn]: [i64; 3], locale: Locale) -> String {
    let [added, corrected, withdrawn] =
        [added, corrected, withdrawn].map(|count| crate::text::number::grouped(count.into()));
    locale.pick(
        format!("{added} added, {corrected} corrected, {withdrawn} withdrawn"),
        format!("新增{added}行，更正{corrected}行，撤回{withdrawn}行"),
    )
}
