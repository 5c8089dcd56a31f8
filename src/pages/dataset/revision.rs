//! `/data/revisions/{n}`: changes of one revision.

use leptos::prelude::*;

use super::data::{self, Fate, RevisionPage, RowChange, TableChanges};
use crate::{
    components::{async_page::loaded, location, page::Page},
    error::AppError,
    outputs::api::nouns,
    text::{Locale, date, number::grouped, query::Query},
};

#[component]
pub fn Revision() -> impl IntoView {
    let (locale, search, number) = (location::locale(), location::search(), location::param("number"));
    let page = async move {
        Query::decode(&search).only(&[])?;
        data::one(number.parse().map_err(|_| AppError::NotFound)?).await
    };
    loaded(locale, page, move |page: RevisionPage| view! { <OneRevision locale page/> })
}

#[component]
fn OneRevision(locale: Locale, page: RevisionPage) -> impl IntoView {
    let RevisionPage { number, published_on, note, content_hash, latest, tables } = page;
    let day = date::day(published_on, locale);
    let description = note.unwrap_or_else(|| {
        locale.pick(format!("What changed in the data on {day}."), format!("{day}的数据改动。"))
    });
    let first = (number == 1).then(|| {
        let text =
            locale.pick("The first revision: everything in it was new.", "首个版本：其中全部内容均为新增。");
        view! { <p>{text}</p> }
    });
    let near = move |other: i32| view! { <a href=format!("/{locale}/data/revisions/{other}")>{locale.pick("Revision ", "版本")}{other}</a> };
    let tables = tables.into_iter().map(|table| view! { <Table locale table/> }).collect_view();
    view! {
        <Page
            locale
            title=locale.pick(format!("Data revision {number}"), format!("数据版本{number}"))
            description
            crumbs=vec![(locale.pick("Data", "数据").to_owned(), format!("/{locale}/data"))]
        >
            <dl class="particulars">
                <dt>{locale.pick("Published", "发布")}</dt>
                <dd><time datetime=published_on.to_string()>{day}</time></dd>
                <dt>{locale.pick("Content hash", "内容哈希")}</dt>
                <dd class="address"><code>{content_hash}</code></dd>
                <dt>{locale.pick("All of it", "全部内容")}</dt>
                <dd class="links">
                    <a href=format!("/{locale}/data/data.zip?as_of={number}") download>"ZIP"</a>
                    " · "
                    <a href=format!("/{locale}?as_of={number}")>{locale.pick("the site as it was", "当时的网站")}</a>
                </dd>
            </dl>
            {first}
            {tables}
            <nav class="pager" aria-label=locale.pick("Revisions", "数据版本")>
                {(number > 1).then(|| near(number - 1))} " "
                {(number < latest).then(|| near(number + 1))}
            </nav>
        </Page>
    }
}

/// Describes the contents of a database table for readers.
fn schema(table: &str, locale: Locale) -> String {
    match table {
        "entity" => locale.pick("Names", "名称"),
        "person" => locale.pick("People", "人物"),
        "event_organization" => locale.pick("Who took part in events", "事件参与机构"),
        "event_program" => locale.pick("What events are about", "事件所涉政策"),
        other => nouns::of_table(other).map_or(other, |resource| (resource.schema)().label(locale)),
    }
    .to_owned()
}

#[component]
fn Table(locale: Locale, table: TableChanges) -> impl IntoView {
    let TableChanges { change, rows } = table;
    let count = |count: i32| grouped(count.into());
    let (added, changed, removed) = (count(change.added), count(change.changed), count(change.removed));
    let total = (change.added + change.changed + change.removed) as usize;
    let left = total.saturating_sub(rows.len());
    let more = (left > 0 && !rows.is_empty()).then(|| {
        let left = grouped(left.into());
        view! { <p class="result">{locale.pick(format!("{left} more are not listed here."), format!("另有{left}行未列出。"))}</p> }
    });
    let rows = rows.into_iter().map(|row| view! { <Row locale row/> }).collect_view();
    view! {
        <section class="taken">
            <h2>{schema(&change.table, locale)}</h2>
            <p class="result">
                {locale
                    .pick(
                        format!("{added} added, {changed} changed, {removed} removed"),
                        format!("新增{added}行，修改{changed}行，删除{removed}行"),
                    )}
            </p>
            <ul class="plain">{rows}</ul>
            {more}
        </section>
    }
}

#[component]
fn Row(locale: Locale, row: RowChange) -> impl IntoView {
    let RowChange { fate, key, page, cells } = row;
    let word = match fate {
        Fate::Added => locale.pick("added", "新增"),
        Fate::Changed => locale.pick("changed", "修改"),
        Fate::Removed => locale.pick("removed", "删除"),
    };
    let name = match page.filter(|_| fate != Fate::Removed) {
        Some(page) => view! { <a href=format!("/{locale}/{page}")><code>{key}</code></a> }.into_any(),
        None => view! { <code>{key}</code> }.into_any(),
    };
    let blank = || locale.pick("(blank)", "（空白）").to_owned();
    let cells = cells
        .into_iter()
        .map(|(column, before, after)| {
            view! {
                <span class="under">
                    <code>{column}</code> {locale.pick(": ", "：")} <del>{before.unwrap_or_else(blank)}</del> " → "
                    <ins>{after.unwrap_or_else(blank)}</ins>
                </span>
            }
        })
        .collect_view();
    view! { <li>{name} " " {word} {cells}</li> }
}
