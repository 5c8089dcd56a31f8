//! `/sources`: all sources, with publisher and number of facts.

use crate::{
    components::{async_page::loaded, downloads::ExportLinks, inline::Date, location},
    domain::{
        listing::parameter::ListQuery,
        sources::{
            model::{SourceRow, Undated},
            query::SourceQuery,
        },
    },
    loaders::sources::{
        data::{self, SourceList},
        titles::{description, official, title},
    },
    pages::listing::{ListPage, ListState},
    text::{Locale, number::grouped},
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
    let SourceList { query, rows, total, next, groups, undated } = page;
    let count = grouped(total.into());
    view! {
        <ListPage
            locale
            list=ListState::of(locale, &query, next)
            take=ExportLinks::Rows
            title=title(locale)
            description=description(locale)
            search=locale.pick("Title or publisher", "标题或发布者")
            groups
            count=locale.pick(format!("{count} sources"), format!("{count}个来源"))
            below=move || undated.map(|undated| view! { <UndatedSources locale undated/> })
        >
            <SourceTable locale rows caption=title(locale)/>
        </ListPage>
    }
}

/// The sources that are left out because it is not known whether they had been published on the day.
#[component]
fn UndatedSources(locale: Locale, undated: Undated) -> impl IntoView {
    let heading = locale.pick("Day not known", "发布日期不确切");
    let (total, shown) = (undated.total, undated.rows.len());
    let count = grouped(total.into());
    let rest = (total > shown).then(|| {
        let shown = grouped(shown.into());
        locale.pick(format!(" The first {shown} are listed."), format!("以下列出前{shown}个。"))
    });
    view! {
        <section id="undated">
            <h2>{heading}</h2>
            <p>
                {locale
                    .pick(
                        format!("{count} sources are left out on every page, because it is not known whether they had been published by this day. One that is dated by a month or a year counts once the whole of it has passed; one without a date never counts."),
                        format!("以下{count}个来源在各页均未计入，因为不能确定其当日是否已发布。日期仅到月或年的来源，待该月或该年结束后才计入；无日期的来源始终不计入。"),
                    )}
                {rest}
            </p>
            <SourceTable locale rows=undated.rows caption=heading/>
        </section>
    }
}

#[component]
fn SourceTable(locale: Locale, rows: Vec<SourceRow>, caption: &'static str) -> impl IntoView {
    if rows.is_empty() {
        let text = locale.pick("No sources match these filters.", "没有符合条件的来源。");
        return view! { <p class="empty">{text}</p> }.into_any();
    }
    let body = rows.into_iter().map(|row| view! { <SourceLine locale row/> }).collect_view();
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
                <span class="on-card">{row.cited.short(locale)} " · "</span>
                <a href=format!("/{locale}/sources/{}", row.cited.id) lang=lang.to_owned()>{title.to_owned()}</a>
                <span class="under off-card">{row.cited.publisher(locale).to_owned()}</span>
            </th>
            <td class="nowrap off-card">{row.cited.published_on.map(|date| view! { <Date locale of=date/> })}</td>
            <td class="off-card">{kind}</td>
            <td class="off-card">{row.cited.language.name(locale)}</td>
            <td class="n">{grouped(row.figures.into())}</td>
            <td class="n">{grouped(row.others.into())}</td>
        </tr>
    }
}
