//! `/about`: editorial policy, terms of use, and how to report an error.

use crate::{
    components::{async_page::loaded, location, page::Page},
    domain::{
        explore::rule::Rule,
        observations::model::{Basis, Qualifier},
        subsidies::model::SubsidyKind,
    },
    outputs::request_context::Contact,
    text::{Locale, query::Query},
};
use leptos::prelude::*;

#[component]
pub fn About() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { Query::decode(&search).only(&[]).map_err(Into::into) };
    loaded(locale, page, move |()| view! { <AboutPage locale/> })
}

#[component]
fn AboutPage(locale: Locale) -> impl IntoView {
    view! {
        <Page
            locale
            title=locale.pick("Method, definitions, licence", "方法、定义与许可")
            description=locale
                .pick(
                    "How the figures here are found, worded and kept, and how they may be used.",
                    "本站数据如何收集、如何表述、如何保存，以及可以怎样使用。",
                )
        >
            <div class="prose">
                <Method locale/>
                <Definitions locale/>
                <Corrections locale/>
                <Accessibility locale/>
                <Licence locale/>
            </div>
        </Page>
    }
}

#[component]
fn Method(locale: Locale) -> impl IntoView {
    let paragraphs = locale.pick(
        [
            "The observatory collects published figures and facts about China’s micro-drama industry and about the support \
             that Pudong and other places give it. It measures nothing itself. Each figure is taken from a page, report or \
             filing that anyone can open, and carries that source, the period it covers, who measured it and how the source \
             words it.",
            "A page is not a producer. Ten newspapers that print the same estimate are one estimate, so every figure names \
             both: the source where it was seen, and the producer who measured or estimated it. Where the producer could only \
             be inferred, the note says so.",
            "The data is not rounded, interpolated or converted: where a page shortens an amount for reading, the page of the amount and the files have every digit. Amounts stay in the currency of the source. A missing year is a \
             gap. Forecasts, estimates and reported figures look and read differently everywhere.",
            "Where sources differ, all of them are shown. Charts draw the headline rows: for each producer and period the row \
             closest to its origin, without outliers, without figures that only repeat somebody else’s, and without forecasts \
             that the same producer has since replaced. Every other row is one click away.",
            "Announced, budgeted, approved, paid and disclosed money is never added together, and neither are figures of \
             different producers, currencies or overlapping periods.",
        ],
        [
            "本站收集已公开发布的、关于中国微短剧产业以及浦东和其他地区扶持政策的数据和事实，自身不做测算。每项数据都取自任何人可以打开的网页、报告或公告，并注明来源、所指时段、数据方以及来源的措辞。",
            "来源不等于数据方。十家媒体刊载同一个估算，仍是一个估算。因此每项数据都同时注明在哪里看到（来源）和由谁测算（数据方）。数据方若只能推断，说明中会写明。",
            "数据不四舍五入、不插值、不换算；页面为便于阅读而取整的金额，其详情页和文件保留全部位数。金额保留来源的币种；缺少的年份就是空白。预测、估算和已报告的数据在各处的画法和措辞都不相同。",
            "来源之间有差异时全部列出。图表只画主要行：每个数据方和时段取最接近原始出处的一行，不含异常值、不含转述他人的数据，也不含已被同一数据方更新的预测。其余各行均可一键查看。",
            "公布、预算、核准、拨付、披露的资金绝不相加；不同数据方、不同币种或时段重叠的数据也不相加。",
        ],
    );
    view! {
        <section id="method">
            <h2>{locale.pick("Method", "方法")}</h2>
            {paragraphs.map(|text| view! { <p>{text}</p> }).collect_view()}
        </section>
    }
}

/// Glossary of the qualifiers printed beside figures.
#[component]
fn Definitions(locale: Locale) -> impl IntoView {
    let qualifier = |qualifier| match qualifier {
        Qualifier::Exact => locale.pick("printed as a plain figure", "来源直接给出数值"),
        Qualifier::Estimate => locale.pick("from a model or a survey", "由模型或调查得出"),
        Qualifier::Approximately => locale.pick("the source says “about” (≈)", "来源称“约”（≈）"),
        Qualifier::Nearly => locale.pick(
            "the source says “nearly”: just below (≈ before a large figure)",
            "来源称“近”“将近”：略低于该数（大号数字前为≈）",
        ),
        Qualifier::AtLeast => {
            locale.pick("a lower bound: “above”, “more than” (≥)", "下限：“超过”“以上”（≥）")
        }
        Qualifier::AtMost => locale.pick("an upper bound: “up to”, “below” (≤)", "上限：“不超过”“以下”（≤）"),
        Qualifier::Range => locale.pick("from one value to another", "从一个值到另一个值"),
        Qualifier::Forecast => locale.pick(
            "made before the period ended, or a target; it keeps this word after the period has ended",
            "在期末之前作出的预测或目标；时段结束后仍保留此词",
        ),
    };
    let basis = |basis| match basis {
        Basis::Gross => locale.pick("what users paid in the app store", "用户在应用商店支付的金额"),
        Basis::Net => locale.pick("what was left after the store took its fee", "商店扣除佣金后的金额"),
    };
    let kind = |kind| match kind {
        SubsidyKind::Budgeted => locale.pick("set aside in a budget", "列入预算"),
        SubsidyKind::Approved => locale.pick("awarded; payment not reported", "已批准，暂未查到拨付报道"),
        SubsidyKind::Paid => locale.pick("reported as paid out", "据报道已拨付"),
        SubsidyKind::Disclosed => {
            locale.pick("stated by the recipient in its accounts", "由受助方在财报或公告中披露")
        }
    };
    let term = |name: &'static str, meaning: &'static str| view! { <dt>{name}</dt> <dd>{meaning}</dd> };
    view! {
        <section id="definitions">
            <h2>{locale.pick("Definitions", "定义")}</h2>
            <h3>{locale.pick("How a source words a figure", "来源如何表述数据")}</h3>
            <dl class="particulars">
                {Qualifier::WORDS.iter().map(|(_, word)| term(word.name(locale), qualifier(*word))).collect_view()}
            </dl>
            <h3>{locale.pick("App-store money", "应用商店收入")}</h3>
            <dl class="particulars">
                {Basis::WORDS.iter().map(|(_, word)| term(word.name(locale), basis(*word))).collect_view()}
                {term(
                    locale.pick("not stated", "未说明"),
                    locale.pick("not known; do not read it as either", "未知，不可视为其中任何一种"),
                )}
            </dl>
            <h3>{locale.pick("Public money", "公共资金")}</h3>
            <dl class="particulars">
                {SubsidyKind::WORDS.iter().map(|(_, word)| term(word.name(locale), kind(*word))).collect_view()}
            </dl>
            <h3>{locale.pick("What this site calculates itself", "本站自行计算的数值")}</h3>
            <p>
                {locale
                    .pick(
                        "What a reader combines or transforms on the ",
                        "读者在",
                    )}
                <a href=format!("/{locale}/explore")>{locale.pick("explore page", "探索页")}</a>
                {locale
                    .pick(
                        ", always marked, with its arithmetic and the figures it comes from; elsewhere the change between two figures, totals of public money of one kind, amounts converted on request, and the most that a programme pays. Bounds stay bounds, and forecasts stay forecasts.",
                        "对序列所作的合并与换算，均有标注，并附算式与所据数据；其他页面上还有两项数据之间的变化、同类公共资金的合计、按要求换算的金额，以及政策最高支持金额的测算。上下限和预测保留原有限定。",
                    )}
            </p>
            <dl class="particulars">
                {Rule::WORDS.iter().map(|(_, rule)| term(rule.name(locale), rule.formula(locale))).collect_view()}
            </dl>
        </section>
    }
}

