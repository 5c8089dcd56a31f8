//! Headline figures of the ledger, and the totals they are taken from.

use leptos::prelude::*;

use crate::{
    components::location,
    domain::{
        listing::parameter::ListQuery,
        programs::model::Scope,
        subsidies::{
            headline::{Headline, headline_scopes},
            model::SubsidyKind,
            query::SubsidyQuery,
            total::{Sum, Total},
        },
    },
    text::{
        Locale, Named,
        number::{currency_name, grouped},
    },
};

/// The headline figures, by scope and currency, with one caveat for all of them.
#[component]
pub fn Headlines(
    locale: Locale,
    query: SubsidyQuery,
    place: Option<Named>,
    totals: Vec<Total>,
) -> impl IntoView {
    let figures = Headline::ALL
        .map(|figure| {
            let (query, place, totals) = (query.clone(), place.clone(), totals.clone());
            view! { <HeadlineFigure locale figure query place totals/> }
        })
        .collect_view();
    view! {
        <section class="headline-figures" aria-label=locale.pick("What was paid and budgeted", "拨付与预算")>
            {figures}
        </section>
        <p class="headline-caveat">
            {locale
                .pick(
                    "Each figure is of one kind, one scope and one currency, rounded for reading. Amounts that are, or may be, part of \
                     another are left out; of a range the lower end counts; what is not public is in none of them. ",
                    "每项数据均为同一类别、同一范围、同一币种，为便于阅读已取整。已包含或可能包含在其他金额中的不计入，区间按下限计，未公开的金额均未计入。",
                )}
            <a href="#totals">{locale.pick("Exact sums, and what is left out", "精确合计与未计入的金额")}</a>
        </p>
    }
}

/// The sums of one scope, or the words that none is known.
#[component]
fn Amounts(locale: Locale, amounts: Vec<(Total, Sum)>) -> impl IntoView {
    let none = amounts
        .is_empty()
        .then(|| view! { <span class="none">{locale.pick("none known", "暂未查到")}</span> });
    let amounts = amounts
        .into_iter()
        .map(|(total, sum)| {
            view! {
                <p class="headline-amount">
                    <span class="headline-sum" title=total.exact(sum, locale)>
                        {total.rounded(sum, locale)}
                    </span>
                    " "
                    <span class="headline-count">{amounts_of(sum, total.years, locale)}</span>
                </p>
            }
        })
        .collect_view();
    view! { {none} {amounts} }
}

#[component]
fn HeadlineFigure(
    locale: Locale,
    figure: Headline,
    query: SubsidyQuery,
    place: Option<Named>,
    totals: Vec<Total>,
) -> impl IntoView {
    let own: Vec<(&Total, Sum)> =
        totals.iter().filter_map(|total| Some((total, figure.sum(total)?))).collect();
    let mut scopes: Vec<Option<Scope>> = headline_scopes(&query).into_iter().map(Some).collect();
    if query.scope.is_none() && own.iter().any(|(total, _)| total.scope.is_none()) {
        scopes.push(None);
    }
    let known = own.iter().any(|(total, _)| scopes.contains(&total.scope));
    let href = |scope: Option<Scope>| {
        let chosen = query.with(|query| {
            figure.choose(query);
            query.scope = scope.or(query.scope);
        });
        location::keep_state(chosen.href(locale))
    };
    let general: i64 = own
        .iter()
        .filter(|(total, _)| total.scope == Some(Scope::General) && !scopes.contains(&total.scope))
        .map(|(_, sum)| sum.count)
        .sum();
    let body = if known {
        let rows = scopes
            .iter()
            .map(|scope| {
                let own = own.iter().filter(|(total, _)| total.scope == *scope);
                let amounts = own.map(|(total, sum)| ((*total).clone(), *sum)).collect();
                view! {
                    <dt>{scope_name(*scope, locale)}</dt>
                    <dd><Amounts locale amounts/></dd>
                }
            })
            .collect_view();
        view! { <dl>{rows}</dl> }.into_any()
    } else {
        let elsewhere = !own.is_empty();
        let within = match query.scope {
            _ if !elsewhere => None,
            None => Some(locale.pick("that covers micro-dramas", "涵盖微短剧")),
            Some(_) => Some(locale.pick("of this scope", "此范围")),
        };
        let place = place.as_ref().map(|place| place.name(locale));
        view! { <p class="headline-none">{figure.none(place, within, locale)}</p> }.into_any()
    };
    let general = (general > 0).then(|| {
        let count = grouped(general.into());
        let text = match (general, locale) {
            (1, Locale::En) => "1 general amount stands apart".to_owned(),
            (_, Locale::En) => format!("{count} general amounts stand apart"),
            (_, Locale::Zh) => format!("另有{count}笔一般性金额，单列"),
        };
        view! { <p class="headline-general"><a href=href(Some(Scope::General)) rel="nofollow">{text}</a></p> }
    });
    view! {
        <div class="headline-figure">
            <h2><a href=href(None) rel="nofollow">{figure.name(locale)}</a></h2>
            {body}
            {general}
        </div>
    }
}

