//! `/subsidies/{slug}`: one amount, from the programme to its recipient.

use leptos::prelude::*;

use super::{
    converted::ConvertedAmount,
    table::{SubsidyColumns, SubsidyTable},
};
use crate::{
    components::{
        async_page::loaded,
        downloads::ExportLinks,
        feeds::FollowEntry,
        inline::{Date, Linked},
        list::{Alternatives, FacetGroup},
        location,
        page::Page,
    },
    domain::{
        sources::model::Mentioned,
        subsidies::{model::Subsidy, query::INTO},
    },
    loaders::subsidies::data::{self, SubsidyPage},
    pages::sources::cited::{Cited, Note},
    text::{
        Locale,
        currency::Currency,
        query::{self, Query},
    },
};

#[component]
pub fn Detail() -> impl IntoView {
    let (locale, search, id) = (location::locale(), location::search(), location::param("slug"));
    let page = async move {
        let query = Query::decode(&search);
        query.only(&[INTO])?;
        data::one(locale, id, query.word(INTO, Currency::WORDS)?).await
    };
    loaded(locale, page, move |page: SubsidyPage| view! { <OneSubsidy locale page/> })
}

#[component]
fn OneSubsidy(locale: Locale, page: SubsidyPage) -> impl IntoView {
    let SubsidyPage { subsidy, into, currencies, same_program, same_recipient, cited } = page;
    let state = query::encode(into.map(|into| (INTO, into.word().to_owned())));
    let kind = subsidy.kind;
    let description = locale.pick(
        format!("Public money, {}: {}.", kind.name(locale), kind.explained(locale)),
        format!("公共资金，{}：{}。", kind.name(locale), kind.explained(locale)),
    );
    let others = |title: &'static str, rows: Vec<Subsidy>, columns: SubsidyColumns| {
        (!rows.is_empty()).then(|| {
            view! {
                <section class="taken">
                    <h2>{title}</h2>
                    <SubsidyTable locale rows columns cited=cited.clone() caption=title/>
                </section>
            }
        })
    };
    let by_program = others(
        locale.pick("Other amounts under the same programme", "同一政策下的其他金额"),
        same_program,
        SubsidyColumns { program: false, ..SubsidyColumns::ALL },
    );
    let by_recipient = others(
        locale.pick("Other amounts to the same recipient", "同一受助方的其他金额"),
        same_recipient,
        SubsidyColumns { recipient: false, ..SubsidyColumns::ALL },
    );
    view! {
        <Page
            locale
            state
            take=ExportLinks::Rows
            title=subsidy.title(locale)
            description
            crumbs=vec![
                (locale.pick("Subsidies", "补贴").to_owned(), format!("/{locale}/subsidies")),
                (kind.name(locale).to_owned(), format!("/{locale}/subsidies?kind={}", kind.word())),
            ]
        >
            <Particulars locale subsidy currencies cited=cited.clone()/>
            {by_program}
            {by_recipient}
        </Page>
    }
}

#[component]
fn Particulars(locale: Locale, subsidy: Subsidy, currencies: FacetGroup, cited: Mentioned) -> impl IntoView {
    let note = subsidy.note.get(locale).map(str::to_owned);
    let unknown = locale.pick("not known", "不详");
    let linked = |room: &'static str, of: Option<crate::text::Named>, none: &'static str| match of {
        Some(of) => view! { <Linked locale room of/> }.into_any(),
        None => view! { <span>{none}</span> }.into_any(),
    };
    view! {
        <dl class="particulars">
            <dt>{locale.pick("Amount", "金额")}</dt>
            <dd>
                <strong>{subsidy.amount(locale)}</strong>
                <span class="under">{subsidy.exact(locale)}</span>
            </dd>
            <dt>{currencies.title.clone()}</dt>
            <dd>
                <Alternatives group=currencies/>
                {subsidy.conversion.clone().map(|conversion| view! { <ConvertedAmount locale conversion named=true/> })}
            </dd>
            <dt>{locale.pick("Kind", "类别")}</dt>
            <dd>
                {subsidy.kind.name(locale)}
                <span class="under">{subsidy.kind.explained(locale)}</span>
            </dd>
            <dt>{locale.pick("Programme", "政策")}</dt>
            <dd>{linked("programs", subsidy.program.clone(), locale.pick("none named", "未指明"))}</dd>
            <dt>{locale.pick("Recipient", "受助方")}</dt>
            <dd>
                {linked(
                    "organizations",
                    subsidy.recipient.clone(),
                    locale.pick("none: the amount is that of a whole scheme or place", "无：为整项计划或整个地区的金额"),
                )}
            </dd>
            <dt>{locale.pick("Place that gave it", "出资地区")}</dt>
            <dd>{linked("places", subsidy.jurisdiction.clone(), unknown)}</dd>
            <dt>{locale.pick("Period", "所属时段")}</dt>
            <dd>{subsidy.period(locale).unwrap_or(unknown.to_owned())}</dd>
            <dt>{locale.pick("Disclosed on", "披露日期")}</dt>
            <dd>
                {match subsidy.disclosed_on {
                    Some(of) => view! { <Date locale of/> }.into_any(),
                    None => view! { <span>{unknown}</span> }.into_any(),
                }}
            </dd>
            {subsidy
                .scope
                .map(|scope| {
                    view! {
                        <dt>{locale.pick("Scope", "范围")}</dt>
                        <dd>{scope.name(locale)}</dd>
                    }
                })}
            {(subsidy.part_of.is_some() || subsidy.counted_elsewhere)
                .then(|| view! { <LeftOut locale part_of=subsidy.part_of.clone()/> })}
            {note
                .map(|text| {
                    view! {
                        <dt>{locale.pick("Note", "说明")}</dt>
                        <dd><Note locale text sources=cited/></dd>
                    }
                })}
            <dt>{locale.pick("Source", "来源")}</dt>
            <dd><Cited locale source=subsidy.source/></dd>
            <FollowEntry locale/>
            <dt>{locale.pick("Id", "编号")}</dt>
            <dd><code>{subsidy.id}</code></dd>
        </dl>
    }
}

/// Says that totals leave the amount out, and which amount contains it.
#[component]
fn LeftOut(locale: Locale, part_of: Option<String>) -> impl IntoView {
    let whole = match part_of {
        Some(id) => {
            let text = locale.pick("part of another amount", "包含在另一笔金额中");
            view! { <a href=format!("/{locale}/subsidies/{id}")>{text}</a> }.into_any()
        }
        None => {
            let text = locale.pick("part of another amount, or may be", "包含或可能包含在其他金额中");
            view! { <span>{text}</span> }.into_any()
        }
    };
    view! {
        <dt>{locale.pick("In totals", "合计")}</dt>
        <dd>{locale.pick("left out: ", "不计入：")} {whole}</dd>
    }
}
