//! Table of observations: the values that a chart draws, each with its period, qualifier, producer and source.

use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::{
    components::{inline::Name, location},
    domain::{
        indicators::model::Indicator,
        observations::{history::HistoryQuery, model::Observation},
        sources::model::Mentioned,
    },
    pages::sources::cited::Note,
    text::{
        Locale, Unit,
        number::{Scale, grouped, span},
    },
};

/// Columns that a table omits because its page states the common value once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    pub entity: bool,
    pub source: bool,
}

/// Observations of one indicator, in the given order. All use one scale, named once in the column header. Each period leads to everything
/// published about it.
#[component]
pub fn FigureTable(
    locale: Locale,
    /// What the observations measure.
    indicator: Indicator,
    rows: Vec<Observation>,
    columns: Columns,
    /// Sources mentioned in notes, by id, for links.
    cited: Mentioned,
    #[prop(into)] caption: String,
) -> impl IntoView {
    let unit = indicator.unit;
    let largest = rows.iter().map(|row| row.value.abs().max(row.upper().abs())).max().unwrap_or_default();
    let scale = unit.scale_of(largest, locale);
    let places = rows.iter().map(|row| places(scale.apply(row.value))).max().unwrap_or_default();
    let heading = unit.axis(scale, locale);
    let body = rows
        .into_iter()
        .map(|row| {
            let history = HistoryQuery::of(&row).href(locale, &indicator.named.id);
            view! { <FigureRow locale unit=unit.clone() scale places row columns history cited=cited.clone()/> }
        })
        .collect_view();
    view! {
        <div class="table-box" role="region" aria-label=caption.clone() tabindex="0">
            <table class="figures cards">
                <caption>{caption.clone()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("Period", "时段")}</th>
                        {columns.entity.then(|| view! { <th scope="col">{locale.pick("About", "对象")}</th> })}
                        <th scope="col" class="n">{heading}</th>
                        <th scope="col">{locale.pick("Qualifier", "数值限定")}</th>
                        <th scope="col">{locale.pick("Measured by", "数据方")}</th>
                        {columns.source.then(|| view! { <th scope="col">{locale.pick("Source", "来源")}</th> })}
                        <th scope="col">{locale.pick("Note", "说明")}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

#[component]
fn FigureRow(
    locale: Locale,
    unit: Unit,
    scale: Scale,
    places: u32,
    row: Observation,
    columns: Columns,
    /// Address of the history of the figure.
    history: String,
    cited: Mentioned,
) -> impl IntoView {
    let wording = match row.basis {
        Some(basis) => format!("{} · {}", row.qualifier.name(locale), basis.name(locale)),
        None => row.qualifier.name(locale).to_owned(),
    };
    let exact = row.worded_exactly(&unit, locale);
    let sign = row.sign();
    let low = scale.apply(row.value);
    let number = match row.high {
        Some(high) => span(&grouped(low), &grouped(scale.apply(high)), locale),
        None => grouped(low),
    };
    let padding = if row.high.is_some() { String::new() } else { padding(low, places) };
    let note = row.note.get(locale).map(str::to_owned);
    view! {
        <tr>
            <th scope="row">
                <a href=location::keep_state(history) rel="nofollow" title=locale.pick("History of this figure", "该数据的沿革")>
                    {row.period.label(locale)}
                </a>
            </th>
            {columns.entity.then(|| view! { <td><Name locale of=row.entity.clone()/></td> })}
            <td class="n" title=exact>
                {(!sign.is_empty()).then(|| view! { <span class="sign">{sign} " "</span> })}
                <data value=row.value.normalize().to_string()>{number}</data>
                <span class="pad" aria-hidden="true">{padding}</span>
            </td>
            <td>
                {wording}
                {row.outlier
                    .then(|| {
                        let text = locale.pick("outlier: not to be used", "异常值，不宜使用");
                        view! { <span class="under">{text}</span> }
                    })}
            </td>
            <td><Name locale of=row.producer.named/></td>
            {columns
                .source
                .then(|| {
                    view! {
                        <td class="seen">
                            <a href=format!("/{locale}/sources/{}", row.source.id)>{row.source.short(locale)}</a>
                        </td>
                    }
                })}
            <td class="note">{note.map(|text| view! { <Note locale text sources=cited/> })}</td>
        </tr>
    }
}

/// Returns the number of decimal places.
fn places(value: Decimal) -> u32 {
    value.normalize().scale()
}

/// Returns padding as wide as the decimal digits that this number lacks, so that decimal points align: a figure space is as wide as a
/// digit, a punctuation space as a point.
fn padding(value: Decimal, most: u32) -> String {
    let own = places(value);
    let mut blank = String::new();
    if own == 0 && most > 0 {
        blank.push('\u{2008}');
    }
    blank.extend(std::iter::repeat_n('\u{2007}', (most - own.min(most)) as usize));
    blank
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_points_align() {
        let pad = |text: &str| padding(text.parse().unwrap(), 2);
        assert_eq!(pad("50.44"), "");
        assert_eq!(pad("0.9"), "\u{2007}");
        assert_eq!(pad("100"), "\u{2008}\u{2007}\u{2007}");
        assert_eq!(padding(Decimal::ONE, 0), "");
    }
}
