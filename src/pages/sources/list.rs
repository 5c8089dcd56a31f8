//! `/sources`: all sources, with publisher and number of facts.

use crate::{
    components::{
        async_page::loaded,
        downloads::{Covers, ExportLinks},
        inline::Date,
        list::{Choices, Facets, Pager, ResultLine, TextFilter},
        location,
        page::Page,
    },
    domain::{
        listing::parameter::ListQuery,
        sources::{model::SourceRow, query::SourceQuery},
    },
    loaders::sources::{
        data::{self, SourceList},
        titles::{description, official, title},
    },
    text::{Locale, number::grouped, query},
};
use leptos::prelude::*;

#[component]
pub fn List() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { data::list(locale, SourceQuery::parse(&search)?).await };
    loaded(locale, page, move |page: SourceList| view! { <SourcesPage locale page/> })
}

#[component]
fn SourcesPage(locale: Locale, page: SourceList) -> impl IntoView {
    let SourceList { query, rows, total, next, groups } = page;
    let next = next.map(|id| SourceQuery { after: Some(id), ..query.clone() }.href(locale));
    let first = query.after.is_some().then(|| query.with(|_| ()).href(locale));
    let reset = query.is_filtered().then(|| format!("/{locale}/sources"));
    let keep = query.with(|query| query.text = None).pairs();
    let choices = groups.clone();
    let groups = groups.into_iter().map(|group| view! { <Choices group/> }).collect_view();
    let state = query::encode(query.pairs());
    view! {
        <Page
            locale
            state
            take=ExportLinks::Rows
            covers=Covers::default()
            title=title(locale)
            description=description(locale)
            choices
        >
            <div class="with-facets">
                <Facets locale>
                    <TextFilter
                        locale
                        label=locale.pick("Title or publisher", "标题或发布者")
                        action=format!("/{locale}/sources")
                        value=query.text.clone()
                        keep
                    />
                    {groups}
                </Facets>
                <div>
                    <ResultLine
                        locale
                        text=locale
                            .pick(format!("{} sources", grouped(total.into())), format!("{}个来源", grouped(total.into())))
                        reset
                    />
                    <SourceTable locale rows/>
                    <Pager locale first next/>
                </div>
            </div>
        </Page>
    }
}

#[component]
fn SourceTable(locale: Locale, rows: Vec<SourceRow>) -> impl IntoView {
    if rows.is_empty() {
        let text = locale.pick("No source fits these choices.", "没有符合条件的来源。");
        return view! { <p class="empty">{text}</p> }.into_any();
    }
    let body = rows.into_iter().map(|row| view! { <SourceLine locale row/> }).collect_view();
    let caption = locale.pick("Sources", "来源");
    view! {
        <div class="table-box" role="region" aria-label=caption tabindex="0">
            <table class="sources cards">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("Source", "来源")}</th>
                        <th scope="col">{locale.pick("Published", "发布日期")}</th>
                        <th scope="col">{locale.pick("Kind", "类型")}</th>
                        <th scope="col">{locale.pick("Language", "语言")}</th>
                        <th scope="col" class="n">{locale.pick("Figures", "数据")}</th>
                        <th scope="col" class="n">{locale.pick("Other facts", "其他事实")}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn SourceLine(locale: Locale, row: SourceRow) -> impl IntoView {
    let (title, lang) = row.cited.title_for(locale);
    let kind = row.kind.name(locale);
    let kind = if row.cited.official { format!("{kind} · {}", official(locale)) } else { kind.to_owned() };
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/{locale}/sources/{}", row.cited.id) lang=lang.to_owned()>{title.to_owned()}</a>
                <span class="under">{row.cited.publisher(locale).to_owned()}</span>
            </th>
            <td class="nowrap">{row.cited.published_on.map(|date| view! { <Date locale of=date/> })}</td>
            <td>{kind}</td>
            <td>{row.cited.language.name(locale)}</td>
            <td class="n">{grouped(row.figures.into())}</td>
            <td class="n">{grouped(row.others.into())}</td>
        </tr>
    }
}
