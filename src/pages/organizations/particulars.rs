//! Particulars of an organization: names, place, relation to Pudong, parent, apps.

use leptos::prelude::*;

use crate::{
    components::feeds::FollowEntry,
    components::inline::{Date, Linked, Name},
    domain::{
        organizations::model::{App, Organization},
        sources::model::Mentioned,
    },
    pages::sources::cited::{Cited, Note},
    text::{Locale, Named},
};

use super::list::PudongTag;

#[component]
pub fn Particulars(
    locale: Locale,
    organization: Organization,
    country: Option<Named>,
    children: Vec<Named>,
    cited: Mentioned,
) -> impl IntoView {
    let note = organization.note.get(locale).map(str::to_owned);
    let unknown = locale.pick("not known", "不详");
    let children = children
        .into_iter()
        .map(|child| view! { <li><Linked locale room="organizations" of=child/></li> })
        .collect_view();
    let has_children = !children.is_empty();
    view! {
        <dl class="particulars">
            <dt>{locale.pick("In Pudong", "与浦东的关系")}</dt>
            <dd>
                <PudongTag locale status=organization.pudong/>
                {organization
                    .pudong_date
                    .map(|of| view! { " · " {locale.pick("as of ", "截至")} <Date locale of/> })}
                <span class="under">{organization.pudong_explained(locale)}</span>
            </dd>
            <dt>{locale.pick("Head office", "总部")}</dt>
            <dd>
                {match organization.seat {
                    Some(of) => view! { <Linked locale room="places" of/> }.into_any(),
                    None => view! { <span>{unknown}</span> }.into_any(),
                }}
                {country.map(|country| view! { " · " <Name locale of=country/> })}
            </dd>
            {organization
                .parent
                .map(|of| {
                    view! {
                        <dt>{locale.pick("Part of", "隶属")}</dt>
                        <dd><Linked locale room="organizations" of/></dd>
                    }
                })}
            {has_children
                .then(|| {
                    view! {
                        <dt>{locale.pick("Parts of it", "下属机构")}</dt>
                        <dd><ul class="plain">{children}</ul></dd>
                    }
                })}
            <dt>{locale.pick("Stock code", "股票代码")}</dt>
            <dd>{organization.ticker.unwrap_or(locale.pick("none known", "暂未查到").to_owned())}</dd>
            {organization
                .founded
                .map(|of| view! { <dt>{locale.pick("Founded", "成立")}</dt> <dd><Date locale of/></dd> })}
            {organization
                .website
                .map(|url| {
                    view! {
                        <dt>{locale.pick("Website", "网站")}</dt>
                        <dd class="address"><a href=url.clone() rel="external">{url.clone()}</a></dd>
                    }
                })}
            <OtherNames locale named=organization.named.clone() aliases=organization.aliases/>
            {note
                .map(|text| {
                    view! {
                        <dt>{locale.pick("Note", "说明")}</dt>
                        <dd><Note locale text sources=cited/></dd>
                    }
                })}
            <dt>{locale.pick("Source of the above", "以上内容来源")}</dt>
            <dd><Cited locale source=organization.source/></dd>
            <FollowEntry locale/>
            <dt>{locale.pick("Id", "编号")}</dt>
            <dd><code>{organization.named.id}</code></dd>
        </dl>
    }
}

/// The name in the other language, and all other names.
#[component]
fn OtherNames(locale: Locale, named: Named, aliases: Vec<String>) -> impl IntoView {
    let other = locale.other();
    let aliases = aliases.join(locale.pick("; ", "；"));
    view! {
        <dt>{locale.pick("In Chinese", "英文名称")}</dt>
        <dd>
            {match (locale, named.zh.is_some()) {
                (Locale::En, false) => {
                    view! { <span>{locale.pick("no Chinese name known", "")}</span> }.into_any()
                }
                _ => view! { <span lang=other.tag()>{named.name(other).to_owned()}</span> }.into_any(),
            }}
        </dd>
        {(!aliases.is_empty())
            .then(|| {
                view! {
                    <dt>{locale.pick("Also known as", "其他名称")}</dt>
                    <dd>{aliases}</dd>
                }
            })}
    }
}

#[component]
pub fn Apps(locale: Locale, apps: Vec<App>, cited: Mentioned) -> impl IntoView {
    let caption = locale.pick("Apps it runs", "所运营的应用");
    let body = apps
        .into_iter()
        .map(|app| {
            let note = app.note.get(locale).map(str::to_owned);
            let id = app.named.id.clone();
            view! {
                <tr class="app" id=id>
                    <th scope="row"><Name locale of=app.named/></th>
                    <td class="nowrap">
                        {app.launched_on.map(|of| {
                            view! { <span class="on-card">{locale.pick("Launched ", "上线：")}</span><Date locale of/> }
                        })}
                    </td>
                    <td>{app.markets.get(locale).map(str::to_owned)}</td>
                    <td class="seen">
                        <a href=format!("/{locale}/sources/{}", app.source.id)>{app.source.short(locale)}</a>
                    </td>
                    <td class="note">{note.map(|text| view! { <Note locale text sources=cited.clone()/> })}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-box" role="region" aria-label=caption tabindex="0">
            <table class="cards">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("App", "应用")}</th>
                        <th scope="col">{locale.pick("Launched", "上线")}</th>
                        <th scope="col">{locale.pick("Markets", "市场")}</th>
                        <th scope="col">{locale.pick("Source", "来源")}</th>
                        <th scope="col">{locale.pick("Note", "说明")}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}
