//! First and last figures of one period and of all, by producer.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::section::{Column, TableSection};
use crate::{
    components::inline::Name,
    domain::observations::{
        history::{FirstToLast, MIN_PERIODS, Movement, Revised},
        model::Observation,
    },
    text::{Locale, Unit, date, number::rounded},
};

/// First and last figure of each producer that published more than once.
#[component]
pub fn ByProducer(locale: Locale, unit: Unit, revised: Vec<Revised>) -> impl IntoView {
    if revised.is_empty() {
        return ().into_any();
    }
    let caption = locale.pick("First and last figure of each producer", "各数据方的首次与最新公布值");
    let body = revised
        .into_iter()
        .map(|one| {
            let (first, last) = (said(&one.first, &unit, locale), said(&one.last, &unit, locale));
            let basis = one.last.basis.map(|basis| view! { <span class="under">{basis.name(locale)}</span> });
            let changed = one.changed.map(|(from, kind)| {
                let (kind, from) = (kind.name(locale), date::day(from, locale));
                let text = locale.pick(format!("{kind} from {from}"), format!("自{from}起{kind}"));
                view! { <span class="under">{text}</span> }
            });
            view! {
                <tr>
                    <th scope="row"><Name locale of=one.last.producer.named/> {basis}</th>
                    <td class="n">{one.publications}</td>
                    <td>{first}</td>
                    <td>{last}</td>
                    <td>{moved(one.movement, locale)} {changed}</td>
                </tr>
            }
        })
        .collect_view();
    let explained = locale.pick(
        "Calculated here: (last − first) ÷ first. “Unchanged” includes the same number written with more or fewer digits. Outliers, undated figures and figures without a named producer do not count.",
        "本站计算：（最新值－首次值）÷首次值。“未变”包括同一数值的不同取位；不含异常值、未注明日期和未注明数据方的数据。",
    );
    let columns = vec![
        Column::text(locale.pick("Producer", "数据方")),
        Column::number(locale.pick("Publications", "公布次数")),
        Column::text(locale.pick("First", "首次")),
        Column::text(locale.pick("Last", "最新")),
        Column::text(locale.pick("Change", "变化")),
    ];
    view! {
        <TableSection id="producers" title=caption explained columns>
            {body}
        </TableSection>
    }
    .into_any()
}

/// A figure with the date of its publication and a link to its source.
fn said(row: &Observation, unit: &Unit, locale: Locale) -> impl IntoView + use<> {
    let href = format!("/{locale}/sources/{}", row.source.id);
    let on = row.source.published_on.map(|on| on.label(locale)).unwrap_or_default();
    view! { {row.worded(unit, locale)} " " <a class="under" href=href>{on}</a> }
}

fn moved(movement: Movement, locale: Locale) -> String {
    match movement {
        Movement::Percent(by) => signed(by, &Unit::Percent, locale),
        Movement::Points(by) => signed(by, &Unit::Points, locale),
        Movement::Unchanged => locale.pick("unchanged", "未变").to_owned(),
        Movement::NotComparable => locale
            .pick("not comparable: a bound, a range or a loss", "不可比：含上下限、区间或亏损")
            .to_owned(),
        Movement::OrderUnknown => locale.pick("order of publication not known", "发布先后不详").to_owned(),
    }
}

/// Formats a difference, rounded for reading, with its sign.
fn signed(value: Decimal, unit: &Unit, locale: Locale) -> String {
    let short = rounded(value);
    let sign = match short {
        short if short.is_zero() => "",
        short if short > Decimal::ZERO => "+",
        _ => "−",
    };
    format!("{sign}{}", unit.amount(short.abs(), locale))
}

/// How far first figures were from last ones, by producer.
#[component]
pub fn Distances(locale: Locale, unit: Unit, all: Vec<FirstToLast>, covers_all: bool) -> impl IntoView {
    let title = locale.pick("How far first figures were from last ones", "首次公布值与最新值的差距");
    let differences = if unit == Unit::Percent { Unit::Points } else { Unit::Percent };
    let entities = match covers_all {
        true => locale.pick("all entities", "全部对象"),
        false => locale.pick("the main entities", "主要对象"),
    };
    let explained = locale.pick(
        format!(
            "Calculated here over all periods of {entities} of this indicator, for producers with at least {MIN_PERIODS} figures \
             published on two days or more: (last − first) ÷ first, for figures in percent last − first. The same number written with more \
             or fewer digits counts as zero. Periods within which the producer changed its scope or method, and figures whose last word is a forecast, a bound or a range, do not count."
        ),
        format!(
            "本站计算：取该指标{entities}的全部时段，仅列至少有{MIN_PERIODS}项数据在两个以上日期公布的数据方。（最新值－首次值）÷首次值；百分比指标取最新值－首次值。\
             同一数值的不同取位按零计；数据方在时段内变更口径的，以及最新值为预测、上下限或区间的，不计。"
        ),
    );
    if all.is_empty() {
        let none = locale.pick(
            format!("No producer of this indicator has {MIN_PERIODS} figures that were published on two days or more."),
            format!("该指标没有数据方有{MIN_PERIODS}项以上数据在两个以上日期公布。"),
        );
        return view! { <section class="taken" id="distances"><h2>{title}</h2><p>{none}</p></section> }
            .into_any();
    }
    let body = all
        .into_iter()
        .map(|one| {
            let basis = one.basis.map(|basis| view! { <span class="under">{basis.name(locale)}</span> });
            let absolute = |value: Decimal| differences.amount(rounded(value), locale).to_string();
            view! {
                <tr>
                    <th scope="row"><Name locale of=one.producer.named/> {basis}</th>
                    <td class="n">{one.count}</td>
                    <td class="n">{one.changed}</td>
                    <td class="n">{signed(one.mean, &differences, locale)}</td>
                    <td class="n">{absolute(one.mean_absolute)}</td>
                    <td class="n">{absolute(one.median_absolute)}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::text(locale.pick("Producer", "数据方")),
        Column::number(locale.pick("Figures (n)", "数据项数（n）")),
        Column::number(locale.pick("Changed", "有变化")),
        Column::number(locale.pick("Mean", "平均")),
        Column::number(locale.pick("Mean, without sign", "平均（绝对值）")),
        Column::number(locale.pick("Median, without sign", "中位数（绝对值）")),
    ];
    view! {
        <TableSection id="distances" title explained columns>
            {body}
        </TableSection>
    }
    .into_any()
}