/// Number of amounts and years of a sum: `4 amounts, 2016–2025`.
fn amounts_of(sum: Sum, years: Option<(i32, i32)>, locale: Locale) -> String {
    let count = grouped(sum.count.into());
    let count = match (sum.count, locale) {
        (1, Locale::En) => "1 amount".to_owned(),
        (_, Locale::En) => format!("{count} amounts"),
        (_, Locale::Zh) => format!("{count}笔"),
    };
    match years {
        None => count,
        Some(years) => format!("{count}{}{}", locale.pick(", ", "，"), span(years, locale)),
    }
}

/// Years: `2024`, `2016–2025`.
fn span((first, last): (i32, i32), locale: Locale) -> String {
    let years = if first == last { first.to_string() } else { format!("{first}–{last}") };
    locale.pick(years.clone(), format!("{years}年"))
}

pub fn scope_name(scope: Option<Scope>, locale: Locale) -> &'static str {
    scope.map_or(locale.pick("scope not stated", "范围不详"), |scope| scope.name(locale))
}

/// Every total of the listed amounts, with all its digits.
#[component]
pub fn Totals(locale: Locale, totals: Vec<Total>) -> impl IntoView {
    (!totals.is_empty()).then(|| {
        let caption = locale.pick("Totals of the listed amounts", "所列金额的合计");
        let groups = totals
            .chunk_by(|a, b| a.scope == b.scope)
            .map(|totals| {
                let scope = totals.first().and_then(|total| total.scope);
                let rows =
                    totals.iter().map(|total| view! { <TotalLine locale total=total.clone()/> }).collect_view();
                view! {
                    <tbody>
                        <tr class="group"><th scope="rowgroup" colspan="7">{scope_name(scope, locale)}</th></tr>
                        {rows}
                    </tbody>
                }
            })
            .collect_view();
        let kinds = SubsidyKind::WORDS
            .iter()
            .map(|(_, kind)| {
                let colon = locale.pick(": ", "：");
                format!("{}{colon}{}", kind.name(locale), kind.explained(locale))
            })
            .collect::<Vec<_>>()
            .join(locale.pick("; ", "；"));
        view! {
            <section class="taken" id="totals">
                <h2>{caption}</h2>
                <p>
                    {locale
                        .pick(
                            "Kinds, scopes and currencies are never added to each other. “Left out” are amounts that are part of another \
                             one, or may be. ",
                            "不同类别、范围、币种绝不相加。“未计入”指已包含或可能包含在其他金额中的金额。",
                        )}
                    <span class="capital">{kinds}</span> {locale.pick(".", "。")}
                </p>
                <div class="table-box" role="region" aria-label=caption tabindex="0">
                    <table class="totals">
                        <caption class="visually-hidden">{caption}</caption>
                        <thead>
                            <tr>
                                <th scope="col">{locale.pick("Kind", "类别")}</th>
                                <th scope="col">{locale.pick("Currency", "币种")}</th>
                                <th scope="col" class="n">{locale.pick("In all", "合计")}</th>
                                <th scope="col" class="n">{locale.pick("Of it to named recipients", "其中具名受助方")}</th>
                                <th scope="col" class="n">{locale.pick("Amounts", "笔数")}</th>
                                <th scope="col" class="n">{locale.pick("Left out", "未计入")}</th>
                                <th scope="col">{locale.pick("Years", "年份")}</th>
                            </tr>
                        </thead>
                        {groups}
                    </table>
                </div>
            </section>
        }
    })
}

#[component]
fn TotalLine(locale: Locale, total: Total) -> impl IntoView {
    let money = |sum: Sum| if sum.count == 0 { "–".to_owned() } else { grouped(sum.amount) };
    let ranges = (total.all.ranges > 0).then(|| {
        let count = grouped(total.all.ranges.into());
        let text = locale.pick(format!("{count} as lower end of a range"), format!("{count}笔为区间下限"));
        view! { <span class="under">{text}</span> }
    });
    view! {
        <tr class="total">
            <th scope="row">{total.kind.name(locale)}</th>
            <td>{currency_name(&total.currency, locale).to_owned()}</td>
            <td class="n total-sum">{money(total.all)} {ranges}</td>
            <td class="n">{money(total.named)}</td>
            <td class="n">{grouped(total.all.count.into())}</td>
            <td class="n total-left-out">{grouped(total.left_out.into())}</td>
            <td class="nowrap">{total.years.map(|years| span(years, locale))}</td>
        </tr>
    }
}
