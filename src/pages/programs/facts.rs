//! The three facts on top of a programme's page: status, offer, and what was paid.

use leptos::prelude::*;

use super::{closing::Closes, table::StandingTag};
use crate::{
    components::{inline::Date, list::SECTION},
    domain::{
        programs::lifecycle::ProgramStanding,
        subsidies::{model::SubsidyKind, total::Total},
    },
    loaders::programs::data::ProgramPage,
    pages::subsidies::totals::scope_name,
    text::{Locale, date},
};

/// The three facts on top: status, offer, and what was paid.
#[component]
pub fn Facts(locale: Locale, page: ProgramPage) -> impl IntoView {
    let ProgramPage { program, standing, day, confirmed_by, totals, subsidies, .. } = page;
    let confirmed = program.last_confirmed_on.map(|on| {
        let by = confirmed_by.map(|source| {
            view! {
                {locale.pick(" by ", "，来源：")}
                <a href=format!("/{locale}/sources/{}", source.id)>{source.publisher(locale).to_owned()}</a>
            }
        });
        view! { <p class="under">{locale.pick("Last confirmed ", "最近核实：")} <Date locale of=on/> {by}</p> }
    });
    let unconfirmed = program.last_confirmed_on.is_none().then(|| {
        view! { <p class="under">{locale.pick("No dated source confirms it.", "没有注明日期的来源可供核实。")}</p> }
    });
    let closes = program.closing(day).map(|(kind, on)| {
        view! { <p class="under">{kind.name(locale)} " " <Closes locale on/></p> }
    });
    // Only where the standing is derived from more than the recorded word.
    let recorded = (program.status.word() != standing.word()).then(|| {
        let word = program.status.name(locale);
        locale.pick(format!("; recorded as “{word}”"), format!("；记录为“{word}”"))
    });
    let no_start = (standing == ProgramStanding::Announced).then(|| {
        view! { <p class="under">{locale.pick("When it came or comes into force is not known.", "生效日期不详。")}</p> }
    });
    let (offered, rate) = (program.offered(locale), program.rate.as_ref().map(|rate| rate.worded(locale)));
    let kind = program.amount_kind.map(|kind| kind.explained(locale));
    let both = offered.is_some() && rate.is_some();
    let main = offered.or(rate.clone());
    let offer = match main {
        Some(main) => view! { <p class="program-fact-value">{main}</p> }.into_any(),
        None if program.is_package() => {
            let text =
                locale.pick("A package: its measures say what they offer.", "政策包：支持内容见各项措施。");
            view! { <p>{text}</p> }.into_any()
        }
        None => {
            view! { <p>{locale.pick("No amount in CNY is known.", "暂未查到人民币金额。")}</p> }.into_any()
        }
    };
    view! {
        <div class="program-facts">
            <section>
                <h2>{locale.pick("Status", "状态")}</h2>
                <p class="program-fact-value"><StandingTag locale standing/></p>
                <p class="under">
                    {locale.pick(format!("On {}", date::day(day, locale)), format!("截至{}", date::day(day, locale)))}
                    {recorded}
                </p>
                {no_start}
                {closes}
                {confirmed}
                {unconfirmed}
            </section>
            <section>
                <h2>{locale.pick("What it offers", "支持内容")}</h2>
                {offer}
                {both.then(|| view! { <p class="under">{rate}</p> })}
                {kind.map(|kind| view! { <p class="under">{kind}</p> })}
            </section>
            <section>
                <h2>{locale.pick("What was paid", "实际发放")}</h2>
                <Paid locale totals amounts=subsidies.len()/>
            </section>
        </div>
    }
}

/// What is known to have been paid, and the other kinds of amounts below it.
#[component]
fn Paid(locale: Locale, totals: Vec<Total>, amounts: usize) -> impl IntoView {
    // The totals of a truncated section would not be totals.
    if amounts >= SECTION {
        let text = locale.pick("Many amounts: see the list below.", "金额较多，见下方列表。");
        return view! { <p><a href="#money">{text}</a></p> }.into_any();
    }
    let (paid, others): (Vec<Total>, Vec<Total>) = totals
        .into_iter()
        .filter(|total| total.all.count > 0)
        .partition(|total| total.kind == SubsidyKind::Paid);
    let none = paid.is_empty().then(|| {
        view! { <p>{locale.pick("No payment under this programme is known.", "暂未查到本政策下的发放。")}</p> }
    });
    let paid = paid
        .into_iter()
        .map(|total| {
            view! {
                <p class="program-fact-value" title=total.exact(total.all, locale)>{total.rounded(total.all, locale)}</p>
                <p class="under">{scope_name(total.scope, locale)}</p>
            }
        })
        .collect_view();
    let others = others
        .into_iter()
        .map(|total| {
            let (kind, amount) = (total.kind.name(locale), total.rounded(total.all, locale));
            let text = locale.pick(format!("{kind}: {amount}"), format!("{kind}：{amount}"));
            view! { <p class="under" title=total.exact(total.all, locale)>{text}</p> }
        })
        .collect_view();
    let list = (amounts > 0).then(|| {
        view! { <p class="under"><a href="#money">{locale.pick("Each amount, with its source", "逐笔金额与来源")}</a></p> }
    });
    view! { {none} {paid} {others} {list} }.into_any()
}