#[component]
fn Corrections(locale: Locale) -> impl IntoView {
    let contact = use_context::<Contact>();
    let write = match contact {
        Some(Contact(address)) => view! {
            <p>
                {locale.pick("Found an error? Write to ", "发现错误？请联系：")} <a href=address.clone()>{shown(&address)}</a>
                {locale
                    .pick(
                        ", with the address of the page and of a source that says otherwise.",
                        "，并附上本站页面地址和佐证来源的地址。",
                    )}
            </p>
        }
        .into_any(),
        None => view! {
            <p>
                {locale
                    .pick(
                        "Found an error? Tell whoever runs this copy of the site, with the address of the page and of a source that says otherwise.",
                        "发现错误？请告知本站点的运营者，并附上本站页面地址和佐证来源的地址。",
                    )}
            </p>
        }
        .into_any(),
    };
    view! {
        <section id="corrections">
            <h2>{locale.pick("Corrections and revisions", "更正与数据版本")}</h2>
            <p>
                {locale
                    .pick(
                        "The data is published in numbered revisions. A correction is a new revision: nothing is overwritten, and \
                         what an earlier revision said is kept. The revision a page was made from stands at its foot.",
                        "数据按编号的版本发布。更正即发布新版本：不覆盖旧数据，早先版本的内容一律保留。每页页脚注明所用的数据版本。",
                    )}
                " "
                <a href=format!("/{locale}/changes?kind=corrected")>{locale.pick("All corrections, with the reason of each", "全部更正及原因")}</a>
            </p>
            {write}
        </section>
    }
}

/// Strips the scheme from an address for display.
fn shown(address: &str) -> String {
    address.trim_start_matches("mailto:").trim_start_matches("https://").to_owned()
}

#[component]
fn Accessibility(locale: Locale) -> impl IntoView {
    view! {
        <section id="accessibility">
            <h2>{locale.pick("Accessibility", "无障碍")}</h2>
            <p>
                {locale
                    .pick(
                        "The site aims at WCAG 2.2, level AA. Every page is complete without script. Each chart has a summary in \
                         words and the same values as a table; with script, arrow keys walk through its values and a screen reader \
                         hears them. Colour is never the only sign. Every page is checked by machine (axe) in both languages, \
                         light and dark, wide and narrow, before a change is accepted. No failure is known; it has not been audited by people.",
                        "本站以WCAG 2.2 AA级为目标。不运行脚本时每页内容同样完整。每张图都有文字概述和同样数值的表格；启用脚本后可用方向键逐点浏览，读屏软件会朗读数值。颜色从不作为唯一的区分。每次改动都经机器（axe）检查全部页面的中英文、深浅色、宽窄屏。目前没有已知的不合格项；尚未做过人工审计。",
                    )}
            </p>
        </section>
    }
}

#[component]
fn Licence(locale: Locale) -> impl IntoView {
    view! {
        <section id="licence">
            <h2>{locale.pick("Licence", "许可")}</h2>
            <p>
                {locale
                    .pick(
                        "The compiled data set is under CC BY 4.0: use it for anything, naming “Micro-Drama Observatory, revision \
                         n, from the cited sources”. Only facts and figures are taken from sources, in our own words; their texts \
                         stay theirs. The program is under MIT or Apache 2.0, as you choose.",
                        "汇编数据集采用CC BY 4.0许可：可用于任何用途，请注明“微短剧观察，数据版本n，据所列来源”。本站只取来源中的事实和数据，并以自己的文字表述；来源原文的权利归其所有者。程序采用MIT或Apache 2.0许可，任选其一。",
                    )} " "
                <a href=format!("/{locale}/licences")>{locale.pick("Software and licences", "软件与许可")}</a>
            </p>
        </section>
    }
}
