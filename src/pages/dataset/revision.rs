//! `/data/revisions/{n}`: changes of one revision.

use leptos::prelude::*;

use super::data::{self, RevisionPage};
use crate::{
    components::{async_page::loaded, location, page::Page},
    error::AppError,
    pages::changes::item::{ChangesByNoun, counted},
    text::{Locale, date, query::Query},
};

#[component]
pub fn Revision() -> impl IntoView {
    let (locale, search, number) = (location::locale(), location::search(), location::param("number"));
    let page = async move {
        Query::decode(&search).only(&[])?;
        data::one(locale, number.parse().map_err(|_| AppError::NotFound)?).await
    };
    loaded(locale, page, move |page: RevisionPage| view! { <OneRevision locale page/> })
}

#[component]
fn OneRevision(locale: Locale, page: RevisionPage) -> impl IntoView {
    let RevisionPage {
        number,
        published_on,
        note,
        reported,
        content_hash,
        latest,
        counts,
        changes,
        is_cut,
        ..
    } = page;
    let people = [
        (locale.pick("Proposed by", "提议人"), page.proposed_by),
        (locale.pick("Published by", "发布人"), page.published_by),
    ];
    let people = people
        .into_iter()
        .filter_map(|(label, name)| name.map(|name| view! { <dt>{label}</dt> <dd>{name}</dd> }))
        .collect_view();
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
    let counts = counts
        .into_iter()
        .map(|(noun, each)| view! { <dt>{noun.name(locale)}</dt> <dd>{counted(each, locale)}</dd> })
        .collect_view();
    // The state that the revision published, so that the list never changes.
    let list = |file: &str| format!("/{locale}/changes{file}?since={}&as_of={number}", number - 1);
    let more = is_cut.then(|| {
        let text = locale.pick("The first 200 changes are shown. All of them", "仅列出前200项变更。查看全部");
        view! { <p class="result"><a href=list("")>{text}</a></p> }
    });
    let files = (number > 1).then(|| {
        view! {
            <dt>{locale.pick("Its changes", "本版本的变更")}</dt>
            <dd class="links">
                <a href=list("")>{locale.pick("page by page", "分页查看")}</a>
                " · " <a href=list("/data.csv")>"CSV"</a> " · " <a href=list("/data.json")>"JSON"</a>
            </dd>
        }
    });
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
                {people}
                {reported.map(|reported| view! { <dt>{locale.pick("Reported by readers", "读者反馈")}</dt> <dd>{reported}</dd> })}
                <dt>{locale.pick("Content hash", "内容哈希")}</dt>
                <dd class="address"><code>{content_hash}</code></dd>
                <dt>{locale.pick("All of it", "全部内容")}</dt>
                <dd class="links">
                    <a href=format!("/{locale}/data/data.zip?as_of={number}") download>"ZIP"</a>
                    " · "
                    <a href=format!("/{locale}?as_of={number}")>{locale.pick("the site as it was", "当时的网站")}</a>
                </dd>
                {files}
            </dl>
            {first}
            <section class="taken">
                <h2>{locale.pick("Rows, by what they describe", "各类行数")}</h2>
                <dl class="particulars">{counts}</dl>
            </section>
            {(!changes.is_empty())
                .then(|| {
                    view! {
                        <section class="taken" id="changes">
                            <h2>{locale.pick("What changed", "变更记录")}</h2>
                            {more}
                            <ChangesByNoun locale changes/>
                        </section>
                    }
                })}
            <nav class="pager" aria-label=locale.pick("Revisions", "数据版本")>
                {(number > 1).then(|| near(number - 1))} " "
                {(number < latest).then(|| near(number + 1))}
            </nav>
        </Page>
    }
}
