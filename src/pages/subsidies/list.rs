//! `/subsidies`: ledger of amounts budgeted, approved, paid or disclosed, with totals that state what they count; amounts merely offered
//! are listed separately.

use crate::{
    charts::ChartView,
    components::{async_page::loaded, downloads::ExportLinks, figure::Figure, location},
    domain::{
        listing::parameter::ListQuery,
        subsidies::{index::SubsidyOrder, query::SubsidyQuery, total::LedgerCoverage},
    },
    loaders::subsidies::{
        data::{self, Ledger},
        titles::{description, title},
    },
    pages::listing::{ListPage, ListState},
    text::{Locale, number::grouped},
};
use leptos::prelude::*;

use super::{
    table::{SubsidyColumns, SubsidyTable},
    totals::{Headlines, Totals},
};

#[component]
pub fn List() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { data::list(locale, SubsidyQuery::parse(&search)?).await };
    loaded(locale, page, move |page: Ledger| view! { <LedgerPage locale page/> })
}

#[component]
fn LedgerPage(locale: Locale, page: Ledger) -> impl IntoView {
    let Ledger { query, rows, total, next, groups, headline, place, totals, coverage, offered, cited } = page;
    let list = ListState::of(locale, &query, next);
    let count = grouped(total.into());
    let empty = rows.is_empty().then(|| {
        let text = locale.pick(
            "No amounts match these filters. That none is known does not mean that none was given.",
            "没有符合条件的金额。本站暂未查到，并不等于没有发放。",
        );
        view! { <p class="empty">{text}</p> }
    });
    let converted = query.into.map(|currency| {
        let currency = currency.name(locale);
        let text = locale.pick(
            format!(
                "Also in {currency}, calculated by us at the published rate of exactly each amount’s own period; where no such rate is held \
                 the amount stays as it is. Totals are not converted."
            ),
            format!("另以{currency}列示，由本站按与各笔金额完全相同时段的已公布汇率换算；没有此类汇率的金额保持原币种。合计不作换算。"),
        );
        view! { <p class="result">{text}</p> }
    });
    let caption = locale.pick("The ledger", "资金台账");
    let by_program = query.order == SubsidyOrder::Program;
    view! {
        <ListPage
            locale
            list
            take=ExportLinks::with(!offered.is_empty())
            title=title(locale)
            description=description(locale)
            search=locale.pick("Recipient, programme, note", "受助方、政策、说明")
            groups
            lead=move || {
                view! {
                    <Headlines locale query place totals=headline/>
                    <h2 id="ledger">{caption}</h2>
                }
            }
            count=locale.pick(format!("{count} amounts"), format!("{count}笔金额"))
            below=move || {
                view! {
                    <Totals locale totals/>
                    <Offered locale charts=offered/>
                    <Missing locale coverage/>
                }
            }
        >
            {converted}
            {empty}
            <SubsidyTable locale rows columns=SubsidyColumns::ALL grouped=by_program cited caption/>
        </ListPage>
    }
}

/// Caps and pools: amounts offered, listed separately from amounts given.
#[component]
fn Offered(locale: Locale, charts: Vec<ChartView>) -> impl IntoView {
    (!charts.is_empty()).then(|| {
        let figures = charts
            .into_iter()
            .enumerate()
            .map(|(number, chart)| view! { <Figure locale chart id=format!("offered-{number}") picture=number + 1/> })
            .collect_view();
        view! {
            <section class="taken offered" id="offered">
                <h2>{locale.pick("Offered, not given", "承诺金额，并非拨付")}</h2>
                <p>
                    {locale
                        .pick(
                            "Caps and pools of programmes. They say what can be had, not what anyone received, so they stand apart from the ledger. Amounts of different kinds are drawn apart, because a pool and a cap per work cannot be compared. ",
                            "以下为政策的上限与资金规模，只说明可能获得多少，并不代表已有人获得，因此与台账分列。不同类别的金额分开绘制，因为资金总额与单部作品上限不可比较。",
                        )}
                    <a href=format!("/{locale}/programs")>{locale.pick("All programmes", "全部政策")}</a>
                </p>
                {figures}
            </section>
        }
    })
}

/// What is known in numbers, and why the rest is not.
#[component]
fn Missing(locale: Locale, coverage: LedgerCoverage) -> impl IntoView {
    let LedgerCoverage { amounts, named, places, years } = coverage;
    let years = match (years, locale) {
        (None, _) => String::new(),
        (Some((first, last)), Locale::En) => format!(", {first} to {last}"),
        (Some((first, last)), Locale::Zh) => format!("，{first}年至{last}年"),
    };
    let known = locale.pick(
        format!("{amounts} amounts are known, from {places} places{years}. {named} name the recipient."),
        format!("目前已知{amounts}笔金额，来自{places}个地区{years}；其中{named}笔有具名受助方。"),
    );
    let reasons = locale.pick(
        [
            "Pudong’s package of ten names no amounts, and no payment under it has been reported.",
            "Places publish who was selected more often than what each received; such lists are not in the ledger.",
            "Unlisted firms disclose nothing; listed ones usually give one sum for all places and purposes.",
            "Tax rebates and rent relief rarely become public at all.",
        ],
        [
            "浦东十条未公布金额，也暂未查到拨付报道。",
            "各地多公布入选名单，少公布各家金额；名单不计入台账。",
            "未上市企业不披露；上市公司通常只给出涵盖各地各项的合计。",
            "税收返还和租金减免很少公开。",
        ],
    );
    let items = reasons.map(|reason| view! { <li>{reason}</li> }).collect_view();
    view! {
        <section class="taken" id="missing">
            <h2>{locale.pick("Data gaps", "数据缺口")}</h2>
            <p class="coverage">{known}</p>
            <ul class="prose-list">{items}</ul>
            <p>
                {locale.pick("Do you know of an amount with a public source? ", "您知道有公开来源的金额？")}
                <a href=format!("/{locale}/about#corrections")>{locale.pick("Tell us", "请告诉我们")}</a>
            </p>
        </section>
    }
}
